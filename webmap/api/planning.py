"""Who is reached by a service, where the gaps are, and the same as files."""

from dataclasses import replace
from typing import Annotated, Any, Literal

import numpy as np
import shapely
from flask import Response, request
from pydantic import Field

from exports.coverage import coverage_table
from exports.tables import FORMATS
from geo.errors import GovmapError
from layers.language import told
from layers.planning import Coverage, CoveragePlan
from layers.planning.plans import ROADS, DemandKind, Unit
from layers.planning.results import Row, row_json
from layers.planning.services import services_for
from layers.planning.standards import Standard
from layers.planning.usual import USUAL_SITING, usual_plan, usual_words
from webmap.api import blueprint, members
from webmap.api.answers import to_json
from webmap.api.coverage import CoverageAnswer, CoverageQuery, CoverageShapes, Needs
from webmap.api.downloads import KINDS, file_answer, file_words
from webmap.api.layers import count_of
from webmap.api.models import Model
from webmap.api.operations import Operation, Tagged
from webmap.api.query import Query, asked, kind_of_file
from webmap.service import current_editions, the_county
from webmap.serving.answers import answered
from webmap.translations import error_text, language
from webmap.viewer import current_viewer

DEMANDS: tuple[DemandKind, ...] = ("population", "population_60_plus", "households", "area")
QUICK = 1
"""Compression of answers that follow a slider: the line to a county office is not what takes time."""
SCREEN_DEGREES, DECIMALS = 4e-5, 5
"""Shapes for the screen are true to 4 m."""


class Service(Model):
    id: members.LayerId
    title: members.Title
    count: int | None = Field(description="Rows that this viewer gets; null when withheld")
    unit: members.CountUnit


class StandardAnswer(Model):
    id: str = Field(description="Id of the standard")
    title: members.Title
    services: list[str] = Field(description="Layer ids; empty for any")
    within: float = Field(description="In `unit`")
    unit: Unit = Field(description="Metres or minutes")
    population: DemandKind = Field(description="Whom the limit is meant for")
    basis: Literal["standard", "suggestion", "county"] = Field(
        description="A published clause, a suggestion, or a rule of the county"
    )
    document: str | None = Field(description="Where it is written; null for what is written nowhere")
    clause: str | None = Field(description="Clause of the document; null without one")
    note: str | None = Field(description="What else is to be known; null for nothing")


class Demand(Model):
    id: DemandKind = Field(description="Who or what is to be reached")
    unit: str = Field(description="Empty where it cannot be counted")
    layer: str | None = Field(description="Title of the layer of its places; null where it cannot be counted")
    words: str = Field(description="How it is counted, or why it cannot be")


class Choices(Model):
    """What can be chosen, and what is chosen at first."""

    services: list[Service] = Field(description="Layers of services with data that this viewer gets")
    standards: list[StandardAnswer] = Field(description="Limits that can be taken over")
    demands: list[Demand] = Field(description="Whom or what coverage can be asked for")
    roads: bool = Field(description="Whether ways by road can be asked for")
    capacities: list[str] = Field(description="Layers of which places can be counted")
    candidates: int = Field(description="Villages where a centre could be")
    defaults: dict[str, str] = Field(description="Words of the question at first")


class CoverageExportQuery(CoverageQuery):
    format: Annotated[str, kind_of_file(FORMATS)] = Field("xlsx", description="Kind of file")
    scenario: str = Field("", description="Name of the scenario, which the file bears")


@blueprint.get("/api/planning")
@Tagged(Choices)
def planning() -> Response:
    """What can be chosen: services, standards, population groups, and what is chosen at first."""
    register = the_county().planning.register()
    return answered(None, _choices, beside=str(hash(register)))


@blueprint.get("/api/coverage")
@Tagged(CoverageAnswer, asks=CoverageQuery)
def coverage() -> Response:
    """Who is reached by services within a distance or time, by area."""
    return answered(None, _coverage, beside=_beside(), level=QUICK)


@blueprint.get("/api/coverage/shapes")
@Tagged(CoverageShapes, asks=CoverageQuery)
def coverage_shapes() -> Response:
    """The reached area, the gaps with the most people first, and the centres."""
    return answered(None, _shapes, beside=_beside(), level=QUICK)


@blueprint.get("/api/coverage/needs")
@Tagged(Needs, asks=CoverageQuery)
def coverage_needs() -> Response:
    """What only each centre reaches, the least needed first: which one could close."""
    return answered(None, _needs, beside=_beside())


@blueprint.get("/api/coverage/export", endpoint="coverage_export")
@Operation(asks=CoverageExportQuery, kinds=KINDS)
def coverage_file() -> Response:
    """The table of a coverage as a file, with its method and editions."""
    words = asked(CoverageExportQuery)
    chosen, county = words.format, the_county()
    given = county.planning.coverage(current_viewer(), plan_of(words))
    mimetype, make = FORMATS[chosen]
    table = coverage_table(county.planning, current_viewer(), given)
    name = "_".join(filter(None, (table.title, file_words(words.scenario))))
    return file_answer(make(table), mimetype, f"{name}.{chosen}", f"coverage.{chosen}")


