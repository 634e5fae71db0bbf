"""Routes that say so answer “nothing new” to those that bring the tag of an answer; the others never do."""

import json
from collections.abc import Callable, Mapping

from flask.testing import FlaskClient

PLACES = {
    "layer_id": "villages", "key": "140822100001", "theme_id": "overview", "code": "140822",
}  # fmt: skip
QUESTION = "services=party-service-centres&within=600m"
SHEET = "theme=overview&paper=A4"
ANY_TAG = '*, W/"0"'
LATER = {"/api/sheets/reports/page"}
"""There once a job has made it; ``test_export_look`` asks twice."""


def asked_for(client: FlaskClient) -> Mapping[str, str]:
    """What must be there before routes with a token can answer: path → address."""
    saved = client.post("/api/scenarios", json={"name": "一", "query": QUESTION}).get_json()["token"]
    plan = {"services": "party-service-centres", "within": "600m", "add": "1", "objective": "max-cover"}
    job = client.post("/api/jobs", json={"kind": "siting", "plan": plan}).get_json()["id"]
    assert client.get(f"/api/sheets/file?format=svg&{SHEET}").status_code == 200
    export = client.get("/api/exports").get_json()["exports"][0]["token"]
    return {
        "/api/scenarios/{token}": f"/api/scenarios/{saved}",
        "/api/layers/{layer_id}/timeline": "/api/layers/disputes/timeline",
        "/api/scenarios/compare": f"/api/scenarios/compare?a={saved}&b={saved}",
        "/api/jobs/{job_id}": f"/api/jobs/{job}",
        "/api/exports/{token}": f"/api/exports/{export}",
        "/api/exports/{token}/file": f"/api/exports/{export}/file",
        "/api/exports/{token}/picture": f"/api/exports/{export}/picture",
        "/api/sheets/preview": f"/api/sheets/preview?{SHEET}&px=200",
        "/api/sheets/file": f"/api/sheets/file?{SHEET}&format=svg",
        "/api/sheets/options": f"/api/sheets/options?{SHEET}",
    }


def address(path: str, special: Mapping[str, str]) -> str:
    """An address of a route that has an answer."""
    query = f"?{QUESTION}" if path.startswith("/api/coverage") else ""
    return special.get(path) or path.format(**PLACES) + query


def test_nothing_new_is_said_by_the_routes_that_say_so(as_role: Callable[[str], FlaskClient]) -> None:
    planner = as_role("planner")
    special = asked_for(planner)
    paths = json.loads(planner.get("/api/openapi.json").data)["paths"]
    reads = {path: methods["get"]["responses"] for path, methods in paths.items() if "get" in methods}
    listed = {path for path, responses in reads.items() if "304" in responses}
    assert listed < set(reads)
    for path in reads.keys() - LATER:
        first = planner.get(address(path, special), follow_redirects=True)
        assert first.status_code == 200, (path, first.text[:200])
        again = f"{first.request.path}?{first.request.query_string.decode()}"
        second = planner.get(again, headers={"If-None-Match": first.headers.get("ETag", ANY_TAG)})
        assert second.status_code == (304 if path in listed else 200), path


def test_what_changes_something_never_says_nothing_new(client: FlaskClient) -> None:
    paths = json.loads(client.get("/api/openapi.json").data)["paths"]
    others = [one for methods in paths.values() for name, one in methods.items() if name != "get"]
    assert [one["operationId"] for one in others if "304" in one["responses"]] == []
