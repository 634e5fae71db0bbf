"""Rows that come from other databases: files of the time when there were three, and a file that a server replaces."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, Connection, Engine, Table, func, insert, select, text

from geo.errors import StoreError
from layers.database.tables import metadata

JOBS, EXPORTS = Path("jobs.sqlite"), Path("exports") / "exports.sqlite"
"""Files of earlier releases, in the home."""


def move_in(connection: Connection, table: Table, file: Path) -> None:
    """Copy the rows of a table of the same name in ``file``, when there is such a file.

    Raises:
        StoreError: the file cannot be read, or its table does not fit.
    """
    rows = list(_rows(file, table)) if file.is_file() else []
    if rows:
        connection.execute(insert(table), rows)
        _count_on(connection, table)


def copy_all(source: Engine, connection: Connection) -> None:
    """Copy every row of the database behind ``source`` into empty tables of the same form."""
    with source.connect() as old:
        for table in metadata.sorted_tables:
            if table.name == "meta":
                continue
            rows = [dict(row) for row in old.execute(select(table)).mappings()]
            if rows:
                connection.execute(insert(table), rows)
                _count_on(connection, table)


def _rows(file: Path, table: Table) -> Iterator[Mapping[str, Any]]:
    try:
        with closing(sqlite3.connect(file)) as old:
            old.row_factory = sqlite3.Row
            if not old.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table.name,)).fetchone():
                return
            there = {row["name"] for row in old.execute(f"PRAGMA table_info({table.name})")}
            missing = [column.name for column in table.columns if column.name not in there]
            if missing:
                raise sqlite3.OperationalError("no such column: " + ", ".join(missing))
            for row in old.execute(f"SELECT * FROM {table.name}"):
                yield {column.name: _value(column.type, row[column.name]) for column in table.columns}
    except sqlite3.Error as error:
        raise StoreError(
            "旧数据库 {file} 的内容搬不过来：{why}。什么也没有改。用备份恢复它；不要里面的内容，就把它移走再升级。", remedy="upgrade",
            file=file.name, why=error,
        ) from error  # fmt: skip


def _value(kind: object, value: object) -> object:
    return bool(value) if isinstance(kind, Boolean) and value is not None else value


def _count_on(connection: Connection, table: Table) -> None:
    """A server numbers new rows by a counter of its own, which has not seen rows that brought their numbers."""
    if connection.dialect.name == "postgresql" and "number" in table.c:
        highest = connection.scalar(select(func.max(table.c.number)))
        connection.execute(
            text("SELECT setval(pg_get_serial_sequence(:name, 'number'), :highest)"),
            {"name": table.name, "highest": highest},
        )
