"""An accessibility as a table to take away."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from exports.areas import shapes_of
from exports.tables import Column, Part, Table
from geo.wording import number
from layers.planning.plans import DEMAND_TITLES
from layers.planning.results import finite

if TYPE_CHECKING:
    from layers.disclosure import Door, Viewer
    from layers.planning.access import Accessibility


def access_table(door: "Door", viewer: "Viewer", given: "Accessibility") -> Table:
    """Rows of an accessibility with the shapes of their areas, as the viewer may see them; method and editions as notes."""
    services = "、".join(door.catalog.layer(layer).title.zh for layer in given.plan.services)
    columns = (
        Column("code", "区划代码"),
        Column("name", "名称"),
        Column("demand", f"{DEMAND_TITLES[given.plan.demand]}/{given.unit}", "number"),
        Column("access", f"可达性（{given.rate_unit}）", "number"),
        Column("without", f"可达性为 0/{given.unit}", "number"),
    )
    rows = [[row.code, row.name, finite(row.demand), finite(row.access), row.without] for row in given.rows]
    shapes = shapes_of(door, viewer, given.plan.by, [row.code for row in given.rows])
    return Table(Part("access", f"{services}可达性", columns, rows, shapes), tuple(_notes(door, given)))


def _notes(door: "Door", given: "Accessibility") -> Iterator[tuple[str, str]]:
    yield (
        "结果",
        f"平均 {number(given.mean, 2)} {given.rate_unit}，可达性为 0 的 {number(given.without, 0)} {given.unit}",
    )
    yield "方法", given.method
    for note in given.notes:
        yield "注意", note
    for layer, edition in given.editions.items():
        yield f"版本 {door.catalog.layer(layer).title.zh}", edition
    yield "条件", given.key
    yield "坐标系", "CGCS2000 经纬度（EPSG:4490）"
