"""A layer as a table, page by page."""

from typing import Annotated

from flask import Response
from pydantic import Field

from layers.disclosure.tables import cells, columns, order
from layers.language import told
from webmap.api import blueprint, members
from webmap.api.answers import disclosed, sources, to_json
from webmap.api.models import Model, OfLayer, Period, Value
from webmap.api.operations import Tagged
from webmap.api.query import Filters, asked, whole
from webmap.api.statements import Statement, said_of
from webmap.service import the_county
from webmap.serving.answers import answered
from webmap.translations import language

LIMIT = 100
MOST = 1000


class RowsQuery(Filters):
    sort: str = Field("", description="Columns, a minus turns one round: -area_mu,name")
    offset: Annotated[int, whole(0, 10**9)] = Field(0, description="Rows to skip")
    limit: Annotated[int, whole(1, MOST)] = Field(LIMIT, description="Rows a page")


class Column(Model):
    name: members.FieldId
    title: members.Title
    type: members.FieldKind
    unit: members.FieldUnit


class Rows(OfLayer):
    """A page of a table."""

    period: Period
    columns: list[Column] = Field(description="Fields that this viewer may see")
    rows: list[list[Value]] = Field(description="Cells in the order of the columns, codes as words")
    keys: list[str] = Field(description="Key of each row")
    total: members.Left
    offset: int = Field(description="Rows that were skipped")
    statement: Statement = Field(description="What the rows that are left say together")


@blueprint.get("/api/layers/<layer_id>/rows")
@Tagged(Rows, asks=RowsQuery)
def layer_rows(layer_id: str) -> Response:
    """A page of the table: sorted, filtered, codes as words."""
    above = [level.layer for level in the_county().divisions.upwards("village")[:-1]]
    return answered((*sources(layer_id), *reversed(above)), lambda: _make(layer_id))


def _make(layer_id: str) -> bytes:
    wanted = asked(RowsQuery)
    chosen = wanted.rows()
    county, lang = the_county(), language()
    given = disclosed(layer_id, chosen)
    positions = order(given, county.catalog, wanted.sort)[wanted.offset : wanted.offset + wanted.limit]
    keys = given.keys()
    return to_json(
        {
            "layer": layer_id,
            "edition": given.edition.id,
            "period": given.period or given.edition.period,
            "columns": [
                {"name": column.name, "title": column.title, "type": column.type, "unit": column.unit}
                for column in columns(given, lang)
            ],
            "rows": cells(given, county.catalog, positions, county.door.area_names(), lang),
            "keys": [keys[position] for position in positions],
            "total": len(given.rows),
            "offset": wanted.offset,
            "statement": said_of(given, chosen),
            "note": told(given.note, language()),
        }
    )