def requested_plan() -> CoveragePlan:
    """The coverage question of this request.

    Raises:
        ArgumentError, LimitError: a value that cannot be.
    """
    return plan_of(asked(CoverageQuery))


def plan_of(words: CoverageQuery) -> CoveragePlan:
    """The coverage question of some words; raises as ``requested_plan``."""
    return usual_plan(the_county().planning, current_viewer(), words.words(CoverageQuery))


def _beside() -> str | None:
    """Capacities and the usual limit stand in a file that a county may change at any time."""
    settled = request.args.get("within") and not request.args.get("capacity")
    return None if settled else str(hash(the_county().planning.register()))


def _coverage() -> bytes:
    return coverage_text(the_county().planning.coverage(current_viewer(), requested_plan())).encode()


def coverage_text(given: Coverage) -> str:
    """``Coverage.to_json`` as text, with the canonical query: what a threshold leaves alone is not written anew."""
    document = replace(given, rows=(), townships=()).to_json() | {
        "query": given.plan.key,
        "method": told(given.method, language()),
        "nobody": None if given.nobody is None else told(given.nobody, language()),
        "notes": [told(note, language()) for note in given.notes],
    }
    del document["rows"], document["townships"]
    lists = {"rows": given.rows, "townships": given.townships}
    parts = (f',"{name}":[{_rows_text(rows, given.plan.unit)}]' for name, rows in lists.items())
    return f"{to_json(document).decode()[:-1]}{''.join(parts)}}}"


def _rows_text(rows: tuple[Row, ...], unit: Unit) -> str:
    texts, stem, lang = [], CoveragePlan(services=("",), limits=(1.0,), unit=unit), language()
    for row in rows:
        kept = _texts.get((row[0], unit, lang))
        if kept is None or kept[0] is not row:
            kept = _texts[row[0], unit, lang] = (row, to_json(row_json(row, stem)).decode())
        texts.append(kept[1])
    return ",".join(texts)


_texts: dict[tuple[str, Unit, str], tuple[Row, str]] = {}
"""By area and language: its last row and the text of it. A row that a threshold leaves alone is the very same."""


def _shapes() -> bytes:
    """Shapes go into the answer as the text that they are."""
    given = the_county().planning.shapes(current_viewer(), requested_plan())
    shapes = shapely.simplify([given.reached, *(gap.geometry for gap in given.gaps)], SCREEN_DEGREES)
    reached, *gaps = shapely.to_geojson(
        shapely.transform(shapes, lambda degrees: np.round(degrees, DECIMALS))
    )
    texts = (
        f'{to_json(gap.to_json()).decode()[:-1]},"geometry":{text}}}'
        for gap, text in zip(given.gaps, gaps, strict=True)
    )
    rest = given.plain() | {"method": told(given.method, language())}
    return f'{{"reached":{reached},"gaps":[{",".join(texts)}],{to_json(rest).decode()[1:]}'.encode()


def _needs() -> bytes:
    found = the_county().planning.needs(current_viewer(), requested_plan())
    return to_json({"rows": [need._asdict() for need in found]})


def _choices() -> bytes:
    asked(Query)
    county, lang = the_county(), language()
    services = [
        {
            "id": spec.id,
            "title": spec.title.get(lang),
            "count": count_of(spec),
            "unit": spec.count_unit.get(lang),
        }
        for spec in services_for(county.door, current_viewer())
    ]
    standards = [_standard(item) for item in county.planning.standards()]
    return to_json(
        {
            "services": services,
            "standards": standards,
            "demands": [_demand(kind) for kind in DEMANDS],
            "roads": ROADS in current_editions(),
            "capacities": [item.layer for item in county.planning.register().capacities],
            "candidates": current_editions()["villages"].rows if "villages" in current_editions() else 0,
            "defaults": {**usual_words(county.planning, current_viewer()), **USUAL_SITING},
        }
    )


def _standard(item: Standard) -> dict[str, Any]:
    lang = language()
    return {
        "id": item.id,
        "title": item.title.get(lang),
        "services": item.services,
        "within": item.within,
        "unit": item.unit,
        "population": item.population,
        "basis": item.basis,
        "document": item.document.get(lang) if item.document else None,
        "clause": item.clause,
        "note": item.note.get(lang) if item.note else None,
    }


def _demand(kind: DemandKind) -> dict[str, Any]:
    """A population group with the layer its places come from; why not, where it cannot be counted."""
    county = the_county()
    try:
        basis = county.planning.basis(current_viewer(), kind)
    except GovmapError as error:
        return {"id": kind, "unit": "", "layer": None, "words": error_text(error)}
    title = county.catalog.layer(basis.layer).title.get(language())
    return {"id": kind, "unit": basis.unit, "layer": title, "words": told(basis.words, language())}
