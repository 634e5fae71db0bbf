"""The atlas of a sheet: an index page, then one page for each township or village, all with the same breaks and colours."""

from webmap.sheets.atlas.making import Atlas, make_atlas
from webmap.sheets.atlas.pages import AtlasPage, AtlasPlan, atlas_pages, atlas_plan, page_of
from webmap.sheets.atlas.work import Failure

__all__ = ["Atlas", "AtlasPage", "AtlasPlan", "Failure", "atlas_pages", "atlas_plan", "make_atlas", "page_of"]
