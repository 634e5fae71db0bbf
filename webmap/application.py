"""The web application, put together once per process."""

from flask import Flask
from flask_wtf import CSRFProtect

from webmap import pages, problems, security, translations, viewer
from webmap.api import routes as api
from webmap.pages import frame
from webmap.service import open_service
from webmap.serving import answers as cache
from webmap.serving.lane import Lane
from webmap.serving.warm import Warm
from webmap.settings import Settings

MAX_FORM_BYTES = 64 * 1024


def build_app(settings: Settings) -> Flask:
    """Routes, headers, errors and languages around one county."""
    app = Flask("webmap", static_folder=None)
    app.config.update(
        SECRET_KEY=security.secret_key(settings.home),
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_HTTPONLY=True,
        MAX_CONTENT_LENGTH=MAX_FORM_BYTES,
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    service = app.extensions["govmap"] = open_service(settings)
    app.extensions["govmap_answers"] = cache.Answers()
    warm = app.extensions["govmap_warm"] = Warm(Lane(app, service.county), service.county)
    app.wsgi_app = warm  # type: ignore[method-assign]
    translations.install(app, settings.language)
    problems.install(app)
    security.install(app, settings.basemap)
    CSRFProtect(app)
    for part in (api, viewer, pages, frame):
        app.register_blueprint(part.blueprint)
    return app
