"""Copies put aside before an upgrade, and files that are no longer needed; nothing is deleted."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from geo.errors import DiskFullError, StoreError
from geo.writing import FULL, PART, why

FOLDER = "before-upgrade"
BESIDE = ("", "-wal", "-shm")
"""What SQLite keeps beside a file."""


def new_folder(home: Path) -> Path:
    """A folder for what is put aside now; made by the first that is put into it."""
    return home / FOLDER / datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")


def copy(file: Path, folder: Path) -> None:
    """Put a copy of a database into the folder, whole even while others read it.

    Raises:
        DiskFullError, StoreError: there is no copy; the database was not touched.
    """
    part = folder / f"{file.name}{PART}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(part)) as copied:
            source.backup(copied)
        part.replace(folder / file.name)
    except (OSError, sqlite3.Error) as error:
        part.unlink(missing_ok=True)
        if (
            getattr(error, "errno", None) in FULL
            or getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
        ):
            raise DiskFullError(
                "硬盘没有空间了，升级前的副本没有存下，什么也没有改。腾出空间后再试。"
            ) from error
        reason = why(error) if isinstance(error, OSError) else error
        raise StoreError(
            "升级前要把 {file} 的副本存进 {folder}，没有存成：{why}。什么也没有改。",
            file=file.name, folder=folder, why=reason,
        ) from error  # fmt: skip


def move(file: Path, folder: Path) -> None:
    """Put a database that is no longer used into the folder, with what SQLite keeps beside it."""
    for ending in BESIDE:
        beside = file.with_name(file.name + ending)
        if beside.is_file():
            folder.mkdir(parents=True, exist_ok=True)
            beside.replace(folder / beside.name)
