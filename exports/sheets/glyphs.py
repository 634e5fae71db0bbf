"""Characters that the typeface cannot write: refused where a person typed them, replaced and said where data hold them."""

from collections.abc import Iterable
from dataclasses import replace

from exports.sheets.fonts import missing_glyphs
from exports.sheets.page import AnyMark, Group, Words
from exports.sheets.plan import SheetPlan
from geo.errors import GlyphError
from layers.language.tongue import Tongue

STAND_IN = "〓"
SHOWN = 12


def check_typed(plan: SheetPlan) -> None:
    """Raises GlyphError for a title, maker, review number or reason that cannot be printed."""
    for text in (plan.title, plan.maker, plan.review_number, plan.reason):
        check_printable(text)


def check_printable(text: str) -> None:
    """Raises GlyphError for a line that cannot be printed."""
    if missing := missing_glyphs(text):
        raise GlyphError("“{text}”里的“{signs}”字体里没有，换一个写法。", text=text, signs=missing)


def missing_notes(names: Iterable[str], tongue: Tongue) -> tuple[str, ...]:
    """What stands on the sheet in place of which characters, told by their code points too, and in which names."""
    every = list(dict.fromkeys(names))
    missing = missing_glyphs("".join(every))
    if not missing:
        return ()
    found = [name for name in every if set(missing) & set(name)][:SHOWN]
    return (
        tongue.gettext(
            "字体里没有“{signs}”，图上写作“{stand_in}”：{names}",
            signs=" ".join(f"{sign} U+{ord(sign):04X}" for sign in missing), stand_in=STAND_IN, names=tongue.comma.join(found),
        ),
    )  # fmt: skip


def legible(marks: Iterable[AnyMark]) -> tuple[AnyMark, ...]:
    """The marks with a stand-in for every character that cannot be written."""
    return tuple(_legible(mark) for mark in marks)


def _legible(mark: AnyMark) -> AnyMark:
    if isinstance(mark, Group):
        return replace(mark, marks=legible(mark.marks))
    if isinstance(mark, Words) and not mark.text.isascii() and (missing := missing_glyphs(mark.text)):
        return replace(mark, text=mark.text.translate({ord(sign): STAND_IN for sign in missing}))
    return mark
