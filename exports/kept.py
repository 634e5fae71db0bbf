"""What was exported: the files under ``GOVMAP_HOME/exports`` and a record of how each was made.

The record outlives the file. Of each role the newest files are kept; an older record still says from which words and
editions the same bytes can be made. Records stand in a database of their own beside the files, so that an export does
not touch what every request looks at.
"""

import errno
import hashlib
import json
import os
import re
import secrets
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args
from urllib.parse import parse_qsl

from sqlalchemy.exc import OperationalError

from geo.errors import ArgumentError, DiskFullError, StoreError, UnknownExportError
from geo.writing import FULL, PART, why
from layers.editions.pointers import open_engine
from layers.language import translated

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from layers.county import County

Kind = Literal["sheet", "atlas", "report"]
FORMATS: Mapping[str, str] = {
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "zip": "application/zip",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Ending of a file → its type."""
FOLDER = "exports"
DEMO = "演示数据"
DATABASE = "exports.sqlite"
TOKEN = re.compile(r"[0-9a-f]{32}")
FILE = re.compile(r"[0-9a-f]{32}\.\w+")
MOST_FILES = 200
"""Files kept for one role."""
MOST_RECORDS = 1000
"""Records kept for one role."""
LEFT_OVER_S = 3600.0
"""A file that old without a record was left by a process that died."""


@dataclass(frozen=True)
class Making:
    """How a file was made: enough to make the same bytes again.

    ``query`` is the plan's key; ``editions`` maps layers to what was drawn; ``made_on`` is the date printed on it;
    ``notes`` say what is not on it (names left out, pages that failed).
    """

    kind: Kind
    format: str
    title: str
    query: str
    fingerprint: str
    editions: Mapping[str, str]
    made_on: date
    pages: int = 1
    dpi: int | None = None
    demo: bool = False
    notes: tuple[str, ...] = ()

    @property
    def file_name(self) -> str:
        """What the file is called when it is taken away, without its ending."""
        demo = [translated(DEMO, self.words.get("lang", "zh"))] if self.demo else []
        return "_".join([self.title, *demo, self.fingerprint])

    @property
    def words(self) -> dict[str, str]:
        """The words from which it was made."""
        return dict(parse_qsl(self.query))

    def to_json(self) -> str:
        return json.dumps(asdict(self) | {"made_on": self.made_on.isoformat()}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Making":
        raw: dict[str, Any] = json.loads(text)
        return cls(
            **raw | {"made_on": date.fromisoformat(raw["made_on"]), "notes": tuple(raw["notes"])},
        )


@dataclass(frozen=True)
class Export:
    """One record. ``who`` is the viewer's key, ``size`` counts bytes; ``there`` is whether the file still is."""

    token: str
    who: str
    made_at: str
    size: int
    sha256: str
    there: bool
    making: Making

    @property
    def file(self) -> str:
        """Name of the file in the folder."""
        return f"{self.token}.{self.making.format}"


class Exports:
    """The exports of one GOVMAP_HOME; nothing is opened before the first question."""

    def __init__(self, home: Path) -> None:
        self._folder = home / FOLDER

    def keep(self, who: str, making: Making, body: bytes) -> Export:
        """Keep a file for a viewer. The same bytes made again from the same words renew their record.

        Raises:
            ArgumentError: no such kind of file.
            DiskFullError: there is no room for it; nothing of it is left.
            StoreError: the folder cannot be written.
        """
        if making.format not in FORMATS:
            raise ArgumentError(
                "没有格式 {format}，可选：{all}。", format=making.format, all="、".join(FORMATS)
            )
        export = Export(
            token=secrets.token_hex(16), who=who, made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            size=len(body), sha256=hashlib.sha256(body).hexdigest(), there=True, making=making,
        )  # fmt: skip
        earlier = self._same(export)
        if earlier is not None:
            export = replace(export, token=earlier)
        try:
            self._write(export, body)
            self._record(export)
        except OSError as error:
            (self._folder / export.file).unlink(missing_ok=True)
            raise _refusal(error) from error
        self._sweep(_group(who))
        return export

    def of(self, who: str) -> tuple[Export, ...]:
        """Everything that this viewer exported, the newest first."""
        with self._reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT * FROM exports WHERE who = ? ORDER BY number DESC", (who,)
            ).mappings()
            return tuple(_export(row) for row in rows)

    def get(self, token: str, who: str) -> Export:
        """One record; raises UnknownExportError where there is none, or it is another viewer's."""
        row = None
        if TOKEN.fullmatch(token):
            with self._reading() as connection:
                row = connection.exec_driver_sql(
                    "SELECT * FROM exports WHERE token = ? AND who = ?", (token, who)
                ).mappings().first()  # fmt: skip
        if row is None:
            raise UnknownExportError("没有这份导出，链接不完整、已删除，或是别的身份导出的。")
        return _export(row)

    def body(self, export: Export) -> bytes:
        """The file itself; raises UnknownExportError where it was swept, StoreError where it is damaged."""
        try:
            body = (self._folder / export.file).read_bytes()
        except FileNotFoundError as error:
            raise UnknownExportError(
                "“{title}”的文件已清理，可以原样重做。", title=export.making.title
            ) from error
        if hashlib.sha256(body).hexdigest() != export.sha256:
            raise StoreError("“{title}”的文件已损坏，重做一份。", title=export.making.title)
        return body

    def delete(self, token: str, who: str) -> None:
        """Remove a record and its file; raises UnknownExportError."""
        export = self.get(token, who)
        with self._engine.begin() as connection:
            connection.exec_driver_sql("DELETE FROM exports WHERE token = ?", (token,))
        (self._folder / export.file).unlink(missing_ok=True)

    # ---- writing ----

    def _write(self, export: Export, body: bytes) -> None:
        """The whole file under its name, synced to disk, or nothing."""
        self._folder.mkdir(parents=True, exist_ok=True)
        part = self._folder / f"{secrets.token_hex(16)}{PART}"
        try:
            with part.open("xb") as handle:
                handle.write(body)
                handle.flush()
                os.fsync(handle.fileno())
            part.replace(self._folder / export.file)
        finally:
            part.unlink(missing_ok=True)

    def _record(self, export: Export) -> None:
        """The record at the top of the list; OSError where the database has no room."""
        try:
            with self._engine.begin() as connection:
                connection.exec_driver_sql("DELETE FROM exports WHERE token = ?", (export.token,))
                connection.exec_driver_sql(
                    "INSERT INTO exports (token, who, role, made_at, size, sha256, format, query, making, there)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
                    (
                        export.token, export.who, _group(export.who), export.made_at, export.size, export.sha256,
                        export.making.format, export.making.query, export.making.to_json(),
                    ),
                )  # fmt: skip
        except OperationalError as error:
            if "full" in str(error.orig):
                raise OSError(errno.ENOSPC, str(error.orig)) from error
            raise

    def _same(self, export: Export) -> str | None:
        """Token of the record with the same bytes from the same words."""
        with self._reading() as connection:
            found: str | None = connection.exec_driver_sql(
                "SELECT token FROM exports WHERE who = ? AND sha256 = ? AND format = ? AND query = ?",
                (export.who, export.sha256, export.making.format, export.making.query),
            ).scalar()
        return found

    def _sweep(self, role: str) -> None:
        """Remove the oldest files and records beyond what a role keeps, and what dead processes left."""
        with self._engine.begin() as connection:
            rows = connection.exec_driver_sql(
                "SELECT * FROM exports WHERE role = ? AND there ORDER BY number DESC LIMIT -1 OFFSET ?",
                (role, MOST_FILES),
            ).mappings()  # fmt: skip
            gone = [_export(row) for row in rows]
            for export in gone:
                connection.exec_driver_sql("UPDATE exports SET there = 0 WHERE token = ?", (export.token,))
            connection.exec_driver_sql(
                "DELETE FROM exports WHERE role = ? AND number NOT IN"
                " (SELECT number FROM exports WHERE role = ? ORDER BY number DESC LIMIT ?)",
                (role, role, MOST_RECORDS),
            )
            known = set(connection.exec_driver_sql("SELECT token FROM exports WHERE there").scalars())
        for file in self._folder.iterdir():
            if file.suffix == PART or FILE.fullmatch(file.name):
                with suppress(FileNotFoundError):  # another process sweeps too
                    if file.stem not in known and _swept(file, {export.file for export in gone}):
                        file.unlink()

    # ---- the database ----

    def _reading(self) -> "Connection":
        return self._engine.connect()

    @cached_property
    def _engine(self) -> "Engine":
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _refusal(error) from error
        engine = open_engine(self._folder / DATABASE)
        with engine.begin() as connection:
            for statement in TABLES:
                connection.exec_driver_sql(statement)
        return engine


