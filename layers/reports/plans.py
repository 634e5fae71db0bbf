"""What is asked of a report: one frozen plan with a canonical query string."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args
from urllib.parse import urlencode

from geo.errors import ArgumentError
from geo.phrases import listing
from layers.divisions import STANDARD, Divisions
from layers.planning.plans import CoveragePlan, choice, coverage_plan
from layers.reports.periods import read_period
from layers.reports.signed import maker_of, number_of

Kind = Literal["governance", "coverage", "profile"]
COVERAGE: Kind = "coverage"
OWN = ("report", "period", "code", "number", "maker", "lang")
QUESTION = (
    "services", "within", "match", "mode", "travel", "detour", "demand", "by", "place", "close", "capacity", "snap", "link",
)  # fmt: skip


@dataclass(frozen=True)
class ReportPlan:
    """``period`` is ``2026-10``, ``2026Q3`` or ``2026`` and empty for the latest complete quarter; ``code`` is the area,
    empty for the county. ``coverage`` is the question of a coverage report, None for the others; ``number`` is that of
    the document (文号), ``maker`` the office that issues and signs it."""

    kind: Kind
    period: str = ""
    code: str = ""
    coverage: CoveragePlan | None = None
    maker: str = ""
    number: str = ""

    def __post_init__(self) -> None:
        if self.period:
            read_period(self.period)
        if self.kind != "governance" and self.period:
            raise ArgumentError(
                "只有治理情况报告（governance）按时段，{kind} 报告不用写 period。", kind=self.kind
            )
        if self.kind == "governance" and self.code:
            raise ArgumentError(
                "治理情况报告（governance）不按乡镇或村做；一个乡镇或村的情况用 profile 报告，写上 code。"
            )

    @property
    def key(self) -> str:
        """Canonical query string: the same report has the same key, and ``report_plan`` reads the plan back from it."""
        words = {
            "report": self.kind, "period": self.period, "code": self.code, "number": self.number, "maker": self.maker,
        }  # fmt: skip
        if self.coverage is not None:
            words |= self.coverage.query()
        return urlencode({name: word for name, word in words.items() if word})


def report_plan(
    words: Mapping[str, str], usual: Mapping[str, str] | None = None, divisions: Divisions = STANDARD
) -> ReportPlan:
    """The plan of a query string, of a job or of command-line options.

    ``report`` names the kind, governance when empty; a coverage report also reads the words of a coverage question, over
    the ``usual`` ones; ``divisions`` say what the code of an area looks like.

    Raises:
        ArgumentError, LimitError: a word is unknown or cannot be; the message names it and what can be.
    """
    kind = choice(words.get("report") or "governance", get_args(Kind), "report")
    known = (*OWN, *QUESTION) if kind == COVERAGE else OWN
    for name in words:
        if name not in known:
            raise ArgumentError("{kind} 报告不认识 {name}，可用：{all}。", kind=kind, name=name[:40], all=listing(known))  # fmt: skip
    covered = None
    if kind == COVERAGE:
        asked = {name: word for name, word in words.items() if name in (*QUESTION, "code") and word}
        covered = coverage_plan({**(usual or {}), **asked}, divisions)
    if words.get("lang", "zh") != "zh":
        raise ArgumentError("报告只有中文的，没有 lang={lang}。", lang=words["lang"][:20])
    if kind == "profile" and not words.get("code"):
        raise ArgumentError(
            "profile 报告要写明是哪里：code 是乡镇 {township} 位、村 {village} 位或网格 {grid} 位代码。", **divisions.lengths
        )  # fmt: skip
    maker, number = maker_of(words.get("maker", "")), number_of(words.get("number", ""))
    return ReportPlan(kind, words.get("period", ""), words.get("code", ""), covered, maker, number)
