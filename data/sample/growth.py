"""Growing areas from seeds on the mesh: warped power diagrams whose pieces stay in one piece."""

import numpy as np
from frame import CELL_M
from scipy import ndimage
from scipy.spatial import cKDTree


def nearest(places: np.ndarray, seeds: np.ndarray, lifts_m2: np.ndarray | None = None) -> np.ndarray:
    """Number of the seed that claims each place: least squared distance minus the seed's lift.

    Args:
        places: n × 2 metres; seeds: k × 2 metres; lifts_m2: k, larger lifts claim more.
    """
    if lifts_m2 is None:
        return cKDTree(seeds).query(places)[1]
    height = np.sqrt(lifts_m2.max() - lifts_m2)
    lifted = np.column_stack([seeds, height])
    return cKDTree(lifted).query(np.column_stack([places, np.zeros(len(places))]))[1]


def fit_areas(places: np.ndarray, seeds: np.ndarray, owner: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Lifts in m² with which the owners' shares of the places come near ``target`` (shares that sum to 1)."""
    lifts = np.zeros(len(target))
    total_m2 = len(places)
    spacing2 = np.ptp(places[:, 0]) * np.ptp(places[:, 1]) / len(target)
    for _ in range(14):
        at = owner[nearest(places, seeds, lifts[owner])]
        share = np.bincount(at, minlength=len(target)) / total_m2
        lifts = lifts + 0.35 * spacing2 * np.log(target / np.maximum(share, target / 4)) * 0.5
    return lifts


def mend(
    labels: np.ndarray, inside: np.ndarray, homes: dict[int, tuple[int, int]] | None = None
) -> np.ndarray:
    """Each label as one 4-connected piece: what lies apart from the main piece joins a neighbour.

    The main piece is the one that holds the label's home cell, else the largest.
    """
    labels = np.where(inside, labels, -1)
    keep = np.zeros(labels.shape, bool)
    boxes = ndimage.find_objects(labels + 1)
    for label, box in enumerate(boxes):
        if box is None:
            continue
        pieces, count = ndimage.label(labels[box] == label)
        main = 1
        if homes and label in homes:
            row, column = homes[label]
            main = (
                pieces[row - box[0].start, column - box[1].start]
                or np.bincount(pieces.ravel())[1:].argmax() + 1
            )
        elif count > 1:
            main = np.bincount(pieces.ravel())[1:].argmax() + 1
        keep[box] |= pieces == main
    return _flood(np.where(keep, labels, -1), inside)


def _flood(labels: np.ndarray, inside: np.ndarray) -> np.ndarray:
    """Grow the labels cell by cell into the unlabelled cells inside."""
    labels = labels.copy()
    while True:
        rows, columns = np.nonzero(inside & (labels < 0))
        if not len(rows):
            return labels
        new = labels[rows, columns]
        for dr, dc in ((0, 1), (1, 0), (0, -1), (-1, 0)):
            side = labels[rows + dr, columns + dc]
            new = np.where(new < 0, side, new)
        if (new < 0).all():
            raise ValueError("cells that no label can reach")
        labels[rows, columns] = new


def spread(
    places: np.ndarray, count: int, random: np.random.Generator, fixed: np.ndarray, rounds: int = 3
) -> np.ndarray:
    """``count`` seeds spread evenly but not regularly over the places; the first ones stay at ``fixed``."""
    seeds = list(fixed)
    sample = places[random.permutation(len(places))[: max(2500, count * 60)]]
    while len(seeds) < count:
        tries = sample[random.integers(0, len(sample), 12)]
        if not seeds:
            seeds.append(tries[0])
            continue
        away = np.min(np.hypot(*(tries[:, None, :] - np.array(seeds)[None]).transpose(2, 0, 1)), axis=1)
        seeds.append(tries[away.argmax()])
    points = np.array(seeds, float)
    for _ in range(rounds):
        at = nearest(sample, points)
        sizes = np.maximum(np.bincount(at, minlength=count), 1)
        middle = np.column_stack([np.bincount(at, sample[:, i], count) / sizes for i in (0, 1)])
        points[len(fixed) :] = points[len(fixed) :] * 0.35 + middle[len(fixed) :] * 0.65
    return points


def jitter_seeds(mask: np.ndarray, spacing_m: float, random: np.random.Generator) -> np.ndarray:
    """Seeds on a shifted lattice, each pushed about, n × 2 cell coordinates (row, column) inside the mask."""
    step = spacing_m / CELL_M
    rows = np.arange(0, mask.shape[0], step * 0.87)
    columns = np.arange(0, mask.shape[1], step)
    grid_rows, grid_columns = np.meshgrid(rows, columns, indexing="ij")
    grid_columns = grid_columns + (np.arange(len(rows)) % 2)[:, None] * step / 2
    push = random.uniform(-0.42, 0.42, (2, *grid_rows.shape)) * step
    seeds = np.column_stack([(grid_rows + push[0]).ravel(), (grid_columns + push[1]).ravel()])
    whole = seeds.astype(int)
    good = (whole >= 0).all(axis=1) & (whole[:, 0] < mask.shape[0]) & (whole[:, 1] < mask.shape[1])
    seeds, whole = seeds[good], whole[good]
    return seeds[mask[whole[:, 0], whole[:, 1]]]
