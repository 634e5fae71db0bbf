"""Files are written whole or not at all, and the reason is said in Chinese."""

import errno
import os
from pathlib import Path

import pytest

from geo import writing as disk
from geo.errors import DiskFullError, FileUnwritableError, GovmapError
from geo.writing import refusal, write_files
from layers.language import told


def names(folder: Path) -> set[str]:
    return {str(file.relative_to(folder)) for file in folder.rglob("*")}


def test_folders_are_made_for_the_files_that_need_them(tmp_path: Path) -> None:
    write_files({tmp_path / "a" / "b" / "1.pdf": b"one", tmp_path / "a" / "2.pdf": b"two"})
    assert (tmp_path / "a" / "b" / "1.pdf").read_bytes() == b"one"
    assert names(tmp_path) == {"a", "a/2.pdf", "a/b", "a/b/1.pdf"}


def test_a_full_disk_keeps_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second of two files finds no room: neither of them is written, and no folder is left."""
    old = tmp_path / "1.pdf"
    old.write_bytes(b"old")
    left = [1]

    def _full(_handle: int) -> None:
        if not left:
            raise OSError(errno.ENOSPC, "No space left on device")
        left.pop()

    monkeypatch.setattr(disk.os, "fsync", _full)
    with pytest.raises(DiskFullError, match=r"硬盘没有空间了，.*2\.pdf 没有写出。腾出空间"):
        write_files({old: b"new", tmp_path / "more" / "2.pdf": b"new"})
    assert old.read_bytes() == b"old"
    assert names(tmp_path) == {"1.pdf"}


def test_a_file_keeps_its_rights_and_a_link_stays_one(tmp_path: Path) -> None:
    real, link = tmp_path / "real.pdf", tmp_path / "link.pdf"
    real.write_bytes(b"old")
    real.chmod(0o640)
    link.symlink_to(real)
    write_files({link: b"new"})
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    assert real.stat().st_mode & 0o777 == 0o640


def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_files({pipe: b"sheet"})
    assert os.read(reader, 10) == b"sheet"
    os.close(reader)


def test_a_file_in_the_way_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"file")
    with pytest.raises(FileUnwritableError, match=r"写不进去：(已有同名文件|上一级不是文件夹)。换一个"):
        write_files({tmp_path / "x" / "1.pdf": b"one"})
    assert names(tmp_path) == {"x"}


@pytest.mark.parametrize(
    ("number", "kind", "said"),
    [
        (errno.ENOSPC, DiskFullError, "没有空间"),
        (errno.EDQUOT, DiskFullError, "没有空间"),
        (errno.EFBIG, DiskFullError, "没有空间"),
        (errno.EACCES, FileUnwritableError, "没有写的权限"),
        (errno.EROFS, FileUnwritableError, "磁盘只能读"),
        (errno.ENAMETOOLONG, FileUnwritableError, "名称太长"),
        (errno.EIO, FileUnwritableError, "Input/output error"),
    ],
)
def test_reasons(number: int, kind: type[GovmapError], said: str) -> None:
    error = refusal(OSError(number, os.strerror(number)), Path("图.pdf"))
    assert type(error) is kind
    assert said in str(error)
    assert "图.pdf" in str(error)


def test_the_reason_is_english_on_an_english_page() -> None:
    error = refusal(OSError(errno.EROFS, ""), Path("图.pdf"))
    assert told(error.params["why"], "en") == "the disk is read-only"
