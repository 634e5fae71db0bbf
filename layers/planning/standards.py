"""Service standards and capacities: the shipped ones, and a county's own."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ValidationError, model_validator

from geo.errors import DeclarationError
from layers.planning.plans import DemandKind, Unit
from layers.spec import FieldName, KebabId, Model, Text

FILE = "standards.toml"
SHIPPED = Path(__file__).parents[1] / FILE


class Standard(Model):
    """How far a service may be, for whom, and where that is written.

    ``services`` are layer ids, empty for any. ``within`` is in ``unit``. ``basis`` tells a published clause from a
    suggestion and from a rule of the county.
    """

    id: KebabId
    title: Text
    services: tuple[KebabId, ...] = ()
    within: Annotated[float, Field(gt=0)]
    unit: Unit
    population: DemandKind = "population"
    basis: Literal["standard", "suggestion", "county"]
    document: Text | None = None
    clause: str | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _standards_name_their_source(self) -> Self:
        if self.basis == "standard" and not (self.document and self.clause):
            raise ValueError(f"{self.id}: a standard needs 'document' and 'clause'")
        return self


class Capacity(Model):
    """``people`` that one unit of a layer's ``field`` stands for."""

    layer: KebabId
    field: FieldName
    people: Annotated[float, Field(gt=0)] = 1.0
    note: Text | None = None


class Register(Model):
    """Every standard by its order, and the capacity of each layer that has one."""

    standards: tuple[Standard, ...] = ()
    capacities: tuple[Capacity, ...] = ()

    def capacity_of(self, layer: str) -> Capacity | None:
        return next((item for item in self.capacities if item.layer == layer), None)


def load_standards(extra: Path | None = None) -> Register:
    """The shipped register, with the entries of ``extra``/standards.toml added or put in place of the same id.

    Raises:
        DeclarationError: a file is not TOML or breaks the model.
    """
    own = extra / FILE if extra is not None else None
    stamp = own.stat().st_mtime_ns if own is not None and own.is_file() else 0
    return _load(own, stamp)


@lru_cache(maxsize=8)
def _load(own: Path | None, stamp: int) -> Register:
    shipped = _read(SHIPPED)
    if own is None or not stamp:
        return shipped
    county = _read(own)
    standards = {item.id: item for item in (*shipped.standards, *county.standards)}
    capacities = {item.layer: item for item in (*shipped.capacities, *county.capacities)}
    return Register(standards=tuple(standards.values()), capacities=tuple(capacities.values()))


def _read(file: Path) -> Register:
    try:
        raw: dict[str, Any] = tomllib.loads(file.read_text("utf-8"))
        return Register.model_validate(raw)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DeclarationError("{file} 不是合格的 TOML：{why}", file=file.name, why=error) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "（整体）"
        raise DeclarationError("{file} 的 {place} 不对：{why}", file=file.name, place=place, why=first["msg"]) from error  # fmt: skip
