"""How fast one goes where: kilometres per hour by way of going and class of road."""

from collections.abc import Mapping
from typing import Literal

Mode = Literal["walk", "ebike", "car"]
Speeds = Mapping[str, float]
"""Class of road → km/h. A class that is not named is closed."""

WALK_KMH = 4.0
"""GB 50180-2018, table 3.0.4: fifteen minutes on foot are 800 to 1,000 m."""
EBIKE_KMH = 15.0
"""An assumption for village roads; GB 17761 lets the motor help up to 25 km/h."""

CLASSES = ("national", "provincial", "county", "township", "village", "street")

SPEEDS: Mapping[Mode, Speeds] = {
    "walk": dict.fromkeys(CLASSES, WALK_KMH),
    "ebike": dict.fromkeys(CLASSES, EBIKE_KMH),
    "car": {
        "expressway": 100.0,
        "national": 70.0,
        "provincial": 60.0,
        "county": 50.0,
        "township": 40.0,
        "village": 25.0,
        "street": 30.0,
    },
}
"""Defaults. Speeds of cars are assumptions within the design speeds of JTG B01-2014 (fourth-class roads 20 to
30, third-class 30 to 40, second-class 60 to 80, expressways 80 to 120 km/h); a car takes the speed of the road
itself where one is known. Expressways are closed to people on foot and on e-bikes.
"""
NO_ACCESS = frozenset({"expressway"})
"""Classes that one drives along but cannot enter anywhere on the way: no point is put on them."""
