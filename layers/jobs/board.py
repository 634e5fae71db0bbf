"""The state of every job, for whoever asks."""

import secrets
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, case, delete, func, insert, select, update

from geo.errors import JobsFullError, UnknownJobError
from layers.database import Database
from layers.database.tables import jobs, workers
from layers.jobs.job import NOBODY, Job, Terms, job_of, packed
from layers.jobs.order import MOST_S, Lane, lane_of, rank, wait_s
from layers.language import N_

MOST_WAITING = 20
MOST_OF_ONE = 4
"""Unfinished jobs of one person at one browser."""
KEPT_S = 7 * 24 * 3600
LOST_S = 30.0
"""A worker or job that has not been heard of for so long is gone."""
WORKER_S = 10.0
"""A worker heard of within this time is there."""
GONE_S = 10.0
"""Nobody waits for a job that nobody has asked about for so long."""
STOPS_S = 3.0
"""A job at work that is to stop has done so by then."""
AGAIN_S = 2.0
"""How much longer somebody must wait than is written, for it to be written anew."""
LIKE_IT = 5
"""So many of the latest jobs alike say how long the next takes."""
Enqueue = Callable[[str, Lane], object]
"""Tells some worker of a lane that there is something to do."""
LOST = N_("做任务的进程中断了，重新提交一次。")
LEFT = N_("一段时间没有页面等它，已自动取消。")
UNFINISHED = jobs.c.state.in_(("waiting", "running"))


