"""The catalogue of the data: what there is, how old, whose, who may see it, and where to take it."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from geo.wording import number
from layers.catalog import GROUP_TITLES
from layers.editions.manifest import source_of
from layers.language import N_
from layers.spec import FieldSpec, LayerSpec
from layers.viewer import ROLE_TITLES
from webmap.pages.blueprint import blueprint
from webmap.service import current_editions, the_county
from webmap.translations import gettext, language
from webmap.viewer import current_viewer

FORMATS = (("xlsx", "XLSX"), ("csv", "CSV"), ("geojson", "GeoJSON"), ("gpkg", "GPKG"))
TABLE_FORMATS = FORMATS[:2]
ACCESS = {
    "exact": N_("明细"),
    "grid": N_("归到网格"),
    "counts": N_("只有各村件数"),
    "none": N_("不开放"),
}
RENEWAL = {
    "once": N_("不更新"),
    "year": N_("每年"),
    "quarter": N_("每季"),
    "month": N_("每月"),
    "day": N_("每日"),
}
TYPES = {
    "text": N_("文字"),
    "integer": N_("整数"),
    "number": N_("数字"),
    "date": N_("日期"),
    "year": N_("年份"),
    "boolean": N_("是或否"),
    "code": N_("选一项"),
    "codes": N_("选几项"),
    "phone": N_("电话"),
}
SENSITIVITY = {"public": N_("公开"), "internal": N_("内部"), "personal": N_("个人信息，不显示")}
ROLLUP = {
    "sum": N_("相加"),
    "ratio": N_("分子合计 ÷ 分母合计"),
    "mean": N_("平均"),
    "count": N_("按选项计数"),
    "none": N_("不汇总"),
}


@dataclass(frozen=True)
class LayerRow:
    """One line of the catalogue."""

    id: str
    title: str
    description: str
    owner: str
    renewal: str
    access: str
    count: str
    published: str
    period: str
    demo: bool
    formats: tuple[tuple[str, str], ...]


@blueprint.get("/data")
def catalogue() -> ResponseReturnValue:
    """Every layer by group, with downloads for what the viewer may take."""
    lang = language()
    catalog = the_county().catalog
    groups = [
        (group_id, title.get(lang), [_row(spec) for spec in catalog if spec.group == group_id])
        for group_id, title in GROUP_TITLES.items()
    ]
    return render_template("data.html", groups=[group for group in groups if group[2]])


@blueprint.get("/data/<layer_id>")
def dictionary(layer_id: str) -> ResponseReturnValue:
    """What the columns of one layer mean; raises UnknownLayerError."""
    spec = the_county().catalog.layer(layer_id)
    indicators = list(_indicators()) if spec.group == "indicators" else []
    return render_template(
        "layer.html", layer=_row(spec), fields=[_field(field) for field in spec.fields], access=_access(spec),
        indicators=indicators,
    )  # fmt: skip


def _row(spec: LayerSpec) -> LayerRow:
    lang, county = language(), the_county()
    edition = current_editions().get(spec.id)
    access = county.door.access(spec, current_viewer())
    formats = TABLE_FORMATS if spec.geometry == "none" else FORMATS
    return LayerRow(
        id=spec.id,
        title=spec.title.get(lang),
        description=spec.description.get(lang),
        owner=(source_of(spec, edition) if edition else spec.source.owner).get(lang),
        renewal=gettext(RENEWAL[spec.source.renewal]),
        access=gettext(ACCESS[access]),
        count=_count(spec) if edition and access in ("exact", "grid") else "—",
        published=edition.published_at[:10] if edition else "—",
        period=(edition.period or "—") if edition else "—",
        demo=bool(edition and edition.holds_demo),
        formats=formats if edition and access != "none" else (),
    )


def _count(spec: LayerSpec) -> str:
    """The county's rows, and what lies across its line."""
    given = the_county().door.rows(spec.id, current_viewer())
    own = number(given.counted)
    return own if not given.beyond else gettext("%(own)s（县外另有 %(n)s）", own=own, n=number(given.beyond))


def _field(field: FieldSpec) -> dict[str, str]:
    lang = language()
    codes = the_county().catalog.codes_of(field)
    notes = [field.note.get(lang)] if field.note else []
    if codes is not None:
        notes.append(_joined(item.title.get(lang) for item in codes.items))
    return {
        "name": field.name,
        "title": field.title.get(lang),
        "type": gettext(TYPES[field.type]),
        "unit": gettext(field.unit) if field.unit else "",
        "required": gettext("必填") if field.required else "",
        "sensitivity": gettext(SENSITIVITY[field.sensitivity]),
        "note": " ".join(notes),
    }


def _access(spec: LayerSpec) -> list[tuple[str, str]]:
    return [(gettext(title), gettext(ACCESS[spec.access.of(role)])) for role, title in ROLE_TITLES.items()]


def _indicators() -> Iterator[dict[str, str]]:
    lang = language()
    for item in the_county().catalog.indicators.values():
        parts = [part.get(lang) if part else "—" for part in (item.numerator, item.denominator)]
        yield {
            "code": item.code,
            "title": item.title.get(lang),
            "meaning": item.meaning.get(lang),
            "unit": gettext(item.unit) if item.unit else "",
            "parts": " / ".join(parts) if item.numerator else "—",
            "rollup": gettext(ROLLUP[item.rollup]),
            "owner": item.owner.get(lang),
        }


def _joined(words: Iterator[str]) -> str:
    return ("、" if language() == "zh" else ", ").join(words)
