"""Coordinates as people write them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.files import parse_degrees, parse_metres


@pytest.mark.parametrize(
    ("text", "degrees"),
    [
        ("110.8348", 110.8348),
        ("112°18′37.6″", 112 + 18 / 60 + 37.6 / 3600),
        ("112°18'37.6\"", 112 + 18 / 60 + 37.6 / 3600),
        ("112°18’37.6’’", 112 + 18 / 60 + 37.6 / 3600),
        ("112° 18′ 37.6″", 112 + 18 / 60 + 37.6 / 3600),
        ("112度18分37.6秒", 112 + 18 / 60 + 37.6 / 3600),
        ("E110°49′", 110 + 49 / 60),
        ("110°49′E", 110 + 49 / 60),
        ("东经110°49′", 110 + 49 / 60),
        ("N35°25'", 35 + 25 / 60),
        ("１１０．８３", 110.83),
        ("１１０°４９′３０″", 110 + 49.5 / 60),
        ("110°", 110.0),
        ("-110.5", -110.5),
        ("110.5W", -110.5),
        (" 35.4 ", 35.4),
    ],
)
def test_degrees(text: str, degrees: float) -> None:
    assert parse_degrees([text])[0] == pytest.approx(degrees, abs=1e-12)


@pytest.mark.parametrize(
    "text", [None, "", "  ", "不详", "110°60′", "110°20′61″", "1100.5.2", "110,8", "°", "{{7*7}}"]
)
def test_what_is_no_angle(text: str | None) -> None:
    assert np.isnan(parse_degrees([text])[0])


@pytest.mark.parametrize(
    ("text", "metres"),
    [("485000", 485000.0), ("37485000.12", 37485000.12), ("3,920,000", 3920000.0), ("３９２００００", 3920000.0), ("485000米", 485000.0)],
)  # fmt: skip
def test_metres(text: str, metres: float) -> None:
    assert parse_metres([text])[0] == metres
    assert np.isnan(parse_metres([None, "", "约485000", "inf", "-Infinity", "nan", "1e999"])).all()


@given(st.integers(0, 179), st.integers(0, 59), st.integers(0, 5999))
def test_degrees_minutes_and_seconds_in_any_marks(degrees: int, minutes: int, hundredths: int) -> None:
    seconds = hundredths / 100
    expected = degrees + minutes / 60 + seconds / 3600
    for marks in ("°′″", "°'\"", "°’”", "度分秒"):
        a, b, c = marks
        text = f"{degrees}{a}{minutes:02d}{b}{seconds:05.2f}{c}"
        assert parse_degrees([text])[0] == pytest.approx(expected, abs=1e-9)
