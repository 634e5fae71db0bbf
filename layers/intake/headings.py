"""Which column of the file is which field of the layer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from geo.checks import Problem
from geo.errors import ArgumentError
from geo.files.headings import bare, normal
from geo.phrases import listing
from layers.spec import FieldSpec, LayerSpec

EVERYWHERE = {
    "code": ("编号", "编码", "代码"),
    "name": ("名称",),
    "village_code": ("村代码", "村编码", "所在村代码"),
    "grid_code": ("网格编码", "网格代码"),
    "township_code": ("乡镇代码", "乡镇编码"),
}
"""Headings that every layer accepts for these fields, unless it gives them to another field."""
LON = ("经度", "lon", "lng", "long", "longitude", "经度坐标", "东经", "经度°", "gps经度")
LAT = ("纬度", "lat", "latitude", "纬度坐标", "北纬", "纬度°", "gps纬度")
X = ("x", "x坐标", "坐标x", "横坐标", "东坐标", "easting", "pointx", "xcoord")
Y = ("y", "y坐标", "坐标y", "纵坐标", "北坐标", "northing", "pointy", "ycoord")
BOTH = ("经纬度", "坐标", "lonlat", "location", "位置坐标")
DBF_BYTES = 10
FACTORS = {
    ("公顷", "亩"): 15.0, ("ha", "亩"): 15.0, ("m²", "亩"): 0.0015, ("m2", "亩"): 0.0015, ("平方米", "亩"): 0.0015,
    ("km²", "亩"): 1500.0, ("平方公里", "亩"): 1500.0, ("万亩", "亩"): 10_000.0, ("亩", "公顷"): 1 / 15.0,
    ("亩", "m²"): 10_000 / 15.0, ("公顷", "m²"): 10_000.0, ("平方米", "m²"): 1.0, ("m2", "m²"): 1.0,
    ("万元", "元"): 10_000.0, ("元", "万元"): 0.0001, ("公里", "m"): 1000.0, ("km", "m"): 1000.0,
    ("米", "m"): 1.0, ("公里", "km"): 1.0, ("米", "km"): 0.001, ("吨", "t"): 1.0, ("m", "km"): 0.001,
}  # fmt: skip
"""(unit in the heading, unit of the field): what to multiply by."""


@dataclass(frozen=True)
class Match:
    """Result of matching. ``fields``: field → heading; ``factors``: field → multiplier of its numbers;
    ``place``: headings of the coordinate columns, ("经度", "纬度"), or one for both; ``degrees``: whether
    those headings speak of degrees.
    """

    fields: Mapping[str, str]
    factors: Mapping[str, float]
    place: tuple[str, ...]
    degrees: bool
    unmapped: tuple[str, ...]
    problems: tuple[Problem, ...] = field(default=())

    @property
    def mapping(self) -> dict[str, str]:
        """Heading → field, in the order of the fields; coordinate headings are mapped to ``geometry``."""
        named = {heading: name for name, heading in self.fields.items()}
        return named | dict.fromkeys(self.place, "geometry")


def names_of(spec: LayerSpec) -> dict[str, str]:
    """Normalised heading → field name, of everything that the layer accepts."""
    names: dict[str, str] = {}
    for one in spec.fields:
        for text in (one.name, one.title.zh, one.title.en, *one.aliases):
            names.setdefault(normal(text), one.name)
    for one in spec.fields:
        if one.title.zh:
            names.setdefault(bare(one.title.zh)[0], one.name)
    for name, texts in EVERYWHERE.items():
        if spec.has(name):
            for text in texts:
                names.setdefault(normal(text), name)
    return names


def known_headings(spec: LayerSpec, given: Mapping[str, str]) -> tuple[str, ...]:
    """Normalised headings by which a header row is recognised; ``given`` is heading → field from a person."""
    places = (*LON, *LAT, *X, *Y, *BOTH) if spec.geometry == "point" else ()
    return tuple({*names_of(spec), *map(normal, places), *map(normal, given)})


def match(spec: LayerSpec, headings: Sequence[str], given: Mapping[str, str]) -> Match:
    """Match the headings of a file to the fields of a layer.

    ``given`` (from a person) comes first, then full headings, then headings without their brackets, then
    names cut short by DBF. The first column wins where two would be one field.

    Raises:
        ArgumentError: ``given`` names a heading or field that is not there.
    """
    place, degrees = _place(headings) if spec.geometry == "point" else ((), False)
    fields, problems = dict(_given(spec, headings, given)), []
    ignored = {
        heading
        for heading in headings
        if normal(heading) in {normal(text) for text, to in given.items() if not to}
    }
    names = names_of(spec)
    for read in (normal, lambda text: bare(text)[0]):
        for heading in headings:
            name = names.get(read(heading))
            if name and name not in fields and heading not in {*fields.values(), *place, *ignored}:
                fields[name] = heading
    for heading in headings:
        name = _cut_short(heading, names)
        if name and name not in fields and heading not in {*fields.values(), *place, *ignored}:
            fields[name] = heading
            text = f"列名“{heading}”像是被截断的，当作“{spec.field(name).title.zh}”。不对就另外指明。"
            problems.append(Problem(None, "warning", "heading-cut", text, "mapping"))
    factors = _factors(spec, fields, problems)
    unmapped = tuple(heading for heading in headings if heading not in {*fields.values(), *place, *ignored})
    ordered = {one.name: fields[one.name] for one in spec.fields if one.name in fields}
    return Match(ordered, factors, place, degrees, unmapped, tuple(problems))


def _given(spec: LayerSpec, headings: Sequence[str], given: Mapping[str, str]) -> Mapping[str, str]:
    by_normal = {normal(heading): heading for heading in reversed(headings)}
    fields = {}
    for text, name in given.items():
        if normal(text) not in by_normal:
            raise ArgumentError(
                "指明的列“{heading}”文件里没有，有：{all}。",
                remedy="mapping",
                heading=text,
                all=listing(headings),
            )
        if name and not spec.has(name):
            names = "、".join(one.name for one in spec.fields)
            raise ArgumentError(
                "指明的字段“{field}”图层 {layer} 没有，有：{all}。",
                remedy="mapping",
                field=name,
                layer=spec.id,
                all=names,
            )
        if name:
            fields[name] = by_normal[normal(text)]
    return fields


def _place(headings: Sequence[str]) -> tuple[tuple[str, ...], bool]:
    for across, along, degrees in ((LON, LAT, True), (X, Y, False)):
        east, north = _first(headings, across), _first(headings, along)
        if east is not None and north is not None:
            return (east, north), degrees
    both = _first(headings, BOTH)
    return ((both,), True) if both is not None else ((), False)


def _first(headings: Sequence[str], texts: Sequence[str]) -> str | None:
    wanted = {normal(text) for text in texts}
    for read in (normal, lambda text: bare(text)[0]):
        for heading in headings:
            if read(heading) in wanted:
                return heading
    return None


def _cut_short(heading: str, names: Mapping[str, str]) -> str | None:
    """The field whose heading DBF cut to 10 bytes (5 Chinese characters in GBK, 3 in UTF-8), if it is only one."""
    cut = heading.strip().lower() if heading.isascii() else normal(heading)
    if not any(len(cut.encode(codec)) in (DBF_BYTES - 1, DBF_BYTES) for codec in ("gb18030", "utf-8")):
        return None
    found = {name for text, name in names.items() if text.startswith(normal(cut))}
    return found.pop() if len(found) == 1 else None


def _factors(spec: LayerSpec, fields: Mapping[str, str], problems: list[Problem]) -> dict[str, float]:
    factors = {}
    for name, heading in fields.items():
        one, unit = spec.field(name), bare(heading)[1]
        if one.unit is None or not unit or unit == one.unit or one.type not in ("number", "integer"):
            continue
        factor = FACTORS.get((unit, one.unit))
        if factor is not None and factor != 1.0:
            factors[name] = factor
            text = f"“{heading}”的单位是{unit}，已换算成{one.unit}（乘以 {factor:g}）。"
            problems.append(Problem(None, "warning", "unit-converted", text))
    return factors


def field_title(one: FieldSpec) -> str:
    """A field as messages name it: its Chinese title and its name."""
    return f"{one.title.zh}（{one.name}）"
