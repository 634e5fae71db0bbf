"""Which village name goes to which point: names that differ by a direction lie next to each other, the right way round."""

import numpy as np
from frame import Village, rng

DIRECTIONS = {
    "东": (1.0, 0.0), "西": (-1.0, 0.0), "南": (0.0, -1.0), "北": (0.0, 1.0), "上": (0.5, 0.5), "下": (-0.5, -0.5),
    "中": (0.0, 0.0), "前": (0.0, -1.0),
}  # fmt: skip


def _stem(name: str) -> tuple[str, tuple[float, float] | None]:
    short = name.removesuffix("村").removesuffix("社区")
    if short[:-1] in ("通化", "东卫"):
        return short[:-1], None
    return (short[1:], DIRECTIONS[short[0]]) if short[0] in DIRECTIONS else (short, None)


def _pairs(villages: list[Village]) -> list[tuple[int, int, tuple[float, float]]]:
    stems = [_stem(village.name) for village in villages]
    pairs = []
    for i, (stem, way) in enumerate(stems):
        for j in range(i + 1, len(stems)):
            other, other_way = stems[j]
            if len(stem) >= 1 and stem == other:
                to = (0.0, 0.0)
                if way and other_way:
                    to = (other_way[0] - way[0], other_way[1] - way[1])
                pairs.append((i, j, to))
    return pairs


def settle_names(villages: list[Village], points: np.ndarray, pinned: set[int]) -> np.ndarray:
    """Order of the points so that village i lies at ``points[order[i]]``; pinned ones keep their own number.

    Hill climbing over swaps: kindred names pull together, and each direction word costs when it is wrong.
    """
    order = np.arange(len(villages))
    pairs = _pairs(villages)
    if not pairs:
        return order
    random = rng("names" + villages[0].township_code)
    moving = [i for i in range(len(villages)) if i not in pinned]
    best = _strain(points[order].tolist(), pairs)
    for first, second in random.integers(0, len(moving), (2500, 2)).tolist():
        if first == second:
            continue
        a, b = moving[first], moving[second]
        order[[a, b]] = order[[b, a]]
        strain = _strain(points[order].tolist(), pairs)
        if strain < best:
            best = strain
        else:
            order[[a, b]] = order[[b, a]]
    return order


def _strain(places: list[list[float]], pairs: list[tuple[int, int, tuple[float, float]]]) -> float:
    total = 0.0
    for i, j, (east, north) in pairs:
        dx, dy = places[j][0] - places[i][0], places[j][1] - places[i][1]
        total += (dx * dx + dy * dy) ** 0.5
        total -= 0.9 * (dx * east + dy * north) if east or north else 0.0
        if (east or north) and dx * east + dy * north < 0:
            total += 4000
    return total
