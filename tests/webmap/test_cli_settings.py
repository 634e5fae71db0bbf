"""Settings: where they come from, and what is said when they are wrong."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from geo.errors import ArgumentError
from layers.county import open_county
from webmap.settings import Settings, load_settings

FILE = """
county = "140823"
language = "en"
[county_name]
zh = "闻喜县"
en = "Wenxi County"
[basemap]
kind = "xyz"
url = "https://tiles.example/{z}/{x}/{y}.png"
attribution = "示例"
datum = "gcj02"
"""


def test_defaults_are_the_sample_county(home: Path) -> None:
    settings = load_settings()
    assert settings.home == home
    assert (settings.county, settings.metric_crs, settings.language) == ("140822", "EPSG:4546", "zh")
    assert settings.county_name.zh == "万荣县"
    assert settings.title.zh == "万荣县基层治理一张图"
    assert settings.basemap.kind == "none"
    assert settings.declarations == home / "declarations"


def test_the_file_is_read_and_the_environment_wins(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home.mkdir()
    (home / "settings.toml").write_text(FILE, "utf-8")
    monkeypatch.setenv("GOVMAP_LANGUAGE", "zh")
    settings = load_settings()
    assert (settings.county, settings.county_name.en, settings.language) == ("140823", "Wenxi County", "zh")
    assert settings.basemap.datum == "gcj02"
    monkeypatch.setenv("GOVMAP_BASEMAP__KIND", "none")
    assert load_settings().basemap.kind == "none"


@pytest.mark.parametrize(
    ("code", "digits", "lengths"),
    [("140822", "15", [6, 9, 12, 15]), ("140823", "14", [6, 9, 12, 14]), ("1408", "18", [4, 6, 9, 12, 18])],
)
def test_the_code_and_the_grids_settle_the_levels(
    home: Path, monkeypatch: pytest.MonkeyPatch, code: str, digits: str, lengths: list[int]
) -> None:
    monkeypatch.setenv("GOVMAP_COUNTY", code)
    monkeypatch.setenv("GOVMAP_GRID_DIGITS", digits)
    county = open_county(load_settings().of_county())
    assert [level.digits for level in county.divisions] == lengths
    assert county.door.divisions is county.divisions


def test_keys_do_not_show_in_logs(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVMAP_BASEMAP__KIND", "tianditu")
    monkeypatch.setenv("GOVMAP_BASEMAP__KEY", "very-secret")
    settings = load_settings()
    assert "very-secret" not in repr(settings)
    assert settings.basemap.key is not None
    assert settings.basemap.key.get_secret_value() == "very-secret"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('county = "万荣"', "county"),
        ('county = "14082"', "county"),
        ("grid_digits = 12", "grid_digits"),
        ('metric_crs = "4546"', "metric_crs"),
        ("colour = 1", "colour"),
        ('[basemap]\nkind = "tianditu"', "basemap"),
        ('[basemap]\nkind = "xyz"\nurl = "https://x/"', "basemap"),
        ('[basemap]\nkind = "xyz"\nurl = "https://x/{z}/{x}/{y}"', "basemap"),
        ("county = ", "settings.toml"),
    ],
)
def test_wrong_settings_name_their_place(home: Path, text: str, place: str) -> None:
    home.mkdir()
    (home / "settings.toml").write_text(text, "utf-8")
    with pytest.raises(ArgumentError, match=place):
        load_settings()


def test_settings_do_not_change(home: Path) -> None:
    settings: Settings = load_settings()
    with pytest.raises(ValidationError):
        settings.county = "1"
