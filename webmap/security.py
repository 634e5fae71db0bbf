"""Headers that keep a page from loading or running anything that is not ours."""

import os
from pathlib import Path
from secrets import token_hex
from urllib.parse import urlsplit

from flask import Flask, Response, request
from flask.sessions import SecureCookieSessionInterface

from webmap.settings import BasemapSettings

PARTS = ("text/javascript", "text/css")
TIANDITU = " ".join(f"https://t{number}.tianditu.gov.cn" for number in range(8))


class Sessions(SecureCookieSessionInterface):
    """Over HTTPS the cookie is for HTTPS alone; on the plain line of an intranet it still arrives."""

    def get_cookie_secure(self, app: Flask) -> bool:
        del app
        return request.is_secure


def install(app: Flask, basemap: BasemapSettings) -> None:
    """Put the headers on every answer."""
    app.session_interface = Sessions()
    always = [("X-Content-Type-Options", "nosniff"), ("Cross-Origin-Resource-Policy", "same-origin")]
    headers = [
        ("Content-Security-Policy", policy(basemap)),
        ("Referrer-Policy", "same-origin"),
        ("Permissions-Policy", "geolocation=(self), camera=(), microphone=(), payment=(), usb=()"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        *always,
    ]

    @app.after_request
    def _headers(answer: Response) -> Response:
        answer.headers.extend(always if _is_part(answer) else headers)
        return answer


def _is_part(answer: Response) -> bool:
    """Whether it is a script or a sheet of styles, which obey the policy of their page: on a slow line twenty of them would
    carry eight kilobytes of headers that nobody reads."""
    return request.blueprint == "frame" and answer.mimetype in PARTS


def policy(basemap: BasemapSettings) -> str:
    """The content security policy; pictures may also come from the configured basemap."""
    pictures = " ".join(("'self'", "data:", "blob:", *basemap_hosts(basemap)))
    parts = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": pictures,
        "connect-src": "'self'",
        "font-src": "'self'",
        "manifest-src": "'self'",
        "worker-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in parts.items())


def basemap_hosts(basemap: BasemapSettings) -> tuple[str, ...]:
    """Origins of the basemap's tiles; a subdomain placeholder becomes a wildcard."""
    if basemap.kind == "tianditu":
        return (TIANDITU,)
    if basemap.kind != "xyz" or basemap.url is None:
        return ()
    parts = urlsplit(basemap.url.replace("{s}", "*"))
    host = "".join(letter for letter in parts.netloc if letter.isalnum() or letter in ".-:*[]")
    return (f"{parts.scheme}://{host}",) if parts.scheme in ("http", "https") and host else ()


def secret_key(home: Path) -> str:
    """The key that signs cookies: made once, kept in ``GOVMAP_HOME/secret``, readable by the owner only."""
    home.mkdir(parents=True, exist_ok=True)
    file = home / "secret"
    part = home / f"secret.{token_hex(4)}"
    if not file.is_file():
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(token_hex(32))
        try:
            os.link(part, file)
        except FileExistsError:
            pass
        finally:
            part.unlink()
    return file.read_text("ascii").strip()
