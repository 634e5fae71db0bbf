"""How the command line mends what an error or a finding names: its own flags and commands, said nowhere else."""

from collections.abc import Collection

HINTS = {
    "crs": "用 --crs 指明。",
    "encoding": "用 --encoding 指明。",
    "part": "用 --sheet 指明。",
    "mapping": "用 --map 列名=字段 指明。",
    "mode": "整体替换加 --mode replace，只增加和修改加 --mode upsert。",
    "upsert": "只增加和修改加 --mode upsert。",
    "area": "区域由 --area 指明。",
    "store": "建库用 init。",
    "upgrade": "升级用 init。",
    "data": "导入用 import，示例数据用 init --sample。",
    "catalogue": "全部图层用 layers 看。",
    "editions": "全部版本用 editions 看。",
    "rollback": "退回用 rollback。",
    "zone": "它写在 GOVMAP_HOME 的 settings.toml 里，环境变量是 GOVMAP_METRIC_CRS。",
}
"""Remedy (``geo.errors.REMEDIES``) → what to type."""
FLAGS = {
    "crs": "--crs", "encoding": "--encoding", "part": "--sheet", "mapping": "--map", "mode": "--mode",
    "upsert": "--mode", "area": "--area",
}  # fmt: skip


def with_hint(message: str, remedy: str, flags: Collection[str] | None = None) -> str:
    """A message, and what to type where the command can mend it: ``flags`` are those it has, None for all."""
    flag = FLAGS.get(remedy)
    if remedy not in HINTS or (flag is not None and flags is not None and flag not in flags):
        return message
    return f"{message}{HINTS[remedy]}"