class Board:
    """The jobs of one database; opens nothing before the first question.

    The queue holds no more than hints that there is something to do: whose turn it is stands here, so it may be lost.
    ``clock`` tells seconds since 1970.
    """

    def __init__(self, database: Database, enqueue: Enqueue, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._enqueue = enqueue
        self._clock = clock

    def add(self, kind: str, plan: Mapping[str, Any], *, role: str, scope: str, terms: Terms = NOBODY) -> str:
        """Put a job into the queue and return its id, 128 random bits.

        The same file asked for again while it is being made is the same job; a watched job takes the place of the one
        that its page asked for before.

        Raises:
            JobsFullError: too many are waiting, or too many of this person's are not finished.
        """
        job, now = secrets.token_hex(16), self._clock()
        with self._database.writing(jobs) as connection:
            _forget(connection, now)
            stop(connection, gone(now), message=LEFT)
            former = _former(connection, kind, packed(plan), terms)
            if former is not None:
                return former
            _check_room(connection, terms)
            row = _row(kind, plan, terms=replace(terms, seconds=_likely(connection, kind, terms)), now=now)
            connection.execute(insert(jobs).values(row | {"id": job, "role": role, "scope": scope}))
        self._enqueue(job, row["lane"])
        return job

    def get(self, job: str) -> Job:
        """The state of a job now; raises UnknownJobError."""
        now = self._clock()
        with self._database.reading() as connection:
            row = connection.execute(select(jobs).where(jobs.c.id == job)).mappings().first()
            if row is None:
                raise UnknownJobError("没有这个任务，做完的任务保留 7 天。")
            ahead, wait = _place(connection, row, now) if row["state"] == "waiting" else (0, None)
        found = job_of(row, ahead, wait)
        if found.state == "running" and now - found.touched_at > LOST_S:
            lost = {"code": "worker-lost", "template": LOST, "params": {}}
            return replace(found, state="failed", error=lost)
        return found

    def wanted(self, job: str, seconds: float = GONE_S) -> None:
        """Somebody waits for a job and will ask again within ``seconds``."""
        until = self._clock() + seconds
        known = jobs.c.wanted_until.is_not(None) & (jobs.c.wanted_until < until - min(AGAIN_S, seconds / 2))
        which = (jobs.c.id == job) & UNFINISHED & known
        with self._database.reading() as connection:
            if connection.scalar(select(jobs.c.id).where(which)) is None:
                return
        with self._database.writing() as connection:
            connection.execute(update(jobs).where(which).values(wanted_until=until))

    def cancel(self, job: str) -> None:
        """Ask a job to stop: one that waits never begins, one that runs ends soon, with the best so far as its result."""
        with self._database.writing() as connection:
            stop(connection, jobs.c.id == job)

    def worker_there(self, lane: Lane) -> bool:
        """Whether a worker of a lane has been heard of lately."""
        with self._database.reading() as connection:
            return _at_work(connection, lane, self._clock()) > 0


def _row(kind: str, plan: Mapping[str, Any], *, terms: Terms, now: float) -> dict[str, Any]:
    return {
        "kind": kind, "plan": packed(plan), "state": "waiting", "done": 0.0, "message": "", "cancel": False,
        "added_at": now, "touched_at": now, "who": terms.who, "page": terms.page, "alike": terms.alike,
        "cost": terms.seconds, "lane": lane_of(terms.seconds), "rank": rank(now, terms.seconds),
        "wanted_until": now + GONE_S if terms.watched else None,
    }  # fmt: skip


def _former(connection: Connection, kind: str, plan: str, terms: Terms) -> str | None:
    """The unfinished job that is asked for once more; one that is replaced is asked to stop."""
    if not terms.who:
        return None
    own = UNFINISHED & (jobs.c.who == terms.who) & (jobs.c.kind == kind) & jobs.c.cancel.is_(False)
    if terms.watched:
        stop(connection, own & (jobs.c.page == terms.page) & jobs.c.wanted_until.is_not(None))
        return None
    former: str | None = connection.scalar(select(jobs.c.id).where(own & (jobs.c.plan == plan)))
    return former


def _check_room(connection: Connection, terms: Terms) -> None:
    own = UNFINISHED & (jobs.c.who == terms.who) & jobs.c.cancel.is_(False)
    if terms.who and _count(connection, own) >= MOST_OF_ONE:
        raise JobsFullError("已有 {most} 个任务没有做完，等一个做完，或取消一个再试。", most=MOST_OF_ONE)
    if _count(connection, jobs.c.state == "waiting") >= MOST_WAITING:
        raise JobsFullError("排队的任务已有 {most} 个，等其中一个做完再试。", most=MOST_WAITING)


def _likely(connection: Connection, kind: str, terms: Terms) -> float:
    """How long a job takes: the median of the latest ones alike, else what was thought."""
    alike = (jobs.c.kind == kind) & (jobs.c.alike == terms.alike) & jobs.c.took.is_not(None)
    latest = select(jobs.c.took).where(alike).order_by(jobs.c.added_at.desc()).limit(LIKE_IT)
    known = list(connection.scalars(latest)) if terms.alike else []
    return statistics.median(known) if known else terms.seconds


def _place(connection: Connection, row: RowMapping, now: float) -> tuple[int, float | None]:
    """How many jobs of its lane come before one that waits, and in how many seconds it will begin."""
    lane: Lane = row["lane"] or "long"
    wanted = ~gone(now) & jobs.c.cancel.is_(False)
    turn = _before(row["rank"] or row["added_at"], row["added_at"])
    comes_first = (jobs.c.state == "running") | (jobs.c.state == "waiting") & turn & wanted
    chosen = select(jobs).where(of_lane(lane) & comes_first)
    before = list(connection.execute(chosen).mappings())
    alive = [one for one in before if one["state"] == "waiting" or now - one["touched_at"] <= LOST_S]
    running = [_left(one, now) for one in alive if one["state"] == "running"]
    waiting = [one["cost"] or MOST_S for one in alive if one["state"] == "waiting"]
    there = _at_work(connection, lane, now)
    known = there and all(one["cost"] is not None for one in alive)
    ahead = sum(not _stops(one, now) for one in alive)
    return ahead, wait_s(running, waiting, there) if known else None


def _stops(row: RowMapping, now: float) -> bool:
    """Whether nobody waits for a job any more; it holds its worker until it hears of it."""
    return bool(row["cancel"]) or (row["wanted_until"] is not None and row["wanted_until"] < now)


def _left(row: RowMapping, now: float) -> float:
    """What is left of a job at work; one that takes longer than was thought is about to end."""
    if _stops(row, now):
        return STOPS_S
    return max(1.0, (row["cost"] or MOST_S) - (now - (row["began_at"] or now)))


def _before(place: float, added_at: float) -> ColumnElement[bool]:
    """Jobs whose turn comes before that of this rank."""
    turn = func.coalesce(jobs.c.rank, jobs.c.added_at)
    return (turn < place) | (turn == place) & (jobs.c.added_at < added_at)


def of_lane(lane: Lane) -> ColumnElement[bool]:
    """Jobs of a lane; those of the release before lanes are long."""
    return func.coalesce(jobs.c.lane, "long") == lane


def gone(now: float) -> ColumnElement[bool]:
    """Jobs that nobody waits for any more."""
    return func.coalesce(jobs.c.wanted_until, now) < now


def stop(connection: Connection, which: ColumnElement[bool], **values: Any) -> None:
    """Cancel the unfinished ones of some jobs: those that wait at once, those at work when their worker hears of it."""
    ends = case((jobs.c.state == "waiting", "cancelled"), else_=jobs.c.state)
    connection.execute(update(jobs).where(UNFINISHED & which).values(cancel=True, state=ends, **values))


def _at_work(connection: Connection, lane: Lane, now: float) -> int:
    """How many workers of a lane are there; one of the release before lanes does the long ones."""
    there = (func.coalesce(workers.c.lane, "long") == lane) & (workers.c.seen_at > now - WORKER_S)
    return connection.scalar(select(func.count()).select_from(workers).where(there)) or 0


def _forget(connection: Connection, now: float) -> None:
    """Jobs and workers of long ago."""
    connection.execute(delete(jobs).where(jobs.c.touched_at < now - KEPT_S))
    connection.execute(delete(workers).where(workers.c.seen_at < now - LOST_S))


def _count(connection: Connection, which: ColumnElement[bool]) -> int:
    return connection.scalar(select(func.count()).select_from(jobs).where(which)) or 0
