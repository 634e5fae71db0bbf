"""The sections of a profile."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from geo.wording import number
from layers.areas import indicators
from layers.areas.asked import EVERYTHING, Asked
from layers.areas.figures import (
    ADDED,
    AS_GIVEN,
    COUNTED,
    MEASURED,
    REACHED,
    SUMMED,
    Figure,
)
from layers.areas.keep import Keep, shared
from layers.areas.parts import Child, Facility, Grown, Indicator
from layers.areas.register import Area
from layers.areas.tallies import Tally
from layers.disclosure import Disclosed, RowFilter, Viewer
from layers.disclosure.amounts import Amount
from layers.disclosure.look import look_classes
from layers.disclosure.times import own_period
from layers.divisions import Level
from layers.editions.manifest import source_of
from layers.extent import Span
from layers.language.numbers import counted
from layers.spec import LayerSpec, Text

PEOPLE = ("population", "population_60_plus", "households")
AREA = Text(zh="面积", en="Area")
NOT_FACILITIES = ("divisions", "base", "indicators")


def figures(keep: Keep, area: Area) -> list[Figure]:
    """People, households, size, and how many divisions lie within."""
    answer = [figure for name in PEOPLE if (figure := people(keep, area, name)) is not None]
    register = keep.register()
    if area.area_km2 is not None:
        given = register.given[area.layer]
        answer.append(_plain(keep, given, ("area_km2", AREA, "km²"), area.area_km2, MEASURED))
    for level in register.divisions:
        if level.layer in register.given and level.digits > len(area.code):
            count = len(register.within(area.code, level))
            answer.append(
                _plain(keep, register.given[level.layer], (level.layer, level.title, "个"), count, COUNTED)
            )
    return answer


def people(keep: Keep, area: Area, name: str) -> Figure | None:
    """People of an area: the roll-up of its villages, or what a village's or grid's own row says."""
    divisions = keep.door.divisions
    layer_id = divisions.named("grid" if area.level == "grid" else "village").layer
    given = keep.register().given.get(layer_id)
    if given is None or name not in given.rows.columns:
        return None
    field = given.spec.field(name)
    return Figure(
        id=name,
        label=field.title,
        value=keep.people(given, name).get(area.code),
        unit=field.unit or "",
        layer=layer_id,
        edition=given.edition.id,
        method=AS_GIVEN if divisions.is_below(area.code, "township") else SUMMED,
        period=keep.one(given, "period") or given.edition.period,
        source=source_of(given.spec, given.edition, keep.one(given, "source")),
        estimate=keep.estimate(given),
    )


def services(
    keep: Keep, area: Area, viewer: Viewer, asked: Asked = EVERYTHING, within: frozenset[str] | None = None
) -> list[Figure]:
    """For each service layer: villages (or townships) with at least one, out of all, or out of those ``within`` the extent of
    a map, wherever in them it stands; by level where a layer holds those of several, as far as it has any."""
    answer = []
    for spec in keep.door.catalog:
        wanted = replace(asked.of(spec), bbox=None)
        found = keep.tally(spec, viewer, wanted) if spec.group == "services" else None
        if found is None or keep.door.seen(spec, viewer, area.code) != "all":
            continue
        levels = [level for level in _levels(keep, spec, found[1]) if len(area.code) <= level.digits]
        answer += [_reach(keep, found, (area, level), within) for level in levels]
    return answer


def _levels(keep: Keep, spec: LayerSpec, counted: Tally) -> Iterator[Level]:
    """Levels whose divisions have a service or not."""
    named = keep.door.divisions.named
    if spec.level_field is None:
        yield named("township" if spec.level == "township" else "village")
        return
    for level in map(named, REACHED):
        if counted.reached.get((keep.door.county, level.digits)):
            yield level


def _reach(
    keep: Keep, found: tuple[Disclosed, Tally], of: tuple[Area, Level], within: frozenset[str] | None
) -> Figure:
    (given, counted), (area, level) = found, of
    spec = given.spec
    codes = keep.register().within(area.code, level)
    if within is None:
        have, every = counted.reached.get((area.code, level.digits), 0), len(codes)
    else:
        seen = within.intersection(codes)
        have, every = sum((code, level.digits) in counted.reached for code in seen), len(seen)
    return Figure(
        id=f"{spec.id}-{level.name}" if spec.level_field else spec.id,
        label=_of_level(keep, spec, level),
        value=have / every if every else None,
        unit="",
        layer=spec.id,
        edition=given.edition.id,
        method=REACHED[level.name],
        numerator=have,
        denominator=every,
        period=shared(given, "period") or given.edition.period,
        source=source_of(spec, given.edition),
        level=level.name,
    )


def _of_level(keep: Keep, spec: LayerSpec, level: Level) -> Text:
    """综治中心（乡级）."""
    if spec.level_field is None:
        return spec.title
    codes = keep.door.catalog.codes_of(spec.field(spec.level_field))
    zh, en = (codes.title_of(level.name, lang) if codes else str(level.called) for lang in ("zh", "en"))
    return Text(zh=f"{spec.title.zh}（{zh}）", en=f"{spec.title.en} ({en})")


def facilities(keep: Keep, area: Area, viewer: Viewer, asked: Asked = EVERYTHING) -> list[Facility]:
    """How many rows of each layer lie in the area: those asked for, out of all of them of the same time."""
    answer = []
    for spec in keep.door.catalog:
        nowhere = asked.bbox is not None and spec.geometry == "none"
        found = None if nowhere or spec.group in NOT_FACILITIES else keep.tally(spec, viewer)
        if found is None:
            continue
        edition, seen = found[0].edition.id, keep.door.seen(spec, viewer, area.code)
        if seen == "none":
            answer.append(Facility(spec, None, None, edition, "forbidden"))
            continue
        every = _count(keep, viewer, RowFilter(), (found, area))
        if every:
            wanted = asked.of(spec)
            plain = replace(wanted, fields=(), text="")
            total = every if plain.empty() else _asked_count(keep, viewer, plain, (spec, area))
            count = total if wanted == plain else _asked_count(keep, viewer, wanted, (spec, area))
            span = _span(keep, viewer, wanted, (spec, area))
            answer.append(
                Facility(spec, count, total, edition, partial=seen == "part", period=own_period(found[0]), span=span)
            )  # fmt: skip
    return answer


def _span(keep: Keep, viewer: Viewer, wanted: RowFilter, of: tuple[LayerSpec, Area]) -> Span | None:
    """The days that a count is of: what is covered of those asked for, else those of the rows; None without days."""
    spec, area = of
    if spec.time_field is None:
        return None
    if wanted.since or wanted.until:
        return keep.door.extent(spec.id).part(wanted.since or date.min, wanted.until or date.max)
    return keep.door.whole(spec.id, viewer, RowFilter(code=area.code)).days


def _asked_count(keep: Keep, viewer: Viewer, wanted: RowFilter, of: tuple[LayerSpec, Area]) -> int:
    spec, area = of
    found = keep.tally(spec, viewer, wanted)
    return 0 if found is None else _count(keep, viewer, wanted, (found, area))


def _count(keep: Keep, viewer: Viewer, wanted: RowFilter, of: tuple[tuple[Disclosed, Tally], Area]) -> int:
    """Rows in the area; by place where the layer's codes are coarser than the area's."""
    (given, found), area = of
    if area.level != "grid" or area.code in found.counts or given.spec.geometry == "none":
        return found.counts.get(area.code, 0)
    return len(keep.door.rows(given.spec.id, viewer, replace(wanted, code=area.code)).rows)


def industry(keep: Keep, area: Area, viewer: Viewer, asked: Asked = EVERYTHING) -> list[Grown]:
    """Areas of orchards, herb bases and so on in 亩, by class, the largest first."""
    answer: list[Grown] = []
    for spec in keep.door.catalog:
        grown = spec.group == "industry" and spec.sum_field == "area_mu"
        found = keep.tally(spec, viewer, asked.of(spec)) if grown else None
        if found is not None and area.code in found[1].counts:
            answer += _parts(keep, found, area)
    return sorted(answer, key=lambda part: -(part.figure.value or 0))


def _parts(keep: Keep, found: tuple[Disclosed, Tally], area: Area) -> list[Grown]:
    given, counted = found
    spec, edition = given.spec, given.edition
    answer = []
    for row in look_classes(spec, edition, given.visibility, keep.door.catalog):
        amount = counted.parts.get((area.code, row.index))
        if amount is not None:
            figure = Figure(f"{spec.id}-value", row.title, amount.known, amount.unit, spec.id, edition.id, _how(spec, amount),
                            period=edition.period, source=source_of(spec, edition))  # fmt: skip
            answer.append(Grown(figure, amount, row))
    return answer


def _how(spec: LayerSpec, amount: Amount) -> Text:
    """How a sum was made: of how many rows where not all report, and what was not added twice."""
    zh, en = [ADDED.zh], [ADDED.en]
    if not amount.whole:
        zh.append(f"已报 {amount.parts()}")
        en.append(f"{amount.parts()} report")
    if amount.twins:
        zh.append(f"重合的 {number(amount.twins)} {spec.count_unit.zh}只计一次")
        en.append(f"{counted(number(amount.twins), spec.count_unit.en)} drawn twice counted once")
    return Text(zh="，".join(zh), en=", ".join(en))


def indicator_values(keep: Keep, area: Area, viewer: Viewer) -> list[Indicator]:
    """Indicators of the latest period with numerator and denominator."""
    found = keep.indicator_totals(viewer)
    if found is None:
        return []
    given, totals = found
    catalog = keep.door.catalog
    answer = []
    for definition, figure, choices in indicators.figures(totals, catalog, area.code, given.edition.id):
        said = replace(figure, source=source_of(given.spec, given.edition, str(figure.source or "")))
        codes = catalog.codelists[definition.codes] if definition.codes else None
        answer.append(Indicator(definition, said, choices, codes, area.code == keep.door.county))
    return answer


def children(keep: Keep, area: Area) -> list[Child]:
    """The divisions right below, with people and the number of divisions below them."""
    register = keep.register()
    divisions = register.divisions
    villages, grids = divisions.named("village"), divisions.named("grid")
    below = divisions.child(divisions.level_of(area.code))
    answer = []
    for code in register.within(area.code, below):
        child = register.areas[code]
        own_villages = len(register.within(code, villages)) if len(code) < villages.digits else None
        own_grids = len(register.within(code, grids)) if len(code) < grids.digits else None
        answer.append(
            Child(child, own_villages, own_grids, {name: people(keep, child, name) for name in PEOPLE})
        )
    return answer


def _plain(keep: Keep, given: Disclosed, names: tuple[str, Text, str], value: float, method: Text) -> Figure:
    """A figure of a layer of divisions."""
    name, label, unit = names
    period, source = keep.period(given), source_of(given.spec, given.edition, keep.one(given, "source"))
    return Figure(
        name, label, value, unit, given.spec.id, given.edition.id, method, period=period, source=source
    )  # fmt: skip
