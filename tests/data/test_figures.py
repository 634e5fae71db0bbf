"""The sample agrees with the county's figures: facilities, areas, roads, disputes and indicators."""

import numpy as np
import pandas as pd
import pytest
import shapely
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from tests.data.conftest import Table

M2_PER_MU = 2000 / 3


@pytest.mark.parametrize(
    ("layer", "inside"),
    [
        ("party-service-centres", 181), ("governance-centres", 15), ("village-clinics", 196), ("neighbour-centres", 38),
        ("warm-stations", 8), ("party-building-offices", 14), ("community-service-centres", 6),
        ("co-building-agreements", 16), ("collective-projects", 4), ("deliberation-topics", 64),
    ],
)  # fmt: skip
def test_counts_of_facilities(rows: Table, layer: str, inside: int) -> None:
    assert rows(layer).village_code.notna().sum() == inside


def test_centres_leave_gaps_and_some_stand_across_the_line(rows: Table) -> None:
    centres = rows("party-service-centres")
    assert centres.village_code.dropna().is_unique
    assert round(centres.village_code.nunique() / len(rows("villages")), 2) == 0.85
    for layer in ("party-service-centres", "village-clinics", "neighbour-centres", "safety-posts"):
        assert 2 <= rows(layer).village_code.isna().sum() <= 6


def test_areas_of_orchards_and_herbs(rows: Table, metres: Table) -> None:
    fruit, herbs = rows("orchards"), rows("herb-bases")
    assert 900 <= len(fruit) <= 1200
    assert 400_000 < fruit.area_mu.sum() < 412_000
    assert 350_000 < fruit[fruit.crop == "apple"].area_mu.sum() < 360_000
    assert 100_000 < herbs.area_mu.sum() < 110_000
    west = herbs[herbs.village_code.str.startswith("140822202")]
    assert west.area_mu.sum() == pytest.approx(42_500, rel=0.035)
    assert west[west.herb == "bupleurum"].area_mu.sum() > 20_000
    nectarine = fruit[(fruit.village_code == "140822103201") & (fruit.crop == "nectarine")]
    assert 3000 < nectarine.area_mu.sum() < 3800
    for layer in ("orchards", "herb-bases"):
        measured = metres(layer).area / M2_PER_MU
        assert (rows(layer).area_mu / measured - 1).abs().max() < 0.03
        assert rows(layer).area_mu.sum() == pytest.approx(measured.sum(), rel=0.01)


def test_parcels_do_not_overlap_and_are_no_rectangles(metres: Table) -> None:
    parcels = np.concatenate(
        [metres("orchards").geometry.to_numpy(), metres("herb-bases").geometry.to_numpy()]
    )
    first, second = shapely.STRtree(parcels).query(parcels, predicate="intersects")
    assert (first == second).all()
    assert shapely.within(parcels, metres("counties").geometry.iloc[0]).all()
    boxes = shapely.area(shapely.oriented_envelope(parcels))
    assert (shapely.area(parcels) / boxes < 0.93).mean() > 0.98


def test_land_use_parts_the_county(metres: Table) -> None:
    land = metres("land-use")
    assert shapely.coverage_is_valid(land.geometry.to_numpy())
    assert land.area.sum() / 1e6 == pytest.approx(1080.5, abs=0.5)
    assert len(set(land.kind)) >= 7


def test_roads_are_one_network_both_ways(rows: Table) -> None:
    roads = rows("roads")
    ends = shapely.get_coordinates(shapely.get_point(roads.geometry.to_numpy(), [[0], [-1]]).ravel())
    nodes, number = np.unique(ends, axis=0, return_inverse=True)
    starts, stops = number.reshape(2, -1)
    back = ~roads.oneway.to_numpy(bool)
    pairs = (np.concatenate([starts, stops[back]]), np.concatenate([stops, starts[back]]))
    graph = csr_matrix((np.ones(len(pairs[0])), pairs), shape=(len(nodes), len(nodes)))
    assert connected_components(graph, connection="strong")[0] == 1
    places = {tuple(xy) for xy in shapely.get_coordinates(rows("settlements").geometry.to_numpy())}
    assert places <= {tuple(xy) for xy in nodes}
    assert {"national", "provincial", "county", "township", "village"} <= set(roads["class"])
    assert roads.oneway.any() and roads.bridge.any()


