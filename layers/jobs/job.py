"""What is known about one job, and what is agreed when it is asked for."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import RowMapping

from geo.errors import GovmapError
from layers.jobs.order import MOST_S, Lane

State = Literal["waiting", "running", "done", "failed", "cancelled"]
ENDED: tuple[State, ...] = ("done", "failed", "cancelled")


@dataclass(frozen=True)
class Terms:
    """Who asks, and how the work is ranked.

    ``who`` is one person at one browser, "" for nobody in particular; ``page`` the page that it was asked from.
    ``watched``: it is of use only while somebody asks how far it is, and a newer one from the same page replaces it.
    ``alike`` names the jobs that take as long; ``seconds`` is how long, as long as none of them was done.
    """

    who: str = ""
    page: str = ""
    watched: bool = False
    alike: str = ""
    seconds: float = MOST_S


NOBODY = Terms()


@dataclass(frozen=True)
class Job:
    """One piece of work. ``role`` and ``scope`` are those of who asked: the work sees what they may see.

    ``done`` is a share from 0 to 1; ``message`` Chinese; ``best`` what is known so far; ``error`` has ``code``,
    ``template`` and ``params``; ``ahead`` is how many jobs come before one that waits, ``wait_s`` in how many seconds it
    is thought to begin, None where nobody knows; ``who`` asked for it.
    """

    id: str
    kind: str
    plan: Mapping[str, Any]
    role: str
    scope: str
    state: State
    done: float
    message: str
    best: Mapping[str, Any] | None
    result: Mapping[str, Any] | None
    error: Mapping[str, Any] | None
    ahead: int
    wait_s: float | None
    lane: Lane
    who: str
    touched_at: float


def job_of(row: RowMapping, ahead: int, wait_s: float | None) -> Job:
    """A row of the board."""
    return Job(
        id=row["id"], kind=row["kind"], plan=unpacked(row["plan"]) or {}, role=row["role"], scope=row["scope"],
        state=row["state"], done=row["done"], message=row["message"], best=unpacked(row["best"]),
        result=unpacked(row["result"]), error=unpacked(row["error"]), ahead=ahead, wait_s=wait_s,
        lane=row["lane"] or "long", who=row["who"] or "", touched_at=row["touched_at"],
    )  # fmt: skip


def packed(document: Mapping[str, Any]) -> str:
    """As a column keeps it."""
    return json.dumps(document, ensure_ascii=False, allow_nan=False)


def unpacked(text: str | None) -> dict[str, Any] | None:
    """What a column keeps."""
    found: dict[str, Any] | None = None if text is None else json.loads(text)
    return found


def described(error: GovmapError) -> dict[str, object]:
    """An error as it is kept: its message is translated for whoever reads it."""
    return {"code": error.code, "template": error.template, "params": _plain(error.params)}


def _plain(params: Mapping[str, object]) -> dict[str, object]:
    """Parameters of a message as JSON keeps them."""
    return {
        name: value if isinstance(value, int | float | str) else str(value) for name, value in params.items()
    }
