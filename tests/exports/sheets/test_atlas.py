"""Atlases: which pages, their numbers and names, an index that is right, failed pages that leave the others alone."""

import io
import multiprocessing
import shutil
import time
import zipfile
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import parse_qsl

import pypdfium2
import pytest

from exports.kept import kept_exports
from exports.sheets.atlas import AtlasPage, AtlasPlan, atlas_pages, atlas_plan, work
from exports.sheets.atlas.helpers import LOST, Helpers
from exports.sheets.atlas.making import Atlas, make_atlas
from exports.sheets.atlas.pages import file_name, file_names, page_plan
from exports.sheets.writers import to_pdf
from geo.errors import ArgumentError, GlyphError, TitleError, UnknownAreaError
from layers.catalog import Catalog
from layers.county import County, open_county
from layers.disclosure import Viewer
from layers.editions import Store
from layers.jobs import Job
from tests import county as hand_drawn
from tests.county import HOSTILE, SLIVER, village_code
from tests.disputes import build, put
from webmap.cli import main
from webmap.jobs.kinds import KINDS
from webmap.settings import load_settings

PATIENCE_S = 60
TODAY = date(2026, 11, 23)
PLANNER = Viewer("planner", "140822")
WORDS = {"theme": "overview", "atlas": "village", "code": "140822100", "layers": "villages"}
BROKEN = village_code(7)
"""A village of the western township that has no shape."""


@pytest.fixture(scope="module")
def atlas_home(tmp_path_factory: pytest.TempPathFactory, catalog: Catalog) -> Path:
    store = build(tmp_path_factory.mktemp("atlas") / "home", catalog, demo=True)
    villages = hand_drawn.villages()
    villages.loc[villages["code"] == BROKEN, "geometry"] = None
    put(store, "villages", villages, demo=True)
    return store.home


@pytest.fixture(scope="module")
def county(atlas_home: Path) -> County:
    return open_county(load_settings(home=atlas_home).of_county())


def plan(county: County, **words: str) -> AtlasPlan:
    return atlas_plan({**WORDS, **words}, county)


def made(county: County, of: AtlasPlan, viewer: Viewer = PLANNER) -> Atlas:
    atlas = make_atlas(county, viewer, of, made_on=TODAY, heard=lambda _share: False)
    assert atlas is not None
    return atlas


