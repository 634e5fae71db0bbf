"""Reads the declarations, and a county's own extra ones, into an immutable registry."""

import dataclasses
import difflib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import ValidationError

from geo.errors import DeclarationError, UnknownLayerError, UnknownThemeError
from geo.phrases import listing
from layers.divisions import STANDARD, Divisions
from layers.spec import CodeItem, CodeList, FieldSpec, Group, IndicatorSpec, LayerSpec, Model, Text
from layers.themes import COLUMN, FIGURE, ThemeGroup, ThemeLayer, ThemeSpec

HERE = Path(__file__).parent
NOT_LAYERS = ("themes.toml", "indicators.toml", "standards.toml")  # beside a county's own layers
GROUP_TITLES: Mapping[Group, Text] = MappingProxyType(
    {
        "divisions": Text(zh="行政区划", en="Divisions"),
        "services": Text(zh="服务设施", en="Services"),
        "industry": Text(zh="产业", en="Industry"),
        "governance": Text(zh="治理", en="Governance"),
        "organisations": Text(zh="组织建设", en="Organisations"),
        "environment": Text(zh="生态与建设", en="Environment and works"),
        "base": Text(zh="底图要素", en="Base map"),
        "indicators": Text(zh="指标", en="Indicators"),
    }
)


@dataclass(frozen=True)
class Catalog:
    """Every layer, code list, theme and indicator of this county, by id, and the levels of its divisions; never changed
    after it is read."""

    layers: Mapping[str, LayerSpec]
    codelists: Mapping[str, CodeList]
    themes: Mapping[str, ThemeSpec]
    own: frozenset[str]
    indicators: Mapping[str, IndicatorSpec] = dataclasses.field(default_factory=lambda: MappingProxyType({}))
    divisions: Divisions = STANDARD

    def layer(self, layer_id: str) -> LayerSpec:
        """The declaration of one layer.

        Raises:
            UnknownLayerError: no such layer; the message names the ones nearest in spelling.
        """
        if layer_id not in self.layers:
            near = difflib.get_close_matches(layer_id, self.layers, n=3) or sorted(self.layers)[:3]
            raise UnknownLayerError(
                "没有图层“{layer}”，相近的有：{near}。",
                remedy="catalogue",
                layer=layer_id,
                near=listing(near),
            )
        return self.layers[layer_id]

    def theme(self, theme_id: str) -> ThemeSpec:
        """One theme; raises UnknownThemeError."""
        if theme_id not in self.themes:
            raise UnknownThemeError(
                "没有专题“{theme}”，可选：{all}。", theme=theme_id, all=listing(self.themes)
            )
        return self.themes[theme_id]

    def codes_of(self, field: FieldSpec) -> CodeList | None:
        return self.codelists[field.codes] if field.codes else None

    def __iter__(self) -> Iterator[LayerSpec]:
        return iter(self.layers.values())


def load_catalog(extra: Path | None = None, divisions: Divisions = STANDARD) -> Catalog:
    """Read the shipped declarations plus ``extra`` (``GOVMAP_HOME/declarations``), which may add layers, code
    lists and indicators and replace code lists, indicators and themes, but not a shipped layer.

    The code list ``indicator`` is made from the register of definitions, and a county's own layers with a
    shape stand in the theme ``overview`` at the end of their group.

    Raises:
        DeclarationError: a file is not TOML, breaks the model, or names a code list or layer that is not there.
    """
    return _load(extra if extra is not None and extra.is_dir() else None, divisions)


@lru_cache(maxsize=8)
def _load(extra: Path | None, divisions: Divisions) -> Catalog:
    folders = [HERE, *([extra] if extra is not None else [])]
    layers: dict[str, LayerSpec] = {}
    codelists: dict[str, CodeList] = {}
    themes: dict[str, ThemeSpec] = {}
    indicators: dict[str, IndicatorSpec] = {}
    for folder in folders:
        _read_layers(HERE / "declarations" if folder is HERE else folder, layers)
        for path in sorted((folder / "codelists").glob("*.toml")):
            codes = _read(path, CodeList)
            codelists[codes.id] = codes
        themes |= {theme.id: theme for theme in _read_items(folder / "themes.toml", "themes", ThemeSpec)}
        register = _read_items(folder / "indicators.toml", "indicators", IndicatorSpec)
        indicators |= {indicator.code: indicator for indicator in register}
    codelists["indicator"] = _indicator_codes(indicators)
    _check_references(layers, codelists, themes, indicators)
    own = frozenset(path.stem for folder in folders[1:] for path in folder.glob("*.toml")) & layers.keys()
    if "overview" in themes:
        themes["overview"] = _with_own_layers(themes["overview"], layers, own)
    return Catalog(
        MappingProxyType(layers), MappingProxyType(codelists), MappingProxyType(themes), own,
        MappingProxyType(indicators), divisions,
    )  # fmt: skip


