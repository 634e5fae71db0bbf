"""Two viewers of one role and two scopes in one process: what is kept for one is never given to the other.

Each address is asked by one grid worker, then by the other, and the second answer must be that of a process that never
saw the first. So a place in any cache that names the role where it should name the viewer fails here.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from layers.catalog import load_catalog
from tests import every
from tests.every import GRIDS
from tests.webmap.routes import addresses
from tests.webmap.test_door import CATALOG, MOMENT, marked, text_of
from webmap import create_app
from webmap.settings import load_settings

LAYERS = ("disputes", "villages", "grids", "party-service-centres", "indicators", "mediation-centres")
QUESTIONS = (
    "/api/areas/{grid}",
    "/api/coverage?services=party-service-centres&within=600m&by=grid&code={village}",
    "/api/coverage?services=duty-posts&within=400m&by=village",
    "/api/coverage/needs?services=duty-posts&within=400m",
    "/api/hotspots?by=grid",
    "/api/hotspots/density?by=grid",
    "/api/layers/disputes/rows?sort=-happened_on",
    "/api/search?q=internal",
    "/api/sheets/options?theme=my-grid",
    "/api/sheets/preview?theme=my-grid&paper=A4&px=200",
    "/api/sheets/file?theme=my-grid&paper=A4&format=svg",
    "/api/sheets/file?theme=disputes&paper=A4&format=svg&show=spots",
    "/api/exports",
    "/exports",
)
"""Asked about both grids, by both: drawings, exports, profiles, questions of the planner."""
TOKEN = re.compile(r'name="csrf_token" value="[^"]+"')
OWN = ("/api/sheets/", "/api/exports", "/exports")
"""Tokens, times and browsers of who exported stand in these, so only what they hold of rows is compared."""


POSTS = """
id = "duty-posts"
title = { zh = "值守点", en = "Duty posts" }
description = { zh = "各网格的值守点。", en = "Duty posts of the grids." }
count_unit = { zh = "个", en = "posts" }
group = "services"
geometry = "point"
level = "grid"
area_field = "grid_code"

[[fields]]
name = "code"
title = { zh = "编号", en = "Code" }
required = true

[[fields]]
name = "name"
title = { zh = "名称", en = "Name" }
required = true

[[fields]]
name = "village_code"
title = { zh = "村代码", en = "Village code" }

[[fields]]
name = "grid_code"
title = { zh = "网格编码", en = "Grid code" }

[style]
kind = "single"
order = 80
paint = { symbol = "square", size_mm = 2.2, fill = "#0B6470", line = "#FFFFFF", line_mm = 0.25 }

[popup]
fields = ["code"]

[access]
public = "none"
grid_worker = "exact"
planner = "exact"
mediator = "exact"
operator = "exact"

[source]
owner = { zh = "县综治中心", en = "County governance centre" }
renewal = "quarter"
"""
"""A service of the county's own of which a grid worker sees but those of the grid."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("two") / "home"
    own = place / "declarations"
    own.mkdir(parents=True)
    (own / "duty-posts.toml").write_text(POSTS, "utf-8")
    every.build(place, load_catalog(own), marked)
    return place


def served(home: Path) -> Flask:
    """A process of its own, as far as caches go."""
    made = create_app(load_settings(home=home))
    made.config["WTF_CSRF_ENABLED"] = False
    return made


def worker(app: Flask, grid: str) -> FlaskClient:
    client = app.test_client()
    assert client.post("/viewer", data={"role": "grid_worker", "scope": grid}).status_code == 303
    return client


def asked(client: FlaskClient) -> Iterator[str]:
    known = {layer for layer in LAYERS if layer in CATALOG.layers}
    keys = {
        layer: [
            feature["id"] for feature in client.get(f"/api/layers/{layer}/features").get_json()["features"]
        ]
        for layer in known
    }
    yield from addresses(client, keys)
    for grid in GRIDS:
        for question in QUESTIONS:
            yield question.format(grid=grid, village=grid[:12])


def answers(client: FlaskClient, every_address: list[str], folder: Path) -> dict[str, tuple[int, str]]:
    """Status and words of each answer, without the moments and tokens that differ by themselves."""
    found = {}
    for address in every_address:
        answer = client.get(address, follow_redirects=True)
        own = (
            address.startswith(OWN)
            and answer.mimetype != "image/svg+xml"
            and not answer.mimetype.startswith("image")
        )
        found[address] = (
            answer.status_code,
            "" if own else TOKEN.sub("", MOMENT.sub("", text_of(answer, folder))),
        )
    return found


@pytest.mark.parametrize(("first", "second"), [(GRIDS[0], GRIDS[1]), (GRIDS[1], GRIDS[0])])
def test_what_is_kept_for_one_is_not_given_to_the_other(
    home: Path, tmp_path: Path, first: str, second: str
) -> None:
    shared = served(home)
    one, other = worker(shared, first), worker(shared, second)
    everything = [*dict.fromkeys([*asked(one), *asked(worker(served(home), second))])]
    kept = answers(one, everything, tmp_path)
    given = answers(other, everything, tmp_path)
    alone = answers(worker(served(home), second), everything, tmp_path)
    assert [address for address in everything if given[address] != alone[address]] == []
    differing = {address for address in everything if kept[address] != alone[address]}
    assert {"/api/layers/disputes/features", "/api/layers/disputes/rows?sort=-happened_on"} <= differing
    assert any("sheets/file" in address for address in differing), "the drawings differ too"
