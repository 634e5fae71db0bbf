"""Has anything been published since? Asked on every request, so it costs microseconds.

The number of the newest flip answers: jobs and exports write to the same database several times a second and must
not wake what is kept by edition.
"""

import threading
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Engine, PoolProxiedConnection
from sqlalchemy.exc import DBAPIError

NEWEST = "SELECT max(number) FROM flips"
Stamp = tuple[int, int]
"""Which file it is (0 for a server) and the number of the newest flip; equal stamps mean equal editions."""


class Watch(Protocol):
    """What is asked."""

    def stamp(self) -> Stamp:
        """The stamp now, whoever has published; raises FileNotFoundError, sqlite3.Error or SQLAlchemyError."""

    def close(self) -> None:
        """Let go of every connection."""


class FileWatch:
    """Over a file: one ``PRAGMA data_version`` while nobody has committed anything, by a connection of each thread.

    ``stat`` sees that the file is gone, or that another has been put in its place.
    """

    def __init__(self, file: Path, engine: Engine) -> None:
        self._file = file
        self._engine = engine
        self._local = threading.local()

    def stamp(self) -> Stamp:
        file = self._file.stat().st_ino
        local = self._local
        if getattr(local, "file", None) != file:
            local.held = self._engine.raw_connection()
            local.connection = local.held.driver_connection
            local.file, local.version = file, None
        version = local.connection.execute("PRAGMA data_version").fetchone()[0]
        if version != local.version:
            local.newest = local.connection.execute(NEWEST).fetchone()[0] or 0
            local.version = version
        return file, local.newest

    def close(self) -> None:
        self._local = threading.local()


class ServerWatch:
    """Over a server: one prepared query on a connection that all threads of the process share; ``engine`` has no pool."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._held: PoolProxiedConnection | None = None

    def stamp(self) -> Stamp:
        held = self._connection()
        try:
            return 0, _newest(held)
        except self._engine.dialect.loaded_dbapi.Error:
            self._drop(held)
        held = self._connection()  # the server was started anew, or its tables changed: once more
        try:
            return 0, _newest(held)
        except self._engine.dialect.loaded_dbapi.Error as error:
            raise DBAPIError(NEWEST, None, error) from error

    def close(self) -> None:
        with self._lock:
            held, self._held = self._held, None
        if held is not None:
            held.close()

    def _connection(self) -> PoolProxiedConnection:
        with self._lock:
            if self._held is None:
                held = self._engine.raw_connection()
                driver: Any = held.driver_connection
                driver.autocommit = True
                self._held = held
            return self._held

    def _drop(self, held: PoolProxiedConnection) -> None:
        with self._lock:
            if self._held is held:
                self._held = None
                held.close()


def _newest(held: PoolProxiedConnection) -> int:
    driver: Any = held.driver_connection
    row = driver.execute(NEWEST, prepare=True).fetchone()
    return row[0] or 0
