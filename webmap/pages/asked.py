"""How an export was asked for, in words: the parameters of its plan with their titles, in the reader's language."""

from collections.abc import Iterator, Mapping
from typing import get_args

from exports.sheets.plan import FIELD
from layers.catalog import Catalog
from layers.divisions import STANDARD
from layers.language import N_
from layers.language.english import place_name
from layers.language.lists import separated
from layers.planning.plans import By
from webmap.api.choices import PAPER_TITLES, PART_TITLES, REPORTS
from webmap.service import the_county
from webmap.translations import gettext, language

NAMES = {
    "theme": N_("地图专题"), "report": N_("报告"), "atlas": N_("每幅的范围"), "code": N_("范围"), "layers": N_("图层"),
    "since": N_("从"), "until": N_("到"), "period": N_("时段"), "hide": N_("不画的级"), "paper": N_("纸张"),
    "orientation": N_("方向"), "scale": N_("比例尺"), "title": N_("标题"), "maker": N_("编制"), "parts": N_("图面内容"),
    "handling": N_("标记"), "review_number": N_("审图号"), "reason": N_("为什么不用审图"), "only": N_("哪些页"),
    "name": N_("文件名"), "format": N_("格式"), "lang": N_("语言"), "services": N_("服务设施"), "within": N_("阈值"),
    "show": N_("表现方式"), "by": N_("统计单元"), "place": N_("拟建点"), "close": N_("停用的中心"),
}  # fmt: skip
"""Parameter → title; the rest keep their own names, which the guide explains."""
VALUES: Mapping[str, Mapping[str, str]] = {
    "paper": {str(paper): title for paper, title in PAPER_TITLES.items()},
    "parts": PART_TITLES,
    "report": {kind: title for kind, (title, *_) in REPORTS.items()},
    "orientation": {"landscape": N_("横向"), "portrait": N_("纵向")},
    "handling": {"internal": N_("内部用图"), "public": N_("公开")},
    "atlas": {"township": N_("一个乡镇"), "village": N_("一个村（社区）")},
    "show": {"rate": N_("发生率"), "spots": N_("热点"), "density": N_("密度")},
    "by": {level.name: level.title.zh for level in STANDARD if level.name in get_args(By)},
    "lang": {"zh": "中文", "en": "English"},
}
AREAS, LAYERS = ("code", "only"), ("layers", "services")


def asked_in_words(words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """(title, value) of each parameter, in their order."""
    catalog = the_county().catalog
    for name, value in words.items():
        field = FIELD.fullmatch(name)
        if field is not None:
            yield _filter(catalog, field[1], field[2], value)
        elif name != "confirmed":
            yield gettext(NAMES[name]) if name in NAMES else name, _value(catalog, name, value)


def _filter(catalog: Catalog, layer: str, field: str, value: str) -> tuple[str, str]:
    """“果园 · 种类” and “桃”; a layer or field that is no more keeps its name."""
    spec = catalog.layers.get(layer)
    found = next((one for one in spec.fields if one.name == field), None) if spec else None
    if spec is None or found is None:
        return f"{layer_title(layer)} · {gettext('文字') if field == 'q' else field}", value
    codes = catalog.codes_of(found)
    values = [codes.title_of(one, language()) if codes else one for one in separated(value)]
    return f"{spec.title.get(language())} · {found.title.get(language())}", gettext("、").join(values)


def _value(catalog: Catalog, name: str, value: str) -> str:
    if name == "theme" and value in catalog.themes:
        return catalog.themes[value].title.get(language())
    if name == "format":
        return value.upper()
    if name == "scale":
        return f"1:{value}"
    if name in AREAS:
        return str(gettext("、")).join(
            place_name(the_county().areas.name_of(code), language()) for code in value.split(",")
        )
    if name in LAYERS:
        return str(gettext("、")).join(layer_title(one) for one in value.split(","))
    known = VALUES.get(name, {})
    return str(gettext("、")).join(gettext(known[one]) if one in known else one for one in value.split(","))


def layer_title(layer: str) -> str:
    """Title of a layer in the reader's language; one that is no more keeps its name."""
    spec = the_county().catalog.layers.get(layer)
    return spec.title.get(language()) if spec else layer
