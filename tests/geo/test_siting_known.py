"""Published answers: San Francisco, 205 census tracts × 16 stores, network metres (data in the spopt wheel)."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import spopt

from geo.siting import max_cover, p_center, p_median, set_cover

DATA = Path(spopt.__file__).parent / "tests" / "test_locate" / "data"


@pytest.fixture(scope="module")
def cost() -> pd.DataFrame:
    ways = pd.read_csv(DATA / "SF_network_distance_candidateStore_16_censusTract_205_new.csv")
    return ways.pivot_table(values="distance", index="DestinationName", columns="name")


@pytest.fixture(scope="module")
def people(cost: pd.DataFrame) -> np.ndarray:
    tracts = pd.read_csv(DATA / "SF_demand_205_centroid_uniform_weight.csv").set_index("NAME")
    return tracts.loc[cost.index, "POP2000"].to_numpy()


@pytest.mark.parametrize(("limit", "sites"), [(5000, 8), (8000, 3)])
def test_set_cover(cost: pd.DataFrame, limit: float, sites: int) -> None:
    siting = set_cover(cost, limit)
    assert (siting.value, siting.bound, siting.optimal) == (sites, sites, True)


def test_max_cover(cost: pd.DataFrame, people: np.ndarray) -> None:
    siting = max_cover(cost, people, 5000, 4)
    assert people.sum() == 955_113
    assert (siting.value, siting.bound, siting.optimal) == (875_247, 875_247, True)


def test_p_median(cost: pd.DataFrame, people: np.ndarray) -> None:
    siting = p_median(cost, people, 4)
    assert siting.value == pytest.approx(2_848_268_129.7145, rel=1e-9)
    assert siting.value / people.sum() == pytest.approx(2982.12686, rel=1e-8)
    assert siting.optimal


def test_p_center(cost: pd.DataFrame) -> None:
    siting = p_center(cost, 4)
    assert siting.value == pytest.approx(7403.0638, abs=1e-4)
    assert siting.bound == siting.value
    assert siting.optimal
