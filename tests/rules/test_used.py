"""What the four rooms hold is used by the four rooms; what only tests or benchmarks call is no part of the house."""

import ast
import re
from collections.abc import Iterator

from tests.rules.house import ROOT, imported, modules

NEXT = "the next step shows it on the coverage page and in the command coverage"
PARTS = "adds up what parts of a large county gave; a run over parts is made of it"
EXCEPTIONS = {
    "geo.errors.REMEDIES": "the register of remedies, to which a test holds hints of commands and pages",
    "geo.access.catchment_demand": NEXT,
    "geo.coverage.curves.join_curves": PARTS,
    "geo.coverage.tally.join_tallies": PARTS,
    "geo.nearest.join": PARTS,
    "webmap.translations.extract.python_messages": "named in babel.cfg",
    "webmap.translations.extract.browser_messages": "named in babel.cfg",
}
READ_BY_ALEMBIC = "layers.database.migrations."
"""Revisions, which are found by their place."""
REGISTERED = re.compile(r"blueprint|commands\.command|app\.|_template_")
"""Decorators by which a framework gets to know a function."""


def defined(tree: ast.Module) -> Iterator[tuple[str, ast.stmt]]:
    """Functions, classes and constants at the top of a module."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            if not any(REGISTERED.search(ast.unparse(one)) for one in node.decorator_list):
                yield node.name, node
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                yield from ((one.id, node) for one in ast.walk(target) if isinstance(one, ast.Name))


def loaded(tree: ast.AST) -> Iterator[str]:
    """Names that are looked up in a tree, those in quoted types included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < 200:
            yield from re.findall(r"[A-Za-z_]\w*", node.value)


def named_elsewhere(tree: ast.Module) -> Iterator[str]:
    """Names that a module takes from other modules of ours: ``from m import name`` and ``m.name``."""
    aliases = {name.rsplit(".", 1)[-1] for name in imported(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in modules():
            yield from (alias.name for alias in node.names)
            aliases |= {alias.asname for alias in node.names if alias.asname}
        elif (
            isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in aliases
        ):
            yield node.attr


def handed_on(tree: ast.Module) -> set[str]:
    """What a package offers in its ``__all__``: to be offered is no use."""
    lists = [
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    ]
    return {str(one) for listed in lists for one in ast.literal_eval(listed)}


def unused() -> set[str]:
    """Names at the top of a module that no other module takes and that stand in their own only where they are made."""
    taken = {name for tree in modules().values() for name in set(named_elsewhere(tree)) - handed_on(tree)}
    found = set()
    for module, tree in modules().items():
        if module.startswith(READ_BY_ALEMBIC):
            continue
        for name, made in defined(tree):
            others = (node for node in tree.body if node is not made)
            if name not in taken and name != "__all__" and not any(name in loaded(node) for node in others):
                found.add(f"{module}.{name}")
    return found


def test_everything_is_used() -> None:
    assert unused() == set(EXCEPTIONS), "delete what nobody calls, or say here who will"


def test_babel_calls_what_is_said_to_be_called() -> None:
    told = (ROOT / "babel.cfg").read_text("utf-8")
    assert all(name.rsplit(".", 1)[-1] in told for name, why in EXCEPTIONS.items() if "babel" in why)
