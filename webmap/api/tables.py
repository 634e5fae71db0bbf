"""A layer as a table, page by page."""

from flask import Response

from layers.disclosure.tables import cells, columns, order
from webmap.api import blueprint
from webmap.api.answers import disclosed, sources, to_json
from webmap.api.query import row_filter, text_of, whole_number
from webmap.service import the_county
from webmap.serving.answers import answered
from webmap.translations import language

LIMIT = 100
MOST = 1000


@blueprint.get("/api/layers/<layer_id>/rows")
def layer_rows(layer_id: str) -> Response:
    """A page of the table: sorted, filtered, codes as words."""
    above = [level.layer for level in the_county().divisions.upwards("village")[:-1]]
    return answered((*sources(layer_id), *reversed(above)), lambda: _make(layer_id))


def _make(layer_id: str) -> bytes:
    wanted = row_filter(("sort", "offset", "limit"))
    offset = whole_number("offset", 0, least=0, most=10**9)
    limit = whole_number("limit", LIMIT, least=1, most=MOST)
    county, lang = the_county(), language()
    given = disclosed(layer_id, wanted)
    positions = order(given, county.catalog, text_of("sort"))[offset : offset + limit]
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
            "offset": offset,
            "note": given.note,
        }
    )
