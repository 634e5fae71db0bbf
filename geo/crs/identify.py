"""Which system coordinates are in, as far as it is said; what is not said is asked, never guessed."""

import re
from dataclasses import dataclass
from typing import Any, Literal

from pyproj import CRS
from pyproj.exceptions import CRSError as ProjError

from geo.errors import ArgumentError, CrsError, CrsMissingError, NotMetricError

STORED = "EPSG:4490"
DISPLAY = "EPSG:4326"
Shift = Literal["none", "gcj02", "bd09"]

_WORDS: dict[str, tuple[str, Shift]] = {
    "wgs84": (DISPLAY, "none"),
    "cgcs2000": (STORED, "none"),
    "gcj02": (DISPLAY, "gcj02"),
    "bd09": (DISPLAY, "bd09"),
}
_GOOD_DATUMS = ("china 2000", "china geodetic coordinate system 2000", "cgcs2000", "world geodetic system 1984",
                "wgs 1984", "wgs 84")  # fmt: skip
_WANT_CONTROL = (
    "xian",
    "xi'an",
    "西安",
    "beijing",
    "北京",
    "krasovsky",
    "krassowsky",
    "krassovsky",
    "pulkovo",
)
_SHIFTED = {"gcj": "gcj02", "火星": "gcj02", "bd09": "bd09", "bd-09": "bd09", "百度": "bd09"}


@dataclass(frozen=True)
class Declared:
    """A system that was named: an EPSG code or WKT, and the web-map shift on top of it."""

    crs: str
    shift: Shift = "none"

    @property
    def label(self) -> str:
        """``gcj02``, ``bd09`` or the system, as results print it."""
        return self.crs if self.shift == "none" else self.shift


def parse_declared(text: str) -> Declared:
    """What a person says the system is: ``EPSG:4546``, ``4546``, ``wgs84``, ``cgcs2000``, ``gcj02``, ``bd09``.

    Raises:
        ArgumentError: it is none of these.
        CrsError: the system is known but its datum cannot be brought to CGCS2000.
    """
    word = re.sub(r"[\s_\-]", "", text).lower()
    if word in _WORDS:
        return Declared(*_WORDS[word])
    found = re.fullmatch(r"(?:epsg:?)?(\d{4,5})", word)
    if found is None:
        raise ArgumentError("看不懂坐标系“{text}”。可以写 EPSG:4546、wgs84、gcj02 或 bd09。", text=text)

    try:
        crs = CRS.from_epsg(int(found[1]))
    except ProjError as error:
        raise ArgumentError("没有编号为 EPSG:{code} 的坐标系。", code=found[1]) from error
    return _declared(crs)


def identify(wkt: str | None) -> Declared:
    """The system that a file declares in WKT or PROJJSON, as ``EPSG:…`` where it has a code.

    Raises:
        CrsMissingError: the file declares none.
        CrsError: it cannot be understood, is a local system, or its datum cannot be brought to CGCS2000.
    """
    if not wkt:
        raise CrsMissingError(
            "文件没有写坐标系。问清楚后指明：经纬度（天地图、国土数据）是 EPSG:4490，"
            "高德、腾讯取的点是 gcj02，百度取的是 bd09，平面坐标是所在的带，如 EPSG:4546。",
            remedy="crs",
        )
    try:
        crs = CRS.from_user_input(wkt)
    except ProjError as error:
        raise CrsError("文件里写的坐标系看不懂：{wkt}。问清楚后指明。", remedy="crs", wkt=wkt[:80]) from error
    return _declared(crs)


def require_metric(crs: Any) -> None:
    """Refuse to measure in anything but a projection whose unit is the metre and whose scale is true.

    Raises:
        CrsMissingError: there is no CRS at all.
        NotMetricError: degrees, feet, or Web Mercator, which stretches lengths by 1/cos(latitude).
    """
    if crs is None:
        raise CrsMissingError("没有坐标系，不能量算。")
    system = CRS.from_user_input(crs)
    metres = system.is_projected and all(axis.unit_conversion_factor == 1.0 for axis in system.axis_info)
    if not metres or ("mercator" in _method(system) and "transverse" not in _method(system)):
        raise NotMetricError(
            "坐标系 {crs} 不能量算，先转到本县的 3 度带（万荣县是 EPSG:4546）。", crs=system.name
        )


def _declared(crs: "CRS") -> Declared:
    """The system by its shortest name; any degrees on the two datums are ``STORED`` or ``DISPLAY``."""
    _check_datum(crs)
    meridian = crs.prime_meridian
    if crs.is_geographic and meridian is not None and meridian.longitude == 0:
        datum = "" if crs.datum is None else crs.datum.name
        return Declared(STORED if "2000" in datum else DISPLAY)
    code = crs.to_epsg()
    return Declared(crs.to_wkt() if code is None else f"EPSG:{code}")


def _method(crs: "CRS") -> str:
    operation = crs.coordinate_operation
    return "" if operation is None else f"{operation.method_name} {crs.name}".lower()


def _check_datum(crs: "CRS") -> None:
    names = f"{crs.name} {'' if crs.geodetic_crs is None else crs.geodetic_crs.name}".lower()
    for mark, shift in _SHIFTED.items():
        if mark in names:
            raise CrsError(
                "文件写的坐标系是“{name}”，要指明是 {shift}。", remedy="crs", name=crs.name, shift=shift
            )
    if crs.geodetic_crs is None or crs.is_engineering or crs.geodetic_crs.datum is None:
        raise CrsError(
            "坐标系“{name}”是地方坐标系，和国家坐标系没有已知的换算关系。"
            "向提供方要 CGCS2000 的数据，或要换算参数。", name=crs.name,
        )  # fmt: skip
    datum = crs.geodetic_crs.datum.name.replace("_", " ").lower().removeprefix("d ")
    if any(mark in f"{datum} {names}" for mark in _WANT_CONTROL):
        raise CrsError(
            "坐标系“{name}”是西安 80 或北京 54，没有控制点只能换算到几十米，不能直接用。"
            "向提供方要 CGCS2000 的成果，或用当地控制点换算以后再导入。", name=crs.name,
        )  # fmt: skip
    if not datum.startswith(_GOOD_DATUMS):
        raise CrsError(
            "坐标系“{name}”的基准“{datum}”不认识，问清楚后指明坐标系。",
            remedy="crs",
            name=crs.name,
            datum=crs.geodetic_crs.datum.name,
        )
