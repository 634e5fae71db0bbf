"""``python -m tests.mutants``: change single lines where a wrong one would do harm, and print those that no test notices.

Cosmic Ray changes one place at a time in a copy of the tree; a seeded sample keeps the run short. What survives is a
promise without a test, or a change that changes nothing. Of its changes those are taken that a slip of the hand could
make: an operator for its neighbour, a limit taken in or left out, a condition turned round. ``"a" + b`` for ``"a" ** b``
breaks every test and would only flatter the count; ``==`` for ``<=`` between words says nothing.
"""

import argparse
import ast
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from cosmic_ray.commands.init import init
from cosmic_ray.mutating import mutate_and_test
from cosmic_ray.work_db import WorkDB
from cosmic_ray.work_item import MutationSpec, TestOutcome

ROOT = Path(__file__).parents[1]
GUARDS = {
    "layers/disclosure": (
        "tests/rules/test_lines.py tests/layers/test_filters.py tests/layers/test_look.py tests/layers/test_disclosure.py tests/layers/test_published.py"
        " tests/webmap/test_api_layers.py tests/webmap/test_two_viewers.py"
    ),
    "layers/suppression.py": "tests/rules/test_lines.py tests/layers/test_suppression.py",
    "layers/areas": "tests/rules/test_lines.py tests/layers/test_areas.py tests/webmap/test_api_areas.py tests/layers/test_reports_areas.py",
    "geo/coverage": "tests/rules/test_lines.py tests/geo/test_coverage.py tests/layers/test_planning_coverage.py",
}
"""What is changed → the tests that stand guard over it."""
SLIPS = re.compile(
    r"core/(AddNot|ExceptionReplacer|NumberReplacer|ReplaceAndWithOr|ReplaceOrWithAnd|ReplaceBreakWithContinue"
    r"|ReplaceContinueWithBreak|ReplaceFalseWithTrue|ReplaceTrueWithFalse|ZeroIterationForLoop|RemoveDecorator"
    r"|ReplaceUnaryOperator_(Delete_\w+|USub_UAdd)"
    r"|ReplaceBinaryOperator_(Add_Sub|Sub_Add|Mul_Div|Div_Mul|FloorDiv_Div|Mod_Mul|Pow_Mul|BitAnd_BitOr|BitOr_BitAnd)"
    r"|ReplaceComparisonOperator_(Eq_NotEq|NotEq_Eq|Is_IsNot|IsNot_Is|Lt_LtE|LtE_Lt|Gt_GtE|GtE_Gt|Lt_Gt|LtE_GtE|Gt_Lt|GtE_LtE))"
)
"""Operators of Cosmic Ray that are taken."""
PATIENCE_S = 180.0
"""A change that makes the tests run for ever is noticed too."""


def copied(folder: Path) -> Path:
    """The tracked files, and the typefaces that some tests need."""
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in filter(None, names.stdout.split("\0")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, folder / name)
    for built in ("exports/vendor", "webmap/static/vendor"):
        shutil.copytree(ROOT / built, folder / built)
    return folder


def mutations(room: str) -> list[MutationSpec]:
    """Every change of one place that Cosmic Ray knows, in the order of the files."""
    path = Path(room)
    modules = [path] if path.suffix else sorted(path.rglob("*.py"))
    database = WorkDB(":memory:", WorkDB.Mode.create)
    init(modules, database, {})
    changes = [item.mutations[0] for item in database.work_items]
    typed = {module: annotated(module) for module in modules}
    return [
        change
        for change in changes
        if SLIPS.fullmatch(change.operator_name) and change.start_pos not in typed[change.module_path]
    ]


def annotated(module: Path) -> set[tuple[int, int]]:
    """Where the parts of annotations begin: ``int | None`` is no sum that could come out wrong."""
    nodes = list(ast.walk(ast.parse(module.read_text("utf-8"))))
    typed = [getattr(node, name, None) for node in nodes for name in ("annotation", "returns")]
    return {
        (line, column)
        for node in filter(None, typed)
        for line in range(node.lineno, node.end_lineno + 1)
        for column in range(node.col_offset if line == node.lineno else 0, 200)
        if line < node.end_lineno or column < node.end_col_offset
    }


def sample(most: int, seed: int) -> Iterator[tuple[str, MutationSpec]]:
    """Changes with the tests that must notice them, as many of each room as its share of all."""
    every = [(tests, change) for room, tests in GUARDS.items() for change in mutations(room)]
    chosen = sorted(random.Random(seed).sample(range(len(every)), min(most, len(every))))
    yield from (every[place] for place in chosen)


def main() -> int:
    """Prints each survivor as a difference and, at the end, how many were noticed; 1 when less than 90 % were."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=300)
    parser.add_argument("--seed", type=int, default=9)
    asked = parser.parse_args()
    killed = done = 0
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        os.chdir(copied(Path(folder)))
        for tests, change in sample(asked.sample, asked.seed):
            command = f"{sys.executable} -m pytest -x -q -p no:cacheprovider {tests}"
            result = mutate_and_test([change], command, PATIENCE_S)
            done += 1
            killed += result.is_killed
            if result.test_outcome == TestOutcome.SURVIVED:
                _say(f"\n{change.module_path}:{change.start_pos[0]}\n{result.diff}")
        os.chdir(ROOT)
    _say(f"{killed} of {done} changes were noticed")
    return int(killed < 0.9 * done)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
