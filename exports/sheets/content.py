"""What a sheet shows: rows of every layer through the door, as the viewer, with the plan's filters, in metres."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from exports.sheets import lawful
from exports.sheets.filters import filter_title, filter_words
from exports.sheets.ground import Ground
from exports.sheets.overlays import Overlay, overlay_of
from exports.sheets.plan import SheetPlan
from exports.sheets.strata import Graduation, Kind, Origin, Stratum
from geo.errors import EmptySheetError, UnknownAreaError
from geo.phrases import listing
from layers.areas import Area
from layers.disclosure import Disclosed, RowFilter, Viewer
from layers.disclosure.amounts import quantities
from layers.disclosure.look import look_classes, look_classify
from layers.disclosure.times import due, own_period, worked_out
from layers.divisions import Divisions
from layers.editions.manifest import source_of
from layers.extent import Span
from layers.language.english import kinds_of
from layers.language.tongue import Tongue
from layers.periods import span_of
from layers.spec import LayerSpec, Paint
from layers.statements import Choice, When
from layers.statements.making import analysed, choices_of, when_of
from layers.symbology import LegendRow

if TYPE_CHECKING:
    from layers.county import County

EVERYWHERE = frozenset({"divisions", "base"})
"""Groups that the area filter leaves alone: the ground of the map."""
RANK: Mapping[Kind, int] = {"area": 0, "boundary": 1, "line": 1, "point": 2}


@dataclass(frozen=True, eq=False)
class Content:
    """``strata`` in drawing order, the lowest first. ``outline`` is the area of the sheet and ``land`` the county, in
    metres; ``whole`` says that they are the same, ``lined`` that lines of divisions may be drawn, ``timed`` that what is
    drawn is of the plan's time, of which ``times`` are the parts that data cover, ``filters`` in words which rows only, ``limits`` the same for the title. ``editions`` are all that stand behind the sheet; ``barren`` says that
    layers of the theme were asked for and none of their rows is there."""

    area: Area
    divisions: Divisions
    outline: Any
    land: Any
    whole: bool
    lined: bool
    strata: tuple[Stratum, ...]
    overlay: Overlay | None
    timed: bool
    times: tuple[When, ...]
    filters: str
    limits: str
    notes: tuple[str, ...]
    editions: Mapping[str, str]
    demo: bool
    barren: bool = False

    @property
    def thematic(self) -> tuple[Stratum, ...]:
        return tuple(stratum for stratum in self.strata if stratum.thematic)


def gather(county: "County", viewer: Viewer, plan: SheetPlan, *, empty: bool = False) -> Content:
    """Everything that a sheet shows; with ``empty`` also where none of what was asked for lies there, as on a page of
    an atlas, which is missed when it is left out.

    Raises:
        UnknownAreaError: the area has no shape. EmptySheetError: nothing of what was asked for is there.
        FilterError, ForbiddenError, UnknownEditionError and what the planner raises, as from the door.
    """
    return _Gathering(county, viewer, plan, empty=empty).content()


def layers_of(county: "County", plan: SheetPlan) -> tuple[str, ...]:
    """Layers that were asked for, else what the theme shows at first."""
    theme = county.catalog.theme(plan.theme)
    first = tuple(item.id for group in theme.groups for item in group.layers if item.visible)
    wanted = plan.layers or first
    layer = county.divisions.named("grid").layer
    grids = (layer,) if "grids" in plan.parts and layer in county.catalog.layers else ()
    return tuple(dict.fromkeys((*wanted, *grids)))


class _Gathering:
    def __init__(self, county: "County", viewer: Viewer, plan: SheetPlan, *, empty: bool) -> None:
        self.may_be_empty = empty
        self.county, self.viewer, self.plan = county, viewer, plan
        self.tongue = Tongue(plan.lang)
        self.code = plan.code or viewer.scope or county.code
        self.area = county.areas.area(self.code)
        self.notes: list[str] = []
        self.empty: list[str] = []
        self.unmatched: list[str] = []
        self.absent: list[str] = []
        self.editions: dict[str, str] = {}
        self.chosen: dict[str, tuple[Choice, ...]] = {}
        self.follows: frozenset[str] = frozenset()
        self.demo = self.timed = self.unfiltered = False
        self.times: list[When] = []

    def content(self) -> Content:
        outline = self.county.beside(Ground).outline(self.code)
        if outline is None or shapely.is_empty(outline):
            raise UnknownAreaError(
                "没有{name}的界线，画不出图。先导入它的界线，或换一个范围。", name=self.area.name
            )
        land = self.county.beside(Ground).outline(self.county.code)
        overlay = overlay_of(
            self.county, self.viewer, self.plan, self.code, layers_of(self.county, self.plan)
        )
        if overlay is not None and lawful.unlined(self.plan, self.county.divisions):
            overlay = replace(
                overlay, strata=tuple(lawful.without_lines(one, answer=True) for one in overlay.strata)
            )
        strata = self._strata(overlay)
        barren = self._barren(strata)
        if barren and not self.may_be_empty:
            raise self._nothing()
        self._note_empty()
        if overlay is not None:
            self.editions |= overlay.editions
            self.demo |= overlay.demo
            self.notes += overlay.notes
            self.unfiltered |= overlay.unfiltered
        self._note_time(overlay)
        return Content(
            area=self.area, divisions=self.county.divisions, outline=outline, land=outline if land is None else land, whole=self.code == self.county.code,
            lined=not lawful.unlined(self.plan, self.county.divisions),
            strata=tuple(sorted(strata, key=lambda stratum: (RANK[stratum.kind], stratum.order))),
            overlay=overlay, timed=self.timed, times=tuple(self.times), filters=filter_words(self.chosen, self.tongue), limits=self._limits(), notes=tuple(self.notes), editions=dict(sorted(self.editions.items())), demo=self.demo, barren=barren,
        )  # fmt: skip

    def _limits(self) -> str:
        """For the title: which rows only, and that what is published follows no conditions. That all values of a field
        count stands in titles of our own alone; the legend says it in any case."""
        chosen = self.chosen
        if self.plan.title:
            chosen = {
                title: tuple(one for one in some if one.kind != "all") for title, some in chosen.items()
            }
        said = [filter_title(chosen, self.tongue), self.tongue.gettext("不按筛选") if self.unfiltered else ""]
        return self.tongue.comma.join(filter(None, said))

    def _strata(self, overlay: Overlay | None) -> list[Stratum]:
        found = list(overlay.strata) if overlay is not None else []
        replaced = overlay.replaces if overlay is not None else frozenset()
        self.follows = follows = overlay.follows if overlay is not None else frozenset()
        for layer in follows:
            self._choose(self.county.catalog.layer(layer), ())
        for layer in layers_of(self.county, self.plan):
            if layer in self.plan.heat and layer not in follows:
                title = self.tongue.of(self.county.catalog.layer(layer).title)
                self.notes.append(self.tongue.gettext("没有画“{layer}”的密度", layer=title))
            if layer not in replaced or (layer in self.plan.layers and layer not in self.plan.heat):
                stratum = self._stratum(self.county.catalog.layer(layer))
                if stratum is not None:
                    lined = not lawful.unlined(self.plan, self.county.divisions)
                    found.append(stratum if lined else lawful.without_lines(stratum, answer=False))
        return found

    def _stratum(self, spec: LayerSpec) -> Stratum | None:
        """A layer as drawn; None where there is nothing to draw, which a note says where somebody asked for it."""
        title, asked = self.tongue.of(spec.title), spec.id in self.plan.layers
        if spec.geometry == "none" and self.county.door.access(spec, self.viewer) != "counts":
            self.absent.append(title)
            return None
        edition = self.county.store.current(spec.id)
        if edition is None or self._closed(spec):
            self.absent += [title] if spec.group not in EVERYWHERE else []
            if edition is not None and spec.group not in EVERYWHERE:
                self.notes.append(self.tongue.gettext("{layer}不在这个身份的查看范围，没有画", layer=title))
            elif asked:
                self.notes.append(self.tongue.gettext("“{layer}”没有数据，没有画", layer=title))
            return None
        wanted = self._wanted(spec)
        given = self.county.door.rows(spec.id, self.viewer, wanted)
        self.editions[spec.id] = given.edition.id
        if wanted.since or wanted.until:
            self.times.append(when_of(self.county.door, self.viewer, given, wanted))
        stratum = replace(self._drawn(given, wanted), days=self._days(given, wanted))
        if given.visibility == "counts":
            self._note_counts(given)
        else:
            self._choose(spec, stratum.legend)
        if not len(stratum):
            whole = plain(wanted) and not self.plan.hidden_of(spec.id)
            (self.empty if whole else self.unmatched).append(title) if stratum.thematic else None
            return None
        self.demo |= edition.holds_demo
        if given.note and stratum.thematic:
            self.notes.append(f"{title}：{given.note.rstrip('。')}" if self.plan.lang == "zh" else title)
        return stratum

    def _choose(self, spec: LayerSpec, legend: tuple[LegendRow, ...]) -> None:
        """Remember which rows of a layer only are drawn, for the words of the sheet."""
        plan = self.plan
        hidden = plan.hidden_of(spec.id)
        without = tuple(row.title for row in legend if row.index in hidden)
        wanted = RowFilter(fields=self._fields(spec), text=plan.text_of(spec.id))
        choices = choices_of(self.county.catalog, spec, wanted, without)
        if spec.id in self.follows:
            choices += tuple(one for one in analysed(self.county.catalog, spec, wanted) if one.kind == "all")
        self.chosen[self.tongue.of(spec.title)] = choices

    def _fields(self, spec: LayerSpec) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Conditions of a layer; beside an answer that counts it, those of the answer, which has none of its own."""
        if spec.id in self.follows:
            return self.plan.fields_of(spec.id)
        return self.plan.shown_of(spec, {field.name for field in self.county.door.fields(spec, self.viewer)})

    def _closed(self, spec: LayerSpec) -> bool:
        """Whether the viewer may see nothing of a layer in the area of the sheet."""
        door = self.county.door
        return "none" in (door.access(spec, self.viewer), door.seen(spec, self.viewer, self.code))

    def _wanted(self, spec: LayerSpec) -> RowFilter:
        plan = self.plan
        code = None if spec.group in EVERYWHERE or self.code == self.county.code else self.code
        since, until = self.plan.span
        if self.county.door.access(spec, self.viewer) == "counts":
            spans = {span_of(period): period for period in self.county.door.periods(spec.id)}
            period = spans.get((since, until)) if since and until else None
            self.timed |= period is not None
            return RowFilter(code=code, period=period)
        timed = spec.time_field is not None
        self.timed |= timed and bool(since or until)
        return RowFilter(
            code=code, since=since if timed else None, until=until if timed else None,
            fields=self._fields(spec), text=plan.text_of(spec.id),
        )  # fmt: skip

    def _days(self, given: Disclosed, wanted: RowFilter) -> Span | None:
        """Of what days the rows are that conditions choose from; None for layers without days."""
        if given.visibility == "counts" or given.spec.time_field is None:
            return None
        return self.county.door.whole(given.spec.id, self.viewer, wanted).days

    def _note_empty(self) -> None:
        """What is not there at all, and what conditions or a time leave none of."""
        comma, gettext = self.tongue.comma, self.tongue.gettext
        if self.empty:
            self.notes.append(gettext("这个范围内没有：{layers}", layers=comma.join(self.empty)))
        if self.unmatched:
            self.notes.append(gettext("没有符合条件的记录：{layers}", layers=comma.join(self.unmatched)))

    def _note_time(self, overlay: Overlay | None) -> None:
        """A time that nothing on the sheet follows is no time of the sheet."""
        if self.plan.span != (None, None) and overlay is None and not self.timed:
            self.notes.append(self.tongue.gettext("图上没有能按时段筛选的图层，时段没有用上"))

    def _note_counts(self, given: Disclosed) -> None:
        """Published counts follow neither filters nor any other time than theirs."""
        title, period = self.tongue.of(given.spec.title), given.period or ""
        if self.plan.filters(given.spec.id):
            self.unfiltered = True
            self.notes.append(self.tongue.gettext("“{layer}”只有公布的件数，没有按筛选画。", layer=title))
        if self.plan.span not in ((None, None), span_of(period) if period else None):
            self.notes.append(
                self.tongue.gettext("“{layer}”只公布整季和整年的件数，画的是 {period}", layer=title, period=self.tongue.period(period))
            )  # fmt: skip

    def _drawn(self, given: Disclosed, wanted: RowFilter) -> Stratum:
        spec, edition, catalog = given.spec, given.edition, self.county.catalog
        classes = look_classify(given, catalog)
        legend = look_classes(spec, edition, given.visibility, catalog)
        kind = _kind(given, tuple(row.paint for row in legend))
        keys = tuple(given.rows["code"]) if given.visibility == "counts" else tuple(given.keys())
        base = spec.group == "base"
        stratum = Stratum(
            id=spec.id,
            title=self.tongue.of(spec.title),
            section=self._section(given, wanted, legend),
            kind=kind,
            order=spec.style.order,
            group=spec.group,
            shapes=self.county.beside(Ground).shapes(given, self.viewer),
            classes=classes,
            legend=legend,
            codes=keys,
            names=self._names(given, kind),
            unit="" if base or kind == "boundary" else self._unit(given),
            origin=Origin(
                edition.id, own_period(given) or "", self.tongue.of(source_of(spec, edition)), edition.holds_demo,
                due(spec, edition), worked_out(given),
            ),
            graduation=self._graduation(given),
            thematic=spec.group not in EVERYWHERE,
            drawn=spec.id not in lawful.unlined(self.plan, self.county.divisions),
            gathers=spec.style.cluster,
            place=self._place(spec),
            amounts=quantities(given),
            outside=given.outside,
        )  # fmt: skip
        usable = ~(shapely.is_missing(stratum.shapes) | shapely.is_empty(stratum.shapes))
        hidden = self.plan.hidden_of(spec.id)
        usable &= ~np.isin(stratum.classes, sorted(hidden))
        return stratum if usable.all() else stratum.part(usable)

    def _names(self, given: Disclosed, kind: Kind) -> tuple[str, ...]:
        """Names of the rows, none of records about people; areas of a theme without a name are called by their place."""
        spec = given.spec
        if spec.group == "governance" and given.visibility != "counts":
            return ("",) * len(given.rows)
        kinds = () if spec.group == "divisions" else kinds_of(spec.title, spec.also)
        names = tuple(self.tongue.place(name, kinds) for name in given.names())
        if kind != "area" or spec.group in EVERYWHERE or spec.area_field not in given.rows:
            return names
        places = given.rows[spec.area_field].fillna("").astype(str)
        return tuple(
            name or (self.tongue.place(self.county.areas.name_of(code)) if code else "")
            for name, code in zip(names, places, strict=True)
        )

    def _place(self, spec: LayerSpec) -> int:
        order = self.county.catalog.theme(self.plan.theme).layer_ids()
        return order.index(spec.id) if spec.id in order else len(order)

    def _section(self, given: Disclosed, wanted: RowFilter, legend: Any) -> str:
        """The heading in the legend: the layer itself with its period, that of its rows where they have days, where it has
        classes; else its group in the theme."""
        spec = given.spec
        if given.visibility == "counts":
            return f"{self.tongue.of(spec.title)} {self.tongue.period(given.period or '')}"
        if len(legend) > 1:
            style = spec.style
            unit = spec.field(style.field).unit if style.kind == "graduated" and style.field else None
            ground = spec.group in EVERYWHERE
            period = (
                "" if ground else when_of(self.county.door, self.viewer, given, wanted).words(self.tongue)
            )
            said = self.tongue.comma.join(filter(None, (unit, period)))
            return f"{self.tongue.of(spec.title)}（{said}）" if said else self.tongue.of(spec.title)
        theme = self.county.catalog.theme(self.plan.theme)
        for group in theme.groups:
            if any(item.id == spec.id for item in group.layers):
                return self.tongue.of(group.title)
        return self.tongue.of(spec.title)

    def _unit(self, given: Disclosed) -> str:
        if given.visibility == "counts":
            return self.tongue.gettext("村")
        return self.tongue.of(given.spec.count_unit)

    def _graduation(self, given: Disclosed) -> Graduation | None:
        spec = given.spec
        if spec.style.kind != "graduated" or spec.style.field is None or given.visibility == "counts":
            return None
        limits = tuple(item.least or 0.0 for item in spec.style.classes[1:]) or given.edition.breaks or ()
        values = given.rows[spec.style.field].to_numpy(dtype=float, na_value=np.nan)
        return Graduation(values, tuple(limits), self.tongue.of(spec.count_unit))

    def _barren(self, strata: list[Stratum]) -> bool:
        """Whether the theme was asked for and nothing of it is there; a map of the ground alone is a map."""
        if any(stratum.thematic for stratum in strata):
            return False
        wanted = (self.county.catalog.layer(layer) for layer in layers_of(self.county, self.plan))
        return any(spec.group not in EVERYWHERE for spec in wanted)

    def _nothing(self) -> EmptySheetError:
        """What to do about it: filters, place and time, where rows were left out, else data or viewer."""
        if self.unmatched:
            return EmptySheetError(
                "{area}里没有符合条件的要素（{layers}）。换一个时段或范围，或清除筛选。",
                area=self.area.name, layers=listing((*self.unmatched, *self.empty)),
            )  # fmt: skip
        if self.empty and self.absent:
            return EmptySheetError(
                "{area}里没有{layers}，{others}没有数据或不在查看范围，画出来是一张空图。换一个范围，或换图层。",
                area=self.area.name, layers=listing(self.empty), others=listing(self.absent),
            )  # fmt: skip
        if self.empty:
            return EmptySheetError(
                "{area}里没有{layers}，画出来是一张空图。换一个范围，或换图层。",
                area=self.area.name, layers=listing(self.empty),
            )  # fmt: skip
        return EmptySheetError(
            "{layers}还没有数据，或不在查看范围，画出来是一张空图。先导入数据，或换图层。",
            layers=listing(self.absent),
        )


def plain(wanted: RowFilter) -> bool:
    """Whether a filter asks for everything of its area."""
    return wanted == RowFilter(code=wanted.code)


def _kind(given: Disclosed, paints: tuple[Paint, ...]) -> Kind:
    if given.visibility == "counts":
        return "area"
    if given.visibility == "grid" or given.spec.geometry == "point":
        return "point"
    if given.spec.geometry == "line":
        return "line"
    filled = any(paint.fill is not None or paint.hatch != "none" for paint in paints)
    return "area" if filled else "boundary"
