"""Editions: publication is atomic, repeatable and can be undone."""

import json
import shutil
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from geo.errors import CrsMissingError, DataError, StoreError, UnknownEditionError, UnknownLayerError
from layers.catalog import Catalog
from layers.database import Database
from layers.editions import Edition, Store
from layers.editions.writing import sha256_of
from tests import county
from tests.postgres import BOTH, url_of


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str | None:
    return url_of(request)


def test_published_rows_come_back_as_declared(county_store: Store, catalog: Catalog) -> None:
    rows = county_store.read("villages")
    assert list(rows.columns) == [field.name for field in catalog.layer("villages").fields] + ["geometry"]
    assert rows.crs == "EPSG:4490"
    assert rows["population"].sum() == 4500
    assert str(rows["population"].dtype) == "Int64"
    assert rows["name"].iloc[8] == county.HOSTILE


def test_manifest_says_what_was_published(county_store: Store, home: Path) -> None:
    edition = county_store.current("villages")
    assert edition is not None
    file = home / "editions" / "villages" / f"{edition.id}.parquet"
    assert (edition.rows, edition.crs, edition.source) == (10, "EPSG:4490", "手画")
    assert edition.sha256 == sha256_of(file)
    assert edition.bounds == pytest.approx(tuple(county.villages().total_bounds))
    assert json.loads(file.with_suffix(".json").read_text("utf-8"))["id"] == edition.id
    assert edition.id[:8].isdigit()
    assert edition.id[8] == "-"


def test_same_content_is_one_edition(county_store: Store, publish: Callable[..., Edition]) -> None:
    before = county_store.current("villages")
    assert publish("villages", county.villages()) == before
    assert county_store.history("villages") == [before]


def test_rollback_restores_the_rows(county_store: Store, publish: Callable[..., Edition]) -> None:
    first = county_store.current("villages")
    assert first is not None
    second = publish("villages", county.villages().iloc[:3])
    assert len(county_store.read("villages")) == 3
    assert [edition.id for edition in county_store.history("villages")] == [second.id, first.id]
    county_store.rollback("villages", first.id)
    assert len(county_store.read("villages")) == 10
    assert len(county_store.read("villages", second.id)) == 3


def test_rollback_refuses_unknown_and_damaged_editions(
    county_store: Store, publish: Callable[..., Edition], home: Path
) -> None:
    first = county_store.current("villages")
    assert first is not None
    publish("villages", county.villages().iloc[:3])
    with pytest.raises(UnknownEditionError, match="20200101-00000000"):
        county_store.rollback("villages", "20200101-00000000")
    (home / "editions" / "villages" / f"{first.id}.parquet").write_bytes(b"PAR1")
    with pytest.raises(StoreError, match="损坏"):
        county_store.rollback("villages", first.id)


def test_unknown_layer_and_empty_layer_are_named(store: Store) -> None:
    with pytest.raises(UnknownLayerError, match="vilages"):
        store.read("vilages")
    with pytest.raises(UnknownEditionError, match="还没有数据"):
        store.read("villages")
    assert store.current("villages") is None


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda rows: rows.assign(code="140822100001"), "不止一行"),
        (lambda rows: rows.assign(code=None), "没有编号"),
        (lambda rows: rows.assign(colour="red"), "没有声明这些列：colour"),
        (lambda rows: rows.drop(columns="name"), "缺少列：name"),
        (lambda rows: rows.assign(population="许多"), "population 应为 integer"),
    ],
)
def test_tables_that_break_the_declaration_are_refused(
    store: Store, publish: Callable[..., Edition], change: Callable, message: str
) -> None:
    with pytest.raises(DataError, match=message):
        publish("villages", change(county.villages()))
    assert store.current("villages") is None


def test_geometry_without_crs_is_refused(publish: Callable[..., Edition]) -> None:
    with pytest.raises(CrsMissingError):
        publish("villages", county.villages().set_crs(None, allow_override=True))


def test_orphans_of_a_crash_are_swept_at_the_next_publication(
    county_store: Store, publish: Callable[..., Edition], home: Path
) -> None:
    folder = home / "editions" / "villages"
    for name in ("rows.part", "20260101-deadbeef.parquet", "20260101-deadbeef.json"):
        (folder / name).write_bytes(b"half")
    publish("villages", county.villages().iloc[:3])
    kept = {edition.id for edition in county_store.history("villages")}
    assert {file.stem for file in folder.iterdir() if file.name != ".lock"} == kept


def test_another_process_sees_the_flip(
    county_store: Store, publish: Callable[..., Edition], open_store: Callable[[], Store]
) -> None:
    reader = open_store()
    assert len(reader.read("villages")) == 10
    edition = publish("villages", county.villages().iloc[:3])
    assert reader.currents()["villages"].id == edition.id
    assert len(reader.read("villages")) == 3


def test_all_demo_ends_with_the_first_other_edition_for_good(
    store: Store, publish: Callable[..., Edition]
) -> None:
    assert not store.all_demo()
    demo = publish("villages", county.villages(), demo=True)
    assert store.all_demo()
    publish("townships", county.townships(), demo=True)
    assert store.all_demo()
    publish("villages", county.villages().iloc[:3])
    assert not store.all_demo()
    store.rollback("villages", demo.id)
    assert not store.all_demo()


def test_the_store_can_be_moved(
    county_store: Store, home: Path, database_url: str | None, tmp_path: Path
) -> None:
    moved = tmp_path / "elsewhere" / "中文 目录 %20?#"
    shutil.copytree(home, moved)
    shutil.rmtree(home)
    store = Store(moved, county_store.catalog, Database(moved, database_url))
    assert len(store.read("villages")) == 10
    store.database.close()


@pytest.mark.parametrize("step", ["layers.editions.writing._sync", "layers.editions.pointers.Pointers.flip"])
def test_a_publication_that_breaks_off_changes_nothing(
    county_store: Store,
    publish: Callable[..., Edition],
    open_store: Callable[[], Store],
    monkeypatch: pytest.MonkeyPatch,
    step: str,
) -> None:
    before = county_store.current("villages")
    other = open_store()

    def _power_cut(*_arguments: object, **_more: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(step, _power_cut)
        with pytest.raises(KeyboardInterrupt):
            publish("villages", county.villages().iloc[:3])
    assert county_store.current("villages") == before
    assert len(other.read("villages")) == 10
    assert publish("villages", county.villages().iloc[:3]).rows == 3


def test_two_publishers_at_once_take_turns(county_store: Store, open_store: Callable[[], Store]) -> None:
    def _publish(count: int) -> None:
        own = open_store()
        rows = county.villages().iloc[:count]
        own.publish("villages", rows, source="手画", source_sha256="0" * 64, by="test")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(_publish, [1, 2, 3, 4, 5, 6]))
    known = county_store.history("villages")
    assert sorted(edition.rows for edition in known) == [1, 2, 3, 4, 5, 6, 10]
    for edition in known:
        assert len(county_store.read("villages", edition.id)) == edition.rows


def test_any_number_of_threads_may_read_at_once(county_store: Store) -> None:
    together = threading.Barrier(40, timeout=20)
    seen: list[int] = []

    def _read() -> None:
        seen.append(len(county_store.currents()))
        together.wait()

    threads = [threading.Thread(target=_read) for _ in range(together.parties)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [5] * together.parties
