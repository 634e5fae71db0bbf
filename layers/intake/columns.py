"""The columns of a file as fields: read, and judged as a whole."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geo.checks import Problem
from geo.files import FileTable
from layers.catalog import Catalog
from layers.days import local_day
from layers.divisions import Divisions
from layers.intake.cleaning import cleaned
from layers.intake.headings import Match, field_title
from layers.intake.values import coerce
from layers.spec import FieldSpec, LayerSpec

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Columns:
    """The mapped columns in the dtypes of their fields, codes and names as text for messages, problems."""

    rows: "pd.DataFrame"
    codes: "NDArray[Any]"
    names: "NDArray[Any]"
    problems: tuple[Problem, ...]


def coerce_columns(
    spec: LayerSpec, catalog: Catalog, table: FileTable, match: Match, time_zone: str
) -> Columns:
    """Read every mapped column of a file; what is unmapped is listed, not read. Instants become days of a time zone."""
    problems: list[Problem] = []
    columns: dict[str, pd.Series] = {}
    for name, heading in match.fields.items():
        one = spec.field(name)
        raw = table.columns.column(heading).to_pandas()
        raw, found = cleaned(field_title(one), raw, table.facts.kind)
        problems += found
        if one.type in ("date", "year"):
            raw = raw.map(lambda value: local_day(value, time_zone), na_action="ignore")
        columns[name], found = coerce(
            one,
            raw,
            codes=catalog.codes_of(one),
            factor=match.factors.get(name, 1.0),
            is_code=is_code(spec, one),
        )
        problems += found
    if match.unmapped:
        listed = "、".join(match.unmapped[:30])
        text = f"{len(match.unmapped)} 列没有对上字段，没有导入：{listed}。需要的话指明各是哪个字段。"
        problems.append(Problem(None, "warning", "column-unmapped", text, "mapping"))
    rows = pd.DataFrame(columns, index=pd.RangeIndex(len(table.rows)))
    return Columns(
        _parents_filled(spec, rows, catalog.divisions),
        _texts(rows, spec.key),
        _texts(rows, "name"),
        tuple(problems),
    )


def is_code(spec: LayerSpec, one: FieldSpec) -> bool:
    """Whether a text column holds codes, which spreadsheets like to turn into numbers."""
    return one.type == "text" and (one.name == spec.key or one.name == "code" or one.name.endswith("_code"))


def check_columns(spec: LayerSpec, match: Match, rows: "pd.DataFrame", *, upsert: bool) -> list[Problem]:
    """Missing keys and names, repeated keys, required and optional fields that are empty.

    ``rows`` are the rows as they would be published; with ``upsert`` a file need not have all the columns.
    """
    problems = _check_key(spec, match, rows)
    for one in spec.fields:
        if one.name == spec.key:
            continue
        absent = one.name not in rows or bool(rows[one.name].isna().all())
        if one.name == "name" and one.required:
            problems += _check_name(one, match, rows, upsert=upsert)
        elif not absent or one.name in match.fields:
            problems += _empty(one, rows)
        elif one.required:
            text = f"缺少字段“{field_title(one)}”，全部按空值处理。"
            problems.append(Problem(None, "warning", "required-empty", text))
    return problems


def _check_key(spec: LayerSpec, match: Match, rows: "pd.DataFrame") -> list[Problem]:
    title = field_title(spec.field(spec.key))
    if spec.key not in match.fields:
        return [Problem(None, "blocking", "key-missing", _no_column(title, spec.key), "mapping")]
    keys = rows[spec.key]
    empty = keys.isna().to_numpy()
    problems = [
        Problem(int(at), "blocking", "key-missing", f"这一行没有“{title}”。") for at in empty.nonzero()[0]
    ]
    repeated = (keys.duplicated(keep=False) & keys.notna()).to_numpy()
    for at in repeated.nonzero()[0]:
        text = f"“{title}”{keys.iloc[at]} 不止一行。编号不能重复。"
        problems.append(Problem(int(at), "blocking", "key-duplicate", text))
    return problems


def _check_name(one: FieldSpec, match: Match, rows: "pd.DataFrame", *, upsert: bool) -> list[Problem]:
    title = field_title(one)
    if one.name not in match.fields and not upsert:
        return [Problem(None, "blocking", "name-missing", _no_column(title, one.name), "mapping")]
    empty = rows[one.name].isna().to_numpy().nonzero()[0]
    return [Problem(int(at), "blocking", "name-missing", f"这一行没有“{title}”。") for at in empty]


def _no_column(title: str, name: str) -> str:
    return f"文件里没有认得的“{title}”列。改列名，或指明哪一列是 {name}。"


def _empty(one: FieldSpec, rows: "pd.DataFrame") -> list[Problem]:
    count = int(rows[one.name].isna().sum())
    if not count:
        return []
    rule = "required-empty" if one.required else "optional-empty"
    return [Problem(None, "warning", rule, f"“{field_title(one)}”有 {count} 行是空的。")]


def _parents_filled(spec: LayerSpec, rows: "pd.DataFrame", divisions: Divisions) -> "pd.DataFrame":
    """Divisions know their parents by their own code: a village's code begins with its township's."""
    if spec.group != "divisions" or spec.key not in rows:
        return rows
    filled = rows.copy()
    own = filled[spec.key].where(filled[spec.key].str.fullmatch(divisions.pattern).fillna(False).astype(bool))
    for level in divisions:
        name = level.field
        if spec.has(name) and name != spec.key:
            parent = own.str[: level.digits].where(own.str.len() > level.digits)
            filled[name] = parent if name not in filled else filled[name].fillna(parent)
    return filled


def _texts(rows: "pd.DataFrame", name: str) -> "NDArray[Any]":
    if name not in rows:
        return np.full(len(rows), None, dtype=object)
    return np.asarray(rows[name].to_numpy(dtype=object))
