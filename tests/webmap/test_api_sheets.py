"""Sheets and exports over HTTP: pictures, choices, files, what is kept, who sees it, and what must never be in them."""

import errno
import io
import json
import re
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from exports import kept
from layers.database.tables import workers
from layers.editions import Store
from tests import county as hand_drawn
from tests.county import village_code
from tests.disputes import INTERNAL, PERSONAL, put
from tests.webmap.routes import SHEETS
from webmap import create_app
from webmap.jobs.kinds import KINDS
from webmap.settings import Settings

Role = Callable[..., FlaskClient]
PLAN = "theme=overview&paper=A4"
WHERE = "/api/sheets"


def ok(client: FlaskClient, path: str, **more: Any) -> Any:
    answer = client.get(path, **more)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer


def post(client: FlaskClient, path: str, body: Any = None, status: int = 200) -> Any:
    answer = client.post(path, json=body)
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.json


def listed(client: FlaskClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ok(client, "/api/exports").json["exports"]
    return found


def words_of_pdf(pdf: bytes) -> str:
    """Everything that can be read on the pages of a PDF."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def bytes_of(pdf: bytes) -> bytes:
    """The file with what is compressed in it laid open."""
    streams = re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL)
    opened = []
    for stream in streams:
        try:
            opened.append(zlib.decompressobj().decompress(stream))
        except zlib.error:
            opened.append(stream)
    return pdf + b"".join(opened)


# ---- preview and choices ----


def test_the_preview_is_a_picture_with_what_it_shows(as_role: Role) -> None:
    answer = ok(as_role("planner"), f"{WHERE}/preview?{PLAN}&px=600")
    picture = Image.open(io.BytesIO(answer.data))
    assert (answer.mimetype, picture.width) == ("image/png", 600)
    assert abs(picture.height - 600 * 210 / 297) <= 1
    told = answer.headers
    assert int(told["Sheet-Scale"]) % 500 == 0
    assert int(told["Sheet-Named"]) > 0
    assert int(told["Sheet-Bytes"]) == len(ok(as_role("planner"), f"{WHERE}/file?{PLAN}&format=pdf").data)
    assert re.fullmatch(r"[0-9a-f]{4}-[0-9a-f]{4}", told["Sheet-Fingerprint"])


def test_the_preview_is_not_drawn_twice(as_role: Role, demo_store: Store) -> None:
    client = as_role("planner")
    tag = ok(client, f"{WHERE}/preview?{PLAN}").headers["ETag"]
    again = client.get(f"{WHERE}/preview?{PLAN}", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    put(demo_store, "party-service-centres", hand_drawn.centres().iloc[:2], demo=True)
    assert ok(client, f"{WHERE}/preview?{PLAN}", headers={"If-None-Match": tag}).headers["ETag"] != tag


def test_choices_are_those_of_the_paper_and_the_area(as_role: Role) -> None:
    found = ok(as_role("planner"), f"{WHERE}/options?{PLAN}").json
    assert [paper["id"] for paper in found["papers"]] == ["A4", "A3", "slide", "figure"]
    assert [area["name"] for area in found["areas"]] == ["手画县", *hand_drawn.TOWNSHIPS.values()]
    fits = [scale["fits"] for scale in found["scales"]]
    assert fits == sorted(fits)
    assert {True, False} == set(fits)
    best = next(scale["scale"] for scale in found["scales"] if scale["fits"])
    assert int(ok(as_role("planner"), f"{WHERE}/preview?{PLAN}").headers["Sheet-Scale"]) == best
    small = ok(as_role("planner"), f"{WHERE}/options?{PLAN}&code=140822100001").json
    codes = [area["code"] for area in small["areas"]]
    assert codes == sorted(codes)
    assert {"code": "140822100001", "name": "1号村"} in small["areas"]
    assert {"140822100002", "140822100001001"} < set(codes)
    assert not any(code.startswith("140822101") and len(code) > 9 for code in codes)
    assert small["scales"][0]["scale"] < best
    assert found["may_confirm"] is False
    assert ok(as_role("operator"), f"{WHERE}/options?{PLAN}").json["may_confirm"] is True


def test_pages_of_an_atlas_are_among_the_choices(as_role: Role) -> None:
    client = as_role("planner")
    found = ok(client, f"{WHERE}/options?theme=overview&atlas=township").json["atlas"]
    assert [(page["number"], page["name"]) for page in found["pages"]] == [
        (1, "西镇"),
        (2, "中镇"),
        (3, "东乡"),
    ]
    page = ok(client, f"{WHERE}/preview?theme=overview&atlas=township&page=140822101&px=300")
    picture = Image.open(io.BytesIO(page.data))
    assert picture.height > picture.width


def test_reports_that_can_be_had(client: FlaskClient) -> None:
    found = ok(client, f"{WHERE}/reports").json
    kinds = {kind["id"]: kind for kind in found["kinds"]}
    assert set(kinds) == {"governance", "coverage", "profile"}
    assert re.fullmatch(r"\d{4}Q[1-4]", kinds["governance"]["periods"][0]["id"])
    assert (kinds["profile"]["area"], kinds["coverage"]["periods"]) == (True, [])
    assert [area["name"] for area in found["areas"]] == [*hand_drawn.TOWNSHIPS.values()]
    near = ok(client, f"{WHERE}/reports?code=140822100001").json["areas"]
    assert {"140822100001", "140822100001001", "140822101"} < {area["code"] for area in near}
    assert client.get(f"{WHERE}/reports?code=999").status_code == 404


def test_only_reports_that_the_viewer_can_have_are_offered(as_role: Role) -> None:
    def offered(client: FlaskClient) -> list[str] | None:
        kinds = {kind["id"]: kind for kind in ok(client, f"{WHERE}/reports").json["kinds"]}
        return [one["id"] for one in kinds["governance"]["periods"]] if "governance" in kinds else None

    public, staff = offered(as_role("public")), offered(as_role("operator"))
    assert public == ["2025Q1", "2024Q4", "2024Q3", "2024Q2", "2024Q1", "2024"]
    assert staff is not None
    assert len([one for one in staff if "-" in one]) == 12
    assert offered(as_role("grid_worker", "140822100001001")) is None


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("paper=A4", 404, ""),
        ("theme=nope", 404, "nope"),
        ("theme=overview&code=999999", 404, "999999"),
        ("theme=overview&layers=nope", 404, "nope"),
        ("theme=overview&paper=A9", 400, "A9"),
        ("theme=overview&colour=red", 400, "colour"),
        ("theme=overview&paper=A3&paper=A4", 400, "两次"),
        ("theme=overview&px=1", 400, "px"),
        ("theme=overview&scale=200", 400, "放不下"),
        ("theme=overview&since=2026-02-30", 400, "since"),
        ("theme=overview&title=" + "长" * 81, 400, "80"),
        ("theme=overview&handling=public", 400, "审图号"),
        ("theme=overview&handling=public&confirmed=1&reason=x", 403, "权限"),
        ("theme=overview&atlas=house", 400, "house"),
        ("theme=overview&atlas=township&page=140822999", 404, "140822999"),
    ],
)
def test_what_cannot_be_drawn_says_why(client: FlaskClient, query: str, status: int, said: str) -> None:
    answer = client.get(f"{WHERE}/preview?{query}")
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert said in answer.json["detail"]


# ---- files and what is kept ----


@pytest.mark.parametrize(("kind", "start"), [("pdf", b"%PDF-1.7"), ("png", b"\x89PNG"), ("svg", b"<")])
def test_a_file_is_given_and_kept(as_role: Role, kind: str, start: bytes) -> None:
    client = as_role("planner")
    answer = ok(client, f"{WHERE}/file?{PLAN}&format={kind}&dpi=100")
    assert answer.mimetype == kept.FORMATS[kind]
    assert answer.data.startswith(start)
    assert "filename*=UTF-8''" in answer.headers["Content-Disposition"]
    (record,) = listed(client)
    assert (record["kind"], record["format"], record["size"]) == ("sheet", kind, len(answer.data))
    assert record["who"] == "planner.140822"
    assert (record["there"], record["changed"], record["demo"]) == (True, [], True)
    assert record["query"] == "theme=overview&paper=A4"
    assert ok(client, record["file"]).data == answer.data
    assert ok(client, f"/api/exports/{record['token']}").json == record


def test_bad_files_are_refused_and_not_kept(client: FlaskClient) -> None:
    for query in ("format=exe", "format=png&dpi=9", "format=pdf&px=100"):
        assert client.get(f"{WHERE}/file?{PLAN}&{query}").status_code == 400, query
    assert listed(client) == []


def test_others_do_not_see_it(as_role: Role) -> None:
    mine, other, worker = as_role("planner"), as_role("mediator"), as_role("grid_worker", "140822100001001")
    ok(mine, f"{WHERE}/file?{PLAN}")
    (record,) = listed(mine)
    assert len(listed(as_role("planner"))) == 1, "the same role and scope, from another desk"
    for client in (other, worker):
        assert listed(client) == []
        for path in ("", "/file"):
            assert client.get(f"/api/exports/{record['token']}{path}").status_code == 404
        assert client.post(f"/api/exports/{record['token']}/again").status_code == 404
        assert client.delete(f"/api/exports/{record['token']}").status_code == 404
    assert len(listed(mine)) == 1


def test_the_public_sees_what_this_browser_exported(app: Flask) -> None:
    mine, other = app.test_client(), app.test_client()
    assert listed(mine) == []
    assert mine.get_cookie("session") is None, "who exports nothing needs no cookie"
    ok(mine, f"{WHERE}/file?{PLAN}")
    (record,) = listed(mine)
    assert record["who"] == "public"
    assert listed(other) == []
    assert other.get(f"/api/exports/{record['token']}").status_code == 404
    ok(other, f"{WHERE}/file?{PLAN}")
    assert other.delete(f"/api/exports/{record['token']}").status_code == 404
    assert mine.delete(f"/api/exports/{record['token']}").json == {"deleted": record["token"]}
    assert listed(mine) == []


def test_made_again_from_the_same_editions_it_is_the_same(as_role: Role, demo_store: Store) -> None:
    client = as_role("planner")
    before = ok(client, f"{WHERE}/file?{PLAN}").data
    (record,) = listed(client)
    put(demo_store, "party-service-centres", hand_drawn.centres().iloc[:2], demo=True)
    (changed,) = listed(client)
    assert changed["changed"] == ["party-service-centres"]
    again = post(client, f"/api/exports/{record['token']}/again")
    assert (again["same"], again["token"], again["changed"]) == (True, record["token"], [])
    now = post(client, f"/api/exports/{record['token']}/again", {"data": "now"})
    assert (now["same"], now["changed"]) == (False, ["party-service-centres"])
    assert now["fingerprint"] != record["fingerprint"]
    assert ok(client, record["file"]).data == before
    assert [item["token"] for item in listed(client)] == [now["token"], record["token"]]


def test_made_again_after_its_edition_is_gone_it_says_what_changed(as_role: Role, demo_store: Store) -> None:
    client = as_role("planner")
    ok(client, f"{WHERE}/file?{PLAN}")
    (record,) = listed(client)
    put(demo_store, "party-service-centres", hand_drawn.centres().iloc[:2], demo=True)
    folder = demo_store.home / "editions" / "party-service-centres"
    (folder / f"{record['editions']['party-service-centres']}.parquet").unlink()
    again = post(client, f"/api/exports/{record['token']}/again")
    assert (again["same"], again["changed"]) == (False, ["party-service-centres"])


def test_words_of_again_are_checked(as_role: Role) -> None:
    client = as_role("planner")
    ok(client, f"{WHERE}/file?{PLAN}")
    (record,) = listed(client)
    for body in ({"data": "tomorrow"}, {"when": "then"}, ["now"]):
        assert client.post(f"/api/exports/{record['token']}/again", json=body).status_code == 400


def test_a_swept_file_can_be_made_again(as_role: Role, settings: Settings) -> None:
    client = as_role("planner")
    before = ok(client, f"{WHERE}/file?{PLAN}").data
    (record,) = listed(client)
    (settings.home / "exports" / f"{record['token']}.pdf").unlink()
    gone = client.get(f"/api/exports/{record['token']}/file")
    assert (gone.status_code, "已清理" in gone.json["detail"]) == (404, True)
    assert post(client, f"/api/exports/{record['token']}/again")["same"] is True
    assert ok(client, f"/api/exports/{record['token']}/file").data == before


def test_a_full_disk_says_so(
    client: FlaskClient, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def _full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(kept.os, "fsync", _full)
    answer = client.get(f"{WHERE}/file?{PLAN}")
    assert (answer.status_code, answer.json["code"]) == (507, "disk-full")
    assert not [file for file in (settings.home / "exports").iterdir() if file.suffix in (".pdf", ".part")]


def test_a_database_without_room_says_so(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def _full(_: object, export: object) -> None:
        with app.extensions["govmap"].county.database.writing() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 1")
            connection.execute(workers.insert().values(name="w" * 100_000, seen_at=1.0))

    monkeypatch.setattr(kept.Exports, "_record", _full)
    answer = client.get(f"{WHERE}/file?{PLAN}")
    assert (answer.status_code, answer.json["code"]) == (507, "disk-full")
    assert "full" not in answer.json["detail"]


def test_changing_something_needs_the_token(settings: Settings) -> None:
    app = create_app(settings)
    client = app.test_client()
    ok(client, f"{WHERE}/file?{PLAN}")
    (record,) = listed(client)
    for method, path in (("post", "/again"), ("delete", "")):
        refused = getattr(client, method)(f"/api/exports/{record['token']}{path}")
        assert (refused.status_code, refused.json["code"]) == (400, "bad-request")
    token = ok(client, "/api/token").json["token"]
    headers = {"X-CSRFToken": token}
    assert client.delete(f"/api/exports/{record['token']}", headers=headers).status_code == 200
    assert app.test_client().get("/api/token").json["token"] != token


def test_a_file_is_renewed_not_kept_twice(as_role: Role) -> None:
    client = as_role("planner")
    for _ in range(3):
        ok(client, f"{WHERE}/file?{PLAN}")
    ok(client, f"{WHERE}/file?{PLAN}&format=svg")
    assert [record["format"] for record in listed(client)] == ["svg", "pdf"]


# ---- atlases and reports, as jobs ----


def done(app: Flask, client: FlaskClient, kind: str, **plan: str) -> dict[str, Any]:
    """What a job says once a worker has done it."""
    job = post(client, "/api/jobs", {"kind": kind, "plan": plan}, 202)["id"]
    service = app.extensions["govmap"]
    service.jobs.run(job, lambda taken, report: KINDS[kind].work(service.county, taken, report))
    found: dict[str, Any] = ok(client, f"/api/jobs/{job}").json
    assert found["state"] == "done", found["error"]
    result: dict[str, Any] = found["result"]
    return result


def test_an_atlas_is_made_kept_and_made_again(app: Flask, as_role: Role, demo_store: Store) -> None:
    villages = hand_drawn.villages()
    villages.loc[villages["code"] == village_code(4), "geometry"] = None
    put(demo_store, "villages", villages, demo=True)
    client = as_role("planner")
    words = {"theme": "overview", "atlas": "village", "code": "140822100", "layers": "villages"}
    result = done(app, client, "atlas", **words)
    (failed,) = result["failed"]
    assert (result["pages"], failed["page"], failed["name"]) == (3, village_code(4), "4号村")
    assert "界线" in failed["error"]["message"]
    (record,) = listed(client)
    assert (record["token"], record["kind"], record["pages"]) == (result["export"], "atlas", 3)
    assert "1号村" in words_of_pdf(ok(client, record["file"]).data)
    again = post(client, f"/api/exports/{record['token']}/again", status=202)["job"]
    service = app.extensions["govmap"]
    service.jobs.run(again, lambda taken, report: KINDS["atlas"].work(service.county, taken, report))
    assert ok(client, f"/api/jobs/{again}").json["result"]["same"] is True
    assert as_role("mediator").get(f"/api/jobs/{again}").status_code == 404


def test_a_report_is_made_and_kept(app: Flask, as_role: Role) -> None:
    client = as_role("mediator")
    result = done(app, client, "report", report="governance", period="2024Q4", format="xlsx")
    (record,) = listed(client)
    assert (record["token"], record["kind"], record["format"]) == (result["export"], "report", "xlsx")
    assert "2024" in record["title"]
    assert ok(client, record["file"]).mimetype == kept.FORMATS["xlsx"]


@pytest.mark.parametrize(
    ("kind", "plan", "status"),
    [
        ("atlas", {"theme": "overview"}, 400),
        ("atlas", {"theme": "overview", "atlas": "township", "only": "1"}, 404),
        ("atlas", {"theme": "overview", "atlas": "township", "who": "operator.140822"}, 400),
        ("atlas", {"theme": "overview", "atlas": "township", "again": "0" * 32}, 400),
        ("report", {"report": "poem"}, 400),
        ("report", {"report": "governance", "format": "exe"}, 400),
        ("report", {"report": "governance", "who": "operator.140822"}, 400),
        ("report", {"report": "governance", "period": "2024-10"}, 400),
        ("report", {"report": "governance", "period": "2031Q1"}, 400),
        ("report", {"report": "governance", "maker": "县人民政府"}, 403),
        ("report", {"report": "profile", "code": "140822999"}, 404),
        ("report", {"report": "coverage", "code": "140822999"}, 404),
        ("report", {"report": "coverage", "services": "nope"}, 404),
    ],
)
def test_work_that_cannot_be_is_not_begun(
    client: FlaskClient, kind: str, plan: dict[str, str], status: int
) -> None:
    assert client.post("/api/jobs", json={"kind": kind, "plan": plan}).status_code == status


# ---- the page ----


def test_the_page_lists_what_was_exported(as_role: Role) -> None:
    client = as_role("planner")
    assert "还没有导出过" in ok(client, "/exports").get_data(as_text=True)
    ok(client, f"{WHERE}/file?{PLAN}&title=%3Cb%3E%E5%9B%BE%3C%2Fb%3E")
    (record,) = listed(client)
    page = ok(client, "/exports").get_data(as_text=True)
    assert "&lt;b&gt;图&lt;/b&gt;" in page
    assert "<b>图</b>" not in page
    assert record["fingerprint"] in page
    assert "规划人员 · 全县" in page
    assert record["editions"]["villages"] in page


def test_english_says_it_in_english(as_role: Role) -> None:
    page = ok(as_role("planner"), "/exports?lang=en").get_data(as_text=True)
    assert "Nothing exported yet" in page
    options = ok(as_role("planner"), f"{WHERE}/options?{PLAN}&lang=en").json
    assert [part["title"] for part in options["parts"]][:3] == ["Legend", "Histogram", "Locator"]


# ---- what must not be in any byte ----


@pytest.mark.parametrize("role", ["public", "planner", "mediator", "operator"])
@pytest.mark.parametrize("theme", ["overview", "disputes"])
def test_no_file_holds_what_its_viewer_may_not_see(as_role: Role, role: str, theme: str) -> None:
    client = as_role(role)
    layers = "&layers=disputes,party-service-centres,villages" if theme == "overview" else ""
    query = f"theme={theme}&paper=A4{layers}"
    pdf = ok(client, f"{WHERE}/file?{query}&format=pdf").data
    svg = ok(client, f"{WHERE}/file?{query}&format=svg").data
    record = json.dumps(listed(client), ensure_ascii=False)
    text = words_of_pdf(pdf) + bytes_of(pdf).decode("utf-16-be", "ignore") + svg.decode() + record
    assert PERSONAL not in text
    assert INTERNAL not in text
    assert "演示数据" in words_of_pdf(pdf)
    assert "0359-4520000" not in text
    assert str(Path.home()) not in text


def test_every_route_that_draws_is_asked_here(app: Flask) -> None:
    drawing = {rule.endpoint for rule in app.url_map.iter_rules() if rule.rule.startswith(WHERE)}
    assert drawing == SHEETS
