"""The register of figures as a page: what each number of the product is, out of what, and of which time."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from layers.language import N_
from layers.statements import FigureSpec, figures_of
from layers.statements.register import Period
from webmap.pages.blueprint import blueprint
from webmap.service import the_county
from webmap.translations import gettext, language

PERIODS: Mapping[Period, str] = {
    "edition": N_("数据的时点"),
    "rows": N_("所选时段，没有选就是记录自己的起止"),
    "question": N_("所问的时段"),
}
STATES = (
    ("0", N_("确实为零")),
    ("—", N_("没有采集")),
    (N_("未报"), N_("应报没有报")),
    (N_("不公开"), N_("件数少，或能由它推出别处的小数")),
    (N_("不在查看范围"), N_("这个身份看不到，不是没有")),
    (N_("基数不足 10"), N_("只写分子和分母，不写百分数")),
)


@dataclass(frozen=True)
class Row:
    """One figure as the page shows it."""

    id: str
    title: str
    definition: str
    unit: str
    of: str
    beyond: str
    period: str


@blueprint.get("/data/figures")
def figures() -> ResponseReturnValue:
    """What every number means."""
    rows = [_row(figure) for figure in figures_of(the_county().catalog).values()]
    return render_template(
        "figures.html", rows=rows, states=[(gettext(word), gettext(meaning)) for word, meaning in STATES]
    )


def _row(figure: FigureSpec) -> Row:
    lang, divisions = language(), the_county().divisions
    level = None if figure.of == "none" else divisions.named(figure.of)
    period = gettext(PERIODS[figure.period])
    return Row(
        id=figure.id,
        title=figure.title.get(lang),
        definition=figure.definition.get(lang),
        unit=figure.unit.get(lang),
        of="" if level is None else level.title.get(lang),
        beyond=gettext("不计入") if figure.inside else gettext("计入"),
        period=period
        if figure.annualised or figure.period != "question"
        else gettext("，").join((period, gettext("没有折算成年"))),
    )
