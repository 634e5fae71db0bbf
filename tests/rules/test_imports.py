"""webmap → exports → layers → geo → nothing, no cycle, few late imports, read off the code itself."""

import ast
import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.rules import house
from tests.rules.house import ROOT

MAY_IMPORT = {
    "geo": {"geo"},
    "layers": {"geo", "layers"},
    "exports": {"geo", "layers", "exports"},
    "webmap": {"geo", "layers", "exports", "webmap"},
}
OURS = {"geo", "layers", "exports", "webmap", "data", "tests", "benchmarks", "docs"}
MOST_LATE = 120
"""Start-up needs some: ``layers --json`` loads no numpy, a worker no scipy before somebody asks for it."""
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


def test_no_module_imports_itself_round_a_corner() -> None:
    """Imports in functions and those for types only are counted too."""
    graph = {name: set(house.imported(tree)) for name, tree in house.modules().items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail("each imports the one before it: " + " → ".join(error.args[1]))


def test_modules_of_ours_are_named_in_full() -> None:
    """A module that is imported by a name made up at run time would be missing from the rules here."""
    made_up = [
        f"{module}: {ast.unparse(node)}"
        for module, tree in house.modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).endswith(("import_module", "__import__", "find_spec"))
        if not all(isinstance(one, ast.Constant) for one in node.args)
    ]
    assert made_up == []


def test_late_imports_are_few() -> None:
    late = {name: house.late_imports(tree) for name, tree in house.modules().items()}
    total = sum(late.values())
    most = sorted(late.items(), key=lambda item: -item[1])[:10]
    assert total <= MOST_LATE, f"{total} imports stand in functions, most in {most}"


def order_of_layers() -> dict[str, int]:
    """Parts of ``layers`` by their line in the list of its README."""
    text = (ROOT / "layers" / "README.md").read_text("utf-8").partition("## Order")[2].partition("\n## ")[0]
    lines = re.findall(r"^\d+\. (.*?)(?: — .*)?$", text, re.MULTILINE)
    return {part: line for line, said in enumerate(lines) for part in re.findall(r"`(\w+)`", said)}


def test_the_order_in_layers_is_that_of_its_readme() -> None:
    order = order_of_layers()
    parts = {name.split(".")[1] for name in house.modules() if name.startswith("layers.")}
    assert set(order) == parts, "each part of layers has its place in the list of its README"
    wrong = [
        f"{name} imports {other}"
        for name, tree in house.modules().items()
        if name.startswith("layers.")
        for other in house.imported(tree)
        if other.startswith("layers.") and other.split(".")[1] != name.split(".")[1]
        if order[other.split(".")[1]] >= order[name.split(".")[1]]
    ]
    assert wrong == []


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
