"""What is near, over HTTP: where somebody stands is in no address, and nothing of it is kept."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.webmap.routes import AREAS

LON, LAT = 110.8316, 35.4102


def test_a_place_is_sent_in_the_body_and_never_kept(client: FlaskClient) -> None:
    answer = client.post("/api/near", json={"lon": LON, "lat": LAT})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers
    assert str(LON) not in answer.text
    (layer,) = answer.json["layers"]
    assert (layer["title"], len(layer["places"])) == ("党群服务中心", 3)
    assert answer.json["note"] == "没有能用的路网，量的是直线距离。"
    assert client.get(f"/api/near?lon={LON}&lat={LAT}").status_code == 405


@pytest.mark.parametrize(
    "body", [{}, {"lon": "110", "lat": 35}, {"lon": 190, "lat": 35}, {"lon": 110, "lat": True}]
)
def test_what_is_no_place_is_refused(client: FlaskClient, body: dict) -> None:
    answer = client.post("/api/near", json=body)
    assert (answer.status_code, answer.json["code"]) == (400, "bad-argument")


def test_the_middle_of_an_area_may_be_kept(client: FlaskClient) -> None:
    county, *_, grid = AREAS
    first = client.get(f"/api/areas/{grid}/near")
    assert first.json["method"] == "直线距离"
    assert {place["way"] for layer in first.json["layers"] for place in layer["places"]} == {"straight"}
    again = client.get(f"/api/areas/{grid}/near", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert client.get("/api/areas/140822999/near").status_code == 404
    assert client.get(f"/api/areas/{county}/near?lon=1").json["code"] == "filter-bad"


def test_names_of_a_township_with_their_spellings(
    client: FlaskClient, as_role: Callable[..., FlaskClient]
) -> None:
    _, township, village, _ = AREAS
    rows = client.get(f"/api/areas/{township}/names").json["results"]
    assert rows[0]["name"] == "西镇"
    assert rows[0]["spelled"] == ["xizhen", "xz"]
    assert {row["code"][:9] for row in rows} == {township}
    fewer = as_role("planner").get(f"/api/areas/{village}/names").json["results"]
    assert {row["code"][:12] for row in fewer} == {village}
    assert 0 < len(fewer) < len(rows)


def test_only_what_everybody_sees_and_demonstration_data_may_be_kept(
    client: FlaskClient, as_role: Callable[..., FlaskClient]
) -> None:
    public, worker = (one.get("/map/my-grid").text for one in (client, as_role("grid_worker", AREAS[-1])))
    assert 'data-keep="' in public and 'data-keep="' in worker
    name = public.split('data-keep="')[1][:8]
    assert f'data-keep="{name}"' not in worker  # each viewer's under a name of their own


def test_the_worker_names_its_release_and_the_manifest_its_pictures(client: FlaskClient) -> None:
    worker = client.get("/worker.js")
    assert worker.headers["Cache-Control"] == "no-cache"
    assert "worker-src 'self'" in worker.headers["Content-Security-Policy"]
    manifest = client.get("/manifest.webmanifest")
    assert manifest.mimetype == "application/manifest+json"
    assert (manifest.json["short_name"], manifest.json["start_url"]) == ("万荣县", "/map/my-grid")
    for icon in manifest.json["icons"]:
        picture = client.get(icon["src"])
        assert (picture.status_code, picture.mimetype) == (200, "image/png")
        release = icon["src"].split("/")[2]
        assert f'self.RELEASE="{release}"' in worker.text


def test_a_page_is_compressed_unless_it_carries_a_token(client: FlaskClient) -> None:
    packed = client.get("/map/my-grid", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in client.get("/map/coverage", headers={"Accept-Encoding": "gzip"}).headers
    assert (
        "Content-Encoding" not in client.get("/map/my-grid", headers={"Accept-Encoding": "gzip;q=0"}).headers
    )
