"""The title of a sheet: place, theme and period; and how it is fitted to the paper."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from exports.sheets.content import Content
from exports.sheets.fonts import text_width
from exports.sheets.page import Box, Words
from exports.sheets.plan import SheetPlan
from exports.sheets.text import MIDDLE, wrapped
from geo.errors import TitleError
from layers.language.english import place_name
from layers.language.tongue import Tongue
from layers.spec import Text
from layers.statements import When

if TYPE_CHECKING:
    from layers.county import County

THEMES: Mapping[str, Text] = MappingProxyType(
    {
        "overview": Text(zh="基层治理总览图", en="grassroots governance"),
        "services": Text(zh="服务设施分布图", en="service facilities"),
        "coverage": Text(zh="服务覆盖图", en="coverage of services"),
        "disputes": Text(zh="矛盾纠纷分布图", en="disputes"),
        "industry": Text(zh="产业分布图", en="industry"),
        "organisations": Text(zh="组织建设分布图", en="party organisations"),
        "environment": Text(zh="生态与建设分布图", en="environment and works"),
        "my-grid": Text(zh="网格服务设施图", en="services of the grid"),
    }
)
WITH_CASES: Mapping[str, Text] = MappingProxyType(
    {"my-grid": Text(zh="网格纠纷和服务设施图", en="disputes and services of the grid")}
)
"""What the same is called where records of disputes are drawn."""
CASES = "disputes"
ASKED = frozenset({"coverage", "disputes"})
"""Themes whose sheets are called by what was asked."""
LEAST_SHARE = 0.7
"""The smallest letters of a title, as a part of the usual ones."""
ONE_LINE, TWO_LINES = 0.84, 0.76
"""A title is set smaller down to the first before it is wrapped; wrapped, it begins with the second."""
LEADING = 1.2


@dataclass(frozen=True)
class Title:
    """``own`` are the words that somebody may choose, ``locked`` what stands behind them whatever these are."""

    own: str
    locked: tuple[str, ...]

    def text(self, tongue: Tongue) -> str:
        """The whole title."""
        return tongue.bracketed(self.own, *self.locked)


def title_of(plan: SheetPlan, content: Content, county: "County") -> Title:
    """The title that was asked for, else one made from place and theme; which rows only stands behind it either way, and
    that nobody is reached, and the period of what is drawn behind one that was made or is to be ``dated``, unless it
    says that period itself."""
    nobody = "" if content.overlay is None else content.overlay.nobody
    own = plan.title or _made(plan, content, county)
    period = period_of(plan, content, county) if plan.dated or not plan.title else ""
    said = (content.limits, nobody, "" if plan.title and period in plan.title else period)
    return Title(own, tuple(words for words in said if words))


def _made(plan: SheetPlan, content: Content, county: "County") -> str:
    tongue = Tongue(plan.lang)
    theme = county.catalog.theme(plan.theme).title
    cases = any(stratum.id == CASES for stratum in content.strata)
    known = (WITH_CASES.get(plan.theme) if cases else None) or THEMES.get(plan.theme)
    known = known or Text(zh=f"{theme.zh}专题图", en=theme.en)
    own = content.overlay is not None and plan.theme in ASKED
    what = content.overlay.title if content.overlay is not None and own else tongue.of(known)
    place = place_words(county, content.area.code, plan.lang)
    return f"{place}: {what}" if plan.lang == "en" else f"{place}{_after(place, what)}"


def _after(place: str, what: str) -> str:
    """The theme without the words with which its place ends: 第一网格 and 网格服务图."""
    said = next((n for n in range(len(what), 1, -1) if place.endswith(what[:n])), 0)
    return what[said:]


def period_of(plan: SheetPlan, content: Content, county: "County") -> str:
    """The period of what is shown, in words: of its own records where they have days, else the one that all of it
    shares. Of records beside places the title says that of the records; what else is of several times stands with its
    source."""
    tongue = Tongue(plan.lang)
    if content.overlay is not None and content.overlay.period:
        return content.overlay.period
    if content.timed:
        return _asked(plan, content.times, tongue)
    days = [stratum.days for stratum in content.thematic if stratum.days]
    if days and len(days) == len(content.thematic):
        return tongue.span(min(first for first, _ in days), max(last for _, last in days))
    if days:
        return _of_records(content, county.catalog.theme(plan.theme).time, tongue)
    shown = content.thematic or content.strata
    periods = {_as_month(stratum.origin.period or "") for stratum in shown if stratum.origin}
    return tongue.period(periods.pop()) if len(periods) == 1 else ""


def _of_records(content: Content, timed: str | None, tongue: Tongue) -> str:
    """“矛盾纠纷2026年6月7日–2026年11月20日”, of the layer that has the time bar of the theme."""
    space = "" if tongue.lang == "zh" else " "
    said = (
        f"{one.title}{space}{tongue.span(*one.days)}"
        for one in content.thematic
        if one.days and one.id == timed
    )
    return next(said, "")


def _as_month(period: str) -> str:
    """A title needs no day of it."""
    return period[:7] if len(period) == 10 else period


def _asked(plan: SheetPlan, times: tuple[When, ...], tongue: Tongue) -> str:
    """The time of the plan in words, as far as what is drawn covers it."""
    since = [time.since for time in times if time.since]
    until = [time.until for time in times if time.until]
    if since or until:
        return When(min(since, default=None), max(until, default=None)).words(tongue)
    if plan.since or plan.until:
        return When(plan.since, plan.until).words(tongue)
    return tongue.period(plan.period or "")


def title_words(text: str, box: Box, size: float) -> tuple[Words, ...]:
    """The title in one line, a little smaller where it must be, else in two.

    Raises:
        TitleError: it is too long even so.
    """
    one = min(1.0, box.width / text_width(text, size, "bold"))
    if one >= ONE_LINE:
        return _set([text], box, size * one)
    least, now = size * LEAST_SHARE, size * TWO_LINES
    while now >= least - 1e-9:
        lines = _balanced(text, box.width, now)
        if len(lines) <= 2:
            return _set(lines, box, now)
        now *= 0.96
    raise TitleError(
        "标题有 {n} 字，这张纸上两行也放不下，缩短到大约 {most} 字。",
        n=len(text), most=int(2 * box.width / least * 0.97),
    )  # fmt: skip


def _balanced(text: str, width: float, size: float) -> list[str]:
    """Lines of about the same length, so that no single character stands alone in the second."""
    lines = wrapped(text, width, size, "bold")
    if len(lines) != 2:
        return lines
    narrow = text_width(text, size, "bold") / 2
    for share in (1.02, 1.08, 1.16, 1.3):
        even = wrapped(text, min(width, narrow * share), size, "bold")
        if len(even) <= 2:
            return even
    return lines


def _set(lines: list[str], box: Box, size: float) -> tuple[Words, ...]:
    x, middle = box.middle
    first = middle - (len(lines) - 1) * LEADING * size / 2 + MIDDLE * size
    return tuple(
        Words(line, x, first + at * LEADING * size, size, weight="bold", align="middle", kind="title")
        for at, line in enumerate(lines)
    )


def place_words(county: "County", code: str, lang: str) -> str:
    """County; county and township; township and village; village and grid, whose name often begins with the village's."""
    names = [step["name"] for step in county.areas.path(code)[-2:]] or [county.areas.name_of(code)]
    if lang == "en":
        whole = county.settings.name
        return ", ".join(whole.en if name == whole.zh else place_name(name, lang) for name in reversed(names))
    if len(names) == 2 and names[1].startswith(names[0]):
        names = names[1:]
    return "".join(names)
