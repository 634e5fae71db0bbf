"""Starts the reading process, waits for it within limits, and takes over what it read."""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from geo import errors
from geo.errors import FileTooLargeError, InputError
from geo.files.locks import lock
from geo.files.table import ROW, WKB, Ask, Facts, FileTable

ROOT = Path(__file__).parents[2]
GB = 1 << 30
HELD = "held.lock"
KEPT = (
    "PATH",
    "SYSTEMROOT",
    "TEMP",
    "TMP",
    "TMPDIR",
    "LANG",
    "LC_ALL",
    "LD_LIBRARY_PATH",
    "COVERAGE_PROCESS_START",
)
Progress = Callable[[float], None]


@dataclass(frozen=True)
class Limits:
    """What one reading may use. ``file_bytes`` bounds the file and, separately, what it unpacks to."""

    file_bytes: int = 2 * GB
    memory_bytes: int = 6 * GB
    cpu_s: int = 600
    wall_s: float = 900.0


def read(
    path: Path,
    ask: Ask,
    *,
    limits: Limits | None = None,
    scratch: Path | None = None,
    progress: Progress | None = None,
) -> FileTable:
    """Read a data file in a child process.

    ``scratch`` is where temporary files go (default: the system's place). ``progress`` is called with 0–1.

    Raises:
        InputError or one of its subclasses: the file cannot be read, is too large, or is not safe to read.
    """
    bounds = limits or Limits()
    file = checked_path(path, max_bytes=bounds.file_bytes)
    digest: list[str] = []
    asked = {"job": "table", "path": str(file), "ask": asdict(ask), "max_bytes": bounds.file_bytes}
    with _child(
        asked, bounds, scratch, progress or (lambda _: None), lambda: digest.append(_digest(file))
    ) as folder:
        facts = Facts.from_json(json.loads((folder / "facts.json").read_text("utf-8")))
        return take_over(folder, facts, digest[0])


def take_over(folder: Path, facts: Facts, sha256: str) -> FileTable:
    """The table that the reading process left in ``folder``."""
    import pyarrow as pa

    with pa.OSFile(str(folder / "rows.arrow")) as source:
        table = pa.ipc.open_file(source).read_all()
    rows = table.column(ROW).to_numpy()
    wkb = table.column(WKB).combine_chunks() if WKB in table.column_names else None
    columns = table.drop_columns([name for name in (ROW, WKB) if name in table.column_names])
    return FileTable(columns, rows, wkb, facts, sha256)


