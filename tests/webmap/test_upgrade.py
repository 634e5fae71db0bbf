"""A home of an earlier release is brought up to date with nothing lost, once, and only by who may."""

import json
import os
import sqlite3
import subprocess
import sys
import tarfile
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from exports.kept import Exports
from geo.errors import DiskFullError, StoreError
from layers.catalog import Catalog
from layers.database import Database, aside, upgrade, versions
from layers.database.tables import metadata
from layers.editions import Store
from layers.jobs import Job, Jobs
from layers.scenarios import Scenarios
from tests import county
from tests.disputes import put
from tests.postgres import BOTH

ROOT = Path(__file__).parents[2]
ARCHIVE = ROOT / "tests" / "homes" / "before-revisions.tar.gz"
VILLAGES = "villages"
PATIENCE_S = 60


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str | None:
    """A server's database is empty: it takes over what the file of the home holds."""
    return None if request.param == "sqlite" else request.getfixturevalue("empty_server_url")


@pytest.fixture
def old_home(home: Path) -> Path:
    with tarfile.open(ARCHIVE) as archive:
        archive.extractall(home, filter="data")
    return home


@pytest.fixture
def truth(old_home: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((old_home / "truth.json").read_text("utf-8"))
    return found


def quiet(_job: str, _lane: str) -> None:
    """A queue that nobody listens to."""


def told(database: Database, catalog: Catalog, truth: dict[str, Any]) -> dict[str, Any]:
    """What today's classes answer to the questions of ``truth.json``."""
    store, jobs, exports = Store(database.home, catalog, database), Jobs(database, quiet), Exports(database)
    kept = [exports.get(token, who) for token, who, *_ in truth["exports"]]
    assert [exports.body(export) for export in kept] == [b"<svg>kept</svg>", b"<svg>public</svg>"]
    return {
        "history": {layer: [edition.id for edition in store.history(layer)] for layer in store.currents()},
        "currents": {layer: edition.id for layer, edition in store.currents().items()},
        "rows": {layer: len(store.read(layer)) for layer in store.currents()},
        "scenario": asdict(Scenarios(database).get(truth["scenario"]["token"])),
        "jobs": [_before_lanes(jobs.get(job["id"])) for job in truth["jobs"]],
        "exports": [[one.token, one.who, one.made_at, one.size, one.sha256, one.there] for one in kept],
    }


def _before_lanes(job: Job) -> dict[str, Any]:
    """A job without what the release of ``truth.json`` did not know; such a one is nobody's and long."""
    known = asdict(job)
    assert (known.pop("lane"), known.pop("who"), known.pop("wait_s")) == ("long", "", None)
    return known


def flips(database: Database) -> list[tuple[str, str]]:
    with database.reading() as connection:
        rows = connection.execute(text("SELECT layer, edition FROM flips ORDER BY number"))
        return [(layer, edition) for layer, edition in rows]


def put_aside(home: Path) -> list[str]:
    return sorted(file.name for file in (home / aside.FOLDER).rglob("*") if file.is_file())


def change(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(statement)


def test_nothing_is_lost(database: Database, catalog: Catalog, truth: dict[str, Any]) -> None:
    database.create()
    assert told(database, catalog, truth) == truth
    ids = truth["history"][VILLAGES]
    assert [edition for layer, edition in flips(database) if layer == VILLAGES] == [
        ids[2],
        ids[1],
        ids[0],
        ids[2],
    ]


def test_what_was_there_is_put_aside(database: Database, old_home: Path, truth: dict[str, Any]) -> None:
    database.create()
    assert not (old_home / "jobs.sqlite").exists()
    assert not (old_home / "exports" / "exports.sqlite").exists()
    assert (old_home / "govmap.sqlite").exists() == (database.place.url is None)
    (folder,) = (old_home / aside.FOLDER).iterdir()
    with closing(sqlite3.connect(folder / "govmap.sqlite")) as copy:
        assert copy.execute("SELECT value FROM meta").fetchall() == [("1",)]
        assert copy.execute("SELECT count(*) FROM flips").fetchone() == (8,)
    with closing(sqlite3.connect(folder / "moved" / "jobs.sqlite")) as moved:
        assert moved.execute("SELECT count(*) FROM jobs").fetchone() == (2,)
    assert (folder / "jobs.sqlite").is_file()
    assert (folder / "exports.sqlite").is_file()


def test_once_is_enough(database: Database, catalog: Catalog, truth: dict[str, Any], old_home: Path) -> None:
    database.create()
    kept = put_aside(old_home)
    for again in (database.create, database.upgrade):
        again()
        assert told(database, catalog, truth) == truth
    assert put_aside(old_home) == kept
    assert len(flips(database)) == 8


def test_many_at_once_upgrade_once(
    database: Database, catalog: Catalog, truth: dict[str, Any], old_home: Path
) -> None:
    command = [sys.executable, "-m", "webmap", "init"]
    running = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    assert [(process.communicate()[1], process.returncode) for process in running] == [(b"", 0)] * 3
    assert told(database, catalog, truth) == truth
    assert put_aside(old_home).count("exports.sqlite") == 2, "a copy, and the file itself"


def test_one_waits_while_another_upgrades(
    database: Database, catalog: Catalog, truth: dict[str, Any]
) -> None:
    other = threading.Thread(target=database.create)
    with upgrade._engine(database.place, make=True) as engine, upgrade._alone(database.place, engine):
        other.start()
        other.join(0.5)
        assert other.is_alive()
    other.join(PATIENCE_S)
    assert told(database, catalog, truth) == truth


def test_what_comes_next_is_numbered_on(database: Database, catalog: Catalog, truth: dict[str, Any]) -> None:
    database.create()
    store = Store(database.home, catalog, database)
    newest = put(store, VILLAGES, county.villages().iloc[:2])
    assert store.history(VILLAGES)[0] == newest
    assert flips(database)[-1] == (VILLAGES, newest.id)
    again = Jobs(database, quiet).add("siting", {}, role="public", scope="")
    assert Jobs(database, quiet).get(again).ahead == 1


def test_jobs_of_the_old_queue_are_done(database: Database, truth: dict[str, Any]) -> None:
    database.create()
    queued: list[str] = []
    jobs = Jobs(database, lambda job, _lane: queued.append(job))
    jobs.enqueue_again("long")
    assert queued == [truth["jobs"][1]["id"]]
    jobs.run(queued[0], lambda _job, _report: {"value": 1.0})
    assert jobs.get(queued[0]).result == {"value": 1.0}


def test_commands_ask_for_the_upgrade_first(
    database: Database, catalog: Catalog, truth: dict[str, Any]
) -> None:
    with pytest.raises(StoreError, match=r"先升级|先建库") as refused:
        Store(database.home, catalog, database).currents()
    assert refused.value.remedy == ("upgrade" if database.place.url is None else "store")


def test_an_old_database_without_scenarios_gets_them(database: Database, old_home: Path) -> None:
    change(old_home / "govmap.sqlite", "DROP TABLE scenarios")
    database.create()
    saved = Scenarios(database).save("方案", "within=600m", editions={}, by="planner")
    assert Scenarios(database).get(saved.token) == saved


# ---- what is refused ----


@pytest.mark.parametrize(("file", "statement", "names"), [
    ("govmap.sqlite", "ALTER TABLE editions DROP COLUMN demo", ("editions", "demo")),
    ("govmap.sqlite", "DROP TABLE flips", ("flips", "number")),
    ("jobs.sqlite", "ALTER TABLE jobs DROP COLUMN scope", ("jobs.sqlite", "scope")),
    ("exports/exports.sqlite", "ALTER TABLE exports DROP COLUMN making", ("exports.sqlite", "making")),
])  # fmt: skip
def test_tables_that_do_not_fit_are_refused_by_name(
    database: Database, old_home: Path, file: str, statement: str, names: tuple[str, ...]
) -> None:
    change(old_home / file, statement)
    with pytest.raises(StoreError) as refused:
        database.create()
    assert all(name in str(refused.value) for name in names)
    assert "备份" in str(refused.value)
    assert (old_home / file).is_file()


def test_a_damaged_file_of_jobs_is_named(database: Database, old_home: Path) -> None:
    (old_home / "jobs.sqlite").write_bytes(b"this is no database, only text " * 40)
    with pytest.raises(StoreError, match=r"jobs\.sqlite"):
        database.create()


def test_a_table_that_lost_a_column_later_is_refused(store: Store) -> None:
    with store.database.writing() as connection:
        connection.execute(text("ALTER TABLE jobs DROP COLUMN message"))
    for wrong in (store.create, lambda: Jobs(store.database, quiet).get("0" * 32)):
        with pytest.raises(StoreError, match="message"):
            wrong()


def test_without_room_for_the_copy_nothing_changes(
    database: Database, old_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (old_home / "govmap.sqlite").read_bytes()

    def _full(_file: Path, _folder: Path) -> None:
        raise DiskFullError("硬盘没有空间了，升级前的副本没有存下，什么也没有改。腾出空间后再试。")

    monkeypatch.setattr(aside, "copy", _full)
    with pytest.raises(DiskFullError):
        database.create()
    assert (old_home / "govmap.sqlite").read_bytes() == before


def test_a_revision_that_breaks_off_leaves_nothing_and_is_tried_again(
    database: Database, catalog: Catalog, truth: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def _power_cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("layers.database.moving.move_in", _power_cut)
        with pytest.raises(KeyboardInterrupt):
            database.create()
    assert _asked(database, "SELECT name FROM sqlite_master WHERE name = 'jobs'") == []
    assert _asked(database, "SELECT version_num FROM alembic_version") == [("0001",)]
    database.create()
    assert told(database, catalog, truth) == truth


def _asked(database: Database, question: str) -> list[tuple[str]]:
    """What the file of the home answers, from which every upgrade starts."""
    with closing(sqlite3.connect(database.place.file)) as connection:
        return connection.execute(question).fetchall()


def stand(store: Store, revision: str, serves: int) -> None:
    """Let the database look as a newer program would have left it."""
    with store.database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :it"), {"it": revision})
        connection.execute(text("UPDATE meta SET value = :it WHERE key = 'version'"), {"it": str(serves)})
        connection.execute(text("ALTER TABLE jobs ADD COLUMN newer TEXT"))


def test_a_newer_database_that_still_serves_is_worked_on(
    store: Store, open_store: Callable[[], Store]
) -> None:
    stand(store, "0099", versions.GENERATION)
    other = open_store()
    other.create()
    other.database.upgrade()
    put(other, VILLAGES, county.villages())
    assert Jobs(other.database, quiet).get(
        Jobs(other.database, quiet).add("siting", {}, role="public", scope="")
    )
    with other.database.reading() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == "0099"
    assert not (store.home / aside.FOLDER).exists()


def test_a_newer_database_that_no_longer_serves_is_left_alone(
    store: Store, open_store: Callable[[], Store]
) -> None:
    stand(store, "0099", versions.GENERATION + 1)
    other = open_store()
    for question in (other.currents, other.create, other.database.upgrade):
        with pytest.raises(StoreError, match="升级程序"):
            question()


def test_the_release_before_revisions_refuses(database: Database, truth: dict[str, Any]) -> None:
    """It refuses whatever has a higher number in this place than 1."""
    database.create()
    with database.reading() as connection:
        assert connection.scalar(text("SELECT value FROM meta WHERE key = 'version'")) == "2"


def test_data_without_a_database_are_not_taken_for_none(database: Database, old_home: Path) -> None:
    (old_home / "govmap.sqlite").unlink()
    with pytest.raises(StoreError, match="备份"):
        database.create()
    with pytest.raises(StoreError, match="先建库"):
        database.upgrade()


# ---- revisions and tables ----


def test_revisions_make_exactly_the_declared_tables(store: Store) -> None:
    with store.database.reading() as connection:
        assert (
            compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata)
            == []
        )


def test_every_revision_says_whom_it_serves() -> None:
    config = Config()
    config.set_main_option("script_location", str(upgrade.MIGRATIONS))
    revisions = list(ScriptDirectory.from_config(config).walk_revisions())[::-1]
    assert tuple(revision.revision for revision in revisions) == versions.REVISIONS
    serves = [revision.module.serves for revision in revisions]
    assert serves == sorted(serves)
    assert serves[-1] <= versions.GENERATION


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_an_earlier_server_is_refused(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upgrade, "OLDEST_SERVER", 999)
    with pytest.raises(StoreError, match="PostgreSQL"):
        database.create()


def state(database: Database, job: str) -> str:
    """Of a job, as long as it is known."""
    with suppress(StoreError):
        return Jobs(database, quiet).get(job).state
    return ""


def test_workers_upgrade_what_they_find(home: Path, catalog: Catalog, truth: dict[str, Any]) -> None:
    """So does ``serve``, which starts one; it then does the job that waited. A server's empty database waits for ``init``."""
    command = [sys.executable, "-m", "webmap", "worker", "--beside"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin is not None and process.stderr is not None
        if "GOVMAP_DATABASE_URL" in os.environ:
            assert (process.wait(PATIENCE_S), b"init" in process.stderr.read()) == (2, True)
            return
        database, until = Database(home), time.monotonic() + PATIENCE_S
        while state(database, truth["jobs"][1]["id"]) != "done":
            assert time.monotonic() < until
            time.sleep(0.1)
        process.stdin.close()
        assert process.wait(PATIENCE_S) == 0, process.stderr.read()
    assert told(database, catalog, truth)["currents"] == truth["currents"]


QUESTION = "services=party-service-centres&within=2000m"


def test_rows_are_not_put_beside_those_that_a_server_holds(
    home: Path, catalog: Catalog, empty_server_url: str
) -> None:
    """A plan was saved on the server before anything was published; the file of the home has one too."""
    server = Database(home, empty_server_url)
    server.create()
    Scenarios(server).save("先到的", QUESTION, editions={}, by="planner")
    server.close()
    own = Database(home)
    own.create()
    Scenarios(own).save("文件里的", QUESTION, editions={}, by="planner")
    own.close()
    with pytest.raises(StoreError, match=r"已有内容（scenarios）.*什么也没有改"):
        Database(home, empty_server_url).upgrade()
    assert (home / "govmap.sqlite").is_file()
