"""Data health: the checks of an import over what is published, and how many rows lie in each township."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.checks import Problem, check_shapes, overlaps
from geo.errors import ForbiddenError
from geo.wording import number
from layers.disclosure import Door, Viewer
from layers.intake.findings import Finding, Rows, to_findings
from layers.intake.headings import field_title
from layers.intake.parcels import check_parcels
from layers.intake.register import open_register
from layers.intake.zone import check_zone
from layers.spec import LayerSpec

if TYPE_CHECKING:
    import pandas as pd

    from layers.disclosure import Disclosed
    from layers.editions import Edition


@dataclass(frozen=True)
class LayerHealth:
    """One layer: its edition, the rows that the viewer may see, what was found, rows per township code.

    ``note`` says why a layer was not looked at, or what was withheld.
    """

    layer: str
    edition: str
    rows: int | None
    findings: tuple[Finding, ...]
    townships: dict[str, int]
    note: str = ""


@dataclass(frozen=True)
class Health:
    """All layers that have data, and the townships by code and name."""

    layers: tuple[LayerHealth, ...]
    townships: tuple[tuple[str, str], ...]

    @property
    def blocking(self) -> int:
        return sum(one.severity == "blocking" for layer in self.layers for one in layer.findings)

    def to_json(self) -> dict[str, Any]:
        """Findings of all layers in one list, each with its layer; counts by township and layer."""
        findings = [
            {"layer": one.layer, **finding.to_json()} for one in self.layers for finding in one.findings
        ]
        layers = [
            {
                "layer": one.layer,
                "edition": one.edition,
                "rows": one.rows,
                "findings": len(one.findings),
                "note": one.note,
            }
            for one in self.layers
        ]
        townships = [
            {
                "code": code,
                "name": name,
                "counts": {one.layer: one.townships.get(code, 0) for one in self.layers},
            }
            for code, name in self.townships
        ]
        return {"layers": layers, "findings": findings, "townships": townships}


def check_health(
    door: Door,
    viewer: Viewer,
    metric_crs: str,
    progress: Callable[[str, float | None], None] = lambda _a, _b: None,
) -> Health:
    """Check every published layer as far as the viewer may see it. ``metric_crs`` is the county's projection."""
    current = door.store.currents()
    specs = [spec for spec in door.catalog if spec.id in current]
    found = []
    for place, spec in enumerate(specs):
        progress(spec.title.zh, place / len(specs))
        found.append(_check_layer(door, viewer, spec, current[spec.id], metric_crs))
    townships: tuple[tuple[str, str], ...] = ()
    layer = door.divisions.named("township").layer
    if layer in current:
        rows = door.rows(layer, viewer).rows
        townships = tuple(zip(rows["code"].astype(str), rows["name"].astype(str), strict=True))
    return Health(tuple(found), townships)


def _check_layer(
    door: Door, viewer: Viewer, spec: LayerSpec, edition: "Edition", metric_crs: str
) -> LayerHealth:
    if door.access(spec, viewer) != "exact":
        note = "这个身份看不到逐行的数据，没有检查。"
        return LayerHealth(spec.id, edition.id, None, (), {}, note)
    try:
        given = door.rows(spec.id, viewer)
    except ForbiddenError as error:
        return LayerHealth(spec.id, edition.id, None, (), {}, str(error))
    rows = given.rows.reset_index(drop=True)
    problems = _required(given, rows)
    shapes = None
    if spec.geometry != "none" and len(rows):
        shapes = rows.geometry.to_numpy()
        problems += _places(door, spec, rows, shapes, metric_crs)
    names = given.names()
    about = Rows(np.arange(1, len(rows) + 1), given.keys(), names, shapes)
    findings = tuple(to_findings(problems, about))
    return LayerHealth(spec.id, edition.id, len(rows), findings, _by_township(door, spec, rows), given.note)


def _required(given: "Disclosed", rows: "pd.DataFrame") -> list[Problem]:
    """One finding per required field that has empty cells."""
    problems = []
    for one in given.fields:
        empty = int(rows[one.name].isna().sum())
        if one.required and empty:
            text = f"“{field_title(one)}”有 {empty} 行是空的。"
            problems.append(Problem(None, "warning", "required-empty", text))
    return problems


def _places(door: Door, spec: LayerSpec, rows: "pd.DataFrame", shapes: Any, metric_crs: str) -> list[Problem]:
    assert spec.geometry != "none"
    checked, problems = check_shapes(shapes, spec.geometry)
    register = open_register(door.store, spec.id, metric_crs)
    if spec.id != door.divisions.named("county").layer:
        problems += [one for one in register.check_county(checked) if one.rule != "county-missing"]
    for name in register.fields:
        if name in rows:
            problems += register.check_codes(rows, checked, name)
    if spec.id in door.divisions.layers:
        problems += _overlapping(rows, metric_crs)
    problems += check_parcels(spec, rows, checked, metric_crs)
    if spec.id == _largest(door):
        problems += check_zone(checked, metric_crs)
    return problems


def _largest(door: Door) -> str | None:
    """The layer of the largest divisions that are published: one finding on the zone is enough."""
    current = door.store.currents()
    return next((layer for layer in door.divisions.layers if layer in current), None)


def _overlapping(rows: Any, metric_crs: str) -> list[Problem]:
    """Divisions of one level that share more than 1 m²."""
    problems = []
    for first, second, shared_m2 in overlaps(rows.geometry.to_crs(metric_crs).to_numpy()):
        text = (
            f"和 {rows['code'].iloc[first]}（{rows['name'].iloc[first]}）重叠 {number(shared_m2, 0)} 平方米。"
        )
        problems.append(Problem(second, "warning", "overlap", text))
    return problems


def _by_township(door: Door, spec: LayerSpec, rows: "pd.DataFrame") -> dict[str, int]:
    if spec.area_field is None or spec.area_field not in rows:
        return {}
    codes = rows[spec.area_field].dropna().astype(str)
    digits = door.divisions.named("township").digits
    townships = codes[codes.str.len() >= digits].str[:digits]
    return {str(code): int(count) for code, count in townships.value_counts().items()}
