"""Jobs: their states, their end in every way there is, a real worker, and what the API tells of them."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from geo.errors import InfeasibleError, JobsFullError, UnknownJobError
from layers.county import open_county
from layers.disclosure import PUBLIC
from layers.editions import Store
from layers.jobs import ENDED, Job, Jobs, Queue, Report, Terms, board, doing
from layers.jobs.board import LEFT
from layers.jobs.order import lane_of
from tests.county import village_code
from tests.postgres import BOTH, url_of
from webmap.jobs.kinds import KINDS, siting_plan
from webmap.settings import load_settings

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60
PLAN = {
    "services": "party-service-centres",
    "within": "600m",
    "mode": "straight",
    "add": "1",
    "objective": "max-cover",
}


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str | None:
    return url_of(request)


@pytest.fixture
def jobs(store: Store) -> Jobs:
    return Jobs(store.database, Queue(store.home).enqueue)


SHORT = {"add": "1"}
LONG = {"objective": "p-median", "candidates": "settlements", "add": "15", "seconds": "60"}


def add(jobs: Jobs) -> str:
    return jobs.add("siting", PLAN, role="planner", scope="140822")


def told(_job: Job, report: Report) -> Mapping[str, Any]:
    report(0.5, "正在求解", {"value": 1.0})
    return {"value": 2.0}


def test_a_job_waits_runs_and_is_done(jobs: Jobs) -> None:
    first, second = add(jobs), add(jobs)
    assert (jobs.get(first).state, jobs.get(first).ahead) == ("waiting", 0)
    assert jobs.get(second).ahead == 1
    seen = []

    def _work(job: Job, report: Report) -> Mapping[str, Any]:
        report(0.25, "正在求解", {"value": 1.0})
        seen.append(jobs.get(job.id))
        return {"value": 2.0}

    jobs.run(first, _work)
    assert (seen[0].state, seen[0].done, seen[0].message) == ("running", 0.25, "正在求解")
    assert seen[0].best == {"value": 1.0}
    found = jobs.get(first)
    assert (found.state, found.done, found.result) == ("done", 1.0, {"value": 2.0})
    assert found.plan == PLAN
    assert (found.role, found.scope) == ("planner", "140822")
    assert jobs.get(second).ahead == 0


def test_a_job_is_done_once(jobs: Jobs) -> None:
    job = add(jobs)
    jobs.run(job, told)
    jobs.run(job, lambda _job, _report: {"value": 3.0})
    assert jobs.get(job).result == {"value": 2.0}


def test_a_waiting_job_that_is_cancelled_never_begins(jobs: Jobs) -> None:
    job = add(jobs)
    jobs.cancel(job)
    jobs.run(job, told)
    found = jobs.get(job)
    assert (found.state, found.result) == ("cancelled", None)


def test_a_running_job_stops_with_the_best_so_far(jobs: Jobs) -> None:
    job = add(jobs)

    def _work(_job: Job, report: Report) -> Mapping[str, Any]:
        jobs.cancel(job)
        until = time.monotonic() + PATIENCE_S
        while not report.cancelled():
            assert time.monotonic() < until
            time.sleep(0.02)
        return {"value": 1.5}

    jobs.run(job, _work)
    found = jobs.get(job)
    assert (found.state, found.result) == ("cancelled", {"value": 1.5})


def test_errors_of_ours_are_kept_with_their_code(jobs: Jobs) -> None:
    job = add(jobs)

    def _work(_job: Job, _report: Report) -> Mapping[str, Any]:
        raise InfeasibleError("阈值放宽到 {limit}，或增加 {sites} 处。", limit=900.0)

    jobs.run(job, _work)
    found = jobs.get(job)
    assert found.state == "failed"
    assert found.error is not None
    assert found.error["code"] == "siting-infeasible"
    assert found.error["params"]["limit"] == 900.0


def test_faults_end_the_job_and_are_raised(jobs: Jobs) -> None:
    job = add(jobs)

    def _work(_job: Job, _report: Report) -> Mapping[str, Any]:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        jobs.run(job, _work)
    found = jobs.get(job)
    assert found.error is not None
    assert (found.state, found.error["code"]) == ("failed", "internal")


def test_a_job_whose_process_is_gone_has_failed(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    job = add(jobs)
    begun, leave = threading.Event(), threading.Event()

    def _work(_job: Job, _report: Report) -> Mapping[str, Any]:
        begun.set()
        assert leave.wait(PATIENCE_S)
        return {}

    thread = threading.Thread(target=jobs.run, args=(job, _work))
    thread.start()
    assert begun.wait(PATIENCE_S)
    assert jobs.get(job).state == "running"
    monkeypatch.setattr(board, "LOST_S", -1.0)
    found = jobs.get(job)
    assert found.error is not None
    assert (found.state, found.error["code"]) == ("failed", "worker-lost")
    leave.set()
    thread.join()


def test_a_job_is_heard_of_while_it_works(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doing, "BEAT_S", 0.05)
    job = add(jobs)

    def _work(_job: Job, _report: Report) -> Mapping[str, Any]:
        first = jobs.get(job).touched_at
        until = time.monotonic() + PATIENCE_S
        while jobs.get(job).touched_at == first:
            assert time.monotonic() < until
            time.sleep(0.05)
        return {}

    jobs.run(job, _work)
    assert jobs.get(job).state == "done"


def test_too_many_waiting_jobs_are_refused(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(board, "MOST_WAITING", 2)
    add(jobs)
    job = add(jobs)
    with pytest.raises(JobsFullError):
        add(jobs)
    jobs.cancel(job)
    add(jobs)


def test_work_that_does_not_hear_that_it_was_left_is_given_up(
    jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doing, "BEAT_S", 0.02)
    monkeypatch.setattr(board, "GONE_S", -60.0)  # left long ago
    kept, watched = (
        jobs.add("siting", PLAN, role="planner", scope="140822", terms=Terms("a", "a", watched=watched))
        for watched in (False, True)
    )
    given_up: list[str] = []
    jobs.give_up = lambda: given_up.append(jobs.get(watched).state)

    def _deaf(_job: Job, _report: Report) -> Mapping[str, Any]:
        time.sleep(0.5)
        return {}

    jobs.run(kept, _deaf)
    assert given_up == []
    jobs.run(watched, _deaf)
    assert set(given_up) == {"cancelled"}


def test_old_jobs_are_forgotten(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    job = add(jobs)
    monkeypatch.setattr(board, "KEPT_S", -1.0)
    add(jobs)
    with pytest.raises(UnknownJobError):
        jobs.get(job)


def test_workers_are_known_while_they_are_there(jobs: Jobs) -> None:
    assert not jobs.worker_there("long")
    with jobs.present("long"):
        assert jobs.worker_there("long")
        assert not jobs.worker_there("short")
    assert not jobs.worker_there("long")


@pytest.mark.parametrize(
    "words",
    [
        {"add": "0"}, {"add": "1.5"}, {"add": "x"}, {"add": "51"}, {"objective": "best"}, {"seconds": "0"},
        {"seconds": "1e9"}, {"within": "0m"}, {"services": ","}, {"prefer": "luck"}, {"prefer": "equity", "objective": "p-median"},
    ],
)  # fmt: skip
def test_plans_that_cannot_be_never_become_jobs(client: FlaskClient, words: dict[str, str]) -> None:
    answer = client.post("/api/jobs", json={"kind": "siting", "plan": PLAN | words})
    assert answer.status_code == 400
    assert answer.json["detail"]


@pytest.mark.parametrize("body", [{}, {"kind": "x", "plan": {}}, {"kind": "siting", "plan": [1]}, "text"])
def test_bodies_that_cannot_be_are_refused(client: FlaskClient, body: Any) -> None:
    assert client.post("/api/jobs", json=body).status_code == 400


def test_a_siting_plan_is_read_from_words(demo_store: Store) -> None:
    county = open_county(load_settings(home=demo_store.home).of_county())
    plan = siting_plan(PLAN | {"mode": "straight", "seconds": "5"}, county, PUBLIC)
    assert (plan.add, plan.objective, plan.time_limit_s) == (1, "max-cover", 5.0)
    assert (plan.coverage.mode, plan.coverage.limit) == ("straight", 600.0)
    usual = siting_plan({"add": "2"}, county, PUBLIC).coverage
    assert (usual.services, usual.mode, usual.limit) == (("party-service-centres",), "detour", 2000.0)


# ---- over HTTP, with a worker of its own ----


@contextmanager
def worker_over(home: Path) -> Iterator[None]:
    """A worker as ``serve`` starts one; it ends when its input does."""
    command = [sys.executable, "-m", "webmap", "worker", "--beside"]
    environment = os.environ | {"GOVMAP_HOME": str(home)}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        yield
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(PATIENCE_S) == 0
        assert process.stderr is not None
        assert process.stderr.read() == b""


@pytest.fixture
def worker(demo_store: Store) -> Iterator[None]:
    with worker_over(demo_store.home):
        yield


def watched(client: FlaskClient, job: str, ends: Callable[[Any], bool]) -> Any:
    until = time.monotonic() + PATIENCE_S
    while True:
        state = client.get(f"/api/jobs/{job}").json
        if ends(state):
            return state
        assert time.monotonic() < until, state
        time.sleep(0.1)


@pytest.mark.usefixtures("worker")
def test_the_best_place_is_found_by_a_worker(app: Flask, client: FlaskClient) -> None:
    answer = client.post("/api/jobs", json={"kind": "siting", "plan": PLAN})
    assert answer.status_code == 202
    state = watched(client, answer.json["id"], lambda state: state["state"] in ("done", "failed"))
    assert state["state"] == "done", state
    result = state["result"]
    # Village 6 has the most people whom nobody reaches; its site reaches all of its 600.
    assert [site["code"] for site in result["chosen"]] == [village_code(6)]
    assert result["before"] == 2100
    assert result["value"] == result["bound"] == 2700
    assert result["optimal"] is True
    place = result["chosen"][0]
    query = f"services=party-service-centres&within=600m&mode=straight&place={place['lon']},{place['lat']}"
    assert client.get(f"/api/coverage?{query}").json["covered"] == result["value"]


def test_a_long_search_that_was_left_holds_nobody_up(sample_app: Flask) -> None:
    """Somebody begins a search of a minute and goes away; others, at two browsers, have their answers before it ends, and
    then it is ended too, since nobody waits for it."""
    service = sample_app.extensions["govmap"]
    gone, one, other = (sample_app.test_client() for _ in range(3))
    with worker_over(service.settings.home):
        job = ask(gone, LONG)
        watched(gone, job, lambda state: state["state"] == "running")
        jobs = {ask(client, SHORT): client for client in (one, other)}
        for short, client in jobs.items():
            assert watched(client, short, lambda state: state["state"] in ENDED)["state"] == "done"
        assert service.jobs.get(job).state == "running"
        until = time.monotonic() + PATIENCE_S
        while service.jobs.get(job).state == "running":
            assert time.monotonic() < until
            time.sleep(0.1)
    assert (service.jobs.get(job).state, service.jobs.get(job).message) == ("cancelled", LEFT)


def ask(client: FlaskClient, plan: Mapping[str, str]) -> str:
    answer = client.post("/api/jobs", json={"kind": "siting", "plan": plan})
    assert answer.status_code == 202, answer.json
    return str(answer.json["id"])


def test_a_page_says_when_it_asks_again(client: FlaskClient) -> None:
    job = client.post("/api/jobs", json={"kind": "siting", "plan": PLAN}).json["id"]
    state = client.get(f"/api/jobs/{job}?wait=300").json
    assert (state["ahead"], state["wait_s"]) == (0, None)
    assert client.get(f"/api/jobs/{job}?wait=301").status_code == 400


def test_a_new_search_takes_the_place_of_the_one_before_but_only_of_its_page(client: FlaskClient) -> None:
    first = client.post("/api/jobs", json={"kind": "siting", "plan": PLAN, "page": "a1"}).json["id"]
    beside = client.post("/api/jobs", json={"kind": "siting", "plan": PLAN, "page": "b2"}).json["id"]
    client.post("/api/jobs", json={"kind": "siting", "plan": PLAN, "page": "a1"})
    assert [client.get(f"/api/jobs/{job}").json["state"] for job in (first, beside)] == [
        "cancelled",
        "waiting",
    ]
    assert client.post("/api/jobs", json={"kind": "siting", "plan": PLAN, "page": "a/1"}).status_code == 400


def test_one_browser_has_no_more_than_a_few_jobs(client: FlaskClient, app: Flask) -> None:
    for page in range(4):
        assert (
            client.post("/api/jobs", json={"kind": "siting", "plan": PLAN, "page": str(page)}).status_code
            == 202
        )
    refused = client.post("/api/jobs", json={"kind": "siting", "plan": PLAN, "page": "x"})
    assert (refused.status_code, refused.json["detail"]) == (
        429,
        "已有 4 个任务没有做完，等一个做完，或取消一个再试。",
    )
    assert app.test_client().post("/api/jobs", json={"kind": "siting", "plan": PLAN}).status_code == 202


@pytest.mark.parametrize(
    ("words", "lane"),
    [
        ({}, "short"), ({"objective": "p-median"}, "short"), ({"objective": "p-median", "add": "6"}, "long"),
        ({"prefer": "equity"}, "long"), ({"mode": "road"}, "long"), ({"mode": "road", "seconds": "3"}, "short"),
    ],
)  # fmt: skip
def test_what_is_thought_to_take_long_goes_to_the_long_lane(
    demo_store: Store, words: dict[str, str], lane: str
) -> None:
    county = open_county(load_settings(home=demo_store.home).of_county())
    _, seconds = KINDS["siting"].likely(siting_plan(PLAN | words, county, PUBLIC))
    assert lane_of(seconds) == lane


def test_without_a_worker_the_answer_says_so(client: FlaskClient) -> None:
    job = client.post("/api/jobs", json={"kind": "siting", "plan": PLAN}).json["id"]
    state = client.get(f"/api/jobs/{job}").json
    assert (state["state"], state["worker"]) == ("waiting", False)
    assert client.delete(f"/api/jobs/{job}").json["state"] == "cancelled"
    assert client.get(f"/api/jobs/{job}").headers["Cache-Control"] == "no-store"


def test_a_job_is_nobody_elses(client: FlaskClient, as_role: Callable[..., FlaskClient]) -> None:
    job = client.post("/api/jobs", json={"kind": "siting", "plan": PLAN}).json["id"]
    other = as_role("operator")
    assert other.get(f"/api/jobs/{job}").status_code == 404
    assert other.delete(f"/api/jobs/{job}").status_code == 404
    assert client.get(f"/api/jobs/{'0' * 32}").json["code"] == "job-unknown"


def test_a_failed_job_speaks_the_readers_language(app: Flask, client: FlaskClient) -> None:
    job = client.post("/api/jobs", json={"kind": "siting", "plan": PLAN}).json["id"]

    def _work(_job: Job, _report: Report) -> Mapping[str, Any]:
        raise UnknownJobError("没有这个任务，做完的任务保留 7 天。")

    app.extensions["govmap"].jobs.run(job, _work)
    state = client.get(f"/api/jobs/{job}").json
    assert state["error"] == {"code": "job-unknown", "message": "没有这个任务，做完的任务保留 7 天。"}
