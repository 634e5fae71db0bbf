"""How a connection is opened and a transaction begun, on SQLite and on PostgreSQL."""

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError as BadUrl
from sqlalchemy.pool import NullPool

from geo.errors import ArgumentError

BUSY_S = 30
"""How long one writer waits for another."""
CONNECT_S = 10
WRITES: Mapping[str, Any] = {"govmap_writes": True}
"""Execution options of a connection whose transactions will write."""
DRIVER = "postgresql+psycopg"
KEPT, MORE = 4, 28
"""Connections to a server that a process keeps, and may open beyond them."""


def server_url(text: str) -> URL:
    """The address of a PostgreSQL database, ``postgresql://user:password@host:port/name``.

    Raises:
        ArgumentError: it is none; the message does not repeat it, for it may hold a password.
    """
    try:
        url = make_url(text)
    except (BadUrl, ValueError):
        url = None
    if url is None or url.drivername not in ("postgresql", "postgres", DRIVER) or not url.database:
        raise ArgumentError("数据库地址不对，应写成 postgresql://用户:密码@主机:5432/库名。")
    return url.set(drivername=DRIVER)


def sqlite_engine(file: Path, *, make: bool = False, foreign_keys: bool = True) -> Engine:
    """An engine over a file, which is made only where ``make`` says so.

    It has no pool, so any number of threads may read. The driver's own way with transactions is switched off: it
    would begin them late, and not at all before changes of a table.
    """
    place = f"{file.absolute().as_uri()}?mode={'rwc' if make else 'rw'}"

    def _connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            place, uri=True, timeout=BUSY_S, check_same_thread=False, isolation_level=None
        )
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute(f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}")
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    engine = create_engine("sqlite://", creator=_connect, poolclass=NullPool)
    event.listen(engine, "begin", _begin)
    return engine


def server_engine(url: URL, *, pooled: bool = True) -> Engine:
    """An engine over a PostgreSQL database; connections that the server has closed are opened again."""
    words = {
        "connect_timeout": CONNECT_S,
        "application_name": "govmap",
        "options": f"-c lock_timeout={BUSY_S}s",
    }
    pool: dict[str, Any] = {"pool_size": KEPT, "max_overflow": MORE, "pool_pre_ping": True}
    arguments = {name: word for name, word in words.items() if name not in url.query}
    return create_engine(url, connect_args=arguments, **(pool if pooled else {"poolclass": NullPool}))


def _begin(connection: Connection) -> None:
    """A transaction that will write takes its turn at once: one that first reads would fail when overtaken."""
    writes = connection.get_execution_options().get("govmap_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
