"""Moving rows to the place of their governance grid."""

from typing import TYPE_CHECKING, Any

import pandas as pd
import shapely

from layers.spec import FieldSpec

if TYPE_CHECKING:
    import geopandas as gpd


def area_points(areas: "gpd.GeoDataFrame") -> "pd.Series[Any]":
    """One point inside each area, by the area's code; CRS of ``areas``."""
    points = shapely.point_on_surface(areas.geometry.to_numpy())
    return pd.Series(points, index=areas["code"].astype(str).to_numpy(), dtype="object")


def blurred(
    rows: "gpd.GeoDataFrame", grids: "pd.Series[Any] | None", villages: "pd.Series[Any] | None"
) -> "gpd.GeoDataFrame":
    """Rows at a point of their grid, else of their village; rows that have neither are left out."""
    import geopandas as gpd

    places = pd.Series(None, index=rows.index, dtype="object")
    for column, points in (("grid_code", grids), ("village_code", villages)):
        if points is not None and column in rows.columns:
            found = rows[column].map(points)
            places = places.where(places.notna(), found)
    known = places.notna()
    return gpd.GeoDataFrame(
        rows.loc[known].drop(columns="geometry"),
        geometry=gpd.GeoSeries(places[known].to_numpy(), index=rows.index[known], crs=rows.crs),
    )


def blurred_fields(fields: tuple[FieldSpec, ...]) -> tuple[FieldSpec, ...]:
    """Fields that do not undo the blur: free text that is not public may name the place."""
    return tuple(
        field for field in fields if field.sensitivity == "public" or field.type not in ("text", "phone")
    )
