"""What a map page asks for before its scripts run: what the map would ask for, as this viewer, and nothing that it would not."""

import html
import re
from collections.abc import Callable, Mapping

import pytest
from flask.testing import FlaskClient

from layers.bands import BANDS
from layers.spec import LayerSpec
from layers.themes import ThemeSpec
from webmap.pages import first_view
from webmap.pages.windows import band_of, media_of

WANRONG = (110.451552, 35.211279, 110.971605, 35.527183)
LINK = re.compile(
    r'<link rel="preload" as="fetch" crossorigin href="([^"]+/shapes[^"]+)"(?: media="([^"]*)")?>'
)
GROUND = ["counties", "townships", "villages"]

As = Callable[..., FlaskClient]


def asked(client: FlaskClient, path: str) -> list[tuple[str, str]]:
    """Addresses and windows of the first shapes on a page."""
    return [(html.unescape(address), media) for address, media in LINK.findall(client.get(path).text)]


def layers(client: FlaskClient, path: str) -> list[str]:
    names = [address.split("/")[3] for address, _ in asked(client, path)]
    return list(dict.fromkeys(names))


def shown(client: FlaskClient, theme: str) -> dict[str, dict]:
    """Layers of a theme that are on at first and can be drawn."""
    groups = client.get(f"/api/themes/{theme}").get_json()["groups"]
    every = [layer for group in groups for layer in group["layers"]]
    return {
        one["id"]: one for one in every if one["visible"] and one["edition"] and one["geometry"] != "none"
    }


@pytest.mark.parametrize("theme", ["overview", "services", "industry", "disputes"])
def test_each_layer_that_is_on_under_its_own_version(client: FlaskClient, theme: str) -> None:
    wanted = shown(client, theme)
    found = asked(client, f"/map/{theme}")
    assert set(layers(client, f"/map/{theme}")) == set(wanted)
    for address, _ in found:
        layer = address.split("/")[3]
        assert f"?v={wanted[layer]['v']}&z=" in address
        answer = client.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]


def test_the_ground_first(client: FlaskClient) -> None:
    assert layers(client, "/map/overview")[:3] == GROUND


def test_nobody_gets_the_addresses_of_another_viewer(client: FlaskClient, as_role: As) -> None:
    public = {address for address, _ in asked(client, "/map/overview")}
    planner = {address for address, _ in asked(as_role("planner"), "/map/overview")}
    assert all(".public." in address for address in public)
    assert all(".planner." in address for address in planner)


def test_staff_are_shown_open_disputes_first(as_role: As) -> None:
    found = [address for address, _ in asked(as_role("mediator"), "/map/disputes") if "/disputes/" in address]
    first = shown(as_role("mediator"), "disputes")["disputes"]["first"]["filters"]
    assert found
    assert all(address.endswith(f"&f.status={','.join(first['status'])}") for address in found)


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("layers=villages,counties&v=2", ["counties", "villages"]),
        ("code=140822103&v=2", GROUND),
        ("since=2026-01-01&v=2", GROUND),
        ("f.villages.name=a&v=2", ["counties", "townships"]),
        ("layers=none", []),
        ("layers=nothing,<b>", []),
    ],
)
def test_what_a_link_may_narrow_is_left_to_the_map(client: FlaskClient, query: str, kept: list[str]) -> None:
    ground = [one for one in layers(client, f"/map/overview?{query}") if one not in ("roads", "rivers")]
    assert ground == kept


@pytest.mark.parametrize(
    ("at", "band"), [("35.4,110.8,10.5", 11), ("35.4,110.8,13.2", 13), ("35.4,110.8,9", 10)]
)
def test_a_position_names_its_band(client: FlaskClient, at: str, band: int) -> None:
    found = asked(client, f"/map/overview?at={at}&v=2")
    assert found
    assert all(f"&z={band}" in address and not media for address, media in found)


@pytest.mark.parametrize("at", ["", "1", "a,b,c", "nan,110,11", "35,110,99", "95,110,11", "1,2,3,4"])
def test_what_is_no_position_is_none(client: FlaskClient, at: str) -> None:
    assert asked(client, f"/map/overview?at={at}") == asked(client, "/map/overview?at=")
    assert all(media for _, media in asked(client, f"/map/overview?at={at}"))


@pytest.mark.parametrize(
    ("zoom", "band"), [(7, 8), (8.4, 8), (8.5, 10), (10.4, 10), (10.5, 11), (11.4, 11), (14.5, 16), (18, 16)]
)
def test_bands_are_those_of_the_map(zoom: float, band: int) -> None:
    assert band_of(zoom) == band


def test_usual_windows_have_three_bands_and_phones_one() -> None:
    assert list(media_of(WANRONG, phone=False)) == [10, 11, 12]
    assert list(media_of(WANRONG, phone=True)) == [10]
    assert media_of(WANRONG, phone=False)[10] == "(not ((min-width:534px) and (min-height:559px)))"


def test_a_layer_of_close_views_is_asked_for_where_the_map_is_surely_close(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = first_view._shown

    def from_fourteen_on(theme: ThemeSpec, words: Mapping[str, str]) -> list[LayerSpec]:
        styles = ((spec, spec.style.model_copy(update={"min_zoom": 14})) for spec in shown(theme, words))
        return [spec.model_copy(update={"style": style}) for spec, style in styles]

    def bands(path: str) -> set[int]:
        return {int(address.partition("&z=")[2]) for address, _ in asked(client, path)}

    every = bands("/map/overview")
    monkeypatch.setattr(first_view, "_shown", from_fourteen_on)
    assert (
        bands("/map/overview") == {band for band in every if band > 14} != every
    )  # band 14 is chosen from 13.4 on
    assert (bands("/map/overview?at=35.4,110.8,13.9"), bands("/map/overview?at=35.4,110.8,14")) == (
        set(),
        {14},
    )


def test_of_a_layer_in_tiles_those_within_the_county_are_asked_for(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiled = {str(band): {"mode": "tiles"} for band in BANDS}
    monkeypatch.setattr(first_view, "screen_of", lambda spec: tiled if spec.id == "villages" else {})
    addresses = [address for address, _ in asked(client, "/map/overview") if "/villages/" in address]
    assert addresses
    assert all(re.search(r"&z=\d+&tile=\d+,\d+$", address) for address in addresses)
    assert not any("/villages/" in address for address, _ in asked(client, "/map/overview?at=35.4,110.8,12"))


def test_the_planner_asks_its_usual_question_on_a_bare_address_alone(client: FlaskClient) -> None:
    question = '<link rel="preload" as="fetch" crossorigin href="/api/coverage'
    assert client.get("/map/coverage").text.count(question) == 2
    assert client.get("/map/coverage?lang=en").text.count(question) == 2
    assert question not in client.get("/map/coverage?within=3000m&v=2").text
    assert question not in client.get("/map/overview").text


def test_a_page_with_all_its_first_shapes_is_small(client: FlaskClient) -> None:
    themes = [theme["id"] for theme in client.get("/api/themes").get_json()["themes"]]
    assert max(len(client.get(f"/map/{theme}").data) for theme in themes) <= 30_000
