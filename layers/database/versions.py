"""Which revision a database stands at, and whether this program may work on it."""

from dataclasses import dataclass

from sqlalchemy import Connection, column, inspect, select, table

from geo.errors import StoreError
from layers.database.tables import meta

GENERATION = 2
"""This program. A revision that an older one cannot live with states the number of the first that can."""
REVISIONS = ("0001", "0002", "0003", "0004")
"""Files under ``migrations/versions``, oldest first."""
VERSION = "version"
"""Key in ``meta`` of the oldest program that the tables serve; the release before the first revision wrote 1 there."""
applied = table("alembic_version", column("version_num"))


@dataclass(frozen=True)
class Standing:
    """``serves`` is the oldest program that may work here, None where there are no tables; ``revision`` is None in a
    database of the time before revisions."""

    revision: str | None
    serves: int | None

    @property
    def empty(self) -> bool:
        """Whether there is nothing of ours yet."""
        return self.serves is None

    @property
    def pending(self) -> bool:
        """Whether revisions that this program knows have not been applied; those of a newer program are not its care."""
        return self.revision is None or self.revision in REVISIONS[:-1]


def standing(connection: Connection) -> Standing:
    """Where the database stands."""
    tables = set(inspect(connection).get_table_names())
    if meta.name not in tables:
        return Standing(None, None)
    serves = connection.scalar(select(meta.c.value).where(meta.c.key == VERSION))
    revision = connection.scalar(select(applied.c.version_num)) if applied.name in tables else None
    return Standing(revision, None if serves is None else int(serves))


def check(found: Standing, name: str) -> None:
    """Raises StoreError where this program may not work, saying what to do."""
    check_served(found)
    if found.empty:
        raise StoreError("数据库 {file} 里还没有表，先建库。", remedy="store", file=name)
    if found.pending:
        raise StoreError(
            "数据库 {file} 由旧版程序建成，先升级（升级前会另存一份）。", remedy="upgrade", file=name
        )


def check_served(found: Standing) -> None:
    """Raises StoreError where the tables no longer serve this program."""
    if found.serves is not None and found.serves > GENERATION:
        raise StoreError(
            "数据目录由更新的程序（版本 {found}）写成，本程序只认到版本 {known}。升级程序。",
            found=found.serves, known=GENERATION,
        )  # fmt: skip
