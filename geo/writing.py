"""Files that are written whole or not at all, and in words why a disk refuses them."""

import errno
import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

from geo.errors import DiskFullError, FileUnwritableError, GovmapError
from geo.phrases import Phrase, say

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
PART = ".part"
LEAST_FREE = 256 * 1024
"""Bytes without which a database cannot work."""
WHY: Mapping[int, Phrase] = {
    errno.EACCES: say("没有写的权限"),
    errno.EPERM: say("没有写的权限"),
    errno.EROFS: say("磁盘只能读"),
    errno.ENOENT: say("没有这个文件夹"),
    errno.ENOTDIR: say("上一级不是文件夹"),
    errno.EISDIR: say("这是一个文件夹"),
    errno.EEXIST: say("已有同名文件"),
    errno.ENAMETOOLONG: say("名称太长"),
}


def write_files(files: Mapping[Path, bytes]) -> None:
    """Write all files, making the folders that they need. Where one cannot be written none is, and what stood there
    before stays.

    Raises:
        DiskFullError, FileUnwritableError: the message names the file.
    """
    parts: dict[Path, Path] = {}
    folders: list[Path] = []
    now = next(iter(files))
    try:
        for now, body in files.items():
            folders += _new(now.parent)
            now.parent.mkdir(parents=True, exist_ok=True)
            if now.exists() and not now.is_file():
                now.write_bytes(body)  # a pipe or a device
            else:
                parts[now] = now.resolve().parent / f".{secrets.token_hex(8)}{PART}"
                _write(parts[now], body)
        for now, part in parts.items():
            if now.is_file():
                shutil.copymode(now, part)
            part.replace(now.resolve())
    except OSError as error:
        _undo(parts, folders)
        raise refusal(error, now) from error


def refusal(error: OSError, out: Path) -> GovmapError:
    """Why a file was not written."""
    if error.errno in FULL:
        return DiskFullError("硬盘没有空间了，{out} 没有写出。腾出空间，或写到别的盘，再试一次。", out=out)
    return FileUnwritableError("{out} 写不进去：{why}。换一个文件夹或文件名。", out=out, why=why(error))


def why(error: OSError) -> str:
    """The reason in Chinese where it is a usual one, else as the system says it."""
    return WHY.get(error.errno or 0) or error.strerror or str(error)


def no_room(error: Exception, folder: Path) -> bool:
    """Whether a database failed because its disk is full, which SQLite often calls an I/O error."""
    return "full" in str(error) or shutil.disk_usage(folder).free < LEAST_FREE


def _new(folder: Path) -> list[Path]:
    """The folder and those above it that are not there yet, the innermost last."""
    return [one for one in (folder, *folder.parents) if not one.exists()][::-1]


def _write(part: Path, body: bytes) -> None:
    with part.open("xb") as handle:
        handle.write(body)
        handle.flush()
        os.fsync(handle.fileno())


def _undo(parts: Mapping[Path, Path], folders: list[Path]) -> None:
    for part in parts.values():
        part.unlink(missing_ok=True)
    for folder in reversed(folders):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
