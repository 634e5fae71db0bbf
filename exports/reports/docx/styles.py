"""Styles and settings of a report in the form of GB/T 9704: sizes in half points, lines in twentieths of a point."""

from typing import Any

from exports.reports.docx.xml import el

FANGSONG, KAI, HEI, SONG, SONG_TITLE = "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体"
LATIN = "Times New Roman"
SIZES = {"二号": 44, "三号": 32, "四号": 28, "小四": 24, "五号": 21}
LINE = 579
"""28.95 pt: 22 lines fill the 225 mm of the text area."""
UNIT, ISSUE = "IssuingUnit", "IssueNumber"
RED = "FF0000"
LARGE, SMALL, ACROSS = 36.0, 22.0, 442.0
"""Points: the unit's name over a document is set as large as the line of the text area takes, between these."""
NORMAL, BODY, TITLE, FIRST, SECOND = "Normal", "BodyText", "Title", "Heading1", "Heading2"
LETTER = 320
"""How wide a letter of the body is."""
CLOSER = -5
"""Between the letters of the body: 28 of them fill the 156 mm of a line."""
CAPTION, CELL, NUMBER, NOTE, PICTURE, MAKER, DATE, WARNING, HEADER, FOOTER = (
    "Caption", "TableText", "TableNumber", "TableNote", "Picture", "Maker", "MadeOn", "Warning", "Header", "Footer",
)  # fmt: skip


def styles() -> list[Any]:
    """The children of the styles part."""
    auto = {"before": 0, "after": 0, "line": 240, "lineRule": "auto"}
    exact = el("spacing", before=0, after=0, line=LINE, lineRule="exact")
    indent = {"firstLineChars": 200, "firstLine": 640}
    return [
        el("docDefaults", el("rPrDefault", el("rPr", _fonts(FANGSONG), el("lang", val="en-US", eastAsia="zh-CN")))),
        _style(NORMAL, "Normal", [exact, el("jc", val="both")], _letters(FANGSONG, "三号"), default=True),
        _style(BODY, "Body Text", [el("ind", **indent)], [el("spacing", val=CLOSER)]),
        _style(TITLE, "Title", [el("keepNext"), el("spacing", before=0, after=LINE, line=640, lineRule="exact"),
               el("jc", val="center")], _letters(SONG_TITLE, "二号")),
        _style(WARNING, "演示说明", [el("spacing", before=0, after=LINE), el("jc", val="center")], _letters(KAI, "三号")),
        _style(FIRST, "heading 1", [el("keepNext"), el("ind", **indent), el("outlineLvl", val=0)], _letters(HEI, "三号", closer=CLOSER)),
        _style(SECOND, "heading 2", [el("keepNext"), el("ind", **indent), el("outlineLvl", val=1)], _letters(KAI, "三号", closer=CLOSER)),
        _style(CAPTION, "caption", [el("keepNext"), _free(), el("spacing", **(auto | {"before": 160, "after": 80})),
               el("jc", val="center")], _letters(HEI, "小四")),
        _style(CELL, "表内文字", [_free(), el("spacing", **(auto | {"before": 30, "after": 30})), el("jc", val="left")],
               _letters(FANGSONG, "小四")),
        _style(NUMBER, "表内数字", [_free(), el("spacing", **(auto | {"before": 30, "after": 30})), el("jc", val="right")],
               _letters(FANGSONG, "小四")),
        _style(NOTE, "表注", [_free(), el("spacing", **(auto | {"before": 60, "after": 240})), el("jc", val="left")],
               _letters(FANGSONG, "五号")),
        _style(PICTURE, "图", [el("keepNext"), _free(), el("spacing", **(auto | {"before": 160})), el("jc", val="center")],
               []),
        _style(MAKER, "署名", [el("keepNext"), el("keepLines"), el("spacing", before=LINE), el("jc", val="right")], []),
        _style(DATE, "成文日期", [el("keepNext"), el("jc", val="right")], []),
        _style(HEADER, "header", [_free(), el("spacing", **auto), el("jc", val="right")], _letters(KAI, "四号")),
        _style(FOOTER, "footer", [_free(), el("spacing", **auto)], _letters(SONG, "四号", latin=SONG)),
    ]  # fmt: skip


def of_the_head(letters: float) -> list[Any]:
    """Styles of the head of a document with a number (GB/T 9704, 7.2): the unit, as many ``letters`` as it has, and the
    number over a red line."""
    large = min(LARGE, max(SMALL, ACROSS / max(letters, 1.0)))
    space = {"line": round(large * 26), "lineRule": "exact"}
    under = el("pBdr", el("bottom", val="single", sz=8, space=11, color=RED))
    name = [
        _fonts(SONG_TITLE),
        el("color", val=RED),
        el("sz", val=round(large * 2)),
        el("szCs", val=round(large * 2)),
    ]
    return [
        _style(UNIT, "发文机关标志", [_free(), el("spacing", before=1984, after=2 * LINE, **space), el("jc", val="center")], name),
        _style(ISSUE, "发文字号", [under, el("spacing", after=2 * LINE), el("jc", val="center")], []),
    ]  # fmt: skip


def settings() -> list[Any]:
    """The children of the settings part: odd and even pages differ, Chinese line breaks."""
    modern = el(
        "compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=15
    )
    return [
        el("zoom", percent=100),
        el("defaultTabStop", val=640),
        el("evenAndOddHeaders"),
        el("drawingGridVerticalSpacing", val=LINE),
        el("characterSpacingControl", val="compressPunctuation"),
        el("compat", el("spaceForUL"), el("balanceSingleByteDoubleByteWidth"), el("useFELayout"), modern),
        el("themeFontLang", val="en-US", eastAsia="zh-CN"),
    ]


def _free() -> Any:
    """Lines as high as their letters, not as those of the page's grid."""
    return el("snapToGrid", val=0)


def _style(code: str, name: str, layout: list[Any], letters: list[Any], *, default: bool = False) -> Any:
    kind = {"default": 1} if default else {}
    based = [] if default else [el("basedOn", val=NORMAL)]
    return el(
        "style", el("name", val=name), *based, el("qFormat"), el("pPr", *layout), el("rPr", *letters),
        type="paragraph", styleId=code, **kind,
    )  # fmt: skip


def _letters(east: str, size: str, *, latin: str = LATIN, closer: int = 0) -> list[Any]:
    between = [el("spacing", val=closer)] if closer else []
    return [_fonts(east, latin), *between, el("sz", val=SIZES[size]), el("szCs", val=SIZES[size])]


def _fonts(east: str, latin: str = LATIN) -> Any:
    return el("rFonts", ascii=latin, hAnsi=latin, eastAsia=east, cs=latin)
