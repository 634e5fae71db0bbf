"""The state of every job, for whoever asks and for the worker that does it."""

import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Update, delete, func, insert, select, update

from geo.errors import GovmapError, JobsFullError, StoreError, UnknownJobError
from layers.database import Database
from layers.database.tables import jobs, workers

State = Literal["waiting", "running", "done", "failed", "cancelled"]
ENDED: tuple[State, ...] = ("done", "failed", "cancelled")
MOST_WAITING = 20
KEPT_S = 7 * 24 * 3600
BEAT_S = 1.0
LOST_S = 30.0
"""A worker or job that has not been heard of for so long is gone."""
WORKER_S = 10.0
"""A worker heard of within this time is there."""
WRITE_EVERY_S = 0.2
Enqueue = Callable[[str], object]
"""Leaves the id of a job for some worker."""
Work = Callable[["Job", "Report"], Mapping[str, Any]]


@dataclass(frozen=True)
class Job:
    """One piece of work. ``role`` and ``scope`` are those of who asked: the work sees what they may see.

    ``done`` is a share from 0 to 1; ``message`` Chinese; ``best`` what is known so far; ``error`` has ``code``,
    ``template`` and ``params``; ``ahead`` is how many jobs come before one that waits.
    """

    id: str
    kind: str
    plan: Mapping[str, Any]
    role: str
    scope: str
    state: State
    done: float
    message: str
    best: Mapping[str, Any] | None
    result: Mapping[str, Any] | None
    error: Mapping[str, Any] | None
    ahead: int
    touched_at: float


class Jobs:
    """The board of jobs; opens nothing before the first question. The queue holds no more than ids: it may be lost."""

    def __init__(self, database: Database, enqueue: Enqueue) -> None:
        self._database = database
        self._enqueue = enqueue
        self._running: str | None = None

    # ---- for those who ask ----

    def add(self, kind: str, plan: Mapping[str, Any], *, role: str, scope: str) -> str:
        """Put a job into the queue and return its id, 128 random bits.

        Raises:
            JobsFullError: too many are waiting.
        """
        job, now = secrets.token_hex(16), time.time()
        row = {
            "id": job, "kind": kind, "plan": _packed(plan), "role": role, "scope": scope, "state": "waiting",
            "done": 0.0, "message": "", "cancel": False, "added_at": now, "touched_at": now,
        }  # fmt: skip
        with self._database.writing(jobs) as connection:
            _forget(connection, now)
            if _count(connection, jobs.c.state == "waiting") >= MOST_WAITING:
                raise JobsFullError("排队的任务已有 {most} 个，等其中一个做完再试。", most=MOST_WAITING)
            connection.execute(insert(jobs).values(row))
        self._enqueue(job)
        return job

    def get(self, job: str) -> Job:
        """The state of a job now; raises UnknownJobError."""
        with self._database.reading() as connection:
            row = connection.execute(select(jobs).where(jobs.c.id == job)).mappings().first()
            ahead = 0
            if row is not None and row["state"] == "waiting":
                before = jobs.c.state.in_(("waiting", "running")) & (jobs.c.added_at < row["added_at"])
                ahead = _count(connection, before)
        if row is None:
            raise UnknownJobError("没有这个任务，做完的任务保留 7 天。")
        state, error = row["state"], _unpacked(row["error"])
        if state == "running" and time.time() - row["touched_at"] > LOST_S:
            state, error = "failed", {"code": "worker-lost", "template": LOST, "params": {}}
        return Job(
            id=job, kind=row["kind"], plan=_unpacked(row["plan"]) or {}, role=row["role"], scope=row["scope"],
            state=state, done=row["done"], message=row["message"], best=_unpacked(row["best"]),
            result=_unpacked(row["result"]), error=error, ahead=ahead, touched_at=row["touched_at"],
        )  # fmt: skip

    def cancel(self, job: str) -> None:
        """Ask a job to stop: one that waits never begins, one that runs ends soon, with the best so far as its result."""
        with self._database.writing() as connection:
            connection.execute(update(jobs).where(jobs.c.id == job).values(cancel=True))
            waits = (jobs.c.id == job) & (jobs.c.state == "waiting")
            connection.execute(update(jobs).where(waits).values(state="cancelled"))

    def worker_there(self) -> bool:
        """Whether a worker has been heard of lately."""
        with self._database.reading() as connection:
            seen = connection.scalar(select(func.max(workers.c.seen_at)))
        return seen is not None and time.time() - seen < WORKER_S

    # ---- for workers ----

    def enqueue_again(self) -> None:
        """Leave every job that waits for some worker once more: the queue may be new. One that is there twice is done once."""
        waiting = select(jobs.c.id).where(jobs.c.state == "waiting").order_by(jobs.c.added_at)
        with self._database.reading() as connection:
            ids = list(connection.scalars(waiting))
        for job in ids:
            self._enqueue(job)

    def run(self, job: str, work: Work) -> None:
        """Do a job that waits: its end, good or bad, is its state. A job that no longer waits is left alone.

        A job whose process is ended in the middle is told failed by ``present``; one whose process is killed
        counts as failed once it has not been heard of for a while.
        """
        waits = (jobs.c.id == job) & (jobs.c.state == "waiting")
        with self._database.writing() as connection:
            taken = connection.execute(
                update(jobs).where(waits).values(state="running", touched_at=time.time())
            )
        if taken.rowcount == 0:
            return
        report, self._running = Report(self, job), job
        try:
            with self._beating(update(jobs).where(jobs.c.id == job), jobs.c.touched_at.name):
                result = work(self.get(job), report)
            report.end("cancelled" if report.stopped else "done", result=_packed(result))
        except GovmapError as error:
            report.end("failed", error=_packed(described(error)))
        except BaseException:
            report.end("failed", error=_packed({"code": "internal", "template": FAULT, "params": {}}))
            raise
        finally:
            self._running = None

    @contextmanager
    def present(self) -> Iterator[None]:
        """Be known as a worker while inside."""
        name = secrets.token_hex(8)
        with self._database.writing() as connection:
            connection.execute(insert(workers).values(name=name, seen_at=time.time()))
        try:
            with self._beating(update(workers).where(workers.c.name == name), workers.c.seen_at.name):
                yield
        finally:
            if self._running is not None:
                error = {"code": "worker-lost", "template": LOST, "params": {}}
                self.write(self._running, state="failed", error=_packed(error))
            with self._database.writing() as connection:
                connection.execute(delete(workers).where(workers.c.name == name))

    @contextmanager
    def _beating(self, row: Update, column: str) -> Iterator[None]:
        """Write the time into a column of a row about once a second, from a thread of its own."""
        stop = threading.Event()

        def _beat() -> None:
            while not stop.wait(BEAT_S):
                with (
                    suppress(StoreError),
                    self._database.writing() as connection,
                ):  # busy: the next beat will do
                    connection.execute(row.values({column: time.time()}))

        thread = threading.Thread(target=_beat, daemon=True)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()

    def write(self, job: str, **values: Any) -> bool:
        """Write columns of a job; returns whether it is to be cancelled."""
        news = {**values, "touched_at": time.time()}
        with self._database.writing() as connection:
            connection.execute(update(jobs).where(jobs.c.id == job).values(news))
            wanted = connection.scalar(select(jobs.c.cancel).where(jobs.c.id == job))
        return bool(wanted)


