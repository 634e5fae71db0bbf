"""Exports are kept whole or not at all, seen by who made them, bounded, and made again from the editions of their day."""

import errno
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from exports import kept
from exports.kept import Exports, Making
from geo.errors import ArgumentError, DiskFullError, StoreError, UnknownEditionError, UnknownExportError
from layers.county import open_county
from layers.database import Database
from layers.editions import Edition, Store
from layers.editions.past import Past
from tests import county as hand_drawn
from tests.postgres import BOTH, url_of
from webmap.settings import load_settings

WHO = "planner.140822"
MAKING = Making(
    kind="sheet", format="pdf", title="万荣县总览图", query="theme=overview&paper=A4", fingerprint="7c3e91ab",
    editions={"villages": "20261123-1a2b3c4d"}, made_on=date(2026, 11, 23), notes=("1 个村名没有注出",),
)  # fmt: skip


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str | None:
    return url_of(request)


@pytest.fixture
def exports(store: Store) -> Exports:
    return Exports(store.database)


def files(home: Path) -> set[str]:
    """Names under the folder."""
    return {file.name for file in (home / "exports").iterdir()}


def test_what_is_kept_comes_back_whole(exports: Exports, home: Path) -> None:
    made = exports.keep(WHO, MAKING, b"%PDF-1.7")
    found = exports.get(made.token, WHO)
    assert found == made
    assert found.making == MAKING
    assert (found.size, found.there, exports.body(found)) == (8, True, b"%PDF-1.7")
    assert files(home) == {f"{made.token}.pdf"}


def test_the_newest_stands_first(exports: Exports) -> None:
    tokens = [exports.keep(WHO, replace(MAKING, title=str(n)), b"%d" % n).token for n in range(3)]
    assert [export.token for export in exports.of(WHO)] == tokens[::-1]


def test_the_same_again_renews_its_record(exports: Exports, home: Path) -> None:
    first = exports.keep(WHO, MAKING, b"same")
    exports.keep(WHO, MAKING, b"other")
    again = exports.keep(WHO, MAKING, b"same")
    assert again.token == first.token
    assert [exports.body(export) for export in exports.of(WHO)] == [b"same", b"other"]
    assert len(files(home)) == 2


def test_another_viewer_sees_nothing(exports: Exports) -> None:
    made = exports.keep(WHO, MAKING, b"x")
    for other in ("public", "planner", "grid_worker.140822100001001", "planner.14082"):
        assert exports.of(other) == ()
        with pytest.raises(UnknownExportError):
            exports.get(made.token, other)
        with pytest.raises(UnknownExportError):
            exports.delete(made.token, other)
    assert exports.body(made) == b"x"


def test_a_picture_lies_beside_the_file_and_goes_with_it(exports: Exports, home: Path) -> None:
    made, bare = exports.keep(WHO, MAKING, b"x", b"\x89PNG"), exports.keep(WHO, MAKING, b"y")
    assert exports.picture(made) == b"\x89PNG"
    assert exports.pictured([made, bare]) == {made.token}
    with pytest.raises(UnknownExportError, match="没有缩略图"):
        exports.picture(bare)
    exports.delete(made.token, WHO)
    assert files(home) == {bare.file}


def test_a_picture_is_swept_with_its_file(
    exports: Exports, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "MOST_FILES", 1)
    exports.keep(WHO, MAKING, b"old", b"old picture")
    new = exports.keep(WHO, MAKING, b"new", b"new picture")
    assert files(home) == {new.file, new.picture}


def test_deleting_removes_file_and_record(exports: Exports, home: Path) -> None:
    made = exports.keep(WHO, MAKING, b"x")
    exports.delete(made.token, WHO)
    assert (exports.of(WHO), files(home)) == ((), set())
    with pytest.raises(UnknownExportError):
        exports.get(made.token, WHO)


@pytest.mark.parametrize("token", ["", "0" * 32, "../../govmap", "%", "' OR 1=1 --"])
def test_a_token_that_is_none_finds_nothing(exports: Exports, token: str) -> None:
    exports.keep(WHO, MAKING, b"x")
    with pytest.raises(UnknownExportError):
        exports.get(token, WHO)


def test_the_home_may_be_moved(exports: Exports, home: Path, database_url: str | None) -> None:
    made = exports.keep(WHO, MAKING, b"x")
    moved = Database(shutil.copytree(home, home.parent / "moved"), database_url)
    assert Exports(moved).body(Exports(moved).get(made.token, WHO)) == b"x"
    moved.close()
    if database_url is None:
        assert str(home).encode() not in moved.place.file.read_bytes()


