"""The modules of the four rooms, parsed once, and what each imports."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("geo", "layers", "exports", "webmap")
Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


@cache
def modules() -> dict[str, ast.Module]:
    """The syntax tree of every module, by its dotted name; a package stands for its ``__init__``."""
    return {
        name_of(path): ast.parse(path.read_text("utf-8"))
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
    }


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def is_package(module: str) -> bool:
    return (ROOT / module.replace(".", "/") / "__init__.py").is_file()


def imported(tree: ast.AST) -> Iterator[str]:
    """Modules of ours that are imported anywhere in a tree: at the top, in a function, for types only.

    ``from package import name`` is the module ``package.name`` where there is one, else the package's ``__init__``.
    To import a submodule is no import of the ``__init__`` of its package. ``import_module("package.name")`` counts as well.
    """
    for node in ast.walk(tree):
        yield from named_by_text(node)
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in modules())
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            found = (f"{node.module}.{alias.name}" for alias in node.names)
            yield from (
                name if name in modules() else node.module for name in found if node.module in modules()
            )


def named_by_text(node: ast.AST) -> Iterator[str]:
    """The module of ours in ``import_module("…")``."""
    if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
        yield from (
            one.value for one in node.args if isinstance(one, ast.Constant) and one.value in modules()
        )


def late_imports(tree: ast.AST) -> int:
    """Imports inside functions: statements, and ``import_module``."""
    inside = {
        node
        for function in ast.walk(tree)
        if isinstance(function, Function)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
        or (isinstance(node, ast.Call) and ast.unparse(node.func) == "import_module")
    }
    return len(inside)
