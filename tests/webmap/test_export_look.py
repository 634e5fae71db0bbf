"""What is seen of an export before and after it is made: choices, thumbnails, the first page of a report, the list."""

import io
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import shapely
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from exports.drafts import DRAFTS
from exports.reports import make
from layers.editions import Store
from tests import county as hand_drawn
from tests.disputes import put
from tests.webmap.test_api_sheets import done, listed, ok, words_of_pdf
from webmap.api import choices
from webmap.pages import exports as page_of_exports

Role = Callable[..., FlaskClient]
REPORT = {"report": "governance", "period": "2024Q4"}
PAGE = "/api/sheets/reports/page?report=governance&period=2024Q4&format="


def picture(body: bytes) -> tuple[int, int]:
    return Image.open(io.BytesIO(body)).size


def kept(client: FlaskClient, query: str) -> None:
    ok(client, f"/api/sheets/file?{query}")


# ---- choices ----


def test_the_layers_that_are_drawn_are_told(as_role: Role) -> None:
    client, query = as_role("planner"), "/api/sheets/options?theme=overview&paper=A4"
    usual = {layer["id"]: layer["on"] for layer in ok(client, query).json["layers"]}
    assert usual["villages"] is True
    chosen = ok(client, f"{query}&layers=villages,party-service-centres").json["layers"]
    assert {layer["id"] for layer in chosen if layer["on"]} == {"villages", "party-service-centres"}
    assert {layer["id"] for layer in chosen} == set(usual)
    public = ok(as_role("public"), "/api/sheets/options?theme=my-grid&paper=A4&layers=grids").json["layers"]
    assert [layer["title"] for layer in public if layer["id"] == "grids"] == ["治理网格"]


@pytest.mark.parametrize(
    ("metres", "found"),
    [
        ((50_000, 36_000), [(200_000, True), (200_000, False)]),
        ((30_000, 50_000), [(250_000, False), (200_000, True)]),
        ((37_000, 37_000), [(200_000, False), (150_000, True)]),
        ((43_750, 38_400), [(200_000, False), (200_000, False)]),
    ],
)
def test_the_better_orientation_is_that_of_the_larger_drawing(
    as_role: Role, monkeypatch: pytest.MonkeyPatch, metres: tuple[int, int], found: list[tuple[int, bool]]
) -> None:
    """By the shape of the area and the frame of the map, also where the same round scale fits both."""
    monkeypatch.setattr(choices, "_outline", lambda *_: shapely.box(0, 0, *metres))
    turns = ok(as_role("planner"), "/api/sheets/options?theme=overview&paper=A3").json["turns"]
    assert [turn["orientation"] for turn in turns] == ["landscape", "portrait"]
    assert [(turn["scale"], turn["better"]) for turn in turns] == found
    assert all(0.3 < turn["share"] < 1 for turn in turns)
    assert ok(as_role("planner"), "/api/sheets/options?theme=overview&paper=slide").json["turns"] == []


def test_what_may_be_chosen_of_a_title_is_told_apart(as_role: Role) -> None:
    query = "/api/sheets/preview?theme=overview&paper=A4&layers=disputes,villages&px=300&f.disputes.category=neighbour"
    told = dict(ok(as_role("planner"), f"{query}&title=a&dated=1").headers)
    assert (told["Sheet-Title-Own"], told["Sheet-Title-Locked"].count("%0A")) == ("a", 1)
    assert told["Sheet-Title"].startswith("a%EF%BC%88")


# ---- thumbnails ----


