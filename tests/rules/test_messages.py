"""What ``geo``, ``layers`` and ``exports`` say to people names no flag and no command: those belong to who shows it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from geo.errors import REMEDIES
from webmap.cli import commands, flags_of
from webmap.cli.hints import FLAGS, HINTS
from webmap.problems import HINTS as ON_PAGES

ROOT = Path(__file__).parents[2]
INNER = ("geo", "layers", "exports")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
FLAG = re.compile(r"(?<![\w-])--[a-z]")
COMMANDS = "|".join(sorted(map(re.escape, commands())))
COMMAND = re.compile(rf"(?:用|运行|命令)\s*(?:{COMMANDS})\b|\b(?:{COMMANDS})\s*命令|python -m")
PROGRAMS = ("dictionary.py",)
"""Run by those who work on the project; it says so itself."""


def said(path: Path) -> Iterator[str]:
    """Chinese texts of a module, the pieces of an f-string together; docstrings are no messages."""
    tree = ast.parse(path.read_text("utf-8"))
    pieces = {
        id(piece) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for piece in node.values
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            text = "".join(
                str(piece.value) if isinstance(piece, ast.Constant) else "{}" for piece in node.values
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in pieces:
            text = node.value
        else:
            continue
        if CHINESE.search(text) and "``" not in text:
            yield text


@pytest.mark.parametrize("room", INNER)
def test_messages_name_no_flag_and_no_command(room: str) -> None:
    files = [path for path in (ROOT / room).rglob("*.py") if path.name not in PROGRAMS]
    texts = [(path.name, text) for path in files for text in said(path)]
    assert len(texts) > 50
    assert [(name, text) for name, text in texts if FLAG.search(text) or COMMAND.search(text)] == []


def test_every_remedy_is_known_and_the_command_line_has_words_for_it() -> None:
    given = {
        word.value
        for room in INNER
        for path in (ROOT / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        for word in [pair.value for pair in node.keywords if pair.arg == "remedy"]
        if isinstance(word, ast.Constant)
    }
    assert given <= {*REMEDIES, ""}
    assert set(HINTS) == set(REMEDIES)
    assert set(ON_PAGES) <= set(REMEDIES)


def test_every_flag_of_a_hint_is_one_of_import() -> None:
    assert set(FLAGS.values()) <= flags_of("import")
    assert all(FLAGS[remedy] in HINTS[remedy] for remedy in FLAGS)
