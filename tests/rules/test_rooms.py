"""How large the rooms are, and what stands at the door of the last one."""

import re
from pathlib import Path

import pytest

from tests.rules.house import ROOMS, ROOT

MOST_SHARE = 0.38
"""Of the lines of the house: Python and JavaScript of the rooms, the sample county and the benchmarks."""
APART = ("benchmarks", "data")
MOST_AT_THE_TOP = 8
GENERATED = "answers.d.ts"
"""Not in the tree."""


def lines(path: Path) -> int:
    """Without the comments that say the types of JavaScript: Python says its types in its lines."""
    text = path.read_text("utf-8")
    if path.suffix == ".js":
        text = re.sub(r"^[ \t]*/\*\*(?:(?!\*/).)*\*/[ \t]*\n", "", text, flags=re.MULTILINE | re.DOTALL)
    return len(text.splitlines())


def sources(room: str) -> list[Path]:
    """Python and JavaScript, with its declarations of types, that was written here."""
    made_elsewhere = {"vendor", "node_modules", "built", "work", "build"}
    return [
        path
        for path in (ROOT / room).rglob("*.*")
        if path.suffix in (".py", ".js", ".ts")
        and path.name != GENERATED
        and not made_elsewhere & set(path.relative_to(ROOT).parts)
    ]


def test_no_room_outgrows_the_house() -> None:
    sizes = {room: sum(map(lines, sources(room))) for room in (*ROOMS, *APART)}
    shares = {room: size / sum(sizes.values()) for room, size in sizes.items()}
    told = ", ".join(f"{room} {sizes[room]} lines, {share:.1%}" for room, share in shares.items())
    assert all(share <= MOST_SHARE for share in shares.values()), told


def test_few_files_stand_at_the_top_of_webmap() -> None:
    found = sorted(path.name for path in (ROOT / "webmap").glob("*.py"))
    assert len(found) <= MOST_AT_THE_TOP, f"{found}: what is more has a room of its own"


@pytest.mark.parametrize("room", ROOMS)
def test_the_readme_of_a_room_names_what_is_there(room: str) -> None:
    text = (ROOT / room / "README.md").read_text("utf-8")
    parts = [
        part
        for row in re.findall(r"^\| (`.*?) \|", text, re.MULTILINE)
        for part in re.findall(r"`([^`]+)`", row)
    ]
    assert [
        part for part in parts if not part.startswith("vendor") and not list((ROOT / room).glob(part))
    ] == []
    named = {part.split("/")[0].removesuffix(".py") for part in parts}
    there = {
        path.stem
        for path in (ROOT / room).iterdir()
        if path.suffix == ".py" or (path / "__init__.py").is_file()
    }
    assert there - named - {"__init__", "__main__"} == set(), "each part has its line in the README"
