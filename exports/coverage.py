"""A coverage as a table to take away."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from exports.areas import shapes_of
from exports.tables import Column, Part, Table
from geo.errors import UnknownAreaError
from geo.wording import number
from layers.planning import plans
from layers.planning.plans import DEMAND_TITLES
from layers.planning.results import finite

if TYPE_CHECKING:
    from layers.disclosure import Door, Viewer
    from layers.planning import Coverage
    from layers.planning.planning import Planning
    from layers.planning.results import Gap

LENGTHS = {"m": "米", "min": "分钟"}
GAPS = "空白片区"


def coverage_table(planning: "Planning", viewer: "Viewer", given: "Coverage") -> Table:
    """Rows of a coverage with the shapes of their areas, as the viewer may see them; proposed centres and gaps as
    further parts; method and editions as notes.

    Raises:
        As ``Planning.coverage``.
    """
    plan, door = given.plan, planning.door
    services = "、".join(door.catalog.layer(layer).title.zh for layer in plan.services)
    codes = [row.code for row in given.rows]
    townships = None if plan.by == "township" else planning.areas.name_within
    main = Part(
        "coverage",
        f"{services}覆盖_{plan.limit:g}{LENGTHS[plan.unit]}",
        _columns(given),
        [_cells(row, given, townships) for row in given.rows],
        shapes_of(door, viewer, plan.by, codes),
    )
    notes = list(_notes(door, given))
    try:
        found = planning.gaps(viewer, plan)
    except UnknownAreaError as error:
        return Table(main, (*notes, (GAPS, str(error))))
    more = (*([_proposed(given, found.gains)] if plan.placed else []), _gaps(given, found.gaps))
    return Table(main, tuple(notes), more)


def _proposed(given: "Coverage", gains: Sequence[float | None]) -> Part:
    """The proposed centres by their numbers."""
    columns = (
        Column("number", "编号", "number"), Column("lon", "经度", "number"), Column("lat", "纬度", "number"),
        Column("gain", f"新增覆盖/{given.unit}", "number"),
    )  # fmt: skip
    placed = given.plan.placed
    rows = [
        [number, lon, lat, gain]
        for number, ((lon, lat), gain) in enumerate(zip(placed, gains, strict=True), start=1)
    ]
    return Part("proposed", "拟建点", columns, rows, shapely.points(placed))


def _gaps(given: "Coverage", found: "Sequence[Gap]") -> Part:
    """Places that lie together without being reached, as their hulls."""
    length, unsought = LENGTHS[given.plan.unit], f"没有算：只算人最多的前{plans.MOST_SITES}片"
    columns = (
        Column("rank", "名次", "number"), Column("name", "名称"), Column("township", "所属乡镇"),
        Column("uncovered", f"未覆盖/{given.unit}", "number"), Column("farthest", f"最远/{length}", "number"),
        Column("nearest", "最近的中心"), Column("nearest_way", f"离最近的中心/{length}", "number"),
        Column("site", "建议位置"), Column("gain", f"新增/{given.unit}", "number"), Column("site_note", "没有建议位置的原因"),
    )  # fmt: skip
    rows = [
        [
            gap.rank, gap.name, gap.township[1], gap.people, finite(gap.farthest),
            *((gap.nearest.name, gap.nearest.way) if gap.nearest else (None, None)),
            *((gap.site.title, gap.site.gain, None) if gap.site else (None, None, unsought)),
        ]
        for gap in found
    ]  # fmt: skip
    return Part("gaps", GAPS, columns, rows, np.array([gap.geometry for gap in found], dtype=object))


def _columns(given: "Coverage") -> tuple[Column, ...]:
    what, unit, length = DEMAND_TITLES[given.plan.demand], given.unit, LENGTHS[given.plan.unit]
    distance = "distance_m" if given.plan.unit == "m" else "minutes"
    columns = [
        Column("code", "区划代码"),
        Column("name", "名称"),
        *([] if given.plan.by == "township" else [Column("township", "所属乡镇")]),
        Column("demand", f"{what}/{unit}", "number"),
        Column("covered", f"已覆盖/{unit}", "number"),
        Column("uncovered", f"未覆盖/{unit}", "number"),
        Column("share", "覆盖率", "number", ("covered", "demand"), unit),
        Column("nearest", "最近的中心"),
        Column(distance, f"到最近中心（平均）/{length}", "number"),
        Column("second", "次近的中心"),
        Column(f"second_{distance}", f"到次近中心（平均）/{length}", "number"),
        Column("needed_all", f"全部覆盖需要/{length}", "number"),
    ]
    if given.plan.placed or given.plan.closed:
        columns.append(Column("gain", f"比现状增加/{unit}", "number"))
    return tuple(columns)


def _cells(row: Any, given: "Coverage", name_within: Callable[[str, str], str] | None) -> list[Any]:
    """``name_within`` tells the township, where there is one above."""
    township = [] if name_within is None else [name_within(row.code, "township")]
    cells = [
        row.code, row.name, *township, row.demand, row.covered, row.demand - row.covered, row.share, row.nearest, row.distance,
        row.second, row.second_distance, row.needed_all,
    ]  # fmt: skip
    if given.plan.placed or given.plan.closed:
        cells.append(given.gain.get(row.code, 0.0))
    return [_plain(cell) for cell in cells]


def _plain(cell: Any) -> Any:
    """The cell itself; None for an empty text and for numbers that are infinite or undefined."""
    if isinstance(cell, float):
        return finite(cell)
    return cell or None


def _notes(door: "Door", given: "Coverage") -> Any:
    yield "结果", f"{number(given.covered, 0)} / {number(given.total, 0)} {given.unit}"
    if given.nobody:
        yield "结果", given.nobody
    yield "方法", given.method
    for note in given.notes:
        yield "注意", note
    for layer, edition in given.editions.items():
        yield f"版本 {door.catalog.layer(layer).title.zh}", edition
    yield "条件", given.plan.key
    yield "坐标系", "CGCS2000 经纬度（EPSG:4490）"
