"""The footer: source, period, method, coordinates, maker, date, review number, fingerprint."""

from collections.abc import Sequence

from exports.sheets.fonts import text_width
from exports.sheets.mapping import inks
from exports.sheets.page import AnyMark, Box, Words
from exports.sheets.papers import LEAST_TEXT
from exports.sheets.text import shortened, wrapped

LEADING = 1.36
LEFT_SHARE = 0.7
BETWEEN = "　"


def footer_marks(left: Sequence[str], right: Sequence[str], box: Box, em: float) -> tuple[AnyMark, ...]:
    """Paragraphs on the left, lines on the right; on a low footer all of them run on over its whole width."""
    if box.height < 3.4 * LEAST_TEXT * LEADING:
        return _block(_run_on([*left, *right], box.width, max(LEAST_TEXT, 0.86 * em)), box, em)
    first = Box(box.left, box.top, box.left + LEFT_SHARE * box.width, box.bottom)
    second = Box(first.right + 4, box.top, box.right, box.bottom)
    size = max(LEAST_TEXT, 0.86 * em)
    return (*_block(left, first, em), *_lines(list(right), second, size, right=True))


def _run_on(items: Sequence[str], width: float, size: float) -> list[str]:
    """Items on as few lines as they need, none broken that fits on a line of its own."""
    lines: list[str] = []
    for item in items:
        joined = f"{lines[-1]}{BETWEEN}{item}" if lines else item
        if lines and text_width(joined, size) <= width:
            lines[-1] = joined
        else:
            lines.append(item)
    return lines


def _block(paragraphs: Sequence[str], box: Box, em: float) -> tuple[AnyMark, ...]:
    """Paragraphs in the largest letters in which they fit; in the smallest, what is too much is cut."""
    size = 0.86 * em
    while True:
        size = max(size, LEAST_TEXT)
        lines = [line for paragraph in paragraphs for line in wrapped(paragraph, box.width, size)]
        most = int((box.height + (LEADING - 1) * size) / (LEADING * size))
        if len(lines) <= most or size == LEAST_TEXT:
            break
        size *= 0.96
    if len(lines) > most:
        lines = [*lines[: most - 1], shortened("".join(lines[most - 1 :]), box.width, size)]
    return _lines(lines, box, size, right=False)


def _lines(lines: list[str], box: Box, size: float, *, right: bool) -> tuple[AnyMark, ...]:
    x = box.right if right else box.left
    return tuple(
        Words(
            line,
            x,
            box.top + size * (0.9 + at * LEADING),
            size,
            inks.SECOND,
            align="end" if right else "start",
            kind="footer",
        )
        for at, line in enumerate(lines)
    )
