"""A number beside the same one of an earlier period."""

from dataclasses import dataclass

from geo.wording import change, exact, number, ratio
from layers.areas.figures import Figure
from layers.spec import Text

CHANGE, GROWTH = "-change", "-growth"
"""Ends of the ids of a difference and of its share of the earlier value."""
MINUS = Text(zh="本期减{than}", en="this period minus {than}")
OVER = Text(zh="增减 ÷ {than}", en="change ÷ {than}")


@dataclass(frozen=True)
class Change:
    """``then`` is None where the earlier period has no complete data; ``than`` names it in a sentence."""

    now: Figure
    then: Figure | None
    than: str

    @property
    def amount(self) -> float | None:
        """How much more it is now; None where one of both is not known."""
        if self.then is None or self.now.value is None or self.then.value is None:
            return None
        return _less(self.now.value, self.then.value)

    @property
    def rate(self) -> float | None:
        """The change over the earlier value; None where that is zero or not known."""
        if self.amount is None or self.then is None or not self.then.value:
            return None
        return ratio(self.amount, self.then.value)

    def figure(self) -> Figure:
        """The difference as a figure of its own."""
        now = self.now
        hidden = now.withheld or (self.then is not None and self.then.withheld)
        return Figure(
            f"{now.id}{CHANGE}", now.label, self.amount, now.unit, now.layer, now.edition, self._made(MINUS),
            period=now.period, source=now.source, also=now.also, withheld=hidden,
        )  # fmt: skip

    def growth(self) -> Figure:
        """The change over the earlier value as a share."""
        plain = self.figure()
        then = self.then.value if self.then is not None else None
        return Figure(
            f"{self.now.id}{GROWTH}", plain.label, self.rate, "", plain.layer, plain.edition, self._made(OVER),
            numerator=self.amount, denominator=then if self.rate is not None else None, period=plain.period,
            source=plain.source, also=plain.also, withheld=plain.withheld, of=self.now.unit,
        )  # fmt: skip

    def _made(self, how: Text) -> Text:
        """How it was worked out, with the name of the earlier period."""
        period = self.then.period if self.then is not None else None
        named = f"{self.than}（{period}）" if period and period not in self.than else self.than
        return Text(zh=how.zh.format(than=named), en=how.en.format(than=period or "the earlier period"))

    def words(self) -> str:
        """“比上季度增加 12 件，增长 8.3 %”; says so where both cannot be compared."""
        unit, than = self.now.unit, self.than
        if self.then is None:
            return f"{than}没有完整数据，不作比较"
        if self.amount is None:
            hidden = than if self.then.value is None else "本期"
            return f"{hidden}的数不公开，不作比较" if self.figure().withheld else f"{than}没有采集，不作比较"
        if self.amount == 0:
            return f"与{than}持平"
        said = change(self.then.value, self.now.value, unit)
        return f"比{than}{said}" if self.then.value else f"{than}为 {number(0)} {unit}，{said}"


def _less(now: float, then: float) -> float:
    """The difference of two numbers as they are written; whole ones stay whole."""
    new, old = exact(now), exact(then)
    if new is None or old is None:
        return now - then
    return int(new - old) if isinstance(now, int) and isinstance(then, int) else float(new - old)
