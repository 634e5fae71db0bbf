"""Text of records, declarations, settings and addresses stays text in everything the server gives out."""

import csv
import html
import io
import json
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote

import openpyxl
import pandas as pd
import pyogrio
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from layers.catalog import Catalog, load_catalog
from layers.editions import Store
from layers.language.readings import fold
from layers.spec import LayerSpec
from tests import county, every
from tests.hostile import EVALUATED, HOSTILE, OWN, TRACE, home_in, hostile
from tests.webmap.routes import addresses
from webmap import create_app
from webmap.cli import main
from webmap.settings import load_settings

SHIPPED = [spec.id for spec in load_catalog()]
LAYERS = [*SHIPPED, OWN]
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
IN_SHEETS = CONTROLS.sub("", HOSTILE)
"""XML has no way to write the other control characters."""
WHOLE = (HOSTILE, county.HOSTILE)
FOLDED = (fold(HOSTILE), fold(county.HOSTILE.removesuffix("村")))
"""As names are compared; in English a village is called by another word."""
LEAST = 80
"""Letters of the text that an error message repeats."""


@pytest.fixture(scope="session")
def hostile_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return home_in(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="session")
def words(hostile_home: Path) -> Catalog:
    """The declarations of that county."""
    return load_catalog(hostile_home / "declarations")


@pytest.fixture(scope="session")
def hostile_app(hostile_home: Path) -> Flask:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("GOVMAP_HOME", raising=False)
        made = create_app(load_settings(home=hostile_home))
    made.config["WTF_CSRF_ENABLED"] = False
    return made


@pytest.fixture(scope="session")
def operator(hostile_app: Flask) -> FlaskClient:
    """Sees everything that anybody may see."""
    client = hostile_app.test_client()
    assert client.post("/viewer", data={"role": "operator"}).status_code == 303
    return client