def test_a_thumbnail_has_the_form_of_the_sheet_and_its_rights(as_role: Role) -> None:
    client = as_role("planner")
    kept(client, "theme=overview&paper=A4")
    (record,) = listed(client)
    where = f"/api/exports/{record['token']}/picture"
    answer = ok(client, where)
    assert (answer.mimetype, picture(answer.data)) == ("image/png", (320, 226))
    assert client.get(where, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert as_role("mediator").get(where).status_code == 404
    assert client.delete(f"/api/exports/{record['token']}").status_code == 200
    assert client.get(where).status_code == 404


def test_atlases_and_reports_have_one_and_workbooks_none(app: Flask, as_role: Role) -> None:
    client = as_role("mediator")
    atlas = done(app, client, "atlas", theme="overview", atlas="township", layers="villages")
    assert picture(ok(client, f"/api/exports/{atlas['export']}/picture").data) == (226, 320)
    report = done(app, client, "report", **REPORT, format="docx")
    assert picture(ok(client, f"/api/exports/{report['export']}/picture").data) == (226, 320)
    book = done(app, client, "report", **REPORT, format="xlsx")
    assert client.get(f"/api/exports/{book['export']}/picture").status_code == 404
    page = ok(client, "/exports?lang=zh").text
    assert page.count("/picture") == 2


# ---- the first page of a report ----


def composing(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How often a report is worked out."""
    calls: list[str] = []
    compose = make.compose

    def _counted(*given: Any, **more: Any) -> Any:
        calls.append(given[2].key)
        return compose(*given, **more)

    monkeypatch.setattr(make, "compose", _counted)
    return calls


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_a_report_that_was_looked_at_is_not_worked_out_again(
    app: Flask, as_role: Role, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    calls, client = composing(monkeypatch), as_role("mediator")
    assert client.get(PAGE + form).status_code == 204
    looked = done(app, client, "report", **REPORT, format=form, preview="1")
    assert looked["size"] > 10_000
    assert "export" not in looked
    assert listed(client) == []
    assert picture(ok(client, PAGE + form).data) == (1240, 1754)
    made = done(app, client, "report", **REPORT, format=form)
    assert len(calls) == 1
    (record,) = listed(client)
    assert (record["token"], record["size"], record["format"]) == (made["export"], looked["size"], form)


def test_a_draft_is_of_its_viewer_and_of_its_editions(app: Flask, as_role: Role, demo_store: Store) -> None:
    client = as_role("mediator")
    done(app, client, "report", **REPORT, format="pdf", preview="1")
    assert as_role("planner").get(PAGE + "pdf").status_code == 204
    assert client.get(PAGE + "pdf&number=a1").status_code == 204
    ok(client, PAGE + "pdf")
    put(demo_store, "party-service-centres", hand_drawn.centres().iloc[:2], demo=True)
    assert client.get(PAGE + "pdf").status_code == 204


def test_only_the_newest_drafts_are_kept(
    app: Flask, as_role: Role, demo_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    from exports import drafts

    monkeypatch.setattr(drafts, "MOST", 1)
    client = as_role("mediator")
    for period in ("2024Q3", "2024Q4"):
        done(app, client, "report", report="governance", period=period, format="pdf", preview="1")
    assert client.get(PAGE.replace("Q4", "Q3") + "pdf").status_code == 204
    ok(client, PAGE + "pdf")
    assert len(list((demo_store.home / "exports" / DRAFTS).iterdir())) == 4


def test_number_and_unit_are_printed(app: Flask, as_role: Role) -> None:
    client = as_role("mediator")
    made = done(
        app, client, "report", **REPORT, format="pdf", number="手社工[2025]3号", maker="县委社会工作部"
    )
    assert "手社工〔2025〕3号" in words_of_pdf(ok(client, f"/api/exports/{made['export']}/file").data)
    choices = ok(client, "/api/sheets/reports").json
    assert (choices["may_sign"], choices["most_number"], choices["most_maker"]) == (True, 40, 60)
    assert ok(as_role("public"), "/api/sheets/reports").json["may_sign"] is False


@pytest.mark.parametrize(
    ("role", "number", "status", "said"),
    [
        ("mediator", "号" * 41, 400, "文号有 41 字"),
        ("mediator", "a\x0b12号", 400, "U+000B"),
        ("mediator", "a\uffff12号", 400, "U+FFFF"),
        ("mediator", "=HYPERLINK(1)", 400, "当成公式"),
        ("mediator", "🐟12号", 400, "字体里没有"),
        ("public", "手社工〔2025〕3号", 403, "文号（number）由工作人员写"),
    ],
)
def test_a_number_that_cannot_be_is_refused_before_any_work(
    as_role: Role, role: str, number: str, status: int, said: str
) -> None:
    words = {"report": "coverage", "number": number}
    answer = as_role(role).post("/api/jobs", json={"kind": "report", "plan": words})
    assert answer.status_code == status
    assert said in answer.json["detail"]


# ---- the list ----


def titles(client: FlaskClient, query: str) -> list[str]:
    return re.findall(r"<h2>(.*?)</h2>", ok(client, f"/exports?lang=zh&{query}").text)


def test_the_list_is_searched_by_title_area_theme_kind_and_day(app: Flask, as_role: Role) -> None:
    client = as_role("mediator")
    kept(client, "theme=overview&paper=A4&title=ABC")
    kept(client, "theme=disputes&show=rate&code=140822101&paper=A4&title=DEF")
    done(app, client, "report", **REPORT, format="xlsx", number="手社工〔2025〕3号")
    (report,) = titles(client, "kind=report")
    assert titles(client, "q=ａｂｃ") == ["ABC"]
    assert titles(client, "q=中镇") == titles(client, "q=140822101") == ["DEF"]
    assert titles(client, "q=总览 单幅图") == ["ABC"]
    assert titles(client, "q=报告 〔2025〕3号") == [report]
    today = listed(client)[0]["made_on"]
    year, month, day = map(int, today.split("-"))
    assert len(titles(client, f"q={today}")) == len(titles(client, f"q={year}年{month}月{day}日")) == 3
    assert titles(client, "q=中镇&kind=report") == []
    assert "没有找到" in ok(client, "/exports?lang=zh&q=zzz").text
    assert len(titles(client, "kind=nope&page=99")) == 3


def test_a_long_list_has_pages(as_role: Role, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_of_exports, "SHOWN", 2)
    client = as_role("planner")
    for title in "abc":
        kept(client, f"theme=overview&paper=A4&format=svg&title={title}")
    assert (titles(client, ""), titles(client, "page=2"), titles(client, "page=7")) == (
        ["c", "b"],
        ["a"],
        ["a"],
    )
    first, last = ok(client, "/exports").text, ok(client, "/exports?page=2&q=a").text
    assert 'rel="next" href="/exports?page=2"' in first
    assert 'rel="prev"' not in first
    assert "rel=" not in re.findall(r"<main.*</main>", last, re.DOTALL)[0]


@pytest.mark.parametrize(
    ("query", "theme", "page"),
    [
        (
            "theme=overview&layers=villages,disputes&code=140822100&f.disputes.category=neighbour&paper=A4&parts=legend&title=x&scale=50000",
            "overview",
            {"layers": "villages,disputes", "code": "140822100", "f.disputes.category": "neighbour", "v": "2"},
        ),
        ("theme=disputes&show=rate&since=2024-01-01&handling=internal", "disputes", {"show": "rate", "since": "2024-01-01", "v": "2"}),
    ],
)  # fmt: skip
def test_what_is_changed_opens_on_its_page(
    as_role: Role, query: str, theme: str, page: dict[str, str]
) -> None:
    client = as_role("planner")
    kept(client, query)
    (record,) = listed(client)
    (address,) = re.findall(
        r'href="(/map/[^"]+#export=\w+)"', ok(client, "/exports").text.replace("&amp;", "&")
    )
    parts = urlsplit(address)
    assert (parts.path, parts.fragment) == (f"/map/{theme}", f"export={record['token']}")
    assert dict(parse_qsl(parts.query)) == page