def kept_exports(county: "County") -> Exports:
    """The exports of a county; for ``county.beside``."""
    return Exports(county.settings.home)


def _swept(file: Path, gone: set[str]) -> bool:
    """Whether an unrecorded file may go: it was swept just now, or nobody can still be writing it."""
    return file.name in gone or time.time() - file.stat().st_mtime > LEFT_OVER_S


def _group(who: str) -> str:
    """The role of a viewer's key; limits are shared by all of it."""
    return who.partition(".")[0]


def _export(row: Mapping[Any, Any]) -> Export:
    return Export(
        token=row["token"], who=row["who"], made_at=row["made_at"], size=row["size"], sha256=row["sha256"],
        there=bool(row["there"]), making=Making.from_json(row["making"]),
    )  # fmt: skip


def _refusal(error: OSError) -> StoreError:
    if error.errno in FULL:
        return DiskFullError("硬盘没有空间了，文件没有存下。删掉旧的导出，或腾出空间后再试。")
    return StoreError("导出的文件夹写不进去：{why}。", why=why(error))


KINDS: tuple[Kind, ...] = get_args(Kind)
TABLES = (
    "CREATE TABLE IF NOT EXISTS exports (number INTEGER PRIMARY KEY AUTOINCREMENT, token TEXT NOT NULL UNIQUE,"
    " who TEXT NOT NULL, role TEXT NOT NULL, made_at TEXT NOT NULL, size INTEGER NOT NULL, sha256 TEXT NOT NULL,"
    " format TEXT NOT NULL, query TEXT NOT NULL, making TEXT NOT NULL, there INTEGER NOT NULL)",
    "CREATE INDEX IF NOT EXISTS exports_of ON exports (who, number)",
)
