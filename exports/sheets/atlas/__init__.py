"""The atlas of a sheet: an index page, then one page for each township or village, all with the same breaks and colours.

Here stand the question and its pages; ``making.make_atlas`` draws them.
"""

from exports.sheets.atlas.pages import AtlasPage, AtlasPlan, atlas_pages, atlas_plan, page_of

__all__ = ["AtlasPage", "AtlasPlan", "atlas_pages", "atlas_plan", "page_of"]
