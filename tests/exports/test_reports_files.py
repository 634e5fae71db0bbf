"""Reports as files: the form of GB/T 9704, the same numbers in each format, the same bytes twice, text that stays text."""

import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from docx import Document
from lxml import etree
from openpyxl import load_workbook

from exports.reports.formats import FORMATS
from exports.reports.make import make_report, report_plan
from exports.reports.pdf import to_pdf
from exports.reports.text import kept_together, printable, signed, width
from geo.errors import ArgumentError, GlyphError
from layers.county import County, open_county
from layers.disclosure import PUBLIC, Viewer
from layers.editions import Store
from layers.reports import Report
from layers.reports.compose import compose
from layers.reports.document import Cell, Column, Heading, Paragraph, Ref, Table
from tests import disputes, hostile
from tests.county import COUNTY, HOSTILE, village_code
from tests.disputes import INTERNAL, PERSONAL
from webmap.cli import main
from webmap.settings import load_settings

OPERATOR = Viewer("operator", COUNTY)
DAY = date(2026, 11, 25)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
QUARTER = {"period": "2024Q4"}
COVERAGE = {"report": "coverage", "services": "party-service-centres", "within": "800m"}
NAMED = {"report": "profile", "code": village_code(9)}
POINTS_PER_MM = 72 / 25.4
HYPHEN = "\ufffe"
"""What the reader of PDF gives for a hyphen at the end of a line."""


@pytest.fixture(scope="module")
def county(built_home: Path) -> County:
    return open_county(load_settings(home=built_home).of_county())


def made(county: County, words: dict[str, str], form: str, viewer: Viewer = OPERATOR) -> bytes:
    return make_report(county, viewer, report_plan(words, county, viewer), form, made_on=DAY).body


def composed(county: County, words: dict[str, str], viewer: Viewer = OPERATOR) -> Report:
    maker = county.settings.title.zh
    return compose(county.planning, viewer, report_plan(words, county, viewer), made_on=DAY, maker=maker)


@pytest.fixture(scope="module")
def docx(county: County) -> bytes:
    return made(county, QUARTER, "docx")


@pytest.fixture(scope="module")
def pdf(county: County) -> bytes:
    return made(county, QUARTER, "pdf")


