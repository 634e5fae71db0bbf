"""Every deliberate exception of the project. Imports nothing.

A message is a Chinese template plus its parameters, so that a page in another language can translate the
template before filling it in. Text of records only ever enters as a parameter.
"""

REMEDIES = (
    "crs", "encoding", "part", "mapping", "mode", "upsert", "area",
    "store", "upgrade", "data", "catalogue", "editions", "rollback", "zone",
)  # fmt: skip
"""State the CRS, the encoding, the part of a file, which column is which field, how rows replace others, that
none are removed, another area; set the store up, bring it up to date, bring in data, look at all layers or all editions, go back,
settle in which zone the county is measured."""


class GovmapError(Exception):
    """Root of every error that the project raises on purpose.

    ``template`` says what was found, where, and what to do; ``params`` fill its ``{name}`` places.
    ``code`` is stable: scripts and the API rely on it. ``remedy`` is one of ``REMEDIES``: what the person can
    state or do to go on. Only those who show the error know how that is done there: by a flag, a button, a link.
    """

    code = "internal"

    def __init__(self, template: str, *, remedy: str = "", **params: object) -> None:
        self.template = template
        self.params = params
        self.remedy = remedy
        super().__init__(template.format(**params) if params else template)


class DataError(GovmapError):
    """The data were read, but hold findings that forbid publishing them: nothing was changed."""

    code = "data-blocked"


class ArgumentError(GovmapError):
    """An argument that the caller can correct."""

    code = "bad-argument"


class ExposedDemoError(ArgumentError):
    """The viewer switch of the demonstration is on, and the server would be reached from other machines."""

    code = "demo-exposed"


class UnknownLayerError(ArgumentError):
    code = "layer-unknown"


class UnknownThemeError(ArgumentError):
    code = "theme-unknown"


class UnknownAreaError(ArgumentError):
    code = "area-unknown"


class UnknownEditionError(ArgumentError):
    code = "edition-unknown"


class UnknownRecordError(ArgumentError):
    code = "record-unknown"


class UnknownScenarioError(ArgumentError):
    code = "scenario-unknown"


class UnknownJobError(ArgumentError):
    code = "job-unknown"


class UnknownExportError(ArgumentError):
    code = "export-unknown"


class JobsFullError(GovmapError):
    """Too many jobs wait already; nothing was added."""

    code = "jobs-full"


class FilterError(ArgumentError):
    """A filter names a field, value or range that the layer does not have or the viewer may not use."""

    code = "filter-bad"


class LimitsReversedError(FilterError):
    """The first of two limits lies after the second, so that nothing could ever answer."""

    code = "limits-reversed"


class NothingThereError(FilterError):
    """The question is right, and nothing meets it: another period or other conditions may find something."""

    code = "nothing-there"


class ForbiddenError(GovmapError):
    """The viewer may not see this; the message says what may be seen and whom to ask."""

    code = "forbidden"


class WithheldError(ForbiddenError):
    """What would be worked out from counts of which some are not given out; the message says what can be had."""

    code = "counts-withheld"


class DeclarationError(GovmapError):
    """A layer declaration, theme or code list is wrong; names the file and the field."""

    code = "declaration-invalid"


class StoreError(GovmapError):
    """The store under GOVMAP_HOME is missing, newer than the program, or damaged."""

    code = "store-unusable"


class DiskFullError(StoreError):
    """There is no room for a file; nothing of it was left."""

    code = "disk-full"


class InputError(GovmapError):
    """The input cannot be read at all."""

    code = "file-unreadable"


class FileUnwritableError(InputError):
    """A file cannot be written where it was asked for."""

    code = "file-unwritable"


class FileEmptyError(InputError):
    code = "file-empty"


class FileFormatError(InputError):
    code = "file-format"


class FileIncompleteError(InputError):
    code = "file-incomplete"


class FileProtectedError(InputError):
    code = "file-protected"


class FileTooLargeError(InputError):
    code = "file-too-large"


class ArchiveError(InputError):
    code = "archive-unsafe"


class EncodingError(InputError):
    code = "encoding"


class CrsError(InputError):
    """A coordinate reference system is missing, unknown or not fit for what was asked."""

    code = "crs-unknown"


class CrsMissingError(CrsError):
    code = "crs-missing"


class NotMetricError(CrsError):
    """A measuring function was given degrees."""

    code = "crs-not-metric"


class NoServicesError(ArgumentError):
    """There is no service point at all, so nobody can be reached."""

    code = "services-empty"


class LimitError(ArgumentError):
    """A threshold, detour factor or speed is zero, negative or not a number."""

    code = "limit-bad"


class WeightsError(InputError):
    """Weights (people, land), supplies or capacities are missing, negative or not numbers."""

    code = "weights-bad"


class PositionsError(InputError):
    """Points without a position, or with one that is no finite number."""

    code = "positions-bad"


class CostError(InputError):
    """A table of distances or minutes has the wrong shape, or holds NaN or negative values."""

    code = "cost-bad"


class NetworkError(InputError):
    """No road network can be made of these roads."""

    code = "roads-unusable"


class SitesError(ArgumentError):
    """The number of sites, or the existing ones among them, do not fit the candidates."""

    code = "sites-bad"


class InfeasibleError(ArgumentError):
    """No choice of sites can do what was asked.

    ``rows`` are the demand rows left out, ``limit`` the smallest threshold and ``sites`` the smallest number of
    sites that would do; None where another one does not help.
    """

    code = "siting-infeasible"

    def __init__(
        self,
        template: str,
        *,
        rows: tuple[int, ...] = (),
        limit: float | None = None,
        sites: int | None = None,
        **params: object,
    ) -> None:
        self.rows, self.limit, self.sites = rows, limit, sites
        super().__init__(template, remedy="", limit=limit, sites=sites, **params)


class ValuesError(InputError):
    """Values of cells, months or events that are missing or no finite numbers, or none at all."""

    code = "values-bad"


class NeighboursError(InputError):
    """Neighbours that cannot be told, or a matrix of them that does not fit."""

    code = "neighbours-bad"


class ScaleError(ArgumentError):
    """An area does not fit on the paper at that scale; the message says which scales fit."""

    code = "scale-too-large"


class TitleError(ArgumentError):
    """A title does not fit on the paper even in its smallest letters."""

    code = "title-too-long"


class GlyphError(ArgumentError):
    """The typeface of the sheets lacks a character that was asked for; the message names it."""

    code = "glyph-missing"


class EmptySheetError(ArgumentError):
    """Nothing of what was asked for lies in the area of the sheet."""

    code = "sheet-empty"


class LegendError(ArgumentError):
    """The legend of a sheet has more rows than the paper can take."""

    code = "legend-too-long"
