"""Where a new centre could be: the seat of every village, places of the demand, or those of a list."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely

from geo.amounts import SHOWN, listed
from geo.errors import ArgumentError, PositionsError
from geo.files import Ask, read
from geo.phrases import Phrase, say
from layers.disclosure import Door, Viewer
from layers.divisions import Divisions
from layers.intake.headings import known_headings, match
from layers.intake.places import locate
from layers.planning.centres import degrees_of
from layers.planning.demand import VILLAGES
from layers.planning.naming import place_title
from layers.planning.plans import Candidate
from layers.planning.reached import Reached
from layers.spec import LayerSpec

if TYPE_CHECKING:
    from geo.files import FileTable
    from layers.intake.headings import Match

SETTLEMENTS = "settlements"
SEATS = ("county_town", "township_seat", "village_seat")


def village_sites(door: Door, viewer: Viewer, code: str) -> tuple[tuple[Candidate, ...], Phrase]:
    """One place a village, and what it is in Chinese: its most populous seat among the settlements, or, where it
    has none, a point in the middle of its area.

    Raises:
        UnknownEditionError: no villages yet. ArgumentError: none in that area.
    """
    villages = door.rows(VILLAGES, viewer).rows
    villages = villages[villages["code"].str.startswith(code) & ~villages.geometry.isna()]
    if not len(villages):
        raise ArgumentError("区划 {code} 里没有村，没有候选地点。", code=code)
    seats = _seats(door, viewer)
    middles = villages.geometry.representative_point()
    places = [seats.get(village, middle) for village, middle in zip(villages["code"], middles, strict=True)]
    taken = int(villages["code"].isin(seats).sum())
    words = say(
        "候选为 {n} 个村的地点（{seats} 个用村委会驻地，{middles} 个用村内代表点）",
        n=len(villages), seats=taken, middles=len(villages) - taken,
    )  # fmt: skip
    rows = zip(villages["code"], villages["name"], places, strict=True)
    return tuple(_candidate(code, name, place) for code, name, place in rows), words


def demand_sites(
    reached: Reached, rows: Any, name_of: Callable[[str], str], divisions: Divisions
) -> tuple[Candidate, ...]:
    """Some points of a demand, named within their villages."""
    own, demand = reached.rows[rows], reached.demand
    villages = [divisions.cut(code, "village") for code in demand.codes[demand.area[rows]].tolist()]
    names = zip(villages, reached.basis.names[own].tolist(), strict=True)
    return tuple(
        Candidate(code, place_title(name_of(village), name), lon, lat)
        for code, (village, name), (lon, lat) in zip(
            reached.basis.keys[own].tolist(), names, degrees_of(demand.xy[rows], reached.crs).tolist(), strict=True
        )
    )  # fmt: skip


def listed_sites(
    spec: LayerSpec, file: Path, *, scratch: Path | None = None, crs: str | None = None
) -> tuple[Candidate, ...]:
    """Candidates of a file, read as an import into a point layer is: 编号, 名称, 经度, 纬度, or points.

    Args:
        spec: the layer whose headings are understood.
        crs: what a person says the coordinates are, as for an import.
    Raises:
        InputError and its kinds: the file cannot be read. CrsError: coordinates of no known system.
        PositionsError: rows without a place, or no places at all.
    """
    table = read(file, Ask(None, None, known_headings(spec, {}), "point"), scratch=scratch)
    matched = match(spec, table.columns.column_names, {})
    places = locate(table, matched, crs)
    if places is None:
        raise PositionsError("{file} 里没有位置，需要“经度”和“纬度”两列，或点图形。", file=file.name)
    shapes = [
        None if shape is None or shape.is_empty else shapely.point_on_surface(shape)
        for shape in places.shapes
    ]
    lost = [str(row) for row, shape in zip(table.rows, shapes, strict=True) if shape is None]
    if lost:
        raise PositionsError(
            "{file} 有 {count} 行没有位置，如第 {rows} 行。补上，或删去这些行。",
            file=file.name, count=len(lost), rows=listed(lost[:SHOWN]),
        )  # fmt: skip
    codes, names = _texts(table, matched, spec.key), _texts(table, matched, "name")
    return tuple(
        _candidate(code or f"候选{row}", name or code or f"候选{row}", shape)
        for row, code, name, shape in zip(table.rows, codes, names, shapes, strict=True)
    )


def _seats(door: Door, viewer: Viewer) -> dict[str, Any]:
    if SETTLEMENTS not in door.catalog.layers or door.store.current(SETTLEMENTS) is None:
        return {}
    rows = door.rows(SETTLEMENTS, viewer).rows
    rows = rows[rows["kind"].isin(SEATS) & ~rows.geometry.isna()]
    largest = rows.sort_values(["population", "code"], ascending=[False, True]).drop_duplicates(
        "village_code"
    )
    return dict(zip(largest["village_code"], largest.geometry, strict=True))


def _candidate(code: str, name: str, place: Any) -> Candidate:
    return Candidate(str(code), str(name), float(place.x), float(place.y))


def _texts(table: "FileTable", matched: "Match", field: str) -> list[str]:
    heading = matched.fields.get(field)
    if heading is None:
        return [""] * len(table.rows)
    return [
        "" if value is None else str(value).strip() for value in table.columns.column(heading).to_pylist()
    ]
