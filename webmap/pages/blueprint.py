"""The blueprint of the pages, and what every template may use."""

from flask import Blueprint, Response, request

from layers.language import LANGUAGES
from webmap.front import assets
from webmap.pages.context import current_page
from webmap.translations import COOKIE, PARAMETER

YEAR_S = 365 * 24 * 3600
blueprint = Blueprint("pages", __name__)


@blueprint.app_context_processor
def _context() -> dict[str, object]:
    """For error pages too, whichever blueprint they come from."""
    return {"page": current_page(), "asset": assets.url}


@blueprint.after_request
def _keep_language(answer: Response) -> Response:
    """``?lang=`` in a permalink also holds for what the page fetches afterwards."""
    wanted = request.args.get(PARAMETER)
    if wanted in LANGUAGES and wanted != request.cookies.get(COOKIE):
        answer.set_cookie(
            COOKIE, wanted, max_age=YEAR_S, httponly=True, samesite="Lax", secure=request.is_secure
        )
    return answer
