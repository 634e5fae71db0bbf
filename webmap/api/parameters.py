"""Words of the API's description: what each route takes, in which form, and which files it gives."""

from collections.abc import Mapping
from typing import Any, get_args

from exports.kept import FORMATS as EXPORTED
from exports.rows import FORMATS
from exports.sheets.atlas.pages import By
from exports.sheets.formats import FORMATS as DRAWN
from exports.sheets.formats import LEAST_DPI, MOST_DPI
from exports.sheets.papers import PAPERS
from layers.bands import BANDS
from layers.divisions import Divisions
from layers.language import LANGUAGES
from webmap.api.hotspots import SPOTS
from webmap.api.planning import PLAN
from webmap.api.sheets import ATLAS, LEAST_PX, MOST_PX, WORDS
from webmap.jobs.kinds import KINDS

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
PARAMETERS: Mapping[str, tuple[str, Schema]] = {
    "bbox": ("west,south,east,north in degrees", TEXT),
    "since": ("First day, on the layer's time field", {"type": "string", "format": "date"}),
    "until": ("Last day, inclusive", {"type": "string", "format": "date"}),
    "q": ("Text that some text field contains; for search: name, code, pinyin or initials", TEXT),
    "period": (
        "2026Q3 or 2026, for layers given out as counts",
        {"type": "string", "pattern": r"^\d{4}(Q[1-4])?$"},
    ),
    "limit": ("Rows a page", {"type": "integer", "minimum": 1}),
    "cursor": ("Where the next page starts, from `next`", TEXT),
    "offset": ("Rows to skip", {"type": "integer", "minimum": 0}),
    "sort": ("Columns, a minus turns one round: -area_mu,name", TEXT),
    "format": ("Kind of file", {"type": "string", "enum": list(FORMATS)}),
    "v": ("Version of the shapes; any other leads to the right one", TEXT),
    "z": ("Zoom band", {"type": "integer", "enum": list(BANDS)}),
    "photo": ("Name of a picture, from `photos`; the answer is the picture", TEXT),
    "tile": ("x,y of a 512 px tile, for bands in mode tiles", TEXT),
    "lang": ("Language of titles and messages", {"type": "string", "enum": list(LANGUAGES)}),
    "services": ("Layer ids of services, with commas", TEXT),
    "within": ("Thresholds, inclusive: 2000m, 2km or 15min, with commas; the first is shown", TEXT),
    "match": ("Reached by any of the services, or by each", {"type": "string", "enum": ["any", "each"]}),
    "mode": ("How far it is", {"type": "string", "enum": ["straight", "detour", "road"]}),
    "travel": ("Way of going", {"type": "string", "enum": ["walk", "ebike", "car"]}),
    "detour": ("Factor on the straight line", {"type": "number", "minimum": 1, "maximum": 5}),
    "demand": (
        "Who or what is to be reached",
        {"type": "string", "enum": ["population", "population_60_plus", "households", "area"]},
    ),
    "by": ("Areas of the rows", {"type": "string", "enum": ["grid", "village", "township"]}),
    "place": ("Proposed centres: lon,lat;lon,lat", TEXT),
    "close": ("Existing centres left out: layer:key;layer:key", TEXT),
    "capacity": ("Count places: 1", {"type": "string", "enum": ["1"]}),
    "neighbours": (
        "Neighbours of an area: those that touch it, or those within `band`",
        {"type": "string", "enum": ["queen", "band"]},
    ),
    "band": (
        "Metres between points of areas, for neighbours=band",
        {"type": "number", "exclusiveMinimum": 0},
    ),
    "alpha": (
        "Share of false discoveries",
        {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1},
    ),
    "a": ("Token of the first scenario", TEXT),
    "b": ("Token of the second scenario", TEXT),
    "theme": ("The named map that is drawn", TEXT),
    "layers": ("Layer ids, with commas; empty for what the theme shows at first", TEXT),
    "hide": ("Classes left out: layer:class:class, with commas", TEXT),
    "heat": ("Layers of which the density is drawn, with commas", TEXT),
    "paper": ("Paper", {"type": "string", "enum": list(PAPERS)}),
    "orientation": ("Of the paper", {"type": "string", "enum": ["landscape", "portrait"]}),
    "scale": ("N of 1:N; empty for the largest round one that fits", TEXT),
    "title": ("Title; empty for one made from place, theme and period", TEXT),
    "maker": ("Who made it, for the footer", TEXT),
    "parts": ("What stands on it, with commas; none for the least", TEXT),
    "handling": ("Mark", {"type": "string", "enum": ["internal", "public"]}),
    "review_number": ("Number of the map review (审图号)", TEXT),
    "confirmed": ("1: it is confirmed that none is needed", TEXT),
    "reason": ("Why none is needed", TEXT),
    "show": ("How the hotspot page shows disputes", TEXT),
    "compare": ("Two periods that are set against each other, with a comma", TEXT),
    "px": ("Pixels across", {"type": "integer", "minimum": LEAST_PX, "maximum": MOST_PX}),
    "dpi": ("Resolution of a PNG", {"type": "integer", "minimum": LEAST_DPI, "maximum": MOST_DPI}),
    "atlas": ("Areas of which an atlas has a page each", {"type": "string", "enum": list(get_args(By))}),
    "page": ("Code of the area whose page is drawn; empty for the first", TEXT),
}


