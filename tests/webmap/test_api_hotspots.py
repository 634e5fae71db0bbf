"""Hot spots, density and their files over HTTP: what staff get, what the public gets, and what a grid worker is told."""

import base64
from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient

from tests.disputes import COUNTS, QUARTERS, TOTAL

Role = Callable[..., FlaskClient]


def ask(client: FlaskClient, path: str = "", query: str = "") -> Any:
    answer = client.get(f"/api/hotspots{path}?{query}")
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.json


def test_staff_get_every_village_and_the_months(as_role: Role) -> None:
    found = ask(as_role("mediator"))
    assert found["total"] == TOTAL
    assert "矛盾纠纷热点" in found["title"]
    assert found["demo"] is True
    assert found["editions"]["disputes"]
    assert len(found["months"]) == 3 * len(QUARTERS)
    assert "不足 30 个村（社区），不作显著性判断" in found["note"]
    assert {row["class"] for row in found["rows"]} == {"none"}
    assert {"code", "name", "people", "n", "rate", "z", "q", "trend"} <= set(found["rows"][0])


def test_title_method_and_note_are_told_in_english(as_role: Role) -> None:
    found = ask(
        as_role("mediator"), query="since=2024-01-01&until=2024-03-31&neighbours=band&band=3000&lang=en"
    )
    assert (
        found["title"]
        == "Hot spots of disputes from 2024-01-01 to 2024-03-31 (village, cases per 1,000 people)"
    )
    assert "neighbours: points within 3000 m, itself included" in found["method"]
    assert "village: fewer than 30, significance is not judged" in found["note"]


def test_a_period_is_kept_to(as_role: Role) -> None:
    found = ask(as_role("mediator"), query="since=2024-01-01&until=2024-03-31&neighbours=band&band=3000")
    assert found["total"] == sum(counts[0] for counts in COUNTS.values())
    assert found["parameters"]["band_m"] == 3000


def test_the_public_gets_whole_published_periods_only(client: FlaskClient) -> None:
    found = ask(client, query="since=2024-01-01&until=2024-12-31")
    assert "只用公布的各村件数" in found["note"]
    assert found["months"] == []
    refused = client.get("/api/hotspots?since=2024-01-01&until=2024-01-31")
    assert refused.status_code == 400
    assert "只公布整季和整年" in refused.json["detail"]
    assert client.get("/api/hotspots?by=grid").status_code == 400
    assert client.get("/api/hotspots/density").status_code == 403


def test_the_public_is_told_why_there_are_no_hot_spots(client: FlaskClient) -> None:
    words = "since=2024-01-01&until=2024-03-31"
    refused = client.get(f"/api/hotspots?{words}")
    assert (refused.status_code, refused.json["code"]) == (403, "counts-withheld")
    assert "算热点会把它们当成没有，所以不提供热点" in refused.json["detail"]
    assert client.get(f"/api/hotspots/export?{words}&format=csv").status_code == 403
    found = ask(client, "/rates", words)
    assert found["refusal"] == refused.json["detail"]
    hidden = [row for row in found["rows"] if row["n"] is None]
    assert hidden
    assert all(row["rate"] is None for row in hidden)
    english = ask(client, "/rates", f"{words}&lang=en")
    assert f"{len(hidden)} villages have counts that are withheld" in english["refusal"]
    assert "are withheld" in client.get(f"/api/hotspots?{words}&lang=en").json["detail"]


def test_rates_are_those_of_the_hot_spots(as_role: Role) -> None:
    mediator = as_role("mediator")
    rates, spots = ask(mediator, "/rates"), ask(mediator)
    assert rates["refusal"] == ""
    shared = ("total", "mean_rate", "since", "until", "editions", "query")
    assert {name: rates[name] for name in shared} == {name: spots[name] for name in shared}
    assert rates["rows"] == [
        {name: row[name] for name in ("code", "name", "people", "n", "rate")} for row in spots["rows"]
    ]


def test_conditions_are_those_of_a_map(as_role: Role, client: FlaskClient) -> None:
    """Ten of the thirty of the first quarter are red."""
    mediator, words = as_role("mediator"), "since=2024-01-01&until=2024-03-31"
    red = f"{words}&f.disputes.warning_level=red"
    for path in ("", "/rates", "/density"):
        whole, some = ask(mediator, path, words), ask(mediator, path, red)
        assert (whole["total"], whole["filters"]) == (30, ["全部状态"])
        assert (some["total"], some["filters"]) == (10, ["预警等级 红色", "全部状态"])
    assert ask(mediator, "", red)["parameters"]["conditions"] == {"warning_level": ["red"]}
    assert ask(mediator, "", f"{red}&lang=en")["filters"] == ["Warning level Red", "Status: all"]
    assert ask(mediator, "", f"{words}&f.disputes.status=open")["filters"] == ["状态 已上报未化解"]
    table = mediator.get(f"/api/hotspots/export?{red}&format=csv").get_data().decode("utf-8-sig")
    assert "预警等级 红色，全部状态" in table
    for wrong in ("f.disputes.bogus=1", "f.orchards.crop=apple", "f.warning_level=red"):
        assert mediator.get(f"/api/hotspots?{wrong}").json["code"] == "filter-bad"
    refused = client.get(f"/api/hotspots/rates?{red}")
    assert (refused.status_code, refused.json["code"]) == (400, "filter-bad")
    assert "不能按条件筛选" in refused.json["detail"]


def test_a_grid_worker_is_told_why_not(as_role: Role) -> None:
    refused = as_role("grid_worker", "140822100001001").get("/api/hotspots")
    assert refused.status_code == 403
    assert "只看本网格的身份算不出全县的热点" in refused.json["detail"]


def test_density_packs_one_byte_a_cell(as_role: Role) -> None:
    found = ask(as_role("mediator"), "/density")
    cells = base64.b64decode(found["values"])
    assert len(cells) == found["grid"]["columns"] * found["grid"]["rows"]
    assert max(cells) == 255
    assert found["peak"] > 0
    (west, north), (east, _), (_, south), _ = found["grid"]["corners"]
    assert 110 < west < east < 112
    assert 35 < south < north < 36


def test_the_table_can_be_taken_away(as_role: Role, client: FlaskClient) -> None:
    answer = as_role("mediator").get("/api/hotspots/export?format=csv")
    assert answer.status_code == 200
    assert "件数" in answer.get_data().decode("utf-8-sig")
    assert client.get("/api/hotspots/export?format=doc").status_code == 400


def test_what_cannot_be_is_refused(client: FlaskClient) -> None:
    for query in ("alpha=2", "by=house", "since=soon", "colour=red"):
        assert client.get(f"/api/hotspots?{query}").status_code == 400, query
