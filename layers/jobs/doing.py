"""The board for those who work: take the job whose turn it is, tell how far it is, write its end."""

import secrets
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from sqlalchemy import Update, delete, insert, select, update

from geo.errors import GovmapError, StoreError
from layers.database.tables import jobs, workers
from layers.jobs.board import LEFT, LOST, Board, gone, of_lane, stop
from layers.jobs.job import Job, State, described, packed
from layers.jobs.order import LIMIT_S, SHORT_S, Lane, rank
from layers.language import N_

BEAT_S = 1.0
WRITE_EVERY_S = 0.2
DEAF_S = 3.0
"""Work that nobody waits for has so long to hear of it; a solver in the middle of a large step hears nothing."""
Work = Callable[["Job", "Report"], Mapping[str, Any]]
FAULT = N_("程序出错，已记入日志，稍后重试。")


class Jobs(Board):
    """The board of jobs, for those who ask and for those who work."""

    _running: str | None = None
    interrupted = False
    """Whether this worker ended in the middle of a job: a thread may still be at it."""
    give_up: Callable[[], object] | None = None
    """Ends this process at once, where another takes its place: nothing else ends work that does not listen."""

    def enqueue_again(self, lane: Lane) -> None:
        """Tell of every job of a lane that waits: the queue may be new."""
        waiting = (
            select(jobs.c.id).where((jobs.c.state == "waiting") & of_lane(lane)).order_by(jobs.c.added_at)
        )
        with self._database.reading() as connection:
            ids = list(connection.scalars(waiting))
        for job in ids:
            self._enqueue(job, lane)

    def run_all(self, lane: Lane, work: Work) -> None:
        """Do the jobs of a lane one after the other, each when its turn comes, until none waits."""
        while (job := self.next(lane)) is not None:
            self.run(job, work)

    def next(self, lane: Lane) -> str | None:
        """The job of a lane whose turn it is; those that nobody waits for are cancelled."""
        turn = (jobs.c.rank, jobs.c.added_at)
        with self._database.reading() as connection:
            if connection.scalar(select(jobs.c.id).where(jobs.c.state == "waiting").limit(1)) is None:
                return None
        with self._database.writing() as connection:
            stop(connection, gone(self._clock()), message=LEFT)
            waits = select(jobs.c.id).where((jobs.c.state == "waiting") & of_lane(lane)).order_by(*turn)
            found: str | None = connection.scalar(waits.limit(1))
        return found

    def run(self, job: str, work: Work) -> None:
        """Do a job that waits: its end, good or bad, is its state. A job that no longer waits is left alone.

        A job whose process is ended in the middle is told failed by ``present``; one whose process is killed
        counts as failed once it has not been heard of for a while.
        """
        waits, now = (jobs.c.id == job) & (jobs.c.state == "waiting"), self._clock()
        begun = update(jobs).where(waits).values(state="running", touched_at=now, began_at=now)
        with self._database.writing() as connection:
            if connection.execute(begun).rowcount == 0:
                return
        taken = self.get(job)
        report, self._running = Report(self, taken, self._clock), job
        try:
            row = update(jobs).where(jobs.c.id == job)
            with self._beating(row, jobs.c.touched_at.name, lambda: self._check_heard(job)):
                result = work(taken, report)
            if report.overdue and not report.stopped:
                self._move(taken, now)
            else:
                report.end("cancelled" if report.stopped else "done", result=packed(result))
        except GovmapError as error:
            report.end("failed", error=packed(described(error)))
        except BaseException:
            report.end("failed", error=packed({"code": "internal", "template": FAULT, "params": {}}))
            raise
        finally:
            self._running = None

    @contextmanager
    def present(self, lane: Lane) -> Iterator[None]:
        """Be known as a worker of a lane while inside."""
        name = secrets.token_hex(8)
        with self._database.writing() as connection:
            connection.execute(insert(workers).values(name=name, seen_at=self._clock(), lane=lane))
        try:
            with self._beating(update(workers).where(workers.c.name == name), workers.c.seen_at.name):
                yield
        finally:
            if self._running is not None:
                self.interrupted = True
                error = {"code": "worker-lost", "template": LOST, "params": {}}
                self.write(self._running, state="failed", error=packed(error))
            with self._database.writing() as connection:
                connection.execute(delete(workers).where(workers.c.name == name))

    def write(self, job: str, **values: Any) -> bool:
        """Write columns of a job; returns whether it is to stop: somebody said so, or nobody waits for it any more."""
        now = self._clock()
        news = {**values, "touched_at": now}
        with self._database.writing() as connection:
            connection.execute(update(jobs).where(jobs.c.id == job).values(news))
            stop(connection, (jobs.c.id == job) & (jobs.c.state == "running") & gone(now), message=LEFT)
            wanted = connection.scalar(select(jobs.c.cancel).where(jobs.c.id == job))
        return bool(wanted)

    def _check_heard(self, job: str) -> None:
        """Give up a job that nobody has waited for and that has not heard of it."""
        if self.give_up is None:
            return
        left = (jobs.c.id == job) & (jobs.c.state == "running") & gone(self._clock() - DEAF_S)
        with self._database.reading() as connection:
            deaf = connection.scalar(select(jobs.c.id).where(left)) is not None
        if deaf:
            self.write(job, state="cancelled", cancel=True, message=LEFT)
            self.give_up()

    def _move(self, job: Job, began_at: float) -> None:
        """To the long lane: it has taken longer than the short one gives."""
        now = self._clock()
        seconds = max(2 * (now - began_at), 2 * SHORT_S)
        moved = {"state": "waiting", "lane": "long", "cost": seconds, "rank": rank(began_at, seconds)}
        self.write(job.id, **moved)
        self._enqueue(job.id, "long")

    @contextmanager
    def _beating(self, row: Update, column: str, also: Callable[[], object] = lambda: None) -> Iterator[None]:
        """Write the time into a column of a row about once a second, from a thread of its own, and do something besides."""
        ended = threading.Event()

        def _beat() -> None:
            while not ended.wait(BEAT_S):
                with (
                    suppress(StoreError),
                    self._database.writing() as connection,
                ):  # busy: the next beat will do
                    connection.execute(row.values({column: self._clock()}))
                with suppress(StoreError):
                    also()

        thread = threading.Thread(target=_beat, daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()


class Report:
    """What the work calls: how far it is, what is best so far, and whether to go on.

    ``stopped``: nobody wants it any more. ``overdue``: it takes longer than its lane gives.
    """

    def __init__(self, jobs: Jobs, job: Job, clock: Callable[[], float]) -> None:
        self._jobs = jobs
        self._job = job
        self._clock = clock
        self._began = clock()
        self._news: dict[str, Any] = {}
        self._written = 0.0
        self.stopped = False
        self.overdue = False

    def __call__(self, done: float, message: str = "", best: Mapping[str, Any] | None = None) -> None:
        """Tell the share done, a Chinese message, and the best so far."""
        self._news |= {"done": min(1.0, max(0.0, done)), "message": message}
        if best is not None:
            self._news["best"] = packed(best)
        self.cancelled()

    def cancelled(self) -> bool:
        """Whether to stop now; news are written and the answer looked up a few times a second."""
        now = self._clock()
        if now - self._written >= WRITE_EVERY_S:
            self._written = now
            news, self._news = self._news, {}
            self.stopped = self._jobs.write(self._job.id, **news)
            self.overdue = self._job.lane == "short" and now - self._began > LIMIT_S
        return self.stopped or self.overdue

    def end(self, state: State, **values: str) -> None:
        """Write the end of the job; how long it took is remembered where it was not stopped."""
        news: dict[str, Any] = {
            name: value for name, value in self._news.items() if state != "cancelled" or name != "message"
        }
        if state == "done":
            news |= {"done": 1.0, "took": self._clock() - self._began}
        self._jobs.write(self._job.id, **news, **values, state=state)
