"""What was exported: the list, each file, the same made again, gone for good."""

from typing import Any, Literal

from flask import Response, request, url_for
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from exports.kept import FORMATS, MOST_FILES, MOST_RECORDS, Export, Kind, kept_exports
from exports.orders import AGAIN, DATA, WHO, changed, then_or_now
from exports.sheets.made import remade
from exports.versions import earlier
from geo.errors import ArgumentError
from layers.jobs import Terms
from webmap.api import blueprint, members
from webmap.api.answers import to_json
from webmap.api.downloads import file_answer
from webmap.api.models import Demo, Editions, Model
from webmap.api.operations import Operation, Tagged
from webmap.api.query import Query, asked
from webmap.service import current_editions, the_county, the_service
from webmap.viewer import asker, current_viewer, exporter, has_exported

MAKING_S = 30.0
"""What is thought of making an atlas or a report again."""


class Again(BaseModel):
    model_config = ConfigDict(extra="forbid")
    data: Literal["then", "now"] = Field("then", description="Those of its day, or today's")


class ExportRecord(Model):
    """How one file was made."""

    token: members.Token
    kind: Kind = Field(description="What was made")
    format: str = Field(description="Ending of the file")
    title: members.Title
    query: str = Field(description="Words from which it was made")
    fingerprint: str = Field(description="Printed on it; the same question of the same editions has the same")
    editions: Editions
    changed: members.Changed
    earlier: bool = Field(
        description="Whether it was drawn or worded by an earlier version: made again, it is another file"
    )
    pages: int = Field(description="Pages of the file")
    size: int = Field(description="Bytes")
    sha256: str = Field(description="SHA-256 of the file in hexadecimal digits")
    who: str = Field(description="Role that exported it, with its scope")
    made_at: members.Moment
    made_on: str = Field(description="Day printed on it")
    there: bool = Field(description="Whether the file is still kept")
    demo: Demo
    notes: members.Notes
    file: str | None = Field(description="Address of the file; null when it is no longer kept")


class ExportList(Model):
    """What this viewer exported."""

    exports: list[ExportRecord] = Field(description="The newest first")
    files: int = Field(description="Files kept for one role")
    records: int = Field(description="Records kept for one role")


class Remade(ExportRecord):
    """A sheet made again."""

    same: bool = Field(description="Whether it is the same, byte by byte")


class AgainJob(Model):
    """An atlas or report that is being made again."""

    job: members.JobId


class Deleted(Model):
    """An export that is gone."""

    deleted: str = Field(description="Its token")


@blueprint.get("/api/exports")
@Operation(ExportList, refuses=(400, 503))
def exports() -> Response:
    """What this viewer exported, the newest first."""
    asked(Query)
    found = the_county().beside(kept_exports).of(exporter()) if has_exported() else ()
    document = {
        "exports": [document_of(export) for export in found],
        "files": MOST_FILES,
        "records": MOST_RECORDS,
    }
    return _answer(document)


@blueprint.get("/api/exports/<token>")
@Operation(ExportRecord, refuses=(400, 404, 503))
def export(token: str) -> Response:
    """How one file was made: who, when, words, editions, fingerprint."""
    asked(Query)
    return _answer(document_of(_mine(token)))


@blueprint.get("/api/exports/<token>/file")
@Operation(kinds=tuple(sorted(FORMATS.values())), refuses=(400, 404, 503))
def export_file(token: str) -> Response:
    """The file itself, as long as it is kept."""
    asked(Query)
    found = _mine(token)
    making = found.making
    body = the_county().beside(kept_exports).body(found)
    return file_answer(
        body, FORMATS[making.format], f"{making.file_name}.{making.format}", f"export.{making.format}"
    )


@blueprint.get("/api/exports/<token>/picture")
@Tagged(kinds=("image/png",), refuses=(400, 404, 503))
def export_picture(token: str) -> Response:
    """The small picture of its first page, for whoever may have the file."""
    asked(Query)
    found = _mine(token)
    answer = Response(the_county().beside(kept_exports).picture(found), mimetype="image/png")
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Vary"] = "Cookie"
    answer.set_etag(found.sha256)
    answer.make_conditional(request)
    return answer


@blueprint.post("/api/exports/<token>/again")
@Operation(Remade, sends=Again, also={202: AgainJob, 429: None, 507: None})
def export_again(token: str) -> Response:
    """Make it again: from the editions of its day, or with `data: now` from today's; an atlas or report as a job."""
    asked(Query)
    data = _data()
    found = _mine(token)
    if found.making.kind != "sheet":
        viewer = current_viewer()
        plan = {AGAIN: token, WHO: exporter(), DATA: data}
        terms = Terms(asker(), alike="again", seconds=MAKING_S)
        job = the_service().jobs.add(
            found.making.kind, plan, role=viewer.role, scope=viewer.scope, terms=terms
        )
        return _answer({"job": job}, 202)
    county = the_county()
    editions, made_on = then_or_now(county, found, data)
    then = county.as_of(editions) if editions is not None else county
    making, body, picture = remade(then, current_viewer(), found.making, made_on=made_on)
    new = county.beside(kept_exports).keep(exporter(), making, body, picture)
    return _answer(
        document_of(new) | {"same": new.sha256 == found.sha256, "changed": changed(found, making.editions)}
    )


@blueprint.delete("/api/exports/<token>")
@Operation(Deleted, refuses=(400, 404, 503))
def delete_export(token: str) -> Response:
    """Remove a file and its record."""
    asked(Query)
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
        "earlier": earlier(making),
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
    try:
        return Again.model_validate(request.get_json(silent=True) or {}).data
    except ValidationError as error:
        raise ArgumentError("data 是 then（原来的数据）或 now（现在的数据）。") from error


def _mine(token: str) -> Export:
    return the_county().beside(kept_exports).get(token, exporter() if has_exported() else "public")


def _answer(document: dict[str, Any], status: int = 200) -> Response:
    answer = Response(to_json(document), status=status, mimetype="application/json")
    answer.headers["Cache-Control"] = "no-store"
    return answer
