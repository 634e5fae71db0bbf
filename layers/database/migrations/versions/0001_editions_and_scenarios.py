"""The tables of the release before revisions: made where they are missing, left as they are where they stand."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
serves = 1
"""The oldest program (``layers.database.versions.GENERATION``) that may still work on these tables."""


def upgrade() -> None:
    op.create_table(
        "meta",
        sa.Column("key", sa.String(), primary_key=True),
        sa.Column("value", sa.String(), nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "editions",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("layer", sa.String(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("manifest", sa.Text(), nullable=False),
        if_not_exists=True,
    )
    op.create_index("ix_editions_layer", "editions", ["layer"], if_not_exists=True)
    op.create_table(
        "currents",
        sa.Column("layer", sa.String(), primary_key=True),
        sa.Column("edition", sa.String(), nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "flips",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("layer", sa.String(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "scenarios",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("token", sa.String(), nullable=False, unique=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("editions", sa.Text(), nullable=False),
        sa.Column("saved_by", sa.String(), nullable=False),
        sa.Column("saved_at", sa.String(), nullable=False),
        if_not_exists=True,
    )
