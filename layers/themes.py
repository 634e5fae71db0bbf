"""What a theme may declare: its layers in tree order, who it is for, the columns of its table and its key figures."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from layers.spec import KebabId, Model, Role, Text


class ThemeLayer(Model):
    id: KebabId
    visible: bool = False


class ThemeGroup(Model):
    """One heading of the layer tree."""

    title: Text
    layers: tuple[ThemeLayer, ...]


COLUMN = re.compile(
    r"people|area|cases|rate|covered|share|visible"
    r"|(?P<rows>count|per):(?P<layer>[a-z0-9-]+)|(?:sum|classes):(?P<of>[a-z0-9-]+)\.(?P<field>[a-z0-9_]+)"
)


def _column(name: str) -> str:
    if not COLUMN.fullmatch(name):
        raise ValueError(f"{name!r} is no column of a table")
    return name


ColumnName = Annotated[str, AfterValidator(_column)]
"""``people``, ``area`` (km²), ``cases`` and their ``rate``, who is ``covered`` and their ``share``, ``count:<layer>`` rows,
``per:<layer>`` people for each row, ``sum:<layer>.<field>``, ``classes:<layer>.<field>`` the same by class of the layer, and
``visible`` for every layer that is drawn and has no column yet: its quantity, else its rows."""


FIGURE = re.compile(r"disputes|figure:[a-z0-9_-]+|(?:share|gap|mu|rows):(?P<layer>[a-z0-9-]+)")


def _figure(name: str) -> str:
    if not FIGURE.fullmatch(name):
        raise ValueError(f"{name!r} is no key figure")
    return name


FigureName = Annotated[str, AfterValidator(_figure)]
"""``disputes``, a ``figure:`` of the area, or of a layer the ``share:`` of villages that have it, the ``gap:`` of those that do
not, its ``mu:`` or its ``rows:``."""


class SortSpec(Model):
    """Which column a table is sorted by, and which end stands first."""

    by: ColumnName = "people"
    first: Literal["most", "least"] = "most"


class ThemeSpec(Model):
    """A named map: its layers in tree order, whether it carries the time bar, and who it is for; what stands in the
    ``table`` under its sheets, and how that is sorted; ``figures`` stand under its map on the screen."""

    id: KebabId
    title: Text
    icon: str
    description: Text
    groups: tuple[ThemeGroup, ...]
    time: KebabId | None = None
    choropleth: KebabId | None = None
    roles: Annotated[tuple[Role, ...], Field(min_length=1)]
    table: tuple[ColumnName, ...] = ("people", "area", "visible")
    sort: SortSpec = SortSpec()
    figures: tuple[FigureName, ...] = ("figure:population", "figure:villages", "figure:area_km2")

    def layer_ids(self) -> tuple[str, ...]:
        return tuple(layer.id for group in self.groups for layer in group.layers)