def test_old_files_give_way_and_old_records_stay(
    exports: Exports, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "MOST_FILES", 2)
    monkeypatch.setattr(kept, "MOST_RECORDS", 3)
    for n in range(4):
        exports.keep(f"grid_worker.14082210000100{n % 2}", replace(MAKING, title=str(n)), b"%d" % n)
    exports.keep(WHO, MAKING, b"another role")
    mine = [*exports.of("grid_worker.140822100001001"), *exports.of("grid_worker.140822100001000")]
    assert [(export.making.title, export.there) for export in mine] == [
        ("3", True),
        ("1", False),
        ("2", True),
    ]
    assert len(files(home)) == 3
    with pytest.raises(UnknownExportError, match="已清理"):
        exports.body(mine[1])
    renewed = exports.keep(mine[1].who, mine[1].making, b"1")
    assert renewed.token == mine[1].token
    assert exports.body(renewed) == b"1"


def test_a_full_disk_leaves_nothing(exports: Exports, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def _full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    exports.keep(WHO, MAKING, b"before")
    monkeypatch.setattr(kept.os, "fsync", _full)
    with pytest.raises(DiskFullError, match="硬盘没有空间"):
        exports.keep(WHO, MAKING, b"x")
    assert len(files(home)) == len(exports.of(WHO)) == 1


def test_a_full_database_leaves_nothing(
    exports: Exports, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exports.keep(WHO, MAKING, b"before")

    def _full(*_: object) -> None:
        raise DiskFullError("硬盘没有空间了，没有存下。腾出空间后再试。")

    monkeypatch.setattr(Exports, "_record", _full)
    with pytest.raises(DiskFullError):
        exports.keep(WHO, MAKING, b"x")
    assert len(files(home)) == len(exports.of(WHO)) == 1


def test_what_a_dead_process_left_is_swept(
    exports: Exports, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exports.keep(WHO, MAKING, b"x")
    (home / "exports" / f"{'0' * 32}.part").write_bytes(b"half")
    (home / "exports" / f"{'1' * 32}.pdf").write_bytes(b"no record")
    exports.keep(WHO, MAKING, b"y")
    assert len(files(home)) == 4, "somebody may be writing them now"
    monkeypatch.setattr(kept, "LEFT_OVER_S", -1.0)
    exports.keep(WHO, MAKING, b"z")
    assert files(home) == {export.file for export in exports.of(WHO)}


def test_a_damaged_file_is_not_given_out(exports: Exports, home: Path) -> None:
    made = exports.keep(WHO, MAKING, b"x")
    (home / "exports" / made.file).write_bytes(b"y")
    with pytest.raises(StoreError, match="已损坏"):
        exports.body(made)


def test_only_known_kinds_of_file(exports: Exports) -> None:
    with pytest.raises(ArgumentError, match="没有格式 exe"):
        exports.keep(WHO, replace(MAKING, format="exe"), b"MZ")


def test_the_house_as_of_an_earlier_day(county_store: Store, publish: Callable[..., Edition]) -> None:
    county = open_county(load_settings(home=county_store.home).of_county())
    before = county_store.current("villages")
    assert before is not None
    publish("villages", hand_drawn.villages().iloc[:3])
    then = county.as_of({"villages": before.id})
    assert (len(county.store.read("villages")), len(then.store.read("villages"))) == (3, 10)
    assert then.store.current("villages") == before
    assert then.store.current("townships") == county.store.current("townships")
    assert then.store.current("parks") is None
    assert len(then.store.read("villages", county.store.currents()["villages"].id)) == 3


def test_editions_that_are_gone_are_named(county_store: Store) -> None:
    with pytest.raises(UnknownEditionError, match="20200101-00000000"):
        Past(county_store, {"villages": "20200101-00000000"})
    edition = county_store.currents()["villages"]
    (county_store.home / "editions" / "villages" / f"{edition.id}.parquet").unlink()
    with pytest.raises(StoreError, match="已经没有了"):
        Past(county_store, {"villages": edition.id})


def test_a_file_is_called_demonstration_in_the_language_of_the_sheet() -> None:
    names = [
        replace(MAKING, title="T", fingerprint="1-2", demo=True, query=query).file_name
        for query in ("", "lang=en")
    ]
    assert names == ["T_演示数据_1-2", "T_Demo data_1-2"]
    assert replace(MAKING, title="T", fingerprint="1-2", demo=False).file_name == "T_1-2"
