"""A worker beside a process: it ends with the process, whatever ends that, because its input closes then."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

NICER = 5
GRACE_S = 20
AGAIN_S = 2.0


def be_nice() -> None:
    """Leave the processor to whoever waits for a page; what this process begins does the same."""
    if hasattr(os, "nice") and os.nice(0) < NICER:
        os.nice(NICER)


@contextmanager
def worker_beside(*options: str) -> Iterator[None]:
    """A worker while inside.

    Only this process ends it: gunicorn's own processes are forks, and leave this place without harm.
    """
    here, child = os.getpid(), _begun(options)
    try:
        yield
    finally:
        if os.getpid() == here:
            _end(child, GRACE_S)


@contextmanager
def worker_kept(*options: str) -> Iterator[None]:
    """The same, begun anew when it ends by itself: a solver that takes too much memory may be killed.

    Not for processes that fork: a thread waits for its end.
    """
    ending = threading.Event()
    children = [_begun(options)]

    def _watch() -> None:
        while True:
            children[0].wait()
            if ending.wait(AGAIN_S):
                return
            children[0] = _begun(options)

    threading.Thread(target=_watch, name="watch", daemon=True).start()
    try:
        yield
    finally:
        ending.set()
        _end(children[0], GRACE_S / 2)  # before whoever waits for this process loses patience


def _begun(options: tuple[str, ...]) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "webmap", "worker", "--beside", *options]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)


def _end(child: "subprocess.Popen[bytes]", patience_s: float) -> None:
    child.terminate()
    if child.stdin is not None:
        child.stdin.close()
    try:
        child.wait(timeout=patience_s)
    except subprocess.TimeoutExpired:
        child.kill()
