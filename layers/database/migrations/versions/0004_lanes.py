"""Jobs have a lane, a turn in it, and somebody who waits for them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
serves = 2
"""The oldest program (``layers.database.versions.GENERATION``) that may still work on these tables."""


def upgrade() -> None:
    for name in ("who", "page", "alike", "lane"):
        op.add_column("jobs", sa.Column(name, sa.String()))
    for name in ("cost", "rank", "wanted_until", "began_at", "took"):
        op.add_column("jobs", sa.Column(name, sa.Double()))
    op.add_column("workers", sa.Column("lane", sa.String()))
