"""What a planner may ask about, and what is asked until somebody chooses."""

from typing import TYPE_CHECKING

from layers.catalog import Catalog
from layers.disclosure import Door, Viewer
from layers.spec import Group, LayerSpec

if TYPE_CHECKING:
    from layers.planning.planning import Planning

GROUPS: tuple[Group, ...] = ("services", "industry", "organisations", "environment")
"""Groups whose points and areas can be services."""
THEME = "coverage"
FIRST_STANDARD = "rural-2km"
USUAL = {
    "mode": "detour",
    "detour": "1.3",
    "match": "any",
    "travel": "walk",
    "demand": "population",
    "by": "village",
}
"""What the page asks for until somebody chooses: nobody walks as the crow flies."""


def is_service(spec: LayerSpec) -> bool:
    """Whether a layer can be asked about as a service."""
    return spec.group in GROUPS and spec.geometry in ("point", "polygon")


def offered(catalog: Catalog) -> tuple[LayerSpec, ...]:
    """Layers to choose from; the others of ``GROUPS`` are taken when they are named."""
    return tuple(spec for spec in catalog if spec.group == "services" and is_service(spec))


def services_for(door: Door, viewer: Viewer) -> tuple[LayerSpec, ...]:
    """Services that have data and whose places the viewer may see, in the order of the theme."""
    wanted = [*door.catalog.theme(THEME).layer_ids(), *door.catalog.layers]
    current = door.store.currents()
    seen = [
        spec
        for spec in offered(door.catalog)
        if spec.id in current and current[spec.id].rows and door.access(spec, viewer) == "exact"
    ]
    return tuple(sorted(seen, key=lambda spec: wanted.index(spec.id)))


def usual_words(planning: "Planning", viewer: Viewer) -> dict[str, str]:
    """The question of the page that nobody has changed yet; without services when there are none."""
    standards = {item.id: item for item in planning.standards()}
    first = standards.get(FIRST_STANDARD) or next(iter(standards.values()), None)
    services = services_for(planning.door, viewer)
    within = f"{first.within:g}{first.unit}" if first else "2000m"
    return USUAL | {"services": services[0].id if services else "", "within": within}
