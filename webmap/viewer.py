"""Who is looking. Over HTTP that is the public, until accounts exist.

While every edition comes from the sample builder, a signed cookie may choose another role, so that a newcomer can
see what each sees. One edition of other data removes the switch and makes the cookie mean nothing.
"""

from functools import lru_cache
from secrets import token_hex
from urllib.parse import urlsplit

from flask import Blueprint, current_app, g, redirect, request, session
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeSerializer

from geo.errors import ArgumentError, ForbiddenError
from geo.phrases import listing
from layers.disclosure import PUBLIC, Viewer
from layers.language import LANGUAGES
from layers.spec import ROLES, Role
from webmap.service import all_demo, the_county
from webmap.translations import COOKIE as LANGUAGE_COOKIE

COOKIE = "viewer"
BROWSER = "browser"
"""Name in the session of a browser of the public."""
LOCAL = "GOVMAP_LOCAL"
"""Setting of the app: it is reached from this machine only. Data may become demo data while it runs."""
YEAR_S = 365 * 24 * 3600
blueprint = Blueprint("viewer", __name__)


def current_viewer() -> Viewer:
    """The viewer of this request."""
    if "viewer" not in g:
        text = request.cookies.get(COOKIE, "") if "HTTP_COOKIE" in request.environ else ""
        g.viewer = _signed(str(current_app.secret_key), text) if text and switch_allowed() else PUBLIC
    viewer: Viewer = g.viewer
    return viewer


def exporter() -> str:
    """Under whose name this request exports: the viewer's key, and for the public this browser alone.

    A browser of the public gets its name when it first exports; until then it has exported nothing.
    """
    viewer = current_viewer()
    return viewer.key if viewer.role != "public" else asker()


def asker() -> str:
    """Whose job this request asks for: the viewer's at this browser alone."""
    if BROWSER not in session:
        session[BROWSER] = token_hex(16)
    return f"{current_viewer().key}.{session[BROWSER]}"


def has_exported() -> bool:
    """Whether asking for this viewer's exports is worth while; a reader of the public keeps no cookie for it."""
    return current_viewer().role != "public" or BROWSER in session


def switch_allowed() -> bool:
    """Whether the header may offer to choose a viewer: all data are demo data, and only this machine is served."""
    return bool(current_app.config.get(LOCAL, True)) and all_demo()


def viewer_for(role: str, scope: str) -> Viewer:
    """A viewer of a role, checked; a grid worker needs a grid that exists, others have the whole county.

    Raises:
        ArgumentError: no such role or grid.
    """
    known: list[Role] = [name for name in ROLES if name == role]
    if not known:
        raise ArgumentError("没有身份“{role}”，可选：{all}。", role=role, all=listing(ROLES))
    if known[0] == "public":
        return PUBLIC
    county = the_county()
    if known[0] != "grid_worker":
        return Viewer(known[0], county.code)
    if len(scope) != county.divisions.named("grid").digits or not county.areas.known(scope):
        raise ArgumentError("没有网格“{scope}”，选一个现有的网格。", scope=scope)
    return Viewer(known[0], scope)


@blueprint.post("/viewer")
def choose_viewer() -> ResponseReturnValue:
    """Choose whose eyes to look through; only while all data are demo data."""
    if not switch_allowed():
        raise ForbiddenError("库里已有正式数据，不能切换查看身份。")
    viewer = viewer_for(request.form.get("role", ""), request.form.get("scope", ""))
    answer = redirect(_way_back(), code=303)
    text = _signer(str(current_app.secret_key)).dumps([viewer.role, viewer.scope])
    answer.set_cookie(COOKIE, text, httponly=True, samesite="Lax", secure=request.is_secure)
    return answer


@blueprint.post("/language")
def choose_language() -> ResponseReturnValue:
    """Choose the language of the pages."""
    wanted = request.form.get("lang", "")
    if wanted not in LANGUAGES:
        raise ArgumentError("没有语言“{lang}”，可选：{all}。", lang=wanted, all=listing(LANGUAGES))
    answer = redirect(_way_back(), code=303)
    answer.set_cookie(
        LANGUAGE_COOKIE, wanted, max_age=YEAR_S, httponly=True, samesite="Lax", secure=request.is_secure
    )
    return answer


def _way_back() -> str:
    """The page of ours that the form stood on, else the first page; never another site."""
    wanted = request.form.get("next") or request.referrer or "/"
    parts = urlsplit(wanted)
    if parts.netloc and parts.netloc != request.host:
        return "/"
    path = "/" + parts.path.replace("\\", "/").lstrip("/")
    return f"{path}?{parts.query}" if parts.query else path


def _signer(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt="govmap-viewer")


@lru_cache(maxsize=256)
def _signed(secret: str, text: str) -> Viewer:
    try:
        role, scope = _signer(secret).loads(text)
    except (BadSignature, ValueError, TypeError):
        return PUBLIC
    return Viewer(role, scope) if role in ROLES and isinstance(scope, str) else PUBLIC
