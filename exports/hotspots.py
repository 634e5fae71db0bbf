"""Hotspots as a table to take away."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from exports.tables import Column, Part, Table
from layers.planning.results import finite

if TYPE_CHECKING:
    from layers.disclosure import Door, Viewer
    from layers.planning.hotspots import Hotspots

CLASSES = {"hot": "热点", "cold": "冷点", "none": "不显著"}
TRENDS = {
    "none": "", "new": "新增", "consecutive": "连续", "intensifying": "加强", "persistent": "持续", "diminishing": "减弱",
    "sporadic": "零星", "historical": "曾经",
}  # fmt: skip


def hotspot_table(door: "Door", viewer: "Viewer", given: "Hotspots") -> Table:
    """Rows of a hotspot analysis with the shapes of their areas; method and editions as notes."""
    columns = (
        Column("code", "区划代码"),
        Column("name", "名称"),
        Column("people", "人口/人", "number"),
        Column("n", "件数", "number"),
        Column("rate", "每千人件数", "number"),
        Column("rate_smoothed", "每千人件数（平滑）", "number"),
        Column("z", "z", "number"),
        Column("p", "p", "number"),
        Column("q", "q", "number"),
        Column("class", "类别"),
        Column("trend", "趋势"),
    )
    rows = [
        [
            row.code, row.name, finite(row.people), row.n, row.rate, row.smoothed, row.z, row.p, row.q,
            CLASSES[row.side], TRENDS[row.trend] or None,
        ]
        for row in given.rows
    ]  # fmt: skip
    areas = door.rows(door.divisions.named(given.plan.by).layer, viewer)
    shapes = dict(zip(areas.keys(), areas.rows.geometry.to_numpy(), strict=True))
    shapes_of_rows = [shapes.get(row.code) for row in given.rows]
    return Table(Part("hotspots", given.title, columns, rows, shapes_of_rows), tuple(_notes(door, given)))


def _notes(door: "Door", given: "Hotspots") -> Iterator[tuple[str, str]]:
    yield "题目", given.title
    yield "方法", given.method
    if given.note:
        yield "注意", given.note
    for layer, edition in given.editions.items():
        yield f"版本 {door.catalog.layer(layer).title.zh}", edition
    yield "条件", given.plan.key
    yield "坐标系", "CGCS2000 经纬度（EPSG:4490）"
