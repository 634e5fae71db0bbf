"""The spine: levels, prefixes and parents of a county, of one with other grids, and of a prefecture."""

import re

import pytest

from layers.catalog import Catalog, load_catalog
from layers.county import CountySettings, open_county
from layers.divisions import CODE_FIELDS, STANDARD, WHOLE_CODE, divisions_of
from layers.spec import Text

GRID = "140822103201001"
WAN = Text(zh="万荣县", en="Wanrong County")
PREFECTURE = divisions_of("1408")


def test_a_county_has_four_levels() -> None:
    assert dict(STANDARD.lengths) == {"county": 6, "township": 9, "village": 12, "grid": 15}
    assert STANDARD.layers == ("counties", "townships", "villages", "grids")
    assert [level.field for level in STANDARD] == [
        "county_code",
        "township_code",
        "village_code",
        "grid_code",
    ]
    assert divisions_of("140822") == STANDARD


def test_a_prefecture_stands_above_its_counties() -> None:
    assert list(PREFECTURE.lengths.items()) == [("prefecture", 4), *STANDARD.lengths.items()]
    assert PREFECTURE.top.name == "prefecture"
    assert PREFECTURE.above(PREFECTURE.named("county")) == PREFECTURE.top
    assert STANDARD.above(STANDARD.named("county")) is None


@pytest.mark.parametrize("digits", [13, 14, 18, 20])
def test_only_the_grid_changes_with_the_setting(digits: int) -> None:
    found = divisions_of("140822", digits)
    assert dict(found.lengths) == dict(STANDARD.lengths) | {"grid": digits}
    assert found.layers == STANDARD.layers
    assert found.levels[:-1] == STANDARD.levels[:-1]


@pytest.mark.parametrize(
    ("code", "digits", "message"),
    [
        ("140822", 12, "grid_digits is 12, not from 13 to 20"),
        ("140822", 21, "grid_digits is 21, not from 13 to 20"),
        ("14082", 15, "'14082' is neither 4 nor 6 digits"),
        ("140822100", 15, "'140822100' is neither 4 nor 6 digits"),
    ],
)
def test_what_cannot_be_is_refused(code: str, digits: int, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        divisions_of(code, digits)


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("140822", "county"),
        (GRID[:9], "township"),
        (GRID[:12], "village"),
        (GRID, "grid"),
        ("1408", None),
        ("", None),
    ],
)
def test_the_length_tells_the_level(code: str, level: str | None) -> None:
    found = STANDARD.level_of(code)
    assert (found.name if found else None) == level


def test_everything_above_is_a_prefix() -> None:
    assert STANDARD.prefixes(GRID) == ("140822", "140822103", "140822103201", GRID)
    assert STANDARD.prefixes("140822103") == ("140822", "140822103")
    assert STANDARD.prefixes("14082210399") == ("140822", "140822103")
    assert PREFECTURE.prefixes("140822103") == ("1408", "140822", "140822103")
    assert divisions_of("140822", 14).prefixes("14082210320101")[-1] == "14082210320101"


def test_a_code_is_cut_to_a_level_or_stays() -> None:
    assert STANDARD.cut(GRID, "village") == "140822103201"
    assert STANDARD.cut("140822103", "village") == "140822103"


def test_below_means_smaller() -> None:
    assert STANDARD.is_below(GRID, "village")
    assert not STANDARD.is_below("140822103201", "village")
    assert not STANDARD.is_below("140822103", "village")


def test_levels_go_down_and_up_one_by_one() -> None:
    names = [level.name for level in PREFECTURE.upwards("village")]
    assert names == ["village", "township", "county", "prefecture"]
    below = [PREFECTURE.child(level) for level in PREFECTURE]
    assert below == [*PREFECTURE.levels[1:], None]
    assert PREFECTURE.child(None) is None


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("140822", True),
        (GRID, True),
        ("14082", False),
        ("1408221032010", False),
        ("14082a", False),
        ("１４０８２２", False),
        ("", False),
    ],
)
def test_a_code_is_digits_of_a_known_length(text: str, known: bool) -> None:
    assert STANDARD.is_code(text) is known
    assert bool(re.fullmatch(STANDARD.pattern, text, re.ASCII)) is known


def test_the_code_of_a_whole_place_has_four_or_six_digits() -> None:
    fitting = [
        code for code in ("140", "1408", "14082", "140822", "1408221") if re.fullmatch(WHOLE_CODE, code)
    ]
    assert fitting == ["1408", "140822"]


def test_layers_and_fields_of_the_levels_are_declared(catalog: Catalog) -> None:
    """The declarations are the source of field names; the spine only says which of them belong to a level."""
    for level in STANDARD:
        spec = catalog.layer(level.layer)
        assert (spec.level, spec.group, spec.key) == (level.name, "divisions", "code")
    parents = [STANDARD.parent_field(level, catalog.layer(level.layer)) for level in STANDARD]
    assert parents == [None, "county_code", "township_code", "village_code"]
    declared = {field.name for spec in catalog for field in spec.fields}
    assert set(CODE_FIELDS) - declared == {"prefecture_code"}


def test_a_layer_without_the_field_names_no_parent(catalog: Catalog) -> None:
    counties = PREFECTURE.named("county")
    assert PREFECTURE.parent_field(counties, catalog.layer("counties")) is None
    assert PREFECTURE.parent_field(PREFECTURE.top, None) is None


def test_the_digest_of_a_county_changes_with_its_levels_only(tmp_path: object) -> None:
    from pathlib import Path

    def digest(code: str, digits: int) -> str:
        return open_county(
            CountySettings(Path(str(tmp_path)), code, WAN, WAN, "EPSG:4546", grid_digits=digits)
        ).digest

    assert digest("140822", 15) == digest("140823", 15)
    assert len({digest("140822", 15), digest("140822", 14), digest("1408", 15)}) == 3


def test_the_shipped_catalogue_has_the_standard_levels() -> None:
    assert load_catalog().divisions == STANDARD
    assert load_catalog(None, PREFECTURE).divisions == PREFECTURE
