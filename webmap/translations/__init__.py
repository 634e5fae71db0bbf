"""Which language a request wants, and the messages of ``layers.language`` for pages and scripts."""

import hashlib
import io
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Self

from babel.messages.mofile import write_mo
from babel.support import Translations
from flask import Flask, current_app, has_request_context, request
from flask_babel import Babel, Domain, get_locale
from flask_babel import gettext as translated_text
from markupsafe import Markup

from geo.errors import GovmapError
from geo.phrases import Chain, listing
from layers.language import LANGUAGES, read_catalog, told
from layers.language.numbers import English, agreeing, units_agreeing
from layers.spec import Language

COOKIE = "lang"
PARAMETER = "lang"


class PoDomain(Domain):  # type: ignore[misc]
    """A flask-babel domain whose English catalogue comes from the ``.po`` file itself."""

    def get_translations(self) -> Translations:
        return _translations(str(get_locale() or "zh"))


def install(app: Flask, default: Language) -> None:
    """Give the app flask-babel: ``gettext`` in Python, ``_()`` in templates, the language per request."""
    app.config.setdefault("GOVMAP_LANGUAGE", default)
    babel = Babel(app, default_locale="zh", locale_selector=language)
    babel.domain_instance = PoDomain()
    app.jinja_env.globals["_"] = _in_a_page


class _English(Markup):
    """An English message of a page; filled in, its nouns agree with the numbers before them."""

    __slots__ = ()

    def format(self, *args: Any, **values: Any) -> Self:
        """As ``Markup.format``."""
        agreed = Markup(agreeing(self, values))
        return type(self)(agreed.format(*args, **(values | units_agreeing(self, values))))


def _in_a_page(text: str) -> Markup:
    """A message in the language of the request, as the markup of a template."""
    found = translated_text(text)
    return _English(found) if language() == "en" else Markup(found)


def gettext(text: str, **values: object) -> str:
    """A message in the language of the request; English ones agree with the numbers that fill them."""
    found = translated_text(text, **values)
    return English(found) if language() == "en" else found


def language() -> Language:
    """The language of this request: ``?lang=``, else the cookie, else what the browser prefers, else the county's setting."""
    if not has_request_context():
        return "zh"

    default: Language = current_app.config.get("GOVMAP_LANGUAGE", "zh")
    for wanted in (request.args.get(PARAMETER), request.cookies.get(COOKIE)):
        for known in LANGUAGES:
            if wanted == known:
                return known
    preferred = request.accept_languages.best_match(LANGUAGES)
    return next((known for known in LANGUAGES if known == preferred), default)


def error_text(error: GovmapError, titles: Mapping[str, str] | None = None) -> str:
    """The message of an error in the language of the request: template first, parameters after.

    ``titles`` give what a parameter names, such as the title of a layer, in that language.
    """
    template = gettext(error.template) if has_request_context() else error.template
    if not error.params:
        return template
    known = titles or {}
    return (English(template) if language() == "en" else template).format(
        **{name: told(_called(said, known), language()) for name, said in error.params.items()}
    )


def _called(said: object, known: Mapping[str, str]) -> object:
    """What fills a place of a message, and each of several in a row, by its title where that is known."""
    if isinstance(said, Chain):
        return listing((_called(one, known) for one in said.parts), said.mark)
    return known.get(str(said), said)


@lru_cache(maxsize=4)
def browser_catalog(wanted: str) -> tuple[str, bytes]:
    """Hash and JSON of the messages that the scripts use, for ``/i18n/<lang>.<hash>.json``."""
    texts = {
        str(message.id): str(message.string)
        for message in read_catalog(wanted)
        if message.id and message.string and any(file.endswith(".js") for file, _ in message.locations)
    }
    body = json.dumps(texts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return hashlib.sha256(body).hexdigest()[:8], body


@lru_cache(maxsize=4)
def _translations(wanted: str) -> Translations:
    catalog = read_catalog(wanted)
    if not len(catalog):
        return Translations()
    binary = io.BytesIO()
    write_mo(binary, catalog)
    binary.seek(0)
    return Translations(binary)
