"""Where the rows of a file lie: geometry in EPSG:4490, and how that was found out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

from geo.checks import Problem, flattened
from geo.crs import (
    STORED,
    Declared,
    bd09_to_wgs84,
    gcj02_to_wgs84,
    identify,
    matching_zone,
    parse_declared,
    zone_of,
)
from geo.errors import CrsError, CrsMissingError
from geo.files import FileTable, parse_degrees, parse_metres
from layers.intake.headings import Match

Shapes = NDArray[Any]
Numbers = NDArray[np.float64]

DEGREES = ("EPSG:4490", "EPSG:4326")
NORTHINGS_M = (2_000_000.0, 6_200_000.0)
"""Northings of China, from the South China Sea to the Amur."""
MOST_DEGREES = 360.0
TITLES = {"EPSG:4490": "CGCS2000 经纬度", "EPSG:4326": "WGS84 经纬度"}


@dataclass(frozen=True)
class Places:
    """Geometries (EPSG:4490 degrees, None where missing) of the rows of a file, and what the results say of
    their CRS: as the file declares it (None: not at all), as it was used, and why.
    """

    shapes: Shapes
    declared: str | None
    used: str
    evidence: str
    problems: tuple[Problem, ...] = ()


def locate(table: FileTable, match: Match, asked: str | None) -> Places | None:
    """Places of the rows, from the file's geometry or its coordinate columns; None when it has neither.

    ``asked`` is what a person said and wins over what the file says.

    Raises:
        ArgumentError: ``asked`` is no CRS.
        CrsError, CrsMissingError: the CRS is unknown, missing, unfit, or contradicts the coordinates.
    """
    given = None if asked is None else parse_declared(asked)
    if table.wkb is not None:
        return _from_wkb(table, given)
    if match.place:
        return _from_columns(table, match, given)
    return None


def _from_wkb(table: FileTable, given: Declared | None) -> Places:
    assert table.wkb is not None
    raw = table.wkb.to_numpy(zero_copy_only=False)
    shapes = np.asarray(shapely.from_wkb(raw, on_invalid="ignore"), dtype=object)
    present = ~np.asarray(table.wkb.is_null().to_numpy(zero_copy_only=False))
    lost = np.flatnonzero(present & shapely.is_missing(shapes))
    problems = tuple(
        Problem(int(at), "blocking", "geometry-unreadable", "几何读不出来，可能已损坏。") for at in lost
    )
    said, declared, evidence = _declared(table, given)
    if said.crs not in DEGREES and _looks_swapped(*_middle(shapes)):
        problems += (
            Problem(
                None,
                "blocking",
                "coordinates-swapped",
                "平面坐标的 X、Y 对调了：X 应是东坐标。交换后重新导出。",
            ),
        )
        shapes = shapely.transform(shapes, lambda pairs: pairs[:, ::-1])
    said, fitted = _fit(said, _middle(shapes))
    evidence += fitted
    moved = _to_stored(shapes, said)
    return Places(moved, declared, said.label, evidence, problems)


def _declared(table: FileTable, given: Declared | None) -> tuple[Declared, str | None, str]:
    """The CRS to use, the one that the file declares, and why."""
    facts = table.facts
    if given is None:
        found = identify(facts.crs)
        return found, found.label, f"{facts.crs_said}：{_title(found)}"
    if facts.crs is None:
        return given, None, f"按指明的：{_title(given)}；文件没有写坐标系"
    try:
        declared = identify(facts.crs).label
    except CrsError:
        declared = facts.crs[:80]
    contrary = "" if declared == given.label else f"；文件写的是 {declared}，没有采用"
    return given, declared, f"按指明的：{_title(given)}{contrary}"


def _from_columns(table: FileTable, match: Match, given: Declared | None) -> Places:
    east, north, unreadable = _numbers(table, match, given)
    heading = "、".join(match.place)
    if given is None:
        said, evidence = _by_headings(east, north, heading)
        declared = None
    else:
        said, declared, evidence = given, None, f"按指明的：{_title(given)}"
    if said.crs not in DEGREES:
        east, north, swapped = _east_first(east, north)
        evidence += "；X 列是北坐标、Y 列是东坐标（测绘习惯）" if swapped else ""
        said, fitted = _fit(said, (_median(east), _median(north)))
        evidence += fitted
    else:
        said, fitted = _fit(said, (_median(east), _median(north)))
    return Places(_to_stored(_points(east, north), said), declared, said.label, evidence, unreadable)


def _numbers(
    table: FileTable, match: Match, given: Declared | None
) -> tuple[Numbers, Numbers, tuple[Problem, ...]]:
    texts = [_texts(table.columns.column(heading)) for heading in match.place]
    if len(texts) == 1:
        pairs = [_split(text) for text in texts[0]]
        texts = [[pair[0] for pair in pairs], [pair[1] for pair in pairs]]
    metres = given is not None and given.crs not in DEGREES
    both = []
    for column in texts:
        plain = parse_metres(column)
        large = np.nanmax(np.abs(plain), initial=0.0) > MOST_DEGREES
        both.append(plain if metres or large else parse_degrees(column))
    east, north = both
    problems = []
    for at in np.flatnonzero(np.isnan(east) | np.isnan(north)):
        written = [column[at] for column in texts]
        if any(text is not None and text.strip() for text in written):
            said = "，".join("（空）" if text is None else text[:40] for text in written)
            problems.append(Problem(int(at), "blocking", "geometry-unreadable", f"坐标读不懂：{said}。"))
    return east, north, tuple(problems)


def _by_headings(east: Numbers, north: Numbers, heading: str) -> tuple[Declared, str]:
    """Degrees under headings of degrees need no CRS; metres do.

    Raises:
        CrsMissingError: plane coordinates and nobody has said in which zone.
    """
    if max(np.nanmax(np.abs(east), initial=0.0), np.nanmax(np.abs(north), initial=0.0)) <= MOST_DEGREES:
        text = f"列“{heading}”是经纬度（度），没有另外说明，按 CGCS2000/WGS84；手机地图上取的点要指明 gcj02 或 bd09"
        return Declared(STORED), text
    first, _, _ = _east_first(east, north)
    zone = matching_zone(_median(first))
    hint = "六位的东坐标看不出是哪一带，要指明，例如 3 度带中央经线 111° 是 EPSG:4546。"
    if zone is not None:
        hint = f"东坐标以 {zone.number} 开头，像是{zone.title}；确认后指明 EPSG:{zone.epsg}。"
    raise CrsMissingError(
        "列“{heading}”是平面坐标，文件没有写坐标系。{hint}", remedy="crs", heading=heading, hint=hint
    )


def _east_first(a: Numbers, b: Numbers) -> tuple[Numbers, Numbers, bool]:
    """The eastings first: in surveying X is north, and only northings have seven digits."""
    return (b, a, True) if _looks_swapped(_median(a), _median(b)) else (a, b, False)


def _looks_swapped(east: float, north: float) -> bool:
    low, high = NORTHINGS_M
    return low <= east <= high and not low <= north <= high


def _fit(said: Declared, middle: tuple[float, float]) -> tuple[Declared, str]:
    """The CRS that fits the coordinates: a zone with or without its number before the easting.

    Raises:
        CrsError: the coordinates contradict the CRS.
    """
    east, north = middle
    if np.isnan(east):
        return said, ""
    if said.crs in DEGREES:
        if max(abs(east), abs(north)) > MOST_DEGREES:
            raise CrsError(
                "坐标系写的是经纬度，坐标却像平面坐标（{east:.0f}, {north:.0f}）。问清楚后指明是哪一带，如 EPSG:4546。", remedy="crs",
                east=float(east), north=float(north),
            )  # fmt: skip
        return said, ""
    if max(abs(east), abs(north)) <= MOST_DEGREES:
        raise CrsError(
            "坐标系写的是平面坐标 {crs}，坐标却像经纬度（{east:.4f}, {north:.4f}）。问清楚后指明，如 EPSG:4490、gcj02。", remedy="crs",
            crs=said.label, east=float(east), north=float(north),
        )  # fmt: skip
    return _fit_zone(said, float(east))


def _fit_zone(said: Declared, east: float) -> tuple[Declared, str]:
    code = said.crs.removeprefix("EPSG:")
    zone = zone_of(int(code)) if code.isdigit() else None
    if zone is None:
        return said, ""
    found = matching_zone(east)
    if found is None:
        return (said, "") if not zone.prefixed else (
            Declared(f"EPSG:{zone.with_prefix(False).epsg}"), f"；东坐标 {east:.0f} 不带带号，按{zone.with_prefix(False).title}"
        )  # fmt: skip
    if found.central_meridian != zone.central_meridian:
        raise CrsError(
            "坐标系写的是{said}，东坐标却以 {number} 开头，是{found}。问清楚后指明坐标系。", remedy="crs",
            said=zone.title, number=found.number, found=found.title,
        )  # fmt: skip
    if zone.prefixed and zone.number == found.number:
        return said, ""
    return Declared(f"EPSG:{found.epsg}"), f"；东坐标带有带号 {found.number}，按{found.title}"


def _to_stored(shapes: Shapes, said: Declared) -> Shapes:
    flat = flattened(shapes)
    if said.shift != "none":
        back = gcj02_to_wgs84 if said.shift == "gcj02" else bd09_to_wgs84
        moved = shapely.transform(flat, lambda pairs: np.column_stack(back(pairs[:, 0], pairs[:, 1])))
        return np.asarray(moved, dtype=object)
    if said.crs in DEGREES:
        return flat

    transformer = Transformer.from_crs(said.crs, STORED, always_xy=True)
    moved = shapely.transform(
        flat, lambda pairs: np.column_stack(transformer.transform(pairs[:, 0], pairs[:, 1]))
    )
    return np.asarray(moved, dtype=object)


def _points(east: Numbers, north: Numbers) -> Shapes:
    present = ~(np.isnan(east) | np.isnan(north))
    shapes = np.full(len(east), None, dtype=object)
    shapes[present] = shapely.points(east[present], north[present])
    return shapes


def _middle(shapes: Shapes) -> tuple[float, float]:
    bounds = shapely.bounds(shapes)
    return _median((bounds[:, 0] + bounds[:, 2]) / 2), _median((bounds[:, 1] + bounds[:, 3]) / 2)


def _median(values: Numbers) -> float:
    present = values[np.isfinite(values)]
    return float(np.median(present)) if len(present) else float("nan")


def _texts(column: "pa.ChunkedArray") -> list[str | None]:
    return column.to_pylist() if pa.types.is_string(column.type) else [None if v is None else repr(v) for v in column.to_pylist()]  # fmt: skip


def _split(text: str | None) -> Sequence[str | None]:
    parts = [part for part in re.split(r"[,，;；\s]+", text.strip()) if part] if text else []
    return parts if len(parts) == 2 else (text, None)


def _title(said: Declared) -> str:
    if said.shift != "none":
        return {"gcj02": "GCJ-02（高德、腾讯）", "bd09": "BD-09（百度）"}[said.shift]
    code = said.crs.removeprefix("EPSG:")
    zone = zone_of(int(code)) if code.isdigit() else None
    if zone is not None:
        return zone.title
    return f"{TITLES[said.crs]}（{said.crs}）" if said.crs in TITLES else said.crs[:80]
