"""The governance report of a month, quarter or year: disputes, what became of them, hotspots, collective economy."""

from typing import TYPE_CHECKING

from geo.errors import GovmapError
from layers.disclosure import Viewer
from layers.planning.plans import HotspotPlan
from layers.reports import disputes, economy, hotspots
from layers.reports.compared import compared
from layers.reports.counts import LAYER, Disputes
from layers.reports.document import Block, Heading
from layers.reports.periods import Period, read_period
from layers.reports.plans import ReportPlan

if TYPE_CHECKING:
    from layers.planning.planning import Planning

LAYERS = (LAYER, "villages", "townships", "indicators")
STAFF_METHOD = (
    "件数按发生日期逐条计数。化解率为结案的件数除以本期发生的件数，结案、未结案和超期按数据发布那天的状态计。"
)
PUBLIC_METHOD = (
    "件数是公布的整季和整年件数；1–2 件的和能推算出它们的不公开。类别、等级、办理情况不公布，本报告不含。"
)
COMPARED = "增减和增幅与时间上前一期比较，同比与上年同期比较；没有完整数据的时期不作比较。"
YEARLY_ONLY = "集体经济是全年的数，只列入全年的报告。"


def blocks(
    planning: "Planning", viewer: Viewer, plan: ReportPlan
) -> tuple[str, list[Block], tuple[str, ...], tuple[str, ...]]:
    """Title without the county's name, blocks, the layers behind them, and how they were made.

    Raises:
        ForbiddenError: the viewer sees only a part of the county, or nothing.
        FilterError: nothing in the period; for the public, what is not published.
        UnknownEditionError: no disputes yet.
    """
    found = Disputes(planning.door, viewer)
    period = read_period(plan.period) if plan.period else found.usual()
    given = compared(found, planning.areas, period)
    catalog = planning.catalog
    hot, method = hotspots.section(planning, viewer, period, found.seen(period)[0])
    made: list[Block] = [
        *disputes.overview(given, catalog),
        Heading(1, "分布情况"),
        *disputes.townships(given, drawn=_drawn(planning, viewer, period)),
        *disputes.categories(given, catalog),
    ]
    if not found.public:
        made += disputes.resolution(given)
    yearly = economy.section(planning, viewer, period)
    made += [*hot, *yearly]
    missing = (YEARLY_ONLY,) if economy.left_out(planning, viewer, period) else ()
    methods = (PUBLIC_METHOD if found.public else STAFF_METHOD, COMPARED, method, *missing)
    return f"{period.words}基层治理情况报告", made, LAYERS if yearly else LAYERS[:-1], methods


def _drawn(planning: "Planning", viewer: Viewer, period: Period) -> bool:
    """Whether a map of the rates of the period can be drawn."""
    try:
        planning.rates(viewer, HotspotPlan(since=period.since, until=period.until))
    except GovmapError:
        return False
    return True
