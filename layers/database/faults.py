"""What a database refuses, in one line that says what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from geo.errors import ArgumentError, DiskFullError, GovmapError, StoreError
from geo.writing import no_room

DISK_FULL, BUSY = ("53100",), ("55P03", "40P01", "40001", "57014")
MISFIT, DAMAGED = ("42P01", "42703", "42883"), ("XX000", "XX001", "XX002")
READ_ONLY, FORBIDDEN = ("25006",), ("42501",)
"""SQLSTATE of PostgreSQL."""
FAULTS = (SQLAlchemyError, sqlite3.Error)


@contextmanager
def explained(name: str, home: Path) -> Iterator[None]:
    """Turn what the database refuses inside into a StoreError that calls it ``name``.

    Raises:
        DiskFullError, StoreError: as the message says.
        ArgumentError: a text holds a character that the database cannot keep.
    """
    try:
        yield
    except FAULTS as error:
        explain(error, name, home)
        raise


def explain(error: Exception, name: str, home: Path) -> None:
    """Raise the refusal that one of ``FAULTS`` stands for; return where it is a fault of ours."""
    refusal = _refusal(error.orig if isinstance(error, DBAPIError) else error, name, home)
    if refusal is not None:
        raise refusal from error


def _refusal(error: BaseException | None, name: str, home: Path) -> GovmapError | None:
    if isinstance(error, sqlite3.Error):
        return _of_file(error, name, home)
    if hasattr(error, "sqlstate"):
        return _of_server(error, name)
    if isinstance(error, PoolTimeoutError):
        return _busy(name)
    return None


def _of_file(error: sqlite3.Error, name: str, home: Path) -> GovmapError | None:
    """SQLite tells its reason by a number whose low byte is the kind; full disks often pass for I/O errors."""
    kind = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    if kind in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return _busy(name)
    if kind == sqlite3.SQLITE_FULL or (
        kind in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN) and home.is_dir() and no_room(error, home)
    ):
        return _full()
    if kind == sqlite3.SQLITE_READONLY:
        return _read_only(name)
    if kind in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_IOERR):
        return StoreError(
            "数据库 {file} 打不开：{why}。用备份恢复，或换一个数据目录建库。",
            remedy="store",
            file=name,
            why=error,
        )
    if str(error).startswith(("no such table", "no such column", "table ")):
        return _misfit(name, error)
    return None


def _of_server(error: Any, name: str) -> GovmapError | None:
    """psycopg's errors, told by their SQLSTATE; its import is left to those who have a server."""
    state, kinds = error.sqlstate or "", {kind.__name__ for kind in type(error).__mro__}
    if state in DISK_FULL:
        return _full()
    if state in BUSY:
        return _busy(name)
    if state in MISFIT:
        return _misfit(name, error)
    if state in READ_ONLY + FORBIDDEN:
        return _read_only(name)
    if state in DAMAGED:
        return StoreError("数据库 {file} 已损坏：{why}。用备份恢复。", file=name, why=_first_line(error))
    if "DataError" in kinds:
        return ArgumentError("文字里有数据库存不下的字符，去掉后再试。")
    if "OperationalError" in kinds:
        return StoreError(
            "连不上数据库 {file}：{why}。检查 PostgreSQL 是否在运行、设置 database_url 是否写对。",
            file=name, why=_first_line(error),
        )  # fmt: skip
    return None


def missing(home: Path) -> StoreError:
    """There is no database yet."""
    return StoreError("数据目录 {home} 里没有数据库，先建库。", remedy="store", home=home)


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def _busy(name: str) -> StoreError:
    return StoreError("数据库 {file} 正忙，等了很久也没有轮到，稍后再试。", file=name)


def _full() -> DiskFullError:
    return DiskFullError("硬盘没有空间了，没有存下。腾出空间后再试。")


def _read_only(name: str) -> StoreError:
    return StoreError("数据库 {file} 只能读，不能写。检查文件、目录或账号的权限。", file=name)


def _misfit(name: str, error: BaseException) -> StoreError:
    return StoreError(
        "数据库 {file} 的表和程序不合：{why}。先升级；仍不行就用备份恢复。",
        remedy="upgrade",
        file=name,
        why=_first_line(error),
    )
