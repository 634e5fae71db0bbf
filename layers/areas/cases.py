"""What a profile says about disputes: months for staff, published periods for the public, nothing for others."""

from typing import Any

from layers.disclosure import Disclosed, Door, RowFilter, Viewer
from layers.disclosure.timeline import months, periods
from layers.editions.manifest import source_of
from layers.spec import Text

LAYER = "disputes"
MONTHS = 12
OPEN = "open"
PUBLIC_ONLY = Text(
    zh="只公布整季和整年的件数；1–2 件和能反推出它们的数不显示。",
    en="Only complete quarters and years are published; counts of 1–2, and what would give them away, are withheld.",
)
NOT_BY_GRID = Text(zh="公开的件数只到村，不到网格。", en="Published counts stop at the village.")
OWN_GRID = Text(zh="只含本网格的纠纷。", en="Only disputes of one's own grid.")
NOT_YOURS = Text(zh="不在这个身份的查看范围。", en="Outside what this role may see.")


def disputes(door: Door, viewer: Viewer, code: str, language: str) -> dict[str, Any] | None:
    """The disputes of an area as this viewer may see them; None when there is no such data."""
    edition = door.store.current(LAYER) if LAYER in door.catalog.layers else None
    if edition is None:
        return None
    spec = door.catalog.layer(LAYER)
    visibility = door.access(spec, viewer)
    base = {"layer": LAYER, "visibility": visibility}
    if visibility == "none":
        return base | {"note": NOT_YOURS.get(language)}
    base |= {"edition": edition.id, "source": source_of(spec, edition).get(language)}
    if visibility == "counts":
        return base | _published(door, code, language)
    own = viewer.scope not in ("", door.county)
    if own and not (code.startswith(viewer.scope) or viewer.scope.startswith(code)):
        return base | {"visibility": "none", "note": NOT_YOURS.get(language)}
    given = door.rows(LAYER, viewer, RowFilter(code=code))
    return (
        base
        | _recent(given, door.rows(LAYER, viewer))
        | {"note": OWN_GRID.get(language) if own else given.note}
    )


def _published(door: Door, code: str, language: str) -> dict[str, Any]:
    table = door.published(LAYER)
    if door.divisions.is_below(code, "village"):
        return {
            "periods": [],
            "period": None,
            "count": None,
            "suppressed": False,
            "note": NOT_BY_GRID.get(language),
        }
    found = periods(table, code)
    latest = next((item for item in reversed(found) if "Q" in item["period"]), None)
    return {
        "periods": found,
        "period": latest["period"] if latest else None,
        "count": latest["count"] if latest else None,
        "suppressed": bool(latest and latest["suppressed"]),
        "note": PUBLIC_ONLY.get(language),
    }


def _recent(given: Disclosed, whole: Disclosed) -> dict[str, Any]:
    """The twelve months up to the last one of all the rows that the viewer sees, and what is still open by level."""
    every = [item["month"] for item in months(whole)][-MONTHS:] if len(whole.rows) else []
    found = {item["month"]: item["count"] for item in months(given)} if len(given.rows) else {}
    shown = [{"month": month, "count": found.get(month, 0)} for month in every]
    return {
        "months": shown,
        "total": sum(item["count"] for item in shown),
        "since": every[0] if every else None,
        "until": every[-1] if every else None,
        "open": _open(given),
    }


def _open(given: Disclosed) -> dict[str, int] | None:
    rows = given.rows
    if not {"status", "warning_level"} <= set(rows.columns):
        return None
    levels = rows.loc[rows["status"] == OPEN, "warning_level"].fillna("").value_counts()
    return {name or "none": int(count) for name, count in levels.items()}
