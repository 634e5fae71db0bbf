"""The warm server beside a bare Flask route that returns the same bytes, and its memory."""

import http.client
import json
import subprocess
import sys
import time
from urllib.parse import urlparse

import psutil

from benchmarks.cells import WORK
from benchmarks.commands import sample_home, server
from benchmarks.harness import Row, against, bounded, p95

REQUESTS = 400
PATH = "/api/layers/villages/features"
BARE = """
import gzip, sys
from flask import Flask, Response, request
body = gzip.compress(open(sys.argv[1], "rb").read(), 6)
app = Flask("bare")
@app.get("/villages")
def villages():
    if request.headers.get("If-None-Match") == '"bare"':
        return Response(status=304, headers={"ETag": '"bare"'})
    return Response(body, headers={"ETag": '"bare"', "Content-Encoding": "gzip"}, mimetype="application/json")
from gunicorn.app.base import BaseApplication
class Server(BaseApplication):
    def load_config(self):
        for key, value in {"bind": "127.0.0.1:8392", "workers": 1, "worker_class": "gthread", "threads": 4}.items():
            self.cfg.set(key, value)
    def load(self):
        return app
Server().run()
"""


def rows() -> list[Row]:
    home = sample_home()
    with server(home) as (address, pid):
        ours = urlparse(address).netloc
        body, tag = _get(ours, PATH, {})
        (WORK / "villages.json").write_bytes(body)
        with subprocess.Popen([sys.executable, "-c", BARE, str(WORK / "villages.json")]) as bare:
            try:
                timings = _both(ours, "127.0.0.1:8392", tag)
            finally:
                bare.terminate()
        _use_everything(ours)
        memory_mb = max(child.memory_info().rss for child in _workers(pid)) / 2**20
    full, unchanged = timings
    runs = REQUESTS
    return [
        against(
            "villages as GeoJSON, p95", full[0], ("bare Flask", full[1]), unit="ms", at_most=1.5, runs=runs
        ),
        against(
            "the same, 304, p95",
            unchanged[0],
            ("bare Flask", unchanged[1]),
            unit="ms",
            at_most=1.5,
            runs=runs,
        ),
        bounded("memory of a worker, sample county", memory_mb, unit="MB", at_most=350, runs=1),
    ]


def _use_everything(host: str) -> None:
    """Ask a worker for what it would hold after a day: every layer's shapes and rows, profiles, search."""
    theme = json.loads(_get(host, "/api/themes/overview", {})[0])
    for layer in (layer for group in theme["groups"] for layer in group["layers"] if layer["edition"]):
        for path in ("shapes?z=11", "shapes?z=14", "features?limit=10000", "rows?limit=50"):
            _get(host, f"/api/layers/{layer['id']}/{path}", {})
    for path in ("/api/areas/140822", "/api/areas/140822103", "/api/search?q=rh"):
        _get(host, path, {})


def _both(ours: str, bare: str, tag: str) -> list[tuple[float, float]]:
    """p95 in ms of (ours, bare), in turns, first whole and then unchanged."""
    _wait(bare)
    results = []
    for ours_tag, bare_tag in (("", ""), (tag, '"bare"')):
        pairs = [
            (_milliseconds(ours, PATH, ours_tag), _milliseconds(bare, "/villages", bare_tag))
            for _ in range(REQUESTS + 50)
        ][50:]
        results.append((p95([a for a, _ in pairs]), p95([b for _, b in pairs])))
    return results


def _milliseconds(host: str, path: str, tag: str) -> float:
    headers = {"Accept-Encoding": "gzip", **({"If-None-Match": tag} if tag else {})}
    connection = http.client.HTTPConnection(host, timeout=10)
    connection.connect()
    start = time.perf_counter()
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    answer.read()
    taken = (time.perf_counter() - start) * 1000
    connection.close()
    assert answer.status == (304 if tag else 200), answer.status
    return taken


def _get(host: str, path: str, headers: dict[str, str]) -> tuple[bytes, str]:
    connection = http.client.HTTPConnection(host, timeout=30)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status == 302:
        return _get(host, answer.headers["Location"], headers)
    assert answer.status in (200, 403), f"{path}: {answer.status}"
    return body, str(answer.headers["ETag"])


def _wait(host: str) -> None:
    for _ in range(100):
        try:
            _get(host, "/villages", {})
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(host)


def _workers(pid: int) -> list[psutil.Process]:
    parent = psutil.Process(pid)
    return parent.children(recursive=True) or [parent]
