"""Finds the messages in Python files: what goes through gettext, and the templates of errors.

An error's template is the first argument of a call of a name that ends in ``Error`` (or ``error``, a class
that was handed over), as everywhere in the project.
With the option ``tables``, the Chinese values of dictionaries count too: words that are looked up, then translated.
"""

import ast
import json
import re
from collections.abc import Iterable, Iterator
from typing import IO, Any

IN_SCRIPTS = re.compile(r'(?<![\w.$])t\(\s*("(?:[^"\\]|\\.)+")')
CHINESE = re.compile(r"[\u4e00-\u9fff]")
GETTEXT = frozenset({"_", "gettext", "lazy_gettext", "N_", "say"})

Message = tuple[int, str, str, list[str]]


def python_messages(
    file: IO[bytes], keywords: Iterable[str], comment_tags: Iterable[str], options: dict[str, Any]
) -> Iterator[Message]:
    """Babel extraction method: line, function, message, comments."""
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.Call) and node.args:
            name = _name(node.func)
            text = _literal(node.args[0])
            if text and (name in GETTEXT or (name.lower().endswith("error") and CHINESE.search(text))):
                yield node.lineno, "_", text, []
        elif isinstance(node, ast.Dict) and options.get("tables"):
            texts = (_literal(value) for value in node.values)
            yield from ((node.lineno, "_", text, []) for text in texts if CHINESE.search(text))


def browser_messages(
    file: IO[bytes], keywords: Iterable[str], comment_tags: Iterable[str], options: dict[str, Any]
) -> Iterator[Message]:
    """Babel extraction method for our scripts, also inside template strings, where babel's own does not look."""
    script = file.read().decode("utf-8")
    for found in IN_SCRIPTS.finditer(script):
        yield script.count("\n", 0, found.start()) + 1, "t", json.loads(found[1]), []


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""


def _literal(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
