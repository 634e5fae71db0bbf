"""What was exported: the files under ``GOVMAP_HOME/exports`` and a record of how each was made.

The record outlives the file. Of each role the newest files are kept; an older record still says from which words and
editions the same bytes can be made.
"""

import hashlib
import json
import os
import re
import secrets
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args
from urllib.parse import parse_qsl

from sqlalchemy import RowMapping, delete, insert, select, update

from geo.errors import ArgumentError, DiskFullError, StoreError, UnknownExportError
from geo.phrases import listing
from geo.writing import FULL, PART, why
from layers.database import Database
from layers.database.tables import exports
from layers.language import translated

if TYPE_CHECKING:
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
FOLDER, PICTURE = "exports", "thumb"
DEMO = "演示数据"
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
    ``notes`` say what is not on it (names left out, pages that failed);
    ``version`` is that of drawing or of wording, empty for files from before it was kept.
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
    version: str = ""

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

    @property
    def picture(self) -> str:
        """Name of the small picture beside it."""
        return f"{self.token}.{PICTURE}"


class Exports:
    """The exports of one GOVMAP_HOME; nothing is opened before the first question."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._folder = database.home / FOLDER

    def keep(self, who: str, making: Making, body: bytes, picture: bytes | None = None) -> Export:
        """Keep a file for a viewer, and beside it the small ``picture`` that a list shows of it. The same bytes made again
        from the same words renew their record.

        Raises:
            ArgumentError: no such kind of file.
            DiskFullError: there is no room for it; nothing of it is left.
            StoreError: the folder cannot be written.
        """
        if making.format not in FORMATS:
            raise ArgumentError(
                "没有格式 {format}，可选：{all}。", format=making.format, all=listing(FORMATS)
            )
        export = Export(
            token=secrets.token_hex(16), who=who, made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            size=len(body), sha256=hashlib.sha256(body).hexdigest(), there=True, making=making,
        )  # fmt: skip
        earlier = self._same(export)
        if earlier is not None:
            export = replace(export, token=earlier)
        try:
            self._write(export.file, body)
            if picture is not None:
                self._write(export.picture, picture)
            self._record(export)
        except (OSError, StoreError) as error:
            if earlier is None:
                self._remove(export)
            if isinstance(error, OSError):
                raise _refusal(error) from error
            raise
        self._sweep(_group(who))
        return export

    def of(self, who: str) -> tuple[Export, ...]:
        """Everything that this viewer exported, the newest first."""
        chosen = select(exports).where(exports.c.who == who).order_by(exports.c.number.desc())
        with self._database.reading() as connection:
            return tuple(_export(row) for row in connection.execute(chosen).mappings())

    def get(self, token: str, who: str) -> Export:
        """One record; raises UnknownExportError where there is none, or it is another viewer's."""
        row = None
        if TOKEN.fullmatch(token):
            chosen = select(exports).where(exports.c.token == token, exports.c.who == who)
            with self._database.reading() as connection:
                row = connection.execute(chosen).mappings().first()
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

    def picture(self, export: Export) -> bytes:
        """What a list shows of it, a PNG; raises UnknownExportError where none was made, or it was swept."""
        try:
            return (self._folder / export.picture).read_bytes()
        except FileNotFoundError as error:
            raise UnknownExportError("“{title}”没有缩略图。", title=export.making.title) from error

    def pictured(self, found: Iterable[Export]) -> frozenset[str]:
        """Tokens of those that have a picture."""
        try:
            there = {file.name for file in self._folder.iterdir()}
        except FileNotFoundError:
            return frozenset()
        return frozenset(export.token for export in found if export.picture in there)

    def delete(self, token: str, who: str) -> None:
        """Remove a record and its file; raises UnknownExportError."""
        export = self.get(token, who)
        with self._database.writing() as connection:
            connection.execute(delete(exports).where(exports.c.token == token))
        self._remove(export)

    # ---- writing ----

    def _remove(self, export: Export) -> None:
        for file in (export.file, export.picture):
            (self._folder / file).unlink(missing_ok=True)

    def _write(self, name: str, body: bytes) -> None:
        """The whole file under its name, synced to disk, or nothing."""
        self._folder.mkdir(parents=True, exist_ok=True)
        part = self._folder / f"{secrets.token_hex(16)}{PART}"
        try:
            with part.open("xb") as handle:
                handle.write(body)
                handle.flush()
                os.fsync(handle.fileno())
            part.replace(self._folder / name)
        finally:
            part.unlink(missing_ok=True)

    def _record(self, export: Export) -> None:
        """The record at the top of the list."""
        making = export.making
        with self._database.writing(exports) as connection:
            connection.execute(delete(exports).where(exports.c.token == export.token))
            connection.execute(
                insert(exports).values(
                    token=export.token, who=export.who, role=_group(export.who), made_at=export.made_at,
                    size=export.size, sha256=export.sha256, format=making.format, query=making.query,
                    making=making.to_json(), there=True,
                )
            )  # fmt: skip

    def _same(self, export: Export) -> str | None:
        """Token of the record with the same bytes from the same words."""
        making = export.making
        chosen = select(exports.c.token).where(
            exports.c.who == export.who, exports.c.sha256 == export.sha256,
            exports.c.format == making.format, exports.c.query == making.query,
        )  # fmt: skip
        with self._database.reading() as connection:
            return connection.scalar(chosen)

    def _sweep(self, role: str) -> None:
        """Remove the oldest files and records beyond what a role keeps, and what dead processes left."""
        of_role = select(exports).where(exports.c.role == role).order_by(exports.c.number.desc())
        kept = of_role.with_only_columns(exports.c.number).limit(MOST_RECORDS)
        with self._database.writing(exports) as connection:
            rows = connection.execute(of_role.where(exports.c.there).offset(MOST_FILES)).mappings()
            gone = [_export(row) for row in rows]
            swept = exports.c.token.in_([export.token for export in gone])
            connection.execute(update(exports).where(swept).values(there=False))
            connection.execute(delete(exports).where(exports.c.role == role, exports.c.number.not_in(kept)))
            known = set(connection.scalars(select(exports.c.token).where(exports.c.there)))
        gone_files = {name for export in gone for name in (export.file, export.picture)}
        for file in self._folder.iterdir():
            if file.suffix == PART or FILE.fullmatch(file.name):
                with suppress(FileNotFoundError):  # another process sweeps too
                    if file.stem not in known and _swept(file, gone_files):
                        file.unlink()


def kept_exports(county: "County") -> Exports:
    """The exports of a county; for ``county.beside``."""
    return Exports(county.database)


def _swept(file: Path, gone: set[str]) -> bool:
    """Whether an unrecorded file may go: it was swept just now, or nobody can still be writing it."""
    return file.name in gone or time.time() - file.stat().st_mtime > LEFT_OVER_S


def _group(who: str) -> str:
    """The role of a viewer's key; limits are shared by all of it."""
    return who.partition(".")[0]


def _export(row: RowMapping) -> Export:
    return Export(
        token=row["token"], who=row["who"], made_at=row["made_at"], size=row["size"], sha256=row["sha256"],
        there=row["there"], making=Making.from_json(row["making"]),
    )  # fmt: skip


def _refusal(error: OSError) -> StoreError:
    if error.errno in FULL:
        return DiskFullError("硬盘没有空间了，文件没有存下。删掉旧的导出，或腾出空间后再试。")
    return StoreError("导出的文件夹写不进去：{why}。", why=why(error))


KINDS: tuple[Kind, ...] = get_args(Kind)
