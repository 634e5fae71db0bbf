"""The one place where requests are read: ``code=…&bbox=w,s,e,n&since=…&until=…&f.crop=apple&q=…&period=…``.

Parameters are declared as fields of a ``Query`` beside their route; reader and description come from the declaration.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, TypeVar, get_args

from flask import request
from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, WithJsonSchema, field_validator
from pydantic_core import CoreSchema, core_schema

from geo.errors import ArgumentError, FilterError
from geo.phrases import listing, say
from layers.disclosure import RowFilter
from layers.language import LANGUAGES
from layers.language.lists import separated
from webmap.service import the_county

ALWAYS = ("lang", "v")
FIELD = "f."
MAX_TEXT = 200
MAX_VALUES = 200
Schema = dict[str, Any]
Box = tuple[float, float, float, float]
TEXT: Schema = {"type": "string"}
DAY: Schema = {"type": "string", "format": "date"}


@dataclass(frozen=True, eq=False)
class Read:
    """How the text of a parameter becomes its value, and how that is described.

    ``read`` takes the text and the parameter's name, and raises an error in the reader's language: pydantic lets it pass.
    """

    read: Callable[[str, str], Any]
    schema: Schema

    def __get_pydantic_core_schema__(self, _source: object, _handler: object) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(
            lambda text, info: self.read(text, info.field_name or "")
        )

    def __get_pydantic_json_schema__(self, _core: object, _handler: object) -> Schema:
        return dict(self.schema)


def whole(least: int, most: int) -> Read:
    """A whole number within limits."""

    def _read(text: str, name: str) -> int:
        if not re.fullmatch(r"-?\d{1,12}", text) or not text.isascii() or not least <= int(text) <= most:
            raise FilterError(
                "参数 {name} 应是 {least} 到 {most} 的整数，收到 {value}。",
                name=name, least=least, most=most, value=text,
            )  # fmt: skip
        return int(text)

    return Read(_read, {"type": "integer", "minimum": least, "maximum": most})


def kind_of_file(known: Iterable[str]) -> Read:
    """The ending of a file."""
    every = tuple(known)

    def _read(text: str, _name: str) -> str:
        if text not in every:
            raise FilterError("没有格式 {format}，可选：{all}。", format=text, all=listing(every))
        return text

    return Read(_read, {"type": "string", "enum": list(every)})


def listed(known: Any) -> WithJsonSchema:
    """One of the words of a list or of a Literal; a question of the planner or of a sheet checks them itself."""
    words = [word for word in get_args(known) or known if word]
    return WithJsonSchema({"type": "string", "enum": words})


def number(least: float, most: float | None = None, *, inside: bool = False) -> WithJsonSchema:
    """A number, described as ``listed`` words are; ``inside``: the limits themselves are not allowed."""
    bounds = {"exclusiveMinimum" if inside else "minimum": least}
    bounds |= {} if most is None else {"exclusiveMaximum" if inside else "maximum": most}
    return WithJsonSchema({"type": "number", **bounds})


class Query(BaseModel):
    """The parameters of a request; by itself those of a route that takes none.

    ``form`` says how filters by field are written, ``free`` that names beside the declared ones are read later,
    ``usual`` what words stand for that are left out and read later.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
    form: ClassVar[str] = ""
    free: ClassVar[bool] = False
    usual: ClassVar[Mapping[str, str]] = MappingProxyType({})
    lang: Annotated[str, listed(LANGUAGES)] = Field("", description="Language of titles and messages")

    @field_validator("*", mode="before")
    @classmethod
    def _not_too_long(cls, text: Any, info: ValidationInfo) -> Any:
        if not cls.free and len(text) > MAX_TEXT * 10:
            raise FilterError("参数 {name} 太长。", name=info.field_name)
        return text

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The parameters of this route, without those that every route knows."""
        return tuple(name for name in cls.model_fields if name not in ALWAYS)

    def words(self, of: "type[Query]") -> dict[str, str]:
        """The parameters of another question within this one, as text."""
        return {name: getattr(self, name) for name in of.names()}


Asked = TypeVar("Asked", bound=Query)
Sent = TypeVar("Sent", bound=BaseModel)


def asked(model: type[Asked]) -> Asked:
    """The parameters of this request; one that is empty is as one that is absent.

    Raises:
        FilterError: a parameter is unknown, given twice, or has a value that cannot be.
    """
    _check_names(model)
    given = request.args.items()
    return model.model_validate({name: text for name, text in given if text and name in model.model_fields})


def _check_names(model: type[Query]) -> None:
    known = model.names()
    for name, values in request.args.lists():
        field = bool(model.form) and name.startswith(FIELD)
        if not (model.free or field or name in known or name in ALWAYS):
            raise FilterError(
                "不认识参数 {name}，可用：{all}。",
                name=name[:MAX_TEXT],
                all=listing((*known, *([say("f.字段")] if model.form else []))),
            )
        if len(values) > 1:
            raise FilterError("参数 {name} 出现了两次，多个值用逗号隔开。", name=name[:MAX_TEXT])


def body_of(model: type[Sent]) -> Sent:
    """The JSON object that was sent; raises ArgumentError for anything else and for members that are not known."""
    body, known = request.get_json(silent=True), tuple(model.model_fields)
    if not isinstance(body, dict):
        raise ArgumentError("要送来一个 JSON 对象，含 {names}。", names=listing(known))
    unknown = sorted(set(body) - set(known))
    if unknown:
        raise ArgumentError("不认识 {name}，可用：{all}。", name=unknown[0][:40], all=listing(known))
    return model.model_validate({name: body.get(name, "") for name in known})


def _code(text: str, _name: str) -> str:
    county = the_county()
    if not county.areas.known(text):
        raise FilterError(
            "没有区划代码 {code}，用县 {county}、乡镇 {township}、村 {village} 或网格 {grid} 位代码。",
            code=text, **county.divisions.lengths,
        )  # fmt: skip
    return text


def read_box(text: str, _name: str) -> Box:
    """West, south, east, north in degrees; raises FilterError."""
    wrong = FilterError("bbox 应是 西,南,东,北 四个经纬度，收到 {value}。", value=text)
    parts = text.split(",")
    if len(parts) != 4:
        raise wrong
    try:
        west, south, east, north = (float(part) for part in parts)
    except ValueError as error:
        raise wrong from error
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise wrong
    return west, south, east, north


def read_day(text: str, name: str) -> date:
    """A day as 2026-01-31; raises FilterError."""
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError as error:
        raise FilterError(
            "{name} 应是 2026-01-31 这样的日期，收到 {value}。", name=name, value=text
        ) from error


def _period(text: str, _name: str) -> str:
    if not re.fullmatch(r"\d{4}(Q[1-4])?", text):
        raise FilterError("period 应是 2026Q3 或 2026，收到 {value}。", value=text)
    return text


def field_filters() -> Iterable[tuple[str, tuple[str, ...]]]:
    """The filters by field of this request, by what stands behind ``f.``; raises FilterError for too many values."""
    for name, value in request.args.items():
        if name.startswith(FIELD):
            values = separated(value)
            if len(values) > MAX_VALUES:
                raise FilterError(
                    "字段 {field} 的值太多，最多 {most} 个。", field=name[len(FIELD) :], most=MAX_VALUES
                )
            yield name[len(FIELD) :], values


class Filters(Query):
    """Which rows of a layer are asked for."""

    form: ClassVar[str] = "f.<field>"
    code: Annotated[str | None, Read(_code, TEXT)] = Field(None, description="Area")
    bbox: Annotated[Box | None, Read(read_box, TEXT)] = Field(
        None, description="west,south,east,north in degrees"
    )
    since: Annotated[date | None, Read(read_day, DAY)] = Field(None, description="First day")
    until: Annotated[date | None, Read(read_day, DAY)] = Field(None, description="Last day, inclusive")
    q: Annotated[str, Read(lambda text, _: text.strip(), TEXT)] = Field(
        "", description="Text that some text field contains"
    )
    find: Annotated[str, Read(lambda text, _: text.strip(), TEXT)] = Field(
        "", description="Text that some text field of the rows that are left contains, too"
    )
    period: Annotated[str | None, Read(_period, {"type": "string", "pattern": r"^\d{4}(Q[1-4])?$"})] = Field(
        None, description="2026Q3 or 2026, for layers given out as counts"
    )

    def rows(self) -> RowFilter:
        """The same for the door, with the filters by field; raises FilterError for too many values."""
        return RowFilter(
            code=self.code,
            bbox=self.bbox,
            since=self.since,
            until=self.until,
            fields=tuple(field_filters()),
            text=self.q,
            find=self.find,
            period=self.period,
        )
