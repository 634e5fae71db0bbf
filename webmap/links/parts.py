"""What a check works on: the words of a link that are left, and what was left out of it and why."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from flask_babel import gettext

from layers.language import told
from layers.spec import LayerSpec
from layers.themes import ThemeSpec
from webmap.roles import ROLE_TITLES
from webmap.service import the_county
from webmap.translations import language
from webmap.viewer import current_viewer

LONGEST = 40
"""Of a word that is repeated to the reader."""


@dataclass(frozen=True)
class Instead:
    """Where to go in place of what is gone: words on a button, and the words of the link that lead there."""

    label: str
    words: dict[str, str]


@dataclass(frozen=True)
class LeftOut:
    """One part of a link that is not obeyed, in words, with what takes its place where that is known."""

    part: str
    why: str
    instead: Instead | None = None


@dataclass
class Link:
    """A link on its way through the checks."""

    theme: ThemeSpec
    words: dict[str, str]
    left_out: list[LeftOut] = field(default_factory=list)

    def drop(self, part: str, why: str, instead: Instead | None = None) -> None:
        """Take a word out; the same sentence is said once."""
        self.words.pop(part, None)
        self.say(part, why, instead)

    def say(self, part: str, why: str, instead: Instead | None = None) -> None:
        """Tell something of a part that stays, or was changed."""
        if why not in [one.why for one in self.left_out]:
            self.left_out.append(LeftOut(part, why, instead))

    def put(self, part: str, kept: Iterable[str]) -> None:
        """What is left of a list; an empty one is gone."""
        text = ",".join(kept)
        if text:
            self.words[part] = text
        else:
            self.words.pop(part, None)


def short(text: str) -> str:
    """A word of the link as it is repeated."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def whole() -> str:
    """全县."""
    return str(told(the_county().divisions.whole, language()))


def title(spec: LayerSpec) -> str:
    """Of a layer, in the reader's language."""
    return spec.title.get(language())


def layer_for(link: Link, part: str, layer_id: str, *, records: bool = False) -> LayerSpec | None:
    """The layer that a part names; None, and said, where there is none or this viewer may not see it.

    ``records``: its single rows are meant, not counts of them.
    """
    county = the_county()
    spec = county.catalog.layers.get(layer_id)
    if spec is None:
        link.drop(part, gettext("链接里的图层 {layer} 已不存在").format(layer=short(layer_id)))
        return None
    access = county.door.access(spec, current_viewer())
    if access == "none" or (records and access == "counts"):
        link.drop(part, closed(spec))
        return None
    return spec


def closed(spec: LayerSpec) -> str:
    """For whom the rows of a layer are that this viewer does not get."""
    open_to = [gettext(name) for role, name in ROLE_TITLES.items() if spec.access.of(role) in ("exact", "grid")]
    if not open_to:
        return str(gettext("{layer}不开放，链接里的这一部分没有打开").format(layer=title(spec)))
    words = gettext("{layer}的明细只对{roles}开放，链接里的这一部分没有打开")
    return str(words.format(layer=title(spec), roles=gettext("、").join(open_to)))
