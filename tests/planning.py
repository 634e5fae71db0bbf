"""The planner over a store of the hand-drawn county."""

from layers.areas import Areas
from layers.disclosure import Door
from layers.editions import Store
from layers.planning.planning import Planning
from tests.county import COUNTY, METRIC


def planning_of(store: Store) -> Planning:
    """A planner with nothing kept yet."""
    door = Door(store, store.catalog, COUNTY)
    areas = Areas(door, county_name="手画县", metric_crs=METRIC)
    return Planning(door, areas, metric_crs=METRIC, declarations=store.home / "declarations")
