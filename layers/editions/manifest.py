"""What is known about one edition."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from layers.spec import LayerSpec, Text

INVENTED = Text(zh="演示推算", en="demonstration")
MIXED = Text(zh="演示推算和导入数据", en="demonstration and imported data")
PRINTED = Text(zh="公开宣传材料（原文数字）", en="published material (figures as printed)")
KNOWN = (INVENTED, MIXED, PRINTED)
"""Sources that have an English name; others are words of the county's own."""


@dataclass(frozen=True)
class Edition:
    """The manifest of one edition; ``id`` is the day plus 8 hex digits of the content's SHA-256.

    ``bounds`` are degrees (west, south, east, north). ``breaks`` and ``screen`` are worked out once, at
    publication. ``sha256`` is that of the parquet file. ``demo``: the sample builder made it; ``holds_demo``: some of
    its rows still are the builder's.
    """

    id: str
    layer: str
    rows: int
    crs: str
    bounds: tuple[float, float, float, float] | None
    source: str
    source_sha256: str
    published_by: str
    published_at: str
    demo: bool
    period: str | None
    findings: dict[str, int] = field(default_factory=dict)
    mapping: dict[str, str] = field(default_factory=dict)
    breaks: tuple[float, ...] | None = None
    screen: dict[str, Any] = field(default_factory=dict)
    sha256: str = ""
    holds_demo: bool = False

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: str) -> "Edition":
        raw = json.loads(text)
        raw["bounds"] = None if raw["bounds"] is None else tuple(raw["bounds"])
        raw["breaks"] = None if raw["breaks"] is None else tuple(raw["breaks"])
        raw.setdefault("holds_demo", raw["demo"])
        return cls(**{name: raw[name] for name in cls.__dataclass_fields__ if name in raw})


def source_of(spec: LayerSpec, edition: Edition, said: str | None = None) -> Text:
    """Who a figure comes from: what its rows say, else the owner of the layer; invented rows never name an office."""
    if edition.holds_demo and (not said or INVENTED.zh in said):
        return INVENTED if edition.demo else MIXED
    if not said:
        return spec.source.owner
    return next((source for source in KNOWN if source.zh == said), Text(zh=said, en=said))
