"""Who is reached by a service, where the gaps are, and the same as files."""

import json
from dataclasses import asdict, replace
from functools import lru_cache
from typing import Any

from flask import Response, request

from geo.errors import FilterError, GovmapError
from layers.planning import Coverage, CoveragePlan, coverage_plan
from layers.planning.centres import offered
from layers.planning.plans import DemandKind, Unit
from layers.planning.results import Row, row_json
from layers.planning.standards import Standard
from layers.planning.ways import ROADS
from webmap.api import blueprint
from webmap.api.answers import to_json
from webmap.api.downloads import file_answer
from webmap.api.layers import count_of
from webmap.api.query import check_names, text_of
from webmap.cache import answered
from webmap.house import current_editions, the_house
from webmap.tables import FORMATS
from webmap.translations import error_text, language
from webmap.viewer import current_viewer

PLAN = (
    "services", "within", "match", "mode", "travel", "detour", "demand", "by", "code", "place", "close", "capacity",
)  # fmt: skip
"""Parameters of a coverage question, as ``CoveragePlan.query`` writes them."""
DEMANDS: tuple[DemandKind, ...] = ("population", "population_60_plus", "households", "area")
QUICK = 1
"""Compression of answers that follow a slider: the line to a county office is not what takes time."""
ZERO = 0.0
THEME = "coverage"
FIRST_STANDARD = "rural-2km"
USUAL = {
    "mode": "detour",
    "detour": "1.3",
    "match": "any",
    "travel": "walk",
    "demand": "population",
    "by": "village",
}
"""What the page asks for until somebody chooses: nobody walks as the crow flies."""


@blueprint.get("/api/planning")
def planning() -> Response:
    """What can be chosen: services, standards, population groups, and what is chosen at first."""
    register = the_house().planning.register()
    return answered(None, _choices, beside=str(hash(register)))


@blueprint.get("/api/coverage")
def coverage() -> Response:
    """Who is reached by services within a distance or time, by area."""
    return answered(None, _coverage, beside=_beside(), level=QUICK)


@blueprint.get("/api/coverage/shapes")
def coverage_shapes() -> Response:
    """The reached area, the gaps with the most people first, and the centres."""
    return answered(None, _shapes, beside=_beside(), level=QUICK)


@blueprint.get("/api/coverage/export")
def coverage_export() -> Response:
    """The table of a coverage as a file, with its method and editions."""
    from webmap.coverages import coverage_table

    check_names((*PLAN, "format"))
    chosen = text_of("format") or "xlsx"
    if chosen not in FORMATS:
        raise FilterError("没有格式 {format}，可选：{all}。", format=chosen, all="、".join(FORMATS))
    house = the_house()
    given = house.planning.coverage(current_viewer(), requested_plan())
    mimetype, make = FORMATS[chosen]
    table = coverage_table(house.door, current_viewer(), given)
    return file_answer(make(table), mimetype, f"{table.title}.{chosen}", f"coverage.{chosen}")


def requested_plan() -> CoveragePlan:
    """The coverage question of this request.

    Raises:
        ArgumentError, LimitError: a value that cannot be.
    """
    return coverage_plan({name: text_of(name) or "" for name in PLAN})


def _beside() -> str | None:
    """Capacities stand in a file that a county may change at any time."""
    return str(hash(the_house().planning.register())) if request.args.get("capacity") else None


def _coverage() -> bytes:
    check_names(PLAN)
    return coverage_text(the_house().planning.coverage(current_viewer(), requested_plan())).encode()


def coverage_text(given: Coverage) -> str:
    """``Coverage.to_json`` as text, with the canonical query: what a threshold leaves alone is not written anew."""
    document = replace(given, rows=(), townships=()).to_json() | {"query": given.plan.key}
    del document["rows"], document["townships"]
    lists = {"rows": given.rows, "townships": given.townships}
    parts = (f',"{name}":[{_rows_text(rows, given.plan.unit)}]' for name, rows in lists.items())
    return f"{to_json(document).decode()[:-1]}{''.join(parts)}}}"


def _rows_text(rows: tuple[Row, ...], unit: Unit) -> str:
    texts = []
    for row in rows:
        head, tail = _ends(Row(*row[:3], ZERO, ZERO, *row[5:]), unit)
        share = "null" if row.share != row.share else repr(row.share)
        texts.append(f'{head}"covered":{row.covered!r},"share":{share}{tail}')
    return ",".join(texts)


@lru_cache(maxsize=20_000)
def _ends(row: Row, unit: Unit) -> tuple[str, str]:
    """The text of a row before its covered amount and after its share."""
    stem = CoveragePlan(services=("",), limits=(1.0,), unit=unit)
    head, _, tail = to_json(row_json(row, stem)).decode().partition(f'"covered":{ZERO},"share":{ZERO}')
    return head, tail


def _shapes() -> bytes:
    import shapely

    check_names(PLAN)
    given = the_house().planning.shapes(current_viewer(), requested_plan())
    reached, *gaps = (
        json.loads(text)
        for text in shapely.to_geojson([given.reached, *(gap.geometry for gap in given.gaps)])
    )
    return to_json(
        {
            "reached": reached,
            "gaps": [
                {
                    "rank": gap.rank,
                    "people": gap.people,
                    "area_km2": gap.area_km2,
                    "geometry": shape,
                    "villages": [{"code": code, "name": name} for code, name in gap.villages],
                }
                for gap, shape in zip(given.gaps, gaps, strict=True)
            ],
            "centres": [asdict(place) for place in given.centres],
            "method": given.method,
            "editions": dict(given.editions),
            "demo": given.demo,
        }
    )


def _choices() -> bytes:
    check_names(())
    house, lang = the_house(), language()
    wanted = [*house.catalog.theme(THEME).layer_ids(), *house.catalog.layers]
    services = [
        {
            "id": spec.id,
            "title": spec.title.get(lang),
            "count": count_of(spec),
            "unit": spec.count_unit.get(lang),
        }
        for spec in sorted(offered(house.catalog), key=lambda spec: wanted.index(spec.id))
        if house.door.access(spec, current_viewer()) == "exact" and count_of(spec)
    ]
    standards = [_standard(item) for item in house.planning.standards()]
    return to_json(
        {
            "services": services,
            "standards": standards,
            "demands": [_demand(kind) for kind in DEMANDS],
            "roads": ROADS in current_editions(),
            "candidates": current_editions()["villages"].rows if "villages" in current_editions() else 0,
            "defaults": _defaults(services, standards),
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
    house = the_house()
    try:
        basis = house.planning.basis(current_viewer(), kind)
    except GovmapError as error:
        return {"id": kind, "unit": "", "layer": None, "words": error_text(error)}
    title = house.catalog.layer(basis.layer).title.get(language())
    return {"id": kind, "unit": basis.unit, "layer": title, "words": basis.words}


def _defaults(services: list[dict[str, Any]], standards: list[dict[str, Any]]) -> dict[str, str]:
    first = next(
        (item for item in standards if item["id"] == FIRST_STANDARD), standards[0] if standards else None
    )
    within = f"{first['within']:g}{first['unit']}" if first else "2000m"
    return USUAL | {"services": services[0]["id"] if services else "", "within": within}
