"""How alembic runs the revisions; the engine and the home come from ``layers.database.upgrade``."""

from typing import Any

from alembic import context
from sqlalchemy import insert, select, update

from layers.database.engines import WRITES
from layers.database.tables import meta, metadata
from layers.database.versions import VERSION


def _note_serves(ctx: Any, step: Any, heads: object, run_args: object) -> None:
    """Keep the oldest program that the tables still serve, in the transaction of the revision that says so."""
    chosen = meta.c.key == VERSION
    kept = ctx.connection.scalar(select(meta.c.value).where(chosen))
    serves = max(int(kept or 1), step.up_revision.module.serves)
    change = insert(meta).values(key=VERSION) if kept is None else update(meta).where(chosen)
    ctx.connection.execute(change.values(value=str(serves)))


def _run() -> None:
    with context.config.attributes["engine"].connect().execution_options(**WRITES) as connection:
        context.configure(
            connection=connection,
            target_metadata=metadata,
            render_as_batch=True,
            transaction_per_migration=True,
            on_version_apply=_note_serves,
        )
        with context.begin_transaction():
            context.run_migrations()


_run()
