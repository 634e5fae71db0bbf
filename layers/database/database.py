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
from layers.database.place import Place
from layers.database.versions import check, standing
from layers.database.watch import FileWatch, ServerWatch, Stamp, Watch

_of_the_parent: list[object] = []
"""What a fork found open; to be let alone, and so to be kept."""


class Database:
    """The one database of a GOVMAP_HOME: a file in it, or with ``url`` a PostgreSQL database.

    Nothing is opened before the first question. Everything raises StoreError with what to do, DiskFullError where there
    is no room, ArgumentError for an address that is none.
    """

    def __init__(self, home: Path, url: str | None = None) -> None:
        self.place = Place(home, None if url is None else server_url(url))
        self._lock = threading.RLock()
        self._process = os.getpid()
        self._opened: tuple[Engine, Watch] | None = None
        self._close: Callable[[], object] | None = None

    @property
    def home(self) -> Path:
        """GOVMAP_HOME."""
        return self.place.home

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for questions."""
        with explained(self.place.name, self.place.home), self._engine().connect() as connection:
            yield connection

    @contextmanager
    def writing(self, *alone: Table) -> Iterator[Connection]:
        """A transaction: all of it is kept at the end, or nothing when anything is raised.

        Nobody else writes to the tables ``alone`` meanwhile; in a file nobody writes at all.
        """
        with (
            explained(self.place.name, self.place.home),
            self._engine().connect().execution_options(**WRITES) as connection,
            connection.begin(),
        ):
            if self.place.url is not None:
                for table in alone:
                    connection.execute(text(f"LOCK TABLE {table.name} IN SHARE ROW EXCLUSIVE MODE"))
            yield connection

    def stamp(self) -> Stamp:
        """Changes with every publication or rollback by anyone, and with nothing else; microseconds."""
        try:
            return self._open()[1].stamp()
        except FileNotFoundError as error:
            raise missing(self.place.home) from error
        except FAULTS as error:
            explain(error, self.place.name, self.place.home)
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
        from layers.database.upgrade import bring_up  # late: it brings what light commands do without

        self.close()
        bring_up(self.place, make=make)

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
            with explained(self.place.name, self.place.home), engine.connect() as connection:
                check(standing(connection), self.place.name)
        except BaseException:
            engine.dispose()
            raise

    def _new_engine(self) -> Engine:
        if self.place.url is not None:
            return server_engine(self.place.url)
        if not self.place.file.is_file():
            raise missing(self.place.home)
        return sqlite_engine(self.place.file)

    def _new_watch(self, engine: Engine) -> Watch:
        if self.place.url is not None:
            return ServerWatch(server_engine(self.place.url, pooled=False))
        return FileWatch(self.place.file, engine)

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
