"""The fingerprint of a sheet: what determines it, in eight hex digits."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from exports.sheets.plan import SheetPlan
from layers.disclosure import Viewer

if TYPE_CHECKING:
    from layers.county import County

VERSION = "5"
"""Raise it when the same plan and editions would be drawn differently."""


def fingerprint(
    county: "County",
    viewer: Viewer,
    plan: SheetPlan,
    editions: Mapping[str, str],
    made_on: date,
    number: tuple[int, int] | None,
) -> str:
    """“7c3e-91ab”: the same sheet of the same editions, on the same day, for the same viewer, and only that one."""
    parts = [
        VERSION,
        county.digest,
        viewer.key,
        plan.key,
        sorted(editions.items()),
        made_on.isoformat(),
        number,
    ]
    digits = hashlib.sha256(json.dumps(parts).encode()).hexdigest()
    return f"{digits[:4]}-{digits[4:8]}"
