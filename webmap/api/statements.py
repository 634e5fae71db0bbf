"""What stands behind a number, as every answer with numbers carries it."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field

from layers.disclosure import Disclosed, RowFilter
from layers.statements import Statement as Said
from layers.statements import statement_of
from webmap.api import members
from webmap.api.models import Model, Named, Period
from webmap.service import the_county
from webmap.translations import language
from webmap.viewer import current_viewer


class Statement(Model):
    """What is counted, where, of when, which of it, for whom, and out of how many; its words are in the language of the request."""

    figure: str = Field(description="Id in the register of figures")
    what: members.Title
    unit: members.CountUnit
    area: Named = Field(description="What it is about")
    outside: members.Beyond
    frame: bool = Field(description="Whether only what lies in the extent of a map counts, as `bbox` asks")
    since: str | None = Field(description="First day, 2026-01-31; null for no limit, or without days")
    until: str | None = Field(description="Last day, inclusive; null for no limit, or without days")
    period: Period
    own: bool = Field(
        description="Whether `since` and `until` are those of the rows, and nobody asked for them"
    )
    when: str = Field(description="The time in words; empty for none")
    filters: list[str] = Field(description="Each condition in words")
    viewer: str = Field(description="Role, with its scope, whose view it is")
    state: Literal["value", "not-collected", "not-reported", "suppressed", "forbidden"] = Field(
        description="Why there is no number; a zero is a value"
    )
    n: int | None = Field(
        description="Rows of the county that meet the conditions; null unless `state` is value"
    )
    total: int | None = Field(
        description="Rows of the same area and time without the conditions; null unless `state` is value"
    )
    count: str = Field(description="The number in words, or why there is none")
    title: str = Field(description="What and when")
    withheld: members.Words
    flags: list[Literal["partial", "estimate", "stale"]] = Field(
        description="partial: only a part of the area is within the viewer's scope; estimate: worked out (shared out, "
        "interpolated, invented), not collected; stale: should have been renewed since"
    )
    remarks: list[str] = Field(description="What stands beside the number, in words: that it is overdue")
    editions: Mapping[str, str] = Field(description="Layer → edition")


def said_of(given: Disclosed, wanted: RowFilter) -> dict[str, Any]:
    """The statement of rows that the door gave out, as plain data."""
    return plain(statement_of(the_county(), current_viewer(), given, wanted))


def plain(found: Said) -> dict[str, Any]:
    """A statement as plain data."""
    return found.to_json(language())
