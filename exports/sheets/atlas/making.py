"""An atlas as files: all pages in one PDF behind an index, or a PDF for each beside one of the index."""

import hashlib
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from exports.kept import Making
from exports.sheets import lawful
from exports.sheets.atlas.index import Entry, Title, heading_words, index_pages
from exports.sheets.atlas.pages import AtlasPage, AtlasPlan, atlas_pages, file_names
from exports.sheets.atlas.task import Failure, Task
from exports.sheets.atlas.work import Heard, draw_pages
from exports.sheets.fingerprints import VERSION
from exports.sheets.glyphs import check_typed
from exports.sheets.overlays import answer_title
from exports.sheets.titles import THEMES, place_words
from exports.sheets.writers import to_pdf
from geo.errors import EmptySheetError
from layers.disclosure import Viewer
from layers.language import N_
from layers.language.tongue import Tongue

if TYPE_CHECKING:
    from exports.sheets.page import Page
    from exports.sheets.sheet import Sheet
    from layers.county import County

INDEX = N_("00-索引")
DRAWN_SHARE = 0.9
"""Of the time; the rest is writing the file."""
ZIP_TIME = (1980, 1, 1, 0, 0, 0)
"""No time of day stands in a ZIP, so that the same pages give the same bytes."""


@dataclass(frozen=True)
class Atlas:
    """The pages that were drawn, behind those of the index; ``names`` are the pages' file names."""

    plan: AtlasPlan
    title: str
    index: "tuple[Page, ...]"
    sheets: "Mapping[AtlasPage, Sheet]"
    names: tuple[str, ...]
    failures: tuple[Failure, ...]
    made_on: date
    fingerprint: str

    def files(self) -> dict[str, bytes]:
        """A PDF for each page and one of the index, by their names."""
        found = {f"{Tongue(self.plan.sheet.lang).gettext(INDEX)}.pdf": to_pdf(self.index)}
        for name, sheet in zip(self.names, self.sheets.values(), strict=True):
            found[f"{name}.pdf"] = to_pdf([sheet.page])
        return found

    def body(self) -> bytes:
        """The whole as one file of the plan's format."""
        if self.plan.format == "pdf":
            return to_pdf([*self.index, *(sheet.page for sheet in self.sheets.values())])
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as target:
            for name, body in self.files().items():
                target.writestr(zipfile.ZipInfo(name, ZIP_TIME), body)
        return packed.getvalue()

    def making(self) -> Making:
        """The record of how it was made."""
        tongue = Tongue(self.plan.sheet.lang)
        editions = {layer: name for sheet in self.sheets.values() for layer, name in sheet.editions.items()}
        return Making(
            kind="atlas", format=self.plan.format, title=self.title, query=self.plan.key, fingerprint=self.fingerprint,
            editions=dict(sorted(editions.items())), made_on=self.made_on, pages=len(self.index) + len(self.sheets),
            demo=any(sheet.demo for sheet in self.sheets.values()),
            notes=tuple(f"{tongue.place(failure.page.name)}{tongue.colon}{failure.error}" for failure in self.failures),
            version=VERSION,
        )  # fmt: skip


def make_atlas(
    county: "County", viewer: Viewer, plan: AtlasPlan, *, made_on: date, editions: Mapping[str, str] | None = None, heard: Heard
) -> Atlas | None:  # fmt: skip
    """Draw all pages of a plan as a viewer gets them; None when ``heard`` said to stop.

    ``editions`` are those of an earlier day, None for the current ones.

    Raises:
        TitleError, GlyphError: the title cannot be printed. What ``atlas_pages`` raises; where no page at all could be drawn, the error of the first.
        EmptySheetError: there is nothing of the theme on any page of the whole.
    """
    then = county.as_of(editions) if editions else county
    pages = atlas_pages(then, plan)
    reader = lawful.reader(plan.sheet, viewer)
    title = _title(then, reader, plan)
    check_typed(plan.sheet)
    heading_words(title)
    file_names(plan, pages, title=title, made_on=made_on)
    tasks = [Task(viewer, plan, page, made_on) for page in pages]
    drawn = draw_pages(county, tasks, editions=editions, heard=lambda share: heard(share * DRAWN_SHARE))
    if drawn.stopped:
        return None
    if not drawn.sheets:
        raise drawn.failures[0].error
    if not plan.only and all(sheet.barren for sheet in drawn.sheets.values()):
        raise EmptySheetError(
            "图册的 {n} 幅都没有可画的记录。换专题或图层，换一个时段或范围，或清除筛选。", n=len(drawn.sheets)
        )
    made = tuple(drawn.sheets)
    digits = _fingerprint(plan, drawn.sheets)
    heading = Title(title, digits, made_on, any(sheet.demo for sheet in drawn.sheets.values()))
    entries = [Entry(page, drawn.sheets[page].scale if page in made else None) for page in pages]
    return Atlas(
        plan=plan,
        title=title,
        index=index_pages(then, reader, plan, entries, heading),
        sheets=drawn.sheets,
        names=file_names(plan, made, title=title, made_on=made_on),
        failures=drawn.failures,
        made_on=made_on,
        fingerprint=digits,
    )


def _title(county: "County", viewer: Viewer, plan: AtlasPlan) -> str:
    """“万荣县基层治理总览图册”, “万荣县党群服务中心覆盖图册：人口，2,000 米”."""
    tongue, theme = Tongue(plan.sheet.lang), county.catalog.theme(plan.sheet.theme)
    area = place_words(county, plan.sheet.code or county.code, plan.sheet.lang)
    what = answer_title(county, viewer, plan.sheet) or tongue.of(THEMES.get(theme.id, theme.title))
    if plan.sheet.title:
        return plan.sheet.title
    head, colon, question = what.partition(tongue.colon)
    return tongue.gettext("{area}{what}册", area=area, what=head) + colon + question


def _fingerprint(plan: AtlasPlan, sheets: "Mapping[AtlasPage, Sheet]") -> str:
    parts = [plan.key, *(sheet.fingerprint for sheet in sheets.values())]
    digits = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return f"{digits[:4]}-{digits[4:8]}"