class Report:
    """What the work calls: how far it is, what is best so far, and whether to go on."""

    def __init__(self, jobs: Jobs, job: str) -> None:
        self._jobs = jobs
        self._job = job
        self._news: dict[str, Any] = {}
        self._written = 0.0
        self.stopped = False

    def __call__(self, done: float, message: str = "", best: Mapping[str, Any] | None = None) -> None:
        """Tell the share done, a Chinese message, and the best so far."""
        self._news |= {"done": min(1.0, max(0.0, done)), "message": message}
        if best is not None:
            self._news["best"] = _packed(best)
        self.cancelled()

    def cancelled(self) -> bool:
        """Whether somebody asked to stop; news are written and the answer looked up a few times a second."""
        if time.monotonic() - self._written >= WRITE_EVERY_S:
            self._written = time.monotonic()
            news, self._news = self._news, {}
            self.stopped = self._jobs.write(self._job, **news)
        return self.stopped

    def end(self, state: State, **values: str) -> None:
        """Write the end of the job."""
        self._jobs.write(
            self._job,
            **{**self._news, **({"done": 1.0} if state == "done" else {}), **values, "state": state},
        )


def _forget(connection: Connection, now: float) -> None:
    """Jobs and workers of long ago."""
    connection.execute(delete(jobs).where(jobs.c.touched_at < now - KEPT_S))
    connection.execute(delete(workers).where(workers.c.seen_at < now - LOST_S))


def _count(connection: Connection, which: ColumnElement[bool]) -> int:
    return connection.scalar(select(func.count()).select_from(jobs).where(which)) or 0


def _packed(document: Mapping[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, allow_nan=False)


def _unpacked(text: str | None) -> dict[str, Any] | None:
    found: dict[str, Any] | None = None if text is None else json.loads(text)
    return found


def described(error: GovmapError) -> dict[str, object]:
    """An error as it is kept: its message is translated for whoever reads it."""
    return {"code": error.code, "template": error.template, "params": _plain(error.params)}


def _plain(params: Mapping[str, object]) -> dict[str, object]:
    """Parameters of a message as JSON keeps them."""
    return {
        name: value if isinstance(value, int | float | str) else str(value) for name, value in params.items()
    }


LOST = "做任务的进程中断了，重新提交一次。"
FAULT = "程序出错，已记入日志，稍后重试。"
