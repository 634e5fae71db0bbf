"""Words of the scripts in one language, kept for ever under their digest."""

from flask import Response, abort

from layers.language import LANGUAGES
from webmap.pages.blueprint import blueprint
from webmap.pages.frame import FOR_EVER, answer_of
from webmap.translations import browser_catalog


@blueprint.get("/i18n/<lang>.<digest>.json")
def words(lang: str, digest: str) -> Response:
    """The catalogue; 404 for a language or digest that is not the current one."""
    if lang not in LANGUAGES:
        abort(404)
    current, body = browser_catalog(lang)
    if digest != current:
        abort(404)
    return answer_of(body, "application/json", FOR_EVER)
