"""Who needs the service: the finest complete layer of people or land, made to agree with the villages' figures."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.amounts import LARGEST_SUM, SHOWN
from geo.coverage import demand_of, demand_points, spread_demand
from geo.errors import ArgumentError, WeightsError
from geo.measure import area_mu
from geo.phrases import Phrase, listing, say
from layers.disclosure import Disclosed, Door, Viewer
from layers.divisions import Divisions
from layers.planning.naming import first_of, settlement
from layers.planning.plans import DEMAND_TITLES, DEMAND_UNITS, DemandKind

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from geo.coverage import Demand

VILLAGES = "villages"
FINER = ("settlements", "grids")
"""The finest first."""
NOTHING = listing(())


@dataclass(frozen=True)
class Basis:
    """Demand of the whole county in metres, and how it was made.

    ``layer`` is where most points come from, ``layers`` all that were used; ``finest`` is the length of
    a grid's code where the points know their grid, else that of a village's. ``keys`` and ``names`` are those of the
    place at each point. ``unknown`` are code and name of the villages of which nothing is known: their points weigh
    nothing. ``words`` say it in Chinese, ``why`` why nothing finer says more about those; ``period`` is when the figures were
    taken, which is not when the villages were listed.
    """

    demand: "Demand"
    kind: DemandKind
    unit: str
    layer: str
    layers: tuple[str, ...]
    finest: int
    words: Phrase
    keys: "NDArray[np.str_]"
    names: "NDArray[np.str_]"
    unknown: tuple[tuple[str, str], ...]
    why: Phrase
    period: str = ""


@dataclass(frozen=True)
class _Source:
    """A finer layer: its places in the villages that are taken from it, and the names of those with people."""

    given: Disclosed
    places: "gpd.GeoDataFrame"
    villages: tuple[str, ...]


def demand_basis(door: Door, viewer: Viewer, kind: DemandKind, crs: str) -> Basis:
    """Spread the villages' figures over settlements, else grids, else take the villages themselves.

    Each village is taken from the finest layer that is complete in it: it has people there, and no figure and no place
    is missing; what one village lacks changes no other. The figures of the layer set the proportions within each
    village, the villages' figures the sums; where a village has no figure of its own, that of its places counts, and
    where they are not complete either it is ``unknown``. Land is measured, not reported, and never spread over
    settlements.

    Raises:
        UnknownEditionError: no villages yet. WeightsError: no village has a figure, nor any finer layer.
    """
    villages = _measured(door.rows(VILLAGES, viewer), kind, crs)
    left, sources, reasons = villages, list[_Source](), list[Phrase]()
    for layer in FINER if kind != "area" else ("grids",):
        given = _given(door, viewer, layer)
        if given is None:
            continue
        if kind != "area" and kind not in given.rows.columns:
            reasons.append(say("{layer}没有{kind}，没有用", layer=given.spec.title, kind=DEMAND_TITLES[kind]))
            continue
        places = _measured(given, kind, crs)
        full = left["code"].isin(_complete(left, places))
        if full.any():
            here = places[places["village_code"].isin(left.loc[full, "code"])]
            sources.append(_Source(given, here, tuple(left.loc[full & (left["amount"] != 0), "name"])))
        elif (left["amount"] != 0).any():
            reasons.append(say("{layer}没有一个村是全的，没有用", layer=given.spec.title))
        left = left[~full]
    _some_known(villages, sources, kind)
    made = _spread(villages, left, kind, sources, door.divisions) if sources else _plain(door, villages, kind)
    lost = left[left["amount"].isna()]
    return replace(
        made,
        words=listing([made.words, *reasons], "；") if reasons else made.words,
        unknown=tuple(zip(lost["code"], lost["name"], strict=True)),
        why=_why(sources, reasons),
        period=_period(door.rows(VILLAGES, viewer), kind),
    )


def _period(given: Disclosed, kind: DemandKind) -> str:
    """When the figures were taken, where all rows say the same; else of when the villages are."""
    if kind != "area" and "period" in given.rows:
        said = given.rows["period"].dropna().unique()
        if len(said) == 1:
            return str(said[0])
    return given.edition.period or ""


def _why(sources: list[_Source], reasons: list[Phrase]) -> Phrase:
    """Why no finer layer tells of a village without a figure."""
    if sources:
        layers = listing(source.given.spec.title for source in sources)
        return say("这些村的{layers}也不全", layers=layers)
    return listing(reasons, "，") if reasons else say("也没有更细的图层")


def _given(door: Door, viewer: Viewer, layer: str) -> Disclosed | None:
    known = layer in door.catalog.layers and door.store.current(layer) is not None
    if not known or door.access(door.catalog.layer(layer), viewer) != "exact":
        return None
    return door.rows(layer, viewer)


def _measured(given: Disclosed, kind: DemandKind, crs: str) -> "gpd.GeoDataFrame":
    """Rows in metres, in the order of their codes, with a column ``amount``: the figure as reported, or 亩 on the map."""
    rows = given.rows.to_crs(crs).sort_values("code", kind="stable", ignore_index=True)
    if kind == "area":
        return rows.assign(amount=area_mu(rows.geometry))
    if kind not in rows.columns:
        raise ArgumentError(
            "图层“{layer}”没有“{kind}”。", layer=given.spec.title.zh, kind=DEMAND_TITLES[kind]
        )
    amounts = rows[kind].astype("float64")
    if amounts.sum() >= LARGEST_SUM:
        raise WeightsError(
            "图层“{layer}”的“{kind}”加起来有 {sum}，太大，不会是真的，最大的在{name}。核对单位和位数。",
            layer=given.spec.title.zh, kind=DEMAND_TITLES[kind], sum=f"{amounts.sum():.3g}",
            name=rows["name"].iloc[int(amounts.argmax())],
        )  # fmt: skip
    return rows.assign(amount=amounts)


def _complete(villages: "gpd.GeoDataFrame", places: "gpd.GeoDataFrame") -> "pd.Series":
    """Codes of the villages that a finer layer says all about."""
    home = places["village_code"]
    missing = places["amount"].isna() | places.geometry.isna() | places.geometry.is_empty
    sums = villages["code"].map(places.groupby(home)["amount"].sum())
    # Nobody in a village and nobody in its places agree; people in a village and none in its places do not.
    agree = sums.notna() & ((sums > 0) | (villages["amount"].fillna(1) == 0))
    codes: pd.Series = villages.loc[agree & ~villages["code"].isin(home[missing]), "code"]
    return codes


def _some_known(villages: "gpd.GeoDataFrame", sources: list[_Source], kind: DemandKind) -> None:
    if not sources and villages["amount"].isna().all():
        raise WeightsError(
            "{count} 个村都没有{kind}，如{names}。在村（社区）界图层补上，没有就填 0。",
            count=len(villages), kind=DEMAND_TITLES[kind], names=listing(map(settlement, villages["name"].iloc[:SHOWN])),
        )  # fmt: skip


def _spread(
    villages: "gpd.GeoDataFrame",
    left: "gpd.GeoDataFrame",
    kind: DemandKind,
    sources: list[_Source],
    divisions: Divisions,
) -> Basis:
    grid, village = divisions.named("grid"), divisions.named("village")
    names = villages.set_index("code")["name"]
    places = pd.concat([_places(source, names) for source in sources], ignore_index=True)
    homes = places["village_code"].to_numpy(dtype=np.str_)
    sums = villages["code"].map(places.groupby("village_code")["amount"].sum())
    unreported, reported = (
        int((villages["amount"].isna() & sums.notna()).sum()),
        villages["amount"].fillna(sums).fillna(0),
    )
    alike = villages.loc[reported == sums, "code"]
    moved = int((~np.isclose(reported, sums) & sums.notna()).sum())
    spread = spread_demand(villages.assign(amount=reported), places, "amount", of="village_code", by="amount")
    own = np.char.startswith(places["grid"].to_numpy(dtype=np.str_), homes)
    own &= places["grid"].str.len().to_numpy() == grid.digits
    inside = np.where(own, places["grid"].to_numpy(dtype=np.str_), homes)
    codes = np.concatenate([inside, spread.codes[spread.area][len(places) :]])
    weights = spread.weights.copy()
    exact = places["village_code"].isin(alike).to_numpy(dtype=bool)
    weights[: len(places)][exact] = places["amount"].to_numpy(dtype=float)[exact]
    return Basis(
        demand_of(spread.xy, weights, codes), kind, DEMAND_UNITS[kind], sources[0].given.spec.id,
        (VILLAGES, *(source.given.spec.id for source in sources)), (grid if own.any() else village).digits,
        _spread_words(kind, sources, left, moved, unreported),
        np.concatenate([places["code"].to_numpy(dtype=np.str_), left["code"].to_numpy(dtype=np.str_)]),
        np.concatenate([places["name"].to_numpy(dtype=np.str_), left["name"].to_numpy(dtype=np.str_)]), (), NOTHING,
    )  # fmt: skip


def _places(source: _Source, villages: "pd.Series") -> "gpd.GeoDataFrame":
    """Places of any layer alike: code, name, village, grid, amount and geometry."""
    places, grids = source.places, source.given.spec.id == "grids"
    grid = places["code" if grids else "grid_code"].fillna("").astype(str)
    named = places["name"].fillna("").where(lambda name: name != "", places["code"])
    # Every village has a first grid.
    rows = places.assign(grid=grid, name=places["village_code"].map(villages) + named if grids else named)
    return rows[["code", "name", "village_code", "grid", "amount", "geometry"]]


def _spread_words(
    kind: DemandKind, sources: list[_Source], left: "gpd.GeoDataFrame", moved: int, unreported: int
) -> Phrase:
    """From which layers, which villages were taken otherwise than the rest, and what agrees with their figures."""
    first = sources[0].given.spec
    words = [
        say(
            "{kind}按{layer}（{n} {unit}）分布",
            kind=DEMAND_TITLES[kind], layer=first.title, n=len(sources[0].places), unit=first.count_unit,
        ),
        say("{n} 个村按村数校准", n=moved) if moved else say("各村合计与村数一致"),
    ]  # fmt: skip
    if unreported:
        words.append(say("{n} 个村没有村数、按{layer}合计", n=unreported, layer=first.title))
    others = [
        say(
            "{n} 个村{first}不全，按{layer}（{names}）",
            n=len(source.villages), first=first.title, layer=source.given.spec.title, names=_first(source.villages),
        )
        for source in sources[1:]
        if source.villages
    ]  # fmt: skip
    bare = tuple(left.loc[left["amount"] > 0, "name"])
    if bare:
        others.append(
            say(
                "{n} 个村{first}不全，按村内一个代表点（{names}）",
                n=len(bare),
                first=first.title,
                names=_first(bare),
            )
        )
    return listing([listing(words, "，"), *others], "；")


def _first(names: tuple[str, ...]) -> Phrase:
    return first_of(map(settlement, names))


def _plain(door: Door, villages: "gpd.GeoDataFrame", kind: DemandKind) -> Basis:
    return Basis(
        demand_points(villages.assign(amount=villages["amount"].fillna(0)), "amount"), kind, DEMAND_UNITS[kind], VILLAGES,
        (VILLAGES,), door.divisions.named("village").digits,
        say("{kind}按村计，每村一个点（村内的代表点）", kind=DEMAND_TITLES[kind]),
        villages["code"].to_numpy(dtype=np.str_), villages["name"].to_numpy(dtype=np.str_), (), NOTHING,
    )  # fmt: skip