def texts(pdf: bytes) -> list[str]:
    """What can be read on each page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


# ---- which pages ----


def test_pages_come_in_the_order_of_their_codes(county: County) -> None:
    pages = atlas_pages(county, plan(county))
    assert [(page.number, page.of, page.name) for page in pages] == [
        (1, 3, "1号村"),
        (2, 3, "4号村"),
        (3, 3, "7号村"),
    ]
    whole = atlas_pages(county, plan(county, atlas="township", code=""))
    assert [page.name for page in whole] == list(hand_drawn.TOWNSHIPS.values())


def test_chosen_pages_keep_their_numbers(county: County) -> None:
    pages = atlas_pages(county, plan(county, only=f"{village_code(7)},{village_code(4)}"))
    assert [(page.number, page.of) for page in pages] == [(2, 3), (3, 3)]


def test_every_page_is_that_of_the_same_plan(county: County) -> None:
    atlas = plan(county, layers="villages,party-service-centres", title="图", scale="5000")
    page = page_plan(atlas, atlas_pages(county, atlas)[1])
    assert (page.code, page.layers, page.scale, page.title) == (
        village_code(4), ("villages", "party-service-centres"), None, "",
    )  # fmt: skip


def test_the_key_reads_back(county: County) -> None:
    atlas = plan(county, only=village_code(4), format="zip", name="{code}")
    assert atlas_plan(dict(parse_qsl(atlas.key)), county) == atlas


@pytest.mark.parametrize(
    ("words", "error", "said"),
    [
        ({"atlas": "house"}, ArgumentError, "house"),
        ({"atlas": "township"}, None, ""),
        ({"atlas": "township", "code": village_code(1)}, ArgumentError, "没有乡镇可以分幅"),
        ({"only": "140822999001"}, UnknownAreaError, "140822999001"),
        ({"format": "docx"}, ArgumentError, "docx"),
        ({"name": "{secret}"}, ArgumentError, "{secret}"),
        ({"name": "{name.__class__}"}, ArgumentError, "不对"),
        ({"name": "{name!r}"}, ArgumentError, "{name}"),
        ({"name": "{number:>99999}"}, ArgumentError, "{number}"),
        ({"name": "{"}, ArgumentError, "不对"),
        ({"name": "  "}, ArgumentError, "太短"),
        ({"name": "长" * 81}, ArgumentError, "太长"),
    ],
)
def test_what_cannot_be_says_why(
    county: County, words: dict[str, str], error: type[Exception] | None, said: str
) -> None:
    if error is None:
        assert len(atlas_pages(county, plan(county, **words))) == 1
        return
    with pytest.raises(error, match=said):
        atlas_pages(county, plan(county, **words))


# ---- names of files ----


@pytest.mark.parametrize(
    ("expression", "name"),
    [
        ("{number:02d}-{name}", "06-荣河镇"),
        ("{title}_{code}_{date}", "总览图册_140822103_2026-11-23"),
        ("{number}", "6"),
        ("图/{name}:*", "图_荣河镇__"),
        ("..{name}..", "荣河镇"),
        ("{{{name}}}", "{荣河镇}"),
    ],
)
def test_names_of_files(expression: str, name: str) -> None:
    page = AtlasPage(6, 14, "140822103", "荣河镇")
    assert file_name(expression, page, title="总览图册", made_on=TODAY) == name


def test_a_name_of_a_village_is_no_path(county: County) -> None:
    page = AtlasPage(1, 1, SLIVER, "../../" + HOSTILE)
    name = file_name("{name}", page, title="", made_on=TODAY)
    assert not set('/\\:*?"<>|') & set(name)
    assert Path(name).name == name


def test_two_pages_with_one_name_are_refused(county: County) -> None:
    atlas = replace(plan(county), name="{title}")
    with pytest.raises(ArgumentError, match="让几幅都叫"):
        file_names(atlas, atlas_pages(county, atlas), title="图", made_on=TODAY)


# ---- drawing ----


def test_the_index_leads_to_the_pages(county: County) -> None:
    pages = texts(made(county, plan(county, atlas="township", code="")).body())
    assert len(pages) == 1 + len(hand_drawn.TOWNSHIPS)
    assert "手画县基层治理总览图册" in pages[0]
    for number, (code, name) in enumerate(hand_drawn.TOWNSHIPS.items(), start=1):
        assert name in pages[0]
        assert code in pages[0]
        assert name in pages[number]
        assert f"第 {number} 幅 / 共 3 幅" in pages[number]
    assert "演示数据" in pages[0]


@pytest.mark.parametrize(
    ("words", "title"),
    [
        (
            {"theme": "coverage", "services": "party-service-centres"},
            "手画县党群服务中心覆盖图册：人口，2,000 米，绕行系数 1.3",
        ),
        ({"theme": "disputes"}, "手画县矛盾纠纷发生率分布图册"),
        ({"theme": "disputes", "show": "spots"}, "手画县矛盾纠纷热点图册"),
        ({"theme": "industry"}, "手画县产业分布图册"),
        ({"theme": "industry", "code": "140822100"}, "手画县西镇产业分布图册"),
    ],
)
def test_an_atlas_is_called_by_what_its_pages_show(
    drawn_county: County, words: dict[str, str], title: str
) -> None:
    atlas = made(
        drawn_county, plan(drawn_county, **{"atlas": "township", "code": "", "only": "140822100"} | words)
    )
    assert atlas.title == title
    assert atlas.index[0].about["keywords"][1:] == ["内部用图", "演示数据"]


def test_an_atlas_has_the_title_that_was_asked_for(county: County) -> None:
    """On its index and in the names of files; each page keeps one of its own."""
    atlas = made(county, plan(county, atlas="township", code="", title="网格长手册", name="{number}-{title}"))
    assert atlas.title == atlas.index[0].about["title"] == "网格长手册"
    assert atlas.names[0] == "1-网格长手册"
    assert all("手画县" in sheet.title for sheet in atlas.sheets.values())
    assert "title=" in atlas.plan.key


@pytest.mark.parametrize(("title", "error"), [("图" * 80, TitleError), ("图😀", GlyphError)])
def test_a_title_that_cannot_be_printed_is_refused_before_the_work(
    county: County, title: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        make_atlas(
            county,
            PLANNER,
            plan(county, title=title),
            made_on=TODAY,
            heard=lambda share: pytest.fail("drawn"),
        )


def test_numbers_on_the_index_lie_in_their_areas(county: County) -> None:
    atlas = made(county, plan(county, atlas="township", code=""))
    middle = {
        words.of: words.x
        for page in atlas.index
        for words in page.words()
        if words.kind == "index" and words.of
    }
    assert [code for code, _ in sorted(middle.items(), key=lambda item: item[1])] == list(
        hand_drawn.TOWNSHIPS
    )


def test_a_page_without_what_was_asked_for_is_still_a_page(county: County) -> None:
    """A village without any centre is missed when its page is left out; its note says so."""
    atlas = made(county, plan(county, layers="villages,party-service-centres", only=village_code(4)))
    (sheet,) = atlas.sheets.values()
    assert "这个范围内没有：党群服务中心" in sheet.notes


def test_a_failed_page_names_itself_and_the_others_are_kept(county: County) -> None:
    atlas = made(county, plan(county))
    assert [page.name for page in atlas.sheets] == ["1号村", "4号村"]
    (failure,) = atlas.failures
    assert (failure.page.code, "界线" in str(failure.error)) == (BROKEN, True)
    index, *pages = texts(atlas.body())
    assert len(pages) == 2
    assert "没有画出" in index
    assert atlas.making().notes == (f"7号村：{failure.error}",)


def test_a_fault_in_one_page_leaves_the_others(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    from exports.sheets.atlas import task

    right = task.draw

    def _faulty(county: County, viewer: Viewer, plan: object, **more: object) -> object:
        if plan.code == village_code(4):  # type: ignore[attr-defined]
            raise ZeroDivisionError
        return right(county, viewer, plan, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(task, "draw", _faulty)
    atlas = made(county, plan(county))
    assert [page.name for page in atlas.sheets] == ["1号村"]
    assert str(atlas.failures[0].error) == task.FAULT


def test_no_page_at_all_is_an_error(county: County) -> None:
    with pytest.raises(UnknownAreaError, match="界线"):
        made(county, plan(county, only=BROKEN))


def test_whoever_listens_may_stop_it(county: County) -> None:
    told: list[float] = []

    def _enough(share: float) -> bool:
        told.append(share)
        return len(told) == 2

    assert make_atlas(county, PLANNER, plan(county), made_on=TODAY, heard=_enough) is None
    assert told == pytest.approx([0.3, 0.6])


def test_a_zip_has_a_file_for_each(county: County) -> None:
    body = made(county, plan(county, format="zip", name="{number:02d} {name}")).body()
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        assert packed.namelist() == ["00-索引.pdf", "01 1号村.pdf", "02 4号村.pdf"]
        assert all(packed.read(name).startswith(b"%PDF") for name in packed.namelist())


def test_the_same_atlas_has_the_same_bytes(county: County) -> None:
    first, second = made(county, plan(county)), made(county, plan(county))
    assert first.fingerprint == second.fingerprint
    assert first.body() == second.body()
    assert made(county, plan(county, layers="villages,grids")).fingerprint != first.fingerprint


def test_a_public_index_has_no_lines_that_are_not_allowed(county: County) -> None:
    public = plan(county, atlas="township", code="", handling="public", review_number="测S（2026）001号")
    atlas = made(county, public)
    shapes = [mark for mark in atlas.index[0].marks if getattr(mark, "name", "") == "index.area"]
    assert len(shapes) == 1, "no township by itself"
    assert shapes[0].stroke is None  # type: ignore[union-attr]
    assert "测S（2026）001号" in texts(atlas.body())[0]


def test_a_long_index_goes_on(county: County) -> None:
    from exports.sheets.atlas.index import Entry, Title, index_pages

    entries = [Entry(AtlasPage(n, 300, f"14082210000{n}", f"{n}号"), 10_000) for n in range(1, 301)]
    pages = index_pages(county, PLANNER, plan(county), entries, Title("图册", "7c3e-91ab", TODAY, demo=True))
    assert len(pages) > 1
    listed = [words.of for page in pages for words in page.words() if words.kind == "list" and words.of]
    assert set(listed) == {entry.page.code for entry in entries}
    assert len(listed) == 3 * len(entries)
    bottom = max(words.y for page in pages for words in page.words() if words.kind == "list")
    assert bottom < pages[0].height - 20
    last = next(words.text for words in reversed(pages[-1].words()) if words.kind == "list")
    assert last == str(len(pages) + 300)


# ---- in other processes, as a command, as a job ----


def helped(county: County, tasks: list[work.Task], helpers: Helpers) -> dict[AtlasPage, object]:
    """Pages that helpers draw when nobody else does."""
    waiting, found = deque(tasks), {}
    until = time.monotonic() + PATIENCE_S
    while len(found) < len(tasks):
        assert time.monotonic() < until, "the helpers did not get ready"
        helpers.feed(waiting)
        found |= dict(helpers.collect(wait=False))
        time.sleep(0.02)
    return found


def test_helpers_draw_the_same_pages(county: County) -> None:
    of = plan(county)
    tasks = [work.Task(PLANNER, of, page, TODAY) for page in atlas_pages(county, of)]
    with Helpers(county.settings, None, tasks[0], count=1) as helpers:
        found = helped(county, tasks, helpers)
        helpers.feed(deque(tasks[:1]))
        assert helpers.busy
        for helper in helpers._all:
            helper.process.kill()
        ((page, lost),) = helpers.collect(wait=True)
    assert (page, str(lost.error)) == (tasks[0].page, LOST)  # type: ignore[union-attr]
    for task in tasks[:2]:
        there, here = found[task.page], work.drawn(county, task)
        assert to_pdf([there.page]) == to_pdf([here.page])  # type: ignore[union-attr, attr-defined]
    assert isinstance(found[tasks[2].page], work.Failure)
    assert multiprocessing.active_children() == []


def test_a_long_atlas_has_helpers_and_a_short_one_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work.os, "cpu_count", lambda: 2)
    assert [work._helpers(pages) for pages in (14, 213)] == [0, 1]
    monkeypatch.setattr(work.os, "cpu_count", lambda: 64)
    assert work._helpers(213) == work.MOST_HELPERS


def test_an_atlas_does_not_wait_for_helpers(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "WORTH", 1)
    monkeypatch.setattr(work.os, "cpu_count", lambda: 2)
    atlas = made(county, plan(county))
    assert len(atlas.sheets) == 2
    assert multiprocessing.active_children() == []


def test_the_command_writes_what_it_can(
    atlas_home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("GOVMAP_HOME", str(atlas_home))
    out = tmp_path / "pages"
    words = ["--by", "village", "--area", "140822100", "--set", "layers=villages"]
    assert main(["atlas", "overview", *words, "--out", str(out)]) == 1
    assert sorted(file.name for file in out.iterdir()) == ["00-索引.pdf", "01-1号村.pdf", "02-4号村.pdf"]
    assert "没有画出：7号村" in capsys.readouterr().out
    file = tmp_path / "atlas.pdf"
    assert main(["atlas", "overview", "--by", "township", "--only", "140822100", "--out", str(file)]) == 0
    assert len(texts(file.read_bytes())) == 2


@pytest.mark.parametrize(
    ("out", "more", "said"),
    [
        ("no/atlas.pdf", (), "不存在"),
        ("atlas.docx", (), "应是 .pdf"),
        ("taken", (), "同名文件"),
        ("folder.pdf", (), "是一个文件夹"),
        ("atlas.pdf", ("--name", "{nope}"), "{nope}"),
        ("atlas.pdf", ("--only", "1"), "没有代码为 1"),
        ("atlas.pdf", ("--set", "paper=A3"), "不能另设 paper"),
    ],
)
def test_the_command_refuses_before_any_work(
    atlas_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    out: str, more: tuple[str, ...], said: str,
) -> None:  # fmt: skip
    monkeypatch.setenv("GOVMAP_HOME", str(atlas_home))
    (tmp_path / "taken").write_text("x")
    (tmp_path / "folder.pdf").mkdir()
    assert main(["atlas", "overview", "--by", "township", *more, "--out", str(tmp_path / out)]) == 2
    assert said in capsys.readouterr().err


class Listener:
    """Stands for the report of a job."""

    def __init__(self, *, stop: bool = False) -> None:
        self.stop = stop
        self.shares: list[float] = []

    def __call__(self, share: float, _message: str = "", _best: object = None) -> None:
        self.shares.append(share)

    def cancelled(self) -> bool:
        return self.stop


def job(**plan: str) -> Job:
    return Job(
        id="1", kind="atlas", plan=plan, role="planner", scope="140822", state="running", done=0, message="", best=None,
        result=None, error=None, ahead=0, wait_s=None, lane="long", who="", touched_at=0,
    )  # fmt: skip


Work = Callable[[County, Job, Listener], dict[str, object]]
WORK: Work = KINDS["atlas"].work  # type: ignore[assignment]


def test_a_job_keeps_the_atlas_and_lists_what_failed(county: County) -> None:
    heard = Listener()
    result = WORK(county, job(**WORDS, who=PLANNER.key), heard)
    export = county.beside(kept_exports).get(str(result["export"]), PLANNER.key)
    assert (result["pages"], result["size"]) == (3, export.size)
    assert [(one["page"], one["name"]) for one in result["failed"]] == [(BROKEN, "7号村")]  # type: ignore[attr-defined]
    assert heard.shares == pytest.approx([0.3, 0.6, 0.9])
    assert export.making.kind == "atlas"
    again = WORK(county, job(again=export.token, who=PLANNER.key, data="then"), Listener())
    assert (again["same"], again["export"], again["changed"]) == (True, export.token, [])


def test_a_cancelled_job_leaves_nothing(county: County) -> None:
    before = county.beside(kept_exports).of(PLANNER.key)
    assert WORK(county, job(**WORDS, who=PLANNER.key), Listener(stop=True)) == {}
    assert county.beside(kept_exports).of(PLANNER.key) == before


def test_an_atlas_of_an_earlier_day(atlas_home: Path, tmp_path: Path, catalog: Catalog) -> None:
    home = shutil.copytree(atlas_home, tmp_path / "home")
    county = open_county(load_settings(home=home).of_county())
    first = WORK(county, job(**WORDS, who=PLANNER.key), Listener())
    put(Store(home, catalog), "villages", hand_drawn.villages(), demo=True)
    now = WORK(county, job(again=str(first["export"]), who=PLANNER.key, data="now"), Listener())
    assert (now["same"], now["changed"], now["failed"]) == (False, ["villages"], [])
    then = WORK(county, job(again=str(first["export"]), who=PLANNER.key, data="then"), Listener())
    assert (then["same"], then["export"]) == (True, first["export"])
