"""Hotspots as a table to take away."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from exports.areas import shapes_of
from exports.tables import Column, Part, Table
from layers.language.tongue import Tongue
from layers.planning.cases import DISPUTES, chosen_rows
from layers.planning.results import finite
from layers.statements import Choice
from layers.statements.making import analysed

if TYPE_CHECKING:
    from layers.disclosure import Door, Viewer
    from layers.planning.hotspots import Hotspots
    from layers.planning.plans import HotspotPlan

ZH = Tongue("zh")
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
        Column("rate_smoothed", "每千人件数（平滑后）", "number"),
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
    shapes = shapes_of(door, viewer, given.plan.by, [row.code for row in given.rows])
    said = "，".join(choice.words(ZH) for choice in counted(door, viewer, given.plan))
    title = f"{given.title}（{said}）" if given.plan.conditions else given.title
    return Table(Part("hotspots", title, columns, rows, shapes), tuple(_notes(door, given, said)))


def counted(door: "Door", viewer: "Viewer", plan: "HotspotPlan") -> tuple[Choice, ...]:
    """Which disputes a plan counts; nothing is said of published counts."""
    spec = door.catalog.layer(DISPUTES)
    if door.access(spec, viewer) == "counts":
        return ()
    return analysed(door.catalog, spec, chosen_rows(plan))


def _notes(door: "Door", given: "Hotspots", said: str) -> Iterator[tuple[str, str]]:
    yield "题目", given.title
    yield "方法", given.method
    if said:
        yield "筛选", said
    if given.note:
        yield "注意", given.note
    for layer, edition in given.editions.items():
        yield f"版本 {door.catalog.layer(layer).title.zh}", edition
    yield "条件", given.plan.key
    yield "坐标系", "CGCS2000 经纬度（EPSG:4490）"
