"""The register of figures: what each number is, in which unit, out of what, of which places and of which time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from layers.language import translated
from layers.planning.usual import USUAL
from layers.spec import LayerSpec, Level, Text

if TYPE_CHECKING:
    from layers.catalog import Catalog

Period = Literal["edition", "rows", "question"]
"""Whose time a figure has: that of its edition, of the rows that are shown, or of the question that was asked."""
UNCOUNTED = frozenset({"divisions", "base", "indicators"})
"""Groups of layers of which nobody asks whether a row is the county's."""


@dataclass(frozen=True)
class FigureSpec:
    """One number of the product. ``of`` is the level whose divisions are its denominator, ``none`` for a plain number;
    ``inside`` says that places across the county's line are not in it; ``annualised`` that it is brought to a year;
    ``question`` what is asked where nobody chooses.
    """

    id: str
    title: Text
    definition: Text
    unit: Text
    layer: str
    of: Level = "none"
    inside: bool = True
    period: Period = "edition"
    annualised: bool = False
    question: Mapping[str, str] = field(default_factory=dict)

    def to_json(self, language: str) -> dict[str, Any]:
        """Plain data in one language."""
        return {
            "id": self.id,
            "title": self.title.get(language),
            "definition": self.definition.get(language),
            "unit": self.unit.get(language),
            "layer": self.layer or None,
            "of": self.of,
            "inside": self.inside,
            "period": self.period,
            "annualised": self.annualised,
            "question": dict(self.question),
        }


def figures_of(catalog: "Catalog") -> Mapping[str, FigureSpec]:
    """Every figure by its id: those of the layers as they are declared, then those of the questions."""
    own = [figure for spec in catalog for figure in _of_layer(spec)]
    return MappingProxyType({figure.id: figure for figure in (*own, *QUESTIONS)})


def rows_of(spec: LayerSpec) -> FigureSpec:
    """How many rows a layer has: the figure that goes by the layer's id."""
    return FigureSpec(
        spec.id,
        spec.title,
        Text(
            zh=f"“{spec.title.zh}”的行数，同一处登记几次算几行",
            en=f"Rows of “{spec.title.en}”; a place that is registered twice counts twice",
        ),
        spec.count_unit,
        spec.id,
        inside=spec.group not in UNCOUNTED,
        period="rows" if spec.time_field else "edition",
    )


def _of_layer(spec: LayerSpec) -> list[FigureSpec]:
    found = [rows_of(spec)]
    if spec.sum_field:
        found.append(_sum_of(spec, spec.sum_field))
    if spec.group == "services":
        found.append(_reach_of(spec))
    return found


def _sum_of(spec: LayerSpec, name: str) -> FigureSpec:
    amount = spec.field(name)
    return FigureSpec(
        f"{spec.id}.{name}",
        Text(zh=f"{spec.title.zh}{amount.title.zh}", en=f"{spec.title.en}, {amount.title.en.lower()}"),
        Text(
            zh="各行上报数相加，没有报的行不在内，另说报了几行",
            en="Reported figures added up; rows without one are not in it, and are counted beside it",
        ),
        Text(zh=amount.unit, en=translated(amount.unit, "en")) if amount.unit else spec.count_unit,
        spec.id,
        inside=spec.group not in UNCOUNTED,
        period="rows" if spec.time_field else "edition",
    )


def _reach_of(spec: LayerSpec) -> FigureSpec:
    townships = spec.level == "township"
    return FigureSpec(
        f"{spec.id}.reach",
        Text(zh=f"有{spec.title.zh}的份额", en=f"Share with {spec.title.en.lower()}"),
        Text(zh="至少有一处的乡镇 ÷ 全部乡镇", en="Townships with at least one ÷ all townships")
        if townships
        else Text(
            zh="至少有一处的村（社区） ÷ 全部村（社区）", en="Villages with at least one ÷ all villages"
        ),
        Text(zh="%", en="%"),
        spec.id,
        of="township" if townships else "village",
    )


QUESTIONS = (
    FigureSpec(
        "coverage",
        Text(zh="覆盖率", en="Coverage"),
        Text(
            zh="到最近一处不超过阈值（含）的人（户、亩） ÷ 全部；县外的中心也算能到",
            en="People (households, land) within the limit (inclusive) of the nearest centre ÷ all; centres outside the county count as reachable",
        ),
        Text(zh="%", en="%"),
        "",
        inside=False,
        period="question",
        question=USUAL,
    ),
    FigureSpec(
        "access",
        Text(zh="可达性", en="Accessibility"),
        Text(
            zh="两步移动搜寻：每处容量 ÷ 它能服务的人，再按人能到的各处相加",
            en="Two-step floating catchment area: supply of each centre ÷ demand in reach of it, summed over the centres in reach",
        ),
        Text(zh="处/千人", en="per 1,000 people"),
        "",
        inside=False,
        period="question",
        question=USUAL,
    ),
    FigureSpec(
        "hotspots",
        Text(zh="纠纷热点", en="Hot spots of disputes"),
        Text(
            zh="Getis-Ord Gi*，平滑后的每千人件数，显著性按错误发现率校正",
            en="Getis-Ord Gi* of smoothed cases per 1,000 people, corrected for the false discovery rate",
        ),
        Text(zh="z", en="z"),
        "disputes",
        period="question",
    ),
    FigureSpec(
        "disputes.rate",
        Text(zh="每千人纠纷", en="Disputes per 1,000 people"),
        Text(
            zh="时段内的件数 ÷ 常住人口 × 1,000，没有折算成年",
            en="Cases of the period ÷ residents × 1,000, not brought to a year",
        ),
        Text(zh="件/千人", en="cases per 1,000 people"),
        "disputes",
        period="question",
    ),
)
