"""What it costs that a number says what it is: a legend with its statement beside the same legend without."""

from functools import partial

from benchmarks.commands import sample_home
from benchmarks.harness import Row, against, interleaved
from layers.county import County, open_county
from layers.disclosure import RowFilter, Viewer
from layers.disclosure.look import legend
from layers.statements import statement_of
from webmap.settings import load_settings

RUNS = 60
VIEWER = Viewer("operator", "140822")
ASKED = {
    "a legend of open disputes": ("disputes", RowFilter(fields=(("status", ("open",)),))),
    "the same of a township": ("disputes", RowFilter(code="140822103", fields=(("status", ("open",)),))),
    "a legend of orchards": ("orchards", RowFilter()),
}


def rows() -> list[Row]:
    """Rows of the door and the legend in one turn, with and without a statement; both start from what is kept."""
    county = open_county(load_settings(home=sample_home()).of_county())
    found = []
    for name, (layer, wanted) in ASKED.items():
        ours, bare = interleaved(
            partial(_said, county, layer, wanted), partial(_legend, county, layer, wanted), runs=RUNS
        )
        found.append(
            against(
                f"{name}, with its statement",
                1000 * ours,
                ("without", 1000 * bare),
                unit="ms",
                at_most=1.1,
                runs=RUNS,
            )
        )
    return found


def _legend(county: County, layer: str, wanted: RowFilter) -> int:
    given = county.door.rows(layer, VIEWER, wanted)
    assert len(given.rows), "nothing to count"
    return len(legend(given, county.catalog, "zh"))


def _said(county: County, layer: str, wanted: RowFilter) -> int:
    given = county.door.rows(layer, VIEWER, wanted)
    classes = legend(given, county.catalog, "zh")
    said = statement_of(county, VIEWER, given, wanted).to_json("zh")
    assert said["n"] == sum(row["count"] for row in classes)
    return len(classes)
