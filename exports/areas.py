"""Shapes of areas for tables of results."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from layers.disclosure import Door, Viewer


def shapes_of(door: "Door", viewer: "Viewer", level: str, codes: Sequence[str]) -> list[Any]:
    """Shapes (EPSG:4490) of the divisions of a level in the order of ``codes``, as the viewer may see them; None for one
    that has none."""
    given = door.rows(door.divisions.named(level).layer, viewer)
    known = dict(zip(given.keys(), given.rows.geometry.to_numpy(), strict=True))
    return [known.get(code) for code in codes]
