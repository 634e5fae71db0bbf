"""Which pages an atlas has, in which order, and what their files are called."""

import re
import string
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal, get_args
from urllib.parse import urlencode

from exports.sheets.plan import SheetPlan, sheet_plan
from geo.errors import ArgumentError, UnknownAreaError
from geo.phrases import listing
from layers.language.tongue import Tongue
from layers.planning.plans import choice, parts

if TYPE_CHECKING:
    from layers.county import County

By = Literal["township", "village"]
Format = Literal["pdf", "zip"]
OWN = ("atlas", "only", "format", "name")
"""Words of an atlas beside those of its sheets."""
NAME = "{number:02d}-{name}"
PLACES = ("number", "name", "code", "title", "date")
LONGEST_NAME = 240
"""Bytes; file systems take 255 with the ending."""
FORM = re.compile(r"(0?\d?d)?")
"""How a place may be written: digits of a number."""
FORBIDDEN = '\\/:*?"<>|'


@dataclass(frozen=True)
class AtlasPlan:
    """``sheet`` is what every page shows, its ``code`` and ``title`` those of the whole; ``only`` are codes of chosen pages,
    empty for all; ``format`` is one PDF, or a ZIP with a PDF for each page called by the expression ``name``.
    """

    sheet: SheetPlan
    by: By
    only: tuple[str, ...] = ()
    format: Format = "pdf"
    name: str = NAME

    @property
    def key(self) -> str:
        """Canonical query string; ``atlas_plan`` reads the plan back from it."""
        words = {
            "atlas": self.by,
            "only": ",".join(self.only),
            "format": "" if self.format == "pdf" else self.format,
            "name": "" if self.name == NAME else self.name,
        }
        return urlencode(self.sheet.query() | {name: word for name, word in words.items() if word})


@dataclass(frozen=True)
class AtlasPage:
    """One page: its ``number`` of ``of`` in the whole atlas, also when only some are made."""

    number: int
    of: int
    code: str
    name: str


def atlas_plan(words: Mapping[str, str], county: "County") -> AtlasPlan:
    """The plan of an atlas from words: ``atlas`` is township or village, the others are those of a sheet.

    Raises:
        ArgumentError: a word cannot be. What ``sheet_plan`` raises.
    """
    sheet = sheet_plan({name: word for name, word in words.items() if name not in OWN}, county)
    plan = AtlasPlan(
        sheet=replace(sheet, scale=None, paper="A4", orientation="portrait"),
        by=choice(words.get("atlas", ""), get_args(By), "atlas"),
        only=tuple(parts(words.get("only", ""), ",")),
        format=choice(words.get("format") or "pdf", get_args(Format), "format"),
        name=words.get("name") or NAME,
    )
    file_name(plan.name, AtlasPage(1, 1, "1", "村"), title="图", made_on=date.min)
    return plan


def atlas_pages(county: "County", plan: AtlasPlan) -> tuple[AtlasPage, ...]:
    """The pages that are to be made, in the order of their codes.

    Raises:
        ArgumentError: the area has no such divisions, or a chosen page is not among them.
    """
    register = county.areas.register()
    area = plan.sheet.code or county.code
    level = county.divisions.named(plan.by)
    codes = register.within(area, level)
    if not codes:
        raise ArgumentError(
            "{area}里没有{unit}可以分幅。", area=county.areas.name_of(area), unit=str(level.called)
        )
    unknown = [code for code in plan.only if code not in codes]
    if unknown:
        raise UnknownAreaError(
            "{area}没有代码为 {code} 的{unit}。",
            area=county.areas.name_of(area), code=unknown[0][:40], unit=str(level.called),
        )  # fmt: skip
    wanted = plan.only or codes
    return tuple(
        AtlasPage(number, len(codes), code, register.areas[code].name)
        for number, code in enumerate(codes, start=1)
        if code in wanted
    )


def page_plan(plan: AtlasPlan, page: AtlasPage) -> SheetPlan:
    """What one page shows, under a title of its own."""
    return replace(plan.sheet, code=page.code, title="")


def page_of(county: "County", plan: SheetPlan, *, by: str, code: str) -> tuple[SheetPlan, tuple[int, int]]:
    """One page of the atlas of a sheet's plan, the first unless ``code`` names another, with its number."""
    atlas = atlas_plan(plan.query() | {"atlas": by, "only": code}, county)
    page = atlas_pages(county, atlas)[0]
    return page_plan(atlas, page), (page.number, page.of)


# ---- names of files ----


def file_name(expression: str, page: AtlasPage, *, title: str, made_on: date) -> str:
    """The name of one page's file without its ending: ``{number:02d}-{name}`` gives “06-荣河镇”.

    Raises:
        ArgumentError: a place that is none, or no name at all.
    """
    values = {
        "number": page.number, "name": page.name, "code": page.code, "title": title, "date": made_on.isoformat(),
    }  # fmt: skip
    made = []
    try:
        for text, place, form, conversion in string.Formatter().parse(expression):
            made.append(text)
            if place is None:
                continue
            if place not in values or conversion or not FORM.fullmatch(form or ""):
                raise ArgumentError(
                    "文件名“{expression}”里的 {place} 不对，可用：{all}；幅号可写位数，如 {number}。",
                    expression=expression[:60], place="{" + place + "}",
                    all=listing("{" + name + "}" for name in PLACES), number="{number:02d}",
                )  # fmt: skip
            made.append(format(values[place], form or ""))
    except ValueError as error:
        raise ArgumentError(
            "文件名“{expression}”不对：{why}", expression=expression[:60], why=error
        ) from error
    return _safe("".join(made), expression)


def file_names(plan: AtlasPlan, pages: Sequence[AtlasPage], *, title: str, made_on: date) -> tuple[str, ...]:
    """A name for each page; raises ArgumentError when two pages would share one."""
    tongue = Tongue(plan.sheet.lang)
    told = (replace(page, name=tongue.place(page.name)) for page in pages)
    names = tuple(file_name(plan.name, page, title=title, made_on=made_on) for page in told)
    twice = _first_repeated(names)
    if twice is not None:
        raise ArgumentError(
            "文件名“{expression}”让几幅都叫“{name}”，加上 {number} 或 {code}。",
            expression=plan.name, name=twice, number="{number}", code="{code}",
        )  # fmt: skip
    return names


def _safe(name: str, expression: str) -> str:
    """Letters that file systems refuse become “_”; raises ArgumentError where nothing else is left."""
    clean = "".join("_" if letter in FORBIDDEN or ord(letter) < 32 else letter for letter in name).strip(" .")
    if not clean and expression.strip():
        clean = "_"
    if not clean or len(clean.encode()) > LONGEST_NAME:
        raise ArgumentError("文件名“{expression}”太短或太长。", expression=expression[:60])
    return clean


def _first_repeated(names: Iterable[str]) -> str | None:
    seen: set[str] = set()
    for name in names:
        if name.casefold() in seen:
            return name
        seen.add(name.casefold())
    return None
