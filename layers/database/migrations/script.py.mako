"""${message}."""

import sqlalchemy as sa
from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
serves = 2
"""The oldest program (``layers.database.versions.GENERATION``) that may still work on these tables."""


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}
