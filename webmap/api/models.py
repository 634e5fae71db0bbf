"""What answers are made of. Each answer is declared once beside its route: the description of the API and the checks in
tests come from there. Nothing is checked while serving: an answer is made once, as bytes, and kept.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from webmap.api import members


class Model(BaseModel):
    """Part of an answer: exactly these members, and every figure finite."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False, defer_build=True)


Value = str | int | float | bool | None
"""A cell as it is given out; days are text like 2026-01-31."""
LonLat = Annotated[tuple[float, float], Field(description="Longitude, latitude in CGCS2000 degrees")]
Bounds = Annotated[
    tuple[float, float, float, float], Field(description="West, south, east, north in CGCS2000 degrees")
]
Demo = Annotated[bool, Field(description="Whether any of it is demo data")]
Edition = Annotated[str, Field(description="Edition of the layer that it comes from")]
Editions = Annotated[dict[str, str], Field(description="Layers behind it, each with its edition")]
Version = Annotated[
    str,
    Field(
        description="Of all current editions together: with another one figures of several layers may differ"
    ),
]
Note = Annotated[
    str, Field(description="What a reader must know, such as what is withheld; empty for nothing")
]
Method = Annotated[str, Field(description="How it was worked out, and from which data")]
Period = Annotated[
    str | None,
    Field(description="Time that the data are of, as the source writes it; null where it says nothing"),
]
Extent = Annotated[
    Bounds | None, Field(description="West, south, east, north in CGCS2000 degrees; null without a place")
]


class OfLayer(Model):
    layer: members.LayerId
    edition: Edition
    note: Note


class Worked(Model):
    method: Method
    editions: Editions
    demo: Demo


class Named(Model):
    """A division by name."""

    code: members.AreaCode
    name: members.Name


class Geometry(Model):
    """A GeoJSON geometry in CGCS2000 degrees."""

    type: Literal["Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"] = Field(
        description="Kind of shape"
    )
    coordinates: list[float] | list[list[float]] | list[list[list[float]]] | list[list[list[list[float]]]] = (
        Field(description="Pairs of longitude and latitude, nested as the kind asks for")
    )


class Feature(Model):
    """One row of a layer; ``components/schemas/Layer_…`` say which properties each layer has."""

    type: Literal["Feature"] = Field(description="Always Feature")
    id: str = Field(description="Key of the row")
    geometry: Geometry | None = Field(description="Null where there is no place that this viewer may know")
    properties: dict[str, Value] = Field(description="Fields that this viewer may see, by name")


class FileFeature(Feature):
    id: str = Field("", description="Key of the row; tables of results have none")


class GeoJsonFile(Model):
    """A GeoJSON file to take away."""

    type: Literal["FeatureCollection"] = Field(description="Always FeatureCollection")
    name: str = Field(description="Id of the layer or of the result")
    edition: str | None = Field(None, description="Edition of the layer; null for results, see the notes")
    notes: dict[str, str] = Field(description="What a reader must know of the file")
    features: list[FileFeature] = Field(description="One a row")


class Problem(Model):
    """What went wrong (RFC 9457)."""

    type: str = Field(description="urn:govmap:<code>")
    title: str = Field(description="Kind of fault, in the language of the request")
    status: int = Field(description="HTTP status")
    detail: str = Field(description="What is wrong and what to do, in the language of the request")
    code: str = Field(description="Stable; programs rely on it")
