"""Disclosed rows as GeoJSON features."""

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from layers.disclosure.door import Disclosed
from layers.disclosure.values import plain

if TYPE_CHECKING:
    import geopandas as gpd

DECIMALS = 7


def feature_texts(given: Disclosed, page: slice) -> list[str]:
    """Each disclosed row of a page as the text of a GeoJSON feature, degrees with seven decimals."""
    rows = given.rows.iloc[page]
    columns = {
        field.name: plain(field, rows[field.name]) for field in given.fields if field.name in rows.columns
    }
    places = _geometry_texts(rows)
    features = []
    for position, (key, place) in enumerate(zip(given.keys()[page], places, strict=True)):
        properties = {name: values[position] for name, values in columns.items()}
        features.append(
            f'{{"type":"Feature","id":{_text(key)},"geometry":{place},"properties":{_text(properties)}}}'
        )
    return features


def _geometry_texts(rows: "gpd.GeoDataFrame") -> list[str]:
    if "geometry" not in rows.columns:
        return ["null"] * len(rows)
    rounded = shapely.transform(rows["geometry"].to_numpy(), lambda degrees: np.round(degrees, DECIMALS))
    return [text if text is not None else "null" for text in shapely.to_geojson(rounded)]


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
