"""What every command starts from, and how it prints."""

import json
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from geo.errors import ArgumentError
from geo.phrases import listing
from layers.county import County, open_county
from layers.spec import ROLES, Role
from layers.viewer import Viewer
from webmap.settings import load_settings

EXAMPLE = "22103201"
"""End of the code of a village."""
WIDE = 200
"""Columns of a table that goes to a file or another program."""

Json = Annotated[bool, typer.Option("--json", help="只在标准输出打印一份 JSON。")]
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
As = Annotated[str, typer.Option("--as", metavar="ROLE[:CODE]", help="以某个角色和范围查看，如 public、grid_worker:140822103201001。")]  # fmt: skip


def the_county() -> County:
    """The county of this GOVMAP_HOME."""
    return open_county(load_settings().of_county())


def parse_viewer(text: str, county: County) -> Viewer:
    """The viewer of ``ROLE[:CODE]``; the scope is the county's code when none is given, empty for the public.

    Raises:
        ArgumentError: no such role, the code is not one of digits within the county, or a grid worker's is
            not that of a grid.
    """
    role, _, scope = text.partition(":")
    found: list[Role] = [known for known in ROLES if known == role]
    if not found:
        raise ArgumentError("没有角色“{role}”，可选：{all}。", role=role, all=listing(ROLES))
    if scope and not (scope.isdigit() and scope.startswith(county.code)):
        raise ArgumentError("范围“{scope}”不是本县（{county}）的代码。", scope=scope, county=county.code)
    if found[0] == "public":
        return Viewer(found[0])
    if found[0] == "grid_worker" and len(scope) != county.divisions.named("grid").digits:
        raise ArgumentError("网格员要写明网格编码，如 grid_worker:{code}。", code=_grid_of(county))
    return Viewer(found[0], scope or county.code)


def _grid_of(county: County) -> str:
    """What the code of a grid of this county looks like."""
    village, grid = county.divisions.named("village"), county.divisions.named("grid")
    return f"{county.code}{EXAMPLE[len(county.code) - village.digits :]}{'1'.zfill(grid.digits - village.digits)}"


def print_json(document: Any) -> None:
    """One JSON document on stdout, figures unrounded."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n")


def print_table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table for people on stdout; text of records is printed as it is, never as markup."""
    from webmap.cli.columns import print_columns

    texts = [["" if cell is None else for_terminal(str(cell)) for cell in row] for row in rows]
    width = None if sys.stdout.isatty() else WIDE
    print_columns([for_terminal(heading) for heading in headings], texts, width=width)


def print_line(text: str) -> None:
    """One line for people on stdout."""
    sys.stdout.write(for_terminal(text) + "\n")


def for_terminal(text: str) -> str:
    """Text in which no control character of a record reaches the terminal; each is shown as ``�``."""
    return CONTROLS.sub("\ufffd", text)


def check_out(out: Path) -> None:
    """Raises ArgumentError for a file that cannot be written where it shall be, before any work."""
    if out.is_dir():
        raise ArgumentError("--out {out} 是一个文件夹，再写上文件名。", out=out)
    if not out.parent.is_dir():
        raise ArgumentError("--out 的文件夹 {folder} 不存在，先建好。", folder=out.parent)
