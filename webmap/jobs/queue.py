"""Huey's queue; it is imported only by who asks for a job or does one."""

from collections.abc import Callable
from pathlib import Path


class Queue:
    """Huey's queue in a file, with its one task: do the job of this id."""

    def __init__(self, path: Path, work: Callable[[str], None] | None = None) -> None:
        from huey import SqliteHuey

        def run(job: str) -> None:
            if work is None:
                raise RuntimeError(f"{job}: this process takes no jobs")
            work(job)

        self._huey = SqliteHuey("jobs", filename=str(path), results=False)
        self._task = self._huey.task(name="run")(run)

    def enqueue_job(self, job: str) -> None:
        """Leave a job for some worker."""
        self._task(job)

    def consume(self) -> None:
        """Do jobs, one at a time, until a signal ends the process; to be called in the main thread."""
        self._huey.create_consumer(
            workers=1,
            periodic=False,
            initial_delay=0.1,
            backoff=1.15,
            max_delay=0.5,
            check_worker_health=False,
        ).run()


_queues: dict[Path, Queue] = {}


def open_queue(path: Path) -> Queue:
    """The queue of a file, opened once per process."""
    if path not in _queues:
        _queues[path] = Queue(path)
    return _queues[path]
