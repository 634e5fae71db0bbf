"""Every address of the application, so that no route is forgotten: one that is new makes these tests fail."""

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

from flask import Flask
from flask.testing import FlaskClient

from layers.catalog import load_catalog
from layers.spec import LayerSpec

FILTERED = ("features", "shapes", "rows", "legend", "timeline", "export")
"""Routes of a layer that take filters, by the last part of the address."""
LAYER_QUERIES = {
    "api.layer": ("",),
    "api.layer_features": ("",),
    "api.layer_shapes": ("?z=16",),
    "api.layer_rows": ("?sort=-code",),
    "api.layer_legend": ("",),
    "api.layer_timeline": ("",),
    "api.layer_export": ("?format=xlsx", "?format=csv", "?format=geojson", "?format=gpkg"),
    "api.layer_template": ("",),
    "pages.dictionary": ("",),
}
"""Routes that take nothing but a layer, and the queries with which each is asked."""
RECORD, BESIDE = "api.layer_record", "api.layer_beside"
THEMES = tuple(theme.id for theme in load_catalog().themes.values() if "public" in theme.roles)
"""Themes that everyone may open, in the order of the header."""
AREAS = ("140822", "140822100", "140822100001", "140822100001001")
"""The county, a township, a village and a grid of the hand-drawn county."""
PLAIN = {
    "api.healthz", "api.readyz", "api.layers", "api.themes", "api.openapi", "pages.home", "pages.catalogue", "pages.figures",
    "pages.guide", "pages.coverage", "pages.hotspots", "api.planning", "pages.manifest", "pages.worker", "pages.offline",
    "pages.favicon", "pages.robots",
}  # fmt: skip
PLANNING = {
    "api.coverage", "api.coverage_shapes", "api.coverage_needs", "api.coverage_access", "api.coverage_export",
    "api.coverage_access_export",
}  # fmt: skip
"""Routes that take a coverage question."""
SPOTS = {"api.hotspots", "api.hotspots_rates", "api.hotspots_density", "api.hotspots_export"}
"""Routes that take a question about hot spots."""
QUESTIONS = (
    "services=party-service-centres&within=600m",
    "services=party-service-centres&within=600m&mode=detour&by=township&place=110.83,35.42",
)
BY_TOKEN = {
    "api.scenario", "api.compare_scenarios", "api.save_scenario", "api.job", "api.add_job", "api.cancel_job",
    "api.token", "api.exports", "api.export", "api.export_file", "api.export_picture", "api.export_again", "api.delete_export", "pages.exports",
}  # fmt: skip
"""Routes that give out what somebody asked for before, or take it."""
SHEETS = {"api.sheet_preview", "api.sheet_options", "api.sheet_file", "api.sheet_reports", "api.report_page"}
"""Routes that draw a sheet; ``test_api_sheets`` looks for what must not be in any byte of them."""
OTHERS = {
    "api.theme", "api.area", "api.area_names", "api.near_area", "api.near_spot", "api.search", "api.link", "pages.theme_map",
    "pages.words", "frame.part", "frame.file",
}  # fmt: skip
FORMS = {"viewer.choose_viewer", "viewer.choose_language"}
"""Routes that only take a form; they give out nothing but a redirection."""


def layer_endpoints(app: Flask) -> set[str]:
    """Routes with a layer in their address."""
    return {rule.endpoint for rule in app.url_map.iter_rules() if "layer_id" in rule.arguments}


def endpoints(app: Flask) -> set[str]:
    return {rule.endpoint for rule in app.url_map.iter_rules()}


def known_endpoints() -> set[str]:
    return {*LAYER_QUERIES, RECORD, BESIDE, *PLAIN, *PLANNING, *SPOTS, *BY_TOKEN, *SHEETS, *OTHERS, *FORMS}


def layer_addresses(layer: str, endpoint: str, rule: str) -> Iterator[str]:
    """Addresses of one route for one layer."""
    path = rule.replace("<layer_id>", layer)
    yield from (f"{path}{query}" for query in LAYER_QUERIES[endpoint])


def has(spec: LayerSpec, endpoint: str) -> bool:
    """Whether a layer has what a route gives: screen shapes need a shape, a timeline a day."""
    needs = {"api.layer_shapes": spec.geometry != "none", "api.layer_timeline": spec.time_field is not None}
    return needs.get(endpoint, True)


def addresses(client: FlaskClient, keys: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Every address that the application has for these layers and records, as ``{layer: keys}``.

    Files under ``static`` are those that the first page names.
    """
    app = client.application
    county = app.extensions["govmap"].county
    assert endpoints(app) == known_endpoints(), "a route is missing in tests/webmap/routes.py"
    rules = {rule.endpoint: rule.rule for rule in app.url_map.iter_rules()}
    yield from (rules[endpoint] for endpoint in sorted(PLAIN))
    yield from (f"{rules[endpoint]}?{query}" for endpoint in sorted(PLANNING) for query in QUESTIONS)
    yield from (rules[endpoint] for endpoint in sorted(SPOTS))
    for layer, records in keys.items():
        for endpoint in LAYER_QUERIES:
            if has(county.catalog.layer(layer), endpoint):
                yield from layer_addresses(layer, endpoint, rules[endpoint])
        for part in ("records", "beside"):
            yield from (f"/api/layers/{layer}/{part}/{quote(key, safe='')}" for key in records)
    for theme in county.catalog.themes:
        yield from (
            f"/api/themes/{theme}",
            f"/map/{theme}",
            f"/api/link?theme={theme}&sel=disputes:D1&f.disputes.q=a",
        )
    yield from (f"/api/areas/{code}{part}" for code in AREAS for part in ("", "/names", "/near"))
    yield from (f"/api/search?q={quote(text)}" for text in ("村", "1", "a", "140822"))
    for page in ("/?lang=zh", "/?lang=en"):
        yield from re.findall(
            r'(?:src|href|data-i18n)="(/(?:static|frame|i18n)/[^"#]+)', client.get(page).text
        )
