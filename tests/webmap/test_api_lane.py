"""The fast lane gives again what was given, and nothing that has become wrong."""

import json
import os
import time
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from layers.editions import Store
from tests import county
from tests.disputes import put
from webmap.serving.lane import SETTLED_NS

PATH = "/api/layers/villages/features"


@pytest.fixture
def woken(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """How often Flask itself was asked."""
    calls = 0
    dispatch = app.full_dispatch_request

    def _count(*args: object, **options: object) -> object:
        nonlocal calls
        calls += 1
        return dispatch(*args, **options)

    monkeypatch.setattr(app, "full_dispatch_request", _count)
    return lambda: calls


def settle(store: Store, client: FlaskClient | None = None) -> None:
    """Make the files of the store look as if nobody had touched them for a minute; opening it makes a log."""
    if client is not None:
        assert client.get("/readyz").status_code == 200
    for name in ("govmap.sqlite", "govmap.sqlite-wal"):
        file = store.home / name
        if file.exists():
            at = time.time_ns() - 60_000_000_000
            os.utime(file, ns=(at, at))


def test_the_second_time_the_framework_sleeps(
    client: FlaskClient, demo_store: Store, woken: Callable[[], int]
) -> None:
    settle(demo_store, client)
    before = woken()
    first = client.get(PATH)
    second = client.get(PATH)
    third = client.get(PATH, headers={"If-None-Match": first.headers["ETag"]})
    assert woken() == before + 1
    assert (second.status_code, second.data) == (200, first.data)
    assert dict(second.headers) == dict(first.headers)
    assert (third.status_code, third.data) == (304, b"")
    assert "Content-Security-Policy" in third.headers
    assert "Content-Length" not in third.headers


def test_a_publication_is_seen_at_once(client: FlaskClient, demo_store: Store) -> None:
    settle(demo_store, client)
    tag = client.get(PATH).headers["ETag"]
    client.get(PATH)
    put(demo_store, "villages", county.villages().head(9), demo=True)
    for _ in range(2):
        answer = client.get(PATH, headers={"If-None-Match": tag})
        assert (answer.status_code, json.loads(answer.data)["numberMatched"]) == (200, 9)
        settle(demo_store)


def test_a_file_touched_just_now_is_not_trusted(
    client: FlaskClient, demo_store: Store, woken: Callable[[], int]
) -> None:
    assert SETTLED_NS >= 50_000_000
    (demo_store.home / "govmap.sqlite").touch()
    client.get(PATH)
    client.get(PATH)
    assert woken() == 2


def test_each_viewer_and_language_has_answers_of_their_own(
    client: FlaskClient, as_role: Callable[..., FlaskClient], demo_store: Store
) -> None:
    settle(demo_store, client)
    path = "/api/layers/disputes/features"
    mediator = as_role("mediator")
    settle(demo_store)
    for _ in range(2):
        assert json.loads(mediator.get(path).data)["numberMatched"] > 100
        assert json.loads(client.get(path).data)["numberMatched"] == 10
        assert json.loads(client.get("/api/themes/overview?lang=en").data)["title"] == "Overview"
        assert json.loads(client.get("/api/themes/overview").data)["title"] == "总览"


def test_the_next_page_stays_on_the_host_that_was_asked(client: FlaskClient, demo_store: Store) -> None:
    settle(demo_store, client)
    path = f"{PATH}?limit=3"
    for host in ("a.example", "b.example", "a.example"):
        following = json.loads(client.get(path, base_url=f"http://{host}").data)["next"]
        assert following.startswith(f"http://{host}/")


def test_refusals_and_downloads_are_never_kept(
    client: FlaskClient, demo_store: Store, woken: Callable[[], int]
) -> None:
    settle(demo_store, client)
    before = woken()
    for path in ("/api/layers/nope", "/api/layers/villages/features?limit=0", "/api/layers/villages/export"):
        client.get(path)
        client.get(path)
    assert woken() == before + 6
