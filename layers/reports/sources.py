"""The last section of every report: what the numbers come from, and how they were made."""

from collections.abc import Iterable

from layers.disclosure import Door
from layers.editions.manifest import source_of
from layers.planning.methods import any_demo, used_editions
from layers.reports.document import Block, Column, Heading, Paragraph, Ref, Table, name, said
from layers.reports.tables import dashed

DEMO = "本报告含有演示数据，不是真实情况，不得作为工作依据。"
COLUMNS = (
    Column("图层", 4, numbers=False),
    Column("版本", 3, numbers=False),
    Column("时点", 2.2, numbers=False),
    Column("来源", 3, numbers=False),
)


def sources(door: Door, layers: Iterable[str], methods: Iterable[str]) -> list[Block]:
    """Heading, methods, and a table of the editions of the layers."""
    editions = used_editions(door, layers)
    demo = DEMO if any_demo(editions) else ""
    rows = tuple(
        (
            name(door.catalog.layer(layer).title.zh),
            name(edition.id),
            name(edition.period or ""),
            name(source_of(door.catalog.layer(layer), edition).zh),
        )
        for layer, edition in editions.items()
    )
    table = Table("sources", "数据来源", COLUMNS, rows, dashed(rows, "“—”没有注明。"))
    return [
        Heading(1, "数据和方法"),
        *([Paragraph((demo,))] if demo else []),
        *(Paragraph((method,)) for method in methods if method),
        said("各项数据的版本、时点和来源见", Ref("sources"), "。"),
        table,
    ]


def named(door: Door, layers: Iterable[str]) -> str:
    """“矛盾纠纷（2026-11-20，县综治中心）；村（社区）界（2020，县民政局）”."""
    words = []
    for layer, edition in used_editions(door, layers).items():
        spec = door.catalog.layer(layer)
        known = [text for text in (edition.period, source_of(spec, edition).zh) if text]
        words.append(f"{spec.title.zh}（{'，'.join(known)}）" if known else spec.title.zh)
    return "；".join(words)
