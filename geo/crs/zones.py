"""Gauss–Krüger zones of CGCS2000: 3° and 6°, with and without the zone number before the easting."""

import math
from dataclasses import dataclass, replace

ZONES_3, ZONES_6 = range(25, 46), range(13, 24)


@dataclass(frozen=True)
class Zone:
    """One zone: ``width`` 3 or 6 degrees, its number, and whether eastings carry the number in front
    (``37 485 000`` instead of ``485 000`` metres).
    """

    width: int
    number: int
    prefixed: bool

    @property
    def central_meridian(self) -> int:
        """Degrees east."""
        return 3 * self.number if self.width == 3 else 6 * self.number - 3

    @property
    def epsg(self) -> int:
        if self.width == 3:
            return (4513 if self.prefixed else 4534) + self.number - 25
        return (4491 if self.prefixed else 4502) + self.number - 13

    @property
    def title(self) -> str:
        mark = f"带号 {self.number}" if self.prefixed else "不带带号"
        return f"CGCS2000 {self.width} 度带，中央经线 {self.central_meridian}°，{mark}（EPSG:{self.epsg}）"

    def with_prefix(self, prefixed: bool) -> "Zone":
        return replace(self, prefixed=prefixed)


_BY_EPSG = {
    zone.epsg: zone
    for width, numbers in ((3, ZONES_3), (6, ZONES_6))
    for number in numbers
    for zone in (Zone(width, number, True), Zone(width, number, False))
}


def zone_of(epsg: int) -> Zone | None:
    """The zone behind an EPSG code, or None when the code is no CGCS2000 zone."""
    return _BY_EPSG.get(epsg)


def zone_at(longitude: float) -> Zone | None:
    """The 3° zone, its number not in the eastings, in which a longitude in degrees lies; None outside of China."""
    number = round(longitude / 3) if math.isfinite(longitude) else 0
    return Zone(3, number, False) if number in ZONES_3 else None


def matching_zone(easting_m: float, *, central_meridian: int | None = None) -> Zone | None:
    """The zone that an easting in metres speaks of by its leading digits, or None when it has none.

    Eight digits before the point: the first two are the zone number, 25–45 for 3° and 13–23 for 6° zones;
    the two ranges do not meet. Six digits: there is no number; with a ``central_meridian`` (degrees) the 3°
    zone on it is meant.
    """
    # 37 485 000: the millions are the zone. Without them an easting says nothing about its zone, so none is guessed.
    number = int(easting_m // 1_000_000)
    if number in ZONES_3:
        return Zone(3, number, True)
    if number in ZONES_6:
        return Zone(6, number, True)
    if number == 0 and easting_m > 0 and central_meridian is not None and central_meridian % 3 == 0:
        return Zone(3, central_meridian // 3, False)
    return None
