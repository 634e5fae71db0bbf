"""Long work: ask for it, watch it, stop it."""

import re
from collections.abc import Mapping
from typing import Annotated, Any

from flask import Response
from pydantic import BaseModel, Field

from exports.orders import WHO
from geo.errors import ArgumentError, UnknownJobError
from geo.phrases import listing
from layers.jobs import ENDED, Job
from layers.jobs.board import GONE_S, LEFT
from layers.jobs.job import State
from webmap.api import blueprint, members
from webmap.api.answers import to_json
from webmap.api.coverage import Goal, Lost, SitingParameters
from webmap.api.models import Model, Named, Worked
from webmap.api.operations import Operation
from webmap.api.query import Query, Read, asked, body_of, whole
from webmap.jobs.kinds import KINDS
from webmap.service import the_county, the_service
from webmap.translations import gettext
from webmap.viewer import asker, current_viewer, exporter


def _kind(given: object, _name: str) -> str:
    kind = str(given)
    if kind not in KINDS:
        raise ArgumentError("没有任务“{kind}”，可选：{all}。", kind=kind[:40], all=listing(KINDS))
    return kind


def _words(given: object, _name: str) -> dict[str, str]:
    if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
        raise ArgumentError("任务的 plan 应是一组文字，如 services、within、add、objective。")
    return given


def _page(given: object, _name: str) -> str:
    if not isinstance(given, str) or not re.fullmatch(r"[0-9a-zA-Z-]{0,40}", given):
        raise ArgumentError("任务的 page 应是不超过 40 个的字母和数字。")
    return given


LONGEST_WAIT_S = 300
PAGE = {"type": "string", "pattern": "^[0-9a-zA-Z-]{0,40}$"}
PLAN = {"type": "object", "additionalProperties": {"type": "string"}}


class NewJob(BaseModel):
    kind: Annotated[str, Read(_kind, {"type": "string", "enum": list(KINDS)})] = Field(
        description="What is to be done"
    )
    plan: Annotated[dict[str, str], Read(_words, PLAN)] = Field(description="Words of the question")
    page: Annotated[str, Read(_page, PAGE)] = Field(
        "",
        description="Which page of a browser asks: a new search takes the place of the one before from there",
    )


class JobQuery(Query):
    wait: Annotated[int, whole(1, LONGEST_WAIT_S)] = Field(
        int(GONE_S),
        description="In how many seconds you will ask again; a search that nobody asks about is cancelled",
    )


class JobAdded(Model):
    """A job that waits."""

    id: members.JobId


class JobError(Model):
    code: str = Field(description="Stable; programs rely on it")
    message: str = Field(description="In the language of the request")


class Best(Model):
    value: float = Field(description="Best value so far, as `value` of the result")
    bound: float = Field(description="No proposal is better than this")
    gap: float = Field(description="How far the value may be from the best, 0–1")
    seconds: float = Field(description="Seconds since the search began")


class Existing(Named):
    code: str = Field(description="layer:key")
    lon: members.Lon
    lat: members.Lat
    outside: members.Outside


class New(Named):
    lon: members.Lon
    lat: members.Lat
    gain: float | None = Field(description="What it adds to those before it; null where there was none")


class Siting(Worked):
    objective: Goal
    value: float = Field(description="Over all open centres, in `unit`")
    bound: float | None = Field(
        description="Proven: an upper bound for max-cover, a lower one otherwise; null for none"
    )
    optimal: bool = Field(description="Whether no better choice exists")
    gap: float | None = Field(
        description="How far it may be from the best, 0–1; null where nothing is proven"
    )
    before: float | None = Field(description="The value with the existing centres only")
    unit: str = Field(
        description="Unit of the values: that of the demand, 处, a way, or both (人·米, 人·分钟) for the sum of demand × way"
    )
    total: float = Field(description="All the demand there is, in the unit of the demand")
    fixed: list[Existing] = Field(description="Existing centres that stay")
    chosen: list[New] = Field(description="New centres in the order of their gain")
    parameters: SitingParameters = Field(description="What was asked, with what is usual filled in")
    notes: members.Notes
    seconds: float = Field(description="Seconds that the search took")
    lost: list[Lost] = Field(description="Who is reached by nothing even then; only by road")


class FailedPage(Model):
    page: members.AreaCode
    name: members.Name
    error: JobError = Field(description="Why it could not be made")


