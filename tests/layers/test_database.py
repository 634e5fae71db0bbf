"""The database: what it tells of publications, what it refuses in one line, and what it never shows."""

import os
import re
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from geo.errors import ArgumentError, DataError, DiskFullError, StoreError
from layers.database import Database, engines
from layers.database.tables import workers
from layers.editions import Edition, Store
from layers.scenarios import Scenarios
from tests import county
from tests.disputes import put
from tests.postgres import BOTH, url_of

VILLAGES = "villages"


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str | None:
    return url_of(request)


sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
"""For what only one of them can do."""


# ---- the stamp ----


def test_only_flips_change_the_stamp(store: Store, open_store: Callable[[], Store]) -> None:
    stamps = [store.database.stamp()]
    first = put(store, VILLAGES, county.villages())
    stamps.append(store.database.stamp())
    put(open_store(), VILLAGES, county.villages().iloc[:3])
    stamps.append(store.database.stamp())
    open_store().rollback(VILLAGES, first.id)
    stamps.append(store.database.stamp())
    assert len(set(stamps)) == 4
    Scenarios(store.database).save("方案", "within=600m", editions={}, by="planner")
    with open_store().database.writing() as connection:
        connection.execute(workers.insert().values(name="w", seen_at=1.0))
    assert store.database.stamp() == stamps[-1]


def test_every_thread_hears_of_a_flip(store: Store) -> None:
    with ThreadPoolExecutor(4) as pool:
        barrier = threading.Barrier(4)

        def _stamp() -> object:
            barrier.wait()
            return store.database.stamp()

        def _all() -> set[object]:
            return {future.result() for future in [pool.submit(_stamp) for _ in range(4)]}

        before = _all()
        put(store, VILLAGES, county.villages())
        after = _all()
    assert (len(before), len(after), before & after) == (1, 1, set())


@sqlite
def test_a_file_put_in_its_place_is_seen(store: Store, home: Path, open_store: Callable[[], Store]) -> None:
    put(store, VILLAGES, county.villages())
    with (
        closing(sqlite3.connect(home / "other")) as copy,
        closing(sqlite3.connect(store.database.place.file)) as own,
    ):
        own.backup(copy)
        copy.execute("DELETE FROM currents")
        copy.commit()
    assert store.current(VILLAGES) is not None
    store.database.place.file.with_name("govmap.sqlite-wal").unlink(missing_ok=True)
    store.database.place.file.with_name("govmap.sqlite-shm").unlink(missing_ok=True)
    (home / "other").replace(store.database.place.file)
    assert store.current(VILLAGES) is None
    put(open_store(), VILLAGES, county.villages().iloc[:3])
    assert len(store.read(VILLAGES)) == 3


@postgresql
def test_a_server_that_was_started_anew_is_asked_again(store: Store) -> None:
    before = store.database.stamp()
    with store.database.reading() as connection:
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
        connection.execute(text(f"{others} AND pid <> pg_backend_pid()"))
    assert store.database.stamp() == before
    put(store, VILLAGES, county.villages())
    assert store.database.stamp() != before


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork on Windows")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
@postgresql
def test_a_forked_process_opens_its_own(county_store: Store) -> None:
    def _connections() -> set[int]:
        """Of this process: the pool's, and the one that is asked for the stamp."""
        county_store.database.stamp()
        with county_store.database.reading() as connection:
            own = connection.scalar(text("SELECT pg_backend_pid()"))
            asked = (
                "SELECT pid FROM pg_stat_activity"
                " WHERE datname = current_database() AND query LIKE 'SELECT max(number)%'"
            )
            return {own, *connection.scalars(text(asked))}

    parents = _connections()
    assert len(parents) == 2
    child = os.fork()
    if child == 0:
        os._exit(len(_connections() - parents))
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 2
    assert _connections() == parents
    assert len(county_store.currents()) == 5


# ---- writers at once ----


