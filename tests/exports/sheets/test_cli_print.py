"""The command print: files of three kinds, what it says, and refusals before anything is written."""

import errno
import json
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.exports.sheets.marks import text_of
from webmap.cli import main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(sheet_home: Path, home: Path, capfd: pytest.CaptureFixture[str]) -> Run:
    """``run("overview", …)`` gives exit status, stdout and stderr of the command."""
    shutil.copytree(sheet_home, home)

    def _run(*arguments: str) -> tuple[int, str, str]:
        capfd.readouterr()
        status = main(["print", *arguments])
        captured = capfd.readouterr()
        return status, captured.out, captured.err

    return _run


def test_a_pdf_with_text_to_search(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "sheet.pdf"
    status, said, err = run(
        "overview", "--out", str(out), "--paper", "A4", "--set", "layers=villages,townships,counties"
    )
    assert (status, err) == (0, "")
    assert f"已写出 {out}" in said
    text = text_of(out.read_bytes())
    assert all(word in text for word in ("4号村", "西镇", "县界"))


def test_what_became_of_it_as_json(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "sheet.png"
    arguments = (
        "disputes",
        "--area",
        "140822100",
        "--dpi",
        "72",
        "--title",
        "甲图",
        "--out",
        str(out),
        "--json",
        "--as",
        "planner",
    )
    status, said, err = run(*arguments)
    document: dict[str, Any] = json.loads(said)
    assert (status, err) == (0, "")
    assert (document["title"], document["paper"], document["scale"]) == ("甲图", "A3", 15_000)
    assert set(document["named"]) == {"140822100001", "140822100002", "140822100003"}
    assert document["key"].startswith("theme=disputes&code=140822100")
    picture = Image.open(BytesIO(out.read_bytes()))
    assert picture.size == (1190, 841), "the dots of 420 × 297 mm"


def test_the_format_may_be_named(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "sheet"
    assert run("overview", "--out", str(out), "--format", "svg", "--paper", "figure")[0] == 0
    assert out.read_text("utf-8").lstrip().startswith(("<?xml", "<svg"))


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("overview", "--out", "x.doc"), "bad-argument"),
        (("overview", "--out", "nowhere/x.pdf"), "bad-argument"),
        (("overview", "--out", ".", "--format", "pdf"), "bad-argument"),
        (("overview", "--out", "x.png", "--dpi", "71"), "bad-argument"),
        (("overview", "--out", "x.png", "--dpi", "fine"), "bad-argument"),
        (("overview", "--out", "x.pdf", "--set", "layers"), "bad-argument"),
        (("nothing", "--out", "x.pdf"), "theme-unknown"),
        (("overview", "--out", "x.pdf", "--scale", "1000"), "scale-too-large"),
        (("overview", "--out", "x.pdf", "--title", "长" * 99), "title-too-long"),
        (
            ("overview", "--out", "x.pdf", "--set", "layers=orchards", "--set", "f.orchards.crop=grape"),
            "sheet-empty",
        ),
        (("overview", "--out", "x.pdf", "--set", "handling=public"), "bad-argument"),
        (("disputes", "--out", "x.pdf", "--as", "nobody"), "bad-argument"),
    ],
)
def test_refusals(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], code: str
) -> None:
    monkeypatch.chdir(tmp_path)
    status, said, err = run(*arguments)
    assert status == 2
    assert err.startswith(f"error[{code}]: ")
    assert said == ""
    assert not list(tmp_path.glob("x*"))


def test_a_full_disk_is_said_and_the_old_file_stays(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def _full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    out = tmp_path / "x.svg"
    out.write_text("old")
    monkeypatch.setattr("geo.writing.os.fsync", _full)
    status, said, err = run("overview", "--out", str(out), "--paper", "figure")
    assert (status, said) == (2, "")
    assert err == f"error[disk-full]: 硬盘没有空间了，{out} 没有写出。腾出空间，或写到别的盘，再试一次。\n"
    assert out.read_text() == "old"
    assert not list(tmp_path.glob("*.part"))