class Made(Model):
    """A file that was made; empty for one that was cancelled."""

    export: str | None = Field(None, description="Token of the export; null when cancelled")
    pages: int | None = Field(None, description="Pages that were made; null when cancelled")
    size: int | None = Field(None, description="Bytes; null when cancelled")
    same: bool | None = Field(None, description="Whether it is the same, byte by byte; only when made again")
    changed: list[str] | None = Field(None, description="Layers of another edition; only when made again")
    failed: list[FailedPage] | None = Field(None, description="Pages that were not made; only of an atlas")


class JobState(Model):
    """How far a job is."""

    id: members.JobId
    kind: str = Field(description="What is to be done")
    state: State = Field(description="Where it stands")
    done: float = Field(description="0–1")
    message: str = Field(
        description="What it is at, or why it was cancelled, in the language of the request; else empty"
    )
    best: Best | None = Field(description="Of a search that still runs; null before anything is found")
    result: Siting | Made | None = Field(description="What came of it; null until it is done")
    ahead: int = Field(description="Jobs that come first")
    wait_s: float | None = Field(
        description="In how many seconds it is thought to begin; null for one that does not wait, or where nobody works"
    )
    error: JobError | None = Field(None, description="Only of a job that failed")


class WatchedJob(JobState):
    """The same, and whether anybody works."""

    worker: bool = Field(description="Whether somebody works; true for a job that has ended")


@blueprint.post("/api/jobs")
@Operation(JobAdded, sends=NewJob, status=202, also={429: None})
def add_job() -> Response:
    """Put a job into the queue: ``siting`` finds places for new centres, ``atlas`` and ``report`` make files."""
    body = body_of(NewJob)
    kind, plan = body.kind, body.plan
    county, viewer = the_county(), current_viewer()
    terms = KINDS[kind].terms(KINDS[kind].check(plan, county, viewer), who=asker(), page=body.page)
    if KINDS[kind].keeps:
        plan = {**plan, WHO: exporter()}
    job = the_service().jobs.add(kind, plan, role=viewer.role, scope=viewer.scope, terms=terms)
    return _answer({"id": job}, 202)


@blueprint.get("/api/jobs/<job_id>")
@Operation(WatchedJob, asks=JobQuery, refuses=(400, 404, 503))
def job(job_id: str) -> Response:
    """How far a job is, what is best so far, and its result."""
    wanted = asked(JobQuery)
    found, jobs = _mine(job_id), the_service().jobs
    if found.state not in ENDED:
        jobs.wanted(job_id, wanted.wait)
    there = found.state in ENDED or jobs.worker_there(found.lane)
    return _answer(_document(found) | {"worker": there}, 200)


@blueprint.delete("/api/jobs/<job_id>")
@Operation(JobState, status=202, refuses=(400, 404, 503))
def cancel_job(job_id: str) -> Response:
    """Ask a job to stop."""
    asked(Query)
    _mine(job_id)
    the_service().jobs.cancel(job_id)
    return _answer(_document(_mine(job_id)), 202)


def _mine(job_id: str) -> Job:
    """A job of this viewer; another viewer's does not exist for it."""
    found, viewer = the_service().jobs.get(job_id), current_viewer()
    if (found.role, found.scope) != (viewer.role, viewer.scope):
        raise UnknownJobError("没有这个任务，做完的任务保留 7 天。")
    return found


def _document(found: Job) -> dict[str, Any]:
    document: dict[str, Any] = {
        "id": found.id,
        "kind": found.kind,
        "state": found.state,
        "done": found.done,
        "message": _said(found),
        "best": found.best,
        "result": _result(found.result),
        "ahead": found.ahead,
        "wait_s": found.wait_s,
    }
    if found.error is not None:
        document["error"] = _error(found.error)
    return document


def _said(found: Job) -> str:
    """What it is at, or that nobody waited for it."""
    at = found.state in ("waiting", "running") or found.message == LEFT
    return gettext(found.message) if at and found.message else ""


def _error(kept: Mapping[str, Any]) -> dict[str, str]:
    """An error in the language of the reader."""
    words, params = gettext(kept["template"]), kept["params"]
    return {"code": kept["code"], "message": words.format(**params) if params else words}


def _result(kept: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """A result, with why parts of it failed in the language of the reader."""
    if kept is None or "failed" not in kept:
        return None if kept is None else dict(kept)
    return {**kept, "failed": [{**one, "error": _error(one["error"])} for one in kept["failed"]]}


def _answer(document: dict[str, Any], status: int) -> Response:
    answer = Response(to_json(document), status=status, mimetype="application/json")
    answer.headers["Cache-Control"] = "no-store"
    return answer
