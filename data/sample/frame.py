"""The raster frame every step works on: one mesh in the county's Gauss-Krüger zone, seeded noise, names of places."""

import csv
import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from pyproj import Transformer
from scipy import ndimage

FACTS = Path(__file__).parents[1] / "facts"
DECLARATIONS = Path(__file__).parents[2] / "layers" / "declarations"
CODELISTS = Path(__file__).parents[2] / "layers" / "codelists"

COUNTY_CODE = "140822"
COUNTY_NAME = "万荣县"
AREA_KM2 = 1080.5
POPULATION = 361_956
HOUSEHOLDS = 116_313
SHARE_60_PLUS = 0.226
AS_OF = "2026-11-20"
CENSUS = "2020-11-01"
SOURCE = "演示推算"
SOURCE_CENSUS = "演示推算（合计与第七次全国人口普查公报一致）"
M2_PER_MU = 2000 / 3

METRIC_CRS = "EPSG:4546"
STORED_CRS = "EPSG:4490"

CELL_M = 50.0
WEST_M, SOUTH_M, EAST_M, NORTH_M = 438_000.0, 3_893_000.0, 508_000.0, 3_939_000.0
COLUMNS = int((EAST_M - WEST_M) / CELL_M)
ROWS = int((NORTH_M - SOUTH_M) / CELL_M)


@dataclass(frozen=True)
class Township:
    """One real township with its seat in metres of EPSG:4546."""

    code: str
    name: str
    kind: str
    seat: tuple[float, float]


@dataclass(frozen=True)
class Village:
    """One real village or community; ``known`` is its published point in metres of EPSG:4546, if any,
    ``former_code`` its code of 2016, if that was another."""

    code: str
    full_name: str
    name: str
    kind: str
    township_code: str
    known: tuple[float, float] | None
    former_code: str | None


def rng(name: str) -> np.random.Generator:
    """A random generator of its own for each purpose, so that one step never shifts another."""
    return np.random.default_rng(zlib.crc32(name.encode("utf-8")))


@lru_cache(maxsize=1)
def _to_metric() -> Transformer:
    return Transformer.from_crs("EPSG:4326", METRIC_CRS, always_xy=True)


@lru_cache(maxsize=1)
def _to_stored() -> Transformer:
    return Transformer.from_crs(METRIC_CRS, STORED_CRS, always_xy=True)


def metric(longitude: float, latitude: float) -> tuple[float, float]:
    """Degrees (WGS84, null shift to CGCS2000) to metres of EPSG:4546, easting first."""
    x, y = _to_metric().transform(longitude, latitude)
    return float(x), float(y)


def stored(points_m: np.ndarray) -> np.ndarray:
    """Metres of EPSG:4546 to degrees of EPSG:4490, n × 2, rounded to about a centimetre."""
    longitude, latitude = _to_stored().transform(points_m[:, 0], points_m[:, 1])
    return np.round(np.column_stack([longitude, latitude]), 7)


def _read(name: str) -> list[dict[str, str]]:
    with (FACTS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@lru_cache(maxsize=1)
def townships() -> tuple[Township, ...]:
    """The 14 real townships in the order of their codes."""
    return tuple(
        Township(
            row["code9"],
            row["name_zh"],
            "town" if row["kind"] == "镇" else "rural_township",
            metric(float(row["seat_wgs84_lng"]), float(row["seat_wgs84_lat"])),
        )
        for row in _read("townships.csv")
    )


@lru_cache(maxsize=1)
def villages() -> tuple[Village, ...]:
    """The 213 real villages and communities in the order of their codes."""
    return tuple(
        Village(
            row["code12"],
            row["name_full"],
            row["name_short"],
            "residents_committee" if row["kind"] == "居民委员会" else "villagers_committee",
            row["town_code9"],
            metric(float(row["wgs84_lng"]), float(row["wgs84_lat"])) if row["wgs84_lng"] else None,
            (row["code12_2016"] if row["code12_2016"] != row["code12"] else "") or None,
        )
        for row in _read("villages.csv")
    )


@lru_cache(maxsize=1)
def mesh() -> tuple[np.ndarray, np.ndarray]:
    """Eastings and northings of the cell centres, rows × columns, north up, metres of EPSG:4546."""
    xs = WEST_M + (np.arange(COLUMNS) + 0.5) * CELL_M
    ys = NORTH_M - (np.arange(ROWS) + 0.5) * CELL_M
    eastings, northings = np.meshgrid(xs, ys)
    return eastings, northings


def cell_of(x: float, y: float) -> tuple[int, int]:
    """Row and column of the cell that holds a point in metres of EPSG:4546."""
    return int((NORTH_M - y) // CELL_M), int((x - WEST_M) // CELL_M)


@lru_cache(maxsize=8)
def _coarse(name: str, wavelength_m: float) -> tuple[np.ndarray, int]:
    """Smooth noise of unit variance on every so many cells, and how many."""
    sigma = max(wavelength_m / CELL_M / 4, 0.5)
    step = max(int(sigma / 4), 1)
    shape = (ROWS // step + 8, COLUMNS // step + 8)
    rough = ndimage.gaussian_filter(rng(name).standard_normal(shape), sigma / step)
    return rough / rough.std(), step


def _between(size: int, step: int) -> tuple[np.ndarray, np.ndarray]:
    whole, part = np.divmod(np.arange(size) + 0.5, step)
    return whole.astype(int), part / step


def noise(name: str, wavelength_m: float) -> np.ndarray:
    """Smooth noise over the frame with about unit variance, rows × columns."""
    rough, step = _coarse(name, wavelength_m)
    whole, part = _between(ROWS, step)
    tall = rough[whole] * (1 - part)[:, None] + rough[whole + 1] * part[:, None]
    whole, part = _between(COLUMNS, step)
    return tall[:, whole] * (1 - part) + tall[:, whole + 1] * part


def noise_at(name: str, wavelength_m: float, points_m: np.ndarray) -> np.ndarray:
    """The same noise at n × 2 points in metres of EPSG:4546."""
    rough, step = _coarse(name, wavelength_m)
    rows = (NORTH_M - points_m[:, 1]) / CELL_M / step
    columns = (points_m[:, 0] - WEST_M) / CELL_M / step
    return ndimage.map_coordinates(rough, [rows, columns], order=1, mode="nearest")


def warp(name: str, parts: tuple[tuple[float, float], ...]) -> tuple[np.ndarray, np.ndarray]:
    """Mesh coordinates pushed about by noise; ``parts`` are (wavelength_m, amplitude_m) pairs."""
    eastings, northings = mesh()
    dx = sum(noise(f"{name}-x{i}", wave) * amount for i, (wave, amount) in enumerate(parts))
    dy = sum(noise(f"{name}-y{i}", wave) * amount for i, (wave, amount) in enumerate(parts))
    return eastings + dx, northings + dy
