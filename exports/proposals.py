"""Proposed centres as a table to take away."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import shapely

from exports.tables import Column, Part, Table
from geo.wording import number, proportion

if TYPE_CHECKING:
    from layers.disclosure import Door
    from layers.planning import Proposal

NEW, STAYS = "新增", "现有"


def proposal_table(door: "Door", given: "Proposal") -> Table:
    """The new centres in their order, then the existing ones; method and editions as notes."""
    sites: list[Any] = [*given.chosen, *given.fixed]
    rows = [[NEW, site.code, site.name, site.lon, site.lat, site.gain] for site in given.chosen]
    rows += [[STAYS, site.code, site.name, site.lon, site.lat, None] for site in given.fixed]
    services = "、".join(door.catalog.layer(layer).title.zh for layer in given.plan.coverage.services)
    columns = (
        Column("kind", "类别"),
        Column("code", "编号"),
        Column("name", "名称"),
        Column("lon", "经度", "number"),
        Column("lat", "纬度", "number"),
        Column("gain", "增益", "number"),
    )
    title = f"{services}选址_新增{len(given.chosen)}处"
    spots = shapely.points([[site.lon, site.lat] for site in sites])
    return Table(Part("sites", title, columns, rows, spots), tuple(_notes(door, given)))


def _notes(door: "Door", given: "Proposal") -> Iterator[tuple[str, str]]:
    before = "没有" if given.before is None else number(given.before, 0)
    yield "结果", f"{number(given.value, 0)} {given.unit}（原来 {before}，界 {number(given.bound, 0)}）"
    yield "最优", "已证明" if given.optimal else f"未证明，差距不超过 {proportion(given.gap, 2)}"
    yield "方法", given.method
    for note in given.notes:
        yield "注意", note
    for layer, edition in given.editions.items():
        yield f"版本 {door.catalog.layer(layer).title.zh}", edition
    yield "条件", given.plan.key
    yield "坐标系", "CGCS2000 经纬度（EPSG:4490）"
