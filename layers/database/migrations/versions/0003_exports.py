"""The records of what was exported move in from ``exports/exports.sqlite``; the files stay where they are."""

import sqlalchemy as sa
from alembic import context, op

from layers.database.moving import EXPORTS, move_in

revision = "0003"
down_revision = "0002"
serves = 2
"""The oldest program (``layers.database.versions.GENERATION``) that may still work on these tables."""


def upgrade() -> None:
    exports = op.create_table(
        "exports",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("token", sa.String(), nullable=False, unique=True),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("making", sa.Text(), nullable=False),
        sa.Column("there", sa.Boolean(), nullable=False),
    )
    op.create_index("exports_of", "exports", ["who", "number"])
    move_in(op.get_bind(), exports, context.config.attributes["home"] / EXPORTS)
