"""Who is named because no way leads there: the first few with their people, by what is in the way."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from geo import wording
from geo.phrases import Phrase, say
from layers.catalog import Catalog
from layers.divisions import Divisions
from layers.planning.naming import facility, first_of, settlement
from layers.planning.plans import DEMAND_FIGURES, CoveragePlan, number
from layers.planning.results import Lost, Reason

if TYPE_CHECKING:
    from layers.planning.demand import Basis

UNITS: Mapping[str, Phrase] = MappingProxyType({"人": say("人"), "户": say("户"), "亩": say("亩")})
WHY_PLACES: Mapping[Reason, Phrase] = MappingProxyType(
    {
        "road": say("{who}{cap} 米内没有路，按到不了计：{names}", who="", cap="", names=""),
        "water": say("{who}{cap} 米内的路都隔着水，按到不了计：{names}", who="", cap="", names=""),
        "apart": say("{who}附近的路不通到任何中心，按到不了计：{names}", who="", names=""),
    }
)
WHY_CENTRES: Mapping[Reason, Phrase] = MappingProxyType(
    {
        "road": say("{n} 处中心 {cap} 米内没有路，只计不用路走得到的人：{names}", n="", cap="", names=""),
        "water": say(
            "{n} 处中心 {cap} 米内的路都隔着水，只计不用路走得到的人：{names}", n="", cap="", names=""
        ),
    }
)


def lost_words(
    lost: Sequence[Lost], plan: CoveragePlan, basis: "Basis", catalog: Catalog
) -> tuple[Phrase, ...]:
    """A sentence for each reason, about the demand and about the centres."""
    facts = {"cap": number(plan.snap)}
    what = _places_words(basis, catalog.divisions)
    found = []
    for reason, why in WHY_PLACES.items():
        places = [place for place in lost if (place.kind, place.reason) == ("demand", reason)]
        if places:
            amount = wording.number(sum(place.amount for place in places), 0)
            who = say(
                "{n} 个{what}（{amount} {unit}）",
                n=len(places),
                what=what,
                amount=amount,
                unit=UNITS[basis.unit],
            )
            found.append(Phrase(why.template, facts | {"who": who, "names": _names(places, catalog)}))
    for reason, why in WHY_CENTRES.items():
        places = [place for place in lost if (place.kind, place.reason) == ("service", reason)]
        if places:
            found.append(Phrase(why.template, facts | {"n": len(places), "names": _names(places, catalog)}))
    return tuple(found)


def unknown_words(basis: "Basis", code: str) -> tuple[Phrase, ...]:
    """The villages of an area of which no figure is known; nothing where all are."""
    names = [name for village, name in basis.unknown if village.startswith(code)]
    if not names:
        return ()
    shown = first_of(map(settlement, names))
    return (
        say(
            "{n} 个村没有{figure}，没有算在内：{names}（{why}）",
            n=len(names), figure=DEMAND_FIGURES[basis.kind], names=shown, why=basis.why,
        ),
    )  # fmt: skip


def _places_words(basis: "Basis", divisions: Divisions) -> Phrase:
    """What the points of the demand are."""
    if len(basis.layers) > 2:
        return say("地点")
    level = divisions.of_layer(basis.layer)
    return level.called if level else say("居民点")


def _names(places: Sequence[Lost], catalog: Catalog) -> Phrase:
    return first_of(facility(place.name, catalog, place.code.partition(":")[0]) for place in places)
