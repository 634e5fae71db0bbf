"""The blueprint of the pages, and what every template may use."""

import gzip

from flask import Blueprint, Response, g, request
from flask_wtf.csrf import generate_csrf

from layers.language import LANGUAGES
from webmap.front import assets, icons
from webmap.pages.context import current_page
from webmap.serving.headers import takes_gzip
from webmap.translations import COOKIE, PARAMETER

YEAR_S = 365 * 24 * 3600
WORDED = ("text/html", "application/manifest+json")
"""What is written in the language of its reader."""
blueprint = Blueprint("pages", __name__)


@blueprint.app_context_processor
def _context() -> dict[str, object]:
    """For error pages too, whichever blueprint they come from."""
    return {
        "page": current_page(),
        "asset": assets.url,
        "icon_path": icons.path,
        "token_of_page": _token_of_page,
    }


def _token_of_page() -> str:
    """The token of this browser, for the scripts of a page. The form with which viewers are switched has its own: it is there
    for demonstration data alone."""
    g.token_told = True
    return str(generate_csrf())


@blueprint.after_request
def _keep_language(answer: Response) -> Response:
    """``?lang=`` in a permalink also holds for what the page fetches afterwards."""
    wanted = request.args.get(PARAMETER)
    if wanted in LANGUAGES and wanted != request.cookies.get(COOKIE):
        answer.set_cookie(
            COOKIE, wanted, max_age=YEAR_S, httponly=True, samesite="Lax", secure=request.is_secure
        )
    return answer


@blueprint.after_request
def _for_a_reader(answer: Response) -> Response:
    """What a page depends on; and compressed for a slow line, but where it tells a token, which its length might give away."""
    if answer.mimetype not in WORDED:
        return answer
    answer.headers.setdefault("Cache-Control", "private, no-cache")
    answer.vary.update(("Cookie", "Accept-Language"))
    if answer.mimetype != "text/html" or "token_told" in g:
        return answer
    answer.vary.add("Accept-Encoding")
    if takes_gzip(request.headers.get("Accept-Encoding", "")):
        answer.set_data(gzip.compress(answer.get_data(), 6, mtime=0))
        answer.headers["Content-Encoding"] = "gzip"
    return answer
