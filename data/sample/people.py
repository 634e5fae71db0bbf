"""People and households that add up: villages to the county, grids to villages, settlements to grids."""

from dataclasses import dataclass

import numpy as np
from frame import HOUSEHOLDS, POPULATION, SHARE_60_PLUS, rng, villages

FEWEST, MOST = 300, 500
TOWN_NEIGHBOURS = ("140822100200", "140822100204", "140822100205", "140822100206", "140822100207")
# Largest villages: the seats of townships.
SEAT_FACTOR = 2.1


@dataclass(frozen=True)
class People:
    """Counts of one row each, aligned with whatever they were made for."""

    population: np.ndarray
    aged_60_plus: np.ndarray
    households: np.ndarray


def shares(weights: np.ndarray, total: int, *, least: int = 0) -> np.ndarray:
    """Whole numbers in proportion to the weights that sum to ``total``, by largest remainder."""
    left = total - least * len(weights)
    exact = weights / weights.sum() * left
    whole = np.floor(exact).astype(int)
    short = left - int(whole.sum())
    order = np.argsort(-(exact - whole), kind="stable")
    whole[order[:short]] += 1
    return whole + least


def of_villages(area_km2: np.ndarray, seats: set[str]) -> People:
    """Population, people aged 60 and over and households of the 213 villages; sums are the census figures."""
    random = rng("people")
    weight = random.lognormal(0.0, 0.33, len(villages())) * np.clip(area_km2, 2.5, 9) ** 0.25
    old = random.normal(0.255, 0.018, len(villages()))
    size = random.normal(3.16, 0.10, len(villages()))
    for i, village in enumerate(villages()):
        if village.kind == "residents_committee":
            weight[i], old[i], size[i] = random.uniform(3.3, 4.8), random.uniform(0.11, 0.15), 2.75
        elif village.code in TOWN_NEIGHBOURS:
            weight[i], old[i] = weight[i] * 1.8, random.uniform(0.15, 0.19)
        elif village.code in seats:
            weight[i], old[i] = weight[i] * SEAT_FACTOR, random.uniform(0.19, 0.22)
    population = shares(weight, POPULATION, least=280)
    households = shares(population / size, HOUSEHOLDS)
    aged = shares(population * old, round(POPULATION * SHARE_60_PLUS))
    return People(population, aged, households)


def grid_counts(households: np.ndarray) -> np.ndarray:
    """How many basic grids each village gets: as near 300–500 households each as whole numbers allow."""
    counts = []
    for number in households.tolist():
        choices = range(1, max(2, number // 200 + 1))
        counts.append(min(choices, key=lambda k: (_outside(number / k), abs(number / k - 420))))
    return np.array(counts)


def _outside(each: float) -> float:
    return max(FEWEST + 12 - each, each - MOST + 12, 0.0)


def split(
    total: int, count: int, random: np.random.Generator, *, spread: float, least: int = 0
) -> np.ndarray:
    """``total`` cut into ``count`` whole parts that differ by about ``spread`` of their mean."""
    weights = np.clip(1 + random.normal(0, spread, count), 0.25, 3)
    return shares(weights, total, least=min(least, total // max(count, 1)))


def divide(whole: tuple[int, int, int], weights: np.ndarray, random: np.random.Generator) -> People:
    """Population, aged and households of one area cut by the weights, never more aged than people."""
    population, aged, households = whole
    people = shares(weights * random.uniform(0.97, 1.03, len(weights)), population)
    old = shares(people * random.uniform(0.94, 1.06, len(weights)), aged)
    return People(people, np.minimum(old, people), shares(weights, households))
