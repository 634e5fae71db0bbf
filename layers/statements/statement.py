"""One statement: what is counted, where, of when, which of it, for whom, out of how many, and what is withheld."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from geo.wording import number
from layers.language import told
from layers.language.numbers import counted
from layers.language.tongue import Tongue
from layers.spec import Text
from layers.statements.register import FigureSpec

State = Literal["value", "not-collected", "not-reported", "suppressed", "forbidden"]
"""A zero is a value. None of the others is ever shown as one, or as another of them."""
Flag = Literal["partial", "estimate", "stale"]
"""``partial``: the viewer sees a part of the area; ``estimate``: worked out, not collected; ``stale``: not renewed in time."""
STATES: Mapping[State, Text] = {
    "not-collected": Text(zh="没有采集", en="not collected"),
    "not-reported": Text(zh="未报", en="not reported"),
    "suppressed": Text(zh="不公开", en="withheld"),
    "forbidden": Text(zh="不在查看范围", en="outside what you may see"),
}
RANGE = ".."


@dataclass(frozen=True)
class Where:
    """The area that it is about, how many rows beside it are shown across the county's line, and whether only the ``frame`` of
    a map counts."""

    code: str
    name: str
    outside: int = 0
    frame: bool = False


@dataclass(frozen=True)
class When:
    """The time of what is counted. ``since`` and ``until`` are days, both included, ``own`` where they are those of the
    rows themselves and nobody asked for them; ``period`` is what an edition or a published count is of."""

    since: date | None = None
    until: date | None = None
    period: str = ""
    own: bool = False

    def words(self, tongue: Tongue) -> str:
        """“2024年12月–2026年10月”, “2026年第3季度”; nothing where it is of no time."""
        if self.since and self.until:
            return tongue.span(self.since, self.until)
        if self.since:
            return tongue.gettext("{day}起", day=tongue.day(self.since))
        if self.until:
            return tongue.gettext("到{day}", day=tongue.day(self.until))
        return tongue.period(self.period) if self.period else ""


@dataclass(frozen=True)
class Choice:
    """One condition that rows must meet: a field and its values, a text that is looked for, or classes left out; or a
    field of which all values count where maps show some of them."""

    kind: Literal["field", "text", "without", "all"]
    title: Text | None
    values: tuple[Text | str, ...]

    def words(self, tongue: Tongue) -> str:
        """“状态 未办结”, “含‘水’”, “不画蓝色”, “全部状态”."""
        said = "/".join(self._value(value, tongue) for value in self.values)
        if self.kind == "text":
            return tongue.gettext("含“{words}”", words=said)
        if self.kind == "without":
            return tongue.gettext("不画{classes}", classes=said)
        if self.kind == "all" and self.title:
            return tongue.gettext("全部{field}", field=tongue.of(self.title))
        return f"{tongue.of(self.title)} {said}" if self.title else said

    def labelled(self, tongue: Tongue) -> str:
        """The same where it stands alone, as in a file: “种类：苹果、葡萄”."""
        if self.kind != "field" or not self.title:
            return self.words(tongue)
        said = tongue.comma.join(self._value(value, tongue) for value in self.values)
        return f"{tongue.of(self.title)}{tongue.colon}{said}"

    def _value(self, value: Text | str, tongue: Tongue) -> str:
        if isinstance(value, Text):
            return tongue.of(value)
        if not value:
            return tongue.gettext("没有填")
        return value if self.kind == "text" else value.replace(RANGE, "–")


@dataclass(frozen=True)
class Statement:
    """``n`` rows of the county meet the conditions out of ``total`` that the viewer gets of the same area and time; both
    are None unless ``state`` is ``value``. ``withheld`` says in words what this viewer does not get, ``""`` when nothing.
    """

    figure: FigureSpec
    viewer: str
    where: Where
    when: When
    choices: tuple[Choice, ...]
    state: State
    n: int | None
    total: int | None
    withheld: str = ""
    flags: tuple[Flag, ...] = ()
    demo: bool = False
    editions: Mapping[str, str] = field(default_factory=dict)

    def filters(self, tongue: Tongue) -> tuple[str, ...]:
        """Each condition in words."""
        return tuple(choice.words(tongue) for choice in self.choices)

    def labelled(self, tongue: Tongue) -> tuple[str, ...]:
        """Each condition as a file says it."""
        return tuple(choice.labelled(tongue) for choice in self.choices)

    def count(self, tongue: Tongue) -> str:
        """“13 件”, “13 / 280 件” where conditions leave some out, or why there is no number."""
        if self.state != "value":
            return tongue.of(STATES[self.state])
        unit = tongue.of(self.figure.unit)
        said = counted if tongue.lang == "en" else "{} {}".format
        if self.total is None or self.n == self.total:
            return said(number(self.n), unit)
        return f"{number(self.n)} / {said(number(self.total), unit)}"

    def remarks(self, tongue: Tongue) -> tuple[str, ...]:
        """What stands beside the number: “已过更新期”. Of invented data every page says that they are."""
        said = {
            "stale": tongue.gettext("已过更新期"),
            "estimate": "" if self.demo else tongue.gettext("推算数"),
        }
        return tuple(said[flag] for flag in self.flags if said.get(flag))

    def title(self, tongue: Tongue) -> str:
        """What, when, and whether of a map's extent alone: “矛盾纠纷（2026年第3季度，地图范围内）”."""
        frame = tongue.gettext("地图范围内") if self.where.frame else ""
        parts = [part for part in (self.when.words(tongue), frame) if part]
        what = tongue.of(self.figure.title)
        return tongue.bracketed(what, tongue.comma.join(parts)) if parts else what

    def to_json(self, language: str) -> dict[str, Any]:
        """Plain data with its words in one language."""
        tongue = Tongue("en" if language.startswith("en") else "zh")
        return {
            "figure": self.figure.id,
            "what": self.figure.title.get(language),
            "unit": self.figure.unit.get(language),
            "area": {"code": self.where.code, "name": self.where.name},
            "outside": self.where.outside,
            "frame": self.where.frame,
            "since": self.when.since.isoformat() if self.when.since else None,
            "until": self.when.until.isoformat() if self.when.until else None,
            "period": self.when.period or None,
            "own": self.when.own,
            "when": self.when.words(tongue),
            "filters": list(self.filters(tongue)),
            "viewer": self.viewer,
            "state": self.state,
            "n": self.n,
            "total": self.total,
            "count": self.count(tongue),
            "title": self.title(tongue),
            "withheld": told(self.withheld, language),
            "flags": list(self.flags),
            "remarks": list(self.remarks(tongue)),
            "editions": dict(self.editions),
        }
