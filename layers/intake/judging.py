"""Everything that is checked of a table before it may be published."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.checks import Problem, check_shapes
from geo.errors import CrsError
from geo.files import FileTable
from layers.days import TIME_ZONE
from layers.editions import Store
from layers.editions.schema import STORED_CRS, empty_column, to_storage
from layers.intake.columns import Columns, check_columns, coerce_columns
from layers.intake.findings import Finding, Rows, to_findings
from layers.intake.headings import Match, field_title
from layers.intake.merge import Merged, area_of, merge, with_old_values
from layers.intake.options import ImportOptions
from layers.intake.parcels import check_parcels
from layers.intake.places import Places, Shapes, locate
from layers.intake.register import Register, open_register
from layers.intake.roads import ROADS, check_ends
from layers.intake.zeros import check_zeros
from layers.intake.zone import check_zone
from layers.spec import LayerSpec

NO_PLACE = "文件里没有几何，也没有认得的坐标列（如 经度、纬度）。改列名，或换一个带位置的文件。"


@dataclass(frozen=True)
class Verdict:
    """The findings, where the rows lie, and the merged rows in storage form (None when it did not come to
    that); ``period`` is what all rows give as theirs.
    """

    match: Match
    findings: tuple[Finding, ...]
    places: Places | None
    merged: Merged | None
    period: str | None

    @property
    def blocked(self) -> bool:
        return any(finding.severity == "blocking" for finding in self.findings)


@dataclass(frozen=True)
class Judge:
    """Judges tables for one layer. ``existing`` are its current rows, None when there are none."""

    store: Store
    spec: LayerSpec
    options: ImportOptions
    metric_crs: str
    existing: Any
    time_zone: str = TIME_ZONE

    def judge(self, table: FileTable, match: Match) -> Verdict:
        """All findings of a table, and the rows that would be published."""
        columns = coerce_columns(self.spec, self.store.catalog, table, match, self.time_zone)
        problems = [*match.problems, *columns.problems, *check_zeros(self.spec, columns.rows, self.existing)]
        try:
            places = None if self.spec.geometry == "none" else locate(table, match, self.options.crs)
        except CrsError as error:
            problems.append(Problem(None, "blocking", error.code, str(error), error.remedy))
            return Verdict(match, _findings(problems, table, columns, None), None, None, None)
        rows, shapes = self._with_old_values(columns.rows, places)
        if shapes is not None:
            shapes, found = self._check_places(shapes, places)
            problems += found
            rows, found = self._check_codes(rows, shapes, match)
            problems += found
        if self.spec.id == ROADS and shapes is not None:
            beside = self.existing if self._adds_to_rows else None
            problems += check_ends(rows, shapes, beside, self.metric_crs)
        if shapes is not None and not any(problem.severity == "blocking" for problem in problems):
            problems += check_parcels(self.spec, rows, shapes, self.metric_crs)
        problems += check_columns(self.spec, match, rows, upsert=self._adds_to_rows)
        merged = None
        if not any(problem.severity == "blocking" for problem in problems):
            merged, found = self._merge(rows, shapes)
            problems += found
            problems += [] if self._adds_to_rows else self._emptied(match, rows)
        findings = _findings(problems, table, columns, shapes)
        return Verdict(match, findings, places, merged, _period_of(self.spec, rows))

    @property
    def _adds_to_rows(self) -> bool:
        return self.options.mode == "upsert" and self.existing is not None

    def _with_old_values(
        self, read: "pd.DataFrame", places: Places | None
    ) -> "tuple[pd.DataFrame, Shapes | None]":
        """All declared columns, and the shapes (None for layers without geometry); when rows are added to
        existing ones, what the file leaves empty is taken from there.
        """
        rows = _with_fields(self.spec, read)
        if self.spec.geometry == "none":
            return (with_old_values(self.spec, rows, self.existing) if self._adds_to_rows else rows), None
        shapes = np.full(len(rows), None, dtype=object) if places is None else places.shapes
        if self._adds_to_rows and self.spec.key in read:
            placed = gpd.GeoDataFrame(rows, geometry=shapes, crs=STORED_CRS)
            placed = with_old_values(self.spec, placed, self.existing)
            return placed.drop(columns="geometry"), placed["geometry"].to_numpy()
        return rows, shapes

    def _check_places(self, shapes: Shapes, places: Places | None) -> tuple[Shapes, list[Problem]]:
        assert self.spec.geometry != "none"
        known = [] if places is None else list(places.problems)
        if places is None and shapely.is_missing(shapes).any():
            return shapes, [Problem(None, "blocking", "geometry-missing", NO_PLACE)]
        checked, found = check_shapes(shapes, self.spec.geometry)
        lost = {problem.position for problem in known}
        problems = known + [one for one in found if one.position not in lost]
        divisions = self.store.catalog.divisions
        if self.spec.id != divisions.named("county").layer:
            problems += self._register.check_county(checked)
        if self.spec.id in divisions.layers:
            problems += check_zone(checked, self.metric_crs)
        return checked, problems

    def _check_codes(
        self, rows: "pd.DataFrame", shapes: Shapes, match: Match
    ) -> "tuple[pd.DataFrame, list[Problem]]":
        names = [name for name in self._register.fields if self.spec.has(name)]
        filled, problems = self._register.fill_codes(rows, shapes, names)
        for name in names:
            if name in match.fields:
                problems += self._register.check_codes(rows, shapes, name)
        return filled, problems

    def _merge(self, rows: "pd.DataFrame", shapes: Shapes | None) -> tuple[Merged | None, list[Problem]]:
        placed = rows if shapes is None else gpd.GeoDataFrame(rows, geometry=shapes, crs=STORED_CRS)
        incoming = to_storage(self.spec, placed)
        area, mode = self.options.area, self.options.mode
        if area is not None:
            outside = int((~area_of(self.spec, incoming, area)).sum())
            if outside:
                text = f"{outside} 行不在 {area} 里。去掉这些行，或换一个区域。"
                return None, [Problem(None, "blocking", "outside-area", text, "area")]
        merged = merge(self.spec, incoming, self.existing, mode=mode or "replace", area=area)
        if mode is None and merged.removed:
            text = (
                f"图层里有 {merged.removed} 行是文件里没有的，整体替换会删去它们。"
                "要指明是整体替换，还是只增加和修改。"
            )
            return merged, [Problem(None, "blocking", "rows-removed", text, "mode")]
        return merged, []

    def _emptied(self, match: Match, rows: "pd.DataFrame") -> list[Problem]:
        """Fields that the file lacks and whose values a replacement takes away."""
        if self.existing is None:
            return []
        replaced = self.existing[self.existing[self.spec.key].isin(rows[self.spec.key])]
        problems = []
        for one in self.spec.fields:
            count = int(replaced[one.name].notna().sum())
            if one.name not in match.fields and count and rows[one.name].isna().all():
                text = (
                    f"文件里没有“{field_title(one)}”，替换会清空原有的 {count} 个值。要保留就只增加和修改。"
                )
                problems.append(Problem(None, "warning", "optional-empty", text, "upsert"))
        return problems

    @cached_property
    def _register(self) -> Register:
        return open_register(self.store, self.spec.id, self.metric_crs)


def _with_fields(spec: LayerSpec, rows: "pd.DataFrame") -> "pd.DataFrame":
    """The rows with an empty column for every field that the file does not have."""
    missing = {one.name: empty_column(one.type, rows.index) for one in spec.fields if one.name not in rows}
    return pd.concat([rows, pd.DataFrame(missing, index=rows.index)], axis=1) if missing else rows


def _findings(
    problems: list[Problem], table: FileTable, columns: Columns, shapes: Shapes | None
) -> tuple[Finding, ...]:
    """Problems as findings, with the rows they are about, after what the reader noticed by itself."""
    noted = [
        Finding("warning", note.rule, note.row, None, None, note.message, remedy=note.remedy)
        for note in table.facts.notes
    ]
    rows = Rows(table.rows, columns.codes, columns.names, shapes)
    found = to_findings(problems, rows)
    blocking = [finding for finding in found if finding.severity == "blocking"]
    return (*blocking, *noted, *found[len(blocking) :])


def _period_of(spec: LayerSpec, rows: "pd.DataFrame") -> str | None:
    """The period that all rows speak of, when the layer has such a column and it says the same everywhere; that of a
    census is its people's alone."""
    if spec.people_period == "period":
        return None
    if "period" not in rows or rows["period"].nunique(dropna=False) != 1 or rows["period"].isna().iloc[0]:
        return None
    return str(rows["period"].iloc[0])
