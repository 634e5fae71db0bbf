"""What a check works on: the words of a link that are left, and what was left out of it and why."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from geo.phrases import Phrase, listing, say
from layers.county import County
from layers.spec import LayerSpec
from layers.themes import ThemeSpec
from layers.viewer import ROLE_TITLES, Viewer

LONGEST = 40
"""Of a word that is repeated to the reader."""
ROWS = ("exact", "grid")
"""What of a layer a viewer sees who gets its rows."""


@dataclass(frozen=True)
class Instead:
    """Where to go in place of what is gone: words on a button, and the words of the link that lead there."""

    label: Phrase
    words: dict[str, str]


@dataclass(frozen=True)
class LeftOut:
    """One part of a link that is not obeyed, in words, with what takes its place where that is known."""

    part: str
    why: Phrase
    instead: Instead | None = None


@dataclass
class Link:
    """A link on its way through the checks."""

    county: County
    viewer: Viewer
    theme: ThemeSpec
    words: dict[str, str]
    left_out: list[LeftOut] = field(default_factory=list)

    def drop(self, part: str, why: Phrase, instead: Instead | None = None) -> None:
        """Take a word out; the same sentence is said once."""
        self.words.pop(part, None)
        self.tell(part, why, instead)

    def tell(self, part: str, why: Phrase, instead: Instead | None = None) -> None:
        """Something of a part that stays, or was changed."""
        if why not in [one.why for one in self.left_out]:
            self.left_out.append(LeftOut(part, why, instead))

    def put(self, part: str, kept: Iterable[str]) -> None:
        """What is left of a list; an empty one is gone."""
        text = ",".join(kept)
        if text:
            self.words[part] = text
        else:
            self.words.pop(part, None)

    def layer(self, part: str, layer_id: str, *, records: bool = False) -> LayerSpec | None:
        """The layer that a part names; None, and said, where there is none or this viewer may not see it.

        ``records``: its single rows are meant, not counts of them.
        """
        spec = self.county.catalog.layers.get(layer_id)
        if spec is None:
            self.drop(part, say("链接里的图层 {layer} 已不存在", layer=short(layer_id)))
            return None
        access = self.county.door.access(spec, self.viewer)
        if access == "none" or (records and access == "counts"):
            self.drop(part, closed(spec))
            return None
        return spec


def short(text: str) -> str:
    """A word of the link as it is repeated."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def closed(spec: LayerSpec) -> Phrase:
    """For whom the rows of a layer are that this viewer does not get."""
    open_to = [name for role, name in ROLE_TITLES.items() if spec.access.of(role) in ROWS]
    if not open_to:
        return say("{layer}不开放，链接里的这一部分没有打开", layer=spec.title)
    return say(
        "{layer}的明细只对{roles}开放，链接里的这一部分没有打开", layer=spec.title, roles=listing(open_to)
    )
