"""Notes that go with rows wherever they are taken: label and text, in order."""

from collections.abc import Sequence

Notes = Sequence[tuple[str, str]]
NOTES = "说明"
"""Title of the sheet or column that holds them."""
ORIGIN = ("提示", "数据来源", "数据时点", "版本")
"""Notes that go with the rows themselves wherever they stand alone."""