def _read_layers(folder: Path, layers: dict[str, LayerSpec]) -> None:
    for path in sorted(folder.glob("*.toml")):
        if path.name in NOT_LAYERS and folder.parent != HERE:
            continue
        layer = _read(path, LayerSpec)
        if layer.id in layers:
            raise DeclarationError(
                "{file}：图层 {layer} 已经有了，换一个 id。", file=path.name, layer=layer.id
            )
        if layer.id != path.stem:
            raise DeclarationError("{file}：id 是 {layer}，和文件名不一致。", file=path.name, layer=layer.id)
        layers[layer.id] = layer


def _indicator_codes(indicators: Mapping[str, IndicatorSpec]) -> CodeList:
    items = tuple(CodeItem(value=item.code, title=item.title) for item in indicators.values())
    return CodeList(id="indicator", title=Text(zh="指标", en="Indicator"), items=items)


def _with_own_layers(theme: ThemeSpec, layers: Mapping[str, LayerSpec], own: frozenset[str]) -> ThemeSpec:
    """The theme with every own layer that has a shape at the end of its group, or of a new group."""
    groups = list(theme.groups)
    for layer_id in sorted(own - set(theme.layer_ids())):
        spec = layers[layer_id]
        if spec.geometry == "none":
            continue
        at = [
            i for i, group in enumerate(groups) if any(layers[x.id].group == spec.group for x in group.layers)
        ]
        if not at:
            groups.append(ThemeGroup(title=GROUP_TITLES[spec.group], layers=()))
        place = at[-1] if at else len(groups) - 1
        grown = (*groups[place].layers, ThemeLayer(id=layer_id))
        groups[place] = groups[place].model_copy(update={"layers": grown})
    return theme.model_copy(update={"groups": tuple(groups)})


def _check_references(
    layers: Mapping[str, LayerSpec],
    codelists: Mapping[str, CodeList],
    themes: Mapping[str, ThemeSpec],
    indicators: Mapping[str, IndicatorSpec],
) -> None:
    for layer in layers.values():
        for field in layer.fields:
            if field.codes and field.codes not in codelists:
                raise DeclarationError(
                    "图层 {layer} 的字段 {field} 用到代码表 {codes}，没有这张表。",
                    layer=layer.id, field=field.name, codes=field.codes,
                )  # fmt: skip
    for indicator in indicators.values():
        if indicator.codes and indicator.codes not in codelists:
            raise DeclarationError(
                "指标 {indicator} 用到代码表 {codes}，没有这张表。",
                indicator=indicator.code,
                codes=indicator.codes,
            )
    for theme in themes.values():
        for layer_id in theme.layer_ids():
            if layer_id not in layers:
                raise DeclarationError(
                    "专题 {theme} 用到图层 {layer}，没有这个图层。", theme=theme.id, layer=layer_id
                )
        for name in (*theme.table, theme.sort.by):
            _check_column(theme, name, layers)
        for found in map(FIGURE.fullmatch, theme.figures):
            if found and found["layer"] and found["layer"] not in layers:
                raise DeclarationError(
                    "专题 {theme} 用到图层 {layer}，没有这个图层。", theme=theme.id, layer=found["layer"]
                )


def _check_column(theme: ThemeSpec, name: str, layers: Mapping[str, LayerSpec]) -> None:
    found = COLUMN.fullmatch(name)
    assert found is not None
    layer, field = found["layer"] or found["of"], found["field"]
    if layer is None:
        return
    if layer not in layers:
        raise DeclarationError("专题 {theme} 用到图层 {layer}，没有这个图层。", theme=theme.id, layer=layer)
    if field and not (layers[layer].has(field) and layers[layer].field(field).type in ("integer", "number")):
        raise DeclarationError(
            "专题 {theme} 的表用到图层 {layer} 的字段 {field}，没有这个数值字段。",
            theme=theme.id, layer=layer, field=field,
        )  # fmt: skip


M = TypeVar("M", bound=Model)


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DeclarationError("{file} 不是合格的 TOML：{why}", file=path.name, why=error) from error


def _parse(path: Path, model: type[M], raw: Any) -> M:
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "（整体）"
        raise DeclarationError(
            "{file} 的 {place} 不对：{why}", file=path.name, place=place, why=first["msg"]
        ) from error


def _read(path: Path, model: type[M]) -> M:
    return _parse(path, model, _toml(path))


def _read_items(path: Path, name: str, model: type[M]) -> list[M]:
    """The items of the array ``name`` in a file that may be absent."""
    return [_parse(path, model, item) for item in _toml(path).get(name, [])] if path.is_file() else []