def test_the_expected_edition_holds_without_a_common_lock(
    county_store: Store, open_store: Callable[[], Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hosts that share files over a network may not share locks on them; the database decides."""
    together = threading.Barrier(2, timeout=20)
    real = county_store._pointers.__class__.known
    before = county_store.current(VILLAGES)

    def _known(pointers: object, layer: str) -> set[str]:
        together.wait()
        return real(pointers, layer)  # type: ignore[arg-type]

    monkeypatch.setattr("layers.editions.writing.locked", lambda _folder: nullcontext())
    monkeypatch.setattr("layers.editions.writing.sweep", lambda _folder, _known: [])
    monkeypatch.setattr("layers.editions.pointers.Pointers.known", _known)
    monkeypatch.setattr("layers.editions.writing.PART", _Part())

    def _publish(count: int) -> Edition | None:
        rows = county.villages().iloc[:count]
        try:
            return open_store().publish(
                VILLAGES, rows, source="手画", source_sha256="0" * 64, by="test", expected=before
            )
        except DataError:
            return None

    with ThreadPoolExecutor(2) as pool:
        published = [edition for edition in pool.map(_publish, [3, 4]) if edition is not None]
    assert published == [county_store.current(VILLAGES)]
    assert len(county_store.history(VILLAGES)) == 2


class _Part(str):
    """An ending of unfinished files that differs between threads, as it would between hosts' folders."""

    def __format__(self, _spec: str) -> str:
        return f".{threading.get_ident()}.part"


def test_a_transaction_is_kept_whole_or_not_at_all(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.database.writing() as connection:
        connection.execute(workers.insert().values(name="w", seen_at=1.0))
        raise ZeroDivisionError
    with store.database.reading() as connection:
        assert connection.execute(workers.select()).all() == []


def test_writers_that_first_read_wait_for_each_other(store: Store) -> None:
    def _count_up(_: int) -> None:
        with store.database.writing(workers) as connection:
            number = len(connection.execute(workers.select()).all())
            connection.execute(workers.insert().values(name=str(number), seen_at=1.0))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(_count_up, range(40)))
    with store.database.reading() as connection:
        assert len(connection.execute(workers.select()).all()) == 40


# ---- what is refused ----


@contextmanager
def held(database: Database) -> Iterator[None]:
    """Somebody else writes meanwhile."""
    other = Database(database.home, None if database.place.url is None else str(database.place.url))
    with other.writing(workers):
        yield
    other.close()


def test_a_locked_database_says_so(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "BUSY_S", 0.2 if store.database.place.url is None else 1)
    store.database.close()
    with held(store.database), pytest.raises(StoreError, match="正忙"), store.database.writing(workers):
        pass


@sqlite
def test_a_full_disk_says_so(store: Store) -> None:
    with pytest.raises(DiskFullError), store.database.writing() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")
        connection.execute(workers.insert().values(name="w" * 100_000, seen_at=1.0))


@sqlite
@pytest.mark.parametrize(("free", "kind"), [(0, DiskFullError), (1 << 30, StoreError)])
def test_an_input_output_error_is_a_full_disk_where_there_is_no_room(
    store: Store, monkeypatch: pytest.MonkeyPatch, free: int, kind: type[StoreError]
) -> None:
    monkeypatch.setattr("geo.writing.shutil.disk_usage", lambda _: SimpleNamespace(free=free))
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_WRITE
    with pytest.raises(StoreError) as refused, store.database.writing():
        raise error
    assert type(refused.value) is kind


@sqlite
def test_missing_and_damaged_files_say_so(database: Database, home: Path) -> None:
    with pytest.raises(StoreError, match="先建库"):
        database.stamp()
    home.mkdir()
    database.place.file.write_bytes(b"this is no database, only text " * 40)
    for question in (database.stamp, database.create, database.upgrade):
        with pytest.raises(StoreError, match=r"govmap\.sqlite 打不开.*备份"):
            question()
    database.place.file.unlink()
    database.create()
    database.stamp()
    database.place.file.unlink()
    with pytest.raises(StoreError, match="先建库"):
        database.stamp()


@postgresql
def test_a_server_that_is_not_there_says_so(home: Path, database: Database) -> None:
    away = Database(home, "postgresql://someone:hidden-word@127.0.0.1:1/nothing")
    for question in (away.stamp, away.create):
        with pytest.raises(StoreError, match="连不上数据库 postgresql://someone:") as refused:
            question()
        assert "hidden-word" not in str(refused.value)
        assert "\n" not in str(refused.value)
    assert database.place.url is not None
    nameless = Database(home, str(database.place.url.set(database="nothing_of_that_name")))
    with pytest.raises(StoreError, match="连不上数据库"):
        nameless.stamp()


@postgresql
def test_an_account_that_may_not_write_says_so(store: Store) -> None:
    with pytest.raises(StoreError, match="只能读"), store.database.writing() as connection:
        connection.execute(text("SET TRANSACTION READ ONLY"))
        connection.execute(workers.insert().values(name="w", seen_at=1.0))


@postgresql
def test_texts_that_cannot_be_kept_are_the_callers(store: Store) -> None:
    with pytest.raises(ArgumentError, match="字符"):
        Scenarios(store.database).save("一\x00二", "within=600m", editions={}, by="planner")


@pytest.mark.parametrize(
    "url",
    ["mysql://u:hidden-word@h/n", "sqlite:///x.sqlite", "postgresql://u:hidden-word@h", "hidden-word", "", "postgresql://u:p@h:port/n"],
)  # fmt: skip
def test_addresses_that_are_none_are_refused_without_repeating_them(home: Path, url: str) -> None:
    with pytest.raises(ArgumentError, match="postgresql://") as refused:
        Database(home, url)
    assert "hidden-word" not in str(refused.value)


def test_no_password_is_shown(home: Path) -> None:
    database = Database(home, "postgresql://someone:hidden-word@h/n")
    assert re.fullmatch(r"postgresql://someone:\*+@h/n", database.place.name)
    assert "hidden-word" not in repr(database) + repr(vars(database))


@sqlite
def test_how_a_file_is_opened(store: Store) -> None:
    with store.database.reading() as connection:
        told = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in (
            "foreign_keys", "journal_mode", "busy_timeout", "synchronous"
        )}  # fmt: skip
    assert told == {"foreign_keys": 1, "journal_mode": "wal", "busy_timeout": 30_000, "synchronous": 2}
