"""Whose turn it is: short work overtakes long, nothing starves, and what nobody waits for is not done. Told by a clock of its own."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import JobsFullError
from layers.editions import Store
from layers.jobs import Job, Jobs, Lane, Report, Terms
from layers.jobs.board import GONE_S, LEFT, MOST_OF_ONE
from layers.jobs.order import LIMIT_S, MOST_S, SHORT_S, lane_of, rank, wait_s
from tests.postgres import BOTH, url_of

QUICK, SLOW = 0.1, 32.0


@dataclass
class Clock:
    """Seconds that pass when somebody says so."""

    now: float = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Desk:
    """A board, its clock, and who asks at it."""

    jobs: Jobs
    clock: Clock
    told: list[tuple[str, Lane]] = field(default_factory=list)

    def ask(self, seconds: float, who: str = "", **terms: Any) -> str:
        terms = {"alike": "", "seconds": seconds, "watched": True} | terms
        return self.jobs.add(
            "siting", {"takes": seconds}, role="planner", scope="140822", terms=Terms(who, **terms)
        )

    def work(self, job: Job, report: Report) -> Mapping[str, Any]:
        """Takes as long as the plan says, and asks ten times a second whether to go on."""
        ends = self.clock.now + job.plan["takes"]
        while self.clock.now < ends:
            self.clock.now = min(ends, self.clock.now + 0.1)
            if report.cancelled():
                return {"value": "best so far"}
        return {"value": "all of it"}

    def next(self, lane: Lane) -> str | None:
        return self.jobs.next(lane)

    def state(self, job: str) -> str:
        return self.jobs.get(job).state


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str | None:
    return url_of(request)


@pytest.fixture
def desk(store: Store) -> Desk:
    told: list[tuple[str, Lane]] = []
    clock = Clock()
    return Desk(Jobs(store.database, lambda job, lane: told.append((job, lane)), clock), clock, told)


def test_a_short_question_never_waits_behind_a_long_one(desk: Desk) -> None:
    slow, quick = desk.ask(SLOW), desk.ask(QUICK)
    assert desk.told == [(slow, "long"), (quick, "short")]
    assert desk.jobs.get(quick).ahead == 0
    seen = []

    def _work(job: Job, report: Report) -> Mapping[str, Any]:
        desk.jobs.run_all("short", desk.work)
        seen.append(desk.state(quick))
        return desk.work(job, report)

    desk.jobs.run(slow, _work)
    assert seen == ["done"], "another worker does it while the long one is at work"


def test_within_a_lane_the_shorter_comes_first_unless_the_longer_has_waited_as_long_as_it_takes(
    desk: Desk,
) -> None:
    first = desk.ask(60.0, watched=False)
    desk.clock.now += 20
    shorter = desk.ask(30.0, watched=False)
    assert desk.next("long") == shorter
    assert (desk.jobs.get(shorter).ahead, desk.jobs.get(first).ahead) == (0, 1)
    desk.clock.now += 11
    late = desk.ask(30.0)
    assert desk.next("long") == shorter
    desk.jobs.cancel(shorter)
    assert desk.next("long") == first
    assert desk.jobs.get(late).ahead == 1


def test_what_nobody_asks_about_for_ten_seconds_is_not_begun(desk: Desk) -> None:
    left = desk.ask(SLOW)
    desk.clock.now += 0.1
    kept = desk.ask(SLOW, watched=False)
    desk.clock.now += GONE_S - 0.2
    desk.jobs.wanted(left)
    desk.clock.now += GONE_S - 0.1
    assert desk.next("long") == left
    desk.clock.now += 0.2
    assert desk.jobs.get(kept).ahead == 0
    assert desk.next("long") == kept
    found = desk.jobs.get(left)
    assert (found.state, found.message) == ("cancelled", LEFT)


def test_what_nobody_asks_about_any_more_stops_with_the_best_so_far(desk: Desk) -> None:
    job = desk.ask(SLOW)
    began = desk.clock.now
    desk.jobs.run(job, desk.work)
    found = desk.jobs.get(job)
    assert (found.state, found.result, found.message) == ("cancelled", {"value": "best so far"}, LEFT)
    assert desk.clock.now - began == pytest.approx(GONE_S, abs=0.5)


def test_a_page_may_say_that_it_asks_less_often(desk: Desk) -> None:
    job = desk.ask(SLOW)
    desk.jobs.wanted(job, 120)
    desk.jobs.run(job, desk.work)
    assert desk.state(job) == "done"


def test_a_search_takes_the_place_of_the_one_before_from_its_page(desk: Desk) -> None:
    former = desk.ask(SLOW, "planner.a", page="1")
    beside, other = desk.ask(SLOW, "planner.a", page="2"), desk.ask(SLOW, "planner.b", page="1")
    desk.ask(QUICK, "planner.a", page="1")
    assert [desk.state(job) for job in (former, beside, other)] == ["cancelled", "waiting", "waiting"]


def test_one_at_work_is_told_to_stop_when_its_page_asks_anew(desk: Desk) -> None:
    former = desk.ask(SLOW, "planner.a")

    def _work(job: Job, report: Report) -> Mapping[str, Any]:
        desk.ask(QUICK, "planner.a")
        return desk.work(job, report)

    desk.jobs.run(former, _work)
    found = desk.jobs.get(former)
    assert (found.state, found.message) == ("cancelled", "")


def test_a_file_asked_for_twice_is_made_once(desk: Desk) -> None:
    first = desk.ask(SLOW, "planner.a", watched=False)
    assert desk.ask(SLOW, "planner.a", watched=False) == first
    assert desk.ask(SLOW, "planner.b", watched=False) != first
    desk.jobs.run(first, desk.work)
    assert desk.ask(SLOW, "planner.a", watched=False) != first


def test_one_person_has_no_more_than_a_few(desk: Desk) -> None:
    own = [desk.ask(SLOW, "planner.a", page=str(page)) for page in range(MOST_OF_ONE)]
    with pytest.raises(JobsFullError, match="已有 4 个任务没有做完"):
        desk.ask(SLOW, "planner.a", page="x")
    desk.ask(SLOW, "planner.b")
    desk.jobs.cancel(own[0])
    desk.ask(SLOW, "planner.a", page="x")


def test_what_takes_too_long_in_the_short_lane_goes_to_the_long_one(desk: Desk) -> None:
    wrong, next_one = desk.ask(QUICK, watched=False), desk.ask(QUICK, watched=False)
    began = desk.clock.now
    desk.told.clear()

    def _work(job: Job, report: Report) -> Mapping[str, Any]:
        return desk.work(Job(**{**vars(job), "plan": {"takes": SLOW}}), report) if job.id == wrong else {}

    desk.jobs.run_all("short", _work)
    assert desk.told == [(wrong, "long")]
    assert (desk.state(wrong), desk.jobs.get(wrong).lane, desk.state(next_one)) == ("waiting", "long", "done")
    assert desk.clock.now - began == pytest.approx(LIMIT_S, abs=0.5)
    desk.jobs.run_all("long", _work)
    assert desk.jobs.get(wrong).result == {"value": "all of it"}


def test_how_long_it_takes_is_learned(desk: Desk) -> None:
    for takes in (40.0, 1.0, 1.2):
        desk.jobs.run(desk.ask(takes, alike="p-median 3", watched=False, page=str(takes)), desk.work)
    learned = desk.ask(600.0, alike="p-median 3")
    assert desk.jobs.get(learned).lane == "short", "the median of 40, 1 and 1.2 seconds"
    assert desk.jobs.get(desk.ask(600.0, alike="p-median 9")).lane == "long"


def test_place_and_estimate_are_told(desk: Desk) -> None:
    slow, slower = desk.ask(20.0), desk.ask(40.0)
    assert desk.jobs.get(slower).wait_s is None, "nobody works"
    with desk.jobs.present("long"):

        def _work(_job: Job, _report: Report) -> Mapping[str, Any]:
            desk.clock.now += 5
            found = desk.jobs.get(slower)
            assert (found.ahead, found.wait_s) == (1, 15.0)
            return {}

        desk.jobs.run(slow, _work)
        assert (desk.jobs.get(slower).ahead, desk.jobs.get(slower).wait_s) == (0, 0.0)


def test_the_time_to_wait_is_shared_by_the_workers() -> None:
    assert wait_s([], [], 1) == 0
    assert wait_s([10.0], [20.0, 30.0], 1) == 60
    assert wait_s([10.0, 4.0], [20.0], 2) == 10
    assert wait_s([10.0], [20.0], 2) == 10
    assert wait_s([10.0], [], 2) == 0


@given(st.floats(0, 1e5), st.floats(0, 1e5), st.floats(0, 1e5))
def test_nothing_is_overtaken_for_longer_than_it_takes(added: float, seconds: float, later: float) -> None:
    """However short what comes later is, whatever has waited as long as it takes itself, or ten minutes, comes first."""
    if later > min(seconds, MOST_S):
        assert rank(added, seconds) < rank(added + later, 0.0) + 1e-6
    assert lane_of(SHORT_S) == "short"


@pytest.mark.parametrize("seed", range(3))
def test_a_day_at_the_desk(desk: Desk, seed: int) -> None:
    """A replay: people ask short and long questions and leave; each lane has one worker. No short question that somebody
    waits for begins later than the short ones before it, each at most ``LIMIT_S``; every long one that is waited for has its turn."""
    chance = random.Random(seed)
    clock, waits = desk.clock, dict[str, float]()
    free: dict[Lane, float] = {"short": clock.now, "long": clock.now}
    asked: dict[str, tuple[float, bool]] = {}
    for moment in range(120):
        clock.now = 1_000_000.0 + 5.0 * moment
        seconds = chance.choice([QUICK, QUICK, 1.0, SLOW])
        job = desk.ask(seconds, f"planner.{moment}")
        stays = chance.random() < 0.5
        asked[job] = clock.now, stays
        for known, (_, waited) in asked.items():
            if waited and known not in waits:
                desk.jobs.wanted(known, 5.5)
        for lane in free:
            _serve(desk, lane, free, waits, {name: when for name, (when, _) in asked.items()})
    quick = [wait for job, wait in waits.items() if desk.jobs.get(job).lane == "short"]
    assert max(quick) <= 2.0
    left = [job for job, (when, stays) in asked.items() if not stays and desk.state(job) == "done"]
    assert all(waits[job] <= GONE_S for job in left), "nothing is begun that nobody waits for"
    patient = [job for job, (when, stays) in asked.items() if stays and when < clock.now - 200]
    assert all(desk.state(job) == "done" for job in patient)


def _serve(
    desk: Desk, lane: Lane, free: dict[Lane, float], waits: dict[str, float], asked: Mapping[str, float]
) -> None:
    """A worker of a lane does what it can until its time is that of the clock; work takes the worker's time only."""
    now = desk.clock.now
    while free[lane] <= now and (job := desk.next(lane)) is not None:
        begins = max(free[lane], asked[job])
        waits[job] = begins - asked[job]
        desk.jobs.run(job, lambda _job, _report: {})
        free[lane] = begins + desk.jobs.get(job).plan["takes"]
