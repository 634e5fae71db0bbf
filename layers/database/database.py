"""The database as the rest of the house sees it: reading, writing, and whether anything was published since."""

import os
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, Table, text

from layers.database.engines import WRITES, server_engine, server_url, sqlite_engine
from layers.database.faults import FAULTS, explain, explained, missing
from layers.database.versions import check, standing
from layers.database.watch import FileWatch, ServerWatch, Stamp, Watch

FILE = "govmap.sqlite"
_of_the_parent: list[object] = []
"""What a fork found open; to be let alone, and so to be kept."""


class Database:
    """The one database of a GOVMAP_HOME: a file in it, or with ``url`` a PostgreSQL database.

    Nothing is opened before the first question. Everything raises StoreError with what to do, DiskFullError where there
    is no room, ArgumentError for an address that is none.
    """

    def __init__(self, home: Path, url: str | None = None) -> None:
        self.home = home
        self.url = None if url is None else server_url(url)
        self._lock = threading.RLock()
        self._process = os.getpid()
        self._opened: tuple[Engine, Watch] | None = None
        self._close: Callable[[], object] | None = None

    @property
    def file(self) -> Path:
        """The file, where there is no server."""
        return self.home / FILE

    @property
    def name(self) -> str:
        """What messages call it; never with a password."""
        return (
            FILE
            if self.url is None
            else self.url.set(drivername="postgresql").render_as_string(hide_password=True)
        )

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for questions."""
        with explained(self.name, self.home), self._engine().connect() as connection:
            yield connection

    @contextmanager
    def writing(self, *alone: Table) -> Iterator[Connection]:
        """A transaction: all of it is kept at the end, or nothing when anything is raised.

        Nobody else writes to the tables ``alone`` meanwhile; in a file nobody writes at all.
        """
        with (
            explained(self.name, self.home),
            self._engine().connect().execution_options(**WRITES) as connection,
            connection.begin(),
        ):
            if self.url is not None:
                for table in alone:
                    connection.execute(text(f"LOCK TABLE {table.name} IN SHARE ROW EXCLUSIVE MODE"))
            yield connection

    def stamp(self) -> Stamp:
        """Changes with every publication or rollback by anyone, and with nothing else; microseconds."""
        try:
            return self._open()[1].stamp()
        except FileNotFoundError as error:
            raise missing(self.home) from error
        except FAULTS as error:
            explain(error, self.name, self.home)
            raise

    def create(self) -> None:
        """Make the tables, or bring them up to date; idempotent."""
        self._bring_up(make=True)

    def upgrade(self) -> None:
        """Bring the tables up to date; raises StoreError where there are none."""
        self._bring_up(make=False)

    def close(self) -> None:
        """Close what is open; the next question opens it again."""
        with self._lock:
            self._opened = None
            if self._close is not None:
                self._close()

    def _bring_up(self, *, make: bool) -> None:
        from layers.database.upgrade import bring_up  # alembic costs a light command a quarter of a second

        self.close()
        bring_up(self, make=make)

    def _engine(self) -> Engine:
        return self._open()[0]

    def _open(self) -> tuple[Engine, Watch]:
        if self._process != os.getpid():
            self._leave()
        opened = self._opened
        if opened is not None:
            return opened
        with self._lock:
            if self._opened is None:
                engine = self._new_engine()
                self._check(engine)
                self._opened = opened = engine, self._new_watch(engine)
                self._close = weakref.finalize(self, _close, *opened, os.getpid())
            return self._opened

    def _check(self, engine: Engine) -> None:
        try:
            with explained(self.name, self.home), engine.connect() as connection:
                check(standing(connection), self.name)
        except BaseException:
            engine.dispose()
            raise

    def _new_engine(self) -> Engine:
        if self.url is not None:
            return server_engine(self.url)
        if not self.file.is_file():
            raise missing(self.home)
        return sqlite_engine(self.file)

    def _new_watch(self, engine: Engine) -> Watch:
        if self.url is not None:
            return ServerWatch(server_engine(self.url, pooled=False))
        return FileWatch(self.file, engine)

    def _leave(self) -> None:
        """After a fork: what the parent opened is the parent's, so it is neither used nor closed here."""
        self._lock = threading.RLock()
        self._opened, self._process = None, os.getpid()


def _close(engine: Engine, watch: Watch, process: int) -> None:
    """Close what a process opened, when it says so, when its ``Database`` is gone, or at its end; ``weakref`` keeps
    both until then. In a fork nothing is closed: a server would hear that its client has left."""
    if process == os.getpid():
        watch.close()
        engine.dispose()
    else:
        _of_the_parent.append((engine, watch))
