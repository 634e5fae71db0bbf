"""Who needs the service: the finest complete layer of people or land, made to agree with the villages' figures."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.amounts import SHOWN, listed
from geo.coverage import demand_of, demand_points, spread_demand
from geo.errors import ArgumentError, WeightsError
from geo.measure import area_mu
from geo.phrases import Phrase, listing, say
from layers.disclosure import Disclosed, Door, Viewer
from layers.divisions import Divisions
from layers.planning.plans import DEMAND_TITLES, DEMAND_UNITS, DemandKind

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.coverage import Demand

VILLAGES = "villages"
FINER = ("settlements", "grids")
"""The finest first."""


@dataclass(frozen=True)
class Basis:
    """Demand of the whole county in metres, and how it was made.

    ``layer`` is where the points come from, ``layers`` all that were used; ``finest`` is the length of
    a grid's code where the points know their grid, else that of a village's. ``words`` say it in Chinese.
    """

    demand: "Demand"
    kind: DemandKind
    unit: str
    layer: str
    layers: tuple[str, ...]
    finest: int
    words: Phrase


def demand_basis(door: Door, viewer: Viewer, kind: DemandKind, crs: str) -> Basis:
    """Spread the villages' figures over settlements, else grids, else take the villages themselves.

    A finer layer is used only when it is complete: every village with people has places in it, and no figure is
    missing. Its figures set the proportions within each village, the villages' figures the sums; where a village
    has no figure of its own, that of its places counts. Land is measured, not reported, and never spread over
    settlements.

    Raises:
        UnknownEditionError: no villages yet. WeightsError: villages without a figure, and no finer layer.
    """
    villages = _measured(door.rows(VILLAGES, viewer), kind, crs)
    reasons = []
    for layer in FINER if kind != "area" else ("grids",):
        given = _given(door, viewer, layer)
        if given is None:
            continue
        places = _measured(given, kind, crs)
        reason = _incomplete(villages, places, kind)
        if reason:
            reasons.append(say("{layer}{reason}，没有用", layer=given.spec.title, reason=reason))
            continue
        return _spread(villages, places, kind, given, door.divisions)
    return _plain(door, villages, kind, reasons)


def _given(door: Door, viewer: Viewer, layer: str) -> Disclosed | None:
    known = layer in door.catalog.layers and door.store.current(layer) is not None
    if not known or door.access(door.catalog.layer(layer), viewer) != "exact":
        return None
    return door.rows(layer, viewer)


def _measured(given: Disclosed, kind: DemandKind, crs: str) -> "gpd.GeoDataFrame":
    """Rows in metres with a column ``amount``: the figure as reported, or 亩 on the map."""
    rows = given.rows.to_crs(crs)
    if kind == "area":
        return rows.assign(amount=area_mu(rows.geometry))
    if kind not in rows.columns:
        raise ArgumentError(
            "图层“{layer}”没有“{kind}”。", layer=given.spec.title.zh, kind=DEMAND_TITLES[kind]
        )
    return rows.assign(amount=rows[kind].astype("float64"))


def _incomplete(villages: "gpd.GeoDataFrame", places: "gpd.GeoDataFrame", kind: DemandKind) -> Phrase | None:
    """Why a finer layer cannot be used; None when it can."""
    missing = int(places["amount"].isna().sum() + (places.geometry.isna() | places.geometry.is_empty).sum())
    if missing:
        return say("有 {n} 行缺{kind}或位置", n=missing, kind=DEMAND_TITLES[kind])
    sums = places.groupby("village_code")["amount"].sum()
    needed = villages.loc[villages["amount"].fillna(1) > 0, "code"]
    bare = int((needed.map(sums).fillna(0) <= 0).sum())
    return say("缺 {n} 个村", n=bare) if bare else None


def _spread(
    villages: "gpd.GeoDataFrame",
    places: "gpd.GeoDataFrame",
    kind: DemandKind,
    given: Disclosed,
    divisions: Divisions,
) -> Basis:
    layer, title = given.spec.id, given.spec.title
    places = places[places["village_code"].isin(villages["code"])]
    sums = villages["code"].map(places.groupby("village_code")["amount"].sum()).fillna(0.0)
    unknown = int(villages["amount"].isna().sum())
    villages = villages.assign(amount=villages["amount"].fillna(sums))
    alike = (villages["amount"] == sums).to_numpy(dtype=bool)
    moved = int((~np.isclose(villages["amount"], sums)).sum())
    spread = spread_demand(villages, places, "amount", of="village_code", by="amount")
    homes = places["village_code"].to_numpy(dtype=np.str_)
    grids = places["code" if layer == "grids" else "grid_code"].fillna("").to_numpy(dtype=np.str_)
    grid, village = divisions.named("grid"), divisions.named("village")
    own = np.char.startswith(grids, homes) & (np.char.str_len(grids) == grid.digits)
    codes = np.concatenate([np.where(own, grids, homes), spread.codes[spread.area][len(places) :]])
    weights = spread.weights.copy()
    exact = places["village_code"].isin(villages["code"][alike]).to_numpy(dtype=bool)
    weights[: len(places)][exact] = places["amount"].to_numpy(dtype=float)[exact]
    words = [
        say(
            "{kind}按{layer}（{n} {unit}）分布",
            kind=DEMAND_TITLES[kind],
            layer=title,
            n=len(places),
            unit=given.spec.count_unit,
        ),
        say("{n} 个村按村数校准", n=moved) if moved else say("各村合计与村数一致"),
    ]
    if unknown:
        words.append(say("{n} 个村没有村数、按{layer}合计", n=unknown, layer=title))
    return Basis(
        demand_of(spread.xy, weights, codes), kind, DEMAND_UNITS[kind], layer, (VILLAGES, layer),
        (grid if own.any() else village).digits, listing(words, "，"),
    )  # fmt: skip


def _plain(door: Door, villages: "gpd.GeoDataFrame", kind: DemandKind, reasons: list[Phrase]) -> Basis:
    lost = villages[villages["amount"].isna()]
    if len(lost):
        raise WeightsError(
            "{count} 个村没有{kind}，如{names}。在村（社区）界图层补上，没有就填 0。",
            count=len(lost), kind=DEMAND_TITLES[kind], names=listed(lost["name"].iloc[:SHOWN]),
        )  # fmt: skip
    words = listing(
        [say("{kind}按村计，每村一个点（村内的代表点）", kind=DEMAND_TITLES[kind]), *reasons], "；"
    )
    return Basis(
        demand_points(villages, "amount"), kind, DEMAND_UNITS[kind], VILLAGES, (VILLAGES,),
        door.divisions.named("village").digits, words,
    )  # fmt: skip
