"""PostgreSQL for tests: one private cluster of an ordinary user on loopback for a whole run, one database for a test."""

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from layers.database import Database
from tests.once import once

BOTH = ("sqlite", "postgresql")
TEMPLATE = "govmap_template"
USER = "govmap"
PLACE = "place"
"""File with the folder and the port of the cluster of this run."""
QUICK = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=200",
    "shared_buffers=32MB",
)
HOW = "PostgreSQL is not installed: apt-get install postgresql"


def programs() -> Path | None:
    """Folder with initdb and pg_ctl, the newest there is."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    found = shutil.which("initdb")
    places = [*([Path(found).parent] if found else []), *reversed(debian)]
    return next((place for place in places if (place / "pg_ctl").exists()), None)


def url_of(request: pytest.FixtureRequest) -> str | None:
    """For a fixture with the parameters ``BOTH``: None for SQLite, else a database of the test's own with all tables."""
    return None if request.param == "sqlite" else request.getfixturevalue("server_url")


def server(temp: pytest.TempPathFactory) -> str:
    """Address of the cluster, without a database; skips the test where there is no PostgreSQL."""
    if programs() is None:
        pytest.skip(HOW)
    folder = once(temp, "postgres", _start)
    _, port = (folder / PLACE).read_text("utf-8").splitlines()
    return f"postgresql://{USER}@127.0.0.1:{port}"


@contextmanager
def own_database(cluster: str, template: str = TEMPLATE) -> Iterator[str]:
    """Address of a database that is there meanwhile: a copy of the template with all tables, or of an empty one."""
    name = f"t{secrets.token_hex(6)}"
    with psycopg.connect(f"{cluster}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield f"{cluster}/{name}"
    finally:
        with psycopg.connect(f"{cluster}/postgres", autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def stop(base: Path) -> None:
    """End the cluster of a run, if there is one."""
    file = base / "once-postgres" / "folder" / PLACE
    if file.is_file():
        data, _ = file.read_text("utf-8").splitlines()
        _run("pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(Path(data).parent)
        file.unlink()


def _start(folder: Path) -> None:
    place = Path(tempfile.mkdtemp(prefix="govmap-pg-"))
    if os.getuid() == 0:
        shutil.chown(place, _account())
    data, port = place / "data", _free_port()
    _run("initdb", "-D", str(data), "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", "-N")
    with (data / "postgresql.conf").open("a", encoding="utf-8") as settings:
        settings.write(
            "\n".join(
                (*QUICK, "listen_addresses='127.0.0.1'", f"port={port}", f"unix_socket_directories='{place}'")
            )
        )
    _run("pg_ctl", "-D", str(data), "-l", str(place / "log"), "-w", "start")
    folder.mkdir()
    (folder / PLACE).write_text(f"{data}\n{port}", "utf-8")
    cluster = f"postgresql://{USER}@127.0.0.1:{port}"
    with psycopg.connect(f"{cluster}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {TEMPLATE}")
    made = Database(folder, f"{cluster}/{TEMPLATE}")
    made.create()
    made.close()


def _run(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs; they refuse to be run by root."""
    folder = programs()
    assert folder is not None
    command = [str(folder / program), *arguments]
    if os.getuid() == 0:
        command = ["runuser", "-u", _account(), "--", *command]
    quiet = subprocess.DEVNULL
    done = subprocess.run(
        command, check=False, stdin=quiet, stdout=quiet, stderr=subprocess.PIPE, text=True, cwd="/"
    )
    assert done.returncode == 0, done.stderr


def _account() -> str:
    """Whom to run as in place of root."""
    known = Path("/etc/passwd").read_text("utf-8").splitlines()
    return "postgres" if any(line.startswith("postgres:") for line in known) else "nobody"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
