"""One spine: how long codes are, and which layers and fields hold the levels, stands in ``layers/divisions.py`` alone."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from layers.divisions import STANDARD

ROOT = Path(__file__).parents[2]
ROOMS = ("geo", "layers", "exports", "webmap")
SPINE = "layers/divisions.py"
DIGITS = set(STANDARD.lengths.values())
LEVELS = set(STANDARD.lengths)
VOCABULARIES = ({level.layer for level in STANDARD}, {level.field for level in STANDARD})
"""Layers and fields of the levels."""
ABOUT_CODES = re.compile(r"digit|length|code|level", re.IGNORECASE)
ONE = f"({'|'.join(map(str, DIGITS))})"
IN_TEXT = re.compile(rf"\\d\{{{ONE}\}}|<U{ONE}\b|\b{ONE} (位|digits)")

EXCEPTIONS = {
    "geo/files/shapefile.py": {"4:12": "bytes of a DBF header"},
    "geo/files/sheets.py": {":12": "characters of a foot line that a message quotes"},
    "geo/roads/speeds.py": {"{'expressway'": "classes of roads, which only share names with levels"},
    "layers/areas/figures.py": {"{'village'": "how a share is worded, by the level that it counts"},
    "layers/areas/parts.py": {"{'code'": "members of an answer"},
    "layers/intake/headings.py": {"{'code'": "headings that every layer accepts for a declared field"},
    "layers/planning/groundwork.py": {"('counties'": "layers that a demand may be made of"},
    "layers/reports/governance.py": {"(LAYER": "layers that the report was made from"},
    "layers/search/index.py": {"{'prefecture'": "what comes first among hits, by the name of the level"},
    "exports/reports/docx/body.py": {"(12, 6)": "widths of rules in eighths of a point"},
    "exports/sheets/labels/areas.py": {"{'township'": "how names of each kind behave"},
    "exports/sheets/plan.py": {":6": "the parts that a sheet usually has"},
    "exports/sheets/writers/typeface.py": {":6": "letters of a subset's tag"},
    "webmap/front/basemap.py": {":12": "hex digits of a fingerprint"},
    "webmap/serving/answers.py": {"LEVEL = 6": "how hard a body is packed"},
}
"""File → beginning of what is found there → why it has nothing to do with codes, or may know them."""
MAY_TAKE_THE_STANDARD = {
    "layers/catalog.py": "unless a county's settings say otherwise",
    "layers/county.py": "whether the digest of a county must name its levels",
    "layers/dictionary.py": "a page about what is shipped",
    "layers/disclosure/published.py": "a table built by hand, as in tests",
    "layers/planning/cases.py": "layers and words, which are the same everywhere",
    "layers/planning/plans.py": "a question read without a county, as in tests",
    "layers/reports/plans.py": "a question read without a county, as in tests",
    "layers/suppression.py": "a table built by hand, as in tests",
    "webmap/pages/asked.py": "words, which are the same everywhere",
}


def findings(source: str) -> Iterator[tuple[int, str]]:
    """Line and text of everything in a module that knows by itself what only the spine should; docstrings may."""
    tree = ast.parse(source)
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if id(node) not in prose and _knows(node):
            yield getattr(node, "lineno", 0), ast.unparse(node)


def _knows(node: ast.AST) -> bool:
    match node:
        case ast.Slice(lower=low, upper=high):
            return _is_digits(low) or _is_digits(high)
        case ast.Compare(left=left, comparators=others):
            sides = [left, *others]
            return any(map(_is_length, sides)) and any(map(_is_digits, sides))
        case (
            ast.Assign(targets=[ast.Name(id=str(name))], value=value)
            | ast.AnnAssign(target=ast.Name(id=str(name)), value=value)
            | ast.keyword(arg=str(name), value=value)
        ):
            return bool(ABOUT_CODES.search(name)) and _is_digits(value)
        case ast.Tuple(elts=items) | ast.List(elts=items) | ast.Set(elts=items):
            return _tell(items, least=2)
        case ast.Dict(keys=keys, values=values):
            names = {key.value for key in keys if isinstance(key, ast.Constant)}
            named = [key for key in keys if key is not None]
            return len(LEVELS & names) >= 3 or _tell(named, least=1) or _tell(values, least=1)
        case ast.Constant(value=str(text)):
            return bool(IN_TEXT.search(text))
    return False


def _is_digits(node: ast.AST | None) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) is int and node.value in DIGITS


def _is_length(node: ast.AST) -> bool:
    """``len(…)``, ``….str.len()``, ``np.char.str_len(…)``."""
    if not isinstance(node, ast.Call):
        return False
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    return name in ("len", "str_len")


def _tell(items: list[ast.expr], *, least: int) -> bool:
    """Whether they are lengths of codes and nothing else, or name several layers or fields of the levels."""
    if len(items) >= least and all(map(_is_digits, items)):
        return True
    words = {item.value for item in items if isinstance(item, ast.Constant)}
    return any(len(vocabulary & words) >= 2 for vocabulary in VOCABULARIES)


def modules() -> list[str]:
    return [
        path.relative_to(ROOT).as_posix()
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
        if path != ROOT / SPINE
    ]


def read(module: str) -> str:
    return (ROOT / module).read_text("utf-8")


def test_only_the_spine_knows_how_long_codes_are_and_what_holds_them() -> None:
    astray = [
        f"{module}:{line}: {text}"
        for module in modules()
        for line, text in findings(read(module))
        if not text.startswith(tuple(EXCEPTIONS.get(module, ())))
    ]
    assert astray == []


@pytest.mark.parametrize(
    ("module", "start"), [(module, start) for module, found in EXCEPTIONS.items() for start in found]
)
def test_every_exception_is_still_there(module: str, start: str) -> None:
    assert [text for _, text in findings(read(module)) if text.startswith(start)]


def test_whoever_takes_the_standard_levels_says_why() -> None:
    takers = {
        module
        for module in modules()
        if any(
            isinstance(node, ast.ImportFrom)
            and node.module == "layers.divisions"
            and "STANDARD" in {alias.name for alias in node.names}
            for node in ast.walk(ast.parse(read(module)))
        )
    }
    assert takers == set(MAY_TAKE_THE_STANDARD)


@pytest.mark.parametrize(
    "line",
    [
        "town = row.code[:9]",
        "parent = codes.str[:12]",
        "serial = code[12:]",
        "if len(scope) != 15: pass",
        "own = np.char.str_len(grids) == 15",
        "short = codes.str.len() < 9",
        "for length in (6, 9, 12, 15): pass",
        "BELOW = {6: 9}",
        "DIGITS = {'village': 12, 'grid': 15}",
        "GRID_DIGITS = 15",
        "VILLAGE: int = 12; code_length: int = 12",
        "table(digits=12)",
        r"CODE = re.compile(r'\d{6}|\d{9}')",
        "towns = codes.astype('<U9')",
        "raise ArgumentError('写上网格 15 位代码。')",
        "LAYERS = {'grid': 'grids', 'village': 'villages'}",
        "DIVISIONS = ('counties', 'townships')",
        "COLUMNS = ['grid_code', 'village_code']",
        "UNITS = {'township': '乡镇', 'village': '村', 'grid': '网格'}",
    ],
)
def test_the_rule_finds(line: str) -> None:
    assert list(findings(line))


@pytest.mark.parametrize(
    "line",
    [
        "year = period[:4]",
        "if len(rows) > 10: pass",
        "NICE = (1, 2, 3, 6, 12, 24)",
        "STEPS = 12",
        "rows = door.rows('villages', viewer)",
        "homes = rows['village_code']",
        "by = {'village': 1.0, 'grid': 2.0}",
        "def f():\n    '''A grid has 15 digits.'''",
    ],
)
def test_the_rule_leaves_alone(line: str) -> None:
    assert not list(findings(line))
