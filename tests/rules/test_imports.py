"""webmap → exports → layers → geo → nothing, read off the code itself."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAY_IMPORT = {
    "geo": {"geo"},
    "layers": {"geo", "layers"},
    "exports": {"geo", "layers", "exports"},
    "webmap": {"geo", "layers", "exports", "webmap"},
}
OURS = {"geo", "layers", "exports", "webmap", "data", "tests", "benchmarks", "docs"}
ONLY_WEBMAP = {"flask", "folium", "branca", "matplotlib", "flask_babel", "flask_wtf", "jinja2", "markupsafe"}


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    """Top-level names of everything a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import; write the full name"
            assert node.module is not None
            yield node.module.split(".")[0]


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_data_flow_one_way(package: str) -> None:
    found = {(path.name, name) for path in modules(package) for name in imports(path)}
    assert found, f"{package} holds no module"
    assert {(file, name) for file, name in found if name in OURS - MAY_IMPORT[package]} == set()


@pytest.mark.parametrize("package", ["geo", "layers", "exports"])
def test_web_libraries_stay_in_webmap(package: str) -> None:
    assert {name for path in modules(package) for name in imports(path)} & ONLY_WEBMAP == set()


def test_folium_is_imported_in_one_file() -> None:
    users = [path.name for path in modules("webmap") if {"folium", "branca"} & set(imports(path))]
    assert users == ["basemap.py"]


def test_the_errors_import_nothing() -> None:
    assert list(imports(ROOT / "geo" / "errors.py")) == []


def test_settings_are_read_from_the_environment_in_one_file() -> None:
    readers = {
        path.name
        for package in MAY_IMPORT
        for path in modules(package)
        if "os.environ" in path.read_text("utf-8") or "os.getenv" in path.read_text("utf-8")
    }
    # process.py hands a child what little it needs; vector.py sets GDAL up inside that child
    assert readers == {"settings.py", "process.py", "vector.py"}
