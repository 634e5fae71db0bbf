"""A process that is to be forked is ready for the first view, and holds nothing that forks may not share."""

import gc
import html
import os
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from layers.areas import Areas
from layers.disclosure import PUBLIC
from webmap.cli import serving
from webmap.serving.warm import NAMED, Warm


@pytest.fixture
def worked_out(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The process of every profile that is asked for."""
    seen: list[int] = []
    asked = Areas.profile

    def _profile(self: Areas, *words: Any, **more: Any) -> Any:
        seen.append(os.getpid())
        return asked(self, *words, **more)

    monkeypatch.setattr(Areas, "profile", _profile)
    yield seen


def test_the_first_view_is_there_before_the_first_request(app: Flask, worked_out: list[int]) -> None:
    warm: Warm = app.extensions["govmap_warm"]
    warm.prepare()
    assert worked_out == [os.getpid()]
    county = app.extensions["govmap"].county
    kept = county.door.rows("villages", PUBLIC)
    assert county.door.rows("villages", PUBLIC) is kept
    assert app.test_client().get("/readyz").status_code == 200
    assert worked_out == [os.getpid()], "nothing of it is worked out again"


def test_what_the_first_page_names_is_compressed_before_the_first_request(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.extensions["govmap_warm"].prepare()

    def never(*_: Any, **__: Any) -> bytes:
        raise AssertionError("compressed again")

    reader = app.test_client()
    page = reader.get("/map/overview").text
    monkeypatch.setattr("gzip.compress", never)
    named = [html.unescape(address) for address in NAMED.findall(page)]
    assert {address.split("/")[1] for address in named} == {"static", "frame", "api"}
    for address in named:
        assert reader.get(address, headers={"Accept-Encoding": "gzip, br"}).status_code == 200, address


def test_neither_a_thread_nor_the_database_is_open_at_the_fork(app: Flask) -> None:
    before = set(threading.enumerate())
    app.extensions["govmap_warm"].prepare()
    assert set(threading.enumerate()) == before
    assert app.extensions["govmap"].county.database._opened is None


def test_a_home_that_cannot_be_read_is_told_to_who_asks(app: Flask) -> None:
    home = app.extensions["govmap"].settings.home
    for file in (home / "editions" / "villages").glob("*.parquet"):
        file.write_bytes(b"torn")
    app.extensions["govmap_warm"].prepare()
    assert app.test_client().get("/api/layers/villages/features").json["code"] == "store-unusable"


@pytest.mark.skipif(os.name == "nt", reason="gunicorn runs on POSIX")
def test_settings_that_do_not_hold_leave_the_server_as_it_was(
    app: Flask, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from gunicorn.app.base import BaseApplication

    running: list[Any] = []
    monkeypatch.setattr(BaseApplication, "run", lambda self: running.append(self))
    monkeypatch.setattr("sys.argv", ["webmap"])
    serving._gunicorn("127.0.0.1", 8000, 2, None, None)
    server = running[0]
    first = server.wsgi()
    server.reload()
    assert server.wsgi() is not first, "made anew"
    second = server.wsgi()
    monkeypatch.setenv("GOVMAP_COUNTY", "no county")
    server.reload()
    assert server.wsgi() is second
    assert "error[" in capsys.readouterr().err
    gc.unfreeze()
