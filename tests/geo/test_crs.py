"""Zones, shifts and refusals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS, Geod

from geo.crs import (
    Declared,
    bd09_to_wgs84,
    better_zone,
    gcj02_to_bd09,
    gcj02_to_wgs84,
    identify,
    matching_zone,
    parse_declared,
    require_metric,
    scale_error,
    wgs84_to_gcj02,
    zone_at,
    zone_of,
)
from geo.errors import ArgumentError, CrsError, CrsMissingError, NotMetricError

LON, LAT = st.floats(73.5, 135.0), st.floats(4.0, 53.0)
SEATS = {  # GCJ-02 as published, WGS84 as converted by the publisher (CC BY 4.0, Vonng/adcode)
    "解店镇": (110.836166, 35.422772, 110.830639, 35.423248),
    "通化镇": (110.709532, 35.461504, 110.704014, 35.461873),
    "汉薛镇": (110.913383, 35.309536, 110.907882, 35.310182),
    "荣河镇": (110.552426, 35.355511, 110.547164, 35.356079),
    "光华乡": (110.597048, 35.398689, 110.591809, 35.399265),
}
GEOD = Geod(ellps="WGS84")


def metres(lon: float, lat: float, lon_2: float, lat_2: float) -> float:
    return float(GEOD.inv(lon, lat, lon_2, lat_2)[2])


@pytest.mark.parametrize("seat", SEATS)
def test_published_pairs_of_seats(seat: str) -> None:
    gcj_lon, gcj_lat, lon, lat = SEATS[seat]
    ours = gcj02_to_wgs84(gcj_lon, gcj_lat)
    assert metres(float(ours[0]), float(ours[1]), lon, lat) < 2.0  # theirs is one step of the iteration
    assert 480 <= metres(gcj_lon, gcj_lat, lon, lat) <= 506


def to_bd09(lon: float, lat: float) -> tuple:
    return gcj02_to_bd09(*wgs84_to_gcj02(lon, lat))


@given(LON, LAT)
def test_shifts_close_their_round_trips(lon: float, lat: float) -> None:
    for there, back in ((wgs84_to_gcj02, gcj02_to_wgs84), (to_bd09, bd09_to_wgs84)):
        lon_2, lat_2 = back(*there(lon, lat))
        assert metres(lon, lat, float(lon_2), float(lat_2)) < 0.001


def test_bd09_is_off_by_about_1230_m_here() -> None:
    for _, _, lon, lat in SEATS.values():
        shifted = to_bd09(lon, lat)
        assert 1218 <= metres(lon, lat, float(shifted[0]), float(shifted[1])) <= 1250


def test_shifts_leave_other_countries_and_gaps_alone() -> None:
    lon, lat = wgs84_to_gcj02([2.35, np.nan, 110.0], [48.86, np.nan, 35.0])
    assert (lon[0], lat[0]) == (2.35, 48.86)
    assert np.isnan(lon[1])
    assert lon[2] != 110.0
    back = gcj02_to_wgs84(lon, lat)
    assert back[0][2] == pytest.approx(110.0, abs=1e-9)


@pytest.mark.parametrize("number", range(25, 46))
def test_three_degree_zones_match_epsg(number: int) -> None:
    for epsg in (4513 + number - 25, 4534 + number - 25):
        zone = zone_of(epsg)
        assert zone is not None
        _check_zone(zone.epsg, zone.central_meridian, zone.prefixed, zone.number)


@pytest.mark.parametrize("number", range(13, 24))
def test_six_degree_zones_match_epsg(number: int) -> None:
    for epsg in (4491 + number - 13, 4502 + number - 13):
        zone = zone_of(epsg)
        assert zone is not None
        assert zone.width == 6
        _check_zone(zone.epsg, zone.central_meridian, zone.prefixed, zone.number)


def _check_zone(epsg: int, meridian: int, prefixed: bool, number: int) -> None:
    operation = CRS.from_epsg(epsg).coordinate_operation
    assert operation is not None
    values = {parameter.name: parameter.value for parameter in operation.params}
    assert values["Longitude of natural origin"] == meridian
    assert values["False easting"] == (number * 1e6 if prefixed else 0) + 500_000


def test_eastings_speak_of_their_zone() -> None:
    assert matching_zone(37_485_000.0) == zone_of(4525)
    assert matching_zone(19_485_000.0) == zone_of(4497)
    assert matching_zone(485_000.0) is None
    assert matching_zone(485_000.0, central_meridian=111) == zone_of(4546)
    assert matching_zone(3_920_000.0) is None


@pytest.mark.parametrize(
    ("text", "crs", "shift"),
    [
        ("EPSG:4546", "EPSG:4546", "none"),
        ("4525", "EPSG:4525", "none"),
        ("epsg 4490", "EPSG:4490", "none"),
        ("WGS84", "EPSG:4326", "none"),
        ("wgs-84", "EPSG:4326", "none"),
        ("GCJ-02", "EPSG:4326", "gcj02"),
        ("bd09", "EPSG:4326", "bd09"),
    ],
)
def test_what_people_write_after_crs(text: str, crs: str, shift: str) -> None:
    assert parse_declared(text) == Declared(crs, shift)


@pytest.mark.parametrize("text", ["", "utm", "EPSG:9999", "火星"])
def test_crs_arguments_that_mean_nothing(text: str) -> None:
    with pytest.raises(ArgumentError):
        parse_declared(text)


@pytest.mark.parametrize("code", [4610, 2383, 4214, 2435, 4555])
def test_old_datums_are_refused(code: int) -> None:
    with pytest.raises(CrsError, match="西安 80 或北京 54"):
        parse_declared(str(code))
    with pytest.raises(CrsError, match="西安 80 或北京 54"):
        identify(CRS.from_epsg(code).to_wkt("WKT1_ESRI"))


@pytest.mark.parametrize("code", [4546, 4525, 4508, 4497, 4490, 4326, 32649])
def test_files_written_by_esri_are_understood(code: int) -> None:
    assert identify(CRS.from_epsg(code).to_wkt("WKT1_ESRI")) == Declared(f"EPSG:{code}")


def test_a_zone_of_its_own_keeps_its_definition() -> None:
    wkt = CRS.from_epsg(4546).to_wkt("WKT1_ESRI").replace("111.0", "110.5")
    assert CRS.from_user_input(identify(wkt).crs).is_projected


@pytest.mark.parametrize(
    ("wkt", "message"),
    [
        (None, "没有写坐标系"),
        ("", "没有写坐标系"),
        ("not a crs", "看不懂"),
        ('LOCAL_CS["县独立坐标系",UNIT["metre",1]]', "地方坐标系"),
        (CRS.from_epsg(4326).to_wkt("WKT1_ESRI").replace("GCS_WGS_1984", "GCJ-02"), "指明是 gcj02"),
        (CRS.from_epsg(4326).to_wkt("WKT1_ESRI").replace("D_WGS_1984", "D_Somewhere"), "不认识"),
    ],
)
def test_systems_that_must_be_asked_about(wkt: str | None, message: str) -> None:
    with pytest.raises(CrsError, match=message):
        identify(wkt)


@pytest.mark.parametrize("crs", ["EPSG:4546", "EPSG:4525", "EPSG:4508", "EPSG:32649"])
def test_metric_systems_may_measure(crs: str) -> None:
    require_metric(crs)


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:4490", "EPSG:3857", "EPSG:2263"])
def test_degrees_feet_and_web_mercator_may_not_measure(crs: str) -> None:
    with pytest.raises(NotMetricError):
        require_metric(crs)
    with pytest.raises(CrsMissingError):
        require_metric(None)


WANRONG = (110.4, 35.2, 111.0, 35.6)
WEST = (104.7, 35.2, 105.3, 35.6)


def test_the_zone_at_a_longitude() -> None:
    assert [zone_at(lon) for lon in (105.0, 106.4, 106.6, 111.0)] == [
        zone_of(epsg) for epsg in (4544, 4544, 4545, 4546)
    ]
    assert [zone_at(lon) for lon in (35.4, 180.0, float("nan"))] == [None, None, None]


def test_how_wrong_a_zone_measures() -> None:
    assert scale_error("EPSG:4546", WANRONG) == pytest.approx(0.0000365, abs=5e-7)
    # (6.3° in radians × cos 35.2°)² / 2, the first term of the series of the projection
    assert scale_error("EPSG:4546", WEST) == pytest.approx(0.00404, abs=3e-5)
    assert scale_error("EPSG:4544", WEST) < 0.00002
    assert scale_error("EPSG:4546", (35.0, 110.0, 36.0, 111.0)) == float("inf")
    with pytest.raises(NotMetricError):
        scale_error("EPSG:4490", WEST)


@pytest.mark.parametrize("crs", ["EPSG:4546", "EPSG:4525", "EPSG:4508", "EPSG:32649"])
def test_zones_stay_within_themselves(crs: str) -> None:
    for south in (18.0, 35.0, 53.0):
        assert better_zone(crs, (108.0, south, 109.0, south + 0.4)) is None
        assert better_zone(crs, (113.0, south, 114.0, south + 0.4)) is None


def test_a_wrong_zone_hears_of_the_right_one() -> None:
    assert better_zone("EPSG:4546", WEST) == zone_of(4544)
    assert better_zone("EPSG:4544", WEST) is None


def test_what_no_zone_measures_well_keeps_its_own() -> None:
    assert better_zone("EPSG:4541", (90.0 - 8.0, 38.0, 98.0, 40.0)) is not None
    assert better_zone("EPSG:4539", (90.0 - 8.0, 38.0, 98.0, 40.0)) is None
