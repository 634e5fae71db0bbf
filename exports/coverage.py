"""A coverage as a table to take away."""

from typing import TYPE_CHECKING, Any

from exports.tables import Column, Table
from geo.wording import number
from layers.planning.plans import DEMAND_TITLES
from layers.planning.results import finite

if TYPE_CHECKING:
    from layers.disclosure import Door, Viewer
    from layers.planning import Coverage

LENGTHS = {"m": "米", "min": "分钟"}


def coverage_table(door: "Door", viewer: "Viewer", given: "Coverage") -> Table:
    """Rows of a coverage with the shapes of their areas, as the viewer may see them; method and editions as notes."""
    plan = given.plan
    rows = [_cells(row, given) for row in given.rows]
    services = "、".join(door.catalog.layer(layer).title.zh for layer in plan.services)
    return Table(
        id="coverage",
        title=f"{services}覆盖_{plan.limit:g}{LENGTHS[plan.unit]}",
        columns=_columns(given),
        rows=rows,
        notes=tuple(_notes(door, given)),
        geometry=_shapes(door, viewer, door.divisions.named(plan.by).layer, [row.code for row in given.rows]),
    )


def _columns(given: "Coverage") -> tuple[Column, ...]:
    what, unit, length = DEMAND_TITLES[given.plan.demand], given.unit, LENGTHS[given.plan.unit]
    distance = "distance_m" if given.plan.unit == "m" else "minutes"
    columns = [
        Column("code", "区划代码"),
        Column("name", "名称"),
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


def _cells(row: Any, given: "Coverage") -> list[Any]:
    cells = [
        row.code, row.name, row.demand, row.covered, row.demand - row.covered, row.share, row.nearest, row.distance,
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
    yield "方法", given.method
    for note in given.notes:
        yield "注意", note
    for layer, edition in given.editions.items():
        yield f"版本 {door.catalog.layer(layer).title.zh}", edition
    yield "条件", given.plan.key
    yield "坐标系", "CGCS2000 经纬度（EPSG:4490）"


def _shapes(door: "Door", viewer: "Viewer", layer: str, codes: list[str]) -> Any:
    """Shapes of areas in the order of their codes; None for one that has none."""
    given = door.rows(layer, viewer)
    known = dict(zip(given.keys(), given.rows.geometry.to_numpy(), strict=True))
    return [known.get(code) for code in codes]
