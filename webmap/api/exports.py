"""What was exported: the list, each file, the same made again, gone for good."""

from typing import Any

from flask import Response, request, url_for

from exports.kept import FORMATS, MOST_FILES, MOST_RECORDS, Export, kept_exports
from exports.sheets.made import remade
from geo.errors import ArgumentError
from webmap.api import blueprint
from webmap.api.answers import to_json
from webmap.api.downloads import file_answer
from webmap.api.query import check_names
from webmap.jobs.exporting import AGAIN, DATA, NOW, THEN, WHO, changed, then_or_now
from webmap.service import current_editions, the_county, the_service
from webmap.viewer import current_viewer, exporter, has_exported


@blueprint.get("/api/exports")
def exports() -> Response:
    """What this viewer exported, the newest first."""
    check_names(())
    found = the_county().beside(kept_exports).of(exporter()) if has_exported() else ()
    document = {
        "exports": [document_of(export) for export in found],
        "files": MOST_FILES,
        "records": MOST_RECORDS,
    }
    return _answer(document)


@blueprint.get("/api/exports/<token>")
def export(token: str) -> Response:
    """How one file was made: who, when, words, editions, fingerprint."""
    check_names(())
    return _answer(document_of(_mine(token)))


@blueprint.get("/api/exports/<token>/file")
def export_file(token: str) -> Response:
    """The file itself, as long as it is kept."""
    check_names(())
    found = _mine(token)
    making = found.making
    body = the_county().beside(kept_exports).body(found)
    return file_answer(
        body, FORMATS[making.format], f"{making.file_name}.{making.format}", f"export.{making.format}"
    )


@blueprint.post("/api/exports/<token>/again")
def export_again(token: str) -> Response:
    """Make it again: from the editions of its day, or with `data: now` from today's; an atlas or report as a job."""
    check_names(())
    data = _data()
    found = _mine(token)
    if found.making.kind != "sheet":
        viewer = current_viewer()
        plan = {AGAIN: token, WHO: exporter(), DATA: data}
        job = the_service().jobs.add(found.making.kind, plan, role=viewer.role, scope=viewer.scope)
        return _answer({"job": job}, 202)
    county = the_county()
    editions, made_on = then_or_now(county, found, data)
    then = county.as_of(editions) if editions is not None else county
    making, body = remade(then, current_viewer(), found.making, made_on=made_on)
    new = county.beside(kept_exports).keep(exporter(), making, body)
    return _answer(
        document_of(new) | {"same": new.sha256 == found.sha256, "changed": changed(found, making.editions)}
    )


@blueprint.delete("/api/exports/<token>")
def delete_export(token: str) -> Response:
    """Remove a file and its record."""
    check_names(())
    found = _mine(token)
    the_county().beside(kept_exports).delete(token, found.who)
    return _answer({"deleted": token})


def document_of(found: Export) -> dict[str, Any]:
    """One record as programs and the page get it."""
    making = found.making
    now = {layer: edition.id for layer, edition in current_editions().items()}
    return {
        "token": found.token,
        "kind": making.kind,
        "format": making.format,
        "title": making.title,
        "query": making.query,
        "fingerprint": making.fingerprint,
        "editions": dict(making.editions),
        "changed": changed(found, now),
        "pages": making.pages,
        "size": found.size,
        "sha256": found.sha256,
        "who": found.who.split(".", 1)[0] if found.who.startswith("public") else found.who,
        "made_at": found.made_at,
        "made_on": making.made_on.isoformat(),
        "there": found.there,
        "demo": making.demo,
        "notes": list(making.notes),
        "file": url_for("api.export_file", token=found.token) if found.there else None,
    }


def _data() -> str:
    body = request.get_json(silent=True) or {}
    data = body.get("data", THEN) if isinstance(body, dict) else None
    if data not in (THEN, NOW) or set(body) - {"data"}:
        raise ArgumentError("data 是 then（原来的数据）或 now（现在的数据）。")
    return str(data)


def _mine(token: str) -> Export:
    return the_county().beside(kept_exports).get(token, exporter() if has_exported() else "public")


def _answer(document: dict[str, Any], status: int = 200) -> Response:
    answer = Response(to_json(document), status=status, mimetype="application/json")
    answer.headers["Cache-Control"] = "no-store"
    return answer
