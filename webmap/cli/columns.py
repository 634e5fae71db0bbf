"""A table for people on a terminal."""

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text


def print_columns(headings: Sequence[str], rows: Iterable[Sequence[str]], *, width: int | None) -> None:
    """Print texts as they are, never as markup; ``width`` in letters, None for that of the terminal."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        table.add_column(Text(heading), overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    Console(width=width).print(table)