def test_roads_cross_only_where_they_meet(metres: Table) -> None:
    lines = metres("roads").geometry.to_numpy()
    first, second = shapely.STRtree(lines).query(lines, predicate="crosses")
    assert len(first) == 0 or (first == second).all()


def test_disputes_by_month_level_and_stage(rows: Table) -> None:
    disputes = rows("disputes")
    assert len(disputes) == 2587
    assert (disputes.happened_on >= "2026-06-01").sum() == 1212
    assert disputes.happened_on.min() >= pd.Timestamp("2024-12-01")
    unsolved = disputes[disputes.status == "open"]
    assert unsolved.warning_level.value_counts().to_dict() == {"red": 31, "yellow": 72, "blue": 177}
    assert unsolved.mediated_on.isna().all()
    assert set(unsolved.stage) <= {"screen", "accept", "dispatch", "handle", "mediate"}
    for column in ("happened_on", "accepted_on", "mediated_on", "evaluated_on"):
        assert disputes[column].max() <= pd.Timestamp("2026-11-20")
    assert (disputes.accepted_on >= disputes.happened_on).all()
    assert (disputes.due_on > disputes.accepted_on).all()
    assert (disputes.grid_code.str[:12] == disputes.village_code).all()


def test_three_clusters_stand_out(rows: Table) -> None:
    disputes = rows("disputes")
    recent = disputes[disputes.happened_on >= "2026-07-01"].groupby("village_code").size()
    people = rows("villages").set_index("code").population.astype(int)
    recent = recent.reindex(people.index, fill_value=0)
    rate = recent / people * 1000
    for cluster in ("140822105208", "140822103214"):
        assert rate[cluster] > 3 * recent.sum() / people.sum() * 1000
    town = people.index.str.startswith("14082210000")
    assert recent[town].sum() > 1.5 * people[town].sum() * recent.sum() / people.sum()


def test_nobody_is_named(rows: Table) -> None:
    disputes = rows("disputes")
    for column in ("parties", "mediator", "mediator_phone"):
        assert disputes[column].isna().all()
    assert disputes.description.str.startswith("演示记录").all()
    assert disputes.name.str.endswith("（演示）").all()


def test_indicators_of_the_source(rows: Table) -> None:
    values = rows("indicators").set_index("code")
    villages = values[(values.indicator == "beautiful_village") & (values.area_code.str.len() == 12)]
    assert (villages.numerator.sum(), villages.denominator.sum()) == (178, 207)
    assert values.loc["beautiful_village:140822:2025", "denominator"] == 207
    assert values.loc["beautiful_village:140822:2025:210", "denominator"] == 210
    check_in = values[(values.indicator == "double_checkin") & (values.area_code.str.len() == 12)]
    assert (check_in.numerator.sum(), check_in.denominator.sum()) == (82, 145)
    income = values[(values.indicator == "collective_income") & (values.period == "2025")]
    assert 2000 < income[income.area_code.str.startswith("140822104")].value.sum() < 2100


def test_every_registered_indicator_has_values(rows: Table) -> None:
    from layers.catalog import load_catalog

    assert set(rows("indicators").indicator) == set(load_catalog().codelists["indicator"].values())
    ratio = rows("indicators").dropna(subset=["denominator"])
    assert (ratio.denominator > 0).all()
    assert rows("indicators").source.str.len().min() > 0


def test_only_the_village_of_the_source_was_ever_weak(rows: Table) -> None:
    status = rows("village-status")
    weak = status[(status.status == "laggard") | (status.from_status == "laggard")]
    assert set(weak.village_code) == {"140822208222"}
    assert status[status.current].village_code.is_unique
    assert set(status.village_code) == set(rows("villages").code)
