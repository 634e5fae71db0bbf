"""Whatever is kept gives way: no cache of the house grows with the number of people who ask."""

import ast
import importlib
import inspect
from collections.abc import Iterator

import pytest

from tests.rules.house import ROOMS, ROOT

MOST_THINGS = 512
MOST_BYTES = 64 * 2**20
"""Of caches that count by size."""


def keeps() -> Iterator[tuple[str, int, ast.Call]]:
    """Every place that makes a ``Kept``."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Kept":
                    yield path.relative_to(ROOT).as_posix(), node.lineno, node


KEEPS = list(keeps())


def limit(file: str, call: ast.Call) -> float:
    """What the first argument comes to: a constant of the module, or what a parameter is when it is left out."""
    module = importlib.import_module(file.removesuffix(".py").replace("/", "."))
    known = dict(vars(module))
    for made in vars(module).values():
        if inspect.isclass(made) and made.__module__ == module.__name__:
            known |= {
                name: one.default
                for name, one in inspect.signature(made).parameters.items()
                if one.default is not inspect.Parameter.empty
            }
    return float(eval(ast.unparse(call.args[0]), known))


def test_they_are_found() -> None:
    assert {"layers/disclosure/door.py", "layers/editions/store.py", "webmap/serving/lane.py"} <= {
        file for file, _, _ in KEEPS
    }


@pytest.mark.parametrize(("file", "line", "call"), KEEPS, ids=[f"{file}:{line}" for file, line, _ in KEEPS])
def test_each_has_a_limit_that_a_machine_can_bear(file: str, line: int, call: ast.Call) -> None:
    sized = any(keyword.arg == "size" for keyword in call.keywords)
    assert 0 < limit(file, call) <= (MOST_BYTES if sized else MOST_THINGS)
