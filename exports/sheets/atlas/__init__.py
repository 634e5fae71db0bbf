"""The atlas of a sheet: an index page, then one page for each township or village, all with the same breaks and colours."""

from exports.sheets.atlas.making import Atlas, make_atlas
from exports.sheets.atlas.pages import AtlasPage, AtlasPlan, atlas_pages, atlas_plan, page_of
from exports.sheets.atlas.task import Failure

__all__ = ["Atlas", "AtlasPage", "AtlasPlan", "Failure", "atlas_pages", "atlas_plan", "make_atlas", "page_of"]
