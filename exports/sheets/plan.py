"""What is asked of a sheet: one frozen plan, read from the words of the page's permalink and the sheet's own."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal, get_args
from urllib.parse import urlencode

from exports.sheets.fonts import printed
from exports.sheets.papers import Orientation, PaperId
from geo.errors import ArgumentError, FilterError, TitleError
from geo.phrases import listing
from layers.language.lists import joined, separated
from layers.periods import span_of
from layers.planning.plans import choice, parse_day, parts

if TYPE_CHECKING:
    from layers.county import County
    from layers.spec import LayerSpec

Handling = Literal["internal", "public"]
Lang = Literal["zh", "en"]

PARTS = (
    "legend", "histogram", "names", "village-names", "point-names", "graticule", "km-grid", "locator", "grids", "li", "mu",
)  # fmt: skip
"""What may stand on a sheet; the title, the scale, the north arrow and the footer always do."""
USUAL_PARTS = frozenset(PARTS[:6]) | {"locator"}
FIGURE_PARTS = frozenset({"legend", "histogram", "names"})
"""A figure in a report is too small for the names of villages."""
QUESTION = (
    "services", "within", "match", "mode", "travel", "detour", "demand", "place", "close", "capacity", "snap", "link", "show", "decay", "by",
    "neighbours", "band", "alpha", "compare",
)  # fmt: skip
"""Words of the coverage and of the hotspot page."""
OF_THE_SCREEN = frozenset({
    "at", "sel", "panels", "table", "sort", "add", "objective", "scenario", "candidates", "v", "cases",
})  # fmt: skip
"""Words of a permalink that say nothing about what is drawn on paper."""
OWN = (
    "theme", "layers", "code", "since", "until", "period", "all", "hide", "heat", "paper", "orientation", "scale", "title", "dated", "maker", "parts",
    "handling", "review_number", "confirmed", "reason", "lang",
)  # fmt: skip
FIELD = re.compile(r"f\.([a-z0-9-]+)\.([a-z0-9_]+)")
PERIOD = re.compile(r"(19|20)\d{2}(Q[1-4])?")
REVIEW = re.compile(r"[\u4e00-\u9fff]{0,6}G?S[\u4e00-\u9fff]{0,6}[(\[〔]?(19|20)\d{2}[)\]〕]?年?第?\d{1,6}号")
"""A review number in half-width signs: GS(2026)0001号, 晋S(2026)012号."""
TEXT = "q"
YES = ("1", "true", "yes")
MOST_TITLE, MOST_REASON = 80, 120
LEAST_SCALE, MOST_SCALE = 200, 5_000_000

Filters = tuple[tuple[str, str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class SheetPlan:
    """One sheet. ``layers`` are in the order of the theme, empty for what the theme shows at first; ``code`` is the
    area, empty for the viewer's; ``fields`` are (layer, field, accepted values), ``whole`` layers of which all rows are drawn where staff see a part of them at first, ``hidden`` (layer, classes switched
    off), ``heat`` layers of which the density is drawn, ``question`` the words of the coverage or hotspot page. ``scale`` is the N of 1:N, None for the largest round
    one that fits; an empty ``title`` is made from place, theme and period, and behind another one the period stands
    where it is ``dated``.
    """

    theme: str
    layers: tuple[str, ...] = ()
    code: str = ""
    since: date | None = None
    until: date | None = None
    period: str | None = None
    fields: Filters = ()
    whole: tuple[str, ...] = ()
    hidden: tuple[tuple[str, tuple[int, ...]], ...] = ()
    heat: tuple[str, ...] = ()
    question: tuple[tuple[str, str], ...] = ()
    paper: PaperId = "A3"
    orientation: Orientation = "landscape"
    scale: int | None = None
    title: str = ""
    dated: bool = False
    maker: str = ""
    parts: frozenset[str] = USUAL_PARTS
    handling: Handling = "internal"
    review_number: str = ""
    confirmed: bool = False
    reason: str = ""
    lang: Lang = "zh"

    @property
    def key(self) -> str:
        """Canonical query string: the same sheet has the same key, and ``sheet_plan`` reads the plan back from it."""
        return urlencode(self.query())

    def query(self) -> dict[str, str]:
        """The plan as words; what is as usual is left out."""
        words = {
            "theme": self.theme,
            "layers": ",".join(self.layers),
            "code": self.code,
            "since": str(self.since or ""),
            "until": str(self.until or ""),
            "period": self.period or "",
            **{
                f"f.{layer}.{field}": values[0] if field == TEXT else joined(values)
                for layer, field, values in self.fields
            },
            "all": ",".join(self.whole),
            "hide": ",".join(":".join([layer, *map(str, classes)]) for layer, classes in self.hidden),
            "heat": ",".join(self.heat),
            **dict(self.question),
            "paper": self.paper,
            "orientation": "" if self.orientation == "landscape" else self.orientation,
            "scale": str(self.scale or ""),
            "title": self.title,
            "dated": "1" if self.dated else "",
            "maker": self.maker,
            "parts": "" if self.parts == usual_parts(self.paper) else ",".join(self._parts()) or "none",
            "handling": "" if self.handling == "internal" else self.handling,
            "review_number": self.review_number,
            "confirmed": "1" if self.confirmed else "",
            "reason": self.reason,
            "lang": "" if self.lang == "zh" else self.lang,
        }
        return {name: word for name, word in words.items() if word}

    @property
    def span(self) -> tuple[date | None, date | None]:
        """First and last day of the sheet's time."""
        return (
            span_of(self.period)
            if self.period and not (self.since or self.until)
            else (self.since, self.until)
        )

    def hidden_of(self, layer: str) -> frozenset[int]:
        """Classes of a layer that are switched off."""
        return frozenset(index for name, classes in self.hidden if name == layer for index in classes)

    def fields_of(self, layer: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Filters of a layer but the text one."""
        return tuple(
            (field, values) for name, field, values in self.fields if name == layer and field != TEXT
        )

    def shown_of(self, spec: "LayerSpec", told: Collection[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Fields by which the symbols of a layer are chosen: those of the plan, else what is seen of it at first by whoever is
        ``told`` these fields."""
        if spec.first is None or self.filters(spec.id) or spec.id in self.whole:
            return self.fields_of(spec.id)
        if not set(spec.first.filters) <= set(told):
            return ()
        return tuple(spec.first.filters.items())

    def text_of(self, layer: str) -> str:
        """What is looked for in the texts of a layer."""
        return next((values[0] for name, field, values in self.fields if (name, field) == (layer, TEXT)), "")

    def filters(self, layer: str) -> bool:
        """Whether rows of a layer are left out by a field or a text."""
        return any(name == layer for name, _, _ in self.fields)

    def words_of(self, *names: str) -> dict[str, str]:
        """Some words of the question."""
        return {name: word for name, word in self.question if not names or name in names}

    def _parts(self) -> list[str]:
        """In the order in which they are offered."""
        return [part for part in PARTS if part in self.parts]


def sheet_plan(words: Mapping[str, str], county: "County") -> SheetPlan:
    """The plan of a query string or of command-line options.

    Raises:
        ArgumentError: a word is unknown or cannot be; the message names it and what can be.
        FilterError: a period that is none. UnknownThemeError, UnknownLayerError, UnknownAreaError: nothing of that name.
    """
    _check_names(words)
    theme = county.catalog.theme(words.get("theme", ""))
    layers = _layers(words.get("layers", ""), theme.layer_ids(), county)
    if code := words.get("code", ""):
        county.areas.area(code)
    since, until = parse_day(words.get("since", ""), "since"), parse_day(words.get("until", ""), "until")
    if since and until and since > until:
        raise ArgumentError("时段不对：{since} 在 {until} 之后。", since=since, until=until)
    paper: PaperId = choice(words.get("paper") or "A3", get_args(PaperId), "paper")
    return SheetPlan(
        theme=theme.id,
        layers=layers,
        code=code,
        since=since,
        until=until,
        period=_period(words.get("period", "")),
        fields=tuple(sorted(_fields(words, county))),
        whole=tuple(sorted(county.catalog.layer(layer).id for layer in parts(words.get("all", ""), ","))),
        hidden=tuple(sorted(_hidden(words.get("hide", ""), county))),
        heat=_heat(words.get("heat", ""), county),
        question=tuple((name, words[name]) for name in QUESTION if words.get(name)),
        paper=paper,
        orientation=choice(words.get("orientation") or "landscape", get_args(Orientation), "orientation"),
        scale=_scale(words.get("scale", "")),
        title=(title := _title(words.get("title", ""))),
        dated=bool(title) and words.get("dated", "") in YES,
        maker=_line(words.get("maker", ""), "maker", MOST_TITLE),
        parts=_parts(words.get("parts", ""), paper),
        handling=choice(words.get("handling") or "internal", get_args(Handling), "handling"),
        review_number=_review_number(words.get("review_number", "")),
        confirmed=words.get("confirmed", "") in YES,
        reason=_line(words.get("reason", ""), "reason", MOST_REASON),
        lang=choice(words.get("lang") or "zh", get_args(Lang), "lang"),
    )


def _check_names(words: Mapping[str, str]) -> None:
    known = {*OWN, *QUESTION, *OF_THE_SCREEN}
    for name in words:
        if name not in known and not FIELD.fullmatch(name) and not name.startswith("op."):
            raise ArgumentError(
                "不认识 {name}，可用：{all}。",
                name=name[:40],
                all=listing((*OWN, "f.图层.字段", *QUESTION)),
            )


def _layers(text: str, order: tuple[str, ...], county: "County") -> tuple[str, ...]:
    """Layers in the order of the theme, those of other themes after them; “none” leaves the county line."""
    if text == "none":
        return ("counties",)
    wanted = [county.catalog.layer(layer).id for layer in parts(text, ",")]
    return tuple(sorted(wanted, key=lambda layer: order.index(layer) if layer in order else len(order)))


def _fields(words: Mapping[str, str], county: "County") -> Filters:
    found = []
    for name, text in words.items():
        if (match := FIELD.fullmatch(name)) and text:
            layer = county.catalog.layer(match[1]).id
            found.append((layer, match[2], (text,) if match[2] == TEXT else separated(text)))
    return tuple(found)


def _hidden(text: str, county: "County") -> tuple[tuple[str, tuple[int, ...]], ...]:
    found = []
    for part in parts(text, ","):
        layer, *classes = part.split(":")
        if not classes or not all(number.isascii() and number.isdigit() for number in classes):
            raise ArgumentError("hide 的“{text}”不对，写成 图层:类号，如 disputes:0:2。", text=part[:40])
        found.append((county.catalog.layer(layer).id, tuple(sorted({int(number) for number in classes}))))
    return tuple(found)


def _heat(text: str, county: "County") -> tuple[str, ...]:
    """Layers that can be drawn as a density; the heat of any other says nothing."""
    specs = {layer: county.catalog.layer(layer) for layer in parts(text, ",")}
    return tuple(sorted(layer for layer, spec in specs.items() if spec.style.heat))


def _period(text: str) -> str | None:
    if text and not PERIOD.fullmatch(text):
        raise FilterError("period 应是 2026Q3 或 2026，收到 {value}。", value=text[:40])
    return text or None


def _scale(text: str) -> int | None:
    if not text:
        return None
    digits = text.removeprefix("1:").replace(" ", "").replace(",", "")
    if not (digits.isascii() and digits.isdigit() and LEAST_SCALE <= int(digits) <= MOST_SCALE):
        raise ArgumentError(
            "比例尺“{text}”不对，写 1:N 的 N，在 {least} 与 {most} 之间，如 200000。",
            text=text[:40], least=LEAST_SCALE, most=MOST_SCALE,
        )  # fmt: skip
    return int(digits)


def usual_parts(paper: PaperId) -> frozenset[str]:
    """What stands on a paper unless somebody chooses."""
    return FIGURE_PARTS if paper == "figure" else USUAL_PARTS


def _parts(text: str, paper: PaperId) -> frozenset[str]:
    if not text:
        return usual_parts(paper)
    return (
        frozenset()
        if text == "none"
        else frozenset(choice(part, PARTS, "parts") for part in parts(text, ","))
    )


def _title(text: str) -> str:
    line = _clean(text)
    if len(line) > MOST_TITLE:
        raise TitleError("标题有 {n} 字，太长，最多 {most} 字。", n=len(line), most=MOST_TITLE)
    return line


def _line(text: str, name: str, most: int) -> str:
    line = _clean(text)
    if len(line) > most:
        raise ArgumentError("{name} 有 {n} 字，太长，最多 {most} 字。", name=name, n=len(line), most=most)
    return line


def _clean(text: str) -> str:
    """A line without what leaves no ink, single spaces between its words."""
    return " ".join(printed(text).split())


def _review_number(text: str) -> str:
    """A number of the form that the authorities give; anything else would be a public mark without review."""
    line = _line(text, "review_number", MOST_TITLE)
    if line and not REVIEW.fullmatch(unicodedata.normalize("NFKC", line).replace(" ", "")):
        raise ArgumentError(
            "“{text}”不是审图号，照批准书写，如 晋S(2026)012号、GS(2026)0001号。", text=line[:40]
        )
    return line
