"""Sentences that can be said in another language later.

A ``Phrase`` is its Chinese text, and remembers the message it was made from, so that a page in another language can
translate the message before filling it in, as it does with errors. Text of records only ever enters as a parameter.
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Literal, Self

Mark = Literal["、", "，", "；", "。"]
LATIN: Mapping[Mark, str] = MappingProxyType({"、": ", ", "，": ", ", "；": "; ", "。": ". "})


class Phrase(str):
    """Chinese text made of ``template`` and what fills its ``{name}`` places."""

    template: str
    params: Mapping[str, object]

    def __new__(cls, template: str, params: Mapping[str, object]) -> Self:
        made = super().__new__(cls, template.format(**params) if params else template)
        made.template, made.params = template, params
        return made

    def told(self, gettext: Callable[[str], str], of: Callable[[object], object]) -> str:
        """In the language of ``gettext``, which translates a message; ``of`` says what else fills a place."""
        filled = {name: _amid(_told(value, gettext, of), value) for name, value in self.params.items()}
        message = gettext(self.template)
        return message.format(**filled) if filled else message


class Chain(Phrase):
    """Parts with a mark between them; after the last one too where the mark ends a sentence."""

    parts: tuple[object, ...]
    mark: Mark

    def __new__(cls, parts: tuple[object, ...], mark: Mark) -> Self:
        made = str.__new__(cls, mark.join(map(str, parts)) + ("。" if mark == "。" else ""))
        made.template, made.params, made.parts, made.mark = "", {}, parts, mark
        return made

    def told(self, gettext: Callable[[str], str], of: Callable[[object], object]) -> str:
        said = [str(_told(part, gettext, of)) for part in self.parts]
        if self.mark != "。":
            return LATIN[self.mark].join(said)
        return LATIN["。"].join(f"{text[:1].upper()}{text[1:]}" for text in said) + "."


class Clause(Phrase):
    """A sentence within another: what its full stop ends goes on."""

    def __new__(cls, template: str, params: Mapping[str, object]) -> Self:
        said = template.format(**params) if params else template
        made = str.__new__(cls, said.rstrip("。"))
        made.template, made.params = template, params
        return made

    def told(self, gettext: Callable[[str], str], of: Callable[[object], object]) -> str:
        return super().told(gettext, of).rstrip("。.")


class PlaceName(str):
    """The name of a place, told in other languages by their rule for such names; ``kinds`` are words for what it may be,
    each with the word of the other language: 党群服务中心 in 荣河村党群服务中心."""

    kinds: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, name: str, kinds: tuple[tuple[str, str], ...]) -> "PlaceName":
        """The name of a place that may be of these kinds."""
        made = cls(name)
        made.kinds = kinds
        return made


def say(template: str, **params: object) -> Phrase:
    """A message, written as a Chinese literal so that it is found for translation."""
    return Phrase(template, params)


def listing(parts: Iterable[object], mark: Mark = "、") -> Chain:
    """Parts in a row."""
    return Chain(tuple(parts), mark)


def sentences(parts: Iterable[object]) -> Chain:
    """Each part as a sentence of its own."""
    return Chain(tuple(parts), "。")


def _told(value: object, gettext: Callable[[str], str], of: Callable[[object], object]) -> object:
    return value.told(gettext, of) if isinstance(value, Phrase) else of(value)


def _amid(text: object, value: object) -> object:
    """A message within another begins small, unless it begins with a name such as HiGHS, or that of a place."""
    if not isinstance(value, Phrase) or not isinstance(text, str) or isinstance(_first(value), PlaceName):
        return text
    first = text.split(" ", 1)[0]
    return f"{text[:1].lower()}{text[1:]}" if first.istitle() else text


def _first(value: object) -> object:
    """What stands first in a message: its own words, or what fills the place with which it begins."""
    if isinstance(value, Chain):
        return _first(value.parts[0]) if value.parts else value
    if isinstance(value, Phrase) and value.template.startswith("{"):
        return _first(value.params.get(value.template[1:].partition("}")[0]))
    return value
