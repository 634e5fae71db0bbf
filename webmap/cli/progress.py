"""A progress bar on stderr, for people and only for what takes longer than a second."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Report = Callable[[str, float | None], None]
PATIENCE_S = 1.0


@contextmanager
def stages() -> Iterator[Report]:
    """A function to call with the stage in words and its share from 0 to 1 (None: unknown).

    The bar appears when a second has passed and stderr is a terminal, and goes away at the end.
    """
    if not sys.stderr.isatty():
        yield lambda _stage, _share: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn(),
        console=Console(stderr=True), transient=True,
    )  # fmt: skip
    task = bar.add_task("", total=1.0)
    started = time.monotonic()

    def _report(stage: str, share: float | None) -> None:
        if not bar.live.is_started and time.monotonic() - started > PATIENCE_S:
            bar.start()
        bar.update(task, description=stage, completed=share or 0.0, total=1.0 if share is not None else None)

    try:
        yield _report
    finally:
        bar.stop()
