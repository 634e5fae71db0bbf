"""Reports work on figures, not on documents made for a page or a program and read back."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
REPORTS = [*(ROOT / "layers" / "reports").rglob("*.py"), *(ROOT / "exports" / "reports").rglob("*.py")]


def test_reports_read_no_document_back() -> None:
    asked = {
        (path.name, node.attr)
        for path in REPORTS
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("to_json", "loads", "from_json")
    }
    assert len(REPORTS) > 20
    assert asked == set()


def test_no_number_is_looked_up_by_its_chinese_name() -> None:
    keys = [
        (path.name, node.slice.value)
        for room in ("layers", "exports")
        for path in (ROOT / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Subscript)
        and isinstance(node.slice, ast.Constant)
        and isinstance(node.slice.value, str)
        and not node.slice.value.isascii()
    ]
    assert keys == []
