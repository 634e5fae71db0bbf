"""Text whose encoding the file does not say, or says wrongly."""

import codecs
from collections.abc import Iterable

from geo.errors import EncodingError

CHINESE = "gb18030"
_PAGES = {
    "936": CHINESE,
    "gbk": CHINESE,
    "gb2312": CHINESE,
    "cp936": CHINESE,
    "65001": "utf-8",
    "utf8": "utf-8",
}


def named(text: str) -> str:
    """A Python codec for a name such as ``GBK``, ``UTF-8``, ``936`` or ``ANSI 936``; GBK is read as its
    superset GB18030.

    Raises:
        EncodingError: no such encoding.
    """
    word = text.strip().lower().removeprefix("ansi").removeprefix("oem").removeprefix("cp").strip()
    word = _PAGES.get(word, word)
    try:
        found = codecs.lookup(word if not word.isdigit() else f"cp{word}")
        "".encode(found.name)
    except LookupError as error:
        raise EncodingError("不认识的编码“{name}”。常用的是 gbk 和 utf-8。", name=text) from error
    return CHINESE if found.name in ("gbk", "gb2312") else found.name


def guess(samples: Iterable[bytes], *, name: str) -> str:
    """Strict UTF-8, else GB18030; ``ascii`` when there is nothing to tell apart.

    Raises:
        EncodingError: it is neither.
    """
    kept = [sample for sample in samples if not sample.isascii()]
    if not kept:
        return "ascii"
    for encoding in ("utf-8", CHINESE):
        if all(fits(sample, encoding) for sample in kept):
            return encoding
    raise EncodingError("{name} 里的文字既不是 UTF-8 也不是 GBK，要指明编码。", remedy="encoding", name=name)


def fits(sample: bytes, encoding: str) -> bool:
    """Whether the bytes are text in an encoding, but for a character cut off at the end."""
    try:
        codecs.getincrementaldecoder(encoding)("strict").decode(sample)
    except UnicodeDecodeError:
        return False
    return True


def decode(sample: bytes, encoding: str) -> str:
    """Text of the bytes; a character that the field's width has cut off at the end is dropped.

    Raises:
        EncodingError: the bytes are not text in that encoding.
    """
    try:
        return codecs.getincrementaldecoder(encoding)("strict").decode(sample)
    except UnicodeDecodeError as error:
        raise EncodingError(
            "文字“{text}”不是 {encoding} 编码，换一种编码。", remedy="encoding",
            text=sample.decode(encoding, errors="replace")[:20], encoding=encoding,
        ) from error  # fmt: skip
