"""The board of jobs moves in from ``jobs.sqlite``."""

import sqlalchemy as sa
from alembic import context, op

from layers.database.moving import JOBS, move_in

revision = "0002"
down_revision = "0001"
serves = 2
"""The oldest program (``layers.database.versions.GENERATION``) that may still work on these tables: an older one
would go on writing jobs into the file."""


def upgrade() -> None:
    jobs = op.create_table(
        "jobs",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("done", sa.Double(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("best", sa.Text()),
        sa.Column("result", sa.Text()),
        sa.Column("error", sa.Text()),
        sa.Column("cancel", sa.Boolean(), nullable=False),
        sa.Column("added_at", sa.Double(), nullable=False),
        sa.Column("touched_at", sa.Double(), nullable=False),
    )
    op.create_table(
        "workers",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("seen_at", sa.Double(), nullable=False),
    )
    move_in(op.get_bind(), jobs, context.config.attributes["home"] / JOBS)
