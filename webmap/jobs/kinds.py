"""What workers do: one entry for each kind of job."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from exports import orders
from geo.errors import ArgumentError
from layers.disclosure import Viewer
from layers.jobs import Job, Lane, Report, Terms
from layers.planning import SitingPlan, usual
from layers.planning.plans import parse_number

if TYPE_CHECKING:
    from layers.county import County
    from webmap.settings import Settings

MOST_ADDED = 50
MOST_SECONDS = 600.0
IDLE_S = 10.0
"""After so long without a job a worker gets ready for the first."""
FEW = 5
SOON_S, LATE_S, PAGE_S, REPORT_S = 1.0, 20.0, 1.0, 6.0
"""What is thought of a search, of a page and of a report until one like it was done."""
PREPARING, SOLVING = "正在量距离", "正在求解"


@dataclass(frozen=True)
class Kind:
    """``check`` raises for a plan that cannot be, and returns it; ``likely`` says which jobs take as long as that plan and
    how many seconds that may be; ``work`` does it; ``keeps`` says that its result is an export, which nobody needs to wait for."""

    check: Callable[[Mapping[str, str], "County", "Viewer"], Any]
    likely: Callable[[Any], tuple[str, float]]
    work: Callable[["County", Job, Report], Mapping[str, Any]]
    keeps: bool = False

    def terms(self, checked: Any, *, who: str, page: str = "") -> Terms:
        """How a plan that was checked is ranked and watched."""
        alike, seconds = self.likely(checked)
        return Terms(who, page, watched=not self.keeps, alike=alike, seconds=seconds)


def run_worker(settings: "Settings", lane: Lane, *, until_input_ends: bool = False) -> None:
    """Do the jobs of a lane of one GOVMAP_HOME, one at a time, until a signal comes or, when asked for, the input ends."""
    from webmap.service import open_service

    service = open_service(settings)
    if until_input_ends:
        threading.Thread(target=_end_with_input, daemon=True).start()
    if lane == "short":
        ready = threading.Timer(IDLE_S, _get_ready, [service.county])
        ready.daemon = True
        ready.start()
    jobs = service.jobs
    if lane == "long":  # it is begun anew
        jobs.give_up = lambda: os._exit(0)

    def _work(taken: Job, report: Report) -> Mapping[str, Any]:
        return KINDS[taken.kind].work(service.county, taken, report)

    with jobs.present(lane):
        jobs.enqueue_again(lane)
        service.queue.consume(lane, lambda: jobs.run_all(lane, _work))
    if jobs.interrupted:
        os._exit(0)  # threads of a solver may hold up a process that ends in good order


def _get_ready(county: "County") -> None:
    """What every job needs: heavy modules, and the places of the usual question."""
    from webmap.serving.warm import plan_once

    import_module("geo.siting")
    import_module("highspy")
    plan_once(county)


def siting_plan(words: Mapping[str, str], county: "County", viewer: Viewer) -> SitingPlan:
    """The plan of a siting job, which may only take so long; what is left out is usual.

    Raises:
        ArgumentError, LimitError: a value that cannot be. NoServicesError: no service is named and there is none.
    """
    asked = usual.siting_words(words)
    add, seconds = parse_number(asked["add"], "add"), parse_number(asked["seconds"], "seconds")
    if add != int(add) or not 1 <= add <= MOST_ADDED:
        raise ArgumentError(
            "要新增的中心数 {add} 不对，应是 1 到 {most} 的整数。", add=f"{add:g}", most=MOST_ADDED
        )
    if not 0 < seconds <= MOST_SECONDS:
        raise ArgumentError(
            "时限 {seconds} 秒不对，要大于 0、不超过 {most}。",
            seconds=f"{seconds:g}",
            most=f"{MOST_SECONDS:g}",
        )
    return usual.siting_plan(county.planning, viewer, words)


def _site(county: "County", job: Job, report: Report) -> Mapping[str, Any]:
    viewer = Viewer(job.role, job.scope)  # type: ignore[arg-type]
    plan = siting_plan(job.plan, county, viewer)
    report(0.0, PREPARING)

    def _heard(progress: Any) -> None:
        low, high = sorted((progress.value, progress.bound))
        gap = (high - low) / high if high else 0.0
        best = {"value": progress.value, "bound": progress.bound, "gap": gap, "seconds": progress.seconds}
        report(progress.seconds / plan.time_limit_s, SOLVING, best)

    found = county.planning.site(viewer, plan, progress=_heard, cancelled=report.cancelled)
    return found.to_json()


def _end_with_input() -> None:
    """Wait for the end of the input, then end this process as a signal would.

    Read without a buffer: a lock on one, held by this thread, would be in the way when the process ends.
    """
    while os.read(sys.stdin.fileno(), 4096):
        continue
    os.kill(os.getpid(), signal.SIGTERM)


def _likely_search(plan: SitingPlan) -> tuple[str, float]:
    """Most searches have their answer at once; what is hard takes until its limit, or may."""
    question, candidates = plan.coverage, plan.candidates
    chosen = candidates if isinstance(candidates, str) else "list"
    hard = plan.objective == "p-median" and plan.add > FEW
    hard = hard or bool(plan.prefer) or question.capacity or question.mode == "road"
    alike = (
        plan.objective,
        plan.prefer,
        plan.add,
        chosen,
        question.mode,
        question.demand,
        len(question.code),
    )
    words = [str(word) for word in (*alike, question.capacity)]
    return ",".join(words), min(LATE_S if hard else SOON_S, plan.time_limit_s)


def _likely_atlas(pages: Sequence[object]) -> tuple[str, float]:
    return f"{len(pages)}", PAGE_S * (len(pages) + 1)


def _likely_report(_plan: object) -> tuple[str, float]:
    return "report", REPORT_S


def _check_siting(words: Mapping[str, str], county: "County", viewer: "Viewer") -> SitingPlan:
    return siting_plan(words, county, viewer)


KINDS: Mapping[str, Kind] = {
    "siting": Kind(_check_siting, _likely_search, _site),
    "atlas": Kind(orders.check_atlas, _likely_atlas, orders.make_atlas_export, keeps=True),
    "report": Kind(orders.check_report, _likely_report, orders.make_report_export, keeps=True),
}
