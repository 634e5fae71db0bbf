"""Unpacking archives that nobody has checked before us."""

import stat
import zipfile
from pathlib import Path, PurePosixPath

from geo.errors import (
    ArchiveError,
    FileEmptyError,
    FileFormatError,
    FileProtectedError,
    FileTooLargeError,
    InputError,
)
from geo.files.kinds import ARCHIVES, BY_SUFFIX

MOST_ENTRIES = 10_000
MOST_RATIO = 200
SMALL_BYTES = 64 << 20
"""Below this a high ratio does no harm."""
CHUNK = 1 << 20
UTF8_FLAG, ENCRYPTED_FLAG = 0x800, 0x1


def unpack(path: Path, folder: Path, *, max_bytes: int) -> list[Path]:
    """Unpack a ZIP into ``folder``, which must be empty; the files written, in the archive's order.

    Names without the UTF-8 mark are read as UTF-8 if they are, else as GB18030.

    Raises:
        ArchiveError: damaged, leads outside the folder, holds links, other archives or too many files.
        FileProtectedError: has a password.
        FileTooLargeError: unpacks to more than ``max_bytes``, whatever it says of itself.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not _is_litter(entry.filename)]
            _check(path.name, entries, max_bytes)
            files = [entry for entry in entries if not entry.is_dir()]
            left = max_bytes
            written = []
            for entry in files:
                target = _target(path.name, _name_of(entry), folder)
                left -= _write(path.name, archive, entry, target, left)
                written.append(target)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError) as error:
        raise ArchiveError(
            "压缩包 {name} 已损坏或不完整，重新压缩。（{why}）", name=path.name, why=error
        ) from error
    if not written:
        raise FileEmptyError("压缩包 {name} 里没有文件。", name=path.name)
    return written


def data_files(files: list[Path]) -> list[Path]:
    """The data files among unpacked ones: each shapefile once, each ``.gdb`` folder once."""
    folders = dict.fromkeys(file.parent for file in files if file.name == "a00000001.gdbtable")
    plain = [file for file in files if file.parent not in folders and file.suffix.lower() in BY_SUFFIX]
    shapefiles = {file.with_suffix("") for file in plain if file.suffix.lower() == ".shp"}
    texts = {".txt"} if len(plain) > 1 else set()
    return [
        *folders,
        *(file for file in plain if file.suffix.lower() not in texts or file.with_suffix("") in shapefiles),
    ]


def choose(path: Path, found: list[Path], files: list[Path], part: str | None) -> Path:
    """The one data file that is meant: the only one, or the one called ``part``.

    Raises:
        FileFormatError: there is none.
        InputError: there are several and ``part`` names none of them.
    """
    if not found:
        names = "、".join(file.name for file in files[:5])
        raise FileFormatError("压缩包 {name} 里没有能导入的文件（有 {found}）。", name=path.name, found=names)
    named = [file for file in found if part is not None and part in (file.name, file.stem)]
    if len(named) == 1:
        return named[0]
    if len(found) > 1:
        names = "、".join(file.name for file in found[:10])
        raise InputError(
            "压缩包 {name} 里有 {n} 个数据文件：{names}。要指明读哪一个。",
            remedy="part",
            name=path.name,
            n=len(found),
            names=names,
        )
    return found[0]


def _check(name: str, entries: list[zipfile.ZipInfo], max_bytes: int) -> None:
    if len(entries) > MOST_ENTRIES:
        raise ArchiveError("压缩包 {name} 里有 {n} 个文件，超过上限。", name=name, n=len(entries))
    for entry in entries:
        inner = _name_of(entry)
        if entry.flag_bits & ENCRYPTED_FLAG:
            raise FileProtectedError("压缩包 {name} 有密码，解密后再导入。", name=name)
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise ArchiveError("压缩包 {name} 里的 {inner} 是链接，不予读取。", name=name, inner=inner)
        if inner.lower().endswith(ARCHIVES):
            raise ArchiveError(
                "压缩包 {name} 里还有压缩包 {inner}，先解开，只压缩一层。", name=name, inner=inner
            )
        if entry.file_size > SMALL_BYTES and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
            raise ArchiveError(
                "压缩包 {name} 里的 {inner} 压缩得不合常理，不予解开。", name=name, inner=inner
            )
    if sum(entry.file_size for entry in entries) > max_bytes:
        raise _too_large(name, max_bytes)


def _target(name: str, inner: str, folder: Path) -> Path:
    place = PurePosixPath(inner)
    odd = place.is_absolute() or ".." in place.parts or "\\" in inner or ":" in inner or "\x00" in inner
    target = folder.joinpath(*place.parts)
    if odd or not target.resolve().is_relative_to(folder.resolve()):
        raise ArchiveError("压缩包 {name} 里有指向别处的路径 {inner}，不予解开。", name=name, inner=inner)
    return target


def _write(name: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, left: int) -> int:
    target.parent.mkdir(parents=True, exist_ok=True)
    size = 0
    with archive.open(entry) as source, target.open("xb") as sink:
        while chunk := source.read(CHUNK):
            size += len(chunk)
            if size > left:
                raise _too_large(name, left)
            sink.write(chunk)
    return size


def _too_large(name: str, limit: int) -> FileTooLargeError:
    return FileTooLargeError("压缩包 {name} 解开后超过 {limit} MB 的上限。", name=name, limit=limit >> 20)


def _name_of(entry: zipfile.ZipInfo) -> str:
    if entry.flag_bits & UTF8_FLAG:
        return entry.filename
    raw = entry.orig_filename.encode("cp437")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename


def _is_litter(name: str) -> bool:
    return name.startswith("__MACOSX/") or name.rsplit("/", 1)[-1] in (
        ".DS_Store",
        "Thumbs.db",
        "desktop.ini",
    )
