"""Per cent and thousands are written by the wording module, in the browser by its twin, and by nobody else."""

import ast
import re
from collections.abc import Iterator

from tests.rules.house import ROOMS, ROOT

FORMATS = re.compile(r"^[+,]?,?(\.\d+)?%$|,(\.\d+)?f?$")
PERCENT = re.compile(r"\.\d+f\}? ?%")
IN_THE_BROWSER = re.compile(r"toFixed\(1\)[^`\n]*%|\* 100\)?\.toFixed|toLocaleString")
OTHERS = {
    "layers/symbology/legend.py": "limits of classes",
    "exports/sheets/scale.py": "scales, with thin spaces",
}
IN_OTHERS = {"panels/status.js": "scales, with thin spaces"}


def formats(tree: ast.AST) -> Iterator[str]:
    """What stands behind the colon of a formatted value."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FormattedValue) and isinstance(node.format_spec, ast.JoinedStr):
            yield "".join(
                str(part.value) if isinstance(part, ast.Constant) else "1" for part in node.format_spec.values
            )


def test_python_words_numbers_in_one_module() -> None:
    found = []
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            name = path.relative_to(ROOT).as_posix()
            if name == "geo/wording.py" or name in OTHERS:
                continue
            text = path.read_text("utf-8")
            found += [(name, spec) for spec in formats(ast.parse(text)) if FORMATS.search(spec)]
            found += [(name, one) for one in PERCENT.findall(text)]
    assert found == []


def test_the_browser_words_numbers_in_one_module() -> None:
    modules = (ROOT / "webmap" / "static" / "js").rglob("*.js")
    found = [
        (path.name, one)
        for path in modules
        for one in IN_THE_BROWSER.findall(path.read_text("utf-8"))
        if f"{path.parent.name}/{path.name}" not in IN_OTHERS and path.name != "units.js"
    ]
    assert found == []
