"""Ids that other programs rely on: they stay, in this order where order shows, whatever joins them."""

LAYERS = (
    "counties",
    "townships",
    "villages",
    "grids",
    "roads",
    "settlements",
    "rivers",
    "land-use",
    "party-service-centres",
    "governance-centres",
    "convenience-halls",
    "deliberation-halls",
    "community-service-centres",
    "party-building-offices",
    "village-clinics",
    "neighbour-centres",
    "culture-halls",
    "fitness-centres",
    "safety-posts",
    "warm-stations",
    "sports-stations",
    "parks",
    "orchards",
    "herb-bases",
    "herb-processing",
    "mushroom-greenhouses",
    "trading-markets",
    "cold-stores",
    "logistics-points",
    "farm-service-coops",
    "collective-projects",
    "idle-assets",
    "disputes",
    "deliberation-topics",
    "demonstration-sites",
    "village-status",
    "weak-party-orgs",
    "two-new-orgs",
    "co-building-agreements",
    "river-works",
    "water-monitors",
    "urban-projects",
    "indicators",
)
THEMES = (
    "overview",
    "services",
    "coverage",
    "disputes",
    "industry",
    "organisations",
    "environment",
    "my-grid",
)
"""In the order of the header."""


def without_newcomers(found: list[str], known: tuple[str, ...]) -> list[str]:
    """Of what was found, that which is known, in the order in which it was found."""
    return [name for name in found if name in known]
