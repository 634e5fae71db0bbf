"""Validated models of one layer declaration; everything about a layer is derived from these."""

import re
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

Group = Literal[
    "base", "divisions", "services", "industry", "governance", "organisations", "environment", "indicators"
]
Geometry = Literal["point", "line", "polygon", "none"]
Level = Literal["prefecture", "county", "township", "village", "grid", "none"]
FieldType = Literal["text", "integer", "number", "date", "year", "boolean", "code", "codes", "phone"]
Sensitivity = Literal["public", "internal", "personal"]
Visibility = Literal["exact", "grid", "counts", "none"]
Role = Literal["public", "grid_worker", "planner", "mediator", "operator"]
Symbol = Literal[
    "square", "circle", "ring", "triangle", "diamond", "shield", "cross", "house", "flag", "star", "pentagon",
    "hexagon", "drop", "tree", "ball", "cup", "book", "gear", "box", "snow", "mushroom", "shop", "flame", "bolt",
]  # fmt: skip
Hatch = Literal["none", "diagonal", "cross", "dots", "horizontal"]
Dash = Literal["solid", "dash", "dot", "county", "township"]

CORE_SHARE = 0.6

ROLES: tuple[Role, ...] = ("public", "grid_worker", "planner", "mediator", "operator")


def _colour(value: str) -> str:
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", value):
        raise ValueError(f"{value!r} is not a colour like #0B6470")
    return value.upper()


Colour = Annotated[str, AfterValidator(_colour)]
KebabId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
FieldName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Millimetres = Annotated[float, Field(ge=0, le=20)]
Zoom = Annotated[int, Field(ge=0, le=20)]
StyleKind = Annotated[
    Literal["single", "categories", "graduated", "levels"],
    Field(description="One look for all rows, or a class by value, by number or by level of warning"),
]
Clustered = Annotated[bool, Field(description="Whether points that lie close together are drawn as one")]
Heated = Annotated[bool, Field(description="Whether its density can be drawn")]
LabelField = Annotated[
    FieldName | None, Field(description="Field that is written on the map; null for no names")
]
LabelZoom = Annotated[Zoom, Field(description="Smallest zoom at which names are written")]
LeastZoom = Annotated[Zoom, Field(description="Smallest zoom at which it is drawn")]
DrawOrder = Annotated[int, Field(description="The larger, the further above")]


class Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


Language = Literal["zh", "en"]


class Text(Model):
    """A label in both languages; never compiled as a template, HTML or formula by anyone."""

    zh: Annotated[str, StringConstraints(min_length=1, max_length=400), Field(description="In Chinese")]
    en: Annotated[str, StringConstraints(min_length=1, max_length=400), Field(description="In English")]

    def get(self, language: str) -> str:
        return self.en if language.startswith("en") else self.zh

    def __str__(self) -> str:
        return self.zh


class CodeItem(Model):
    value: str
    title: Text
    aliases: tuple[str, ...] = ()


class CodeList(Model):
    """An enumeration that a county may edit. ``undefined_in_source`` marks lists the source only names."""

    id: FieldName
    title: Text
    items: tuple[CodeItem, ...]
    undefined_in_source: bool = False

    def values(self) -> tuple[str, ...]:
        return tuple(item.value for item in self.items)

    def title_of(self, value: str, language: str) -> str:
        return next((item.title.get(language) for item in self.items if item.value == value), value)


class FieldSpec(Model):
    """One column: its name in storage, labels, type, unit and who may see it.

    ``codes`` names a code list and is required for the types ``code`` and ``codes`` (several, joined by ``;``).
    ``share_of`` names the field that is the denominator of this count.
    """

    name: FieldName
    title: Text
    type: FieldType = "text"
    unit: str | None = None
    required: bool = False
    aliases: tuple[str, ...] = ()
    codes: FieldName | None = None
    minimum: float | None = None
    maximum: float | None = None
    share_of: FieldName | None = None
    sensitivity: Sensitivity = "public"
    note: Text | None = None

    @model_validator(mode="after")
    def _codes_match_type(self) -> Self:
        if (self.type in ("code", "codes")) != (self.codes is not None):
            raise ValueError(
                f"field {self.name}: 'codes' belongs to the types code and codes, and only to them"
            )
        return self