def parts(body: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def tree(body: bytes, name: str = "word/document.xml") -> Any:
    return etree.fromstring(parts(body)[name])


def words_of(element: Any) -> str:
    return "".join(element.itertext(f"{W}t"))


def pdf_text(body: bytes) -> str:
    pages = pypdfium2.PdfDocument(body)
    return (
        "\n".join(page.get_textpage().get_text_range() for page in pages)
        .replace("\u00a0", " ")
        .replace(HYPHEN, "-")
    )


def packed(text: str) -> str:
    """Without spaces and line ends, which a line break may have eaten."""
    return re.sub(r"\s+", "", text)


# DOCX


def test_the_page_is_that_of_an_official_document(docx: bytes) -> None:
    section = Document(io.BytesIO(docx)).sections[0]
    width = section.page_width.mm - section.left_margin.mm - section.right_margin.mm
    height = section.page_height.mm - section.top_margin.mm - section.bottom_margin.mm
    assert (round(section.top_margin.mm, 1), round(section.left_margin.mm, 1)) == (37.0, 28.0)
    assert (round(width, 1), round(height, 1)) == (156.0, 225.0)
    lines = height * POINTS_PER_MM / 28.95
    assert 22 <= lines < 22.1


@pytest.mark.parametrize(
    ("style", "font", "half_points"),
    [("Title", "方正小标宋简体", "44"), ("Normal", "仿宋_GB2312", "32"), ("Heading1", "黑体", "32"),
     ("Heading2", "楷体_GB2312", "32"), ("Footer", "宋体", "28")],
)  # fmt: skip
def test_every_style_names_its_east_asian_font(docx: bytes, style: str, font: str, half_points: str) -> None:
    found = tree(docx, "word/styles.xml").find(f"{W}style[@{W}styleId='{style}']")
    fonts, size = found.find(f".//{W}rFonts"), found.find(f".//{W}sz")
    assert fonts.get(f"{W}eastAsia") == font
    assert size.get(f"{W}val") == half_points


def test_captions_count_themselves_and_references_follow(docx: bytes) -> None:
    body = tree(docx)
    codes = [code.text.strip() for code in body.iter(f"{W}instrText")]
    tables = len(list(body.iter(f"{W}tbl")))
    assert codes.count("SEQ 表 \\* ARABIC") == tables == 5
    assert codes.count("SEQ 图 \\* ARABIC") == len(list(body.iter(f"{W}drawing"))) == 1
    marks = {mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")}
    references = [code.split()[1] for code in codes if code.startswith("REF ")]
    assert set(references) == marks
    assert len(references) == tables + 1
    for start in body.iter(f"{W}bookmarkStart"):
        assert re.match(r"[表图] \d", words_of(start.getparent()))


def test_fields_hold_what_word_would_work_out(docx: bytes) -> None:
    text = "\n".join(words_of(paragraph) for paragraph in tree(docx).iter(f"{W}p"))
    assert "主要数字见表 1。" in text
    assert "表 1　2024年第四季度主要数字（件）" in text


def test_tables_have_three_lines_and_repeat_their_header(docx: bytes) -> None:
    for table in tree(docx).iter(f"{W}tbl"):
        rows = table.findall(f"{W}tr")
        assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        assert [line.tag.removeprefix(W) for line in table.find(f"{W}tblPr/{W}tblBorders")] == [
            "top",
            "bottom",
        ]
        assert all(
            cell.find(f"{W}tcPr/{W}tcBorders/{W}bottom") is not None for cell in rows[0].iter(f"{W}tc")
        )
        assert not list(rows[1].iter(f"{W}tcBorders"))


def test_captions_stand_above_tables_and_below_figures(docx: bytes) -> None:
    children = list(tree(docx)[0])
    for place, child in enumerate(children):
        if child.tag == f"{W}tbl":
            assert re.match(r"表 \d", words_of(children[place - 1]))
        if list(child.iter(f"{W}drawing")):
            assert re.match(r"图 \d", words_of(children[place + 1]))


def test_a_picture_is_as_wide_as_the_text(docx: bytes) -> None:
    (shape,) = Document(io.BytesIO(docx)).inline_shapes
    assert (shape.width.mm, shape.height.mm) == (156.0, 105.0)


def test_odd_and_even_pages_bear_their_number_outside(docx: bytes) -> None:
    document = Document(io.BytesIO(docx))
    assert document.settings.odd_and_even_pages_header_footer
    for footer, side in (
        (document.sections[0].footer, "right"),
        (document.sections[0].even_page_footer, "left"),
    ):
        assert words_of(footer._element) == "— 1 —"
        assert footer._element.find(f".//{W}jc").get(f"{W}val") == side


def test_demo_data_are_named_on_the_first_page_in_the_header_and_in_the_properties(docx: bytes) -> None:
    document = Document(io.BytesIO(docx))
    assert document.paragraphs[1].text == "（演示数据，不是真实情况）"
    for header in (document.sections[0].header, document.sections[0].even_page_header):
        assert words_of(header._element) == "内部资料　演示数据，不是真实情况"
    assert document.core_properties.keywords == "演示数据"
    assert "演示数据" in document.core_properties.subject


def test_no_author_no_clock_no_path(docx: bytes) -> None:
    members = parts(docx)
    core = Document(io.BytesIO(docx)).core_properties
    assert (core.author, core.last_modified_by, core.comments) == ("", "", "")
    assert core.created.date() == core.modified.date() == DAY
    assert not [name for name in members if re.search(r"thumbnail|customXml|theme", name)]
    for name, body in members.items():
        if not name.endswith(".png"):
            assert not re.search(rb"python-docx|/tmp|/home|/root|rsid", body), name
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_maker_and_date_stand_at_the_end_as_the_form_asks(docx: bytes) -> None:
    *_, maker, day, number = Document(io.BytesIO(docx)).paragraphs
    assert [line.text[:4] for line in (maker, day, number)] == ["万荣县基", "2026", "报告编号"]
    sides = [line._element.find(f".//{W}ind").get(f"{W}rightChars") for line in (maker, day)]
    assert sides == ["200", "300"]


@pytest.mark.parametrize(
    ("maker", "made", "letters"),
    [
        ("万荣县基层治理一张图", "2026年11月25日", (2.0, 3.0)),
        ("综治中心", "2026年11月25日", (7.0, 2.0)),
        ("县综治中心办公室", "2026年11月25日", (3.0, 2.0)),
        ("", "2026年11月25日", (0.0, 2.0)),
    ],
)
def test_the_date_begins_two_letters_after_the_maker(
    maker: str, made: str, letters: tuple[float, float]
) -> None:
    """GB/T 9704—2012, 7.3.5.2; the longer one stands two letters from the edge."""
    from_right = signed(maker, made)
    assert from_right == letters
    if maker:
        assert from_right[0] + width(maker) - (from_right[1] + width(made)) == 2.0


def test_the_signature_never_stands_alone_on_a_page(docx: bytes) -> None:
    *_, table = tree(docx).iter(f"{W}tbl")
    assert all(cell.find(f".//{W}keepNext") is not None for cell in table.iter(f"{W}tc"))
    after = table.getnext()
    assert after.find(f".//{W}keepNext") is not None
    assert words_of(after.getnext()).startswith("万荣县")


def test_what_a_table_comes_from_stands_under_it(docx: bytes) -> None:
    first = next(tree(docx).iter(f"{W}tbl"))
    assert words_of(first.getnext()) == "注：基数不足 10 的不写百分比。来源：矛盾纠纷（演示推算）。"


# all formats


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_report_is_the_same_bytes(county: County, form: str, built_home: Path) -> None:
    other = open_county(load_settings(home=built_home).of_county())
    assert made(county, QUARTER, form) == made(other, QUARTER, form)


@pytest.mark.parametrize("words", [QUARTER, COVERAGE, NAMED], ids=["governance", "coverage", "profile"])
def test_every_number_of_every_table_is_in_the_pdf(county: County, words: dict[str, str]) -> None:
    text = packed(pdf_text(made(county, words, "pdf")))
    given = composed(county, words)
    for table in given.tables():
        assert packed(printable(table.caption)) in text
        for row in table.rows:
            assert packed("".join(printable(cell.text) for cell in row if cell.figure)) in text or all(
                packed(printable(cell.text)) in text for cell in row
            )


def test_docx_and_pdf_say_the_same(county: County, docx: bytes, pdf: bytes) -> None:
    text, document = packed(pdf_text(pdf)), Document(io.BytesIO(docx))
    lines = [packed(words_of(paragraph._element)) for paragraph in document.paragraphs]
    clauses = [clause for line in lines for clause in re.split("[，。；]", line)]
    assert len(clauses) > 60
    assert [clause for clause in clauses if clause not in text] == []


@pytest.mark.parametrize("form", FORMATS)
def test_a_period_without_disputes_is_a_report_without_maps(demo_store: Store, form: str) -> None:
    """Three a quarter, so that one without any is believed."""
    every = disputes.disputes()
    rows = every.groupby(every["happened_on"].dt.to_period("Q")).head(3)
    disputes.put(
        demo_store, "disputes", rows[~rows["happened_on"].between("2024-07-01", "2024-09-30")], demo=True
    )
    county = open_county(load_settings(home=demo_store.home).of_county())
    given = make_report(
        county,
        OPERATOR,
        report_plan({"period": "2024Q3"}, county, OPERATOR),
        form,
        made_on=DAY,
    )
    assert given.report.maps() == ()
    assert "本期没有算热点" in given.report.text()


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_personal_or_internal_is_in_any_byte(county: County, form: str) -> None:
    body = made(county, QUARTER, form)
    text = pdf_text(body) if form == "pdf" else "".join(
        content.decode() for name, content in parts(body).items() if name.endswith((".xml", ".rels"))
    )  # fmt: skip
    assert PERSONAL not in text
    assert INTERNAL not in text


def test_the_public_gets_no_mark_for_staff(county: County) -> None:
    body = made(county, QUARTER, "docx", PUBLIC)
    header = Document(io.BytesIO(body)).sections[0].header
    assert words_of(header._element) == "演示数据，不是真实情况"
    assert "化解率" not in words_of(tree(body))


@pytest.mark.parametrize("form", ["docx", "pdf", "xlsx"])
def test_hostile_text_shows_as_it_is_written(county: County, form: str) -> None:
    body, name = made(county, NAMED, form), printable(HOSTILE)
    if form == "docx":
        assert name in words_of(tree(body))
    elif form == "pdf":
        assert packed(name) in packed(pdf_text(body))
    else:
        book = load_workbook(io.BytesIO(body))
        assert book["说明"]["B1"].value == f"手画县{name}基本情况"
        assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize(
    "text",
    [
        '#panic("x")',
        "*a* _b_ $c$",
        "@sources",
        "<img>",
        "\\u{41}",
        "= 一",
        "`raw`",
        "[[x]]",
        "//x",
        "#{1+1}",
        '"a"',
    ],
)
def test_markup_of_the_setter_is_text(county: County, text: str) -> None:
    given = composed(county, {"report": "profile", "code": village_code(1)})
    bare = replace(given, title=text, blocks=(Heading(1, text), Paragraph((text,))))
    assert pdf_text(to_pdf(bare, {})).count(text) == 3


@pytest.mark.parametrize("count", [1, 3, 12, *range(22, 34)])
def test_no_row_and_no_signature_stands_alone_on_a_page(county: County, count: int) -> None:
    rows = tuple((Cell(f"第{number}行"),) for number in range(1, count + 1))
    table = Table("t", "名单", (Column("名称", numbers=False),), rows)
    given = composed(county, {"report": "profile", "code": village_code(1)})
    pages = pypdfium2.PdfDocument(to_pdf(replace(given, blocks=(Paragraph(("见", Ref("t"))), table)), {}))
    texts = [page.get_textpage().get_text_range() for page in pages]
    shown = [len(re.findall(r"第\d+行", text)) for text in texts]
    assert sum(shown) == count
    assert shown[0] >= min(2, count)
    assert shown[-1] >= min(3, count)
    assert "报告编号" in texts[-1]


def test_a_short_table_is_not_torn(county: County) -> None:
    rows = tuple((Cell(f"第{number}行"),) for number in range(1, 4))
    table = Table("t", "名单", (Column("名称", numbers=False),), rows)
    given = composed(county, {"report": "profile", "code": village_code(1)})
    blocks = (*[Paragraph(("段",))] * 14, Paragraph(("见", Ref("t"))), table)
    pages = pypdfium2.PdfDocument(to_pdf(replace(given, blocks=blocks), {}))
    texts = [page.get_textpage().get_text_range() for page in pages]
    assert [len(re.findall(r"第\d+行", text)) for text in texts] == [0, 3]


@pytest.mark.parametrize("count", [24, 25, 26])
def test_what_stands_under_a_table_stays_with_its_last_rows(county: County, count: int) -> None:
    rows = tuple((Cell(f"第{number}行"),) for number in range(1, count + 1))
    table = Table("t", "名单", (Column("名称", numbers=False),), rows, ("表下的话。",))
    given = composed(county, {"report": "profile", "code": village_code(1)})
    blocks = (Paragraph(("见", Ref("t"))), table, Paragraph(("字" * 80,)))
    pages = pypdfium2.PdfDocument(to_pdf(replace(given, blocks=blocks), {}))
    texts = [page.get_textpage().get_text_range() for page in pages]
    (noted,) = [text for text in texts if "表下的话" in text]
    assert len(re.findall(r"第\d+行", noted)) >= 3
    assert "字" * 28 in "\n".join(texts).splitlines()


def test_a_table_of_a_document_stays_with_what_stands_under_it(docx: bytes) -> None:
    for table in tree(docx).iter(f"{W}tbl"):
        *_, last = table.findall(f"{W}tr")
        assert all(cell.find(f".//{W}keepNext") is not None for cell in last.iter(f"{W}tc"))


@pytest.fixture(scope="module")
def hostile_house(tmp_path_factory: pytest.TempPathFactory) -> County:
    return open_county(load_settings(home=hostile.home_in(tmp_path_factory.getbasetemp())).of_county())


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    "words",
    [
        {},
        {"report": "coverage", "services": hostile.OWN, "within": "2000m"},
        {"report": "profile", "code": "140822100"},
    ],
    ids=["governance", "coverage", "profile"],
)
def test_a_county_all_of_whose_words_are_hostile(
    hostile_house: County, words: dict[str, str], form: str
) -> None:
    body = made(hostile_house, words, form)
    text = pdf_text(body) if form == "pdf" else "".join(
        "".join(etree.fromstring(content).itertext()) for name, content in parts(body).items() if name.endswith(".xml")
    )  # fmt: skip
    assert hostile.TRACE in text
    assert [wrong for wrong in hostile.EVALUATED if wrong in text] == []


def test_controls_are_left_out() -> None:
    assert printable("甲\u202e乙\x00\x1b[31m丙\n丁\u2028戊\ud800") == "甲乙[31m丙 丁戊"
    assert kept_together("增长 8.3 %（1 / 12），共 3 件") == "增长 8.3\u00a0%（1 / 12），共 3 件"
    assert kept_together("8.3 %（1 / 12）", fractions=True) == "8.3\u00a0%（1\u00a0/\u00a012）"


# XLSX


def test_the_workbook_has_typed_cells_a_frozen_header_and_notes(county: County) -> None:
    book = load_workbook(io.BytesIO(made(county, QUARTER, "xlsx")))
    assert book.sheetnames[:2] == [
        "表 1 2024年第四季度主要数字（件）",
        "表 2 2024年第四季度各乡镇矛盾纠纷（件）",
    ]
    sheet = book.worksheets[1]
    assert sheet.freeze_panes == "A2"
    assert [cell.value for cell in sheet[2]] == [
        "西镇",
        13,
        9,
        4,
        None,
        1200,
        10.83,
    ]
    assert [cell.number_format for cell in sheet[5]][1:] == [
        "#,##0",
        "#,##0",
        '+#,##0;"−"#,##0;0',
        '+0.0%;"−"0.0%;0.0%',
        "#,##0",
        "#,##0.00",
    ]
    notes = {row[0].value: row[1].value for row in book["说明"].iter_rows()}
    assert notes["题目"] == "手画县2024年第四季度基层治理情况报告"
    assert notes["提示"] == "内部资料　演示数据，不是真实情况"
    assert notes["条件"] == "report=governance&period=2024Q4"
    assert notes["表 1 上季度"].startswith("逐行计数；期 2024Q3"), (
        "each way of making numbers names its columns"
    )
    assert book.properties.creator in ("", None)


def test_days_are_days_and_parts_are_numbers(county: County) -> None:
    book = load_workbook(io.BytesIO(made(county, NAMED, "xlsx")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    days = [cell for cell in cells if cell.is_date]
    assert all(cell.number_format == "yyyy-mm-dd" for cell in days)
    assert not [cell.value for cell in cells if re.fullmatch(r"\d{4}-\d\d-\d\d", str(cell.value))]
    assert not [cell.value for cell in cells if re.fullmatch(r"[\d,]+ / [\d,]+", str(cell.value))]


def test_withheld_numbers_stay_words(county: County) -> None:
    book = load_workbook(
        io.BytesIO(made(county, {"report": "profile", "code": village_code(2)}, "xlsx", PUBLIC))
    )
    sheet = next(sheet for sheet in book if "公布的矛盾纠纷" in sheet.title)
    assert [cell.value for cell in sheet[2]] == ["2024年第一季度", "不公开"]


# the plan and the command


def test_what_the_maps_draw_is_among_the_editions(county: County) -> None:
    made_of = make_report(county, OPERATOR, report_plan(QUARTER, county, OPERATOR), "pdf", made_on=DAY)
    numbers = composed(county, QUARTER)
    assert dict(numbers.editions).items() <= dict(made_of.editions).items()
    assert "counties" in made_of.editions
    assert (made_of.title, made_of.fingerprint, made_of.demo) == (numbers.title, numbers.fingerprint, True)


def test_a_coverage_report_without_a_question_asks_the_usual_one(county: County) -> None:
    plan = report_plan({"report": "coverage"}, county, PUBLIC).coverage
    assert plan is not None
    assert (plan.services, plan.limit, plan.mode) == (("party-service-centres",), 2000.0, "detour")


def test_an_unknown_format_is_refused(county: County) -> None:
    with pytest.raises(ArgumentError, match="报告没有格式 doc，可选：docx、pdf、xlsx"):
        made(county, QUARTER, "doc")


@pytest.fixture
def at_home(built_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GOVMAP_HOME", str(built_home))
    return built_home


def test_the_command_writes_a_report_and_says_what_is_in_it(
    at_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "report.xlsx"
    assert main(["report", "--period", "2024Q4", "--out", str(out), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["title"] == "手画县2024年第四季度基层治理情况报告"
    total = document["tables"][0]["rows"][0][1]
    assert (total["value"], total["text"], total["period"], total["unit"]) == (36, "36", "2024Q4", "件")
    assert set(total["editions"]) == {"disputes"}
    assert out.read_bytes().startswith(b"PK")


def test_the_command_reads_aloud(at_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--as", "public", "--out", str(tmp_path / "r.xlsx")]) == 0
    assert "2025年第一季度，全县发生矛盾纠纷 25 件，比上季度减少 11 件" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["--period", "2024-10", "--as", "public", "--out", "r.pdf"],
            "error[filter-bad]: 对公众只公布整季和整年",
        ),
        (["--period", "2024-14", "--out", "r.pdf"], "error[bad-argument]: 时段“2024-14”不对"),
        (["--out", "r.doc"], "error[bad-argument]: 报告没有格式 doc"),
        (["--out", "nowhere/r.pdf"], "error[bad-argument]: --out 的文件夹"),
        (["--kind", "profile", "--out", "r.pdf"], "error[bad-argument]: profile 报告要写明是哪里"),
        (
            ["--kind", "coverage", "--set", "mode", "--out", "r.pdf"],
            "error[bad-argument]: --set 要写成 名称=值",
        ),
        (["--as", "grid_worker:140822100001001", "--out", "r.pdf"], "error[forbidden]: 只看本网格的身份"),
    ],
)
def test_what_cannot_be_had_is_said_in_one_line(
    at_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    arguments: list[str], said: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert main(["report", *arguments]) == 2
    error = capsys.readouterr().err
    assert error.startswith(said)
    assert error.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


# ---- a document with a number ----

NUMBERED = {**QUARTER, "number": "万社工[2024]3号", "maker": "中共手画县委社会工作部"}


def test_a_document_with_a_number_has_the_head_of_the_form(county: County) -> None:
    unit, number, title = Document(io.BytesIO(made(county, NUMBERED, "docx"))).paragraphs[:3]
    assert (unit.text, number.text) == ("中共手画县委社会工作部", "万社工〔2024〕3号")
    assert title.style.name == "Title"
    assert unit.style.font.color.rgb is not None
    assert str(unit.style.font.color.rgb) == "FF0000"
    assert number.style.element.find(f".//{W}pBdr/{W}bottom").get(f"{W}color") == "FF0000"


def test_the_printed_one_has_the_same_head_and_the_unit_signs(county: County) -> None:
    lines = words_on_first_page(made(county, NUMBERED, "pdf"))
    assert [line for line in lines if "社会工作部" in line or "〔2024〕" in line] == [
        "中共手画县委社会工作部", "万社工〔2024〕3号",
    ]  # fmt: skip
    report = composed(county, NUMBERED)
    assert (report.maker, report.number) == ("中共手画县委社会工作部", "万社工〔2024〕3号")


def test_without_a_number_nothing_stands_over_the_title(county: County, docx: bytes) -> None:
    assert Document(io.BytesIO(docx)).paragraphs[0].style.name == "Title"
    assert b"IssuingUnit" not in parts(docx)["word/styles.xml"]


def test_a_workbook_names_number_and_unit_in_its_notes(county: County) -> None:
    rows = list(load_workbook(io.BytesIO(made(county, NUMBERED, "xlsx"))).worksheets[-1].values)
    assert [row[1] for row in rows if row[0] in ("文号", "单位")] == [
        "万社工〔2024〕3号",
        "中共手画县委社会工作部",
    ]


def test_a_number_that_the_typeface_lacks_is_refused(county: County) -> None:
    with pytest.raises(GlyphError, match="字体里没有"):
        report_plan({**NUMBERED, "number": "🐟〔2024〕3号"}, county, OPERATOR)


def words_on_first_page(body: bytes) -> list[str]:
    """Lines of the first page."""
    document = pypdfium2.PdfDocument(body)
    try:
        return str(document[0].get_textpage().get_text_bounded()).split("\r\n")
    finally:
        document.close()
