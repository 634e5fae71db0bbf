"""Which layers a planner may ask about as services."""

from layers.catalog import Catalog
from layers.disclosure import Door, Viewer
from layers.spec import Group, LayerSpec

GROUPS: tuple[Group, ...] = ("services", "industry", "organisations", "environment")
"""Groups whose points and areas can be services."""
THEME = "coverage"


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
