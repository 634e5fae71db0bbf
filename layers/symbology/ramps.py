"""Colour ramps as data; neighbours differ by ΔE ≥ 15, also under deuteranopia and protanopia and, but for the
two arms of ``diverging`` and for ``categories``, on a grey print."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from layers.spec import Colour

RAMPS: Mapping[str, tuple[Colour, ...]] = MappingProxyType(
    {
        "share": ("#FAFCFC", "#B4D4D8", "#6FAAB2", "#3F757F", "#0A4450"),
        "share4": ("#FAFCFC", "#A7CDD1", "#5E9EA6", "#1F6F7A"),
        "rate": ("#FFF7DB", "#FDC06E", "#E98933", "#C45A16", "#933408"),
        "diverging": ("#7A2015", "#BE4A33", "#EFAF99", "#FCFBF7", "#C3D9EB", "#6399CB", "#1B4A7D"),
        "categories": ("#0B6470", "#E08A2B", "#7A3E9D", "#B9D98A", "#A9D4F0", "#D65F5F", "#8A97A0"),
    }
)


def ramp(name: str, count: int) -> tuple[Colour, ...]:
    """``count`` colours of a ramp: its own steps where it has them, evenly chosen or mixed otherwise."""
    steps = RAMPS["share4"] if (name, count) == ("share", 4) else RAMPS[name]
    if count == len(steps):
        return steps
    if count == 1:
        return (steps[len(steps) // 2],)
    return tuple(_mix(steps, place * (len(steps) - 1) / (count - 1)) for place in range(count))


def _mix(steps: Sequence[Colour], place: float) -> Colour:
    low, part = int(place), place - int(place)
    ends = (steps[low], steps[min(low + 1, len(steps) - 1)])
    pairs = [tuple(int(end[at : at + 2], 16) for end in ends) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * part):02X}" for a, b in pairs)
