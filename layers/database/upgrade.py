"""Making the tables and bringing them up to date: one process at a time, after a copy was put aside."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, Table, inspect, text

from geo.errors import StoreError
from geo.files.locks import lock
from geo.phrases import listing
from layers.database import aside, moving
from layers.database.engines import WRITES, server_engine, sqlite_engine
from layers.database.faults import explained, missing
from layers.database.place import Place
from layers.database.tables import flips, metadata
from layers.database.versions import Standing, check, check_served, standing

LOCK = ".upgrade.lock"
TURN = 0x676F766D
"""Advisory lock of PostgreSQL under which one process upgrades."""
OLDEST_SERVER = 15
MOVED = "moved"
"""Folder, beside the copies, of files whose rows have been moved."""
MIGRATIONS = Path(__file__).parent / "migrations"
WITHOUT_REVISION: Mapping[str, frozenset[str]] = {
    "meta": frozenset({"key", "value"}),
    "editions": frozenset({"number", "layer", "edition", "demo", "manifest"}),
    "currents": frozenset({"layer", "edition"}),
    "flips": frozenset({"number", "layer", "edition", "at", "by"}),
}
"""What the release before the first revision had made; ``scenarios`` came with the first scenario."""


def bring_up(place: Place, *, make: bool, folder: Path | None = None) -> None:
    """Apply what is pending; where there is no database, make one or raise StoreError.

    A copy of the file is put aside first, once, into ``folder`` or a new one. Each revision is one transaction. A
    database of a newer program that still serves this one is left as it is.

    Raises:
        StoreError, DiskFullError: what is wrong and what to do; revisions already applied stay applied.
    """
    folder = folder or aside.new_folder(place.home)
    with (
        explained(place.name, place.home),
        _engine(place, make=make) as engine,
        _alone(place, engine),
    ):
        found = _look(engine, place)
        if found.empty:
            if not make:
                check(found, place.name)
            _check_new(place)
            if place.url is not None and place.file.is_file():
                bring_up(Place(place.home), make=False, folder=folder)
        if found.pending or found.empty:
            if found.serves is not None and place.url is None:
                _put_aside(place, folder)
            _migrate(engine, place.home)
            found = _look(engine, place)
        _move_to_server(place, engine, folder)
        check(found, place.name)
        _check_fit(engine, place.name)
        _tidy(place.home, folder)


def _look(engine: Engine, place: Place) -> Standing:
    """Where it stands; raises StoreError where it is nothing that can be brought up."""
    with engine.connect() as connection:
        if place.url is not None:
            _check_server(connection)
        found = standing(connection)
        check_served(found)
        if found.serves is not None and found.revision is None:
            _check_columns(connection, WITHOUT_REVISION, place.name)
        return found


def _check_server(connection: Connection) -> None:
    version = connection.dialect.server_version_info or (0,)
    if int(version[0]) < OLDEST_SERVER:
        raise StoreError(
            "PostgreSQL 版本 {found} 太旧，需要 {least} 以上。", found=version[0], least=OLDEST_SERVER
        )


@contextmanager
def _engine(place: Place, *, make: bool) -> Iterator[Engine]:
    if place.url is not None:
        engine = server_engine(place.url, pooled=False)
    else:
        if not make and not place.file.is_file():
            raise missing(place.home)
        place.home.mkdir(parents=True, exist_ok=True)
        engine = sqlite_engine(place.file, make=make, foreign_keys=False)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _alone(place: Place, engine: Engine) -> Iterator[None]:
    """One process at a time, on this machine or on all that share the server; the others wait."""
    if place.url is not None:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("SET lock_timeout = 0"))
            connection.execute(text("SELECT pg_advisory_lock(:turn)"), {"turn": TURN})
            yield
            connection.execute(text("SELECT pg_advisory_unlock(:turn)"), {"turn": TURN})
        return
    with (place.home / LOCK).open("a+b") as handle:
        while not lock(handle, wait=True):
            continue
        yield


def _check_new(place: Place) -> None:
    """Where data lie without a place, an empty one would have the next publication sweep them away."""
    replaced = place.url is not None and place.file.is_file()
    if not replaced and any((place.home / "editions").glob("*/*.parquet")):
        raise StoreError(
            "数据目录 {home} 里有发布过的数据，数据库 {file} 却是空的，没有新建。用备份恢复数据库（升级前的副本在 {aside}）；"
            "不要这些数据，就把目录 editions 移走。",
            home=place.home, file=place.name, aside=aside.FOLDER,
        )  # fmt: skip


def _put_aside(place: Place, folder: Path) -> None:
    for file in (place.file, *(place.home / old for old in (moving.JOBS, moving.EXPORTS))):
        if file.is_file():
            aside.copy(file, folder)


def _migrate(engine: Engine, home: Path) -> None:
    # late: start-up, and every worker's memory, would pay for it though hardly any start has something to apply
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes.update(engine=engine, home=home)
    command.upgrade(config, "head")


def _move_to_server(place: Place, engine: Engine, folder: Path) -> None:
    """The rows of the home's own file, while nothing was ever published on the server; the file is put aside.

    Raises:
        StoreError: the server holds other rows already, beside which they cannot be put.
    """
    if place.url is None or not place.file.is_file():
        return
    with engine.connect().execution_options(**WRITES) as connection, connection.begin():
        if _has_rows(connection, flips):
            return
        held = [
            table.name
            for table in metadata.sorted_tables
            if table.name != "meta" and _has_rows(connection, table)
        ]
        if held:
            raise StoreError(
                "数据库 {file} 里已有内容（{tables}），数据目录里的 {own} 搬不进去，什么也没有改。换一个空的数据库；"
                "数据目录里的已经没有用，就把它移走。",
                file=place.name, tables=listing(held), own=place.file.name,
            )  # fmt: skip
        own = Place(place.home)
        bring_up(own, make=False, folder=folder)
        with explained(own.name, own.home), _engine(own, make=False) as source:
            moving.copy_all(source, connection)
    aside.move(place.file, folder / MOVED)


def _has_rows(connection: Connection, table: Table) -> bool:
    return connection.execute(table.select().limit(1)).first() is not None


def _check_fit(engine: Engine, name: str) -> None:
    """Raises StoreError where a table or column is missing, whatever the revision says."""
    wanted = {table.name: frozenset(table.columns.keys()) for table in metadata.sorted_tables}
    with engine.connect() as connection:
        _check_columns(connection, wanted, name)


def _check_columns(connection: Connection, wanted: Mapping[str, frozenset[str]], name: str) -> None:
    inspector = inspect(connection)
    there = set(inspector.get_table_names())
    for table, columns in wanted.items():
        found = {column["name"] for column in inspector.get_columns(table)} if table in there else set()
        if not columns <= found:
            raise StoreError(
                "数据库 {file} 的表 {table} 缺少：{columns}，不是本系统留下的样子，没有升级。用备份恢复。",
                file=name, table=table, columns=listing(sorted(columns - found)),
            )  # fmt: skip


def _tidy(home: Path, folder: Path) -> None:
    """Files of earlier releases, whose rows have been moved, are no longer in the way."""
    for file in (home / moving.JOBS, home / moving.EXPORTS):
        aside.move(file, folder / MOVED)