def read_picture(
    path: Path, *, longest_px: int, limits: Limits | None = None, scratch: Path | None = None
) -> bytes:
    """A photograph decoded in a child process and encoded anew as JPEG: turned upright, its longer side at
    most ``longest_px``, nothing of the original's metadata left.

    Raises:
        InputError or one of its subclasses: not a picture, damaged, or far too many pixels.
    """
    bounds = limits or Limits(file_bytes=GB // 8, memory_bytes=2 * GB, cpu_s=60, wall_s=90.0)
    file = checked_path(path, max_bytes=bounds.file_bytes)
    asked = {"job": "picture", "path": str(file), "longest_px": longest_px}
    with _child(asked, bounds, scratch, lambda _: None, lambda: None) as folder:
        return (folder / "picture.jpg").read_bytes()


def checked_path(path: Path, *, max_bytes: int) -> Path:
    """The real path of a local file or folder of acceptable size.

    Raises:
        InputError: an address or a path into GDAL's virtual file systems, nothing there, or no plain file.
        FileTooLargeError: larger than ``max_bytes``.
    """
    text = path.as_posix()
    if "://" in text or ":/" in text[2:] or text.startswith("/vsi"):
        raise InputError("只读本机上的文件，不读网址和虚拟路径：{path}", path=text)
    if not path.exists():
        raise InputError("没有文件 {path}。", path=text)
    real = path.resolve(strict=True)
    if not (real.is_file() or real.is_dir()):
        raise InputError("{path} 不是普通文件。", path=text)
    if real.is_dir() and real.suffix.lower() != ".gdb":
        raise InputError("{path} 是文件夹。给出其中一个文件，或一个 .gdb 文件夹。", path=text)
    parts = [real] if real.is_file() else [item for item in real.rglob("*") if item.is_file()]
    size = sum(item.stat().st_size for item in parts)
    if size > max_bytes:
        raise FileTooLargeError(
            "{name} 有 {size} MB，超过 {limit} MB 的上限。按乡镇拆开，或只导出需要的列。",
            name=path.name, size=size >> 20, limit=max_bytes >> 20,
        )  # fmt: skip
    return real


@contextmanager
def _child(
    asked: dict[str, Any],
    limits: Limits,
    scratch: Path | None,
    progress: Progress,
    meanwhile: Callable[[], None],
) -> Iterator[Path]:
    if scratch is not None:
        scratch.mkdir(parents=True, exist_ok=True)
        _sweep(scratch)
    with (
        tempfile.TemporaryDirectory(prefix="read-", dir=scratch) as name,
        (Path(name) / HELD).open("wb") as held,
    ):
        lock(held, wait=False)
        folder = Path(name).resolve()
        bounds = {name: value for name, value in asdict(limits).items() if name != "wall_s"}
        bounds["file_bytes"] *= 2
        (folder / "request.json").write_text(json.dumps({**asked, "limits": bounds}), "utf-8")
        status, said = _run(folder, limits.wall_s, progress, meanwhile)
        if status != 0:
            raise _error_of(folder, Path(asked["path"]).name, status, said)
        yield folder


def _sweep(scratch: Path) -> None:
    """Remove what readings left whose process was killed: nobody holds their lock any more."""
    for folder in scratch.glob("read-*"):
        try:
            with (folder / HELD).open("rb+") as held:
                dead = lock(held, wait=False)
        except FileNotFoundError:
            continue
        if dead:
            shutil.rmtree(folder, ignore_errors=True)


def _run(folder: Path, wall_s: float, progress: Progress, meanwhile: Callable[[], None]) -> tuple[int, str]:
    command = [sys.executable, "-s", "-m", "geo.files", str(folder / "request.json")]
    with (
        (folder / "stderr.txt").open("w+", encoding="utf-8", errors="replace") as said,
        subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said, env=_environment(folder),
            cwd=folder, text=True,
        ) as process,
    ):  # fmt: skip
        assert process.stdout is not None
        reader = threading.Thread(target=_relay, args=(process.stdout, progress), daemon=True)
        reader.start()
        meanwhile()
        try:
            status = process.wait(timeout=wall_s)
        except subprocess.TimeoutExpired:
            status = -signal.SIGTERM
        finally:
            process.kill()
        reader.join()
        said.seek(0)
        return status, said.read()


def _digest(file: Path) -> str:
    """SHA-256 of the file while the other processor reads it, and time to load what the caller needs next."""
    import geopandas  # noqa: F401
    import pyarrow.ipc  # noqa: F401

    parts = [file] if file.is_file() else sorted(item for item in file.rglob("*") if item.is_file())
    total = hashlib.sha256()
    for part in parts:
        with part.open("rb") as handle:
            while block := handle.read(1 << 20):
                total.update(block)
    return total.hexdigest()


def _relay(lines: IO[str], progress: Progress) -> None:
    for line in lines:
        progress(float(line))


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    one_thread = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return {**kept, **one_thread, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "HOME": str(folder)}


def _error_of(folder: Path, name: str, status: int, said: str) -> errors.GovmapError:
    report = folder / "error.json"
    if report.is_file():
        raw = json.loads(report.read_text("utf-8"))
        kind: type[errors.GovmapError] = getattr(errors, raw["error"])
        return kind(raw["template"], remedy=raw["remedy"], **raw["params"])
    if status == -signal.SIGTERM or status == -getattr(signal, "SIGXCPU", 24):
        return FileTooLargeError("读取 {name} 用的时间超过限制，已停止。", name=name)
    last = said.strip().splitlines()[-1:] or [f"状态 {status}"]
    return InputError("读取 {name} 的程序中途停止，文件很可能已损坏。（{why}）", name=name, why=last[0][:200])
