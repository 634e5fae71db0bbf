"""What is costly to build is built once for all workers of a run."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

PATIENCE_S = 300
PAUSE_S = 0.1


def once(temp: pytest.TempPathFactory, name: str, build: Callable[[Path], object]) -> Path:
    """A folder filled by ``build(folder)`` in one worker while the others wait; not to be changed.

    Raises AssertionError when the worker that builds has failed or takes too long.
    """
    base = temp.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / f"once-{name}"
    folder, built, failed = shared / "folder", shared / "built", shared / "failed"
    try:
        shared.mkdir()
    except FileExistsError:
        return _awaited(folder, built, failed)
    try:
        build(folder)
    except BaseException:
        failed.touch()
        raise
    built.touch()
    return folder


def _awaited(folder: Path, built: Path, failed: Path) -> Path:
    until = time.monotonic() + PATIENCE_S
    while not built.exists():
        assert not failed.exists(), f"{folder.parent.name} was not built, see the worker that tried"
        assert time.monotonic() < until, f"{folder.parent.name} takes too long"
        time.sleep(PAUSE_S)
    return folder
