"""A short question to the workers while a long one that was left is at work."""

import json
import time

from benchmarks.commands import sample_home, server
from benchmarks.harness import Row, bounded
from benchmarks.reader import Reader

LONG = {"objective": "p-median", "candidates": "settlements", "add": "15", "seconds": "60"}
SHORT = {"objective": "max-cover", "add": "3"}
PAUSE_S = 0.05


def rows() -> list[Row]:
    with server(sample_home()) as (address, _):
        gone, other = Reader(address), Reader(address)
        _ended(other, _asked(other, SHORT))  # the workers are there
        long = _asked(gone, LONG)
        while json.loads(gone.get(f"/api/jobs/{long}"))["state"] == "waiting":
            time.sleep(PAUSE_S)
        begun = time.perf_counter()
        _ended(other, _asked(other, SHORT))
        taken = time.perf_counter() - begun
    name = "a short search while a long one that was left is at work"
    return [bounded(name, taken, unit="s", at_most=2, runs=1)]


def _asked(reader: Reader, plan: dict[str, str]) -> str:
    return str(reader.send("/api/jobs", {"kind": "siting", "plan": plan})["id"])


def _ended(reader: Reader, job: str) -> None:
    while (state := json.loads(reader.get(f"/api/jobs/{job}"))["state"]) != "done":
        assert state in ("waiting", "running"), state
        time.sleep(PAUSE_S)
