"""The fast lane gives again what was given, and nothing that has become wrong."""

import json
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from exports.kept import Exports
from layers.editions import Store
from layers.scenarios import Scenarios
from tests import county
from tests.disputes import put
from tests.exports.test_kept import MAKING
from tests.postgres import BOTH, url_of

PATH = "/api/layers/villages/features"


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str | None:
    return url_of(request)


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


def test_the_second_time_the_framework_sleeps(
    client: FlaskClient, demo_store: Store, woken: Callable[[], int]
) -> None:
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
    tag = client.get(PATH).headers["ETag"]
    client.get(PATH)
    put(demo_store, "villages", county.villages().head(9), demo=True)
    for _ in range(2):
        answer = client.get(PATH, headers={"If-None-Match": tag})
        assert (answer.status_code, json.loads(answer.data)["numberMatched"]) == (200, 9)


def test_jobs_and_exports_wake_nobody(
    app: Flask, client: FlaskClient, demo_store: Store, woken: Callable[[], int]
) -> None:
    client.get(PATH)
    before = woken()
    app.extensions["govmap"].jobs.add("siting", {}, role="public", scope="")
    Exports(demo_store.database).keep("public", MAKING, b"x")
    Scenarios(demo_store.database).save("方案", "within=600m", editions={}, by="planner")
    client.get(PATH)
    assert woken() == before


def test_another_process_that_publishes_is_heard(
    client: FlaskClient, open_store: Callable[[], Store], woken: Callable[[], int]
) -> None:
    first, other = client.get(PATH), open_store()
    put(other, "villages", county.villages().head(9), demo=True)
    assert json.loads(client.get(PATH).data)["numberMatched"] == 9
    other.rollback("villages", other.history("villages")[-1].id)
    before = woken()
    again = client.get(PATH, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, woken()) == (304, before + 1)


def test_each_viewer_and_language_has_answers_of_their_own(
    client: FlaskClient, as_role: Callable[..., FlaskClient], demo_store: Store
) -> None:
    path = "/api/layers/disputes/features"
    mediator = as_role("mediator")
    for _ in range(2):
        assert json.loads(mediator.get(path).data)["numberMatched"] > 100
        assert json.loads(client.get(path).data)["numberMatched"] == 10
        assert json.loads(client.get("/api/themes/overview?lang=en").data)["title"] == "Overview"
        assert json.loads(client.get("/api/themes/overview").data)["title"] == "总览"


def test_the_next_page_stays_on_the_host_that_was_asked(client: FlaskClient, demo_store: Store) -> None:
    path = f"{PATH}?limit=3"
    for host in ("a.example", "b.example", "a.example"):
        following = json.loads(client.get(path, base_url=f"http://{host}").data)["next"]
        assert following.startswith(f"http://{host}/")


def test_refusals_and_downloads_are_never_kept(
    client: FlaskClient, demo_store: Store, woken: Callable[[], int]
) -> None:
    before = woken()
    for path in ("/api/layers/nope", "/api/layers/villages/features?limit=0", "/api/layers/villages/export"):
        client.get(path)
        client.get(path)
    assert woken() == before + 6
