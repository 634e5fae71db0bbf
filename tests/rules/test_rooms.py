"""How large the rooms are, and what stands at the door of the last one."""

from pathlib import Path

from tests.rules.house import ROOMS, ROOT

MOST_SHARE = 0.35
LARGEST_SHARE = {"webmap": 0.41}
"""Of the lines of the four rooms; with its JavaScript, in lines as the formatter breaks them, webmap is the largest."""
MOST_AT_THE_TOP = 8


def lines(path: Path) -> int:
    """Lines with something on them."""
    return sum(bool(line.strip()) for line in path.read_text("utf-8").splitlines())


def sources(room: str) -> list[Path]:
    """Python and JavaScript that was written here."""
    files = [*(ROOT / room).rglob("*.py"), *(ROOT / room).rglob("*.js")]
    made_elsewhere = {"vendor", "node_modules", "built"}
    return [path for path in files if not made_elsewhere & set(path.relative_to(ROOT).parts)]


def test_no_room_outgrows_the_house() -> None:
    sizes = {room: sum(map(lines, sources(room))) for room in ROOMS}
    shares = {room: size / sum(sizes.values()) for room, size in sizes.items()}
    told = ", ".join(f"{room} {sizes[room]} lines, {share:.1%}" for room, share in shares.items())
    assert all(share <= LARGEST_SHARE.get(room, MOST_SHARE) for room, share in shares.items()), told


def test_few_files_stand_at_the_top_of_webmap() -> None:
    found = sorted(path.name for path in (ROOT / "webmap").glob("*.py"))
    assert len(found) <= MOST_AT_THE_TOP, f"{found}: what is more has a room of its own"
