"""Two habits that no other test would miss: values are not changed once made, and lists that go together are as long."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rules.house import ROOMS, ROOT

SHORTER = {
    "exports/sheets/overlays/looks.py": ("ends[1:]",),
    "geo/nearest.py": ("zip(starts, parts",),
    "layers/planning/siting.py": ("values[1:]",),
    "layers/suppression.py": ("zip(WORTH, levels",),
}
"""Where one list is longer: each with its follower, starts with an end, worths of more levels than a county has."""
FILES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))


def decorated(tree: ast.Module) -> Iterator[tuple[str, ast.Call | None]]:
    """Dataclasses with the call that makes them; None where nothing is said."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            for made in node.decorator_list:
                name = made.func if isinstance(made, ast.Call) else made
                if isinstance(name, ast.Name) and name.id == "dataclass":
                    yield node.name, made if isinstance(made, ast.Call) else None


def says(call: ast.Call | None, name: str) -> object:
    """The constant that a keyword is given; None where it is left out."""
    for keyword in call.keywords if call is not None else ():
        if keyword.arg == name and isinstance(keyword.value, ast.Constant):
            return keyword.value.value
    return None


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_dataclass_is_frozen_or_says_nothing_of_it(path: Path) -> None:
    """``@dataclass`` alone is a builder that its own module fills in; ``frozen=False`` is a slip."""
    assert [name for name, call in decorated(parsed(path)) if says(call, "frozen") is False] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_lists_that_are_zipped_are_as_long_as_each_other(path: Path) -> None:
    found = [
        ast.unparse(node)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "zip"
        and says(node, "strict") is not True
    ]
    known = SHORTER.get(path.relative_to(ROOT).as_posix(), ())
    assert [text for text in found if not any(part in text for part in known)] == []
