"""Run the product's own commands and its server, as a person would."""

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.cells import ROOT, WORK

PORT = 8391


def environment(home: Path) -> dict[str, str]:
    return {**os.environ, "GOVMAP_HOME": str(home)}


def webmap(home: Path, *arguments: str, root: Path = ROOT) -> None:
    """``python -m webmap …`` of a checkout on the store at ``home``; CalledProcessError when it fails."""
    command = [sys.executable, "-m", "webmap", *arguments]
    subprocess.run(command, cwd=root, env=environment(home), check=True, capture_output=True)


def sample_home() -> Path:
    """A store with the sample county, made once per work folder."""
    home = WORK / "sample"
    webmap(home, "init", "--sample")
    return home


def fresh_home(name: str) -> Path:
    home = WORK / name
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    return home


@contextmanager
def server(home: Path, *, workers: int = 1, root: Path = ROOT, port: int = PORT) -> Iterator[tuple[str, int]]:
    """The production server of a checkout on ``home``: its address and the process id of its parent process."""
    command = [sys.executable, "-m", "webmap", "serve", "--port", str(port), "--workers", str(workers)]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=root, env=environment(home), stdout=quiet, stderr=quiet) as process:
        try:
            _wait(f"http://127.0.0.1:{port}/readyz")
            yield f"http://127.0.0.1:{port}", process.pid
        finally:
            process.terminate()


def _wait(address: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(address, timeout=2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"{address} did not answer in 30 s")
