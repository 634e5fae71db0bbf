"""Photographs of records go through the door too."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from PIL import Image

from layers.editions import Store
from layers.photos import add_photo

KEY = "PSC005"
PATH = f"/api/layers/party-service-centres/records/{KEY}"


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    file = tmp_path / "一张.png"
    Image.new("RGB", (40, 30), "#0B6470").save(file)
    return file


def test_a_card_shows_its_photographs_at_once(client: FlaskClient, demo_store: Store, picture: Path) -> None:
    before = client.get(PATH)
    assert json.loads(before.data)["photos"] == []
    name = add_photo(demo_store, "party-service-centres", KEY, picture)
    after = client.get(PATH, headers={"If-None-Match": before.headers["ETag"]})
    (url,) = json.loads(after.data)["photos"]
    assert url == f"{PATH}?photo={name}"
    answer = client.get(url)
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert answer.data.startswith(b"\xff\xd8")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_photograph_belongs_to_its_record(client: FlaskClient, demo_store: Store, picture: Path) -> None:
    name = add_photo(demo_store, "party-service-centres", KEY, picture)
    other = PATH.replace(KEY, "PSC001")
    for url in (
        f"{other}?photo={name}",
        f"{PATH}?photo=x",
        f"{PATH}?photo=../../secret",
        f"{PATH}x?photo={name}",
    ):
        assert client.get(url).status_code == 404, url


def test_no_photograph_of_what_is_closed(client: FlaskClient, as_role: Callable[..., FlaskClient]) -> None:
    name = f"{'0' * 64}.jpg"
    assert client.get(f"/api/layers/weak-party-orgs/records/1?photo={name}").status_code == 403
    assert as_role("planner").get(f"/api/layers/disputes/records/D0001?photo={name}").status_code == 404
