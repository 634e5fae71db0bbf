"""Reads the declarations, and a county's own extra ones, into an immutable registry."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, TypeVar

from pydantic import Field, ValidationError

from geo.errors import DeclarationError, UnknownLayerError, UnknownThemeError
from layers.spec import CodeList, FieldSpec, KebabId, LayerSpec, Model, Role, Text

HERE = Path(__file__).parent


class ThemeLayer(Model):
    id: KebabId
    visible: bool = False


class ThemeGroup(Model):
    """One heading of the layer tree."""

    title: Text
    layers: tuple[ThemeLayer, ...]


class ThemeSpec(Model):
    """A named map: its layers in tree order, whether it carries the time bar, and who it is for."""

    id: KebabId
    title: Text
    icon: str
    description: Text
    groups: tuple[ThemeGroup, ...]
    time: KebabId | None = None
    choropleth: KebabId | None = None
    roles: Annotated[tuple[Role, ...], Field(min_length=1)]

    def layer_ids(self) -> tuple[str, ...]:
        return tuple(layer.id for group in self.groups for layer in group.layers)


@dataclass(frozen=True)
class Catalog:
    """Every layer, code list and theme of this county, by id; never changed after it is read."""

    layers: Mapping[str, LayerSpec]
    codelists: Mapping[str, CodeList]
    themes: Mapping[str, ThemeSpec]
    own: frozenset[str]

    def layer(self, layer_id: str) -> LayerSpec:
        """The declaration of one layer.

        Raises:
            UnknownLayerError: no such layer; the message names the ones nearest in spelling.
        """
        if layer_id not in self.layers:
            import difflib

            near = difflib.get_close_matches(layer_id, self.layers, n=3) or sorted(self.layers)[:3]
            raise UnknownLayerError(
                "没有图层“{layer}”，相近的有：{near}。用 layers 命令看全部图层。", layer=layer_id, near="、".join(near)
            )
        return self.layers[layer_id]

    def theme(self, theme_id: str) -> ThemeSpec:
        """One theme; raises UnknownThemeError."""
        if theme_id not in self.themes:
            raise UnknownThemeError(
                "没有专题“{theme}”，可选：{all}。", theme=theme_id, all="、".join(self.themes)
            )
        return self.themes[theme_id]

    def codes_of(self, field: FieldSpec) -> CodeList | None:
        return self.codelists[field.codes] if field.codes else None

    def __iter__(self) -> Iterator[LayerSpec]:
        return iter(self.layers.values())


@lru_cache(maxsize=8)
def load_catalog(extra: Path | None = None) -> Catalog:
    """Read the shipped declarations plus ``extra`` (``GOVMAP_HOME/declarations``), which may add layers and
    code lists and replace code lists and themes, but not a shipped layer.

    Raises:
        DeclarationError: a file is not TOML, breaks the model, or names a code list or layer that is not there.
    """
    folders = [HERE, *([extra] if extra is not None and extra.is_dir() else [])]
    layers: dict[str, LayerSpec] = {}
    codelists: dict[str, CodeList] = {}
    themes: dict[str, ThemeSpec] = {}
    own: set[str] = set()
    for folder in folders:
        declarations = folder / "declarations" if folder is HERE else folder
        for path in sorted(declarations.glob("*.toml")):
            layer = _read(path, LayerSpec)
            if layer.id in layers:
                raise DeclarationError("{file}：图层 {layer} 已经有了，换一个 id。", file=path.name, layer=layer.id)
            if layer.id != path.stem:
                raise DeclarationError("{file}：id 是 {layer}，和文件名不一致。", file=path.name, layer=layer.id)
            layers[layer.id] = layer
            if folder is not HERE:
                own.add(layer.id)
        for path in sorted((folder / "codelists").glob("*.toml")):
            codes = _read(path, CodeList)
            codelists[codes.id] = codes
        if (folder / "themes.toml").is_file():
            for item in _toml(folder / "themes.toml").get("themes", []):
                theme = _parse(folder / "themes.toml", ThemeSpec, item)
                themes[theme.id] = theme
    _check_references(layers, codelists, themes)
    frozen = frozenset(own)
    return Catalog(MappingProxyType(layers), MappingProxyType(codelists), MappingProxyType(themes), frozen)


def _check_references(
    layers: Mapping[str, LayerSpec], codelists: Mapping[str, CodeList], themes: Mapping[str, ThemeSpec]
) -> None:
    for layer in layers.values():
        for field in layer.fields:
            if field.codes and field.codes not in codelists:
                raise DeclarationError(
                    "图层 {layer} 的字段 {field} 用到代码表 {codes}，没有这张表。",
                    layer=layer.id, field=field.name, codes=field.codes,
                )  # fmt: skip
    for theme in themes.values():
        for layer_id in theme.layer_ids():
            if layer_id not in layers:
                raise DeclarationError(
                    "专题 {theme} 用到图层 {layer}，没有这个图层。", theme=theme.id, layer=layer_id
                )


M = TypeVar("M", bound=Model)


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DeclarationError("{file} 不是合格的 TOML：{why}", file=path.name, why=error) from error


def _parse(path: Path, model: type[M], raw: dict[str, Any]) -> M:
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
