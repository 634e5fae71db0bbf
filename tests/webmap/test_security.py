"""Headers, the viewer's cookie, forms, and errors that say nothing they should not."""

import json
import stat
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from layers.editions import Store
from tests import county
from tests.county import village_code
from tests.disputes import put
from webmap import create_app
from webmap.security import basemap_hosts, policy
from webmap.settings import BasemapSettings, Settings

As = Callable[..., FlaskClient]
PATHS = ("/api/layers", "/api/layers/nope", "/api/layers/villages/features", "/healthz", "/nope")


def role_of(client: FlaskClient) -> str:
    role: str = json.loads(client.get("/api/themes/overview").data)["viewer"]["role"]
    return role


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_policy(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    parts = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert parts["default-src"] == "'none'"
    assert parts["script-src"] == "'self'"
    assert parts["style-src"] == "'self'"
    assert parts["frame-ancestors"] == "'none'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "geolocation=(self)" in headers["Permissions-Policy"]


def test_the_policy_is_on_nothing_new_too(client: FlaskClient) -> None:
    tag = client.get("/api/layers").headers["ETag"]
    again = client.get("/api/layers", headers={"If-None-Match": tag})
    assert (again.status_code, "Content-Security-Policy" in again.headers) == (304, True)


def test_only_the_configured_basemap_may_send_pictures() -> None:
    assert basemap_hosts(BasemapSettings()) == ()
    own = BasemapSettings(kind="xyz", url="https://{s}.tiles.example:8443/{z}/{x}/{y}.png", attribution="x")
    assert basemap_hosts(own) == ("https://*.tiles.example:8443",)
    assert "img-src 'self' data: blob: https://*.tiles.example:8443;" in policy(own)
    assert "tianditu.gov.cn" in policy(BasemapSettings(kind="tianditu", key="k"))
    bad = BasemapSettings(kind="xyz", url="javascript:alert(1)//{z}{x}{y}", attribution="x")
    assert basemap_hosts(bad) == ()
    sly = BasemapSettings(kind="xyz", url="https://a.example;script-src */{z}/{x}/{y}", attribution="x")
    assert ";" not in basemap_hosts(sly)[0]


def test_the_public_is_the_default_and_a_choice_is_kept(client: FlaskClient, as_role: As) -> None:
    assert role_of(client) == "public"
    for role in ("planner", "mediator", "operator"):
        assert role_of(as_role(role)) == role
    assert role_of(as_role("grid_worker", f"{village_code(1)}001")) == "grid_worker"


@pytest.mark.parametrize(
    ("role", "scope"),
    [
        ("admin", ""),
        ("", ""),
        ("grid_worker", ""),
        ("grid_worker", "140822"),
        ("grid_worker", "140822100001999"),
    ],
)
def test_a_viewer_that_cannot_be_is_refused(client: FlaskClient, role: str, scope: str) -> None:
    assert client.post("/viewer", data={"role": role, "scope": scope}).status_code == 400
    assert role_of(client) == "public"


def test_real_data_remove_the_switch_and_the_cookie_means_nothing(as_role: As, demo_store: Store) -> None:
    operator = as_role("operator")
    assert role_of(operator) == "operator"
    put(demo_store, "villages", county.villages(), demo=False)
    viewer = json.loads(operator.get("/api/themes/overview").data)["viewer"]
    assert (viewer["role"], viewer["switch"], viewer["roles"]) == ("public", False, [])
    assert operator.post("/viewer", data={"role": "operator"}).status_code == 403
    assert operator.get("/api/layers/weak-party-orgs/features").status_code == 403


@pytest.mark.parametrize("text", ["operator", "WyJvcGVyYXRvciIsIjE0MDgyMiJd.x", "", "%00", "a" * 3000])
def test_a_forged_cookie_is_the_public(app: Flask, text: str) -> None:
    client = app.test_client()
    client.set_cookie("viewer", text)
    assert role_of(client) == "public"


def test_a_cookie_of_another_installation_is_the_public(as_role: As, app: Flask) -> None:
    cookie = as_role("operator").get_cookie("viewer")
    assert cookie is not None
    app.secret_key = "another"
    client = app.test_client()
    client.set_cookie("viewer", cookie.value)
    assert role_of(client) == "public"


def test_forms_need_their_token(settings: Settings) -> None:
    client = create_app(settings).test_client()
    assert client.post("/viewer", data={"role": "operator"}).status_code == 400
    assert client.post("/language", data={"lang": "en"}).status_code == 400
    assert role_of(client) == "public"


def test_the_language_is_kept(client: FlaskClient) -> None:
    assert (
        client.post("/language", data={"lang": "en", "next": "/map/disputes"}).headers["Location"]
        == "/map/disputes"
    )
    assert json.loads(client.get("/api/themes/overview").data)["title"] == "Overview"
    assert client.post("/language", data={"lang": "fr"}).status_code == 400


@pytest.mark.parametrize(
    "place",
    [
        "https://evil.example/x",
        "//evil.example/x",
        "/\\evil.example",
        "javascript:alert(1)",
        "https:evil.example",
    ],
)
def test_a_form_never_leads_to_another_site(client: FlaskClient, place: str) -> None:
    location = client.post("/language", data={"lang": "zh", "next": place}).headers["Location"]
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))


def test_the_secret_is_made_once_and_for_the_owner_only(settings: Settings, app: Flask) -> None:
    file = settings.home / "secret"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert create_app(settings).secret_key == app.secret_key
    assert [path.name for path in settings.home.glob("secret.*")] == []


def test_cookies_are_for_the_server_only(app: Flask) -> None:
    answer = app.test_client().post("/viewer", data={"role": "planner"})
    assert {"HttpOnly", "SameSite=Lax"} <= set(answer.headers["Set-Cookie"].split("; "))


def test_over_https_cookies_are_for_https_alone(app: Flask) -> None:
    for scheme, secure in (("http", False), ("https", True)):
        answer = app.test_client().get("/", base_url=f"{scheme}://127.0.0.1")
        cookies = answer.headers.getlist("Set-Cookie")
        assert cookies
        assert all(("Secure" in cookie.split("; ")) is secure for cookie in cookies)


def test_a_fault_of_ours_tells_nothing(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("/secret/path")

    monkeypatch.setattr(app.extensions["govmap"].county.search, "count", fail)
    answer = app.test_client().get("/api/search?q=x")
    assert (answer.status_code, answer.mimetype) == (500, "application/problem+json")
    assert "secret" not in answer.get_data(as_text=True)
    assert json.loads(answer.data)["code"] == "internal"


def test_people_get_a_page_and_programs_a_document(client: FlaskClient) -> None:
    assert client.get("/nope").mimetype == "text/html"
    assert client.get("/api/nope").mimetype == "application/problem+json"
    text = client.get("/map/%3Cscript%3Ealert(1)%3C%2Fscript%3E").get_data(as_text=True)
    assert "<script>alert" not in text


def test_a_large_form_is_refused(client: FlaskClient) -> None:
    assert client.post("/language", data={"lang": "x" * 100_000}).status_code == 413


def test_a_doubled_slash_leads_to_the_plain_address(client: FlaskClient) -> None:
    answer = client.get("/api//layers")
    assert answer.status_code == 308
    assert answer.headers["Location"].endswith("/api/layers")
    assert client.get("//evil.example/%2e%2e", follow_redirects=False).status_code in (308, 404)
