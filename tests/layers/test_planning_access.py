"""Accessibility in the hand-drawn county; where its people and centres are stands in ``test_planning_coverage``."""

from collections.abc import Callable
from math import exp

import pytest

from geo.decays import Decay
from geo.errors import ArgumentError, WeightsError
from layers.breaks import quantile_breaks
from layers.catalog import Catalog
from layers.disclosure import Viewer
from layers.editions import Edition, Store
from layers.planning import coverage_plan
from layers.planning.access import Accessibility
from layers.planning.planning import Planning
from tests import county
from tests.county import COUNTY, SLIVER, village_code
from tests.disputes import build
from tests.planning import planning_of

Publish = Callable[..., Edition]
CENTRES = "party-service-centres"
OPERATOR = Viewer("operator", COUNTY)


@pytest.fixture(scope="module")
def planning(tmp_path_factory: pytest.TempPathFactory, catalog: Catalog) -> Planning:
    return planning_of(build(tmp_path_factory.mktemp("county") / "home", catalog, demo=False))


def ask(planning: Planning, decay: Decay | None = None, **words: str) -> Accessibility:
    plan = coverage_plan({"services": CENTRES, "within": "500m"} | words)
    return planning.access(OPERATOR, plan, decay)


def access_of(found: Accessibility) -> dict[str, float]:
    return {row.code: row.access for row in found.rows if row.demand > 0 and row.access > 0}


def test_each_centre_for_the_half_square_beside_it(planning: Planning) -> None:
    found = ask(planning)
    # each centre is reached by the west half of its square alone: 1 for 50·i people, over 100·i
    assert access_of(found) == pytest.approx(
        {village_code(i): 1000 / (100 * i) for i in (1, 5, 8, 9)}, rel=1e-12
    )
    assert (found.supply, found.used, found.unused) == (4, 4, ())
    assert (found.total, found.without) == (4500, 4500 - 1150)
    assert found.mean == pytest.approx(1000 * 4 / 4500, rel=1e-12)
    assert found.rate_unit == "处/千人"
    rows = {row.code: row for row in found.rows}
    assert (rows[village_code(1)].without, rows[village_code(2)].without) == (50, 200)
    assert rows[SLIVER].access != rows[SLIVER].access
    assert found.to_json()["rows"][-1] | {"name": ""} == {
        "code": SLIVER, "name": "", "demand": 0.0, "without": 0.0, "access": None,
    }  # fmt: skip


def test_neighbours_share_a_centre(planning: Planning) -> None:
    found = access_of(ask(planning, within="540m"))
    # centres 5, 8 and 9 besides for the east halves of 4, 7 and 8
    assert found == pytest.approx(
        {
            village_code(1): 1000 * 50 / 50 / 100,
            village_code(4): 1000 * 200 / 450 / 400,
            village_code(5): 1000 * 250 / 450 / 500,
            village_code(7): 1000 * 350 / 750 / 700,
            village_code(8): 1000 * (400 / 750 + 400 / 850) / 800,
            village_code(9): 1000 * 450 / 850 / 900,
        },
        rel=1e-12,
    )


def test_zones(planning: Planning) -> None:
    """Of 641 m, two thirds are 427.3 m: the own half square is in the second zone, all else in the third."""
    found = access_of(ask(planning, "step", within="641m"))
    first, fifth = 0.68 * 50 + 0.22 * 200, 0.68 * 250 + 0.22 * (200 + 400)
    eighth, ninth = 0.68 * 400 + 0.22 * 350, 0.68 * 450 + 0.22 * 400
    assert found == pytest.approx(
        {
            village_code(1): 1000 * 0.68 * 50 / first / 100,
            village_code(4): 1000 * 0.22 * (200 / first + 200 / fifth) / 400,
            village_code(5): 1000 * 0.68 * 250 / fifth / 500,
            village_code(7): 1000 * 0.22 * 350 / eighth / 700,
            village_code(8): 1000 * (400 * (0.68 / eighth + 0.22 / fifth) + 400 * 0.22 / ninth) / 800,
            village_code(9): 1000 * 0.68 * 450 / ninth / 900,
        },
        rel=1e-12,
    )


