"""Rows for a viewer: the one place where the store's rows meet the access rules."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from geo.errors import FilterError, ForbiddenError, UnknownEditionError
from geo.phrases import PlaceName, say
from layers.catalog import Catalog
from layers.disclosure import published
from layers.disclosure.blur import area_points, blurred, blurred_fields
from layers.disclosure.filters import RowFilter, finest_codes, matching, within_area
from layers.divisions import Divisions, Level
from layers.editions import Edition, Store
from layers.extent import Extent, Span, days_of, extent_of
from layers.kept import Kept
from layers.spec import FieldSpec, LayerSpec, Visibility
from layers.viewer import Viewer

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]

Seen = Literal["all", "part", "none"]
BASES, MASKS, WHOLES = 96, 256, 512
TABLES = 8
ALL = RowFilter()
UNCOUNTED = frozenset({"divisions", "base", "indicators"})
"""Groups of layers of which nobody asks whether a row is the county's."""


@dataclass(frozen=True)
class Disclosed:
    """What a viewer gets of one layer; ``note`` says in Chinese what was withheld, ``""`` when nothing.

    ``rows`` holds the columns of ``fields`` and ``geometry`` (absent for layers without places), EPSG:4490. ``outside``
    marks those across the county's line, which are shown but never counted as the county's; None where that is no
    question: divisions, the ground of the map, published counts.
    """

    spec: LayerSpec
    edition: Edition
    fields: tuple[FieldSpec, ...]
    rows: "gpd.GeoDataFrame"
    visibility: Visibility
    note: str
    period: str | None = None
    outside: "Mask | None" = None

    @property
    def beyond(self) -> int:
        """How many rows lie outside the county."""
        return 0 if self.outside is None else int(self.outside.sum())

    @property
    def counted(self) -> int:
        """How many rows are the county's."""
        return len(self.rows) - self.beyond

    def keys(self) -> list[str]:
        """What names each row in addresses: its key, or its place in the edition where the key is withheld."""
        if self.spec.key in self.rows.columns:
            return list(self.rows[self.spec.key].astype(str))
        return [f"row-{position}" for position in self.rows.index]

    def names(self) -> list[str]:
        """What people call each row, as far as the viewer may know; ``""`` otherwise."""
        for column in (self.spec.popup.title, "name"):
            if column in self.rows.columns:
                return list(self.rows[column].fillna("").astype(str))
        return [""] * len(self.rows)


@dataclass(frozen=True)
class Whole:
    """What conditions choose from: how many rows are the county's, and the first and last day of all of them, None where
    they have no days."""

    counted: int
    days: "Span | None"


