"""One row of the table: ours, the peer's, the ratio and the goal."""

import json
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Row:
    """``goal`` bounds ``ratio`` (ours / peer) from above, or ``ours`` itself where there is no peer."""

    name: str
    ours: float
    peer_name: str
    peer: float | None
    unit: str
    ratio: float | None
    goal: str
    met: bool
    runs: int


def against(name: str, ours: float, peer: tuple[str, float], *, unit: str, at_most: float, runs: int) -> Row:
    """A row that compares: ours may be at most ``at_most`` times the peer."""
    peer_name, value = peer
    ratio = ours / value
    return Row(name, ours, peer_name, value, unit, ratio, f"≤ {at_most:g}×", ratio <= at_most, runs)


def bounded(name: str, ours: float, *, unit: str, at_most: float, runs: int) -> Row:
    """A row with a fixed limit of its own."""
    return Row(name, ours, "", None, unit, None, f"≤ {at_most:g} {unit}", ours <= at_most, runs)


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def interleaved(ours: Callable[[], object], peer: Callable[[], object], *, runs: int) -> tuple[float, float]:
    """Median seconds of both, taken in turns so that a busy minute hits both alike."""
    pairs = [(seconds(ours), seconds(peer)) for _ in range(runs)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def p95(samples: list[float]) -> float:
    return statistics.quantiles(samples, n=20)[-1]


def machine() -> str:
    import os

    return f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def save(rows: list[Row]) -> Path:
    """Write the run as JSON under ``benchmarks/results``."""
    RESULTS.mkdir(exist_ok=True)
    now = datetime.now(UTC)
    path = RESULTS / f"{now:%Y-%m-%d}.json"
    document = {"machine": machine(), "date": now.isoformat(), "rows": [asdict(row) for row in rows]}
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return path


def table(rows: list[Row]) -> str:
    lines = ["| work | ours | peer | ratio | goal | met | runs |", "|---|---|---|---|---|---|---|"]
    for row in rows:
        peer = f"{row.peer_name} {row.peer:.4g} {row.unit}" if row.peer is not None else "–"
        ratio = f"{row.ratio:.2f}" if row.ratio is not None else "–"
        met = "yes" if row.met else "NO"
        lines.append(
            f"| {row.name} | {row.ours:.4g} {row.unit} | {peer} | {ratio} | {row.goal} | {met} | {row.runs} |"
        )
    return "\n".join(lines)
