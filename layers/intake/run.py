"""One import from file to edition. Everything is judged before anything is published."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from geo.errors import ArgumentError
from geo.files import Ask, FileTable, Limits, read
from layers.days import TIME_ZONE
from layers.editions import Edition, Store
from layers.intake.findings import by_rule
from layers.intake.headings import known_headings, match
from layers.intake.judging import Judge, Verdict
from layers.intake.options import ImportOptions
from layers.intake.result import ImportResult
from layers.spec import LayerSpec

Progress = Callable[[str, float | None], None]
"""Called with the stage in words and its share from 0 to 1, None where that is unknown."""
SCRATCH = "scratch"


@dataclass(frozen=True)
class Intake:
    """Imports into the layers of one county. ``metric_crs`` is the projection it is measured in, ``time_zone``
    that of its days."""

    store: Store
    county: str
    metric_crs: str
    limits: Limits = field(default_factory=Limits)
    time_zone: str = TIME_ZONE

    def run(
        self, layer: str, file: Path, options: ImportOptions, progress: Progress = lambda _stage, _share: None
    ) -> ImportResult:
        """Import a file into a layer. Blocking findings leave everything as it was and come back in the
        result, whose ``edition`` is then None.

        Raises:
            UnknownLayerError: no such layer.
            ArgumentError: an option does not fit the layer or the file.
            InputError: the file cannot be read.
        """
        spec = self.store.catalog.layer(layer)
        self._check_area(spec, options.area)
        before = self.store.current(layer)
        progress("读取", None)
        table = self._read(spec, file, options, progress)
        progress("检查", None)
        existing = None if before is None else self.store.read(layer, before.id)
        matched = match(spec, table.columns.column_names, options.mapping)
        verdict = Judge(self.store, spec, options, self.metric_crs, existing, self.time_zone).judge(
            table, matched
        )
        result = _result(spec, file, options, table, verdict)
        if result.blocking or options.dry_run:
            return result
        progress("发布", None)
        edition = self._publish(spec, verdict, file, table, options, before)
        return replace(result, edition=edition.id)

    def _read(self, spec: LayerSpec, file: Path, options: ImportOptions, progress: Progress) -> FileTable:
        ask = Ask(options.sheet, options.encoding, known_headings(spec, options.mapping), spec.geometry)
        scratch = self.store.home / SCRATCH
        return read(
            file, ask, limits=self.limits, scratch=scratch, progress=lambda share: progress("读取", share)
        )

    def _publish(
        self, spec: LayerSpec, verdict: Verdict, file: Path, table: FileTable, options: ImportOptions,
        before: Edition | None,
    ) -> Edition:  # fmt: skip
        assert verdict.merged is not None
        kept = before is not None and before.holds_demo and not verdict.merged.fresh.all()
        return self.store.publish(
            spec.id, verdict.merged.rows, source=file.name, source_sha256=table.sha256, by=options.by,
            period=options.period or verdict.period, findings=by_rule(verdict.findings),
            mapping=verdict.match.mapping, expected=before, holds_demo=kept,
        )  # fmt: skip

    def _check_area(self, spec: LayerSpec, area: str | None) -> None:
        if area is not None and not (area.isdigit() and area.startswith(self.county)):
            raise ArgumentError(
                "{area} 不是本县（{county}）的区划代码。", remedy="area", area=area, county=self.county
            )
        if area is not None and spec.area_field is None:
            raise ArgumentError("图层 {layer} 没有区划代码，不能只换一个区域。", layer=spec.id)


def _result(
    spec: LayerSpec, file: Path, options: ImportOptions, table: FileTable, verdict: Verdict
) -> ImportResult:
    places, merged = verdict.places, verdict.merged
    return ImportResult(
        layer=spec.id,
        edition=None,
        source=file.name,
        mode=options.mode or "replace",
        rows_read=len(table.rows),
        rows_published=0 if merged is None or verdict.blocked else len(merged.rows),
        added=0 if merged is None else merged.added,
        changed=0 if merged is None else merged.changed,
        removed=0 if merged is None else merged.removed,
        crs_declared=None if places is None else places.declared,
        crs_used=None if places is None else places.used,
        crs_evidence="" if places is None else places.evidence,
        encoding=table.facts.encoding,
        mapping=verdict.match.mapping,
        unmapped=verdict.match.unmapped,
        findings=verdict.findings,
        dry_run=options.dry_run,
    )