class Door:
    """Gives a viewer the allowed rows and fields of a layer; keeps nothing that editions do not determine."""

    def __init__(self, store: Store, catalog: Catalog, county: str) -> None:
        self.store = store
        self.catalog = catalog
        self.county = county
        self._bases = Kept(BASES)
        self._tables = Kept(TABLES)
        self._points = Kept(TABLES)
        self._extents = Kept(TABLES)
        self._masks = Kept(MASKS)
        self._wholes = Kept(WHOLES)

    @property
    def divisions(self) -> Divisions:
        """The levels of the county's divisions."""
        return self.catalog.divisions

    def access(self, spec: LayerSpec, viewer: Viewer) -> Visibility:
        """What the viewer's role sees of the layer."""
        return spec.access.of(viewer.role)

    def seen(self, spec: LayerSpec, viewer: Viewer, code: str) -> Seen:
        """How much of an area's rows the viewer's own area lets through: what lies outside it is not nothing."""
        scoped = not self.county.startswith(viewer.scope) and spec.access.public != "exact"
        if not scoped or code.startswith(viewer.scope):
            return "all"
        return "part" if viewer.scope.startswith(code) else "none"

    def _name_of(self, code: str) -> str:
        """Name of an area, else its code."""
        level = self.divisions.level_of(code)
        if level is None or level.layer not in self.catalog.layers or self.store.current(level.layer) is None:
            return code
        areas = self.store.read(level.layer)
        found = areas["name"][areas["code"].astype(str) == code]
        return code if found.empty else PlaceName(found.iloc[0])

    def fields(self, spec: LayerSpec, viewer: Viewer) -> tuple[FieldSpec, ...]:
        """Fields that the viewer gets, in the declared order.

        Public fields are for everyone, internal ones for every role but the public, personal ones for
        nobody. Rows moved to their grid lose internal free text too, since it may name the place.
        """
        visibility = self.access(spec, viewer)
        if visibility == "none":
            return ()
        if visibility == "counts":
            return published.FIELDS
        known = {"public"} if viewer.role == "public" else {"public", "internal"}
        fields = tuple(field for field in spec.fields if field.sensitivity in known)
        return blurred_fields(fields) if visibility == "grid" else fields

    def sources(self, spec: LayerSpec, viewer: Viewer) -> tuple[str, ...]:
        """Layers whose editions determine what the viewer gets of this one."""
        named = self.divisions.named
        counted = tuple(level.layer for level in self.divisions.upwards("village"))
        others = {"counts": counted, "grid": (named("grid").layer, named("village").layer)}
        behind = (
            *others.get(self.access(spec, viewer), ()),
            *(self._around if spec.group not in UNCOUNTED else ()),
        )
        return (spec.id, *(name for name in dict.fromkeys(behind) if name != spec.id))

    @property
    def _around(self) -> tuple[str, ...]:
        """The layer that the county's line is of."""
        top = self.divisions.top
        level = top if top.layer in self.catalog.layers else self.divisions.child(top)
        return (level.layer,) if level is not None else ()

    def rows(self, layer_id: str, viewer: Viewer, wanted: RowFilter = ALL) -> Disclosed:
        """Rows of the current edition that the viewer may see and asked for.

        Raises:
            UnknownLayerError: no such layer.
            UnknownEditionError: nothing was published yet.
            ForbiddenError: the viewer sees nothing of this layer.
            FilterError: a filter that the layer does not have or the viewer may not use.
        """
        spec = self.catalog.layer(layer_id)
        visibility = self.access(spec, viewer)
        if visibility == "none":
            raise (
                ForbiddenError("“{layer}”不对公众开放，工作人员登录后按职责查看。", layer=spec.title.zh)
                if viewer.role == "public"
                else ForbiddenError(
                    "“{layer}”不在这个身份的查看范围，需要时找县综治中心。", layer=spec.title.zh
                )
            )
        if visibility == "counts":
            return self._count_rows(spec, viewer, wanted)
        if wanted.period is not None:
            raise FilterError("图层“{layer}”按日期筛选，用 since 和 until。", layer=spec.title.zh)
        if self.seen(spec, viewer, wanted.code or self.county) == "none":
            raise ForbiddenError(
                "{area}的“{layer}”不在查看范围，这个身份只看{own}的。",
                area=self._name_of(wanted.code or ""), layer=spec.title.zh, own=self._name_of(viewer.scope),
            )  # fmt: skip
        base = self._base(spec, viewer)
        return base if wanted.empty() else _subset(base, self._chosen(base, viewer, wanted))

    def whole(self, layer_id: str, viewer: Viewer, wanted: RowFilter) -> "Whole":
        """All that a viewer gets of the area, extent and time of a filter, whatever its conditions; kept, since one map asks
        for it with every change of a condition. Raises as ``rows``."""
        plain = RowFilter(code=wanted.code, since=wanted.since, until=wanted.until, bbox=wanted.bbox)
        if wanted.bbox is not None:  # where a map was moved to, which nobody asks for again
            return _whole(self.rows(layer_id, viewer, plain))
        place = (viewer.key, layer_id, plain, *self._behind(self.catalog.layer(layer_id), viewer))
        return self._wholes.get(place, lambda: _whole(self.rows(layer_id, viewer, plain)))

    def counts(self, viewer: Viewer, period: str, level: str, layer_id: str = "disputes") -> "pd.DataFrame":
        """The published table of one period at ``village``, ``township`` or ``county`` level, with the columns
        code, name, period, count (empty when suppressed), suppressed. The same for every viewer.

        Raises:
            FilterError: no such published period or level.
            ForbiddenError: the viewer sees nothing of this layer.
        """
        spec = self.catalog.layer(layer_id)
        if self.access(spec, viewer) == "none":
            raise ForbiddenError("“{layer}”不在这个身份的查看范围。", layer=spec.title.zh)
        return self.published(layer_id).of(period, level)

    def periods(self, layer_id: str = "disputes") -> list[str]:
        """Complete quarters and years of a layer that is published as counts, oldest first."""
        return list(self.published(layer_id).periods)

    def published(self, layer_id: str) -> published.Published:
        """The table of counts of the current editions, worked out once."""
        spec = self.catalog.layer(layer_id)
        found = self._edition(spec)
        villages = self._edition(self.catalog.layer("villages"))
        place = (f"{layer_id}/{found.id}", villages.id)
        return self._tables.get(
            place,
            lambda: published.publish(
                spec,
                self.extent(layer_id),
                self.store.read(layer_id, found.id),
                self.area_names(),
                self.divisions,
            ),
        )

    def extent(self, layer_id: str) -> Extent:
        """What the current edition of a layer covers, the same for every viewer: from when to when, and which months
        are missing. Nothing where the layer has no dates or no data."""
        spec, edition = self.catalog.layer(layer_id), self.store.current(layer_id)
        name = spec.time_field
        if edition is None or name is None:
            return Extent()
        return self._extents.get(
            (layer_id, edition.id), lambda: extent_of(edition, self.store.read(layer_id, edition.id)[name])
        )

    def area_names(self) -> dict[str, str]:
        """Names of the county, the townships and the villages by code."""
        names: dict[str, str] = {}
        for layer_id in (level.layer for level in reversed(self.divisions.upwards("village"))):
            if layer_id in self.catalog.layers and self.store.current(layer_id) is not None:
                areas = self.store.read(layer_id)
                names |= dict(zip(areas["code"].astype(str), areas["name"].astype(str), strict=True))
        return names

    def outline(self, code: str) -> Any:
        """Polygon of an area in EPSG:4490, or None when no division layer holds that code."""
        level = self.divisions.level_of(code)
        if level == self.divisions.top and level.layer not in self.catalog.layers:
            return self._joined(self.divisions.child(level))
        if level is None or level.layer not in self.catalog.layers or self.store.current(level.layer) is None:
            return None
        areas = self.store.read(level.layer)
        found = areas.geometry[areas["code"] == code]
        return None if found.empty else found.iloc[0]

    def _joined(self, level: Level | None) -> Any:
        """All areas of a level in one; None where there are none. A prefecture has no layer of its own."""
        if level is None or self.store.current(level.layer) is None:
            return None
        return self.store.read(level.layer).geometry.union_all()

    def _edition(self, spec: LayerSpec) -> Edition:
        edition = self.store.current(spec.id)
        if edition is None:
            raise UnknownEditionError("图层“{layer}”还没有数据。", layer=spec.title.zh)
        return edition

    def _base(self, spec: LayerSpec, viewer: Viewer) -> Disclosed:
        """Everything the viewer may see of a layer; kept while the editions behind it are current."""
        edition, editions = self._edition(spec), self.store.currents()
        behind = [f"{name}={editions[name].id}" for name in self.sources(spec, viewer) if name in editions]
        place = (viewer.key, spec.id, *behind)
        return self._bases.get(place, lambda: self._redacted(spec, viewer, edition))

    def _redacted(self, spec: LayerSpec, viewer: Viewer, edition: Edition) -> Disclosed:
        visibility = self.access(spec, viewer)
        rows = self.store.read(spec.id, edition.id)
        fields = self.fields(spec, viewer)
        rows, note = self._scoped(spec, viewer, rows)
        if visibility == "grid":
            rows = blurred(rows, self._area_points("grids"), self._area_points("villages"))
            note = say("位置归到治理网格，不是发生地点。")
        columns = [field.name for field in fields if field.name in rows.columns]
        if spec.geometry != "none":
            columns.append("geometry")
        rows = rows[columns]
        return Disclosed(spec, edition, fields, rows, visibility, note, outside=self._outside(spec, rows))

    def _outside(self, spec: LayerSpec, rows: "gpd.GeoDataFrame") -> "Mask | None":
        """Rows across the county's line: by their code, those without one by their place."""
        if spec.group in UNCOUNTED or spec.geometry == "none":
            return None
        outline = self.outline(self.county)
        inside = within_area(spec, rows, self.county, outline)
        return (
            ~inside
            if outline is not None
            else ~inside & (finest_codes(spec, rows) != "").to_numpy(dtype=bool)
        )

    def _scoped(
        self, spec: LayerSpec, viewer: Viewer, rows: "gpd.GeoDataFrame"
    ) -> tuple["gpd.GeoDataFrame", str]:
        """Rows within the viewer's area. What the public sees too stays, without its internal fields."""
        if self.county.startswith(viewer.scope):
            return rows, ""
        inside = finest_codes(spec, rows).str.startswith(viewer.scope).to_numpy(dtype=bool)
        if spec.access.public != "exact":
            return rows[inside], say("只含{area}的记录。", area=self._name_of(viewer.scope))
        internal = [field.name for field in spec.fields if field.sensitivity == "internal"]
        if not internal:
            return rows, ""
        rows = rows.copy()
        for name in internal:
            rows[name] = rows[name].mask(~inside)
        return rows, say("内部字段只显示{area}的。", area=self._name_of(viewer.scope))

    def _chosen(self, base: Disclosed, viewer: Viewer, wanted: RowFilter) -> "NDArray[Any]":
        keep = matching(base.spec, base.fields, base.rows, wanted)
        return keep if wanted.code is None else keep & self._within(base, viewer, wanted.code)

    def _within(self, base: Disclosed, viewer: Viewer, code: str) -> "Mask":
        """Rows of a base in an area; kept, since one map asks for many parts of the same area."""
        place = (viewer.key, base.spec.id, code, *self._behind(base.spec, viewer))
        return self._masks.get(place, lambda: self._in_area(base, code))

    def _behind(self, spec: LayerSpec, viewer: Viewer) -> list[str]:
        """Editions that determine which rows of a layer a viewer gets of an area."""
        editions, names = self.store.currents(), (*self.sources(spec, viewer), *self.divisions.layers)
        return [f"{name}={editions[name].id}" for name in names if name in editions]

    def _in_area(self, base: Disclosed, code: str) -> "Mask":
        if code == self.county:
            return np.ones(len(base.rows), dtype=bool) if base.outside is None else ~base.outside
        return within_area(base.spec, base.rows, code, self.outline(code))

    def _count_rows(self, spec: LayerSpec, viewer: Viewer, wanted: RowFilter) -> Disclosed:
        """Village polygons with the published counts of one period."""
        import geopandas as gpd

        if not wanted.only_code_and_period():
            raise FilterError(
                "“{layer}”对公众只公布整季和整年的各村件数，只能用 period 和 code 筛选。", layer=spec.title.zh
            )
        table = self.published(spec.id)
        period = wanted.period or table.default
        counts = table.of(period, "village")
        villages = self.store.read("villages")
        outlines = gpd.GeoSeries(
            counts["code"]
            .map(dict(zip(villages["code"].astype(str), villages.geometry, strict=True)))
            .to_numpy(),
            crs=villages.crs,
        )
        rows = gpd.GeoDataFrame(counts, geometry=outlines)
        if wanted.code is not None and wanted.code != self.county:
            rows = rows[rows["code"].str.startswith(wanted.code)]
        note = say("只公布整季和整年的各村件数；1–2 件和能反推出它们的数不显示。")
        return Disclosed(spec, self._edition(spec), published.FIELDS, rows, "counts", note, period)

    def _area_points(self, layer_id: str) -> "pd.Series[Any] | None":
        edition = self.store.current(layer_id) if layer_id in self.catalog.layers else None
        if edition is None:
            return None
        place = (layer_id, edition.id)
        return self._points.get(place, lambda: area_points(self.store.read(layer_id, edition.id)))


def _whole(given: Disclosed) -> Whole:
    return Whole(given.counted, days_of(given.rows, given.spec.time_field))


def _subset(base: Disclosed, keep: "NDArray[Any]") -> Disclosed:
    outside = None if base.outside is None else base.outside[keep]
    return replace(base, rows=base.rows[keep], outside=outside)