def area_parameter(divisions: Divisions) -> tuple[str, Schema]:
    """Words and form of ``code``, which depend on the county."""
    *larger, least = (f"{level.name} {level.digits}" for level in divisions)
    form = rf"^\d{{{divisions.top.digits},{divisions.levels[-1].digits}}}$"
    return f"Area: {', '.join(larger)} or {least} digits", {"type": "string", "pattern": form}


FILTERS = ("code", "bbox", "since", "until", "q", "period")
SHEET = tuple(name for name in WORDS if name != "lang")
QUERIES: Mapping[str, tuple[str, ...]] = {
    "layer_features": (*FILTERS, "limit", "cursor"),
    "layer_shapes": (*FILTERS, "v", "z", "tile"),
    "layer_rows": (*FILTERS, "sort", "offset", "limit"),
    "layer_legend": FILTERS,
    "layer_timeline": FILTERS,
    "layer_record": (*FILTERS, "photo"),
    "layer_export": (*FILTERS, "sort", "format"),
    "search": ("q",),
    "coverage": PLAN,
    "coverage_shapes": PLAN,
    "coverage_needs": PLAN,
    "coverage_export": (*PLAN, "format"),
    "compare_scenarios": ("a", "b"),
    "hotspots": SPOTS,
    "hotspots_density": SPOTS,
    "hotspots_export": (*SPOTS, "format"),
    "sheet_preview": (*SHEET, "px", *ATLAS),
    "sheet_options": (*SHEET, "atlas"),
    "sheet_reports": ("code",),
    "sheet_file": (*SHEET, "format", "dpi"),
}
BODIES: Mapping[str, Schema] = {
    "save_scenario": {
        "type": "object",
        "required": ["name", "query"],
        "properties": {"name": TEXT, "query": TEXT},
    },
    "add_job": {
        "type": "object",
        "required": ["kind", "plan"],
        "properties": {
            "kind": {"type": "string", "enum": list(KINDS)},
            "plan": {"type": "object", "additionalProperties": TEXT},
        },
    },
    "export_again": {
        "type": "object",
        "properties": {"data": {"type": "string", "enum": ["then", "now"]}},
    },
}
"""What is sent to the routes that take something; they also need the token of the page against forgery."""
STATUSES: Mapping[str, str] = {"save_scenario": "201", "add_job": "202", "cancel_job": "202"}
FILTERED = tuple(name for name, query in QUERIES.items() if "bbox" in query)
DRAWING = ("sheet_preview", "sheet_options", "sheet_file")
"""Routes whose filters name the layer too."""
KEEPING = ("sheet_file", "export_again")
"""Routes that need room on the disk."""
KINDS_OF_FILE = [kind for kind, _ in FORMATS.values()]
FILES = {
    "layer_export": KINDS_OF_FILE,
    "coverage_export": KINDS_OF_FILE,
    "hotspots_export": KINDS_OF_FILE,
    "layer_template": [FORMATS["xlsx"][0]],
    "sheet_preview": ["image/png"],
    "sheet_file": [EXPORTED[name] for name in DRAWN],
    "export_file": sorted(EXPORTED.values()),
}