class Paint(Model):
    """How one class is drawn, in millimetres on paper (screen px = mm × 96 / 25.4).

    On a line layer ``line`` and ``line_mm`` are the stroke; when ``fill`` is given too, the stroke is a casing
    and ``fill`` its core, ``CORE_SHARE`` of the width.
    """

    fill: Annotated[
        Colour | None, Field(description="Colour of the area or symbol, of the core of a line; null for none")
    ] = None
    fill_opacity: Annotated[float, Field(ge=0, le=1, description="0 is clear, 1 covers")] = 1.0
    line: Annotated[Colour | None, Field(description="Colour of the outline or stroke; null for none")] = None
    line_mm: Annotated[Millimetres, Field(description="Width of the outline or stroke in mm on paper")] = 0.2
    dash: Annotated[Dash, Field(description="Strokes and gaps of the line")] = "solid"
    hatch: Annotated[Hatch, Field(description="Pattern on the area")] = "none"
    hatch_line: Annotated[Colour | None, Field(description="Colour of the pattern; null for none")] = None
    symbol: Annotated[Symbol | None, Field(description="Symbol of a point; null where it has none")] = None
    size_mm: Annotated[Millimetres, Field(description="Size of the symbol in mm on paper")] = 2.4


class StyleClass(Model):
    """One legend row. ``values`` for categories; ``least`` (inclusive) for graduated classes."""

    title: Text = Field(description="Its row in the legend")
    values: Annotated[tuple[str, ...], Field(description="Values of the field, for categories")] = ()
    least: Annotated[
        float | None, Field(description="Lower limit, inclusive, for graduated classes; null for others")
    ] = None
    paint: Paint = Field(description="How it is drawn")


class StyleSpec(Model):
    """``single``: one paint. ``categories``: by a field's value, ``other`` for the rest.
    ``graduated``: by number, breaks worked out at publication with ``ramp`` and ``breaks`` classes,
    or given by ``classes``. ``levels``: red, yellow, blue with shape and word.
    """

    kind: StyleKind = "single"
    field: Annotated[FieldName | None, Field(description="Field of the classes; null for a single style")] = (
        None
    )
    paint: Annotated[Paint | None, Field(description="Of a single style; null for others")] = None
    classes: Annotated[
        tuple[StyleClass, ...], Field(description="Classes that are declared, in the order of the legend")
    ] = ()
    other: Annotated[
        StyleClass | None, Field(description="Rows of no other category; null where there is no such class")
    ] = None
    ramp: Annotated[
        Literal["share", "rate"] | None,
        Field(description="Colours of classes that are worked out; null where they are declared"),
    ] = None
    breaks: Annotated[int, Field(ge=2, le=7, description="Classes that are worked out")] = 5
    cluster: Clustered = False
    heat: Heated = False
    labels: LabelField = None
    labels_from_zoom: LabelZoom = 13
    min_zoom: LeastZoom = 0
    order: DrawOrder = 0

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.kind == "single" and self.paint is None:
            raise ValueError("style: a single style needs 'paint'")
        if self.kind != "single" and self.field is None:
            raise ValueError(f"style: {self.kind} needs 'field'")
        if self.kind == "categories" and not self.classes:
            raise ValueError("style: categories need 'classes'")
        if self.kind == "graduated" and not self.classes and self.ramp is None:
            raise ValueError("style: graduated needs 'classes' or 'ramp'")
        return self


class AccessSpec(Model):
    """What each role sees of the rows. Anything left out is ``none``: the door fails closed.

    ``exact``: the rows as they are, within the viewer's scope for ``internal_scope`` roles;
    ``grid``: the place is moved to its governance grid; ``counts``: only the published table of counts.
    """

    public: Visibility = "none"
    grid_worker: Visibility = "none"
    planner: Visibility = "none"
    mediator: Visibility = "none"
    operator: Visibility = "none"

    def of(self, role: Role) -> Visibility:
        value: Visibility = getattr(self, role)
        return value


class FirstSpec(Model):
    """What is shown of the rows until somebody chooses: values by field. ``rest`` names what is left out, for the
    switch that shows it too."""

    filters: dict[FieldName, tuple[str, ...]]
    rest: Text


class SourceSpec(Model):
    """Who answers for the data and how often they are renewed."""

    owner: Text
    renewal: Literal["once", "year", "quarter", "month", "day"] = "year"


class PopupSpec(Model):
    """The popup of a record: the field that names it, and the fields below in their order."""

    title: FieldName = "name"
    fields: tuple[FieldName, ...] = ()


class Denominator(Model):
    """A known total that a share may be taken of, when sources disagree about which one."""

    value: Annotated[float, Field(gt=0)]
    title: Text


