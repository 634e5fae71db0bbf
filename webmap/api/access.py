"""How much supply there is for whoever can reach it, and the same as files."""

from typing import TYPE_CHECKING, Annotated, Literal, get_args

from flask import Response
from pydantic import Field

from exports.access import access_table
from exports.tables import FORMATS
from geo.decays import Decay
from layers.language import told
from layers.planning.plans import choice
from webmap.api import blueprint, members
from webmap.api.answers import to_json
from webmap.api.coverage import CoverageQuery, Parameters
from webmap.api.downloads import KINDS, file_answer
from webmap.api.models import Named, Worked
from webmap.api.operations import Operation, Tagged
from webmap.api.planning import plan_of
from webmap.api.query import asked, kind_of_file, listed
from webmap.service import the_county
from webmap.serving.answers import answered
from webmap.translations import language
from webmap.viewer import current_viewer

if TYPE_CHECKING:
    from layers.planning.access import Accessibility


class AccessQuery(CoverageQuery):
    """A coverage question, and how the way there counts."""

    decay: Annotated[str, listed(Decay)] = Field(
        "", description="How less counts what is farther: by zones or a curve; left out: not at all"
    )


class AccessExportQuery(AccessQuery):
    format: Annotated[str, kind_of_file(FORMATS)] = Field("xlsx", description="Kind of file")


class AccessParameters(Parameters):
    decay: Decay | None = Field(description="How less counts what is farther; null for not at all")
    supply: Literal["capacity", "one"] = Field(
        description="What a centre offers: its capacity, or 1 where that is not known of all"
    )


class AccessRow(Named):
    demand: float | None = Field(description="All the demand, in `unit`; null where no figure is known")
    without: float = Field(description="Demand whose access is 0, in `unit`")
    access: float | None = Field(
        description="Supply per 1,000 of the demand, a mean over it; null where nobody lives"
    )


class AccessAnswer(Worked):
    """Supply per 1,000 of the demand that reaches it (2SFCA, E2SFCA)."""

    supply: float = Field(description="Of all centres")
    used: float = Field(description="Of those that anyone reaches: the sum of demand × access ÷ 1,000")
    mean: float | None = Field(description="In `rate_unit`, over the demand; null without demand")
    total: float = Field(description="All the demand, in `unit`")
    without: float = Field(description="Demand whose access is 0, in `unit`")
    unit: members.DemandUnit
    rate_unit: str = Field(description="Unit of `access`, as people write it")
    parameters: AccessParameters = Field(description="What was asked, with what is usual filled in")
    notes: members.Notes
    unused: list[str] = Field(description="Names of centres that nobody reaches")
    breaks: list[float] = Field(
        description="Inner limits of classes with as many areas of the county each, of those with any access; the lower limit belongs to the class"
    )
    rows: list[AccessRow] = Field(description="By area of `by`")
    query: members.Canonical


@blueprint.get("/api/coverage/access")
@Tagged(AccessAnswer, asks=AccessQuery)
def coverage_access() -> Response:
    """How much supply there is for whoever needs it and can reach it, by area."""
    return answered(None, _access, beside=str(hash(the_county().planning.register())))


@blueprint.get("/api/coverage/access/export", endpoint="coverage_access_export")
@Operation(asks=AccessExportQuery, kinds=KINDS)
def coverage_access_file() -> Response:
    """The table of an accessibility as a file, with its method and editions."""
    words = asked(AccessExportQuery)
    table = access_table(the_county().door, current_viewer(), _given(words))
    mimetype, make = FORMATS[words.format]
    return file_answer(make(table), mimetype, f"{table.title}.{words.format}", f"access.{words.format}")


def _given(words: AccessQuery) -> "Accessibility":
    decay = choice(words.decay, get_args(Decay), "decay") if words.decay else None
    return the_county().planning.access(current_viewer(), plan_of(words), decay)


def _access() -> bytes:
    given = _given(asked(AccessQuery))
    said = {
        "method": told(given.method, language()),
        "notes": [told(note, language()) for note in given.notes],
    }
    return to_json(given.to_json() | said | {"query": given.key})
