"""A number that says how it was made."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from layers.spec import Text


@dataclass(frozen=True)
class Figure:
    """``value`` in ``unit``; a share is 0–1 with unit ``""`` and keeps numerator and denominator.

    ``edition`` is that of the layer named by ``layer``, ``also`` are the other layers behind the number with theirs;
    ``method`` says how it was worked out. ``withheld``: the viewer may not know it, which is not “nothing collected”.
    """

    id: str
    label: Text
    value: float | int | None
    unit: str
    layer: str
    edition: str
    method: Text
    numerator: float | int | None = None
    denominator: float | int | None = None
    period: str | None = None
    source: Text | str | None = None
    also: tuple[tuple[str, str], ...] = ()
    withheld: bool = False
    of: str = ""
    """Unit of numerator and denominator of a share, where it is one of what is measured."""
    level: str = ""
    """Level of the divisions that a share counts."""
    estimate: bool = False
    """Whether it is worked out (shared out, interpolated, invented), not collected."""

    @property
    def editions(self) -> dict[str, str]:
        """Every layer behind the number with its edition."""
        return {self.layer: self.edition, **dict(self.also)}

    @property
    def share(self) -> bool:
        """Whether it is a share of something."""
        return self.unit == "" and self.denominator is not None

    def to_json(self, language: str) -> dict[str, Any]:
        return {
            "id": self.id,
            "label": self.label.get(language),
            "value": self.value,
            "unit": self.unit,
            "numerator": self.numerator,
            "denominator": self.denominator,
            "period": self.period,
            "source": self.source.get(language) if isinstance(self.source, Text) else self.source,
            "method": self.method.get(language),
            "layer": self.layer,
            "edition": self.edition,
            "level": self.level or None,
            "flags": ["estimate"] if self.estimate else [],
        }


SUMMED = Text(zh="由村汇总", en="sum of the villages")
COUNTED = Text(zh="逐行计数", en="rows counted")
PUBLISHED = Text(zh="公布的件数", en="published counts")
ADDED = Text(zh="逐行相加", en="rows added up")
MEASURED = Text(zh="图上量算", en="measured on the map")
REACHED: Mapping[str, Text] = MappingProxyType(
    {
        "village": Text(zh="至少有一处的村 ÷ 全部村", en="villages with at least one ÷ all villages"),
        "township": Text(zh="至少有一处的乡镇 ÷ 全部乡镇", en="townships with at least one ÷ all townships"),
        "county": Text(zh="至少有一处的县 ÷ 全部县", en="counties with at least one ÷ all counties"),
    }
)
"""By the level of what has at least one."""
AS_GIVEN = Text(zh="原始数值", en="as reported")
