"""A page as pixels: its PDF, rasterised by pdfium and written as a PNG that knows its resolution."""

import struct
import threading
import zlib
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from exports.sheets.page import Page
from exports.sheets.writers.pdf import written

MM_PER_INCH, POINTS_PER_INCH = 25.4, 72
WHITE = 0xFFFFFFFF
LEVEL = 4
"""Of deflate: above it flat colours hardly shrink further, below it lines grow."""
BAND = 512
"""Rows that are compressed in one go, two bands at a time; how many cores there are does not change the file."""
SIGNATURE = b"\x89PNG\r\n\x1a\n"
ZLIB_HEADER = b"\x78\x5e"
_PDFIUM = threading.Lock()
"""The library may be entered by one thread at a time."""

Rows = NDArray[np.uint8]
"""(height, 1 + 3 · width): rows as PNG has them, first the filter (0, none), then red, green and blue of every pixel."""


def to_png(page: Page, *, dpi: float = 300) -> bytes:
    """The page at ``dpi``, which stands in the file; an incomplete pixel at the right and lower edge is cut off."""
    return png(rasterised(written([page], compressed=False), dpi, size=pixels(page, dpi)), dpi)


def pixels(page: Page, dpi: float) -> tuple[int, int]:
    """Width and height: A3 has 4960 × 3507 at 300 dpi."""
    width, height = (max(1, int(side * dpi / MM_PER_INCH + 1e-6)) for side in (page.width, page.height))
    return width, height


def rasterised(file: bytes, dpi: float, *, size: tuple[int, int]) -> Rows:
    """The first page of a PDF on white, at the true scale of ``dpi``."""
    width, height = size
    rows = np.zeros((height, 1 + 3 * width), np.uint8)
    scale = dpi / POINTS_PER_INCH
    matrix = pdfium.FS_MATRIX(scale, 0, 0, scale, 0, 0)
    clip = pdfium.FS_RECTF(0, 0, width, height)
    with _PDFIUM:
        document = pypdfium2.PdfDocument(file)
        try:
            sheet = document[0]
            first = rows.ctypes.data + 1
            bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_BGR, first, rows.strides[0])
            pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE)
            pdfium.FPDF_RenderPageBitmapWithMatrix(
                bitmap, sheet.raw, matrix, clip, pdfium.FPDF_REVERSE_BYTE_ORDER
            )
            pdfium.FPDFBitmap_Destroy(bitmap)
        finally:
            document.close()
    return rows


def png(rows: Rows, dpi: float) -> bytes:
    """Rows of pixels as a file, with ``dpi`` in its metadata and nothing else."""
    height, width = len(rows), (rows.shape[1] - 1) // 3
    per_metre = round(dpi * 1000 / MM_PER_INCH)
    return SIGNATURE + b"".join(
        (
            _chunk(b"IHDR", struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)),
            _chunk(b"pHYs", struct.pack(">2IB", per_metre, per_metre, 1)),
            _chunk(b"IDAT", deflated(rows)),
            _chunk(b"IEND", b""),
        )
    )


def deflated(rows: Rows) -> bytes:
    """One zlib stream, joined from bands that end on whole bytes."""
    bands = [rows[start : start + BAND] for start in range(0, len(rows), BAND)]
    ends = [zlib.Z_SYNC_FLUSH] * (len(bands) - 1) + [zlib.Z_FINISH]
    with ThreadPoolExecutor(2) as pool:
        total = pool.submit(zlib.adler32, rows.data)
        parts = list(pool.map(_deflated_band, bands, ends))
    return b"".join([ZLIB_HEADER, *parts, struct.pack(">I", total.result())])


def _deflated_band(band: Rows, end: int) -> bytes:
    stream = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return stream.compress(band.data) + stream.flush(end)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