class Seen(HTMLParser):
    """What a browser would make of a page: its text and attributes, and whatever could run."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.attributes: list[str] = []
        self.suspects: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.attributes += [value for value in given.values() if value]
        ours = given.get("src") or ""
        if tag in ("script", "img", "iframe") and not ours.startswith(("/static/", "/frame/")):
            self.suspects.append(self.get_starttag_text() or tag)
        if any(name.startswith("on") or name in ("style", "srcdoc") for name in given):
            self.suspects.append(self.get_starttag_text() or tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def strings(document: Any) -> Iterator[str]:
    """Every text in plain data, names of members too."""
    if isinstance(document, str):
        yield document
    elif isinstance(document, dict):
        yield from (text for pair in document.items() for part in pair for text in strings(part))
    elif isinstance(document, list):
        yield from (text for part in document for text in strings(part))


def check(answer: TestResponse) -> int:
    """Nothing in the answer was evaluated, broken up or left open; how often the text stands in it."""
    body = answer.get_data()
    if answer.mimetype == "text/html":
        page = Seen(answer.text)
        assert page.suspects == []
        texts = [page.text, *page.attributes]
    elif answer.mimetype.endswith("json"):
        texts = list(strings(json.loads(body)))
    elif answer.mimetype.endswith(".sheet"):
        texts = [str(cell.value) for sheet in sheets(body) for row in sheet.iter_rows() for cell in row]
    elif answer.mimetype == "text/csv":
        texts = [
            cell for row in csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")) for cell in row
        ]
    else:
        texts = [body.decode("utf-8", "replace")]
    for text in texts:
        assert not [wrong for wrong in EVALUATED if wrong in text]
        if answer.mimetype.endswith("json") and TRACE in text:
            assert any(whole[:LEAST] in fold(text) or fold(text) in whole for whole in FOLDED), text
    return sum(text.count(HOSTILE) + text.count(IN_SHEETS) for text in texts)


def sheets(body: bytes) -> list[Any]:
    """The sheets of a workbook that holds no formula."""
    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        for name in parts.namelist():
            assert b"<f>" not in parts.read(name), name
    book = openpyxl.load_workbook(io.BytesIO(body))
    for sheet in book:
        for row in sheet.iter_rows():
            assert not [cell.coordinate for cell in row if cell.data_type == "f" or cell.hyperlink]
    return list(book)


def text_fields(spec: LayerSpec) -> dict[str, tuple[str | None, str | None]]:
    """Field → the hostile texts of both rows, for the fields that people may see."""
    return {
        field.name: (hostile(spec, field, 0), hostile(spec, field, 1))
        for field in spec.fields
        if field.sensitivity != "personal" and not every.is_spine(spec, field) and hostile(spec, field, 1)
    }


def test_every_layer_has_hostile_text(words: Catalog) -> None:
    assert set(words.layers) == set(LAYERS)
    assert all(text_fields(spec) for spec in words)
    assert sum(len(text_fields(spec)) for spec in words) > 150


@pytest.mark.parametrize(
    ("language", "layers"), [("zh", LAYERS), ("en", [OWN, "villages", "disputes", "indicators"])]
)
def test_every_route_answers_and_changes_nothing(
    operator: FlaskClient, language: str, layers: list[str]
) -> None:
    keys = {layer: _keys(operator, layer) for layer in layers}
    assert {layer for layer, found in keys.items() if len(found) < every.ROWS} <= {"counties"}
    seen = {}
    for address in addresses(operator, keys):
        if re.search("/(export|template)", address) and OWN not in address:
            continue  # every one of them is read back below
        query = f"{'&' if '?' in address else '?'}lang={language}"
        answer = operator.get(address + query, follow_redirects=True)
        assert answer.status_code == 200, (address, answer.text[:300])
        seen[address] = check(answer)
    assert [address for address, count in seen.items() if OWN in address and count == 0] == []
    assert sum(seen.values()) > 50 * len(layers)


@pytest.mark.parametrize("layer", LAYERS)
def test_features_hold_the_text_as_it_is(operator: FlaskClient, words: Catalog, layer: str) -> None:
    spec = words.layer(layer)
    features = operator.get(f"/api/layers/{layer}/features").get_json()["features"]
    for row, feature in enumerate(features[: every.ROWS]):
        expected = {name: texts[row] for name, texts in text_fields(spec).items() if texts[row]}
        assert {name: feature["properties"][name] for name in expected} == expected
        key = feature["id"]
        card = operator.get(f"/api/layers/{layer}/records/{quote(key, safe='')}").get_json()
        assert card["key"] == key
        assert card["title"] == feature["properties"][spec.popup.title]
        raw = {item["name"]: item["raw"] for item in card["fields"]}
        assert {name: raw[name] for name in expected if name in raw} == {
            name: text for name, text in expected.items() if name in raw
        }


@pytest.mark.parametrize("layer", LAYERS)
def test_files_to_take_away_read_back_as_they_were(
    operator: FlaskClient, words: Catalog, layer: str, tmp_path: Path
) -> None:
    spec = words.layer(layer)
    expected = text_fields(spec)
    titles = {name: spec.field(name).title.zh for name in expected}
    rows = slice(0, every.ROWS)

    book = sheets(_export(operator, layer, "xlsx"))[0]
    heading, *cells = [[cell.value for cell in row] for row in book.iter_rows()]
    assert len(cells) == len(operator.get(f"/api/layers/{layer}/features").get_json()["features"])
    for name, texts in expected.items():
        column = heading.index(CONTROLS.sub("", titles[name]))
        for row, text in zip(cells[rows], texts, strict=False):
            assert text is None or row[column] == CONTROLS.sub("", text)

    heading, *cells = list(
        csv.reader(io.StringIO(_export(operator, layer, "csv").decode("utf-8-sig"), newline=""))
    )
    for name, texts in expected.items():
        column = heading.index(_inert(titles[name]))
        for row, text in zip(cells[rows], texts, strict=False):
            assert text is None or row[column] == f"'{text}"
    assert not [cell for row in cells for cell in row if cell.startswith(("=", "@"))]

    features = json.loads(_export(operator, layer, "geojson"))["features"][rows]
    package = tmp_path / "export.gpkg"
    package.write_bytes(_export(operator, layer, "gpkg"))
    table = pyogrio.read_dataframe(package, layer=layer)
    for name, texts in expected.items():
        for row, text in enumerate(texts[: len(features)]):
            assert text is None or features[row]["properties"][name] == text
            assert text is None or table[name].iloc[row] == text


def _keys(client: FlaskClient, layer: str) -> list[str]:
    """The first records of a layer."""
    features = client.get(f"/api/layers/{layer}/features?limit={every.ROWS}").get_json()["features"]
    return [feature["id"] for feature in features]


def _export(client: FlaskClient, layer: str, kind: str) -> bytes:
    answer = client.get(f"/api/layers/{layer}/export?format={kind}")
    assert answer.status_code == 200
    assert "filename*=UTF-8''" in answer.headers["Content-Disposition"]
    assert not CONTROLS.search(answer.headers["Content-Disposition"])
    return answer.get_data()


def _inert(text: str) -> str:
    return f"'{text}" if text.startswith("=") else text


@pytest.mark.parametrize("layer", LAYERS)
def test_templates_hold_no_formula(operator: FlaskClient, words: Catalog, layer: str) -> None:
    book = sheets(operator.get(f"/api/layers/{layer}/template").get_data())
    headings = [cell.value for cell in next(book[0].iter_rows())]
    assert headings[: len(words.layer(layer).fields)] == [
        CONTROLS.sub("", field.title.zh) for field in words.layer(layer).fields
    ]


def test_words_of_a_county_stand_in_its_pages(operator: FlaskClient) -> None:
    for address, least in (
        ("/", 4),
        ("/data", 4),
        (f"/data/{OWN}", 10),
        ("/data/indicators", 6),
        ("/help", 1),
    ):
        page = Seen(operator.get(address).text)
        assert page.suspects == []
        assert page.text.count(HOSTILE) >= least, address


def test_the_frame_shows_title_and_attribution_as_text(operator: FlaskClient) -> None:
    page = operator.get("/").text
    scripts = re.findall(r'<script defer[^>]* src="(/frame/[^"]+)"', page)
    assert len(scripts) == 1
    script = operator.get(scripts[0]).text
    assert HOSTILE not in script
    assert not [wrong for wrong in EVALUATED if wrong in script]
    literals = [json.loads(literal) for literal in re.findall(r'"(?:[^"\\]|\\.)*"', script)]
    shown = [html.unescape(text) for text in literals if "cmd" in text]
    assert shown == [HOSTILE, HOSTILE]
    assert not [text for text in literals if "<" in text or ">" in text]
    assert not re.findall(r"\{\{|\{%|\$\{|`|<", script)


@pytest.mark.parametrize(
    "address",
    [
        "/map/{}", "/data/{}", "/static/{}", "/frame/{}.000000000000.js", "/i18n/{}.00000000.json", "/{}",
        "/api/layers/{}", "/api/layers/{}/features", "/api/layers/{}/shapes", "/api/layers/{}/export",
        "/api/layers/villages/records/{}", "/api/themes/{}", "/api/areas/{}",
    ],
)  # fmt: skip
def test_hostile_addresses_are_not_there(operator: FlaskClient, address: str) -> None:
    answer = operator.get(address.format(quote(HOSTILE, safe="")))
    assert answer.status_code == 404
    assert answer.mimetype == (
        "application/problem+json" if address.startswith(("/api/", "/i18n/")) else "text/html"
    )
    check(answer)


@pytest.mark.parametrize(
    "query",
    ["code", "bbox", "since", "until", "period", "limit", "cursor", "f.kind", "f.{}", "{}"],
)
def test_hostile_queries_find_nothing(operator: FlaskClient, query: str) -> None:
    text = quote(HOSTILE, safe="")
    answer = operator.get(f"/api/layers/villages/features?{query.format(text)}={text}")
    if query == "f.kind":
        assert (answer.status_code, answer.get_json()["numberMatched"]) == (200, 1)
    else:
        assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    check(answer)


@pytest.mark.parametrize("part", ["{{7*7}}", "${7*7}", "<img src=x onerror", "</script>", "\u202e", "=cmd|"])
def test_hostile_text_can_be_looked_for(operator: FlaskClient, part: str) -> None:
    found = operator.get("/api/search", query_string={"q": part, "lang": "zh"}).get_json()
    assert found["q"] == part
    assert len(found["results"]) == 10
    assert {(hit["name"] in WHOLE, hit["matched"]) for hit in found["results"]} == {(True, part)}
    rows = operator.get(f"/api/layers/{OWN}/rows", query_string={"q": part, "lang": "zh"}).get_json()
    assert rows["total"] == every.ROWS


READABLE = HOSTILE.translate(dict.fromkeys(map(ord, "\u202e\x1b\x7f")))
"""Without what turns words round and what nobody sees."""


def test_a_hostile_file_is_imported_as_it_is(
    home: Path, store: Store, catalog: Catalog, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for layer in ("counties", "townships", "villages", "grids"):
        store.publish(layer, getattr(county, layer)(), source="手画", source_sha256="0" * 64, by="test")
    spec = catalog.layer("party-service-centres")
    rows = every.table(spec, catalog, hostile).to_crs("EPSG:4490")
    texts = [
        name for name in text_fields(spec) if name != "code" and spec.field(name).type in ("text", "phone")
    ]
    sheet = pd.DataFrame({"编号": ["A1", "A2"], "名称": rows["name"], "村代码": rows["village_code"]})
    sheet["经度"], sheet["纬度"] = rows.geometry.x, rows.geometry.y
    for name in texts:
        sheet[spec.field(name).title.zh] = rows[name]
    sheet[f"{HOSTILE}列"] = HOSTILE
    file = tmp_path / "centres.csv"
    sheet.to_csv(file, index=False)
    assert main(["import", spec.id, str(file)]) == 0
    stored = Store(home, catalog).read(spec.id)
    assert len(texts) >= 2
    for name in texts:
        assert stored[name].tolist() == [READABLE, READABLE]
    said = capfd.readouterr()
    assert "{{7*7}}" in said.out + said.err
    assert "\x1b" not in said.out + said.err
