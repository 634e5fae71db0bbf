"""What workers do: one entry for each kind of job."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from exports import orders
from geo.errors import ArgumentError
from layers.disclosure import Viewer
from layers.jobs import Job, Report
from layers.planning import SitingPlan, usual
from layers.planning.plans import parse_number

if TYPE_CHECKING:
    from layers.county import County
    from webmap.settings import Settings

MOST_ADDED = 50
MOST_SECONDS = 600.0
IDLE_S = 10.0
"""After so long without a job a worker gets ready for the first."""
NICER = 5
"""Jobs leave the processor to whoever waits for a page."""
PREPARING, SOLVING = "正在量距离", "正在求解"


@dataclass(frozen=True)
class Kind:
    """``check`` raises for a plan that cannot be; ``work`` does it; ``keeps`` says that its result is an export."""

    check: Callable[[Mapping[str, str], "County", "Viewer"], object]
    work: Callable[["County", Job, Report], Mapping[str, Any]]
    keeps: bool = False


def run_worker(settings: "Settings", *, until_input_ends: bool = False) -> None:
    """Do the jobs of one GOVMAP_HOME, one at a time, until a signal comes or, when asked for, the input ends."""
    from webmap.service import open_service

    service = open_service(settings)
    if until_input_ends:
        threading.Thread(target=_end_with_input, daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(NICER)
    ready = threading.Timer(IDLE_S, _get_ready, [service.county])
    ready.daemon = True
    ready.start()
    jobs = service.jobs
    with jobs.present():
        jobs.enqueue_again()
        service.queue.consume(
            lambda job: jobs.run(
                job, lambda taken, report: KINDS[taken.kind].work(service.county, taken, report)
            )
        )


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


def _check_siting(words: Mapping[str, str], county: "County", viewer: "Viewer") -> object:
    return siting_plan(words, county, viewer)


KINDS: Mapping[str, Kind] = {
    "siting": Kind(_check_siting, _site),
    "atlas": Kind(orders.check_atlas, orders.make_atlas_export, keeps=True),
    "report": Kind(orders.check_report, orders.make_report_export, keeps=True),
}
