"""The spine: the levels of divisions, how long their codes are, and which layers and fields hold them.

A code begins with the code of what it lies in, so everything above a division is a prefix of its code. How long a code is
stands here and nowhere else. County, township and village have the digits of GB/T 2260 and GB/T 10114; what a grid adds to
its village's twelve is settled by each province, so that is a setting.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

from geo.phrases import Phrase, say
from layers.spec import LayerSpec, Text
from layers.spec import Level as LevelName

LEAST_GRID_DIGITS, GRID_DIGITS, MOST_GRID_DIGITS = 13, 15, 20


@dataclass(frozen=True)
class Level:
    """One level of divisions.

    ``digits`` is the length of a code, ``layer`` the layer whose rows are these divisions, ``field`` the column in which
    other rows name the division of this level that they lie in. ``title`` heads a list of them, ``called`` is what one is
    called in a sentence or above a column, ``unit`` what they are counted in.
    """

    name: LevelName
    digits: int
    layer: str
    field: str
    title: Text
    called: Phrase
    unit: Phrase

    @property
    def pattern(self) -> str:
        """A regular expression for its codes."""
        return rf"\d{{{self.digits}}}"


@dataclass(frozen=True)
class Divisions:
    """The levels of one county or prefecture, the largest first: at least county, township, village and grid."""

    levels: tuple[Level, ...]

    def __iter__(self) -> Iterator[Level]:
        return iter(self.levels)

    @property
    def top(self) -> Level:
        """The level of the whole place."""
        return self.levels[0]

    @property
    def whole(self) -> Phrase:
        """What all of the place is called in a sentence."""
        return say("全市") if self.top == PREFECTURE else say("全县")

    @cached_property
    def layers(self) -> tuple[str, ...]:
        """Layers of divisions, those of the largest first."""
        return tuple(level.layer for level in self.levels)

    @cached_property
    def lengths(self) -> Mapping[str, Any]:
        """Digits by the name of the level."""
        return MappingProxyType({level.name: level.digits for level in self.levels})

    @cached_property
    def pattern(self) -> str:
        """A regular expression for any code."""
        return "|".join(level.pattern for level in self.levels)

    def named(self, name: str) -> Level:
        """The level of that name; KeyError where there is none."""
        return self._by_name[name]

    def of_layer(self, layer: str) -> Level | None:
        """The level whose divisions a layer holds; None for any other layer."""
        return next((level for level in self.levels if level.layer == layer), None)

    def level_of(self, code: str) -> Level | None:
        """The level of a code, by its length; None where no level has that length."""
        return self._by_digits.get(len(code))

    def is_code(self, text: str) -> bool:
        """Whether a text can be the code of a division."""
        return text.isascii() and text.isdigit() and len(text) in self._by_digits

    def above(self, level: Level) -> Level | None:
        """The level in which one of this level lies; None for the top."""
        at = self.levels.index(level)
        return self.levels[at - 1] if at else None

    def parent_field(self, level: Level, spec: LayerSpec | None) -> str | None:
        """The field of a layer's rows that names what a division of the level lies in; None where the layer has none."""
        above = self.above(level)
        return above.field if above and spec is not None and spec.has(above.field) else None

    def child(self, level: Level | None) -> Level | None:
        """The level right below; None below the smallest."""
        at = self.levels.index(level) + 1 if level is not None else len(self.levels)
        return self.levels[at] if at < len(self.levels) else None

    def upwards(self, name: str) -> tuple[Level, ...]:
        """A level and those above it, the smallest first."""
        return self.levels[self.levels.index(self.named(name)) :: -1]

    def prefixes(self, code: str) -> tuple[str, ...]:
        """Codes of what a code lies in, the largest first, then the code itself where it is one of a division."""
        return tuple(code[: level.digits] for level in self.levels if level.digits <= len(code))

    def cut(self, code: str, name: str) -> str:
        """The code of the division of a level in which a code lies; a larger one stays as it is."""
        return code[: self.named(name).digits]

    def is_below(self, code: str, name: str) -> bool:
        """Whether a code is of a smaller division than those of a level."""
        return len(code) > self.named(name).digits

    @cached_property
    def _by_name(self) -> Mapping[str, Level]:
        return {level.name: level for level in self.levels}

    @cached_property
    def _by_digits(self) -> Mapping[int, Level]:
        return {level.digits: level for level in self.levels}


PREFECTURE = Level(
    "prefecture", 4, "prefectures", "prefecture_code", Text(zh="市", en="Prefectures"), say("市"), say("市")
)
COUNTY = Level("county", 6, "counties", "county_code", Text(zh="县", en="Counties"), say("县"), say("县"))
TOWNSHIP = Level(
    "township", 9, "townships", "township_code", Text(zh="乡镇", en="Townships"), say("乡镇"), say("乡镇")
)
VILLAGE = Level(
    "village",
    12,
    "villages",
    "village_code",
    Text(zh="村（社区）", en="Villages"),
    say("村（社区）"),
    say("村"),
)
GRID = Level(
    "grid", GRID_DIGITS, "grids", "grid_code", Text(zh="治理网格", en="Grids"), say("网格"), say("网格")
)
STANDARD = Divisions((COUNTY, TOWNSHIP, VILLAGE, GRID))
"""A county whose grids have three digits after their village's: what holds unless a county's settings say otherwise."""
CODE_FIELDS = tuple(level.field for level in (GRID, VILLAGE, TOWNSHIP, COUNTY, PREFECTURE))
"""Fields in which rows name the divisions they lie in, the finest first; the same everywhere."""
WHOLE_CODE = f"^({PREFECTURE.pattern}|{COUNTY.pattern})$"
"""What the code of a whole place looks like: a county, or a prefecture with several."""


def divisions_of(code: str, grid_digits: int = GRID_DIGITS) -> Divisions:
    """The levels of the county, or of the prefecture, with that code; ``grid_digits`` is the length of a grid's code.

    Raises:
        ValueError: the code is neither a county's nor a prefecture's, or a grid's is not longer than a village's.
    """
    if not VILLAGE.digits < grid_digits <= MOST_GRID_DIGITS:
        raise ValueError(f"grid_digits is {grid_digits}, not from {LEAST_GRID_DIGITS} to {MOST_GRID_DIGITS}")
    below = (TOWNSHIP, VILLAGE, replace(GRID, digits=grid_digits))
    if len(code) == PREFECTURE.digits:
        return Divisions((PREFECTURE, COUNTY, *below))
    if len(code) == COUNTY.digits:
        return Divisions((COUNTY, *below))
    raise ValueError(
        f"{code!r} is neither {PREFECTURE.digits} nor {COUNTY.digits} digits: no prefecture or county"
    )
