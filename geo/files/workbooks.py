"""CSV text and spreadsheets as sheets of text."""

import csv
import io
import zipfile
from pathlib import Path

from geo.errors import ArchiveError, EncodingError, FileEmptyError, FileProtectedError, InputError
from geo.files import encodings
from geo.files.sheets import Found, Sheet, take_apart, text_of
from geo.files.table import Ask, Facts, Note
from geo.phrases import listing

DELIMITERS = ",\t;|"
MOST_CELLS = 60_000_000
WIDEST_CELL = 1 << 24


def read_text(path: Path, ask: Ask) -> tuple[Found, Facts]:
    """A CSV file: the delimiter under which most headings are known, the encoding by byte-order mark, as
    asked, or strict UTF-8 and else GB18030.

    Raises:
        FileEmptyError, EncodingError: nothing in it, or not text.
    """
    raw = path.read_bytes()
    codec, said, guessed = _codec(raw, ask.encoding, path.name)
    try:
        text = raw.decode(codec)
    except UnicodeDecodeError as error:
        raise EncodingError(
            "{name} 不是 {encoding} 编码，换一种编码。", remedy="encoding", name=path.name, encoding=codec
        ) from error
    sheets = [sheet for delimiter in DELIMITERS if (sheet := _split(path.stem, text, delimiter)) is not None]
    if not sheets:
        raise FileEmptyError("{name} 里没有数据。", name=path.name)
    known = frozenset(ask.headings)
    best = max(((take_apart(sheet, known), len(sheet.cells[0])) for sheet in sheets), key=lambda pair: (pair[0].score, len(pair[0].headings)))[0]  # fmt: skip
    notes = list(best.notes)
    if guessed:
        notes.insert(
            0,
            Note(
                "encoding-guessed",
                None,
                f"文字按 {codec.upper()} 读取（{said}）。若有乱码，指明编码。",
                "encoding",
            ),
        )
    return best, Facts("csv", path.name, encoding=codec, encoding_said=said, notes=tuple(notes))


def read_workbook(path: Path, kind: str, ask: Ask) -> tuple[Found, Facts]:
    """The sheet that is meant: the one asked for; else the one in which most headings are known.

    Raises:
        FileProtectedError: the workbook has a password.
        InputError: damaged, or no sheet is called as asked.
        FileEmptyError: no sheet holds data.
    """
    import python_calamine as calamine

    try:
        with calamine.CalamineWorkbook.from_path(path) as book:
            names = list(book.sheet_names)
            if ask.part is not None and ask.part not in names and ask.part != path.stem:
                raise InputError("没有名为“{part}”的表，有：{names}。", part=ask.part, names=listing(names))
            wanted = [ask.part] if ask.part in names else names
            sheets = [_sheet(book.get_sheet_by_name(str(name)), path.name) for name in wanted]
    except calamine.PasswordError as error:
        raise FileProtectedError(
            "{name} 有打开密码，读不了。取消密码后另存再导入。", name=path.name
        ) from error
    except (calamine.CalamineError, calamine.ZipError, calamine.XmlError, OSError) as error:
        raise InputError(
            "{name} 读不出来，可能已损坏。（{why}）", name=path.name, why=str(error)[:200]
        ) from error
    return _best_sheet(path, kind, sheets, ask)


def check_inflation(path: Path, *, max_bytes: int) -> None:
    """Refuse an .xlsx or .ods, which are archives, that unpacks to more than ``max_bytes``.

    Raises:
        ArchiveError: damaged or swollen.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            total = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, OSError) as error:
        raise InputError("{name} 已损坏或没有拷完。（{why}）", name=path.name, why=error) from error
    if total > max_bytes:
        raise ArchiveError(
            "{name} 解开后有 {size} MB，超过上限，不予读取。", name=path.name, size=total >> 20
        )


def _best_sheet(path: Path, kind: str, sheets: list[Sheet], ask: Ask) -> tuple[Found, Facts]:
    known = frozenset(ask.headings)
    filled = [sheet for sheet in sheets if any(cell.strip() for row in sheet.cells for cell in row)]
    if not filled:
        raise FileEmptyError("{name} 的各张表都是空的。", name=path.name)
    taken: list[tuple[Sheet, Found]] = []
    for sheet in filled:
        try:
            taken.append((sheet, take_apart(sheet, known)))
        except FileEmptyError:
            if len(filled) == 1:
                raise
    if not taken:
        raise FileEmptyError("{name} 的各张表都只有表头。", name=path.name)
    chosen, found = max(taken, key=lambda pair: pair[1].score)
    notes = list(found.notes)
    if len(taken) > 1:
        others = "、".join(sheet.name for sheet, _ in taken if sheet is not chosen)
        text = f"读的是表“{chosen.name}”，没有读：{others}。要读别的，指明一张。"
        notes.insert(0, Note("sheet-chosen", None, text, "part"))
    return found, Facts(kind, chosen.name, notes=tuple(notes))


def _sheet(sheet: object, name: str) -> Sheet:
    from python_calamine import CalamineSheet

    assert isinstance(sheet, CalamineSheet)
    if sheet.total_height * sheet.total_width > MOST_CELLS:
        raise InputError(
            "{name} 的表“{sheet}”有 {rows} 行、{columns} 列，超过上限。删去空白的行列后另存。",
            name=name, sheet=sheet.name, rows=sheet.total_height, columns=sheet.total_width,
        )  # fmt: skip
    cells = [[text_of(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    merged = tuple(((a, b), (c, d)) for (a, b), (c, d) in sheet.merged_cell_ranges or ())
    return Sheet(sheet.name, cells or [[""]], merged)


def _codec(raw: bytes, asked: str | None, name: str) -> tuple[str, str, bool]:
    if asked is not None:
        codec = encodings.named(asked)
        return ("utf-8-sig" if codec == "utf-8" else codec), "按指明的编码", False
    if raw.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig", "文件头有 UTF-8 标记", False
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16", "文件头有 UTF-16 标记", False
    codec = encodings.guess([raw], name=name)
    if codec == encodings.CHINESE:
        return codec, "不是 UTF-8", True
    return "utf-8", "内容是 UTF-8", False


def _split(name: str, text: str, delimiter: str) -> Sheet | None:
    csv.field_size_limit(WIDEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    cells, numbers = [], []
    start = 1
    try:
        for row in reader:
            cells.append(row)
            numbers.append(start)
            start = reader.line_num + 1
    except csv.Error as error:
        raise InputError(
            "{name} 第 {row} 行不是合格的 CSV：{why}", name=name, row=start, why=error
        ) from error
    if not any(cell.strip() for row in cells for cell in row):
        return None
    return Sheet(name, cells, numbers=tuple(numbers))
