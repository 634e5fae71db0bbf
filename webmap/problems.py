"""From errors to HTTP: the one table of statuses, problem+json for programs and a page for people (RFC 9457)."""

import json
import logging
from http import HTTPStatus
from urllib.parse import quote

from flask import Flask, Response, current_app, render_template, request
from jinja2 import TemplateError
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from geo import errors
from webmap.service import the_county
from webmap.translations import error_text, gettext, language

log = logging.getLogger(__name__)

STATUS: tuple[tuple[type[errors.GovmapError], int], ...] = (
    (errors.UnknownLayerError, 404),
    (errors.UnknownThemeError, 404),
    (errors.UnknownAreaError, 404),
    (errors.UnknownEditionError, 404),
    (errors.UnknownRecordError, 404),
    (errors.UnknownScenarioError, 404),
    (errors.UnknownJobError, 404),
    (errors.UnknownExportError, 404),
    (errors.ArgumentError, 400),
    (errors.ForbiddenError, 403),
    (errors.FileTooLargeError, 413),
    (errors.InputError, 422),
    (errors.DataError, 422),
    (errors.JobsFullError, 429),
    (errors.DiskFullError, 507),
    (errors.StoreError, 503),
    (errors.GovmapError, 500),
)
"""The first class that fits decides."""

CODES = {400: "bad-request", 404: "not-found", 405: "method-not-allowed", 413: "too-large"}
TITLES = {
    400: "参数不对",
    403: "没有权限",
    404: "没有找到",
    405: "不能这样访问",
    413: "内容太大",
    422: "数据不能用",
    429: "任务太多",
    500: "程序出错",
    503: "暂时不能用",
    507: "硬盘已满",
}
DETAILS = {
    400: "页面放得太久或请求不完整，刷新后再试。",
    413: "最多 64 KB。",
    404: "检查地址，或从首页进入。",
    405: "这个地址不支持 {method}。",
    500: "已记入日志，稍后重试。",
}
HINTS = {
    "catalogue": "全部图层在“数据目录”里。",
    "editions": "现在的版本写在图层的说明页上。",
    "data": "导入由管理员在服务器上做。",
    "store": "由管理员在服务器上做。",
    "upgrade": "由管理员在服务器上做。",
    "rollback": "由管理员在服务器上做。",
}
"""Remedy (``geo.errors.REMEDIES``) → how it is had from a page; what has none here is left to the message."""
KINDS = {403: "locked", 404: "empty"}
ICONS = {"locked": "lock", "empty": "map-pin-off", "error": "circle-alert"}
PROGRAM_PATHS = ("/api/", "/healthz", "/readyz", "/i18n/")


def status_of(error: errors.GovmapError) -> int:
    """HTTP status of an error of ours."""
    return next(status for kind, status in STATUS if isinstance(error, kind))


def install(app: Flask) -> None:
    """Answer every error with a problem document or a page."""
    app.register_error_handler(errors.GovmapError, _ours)
    app.register_error_handler(HTTPException, _http)


def _ours(error: errors.GovmapError) -> Response:
    status = status_of(error)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("%s: %s", error.code, error, exc_info=error)
    said = [error_text(error, _titles())]
    if error.remedy in HINTS:
        said.append(gettext(HINTS[error.remedy]))
    return _answer(status, error.code, ("" if language() == "zh" else " ").join(said))


def _titles() -> dict[str, str]:
    """Titles of layers, which messages name in Chinese, in the language of the request."""
    if language() == "zh":
        return {}
    return {spec.title.zh: spec.title.get(language()) for spec in the_county().catalog}


def _http(error: HTTPException) -> Response:
    """Errors of the framework, and faults of ours, whose text stays in the log."""
    if error.response is not None:
        sent = error.get_response(request.environ)
        return Response(sent.get_data(), sent.status, sent.headers)
    if error.code == HTTPStatus.NOT_FOUND and (place := _without_slash()):
        return Response(status=HTTPStatus.PERMANENT_REDIRECT, headers={"Location": place})
    if isinstance(error, RequestRedirect):
        return Response(status=error.code, headers={"Location": error.new_url})
    status = error.code or 500
    detail = gettext(DETAILS.get(status, "")).format(method=request.method) if status in DETAILS else ""
    if not detail and error.description:
        detail = error.description
    answer = _answer(status, CODES.get(status, "internal" if status >= 500 else f"http-{status}"), detail)
    for name, value in error.get_headers(request.environ):
        if name == "Allow":
            answer.headers[name] = value
    return answer


def _without_slash() -> str | None:
    """The address that is meant by one with a slash too much at its end; None where there is none."""
    path = "/" + request.path.strip("/")
    adapter = current_app.create_url_adapter(request)
    if not request.path.endswith("/") or adapter is None or not adapter.test(path, request.method):
        return None
    query = request.query_string.decode("ascii", "replace")
    return quote(request.script_root + path) + (f"?{query}" if query else "")


def _answer(status: int, code: str, detail: str) -> Response:
    title = gettext(TITLES.get(status, HTTPStatus(status).phrase))
    wants_data = request.path.startswith(PROGRAM_PATHS)
    answer = _problem(status, code, title, detail) if wants_data else _page(status, code, title, detail)
    answer.status_code = status
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _problem(status: int, code: str, title: str, detail: str) -> Response:
    document = {
        "type": f"urn:govmap:{code}",
        "title": title,
        "status": status,
        "detail": detail,
        "code": code,
    }
    return Response(json.dumps(document, ensure_ascii=False), mimetype="application/problem+json")


def _page(status: int, code: str, title: str, detail: str) -> Response:
    """A page for people; plain text when the page itself cannot be made."""
    kind = KINDS.get(status, "error")
    error = {
        "status": status,
        "code": code,
        "title": title,
        "message": detail,
        "kind": kind,
        "icon": ICONS[kind],
    }
    try:
        return Response(render_template("error.html", error=error), mimetype="text/html")
    except TemplateError:
        log.exception("error.html")
        return Response(f"{status} {title}\n{detail}\n{code}\n", mimetype="text/plain")
