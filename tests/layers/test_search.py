"""Spellings of names, and what a search finds first."""

from dataclasses import replace
from pathlib import Path

import pytest

from layers.catalog import Catalog
from layers.disclosure import PUBLIC, Door, Viewer
from layers.editions import Store
from layers.language.order import name_key
from layers.search import Search
from layers.search.matching import Wanted
from layers.search.places import Asked
from layers.search.spelling import MAX_READINGS, bare, spellings
from tests import county
from tests.county import COUNTY, village_code
from tests.disputes import build, put

NAMES = ["荣河镇", "解店镇", "长乐村", "重行村", "西村", "后土社区", "五一社区", "A1号村", "村"]


@pytest.fixture
def search(tmp_path: Path, catalog: Catalog) -> Search:
    """The hand-drawn county with villages that have names worth spelling."""
    store = Store(tmp_path, catalog)
    store.create()
    villages = county.villages().head(len(NAMES))
    villages["name"] = NAMES
    put(store, "townships", county.townships())
    put(store, "villages", villages)
    put(store, "grids", county.grids())
    put(store, "party-service-centres", county.centres())
    return Search(Door(store, catalog, COUNTY))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ronghe", "荣河镇"),
        ("rhz", "荣河镇"),
        ("jiedian", "解店镇"),
        ("xiedian", "解店镇"),
        ("xdz", "解店镇"),
        ("changle", "长乐村"),
        ("zhangyue", "长乐村"),
        ("chonghang", "重行村"),
        ("cxc", "重行村"),
        ("zhongxingcun", "重行村"),
        ("hts", "后土社区"),
        ("tushequ", "后土社区"),
        ("a1haocun", "A1号村"),
        ("A1", "A1号村"),
        ("土社", "后土社区"),
    ],
)
def test_every_reading_finds_the_name(search: Search, text: str, name: str) -> None:
    assert name in [hit.entry.name for hit in search.find(text, PUBLIC)][:2]


def test_an_exact_name_stands_before_a_longer_one(search: Search) -> None:
    hits = search.find("西", PUBLIC)
    assert [hit.entry.name for hit in hits[:2]] == ["西镇", "西村"]
    assert hits[0].rank == 0


def test_a_syllable_is_matched_from_its_beginning(search: Search) -> None:
    assert "荣河镇" not in [hit.entry.name for hit in search.find("onghe", PUBLIC)]
    assert search.find("zzzz", PUBLIC) == []


def test_the_match_is_in_characters_of_the_name(search: Search) -> None:
    (hit,) = [hit for hit in search.find("tus", PUBLIC) if hit.entry.name == "后土社区"]
    assert (hit.match, hit.by, hit.matched) == ((1, 3), "pinyin", "tushe")


def test_codes_are_found_by_their_beginning(search: Search) -> None:
    hits = search.find(village_code(1), PUBLIC)
    assert [hit.entry.layer for hit in hits] == ["villages", "grids", "grids"]
    assert hits[0].rank == 0


def test_names_that_a_viewer_may_not_see_are_not_found(tmp_path: Path, catalog: Catalog) -> None:
    store = build(tmp_path / "home", catalog, demo=True)
    search = Search(Door(store, catalog, COUNTY))
    wanted = "内部的话"
    assert search.find(wanted, PUBLIC) == []
    assert search.find(wanted, Viewer("planner", COUNTY)) == []
    assert len(search.find(wanted, Viewer("mediator", COUNTY))) == 10
    own = search.find("D0", Viewer("grid_worker", f"{village_code(7)}001"))
    assert {hit.entry.area for hit in own} <= {f"{village_code(7)}001"}


def test_spellings_are_few_and_the_ends_of_names_known() -> None:
    full, initials = spellings("长长长长长")
    assert len(full) <= MAX_READINGS
    assert len(initials) <= MAX_READINGS
    assert [bare(name) for name in ("荣河镇", "后土社区", "村", "西村委会")] == ["荣河", "后土", "村", "西"]


def test_characters_without_a_reading_stand_for_themselves() -> None:
    full, _ = spellings("<村>😀ｚ")
    assert full[0].text == "<cun>😀ｚ"


@pytest.mark.parametrize(
    ("text", "layer", "name"),
    [
        ("中镇 西村", "villages", "西村"),
        ("中镇西村", "villages", "西村"),
        ("解店　镇", "villages", "解店镇"),
        ("xi cun", "villages", "西村"),
        ("西村委会", "villages", "西村"),
        ("西镇 党群", "party-service-centres", None),
        ("ＪＩＥＤＩＡＮ", "villages", "解店镇"),
        ("１４０８２２１００００１", "villages", "荣河镇"),
        ("榮河鎮", "villages", "荣河镇"),
        ("中镇，西村", "villages", "西村"),
        ("中镇/西村", "villages", "西村"),
        ("Róng'hé zhèn", "villages", "荣河镇"),
    ],
)
def test_every_word_is_found_in_name_place_or_kind(
    search: Search, text: str, layer: str, name: str | None
) -> None:
    hit = search.find(text, PUBLIC)[0]
    assert (hit.entry.layer, name or hit.entry.name) == (layer, hit.entry.name)


def test_a_word_that_is_nowhere_finds_nothing(search: Search) -> None:
    assert search.find("中镇 西村 没有", PUBLIC) == []


def test_names_that_answer_alike_stand_in_their_order(search: Search) -> None:
    grids = [hit.entry.name for hit in search.find("网格", PUBLIC)]
    assert grids == sorted(grids, key=lambda name: (len(name), name_key(name)))


def test_more_than_are_shown_are_counted(search: Search) -> None:
    shown, total = search.count("网格", PUBLIC)
    assert len(shown) == 10 < total
    assert search.count("西村", PUBLIC)[1] == len(search.find("西村", PUBLIC))
    assert search.count(" ，", PUBLIC) == ([], 0)


def test_what_is_of_the_kind_comes_before_what_has_the_word_in_its_name(search: Search) -> None:
    entry = next(search._entries(PUBLIC))
    hall, centre = (
        replace(entry, name="1号村议事厅", lower="1号村议事厅"),
        replace(entry, name="1号村议事中心站", lower="1号村议事中心站"),
    )
    centre = replace(centre, kinds=("议事中心",))
    hits = {one.name: Wanted(["议事", "1号"], Asked(search._places())).hit(one) for one in (hall, centre)}
    assert [hit and (hit.rank, hit.kinds) for hit in hits.values()] == [(1, 0), (1, 1)]
