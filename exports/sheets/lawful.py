"""What must hold before a sheet may be called public, and what is left out of one."""

from dataclasses import replace

import numpy as np

from exports.sheets.plan import SheetPlan
from exports.sheets.strata import Stratum
from geo.errors import ArgumentError, ForbiddenError
from layers.disclosure import PUBLIC, Viewer
from layers.divisions import Divisions
from layers.language import N_
from layers.language.tongue import Tongue
from layers.spec import Paint, Role

MAY_CONFIRM: frozenset[Role] = frozenset({"operator"})
"""Roles that may say why a public sheet needs no review number."""
OF_AREAS = frozenset({"governance", "indicators", "organisations"})
"""Groups whose polygons are divisions, so that their edges are division lines."""
VEIL, WHITE = 0.5, "#FFFFFF"
"""White that is less opaque cannot be told without its edge."""
INTERNAL, OF_THE_PUBLIC, PUBLISHED = N_("内部用图"), N_("供公众查看"), N_("公开用图")
"""Handling marks: what staff see may not go out; what the public sees holds nothing internal, whether reviewed or not."""


def check(plan: SheetPlan, viewer: Viewer) -> None:
    """Raises ArgumentError or ForbiddenError where the plan asks for a public sheet that may not be."""
    if plan.confirmed and viewer.role not in MAY_CONFIRM:
        raise ForbiddenError("确认公开地图不需要审图号，只有有这个权限的人员可以，需要时找系统管理员。")
    if plan.confirmed and not plan.reason:
        raise ArgumentError("确认公开地图时要写明理由（reason），如“只含示意性图形，不表示行政界线”。")
    if plan.handling == "public" and not (plan.review_number or plan.confirmed):
        raise ArgumentError("公开地图要有审图号（review_number）；没有的，由有权限的人员确认并写明理由。")


def reader(plan: SheetPlan, viewer: Viewer) -> Viewer:
    """As whom the sheet is drawn: what is called public shows what the public may see, whoever makes it."""
    return PUBLIC if plan.handling == "public" else viewer


def unlined(plan: SheetPlan, divisions: Divisions) -> frozenset[str]:
    """Layers whose lines are left out: on a public sheet that nobody has confirmed those of all divisions within the
    whole."""
    public = plan.handling == "public" and not plan.confirmed
    return frozenset(divisions.layers[1:]) if public else frozenset()


def without_lines(stratum: Stratum, *, answer: bool) -> Stratum:
    """A stratum whose polygons are divisions, or cut at them, without edges, nor those that only an edge shows; ``answer``
    says that it is the planner's."""
    if stratum.kind != "area" or not (answer or stratum.group in OF_AREAS):
        return stratum
    plain = replace(stratum, legend=tuple(replace(row, paint=_plain(row.paint)) for row in stratum.legend))
    unseen = [at for at, row in enumerate(plain.legend) if _unseen(row.paint)]
    return plain.part(~np.isin(plain.classes, unseen)) if unseen else plain


def _plain(paint: Paint) -> Paint:
    return paint.model_copy(update={"line": None, "hatch_line": paint.hatch_line or paint.line})


def _unseen(paint: Paint) -> bool:
    """Whether nothing of a paint without line shows."""
    veil = paint.fill is None or (paint.fill == WHITE and paint.fill_opacity < VEIL)
    return veil and paint.hatch == "none"


def mark(plan: SheetPlan, viewer: Viewer, tongue: Tongue) -> str:
    """The handling mark of a sheet as a viewer gets it: “internal” stands only where there may be something internal."""
    if plan.handling == "public":
        return tongue.gettext(PUBLISHED)
    return tongue.gettext(OF_THE_PUBLIC if viewer.role == "public" else INTERNAL)


def review(plan: SheetPlan, tongue: Tongue) -> str:
    """The review number, or what stands in its place."""
    if plan.review_number:
        return tongue.gettext("审图号：{number}", number=plan.review_number)
    if plan.handling == "public":
        return tongue.gettext("审图号：无，{reason}", reason=plan.reason)
    return tongue.gettext("审图号：（未经审核，不得公开）")