class IndicatorSpec(Model):
    """The definition (口径) of one indicator.

    ``rollup`` says how areas add up: ``sum`` of values; ``ratio``: sum of numerators over sum of denominators;
    ``mean``: the same, read as an average per area; ``count``: rows for each item of the list ``codes``;
    ``none``: never added. ``level`` is the finest level at which values exist.
    """

    code: FieldName
    title: Text
    family: Text | None = None
    meaning: Text
    unit: str
    numerator: Text | None = None
    denominator: Text | None = None
    denominators: tuple[Denominator, ...] = ()
    period: Literal["year", "quarter", "month"] = "year"
    level: Level = "village"
    rollup: Literal["sum", "ratio", "mean", "count", "none"]
    codes: FieldName | None = None
    owner: Text
    note: Text | None = None

    @model_validator(mode="after")
    def _rollup_has_parts(self) -> Self:
        if self.rollup in ("ratio", "mean") and not (self.numerator and self.denominator):
            raise ValueError(f"{self.code}: a {self.rollup} needs 'numerator' and 'denominator'")
        if (self.rollup == "count") != (self.codes is not None):
            raise ValueError(f"{self.code}: 'codes' belongs to the roll-up count, and only to it")
        return self


class LayerSpec(Model):
    """One layer. ``key`` is unique in the layer; ``level`` is the division level that a row describes or lies
    in, and ``area_field`` the field holding that division's code; ``time_field`` drives the time bar;
    ``sum_field`` is the quantity rolled up over areas besides the count; ``first`` what staff see at first;
    ``level_field`` says which level's a row is, where those of several stand together: a township's centre in a village
    is not the village's. ``people_period`` holds the time of the people of a division, which is not that of its outline.
    ``also`` are other words for one of its rows, by which people look for it.
    """

    id: KebabId
    title: Text
    description: Text
    group: Group
    geometry: Geometry
    level: Level = "village"
    key: FieldName = "code"
    area_field: FieldName | None = None
    time_field: FieldName | None = None
    sum_field: FieldName | None = None
    level_field: FieldName | None = None
    people_period: FieldName | None = None
    also: tuple[str, ...] = ()
    count_unit: Text = Text(zh="个", en="features")
    photos: bool = False
    fields: tuple[FieldSpec, ...]
    style: StyleSpec
    popup: PopupSpec = PopupSpec()
    first: FirstSpec | None = None
    access: AccessSpec
    source: SourceSpec

    @model_validator(mode="before")
    @classmethod
    def _area_field_from_fields(cls, raw: Any) -> Any:
        """Left out, ``area_field`` is ``village_code`` where the layer has that field, else nothing."""
        if isinstance(raw, dict) and "area_field" not in raw:
            names = [item.get("name") for item in raw.get("fields", ()) if isinstance(item, dict)]
            return raw | {"area_field": "village_code" if "village_code" in names else None}
        return raw

    @model_validator(mode="after")
    def _names_agree(self) -> Self:
        names = [field.name for field in self.fields]
        if len(set(names)) != len(names):
            raise ValueError(f"{self.id}: a field name stands twice")
        wanted: dict[str, str | None] = {
            "key": self.key,
            "area_field": self.area_field,
            "time_field": self.time_field,
            "sum_field": self.sum_field,
            "level_field": self.level_field,
            "people_period": self.people_period,
            "style.field": self.style.field,
            "style.labels": self.style.labels,
            "popup.title": self.popup.title,
        }
        wanted |= {f"popup.fields[{i}]": name for i, name in enumerate(self.popup.fields)}
        wanted |= {f"first.filters.{name}": name for name in (self.first.filters if self.first else ())}
        for place, name in wanted.items():
            if name is not None and name not in names:
                raise ValueError(f"{self.id}: {place} names {name!r}, which is no field")
        aliases: dict[str, str] = {}
        for field in self.fields:
            for alias in {field.name, field.title.zh, *field.aliases}:
                if alias in aliases:
                    raise ValueError(
                        f"{self.id}: {alias!r} is a heading of both {aliases[alias]} and {field.name}"
                    )
                aliases[alias] = field.name
        return self

    def field(self, name: str) -> FieldSpec:
        """The field of that name; KeyError when there is none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)

    def has(self, name: str) -> bool:
        return any(field.name == name for field in self.fields)

    @property
    def quantity(self) -> FieldSpec | None:
        """What a class of the layer amounts to besides its rows, as 亩 of orchards; None for divisions and the ground
        of the map, whose people and land are told elsewhere."""
        if self.sum_field is None or self.group in ("divisions", "base"):
            return None
        return self.field(self.sum_field)

    def to_json(self) -> dict[str, Any]:
        return self.model_dump(mode="json", exclude_none=True)
