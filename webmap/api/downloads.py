"""Files to take away: a layer as the viewer may see it, and the empty sheet to fill in."""

import io
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote

from flask import Response
from pydantic import Field

from exports.rows import FORMATS, Extract
from layers.disclosure import Disclosed, RowFilter
from layers.disclosure.tables import order
from layers.editions.manifest import source_of
from layers.language.tongue import Tongue
from layers.statements import Statement, statement_of
from webmap.api import blueprint
from webmap.api.answers import disclosed
from webmap.api.operations import Operation
from webmap.api.query import Filters, asked, kind_of_file
from webmap.service import the_county
from webmap.viewer import current_viewer

if TYPE_CHECKING:
    from collections.abc import Iterator

XLSX = FORMATS["xlsx"][0]
KINDS = tuple(kind for kind, _ in FORMATS.values())
DEMO = "演示数据，不是真实情况"
ZH = Tongue("zh")
MOST_WORDS = 40
"""Letters of a text that somebody typed in the name of a file."""


class ExportQuery(Filters):
    format: Annotated[str, kind_of_file(FORMATS)] = Field("xlsx", description="Kind of file")
    sort: str = Field("", description="Columns, a minus turns one round: -area_mu,name")


@blueprint.get("/api/layers/<layer_id>/export", endpoint="layer_export")
@Operation(asks=ExportQuery, kinds=KINDS)
def layer_file(layer_id: str) -> Response:
    """The rows that the viewer may see and asked for, in the order that was asked for, as a file."""
    county = the_county()
    county.catalog.layer(layer_id)
    words = asked(ExportQuery)
    wanted, chosen = words.rows(), words.format
    given = _sorted(disclosed(layer_id, wanted), words.sort)
    mimetype, make = FORMATS[chosen]
    said = statement_of(county, current_viewer(), given, wanted)
    extract = Extract(given, county.catalog, county.door.area_names(), tuple(_notes(given, said)))
    name = f"{_name(given, wanted, said)}_{given.edition.id}.{chosen}"
    return file_answer(make(extract), mimetype, name, f"{layer_id}.{chosen}")


def _name(given: Disclosed, wanted: RowFilter, said: Statement) -> str:
    """What the file holds: layer, area, and which rows only."""
    where = said.where.name if wanted.code else ""
    limits = "，".join((*said.labelled(ZH), "" if said.when.own else said.when.words(ZH))).strip("，")
    limits = limits if len(limits) <= MOST_WORDS else "筛选过"
    mark = "_演示数据" if given.edition.holds_demo else ""
    return f"{ZH.bracketed(f'{given.spec.title.zh}{where}', file_words(limits))}{mark}"


def _sorted(given: Disclosed, sort: str) -> Disclosed:
    """The same rows as a table of the page shows them."""
    if not sort:
        return given
    return replace(given, rows=given.rows.iloc[order(given, the_county().catalog, sort)])


@blueprint.get("/api/layers/<layer_id>/template")
@Operation(kinds=(XLSX,))
def layer_template(layer_id: str) -> Response:
    """The spreadsheet to fill in for an import."""
    from layers.template import write_template

    county = the_county()
    spec = county.catalog.layer(layer_id)
    target = io.BytesIO()
    write_template(spec, county.catalog, target)
    return file_answer(target.getvalue(), XLSX, f"{spec.title.zh}_模板.xlsx", f"{layer_id}-template.xlsx")


def _notes(given: Disclosed, said: Statement) -> "Iterator[tuple[str, str]]":
    """What a reader must know about the file: source, period, edition, filter, what was withheld."""
    spec, edition = given.spec, given.edition
    yield "图层", spec.title.zh
    yield "说明", spec.description.zh
    if edition.holds_demo:
        yield "提示", DEMO
    yield "行数", f"{len(given.rows)} {spec.count_unit.zh}"
    yield "范围", said.where.name
    if said.state != "value" or given.beyond or said.n != len(given.rows):
        yield "其中本范围", said.count(ZH)
    if given.beyond:
        yield "县外", f"{given.beyond} {spec.count_unit.zh}，在文件里，不计入本县"
    yield "记录的时间", said.when.words(ZH) or "没有日期"
    yield "数据来源", source_of(spec, edition).zh
    yield "数据时点", given.period or edition.period or "没有注明"
    yield "版本", edition.id
    yield "发布时间", edition.published_at
    yield "筛选", "；".join(said.labelled(ZH)) or "没有筛选，全部记录"
    if given.note:
        yield "未公开的内容", given.note
    if spec.geometry != "none":
        yield "坐标系", "CGCS2000 经纬度（EPSG:4490）"
    units = "；".join(f"{field.title.zh}：{field.unit}" for field in given.fields if field.unit)
    if units:
        yield "单位", units
    yield "下载日期", the_county().today().isoformat()


def file_words(text: str) -> str:
    """A text as a part of a file's name: short, in one line, and without letters that nobody sees."""
    seen = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(seen.split())[:MOST_WORDS].strip(" .")


def file_answer(body: bytes, mimetype: str, name: str, ascii_name: str) -> Response:
    """A download with its Chinese name (RFC 5987) and a plain one for old programs."""
    safe = "".join("_" if letter in '\\/:*?"<>|\r\n\t' else letter for letter in name)
    headers = {
        "Content-Disposition": f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(safe, safe='')}",
        "Cache-Control": "no-store",
        "Vary": "Cookie",
    }
    return Response(body, mimetype=mimetype, headers=headers)
