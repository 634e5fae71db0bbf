"""What GDAL does not check of a shapefile: that the set is whole, and the encoding of its text."""

import os
import struct
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from geo.errors import FileIncompleteError, InputError
from geo.files import encodings
from geo.files.table import Note
from geo.phrases import listing

RAW = "ISO-8859-1"
"""GDAL hands every byte through in this one, and we decode."""
SAYS_NOTHING = (0x00, 0x03, 0x57)
"""Language ids that writers put there without meaning it: none, Western Windows, "the current ANSI page"."""
CHINESE_IDS = {0x4D: "GBK", 0x7A: "GBK", 0x4F: "BIG5", 0x78: "BIG5"}


@dataclass(frozen=True)
class Encoding:
    """The encoding used and why; ``guessed`` when the file did not say or was wrong."""

    codec: str
    said: str
    guessed: bool


def companions(shp: Path) -> dict[str, Path]:
    """The files of a set by their lower-case ending; links that lead out of the folder do not count.

    Raises:
        FileIncompleteError: the table or the index is missing.
        InputError: the shapes or the table are cut short.
    """
    same = [item for item in shp.parent.iterdir() if item.stem == shp.stem and item.is_file()]
    found = {item.suffix.lower(): item for item in same if item.resolve().parent == shp.parent.resolve()}
    missing = [ending for ending in (".dbf", ".shx") if ending not in found]
    if missing:
        raise FileIncompleteError(
            "{name} 缺少同名的 {missing}。Shapefile 至少要有 .shp、.shx、.dbf 三个文件，放在一起或压缩成一个 .zip。",
            name=shp.name, missing=listing(missing),
        )  # fmt: skip
    _check_length(found[".shp"], found[".dbf"])
    return found


def uniform(found: dict[str, Path], folder: Path) -> Path:
    """A ``.shp`` whose companions have the same, lower-case endings: the set itself or links to it."""
    names_agree = all(item.suffix == ending for ending, item in found.items())
    if names_agree or os.name == "nt":
        return found[".shp"]
    for ending in (".shp", ".shx", ".dbf", ".prj"):
        if ending in found:
            (folder / f"linked{ending}").symlink_to(found[ending])
    return folder / "linked.shp"


def choose_encoding(found: dict[str, Path], texts: list[bytes], asked: str | None) -> Encoding:
    """The encoding of the table: what was asked; else the ``.cpg``; else the language id; else by strict
    decoding, UTF-8 first, then GB18030. A file that contradicts its own text is overruled.

    Raises:
        EncodingError: nothing fits.
    """
    if asked is not None:
        return Encoding(encodings.named(asked), "按指明的编码", guessed=False)
    told, how = _declared(found)
    if told is not None and all(encodings.fits(text, told) for text in texts):
        return Encoding(told, how, guessed=False)
    codec = encodings.guess(texts, name=found[".dbf"].name)
    if codec == "ascii":
        return Encoding("utf-8", "只有英文和数字", guessed=False)
    why = "没有 .cpg" if told is None else f"{how}，但文字不是这种编码"
    return Encoding(codec, f"{why}，按内容判断", guessed=True)


def decode_columns(table: "pa.Table", codec: str) -> "pa.Table":
    """The table as GDAL gave it in ``RAW``, its headings and texts decoded."""
    columns = []
    for column in table.columns:
        if not pa.types.is_string(column.type) and not pa.types.is_large_string(column.type):
            columns.append(column)
            continue
        coded = column.combine_chunks().dictionary_encode()
        if isinstance(coded, pa.ChunkedArray):
            coded = coded.combine_chunks()
        words = [encodings.decode(word.encode(RAW), codec) for word in coded.dictionary.to_pylist()]
        columns.append(pa.array(words, pa.string()).take(coded.indices))
    names = [encodings.decode(name.encode(RAW), codec) for name in table.column_names]
    return pa.Table.from_arrays(columns, names=names)


def texts_of(table: "pa.Table") -> list[bytes]:
    """Every heading and every different text, as the bytes that stand in the file."""
    words = list(table.column_names)
    for column in table.columns:
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            words += [word for word in pc.unique(column).to_pylist() if word]
    return [word.encode(RAW) for word in words]


def note(encoding: Encoding) -> tuple[Note, ...]:
    if not encoding.guessed:
        return ()
    shown = "GBK（GB18030）" if encoding.codec == encodings.CHINESE else encoding.codec.upper()
    return (
        Note(
            "encoding-guessed",
            None,
            f"文字按 {shown} 读取（{encoding.said}）。若有乱码，指明编码。",
            "encoding",
        ),
    )


def _declared(found: dict[str, Path]) -> tuple[str | None, str]:
    if ".cpg" in found:
        text = found[".cpg"].read_text("latin-1").strip()[:40]
        return encodings.named(text), f".cpg 写的是 {text}"
    with found[".dbf"].open("rb") as handle:
        language = handle.read(32)[29]
    if language in SAYS_NOTHING or language not in CHINESE_IDS:
        return None, ""
    return encodings.named(CHINESE_IDS[language]), f".dbf 的语言标记是 {CHINESE_IDS[language]}"


def _check_length(shp: Path, dbf: Path) -> None:
    with shp.open("rb") as handle:
        head = handle.read(100)
    promised = struct.unpack(">i", head[24:28])[0] * 2 if len(head) == 100 else 100
    with dbf.open("rb") as handle:
        start = handle.read(32)
    if len(start) < 32:
        raise InputError("{name} 只有 {size} 字节，已损坏。", name=dbf.name, size=len(start))
    rows, header, width = struct.unpack("<IHH", start[4:12])
    for file, wanted in ((shp, promised), (dbf, header + rows * width)):
        actual = file.stat().st_size
        if actual < wanted:
            raise InputError(
                "{name} 不完整：应有 {wanted} 字节，只有 {actual} 字节，像是没有拷完。",
                name=file.name, wanted=wanted, actual=actual,
            )  # fmt: skip
