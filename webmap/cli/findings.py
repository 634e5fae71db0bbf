"""Findings for people."""

from collections.abc import Mapping, Sequence
from typing import Any

from webmap.cli.context import print_line, print_table

SEVERITIES = {"blocking": "必须改", "warning": "提醒"}


def print_findings(findings: Sequence[Mapping[str, Any]], *, most: int) -> None:
    """A table of findings, the first ``most`` of them; nothing when there are none."""
    if not findings:
        return
    layered = any("layer" in finding for finding in findings)
    headings = (*(("图层",) if layered else ()), "程度", "行", "编号", "名称", "说明")
    rows = [
        (
            *((finding["layer"],) if layered else ()), SEVERITIES[finding["severity"]], finding["row"],
            finding["code"], finding["name"], finding["message"],
        )
        for finding in findings[:most]
    ]  # fmt: skip
    print_table(headings, rows)
    if len(findings) > most:
        print_line(f"……还有 {len(findings) - most} 条，用 --json 看全部。")
