"""Of what time an edition is, and when it should have been renewed."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from layers.catalog import Catalog
from layers.disclosure import PUBLIC, Door
from layers.disclosure.times import due, overdue, own_period, worked_out
from layers.editions import Store
from layers.intake.judging import _period_of
from tests.county import COUNTY


@pytest.mark.parametrize(
    ("layer", "period", "last"),
    [
        ("disputes", "2026-11-20", date(2026, 11, 21)),
        ("water-monitors", "2026-10", date(2026, 12, 1)),
        ("grids", "2026Q2", date(2026, 9, 30)),
        ("villages", "2023", date(2024, 12, 31)),
    ],
)
def test_an_edition_is_overdue_once_its_cycle_has_passed(
    layer: str, period: str, last: date, county_store: Store, catalog: Catalog
) -> None:
    edition = county_store.current("villages")
    assert edition is not None
    edition, spec = (
        replace(edition, period=period, published_at="2026-11-30T00:00:00+00:00"),
        catalog.layer(layer),
    )
    assert due(spec, edition) == last
    assert [overdue(spec, edition, day) for day in (last, date.fromordinal(last.toordinal() + 1))] == [
        False,
        True,
    ]


def test_the_time_of_a_census_is_that_of_its_people_alone(county_store: Store, catalog: Catalog) -> None:
    given = Door(county_store, catalog, COUNTY).rows("villages", PUBLIC)
    rows = given.rows.assign(period="2020-11-01")
    census = replace(given, rows=rows, edition=replace(given.edition, period="2020-11-01"))
    assert own_period(census) is None
    assert own_period(replace(census, edition=replace(given.edition, period="2023"))) == "2023"


def test_an_import_takes_the_period_of_its_rows_but_no_census(catalog: Catalog) -> None:
    rows = pd.DataFrame({"period": ["2020-11-01", "2020-11-01"]})
    assert _period_of(catalog.layer("villages"), rows) is None
    assert _period_of(catalog.layer("party-service-centres"), rows) == "2020-11-01"


def test_what_is_shared_out_is_an_estimate(county_store: Store, catalog: Catalog) -> None:
    given = Door(county_store, catalog, COUNTY).rows("villages", PUBLIC)
    collected = replace(given, edition=replace(given.edition, demo=False, holds_demo=False))
    said = {
        text: worked_out(replace(collected, rows=given.rows.assign(source=text)))
        for text in ("村级上报", "按人口推算")
    }
    assert said == {"村级上报": False, "按人口推算": True}
