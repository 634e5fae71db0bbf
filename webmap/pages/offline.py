"""What a phone needs to put the map on its first screen, and to show it without a line: manifest, worker, a page of ours."""

import hashlib
import json

from flask import Response, render_template

from layers.viewer import Viewer
from webmap.front import assets
from webmap.pages.blueprint import blueprint
from webmap.pages.frame import answer_of
from webmap.service import all_demo, the_service
from webmap.translations import language
from webmap.viewer import current_viewer

WORKER = "js/worker.js"
ICONS = (
    ("icons/app-192.png", "192x192", "any"),
    ("icons/app-512.png", "512x512", "any"),
    ("icons/app-mask.png", "512x512", "maskable"),
)
START = "/map/my-grid"


@blueprint.get("/manifest.webmanifest")
def manifest() -> Response:
    """How the map stands on a phone's first screen."""
    settings, lang = the_service().settings, language()
    document = {
        "id": "/",
        "name": settings.title.get(lang),
        "short_name": settings.county_name.get(lang),
        "lang": "zh-CN" if lang == "zh" else "en",
        "start_url": START,
        "scope": "/",
        "display": "standalone",
        "background_color": "#F3F5F4",
        "theme_color": "#FFFFFF",
        "icons": [
            {"src": assets.url(name), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for name, sizes, purpose in ICONS
        ],
    }
    body = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    answer = Response(body, mimetype="application/manifest+json")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@blueprint.get("/worker.js")
def worker() -> Response:
    """The worker of this release: another release is another file, so that browsers put the old one away."""
    head = f'self.RELEASE="{assets.version()}";self.SHELL=["/offline","{assets.url("css/app.css")}"];\n'
    body = head + (assets.STATIC / WORKER).read_text("utf-8")
    return answer_of(body.encode(), "text/javascript")


@blueprint.get("/offline")
def offline() -> str:
    """What stands in the place of a page that was not kept."""
    return render_template("offline.html")


def keepable(viewer: Viewer) -> str:
    """The name under which a browser may keep what this viewer sees; "" where nothing may be kept.

    Until accounts exist that is what everybody may see, and demonstration data.
    """
    if viewer.role != "public" and not all_demo():
        return ""
    return hashlib.sha256(viewer.key.encode()).hexdigest()[:8]


def kept_for_me() -> str:
    """The same for who asks now."""
    return keepable(current_viewer())
