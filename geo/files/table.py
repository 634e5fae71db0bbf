"""What is asked of a file and what comes back."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

Shape = Literal["point", "line", "polygon", "none"]

ROW = "__row__"
WKB = "__wkb__"


@dataclass(frozen=True)
class Ask:
    """How to read a file.

    ``part``: sheet of a workbook, layer of a dataset or file of an archive. ``encoding`` wins over what the
    file says. ``headings``: normalised headings that would be understood; the header row of a sheet is found
    by them. ``shape``: preferred geometry where a file holds several layers.
    """

    part: str | None = None
    encoding: str | None = None
    headings: tuple[str, ...] = ()
    shape: Shape = "none"


@dataclass(frozen=True)
class Note:
    """Something that the reader noticed: a rule's name, the row of the file (None: the file), what it is.

    ``remedy`` as of an error (``geo.errors.REMEDIES``).
    """

    rule: str
    row: int | None
    message: str
    remedy: str = ""


@dataclass(frozen=True)
class Facts:
    """What a file says of itself. ``crs`` is WKT, PROJJSON or ``EPSG:…``; None where it says nothing.

    ``crs_said`` is how it says it. ``encoding`` is None where the format has only one.
    """

    kind: str
    part: str | None = None
    crs: str | None = None
    crs_said: str = ""
    encoding: str | None = None
    encoding_said: str = ""
    notes: tuple[Note, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> "Facts":
        return cls(**{**raw, "notes": tuple(Note(**note) for note in raw["notes"])})


@dataclass(frozen=True)
class FileTable:
    """Columns of a file under their own headings, without the geometry.

    ``rows`` are the row numbers that a person sees: lines of a sheet, else 1, 2, 3 … ``wkb`` is one
    WKB per row in the file's coordinates, or None when the file has no geometry at all. ``sha256`` is that of
    the file's bytes; of a folder, that of its files' in the order of their names.
    """

    columns: "pa.Table"
    rows: "NDArray[np.int64]"
    wkb: "pa.Array | None"
    facts: Facts
    sha256: str
