"""Long work: ask for it, watch it, stop it."""

from collections.abc import Mapping
from typing import Any

from flask import Response
from flask_babel import gettext

from geo.errors import ArgumentError, UnknownJobError
from webmap.api import blueprint
from webmap.api.answers import body_of, to_json
from webmap.api.query import check_names
from webmap.jobs import ENDED, Job
from webmap.jobs.exporting import WHO
from webmap.jobs.kinds import KINDS
from webmap.service import the_county, the_service
from webmap.viewer import current_viewer, exporter


@blueprint.post("/api/jobs")
def add_job() -> Response:
    """Put a job into the queue: ``siting`` finds places for new centres, ``atlas`` and ``report`` make files."""
    body = body_of(("kind", "plan"))
    kind, plan = str(body.get("kind", "")), body.get("plan")
    if kind not in KINDS:
        raise ArgumentError("没有任务“{kind}”，可选：{all}。", kind=kind[:40], all="、".join(KINDS))
    if not isinstance(plan, dict) or not all(isinstance(value, str) for value in plan.values()):
        raise ArgumentError("任务的 plan 应是一组文字，如 services、within、add、objective。")
    county, viewer = the_county(), current_viewer()
    KINDS[kind].check(plan, county, viewer)
    if KINDS[kind].keeps:
        plan = {**plan, WHO: exporter()}
    job = the_service().jobs.add(kind, plan, role=viewer.role, scope=viewer.scope)
    return _answer({"id": job}, 202)


@blueprint.get("/api/jobs/<job_id>")
def job(job_id: str) -> Response:
    """How far a job is, what is best so far, and its result."""
    check_names(())
    found = _mine(job_id)
    there = found.state in ENDED or the_service().jobs.worker_there()
    return _answer(_document(found) | {"worker": there}, 200)


@blueprint.delete("/api/jobs/<job_id>")
def cancel_job(job_id: str) -> Response:
    """Ask a job to stop."""
    check_names(())
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
        "message": gettext(found.message) if found.message else "",
        "best": found.best,
        "result": _result(found.result),
        "ahead": found.ahead,
    }
    if found.error is not None:
        document["error"] = _error(found.error)
    return document


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
