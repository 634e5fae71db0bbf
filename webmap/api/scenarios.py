"""Saved questions of planners: under a name, at an address that cannot be guessed, and two side by side."""

from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import parse_qsl

from flask import Response, url_for
from pydantic import BaseModel, Field

from geo.errors import ArgumentError
from geo.phrases import listing
from layers.language import told
from layers.planning import Coverage, coverage_plan
from layers.planning.usual import usual_plan
from layers.scenarios import Scenario
from webmap.api import blueprint, members
from webmap.api.answers import to_json
from webmap.api.coverage import CoverageQuery
from webmap.api.models import Model, Named, Worked
from webmap.api.operations import Operation, Tagged
from webmap.api.query import TEXT, Query, Read, asked, body_of
from webmap.service import current_editions, the_county
from webmap.serving.answers import answered
from webmap.translations import language
from webmap.viewer import current_viewer

MOST_DIFFERENCES = 50


Words = Annotated[str, Read(lambda given, _: str(given), TEXT)]


class NewScenario(BaseModel):
    name: Words = Field(description="What people call it")
    query: Words = Field(description="The coverage question, as its answer gives it in `query`")


class CompareQuery(Query):
    a: str = Field("", description="Token of the first scenario")
    b: str = Field("", description="Token of the second scenario")


class SavedScenario(Model):
    """A saved question."""

    token: members.Token
    name: str = Field(description="What people call it")
    query: members.Canonical
    url: str = Field(description="Page that shows it")
    saved_at: members.Moment
    changed: members.Changed


class ScenarioAnswer(SavedScenario, Worked):
    """A saved question with its figures as the data are now."""

    covered: float = Field(description="In `unit`")
    total: float = Field(description="In `unit`")
    share: members.Portion
    unit: members.DemandUnit
    placed: int = Field(description="Proposed centres")
    closed: int = Field(description="Centres left out")
    gain: float = Field(description="What that changes, in `unit`")
    unreached: int = Field(description="Villages of which nobody is reached")


class Difference(Named):
    demand: members.Demanded
    a: float = Field(description="Covered in the first")
    b: float = Field(description="Covered in the second")
    difference: float = Field(description="The second less the first")


class Comparison(Model):
    """Two saved questions side by side."""

    a: ScenarioAnswer = Field(description="The first")
    b: ScenarioAnswer = Field(description="The second")
    difference: float = Field(description="Covered in the second less covered in the first")
    townships: list[Difference] = Field(description="Each township, the largest difference first")
    rows: list[Difference] = Field(description="Those that differ most, up to 50")


@blueprint.post("/api/scenarios")
@Operation(SavedScenario, sends=NewScenario, status=201)
def save_scenario() -> Response:
    """Save a coverage question under a name."""
    body = body_of(NewScenario)
    plan = usual_plan(the_county().planning, current_viewer(), words_of(body.query))
    given = the_county().planning.coverage(current_viewer(), plan)
    scenario = the_county().scenarios.save(
        body.name, plan.key, editions=given.editions, by=current_viewer().role
    )
    answer = Response(to_json(_short(scenario)), status=201, mimetype="application/json")
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.get("/api/scenarios/<token>")
@Tagged(ScenarioAnswer)
def scenario(token: str) -> Response:
    """A saved question with its figures as the data are now."""
    return answered(None, lambda: _one(token))


@blueprint.get("/api/scenarios/compare")
@Tagged(Comparison, asks=CompareQuery)
def compare_scenarios() -> Response:
    """Two saved questions side by side: figures, townships, and the villages in which they differ most."""
    return answered(None, _compared)


def words_of(query: str) -> Mapping[str, str]:
    """The words of a canonical query; raises ArgumentError for one that no coverage question has."""
    words = dict(parse_qsl(query.removeprefix("?")))
    unknown = sorted(set(words) - set(CoverageQuery.names()))
    if unknown:
        raise ArgumentError("方案的条件里不该有 {names}。", names=listing(name[:40] for name in unknown[:5]))
    return words


def _one(token: str) -> bytes:
    asked(Query)
    found = the_county().scenarios.get(token)
    return to_json(_short(found) | _figures(_answer(found)))


def _short(found: Scenario) -> dict[str, Any]:
    now = {layer: edition.id for layer, edition in current_editions().items()}
    return {
        "token": found.token,
        "name": found.name,
        "query": found.query,
        "url": url_for("pages.theme_map", theme_id="coverage", scenario=found.token),
        "saved_at": found.saved_at,
        "changed": [layer for layer, edition in found.editions.items() if now.get(layer) != edition],
    }


def _answer(found: Scenario) -> Coverage:
    plan = coverage_plan(words_of(found.query), the_county().divisions)
    return the_county().planning.coverage(current_viewer(), plan)


def _figures(given: Coverage) -> dict[str, Any]:
    plan = given.plan
    return {
        "covered": given.covered,
        "total": given.total,
        "share": given.covered / given.total if given.total else None,
        "unit": given.unit,
        "placed": len(plan.placed),
        "closed": len(plan.closed),
        "gain": sum(given.gain.values()),
        "unreached": len(given.unreached),
        "method": told(given.method, language()),
        "editions": dict(given.editions),
        "demo": given.demo,
    }


def _compared() -> bytes:
    wanted = asked(CompareQuery)
    found = [the_county().scenarios.get(token) for token in (wanted.a, wanted.b)]
    given = [_answer(item) for item in found]
    if given[0].plan.demand != given[1].plan.demand or given[0].plan.by != given[1].plan.by:
        raise ArgumentError("两个方案的服务人群或统计单元不同，不能比。")
    sides = [_short(item) | _figures(answer) for item, answer in zip(found, given, strict=True)]
    rows = _differences(given[0].rows, given[1].rows)
    return to_json(
        {
            "a": sides[0],
            "b": sides[1],
            "difference": given[1].covered - given[0].covered,
            "townships": _differences(given[0].townships, given[1].townships),
            "rows": [row for row in rows if row["difference"]][:MOST_DIFFERENCES],
        }
    )


def _differences(first: Any, second: Any) -> list[dict[str, Any]]:
    """Covered amounts of each area in both, the largest difference first; without areas of which one knows nothing."""
    unknown = {row.code for row in (*first, *second) if row.covered != row.covered}
    others = {row.code: row.covered for row in second}
    rows = [
        {
            "code": row.code,
            "name": row.name,
            "demand": row.demand,
            "a": row.covered,
            "b": others.get(row.code, 0.0),
            "difference": others.get(row.code, 0.0) - row.covered,
        }
        for row in first
        if row.code not in unknown
    ]
    return sorted(rows, key=lambda row: (-abs(row["difference"]), row["code"]))
