"""The pointer table in ``govmap.sqlite``: which edition of each layer is current, and how it came to be."""

import os
import threading
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import NullPool

from geo.errors import StoreError
from layers.editions.manifest import Edition

VERSION = 1
BUSY_S = 30

tables = MetaData()
meta = Table("meta", tables, Column("key", String, primary_key=True), Column("value", String, nullable=False))
editions = Table(
    "editions",
    tables,
    Column("number", Integer, primary_key=True),
    Column("layer", String, nullable=False, index=True),
    Column("edition", String, nullable=False),
    Column("demo", Boolean, nullable=False),
    Column("manifest", Text, nullable=False),
)
currents = Table(
    "currents",
    tables,
    Column("layer", String, primary_key=True),
    Column("edition", String, nullable=False),
)
flips = Table(
    "flips",
    tables,
    Column("number", Integer, primary_key=True),
    Column("layer", String, nullable=False),
    Column("edition", String, nullable=False),
    Column("at", String, nullable=False),
    Column("by", String, nullable=False),
)
scenarios = Table(
    "scenarios",
    tables,
    Column("number", Integer, primary_key=True),
    Column("token", String, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("query", Text, nullable=False),
    Column("editions", Text, nullable=False),
    Column("saved_by", String, nullable=False),
    Column("saved_at", String, nullable=False),
)


@dataclass(frozen=True)
class _State:
    stamp: int
    currents: dict[str, Edition]
    foreign: bool


class Pointers:
    """The tables of one store. Reading is cheap: manifests are parsed again only after a commit by anyone."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._engine = open_engine(path)
        self._local = threading.local()

    def create(self) -> None:
        """Make the tables; idempotent."""
        tables.create_all(self._engine)
        with self._engine.begin() as connection:
            if connection.scalar(select(meta.c.value).where(meta.c.key == "version")) is None:
                connection.execute(insert(meta).values(key="version", value=str(VERSION)))

    def check(self) -> None:
        """Raises StoreError when the store is damaged or was written by a newer program."""
        try:
            with self._engine.connect() as connection:
                version = connection.scalar(select(meta.c.value).where(meta.c.key == "version"))
        except DatabaseError as error:
            raise StoreError(
                "数据库 {file} 打不开：{why}。用备份恢复，或换一个数据目录建库。", remedy="store",
                file=self._path.name, why=error.orig,
            ) from error  # fmt: skip
        if version is None or int(version) > VERSION:
            raise StoreError(
                "数据目录由更新的程序（版本 {found}）写成，本程序只认到版本 {known}。升级程序。",
                found=version, known=VERSION,
            )  # fmt: skip

    def currents(self) -> dict[str, Edition]:
        """The current edition of each layer."""
        return dict(self._state().currents)

    def all_demo(self) -> bool:
        """True while there are editions and none, current or not, came from anything but the sample builder."""
        state = self._state()
        return bool(state.currents) and not state.foreign

    def history(self, layer: str) -> list[Edition]:
        """Every edition of a layer, newest first."""
        chosen = select(editions.c.manifest).where(editions.c.layer == layer)
        return [
            Edition.from_json(text)
            for text in self._reader().scalars(chosen.order_by(editions.c.number.desc()))
        ]

    def known(self, layer: str) -> set[str]:
        """Ids of the editions of a layer that the table knows."""
        return set(self._reader().scalars(select(editions.c.edition).where(editions.c.layer == layer)))

    def flip(self, edition: Edition, *, by: str, at: str) -> None:
        """Make an edition current in one transaction, adding it to the table when it is new."""
        with self._engine.begin() as connection:
            same = (editions.c.layer == edition.layer) & (editions.c.edition == edition.id)
            if connection.scalar(select(editions.c.number).where(same)) is None:
                text = edition.to_json()
                connection.execute(
                    insert(editions).values(
                        layer=edition.layer, edition=edition.id, demo=edition.demo, manifest=text
                    )
                )
            moved = update(currents).where(currents.c.layer == edition.layer).values(edition=edition.id)
            if connection.execute(moved).rowcount == 0:
                connection.execute(insert(currents).values(layer=edition.layer, edition=edition.id))
            connection.execute(insert(flips).values(layer=edition.layer, edition=edition.id, at=at, by=by))

    def _state(self) -> "_State":
        """What the tables say; one ``PRAGMA data_version`` when nobody has committed since the last call."""
        reader = self._reader()
        driver = reader.connection.driver_connection
        assert driver is not None
        stamp = driver.execute("PRAGMA data_version").fetchone()[
            0
        ]  # asked on every request: a tenth of the time
        cached: _State | None = self._local.cached
        if cached is None or cached.stamp != stamp:
            joined = select(editions.c.manifest).join(
                currents, (currents.c.layer == editions.c.layer) & (currents.c.edition == editions.c.edition)
            )
            found = [Edition.from_json(text) for text in reader.scalars(joined)]
            foreign = reader.scalar(select(func.count()).select_from(editions).where(~editions.c.demo))
            cached = _State(stamp, {edition.layer: edition for edition in found}, bool(foreign))
            self._local.cached = cached
        return cached

    def _reader(self) -> Connection:
        """This thread's own reading connection; a forked process opens a new one."""
        if getattr(self._local, "process", None) != os.getpid():
            if getattr(self._local, "process", None) is not None:
                self._engine.dispose(close=False)
            try:
                self._local.reader = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            except OperationalError as error:
                raise StoreError(
                    "数据库 {file} 打不开：{why}。", file=self._path.name, why=error.orig
                ) from error
            self._local.cached = None
            self._local.process = os.getpid()
        reader: Connection = self._local.reader
        return reader


def open_engine(path: Path) -> Engine:
    """An engine without a pool: every thread keeps its own reader, and any number of threads may read."""
    engine = create_engine(
        f"sqlite:///{path}",
        connect_args={"timeout": BUSY_S, "check_same_thread": False},
        poolclass=NullPool,
    )

    @event.listens_for(engine, "connect")
    def _tune(connection: object, _record: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.close()

    return engine