def test_a_curve(planning: Planning) -> None:
    """East half of 4 and west half of 5, whose middle the hole moves 50 m west, share centre 5 within 540 m."""

    def weight(distance: float) -> float:
        return (exp(-((distance / 540) ** 2) / 2) - exp(-0.5)) / (1 - exp(-0.5))

    near, far = weight((100**2 + 400**2) ** 0.5), weight((350**2 + 400**2) ** 0.5)
    found = access_of(ask(planning, "gaussian", within="540m"))
    fifth = 250 * near + 200 * far
    assert found[village_code(4)] == pytest.approx(1000 * 200 * far / fifth / 400, rel=1e-4)
    assert found[village_code(5)] == pytest.approx(1000 * 250 * near / fifth / 500, rel=1e-6)


@pytest.mark.parametrize("decay", [None, "step", "gaussian"])
@pytest.mark.parametrize("by", ["grid", "village", "township"])
def test_all_supply_that_anyone_reaches_is_given_out(
    planning: Planning, decay: Decay | None, by: str
) -> None:
    found = ask(planning, decay, within="900m", by=by)
    given = sum(row.demand * row.access / 1000 for row in found.rows if row.demand > 0)
    assert given == pytest.approx(found.used, rel=1e-12)
    assert found.used == found.supply == 4


def test_people_beside_an_area_share_its_centres(planning: Planning) -> None:
    whole = access_of(ask(planning, within="540m"))
    part = ask(planning, within="540m", code="140822101")
    assert access_of(part) == {code: value for code, value in whole.items() if code.startswith("140822101")}
    assert (part.total, part.used) == (1500, 4)


def test_capacities_are_the_supply(county_store: Store, publish: Publish) -> None:
    canteens = county.centres().iloc[[2, 3]].drop(columns="phone").assign(meals_per_day=[410, 500])
    publish("neighbour-centres", canteens)
    planning = planning_of(county_store)
    found = ask(planning, services="neighbour-centres")
    assert access_of(found) == pytest.approx(
        {village_code(8): 1000 * 410 / 800, village_code(9): 1000 * 500 / 900}, rel=1e-12
    )
    assert (found.supply, found.rate_unit, found.parameters["supply"]) == (910, "位/千人", "capacity")
    assert "供给是中心的容量" in found.method
    publish("neighbour-centres", canteens.assign(meals_per_day=[410, None]))
    found = ask(planning, services="neighbour-centres")
    assert (found.supply, found.parameters["supply"]) == (2, "one")
    assert "供给没有容量数据，每处按 1 计" in found.method
    with pytest.raises(WeightsError):
        ask(planning, services="neighbour-centres", capacity="1")


def test_a_centre_that_nobody_reaches_is_named(planning: Planning) -> None:
    found = ask(planning, within="428m", close=f"{CENTRES}:PSC001", place="110.0,35.0")
    assert found.unused == ("拟建 1",)
    assert (found.supply, found.used) == (4, 3)


@pytest.mark.parametrize(
    ("decay", "words"),
    [
        (None, "（2SFCA，Luo、Wang，2003）：阈值以内一样算"),
        ("step", "（E2SFCA，Luo、Qi，2009）：到阈值的三分之一、三分之二和阈值，权重 1、0.68、0.22"),
        ("gaussian", "（E2SFCA，Dai，2010）：权重按高斯函数由 1 降到阈值处的 0"),
    ],
)
def test_the_method_is_named(planning: Planning, decay: Decay | None, words: str) -> None:
    found = ask(planning, decay)
    assert words in found.method
    assert "阈值是直线距离 500 米（含）" in found.method
    assert found.parameters["decay"] == decay


def test_one_service_at_a_time(county_store: Store, publish: Publish) -> None:
    publish("village-clinics", county.centres().drop(columns="phone"))
    with pytest.raises(ArgumentError, match="任一类"):
        ask(planning_of(county_store), services=f"{CENTRES},village-clinics", match="each")


def test_classes_have_as_many_areas_each(planning: Planning) -> None:
    assert quantile_breaks(range(1, 11), 5) == (2.8, 4.6, 6.4, 8.2)
    assert quantile_breaks([0, 0, 0, 0, 5.123], 5) == (1.0,)
    assert quantile_breaks([3.0] * 4, 5) == ()
    assert quantile_breaks([], 5) == ()
    found = ask(planning)
    some = [row.access for row in found.rows if row.access > 0]
    assert found.breaks == quantile_breaks(some, 5) == (1.2, 1.4, 5.2)
    assert ask(planning, code="140822100").breaks == found.breaks, (
        "maps of townships have the classes of the county"
    )
