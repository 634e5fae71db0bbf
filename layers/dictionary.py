"""Generates docs/data-dictionary.md from the declarations: Chinese with English beside.

Run ``python -m layers.dictionary`` to write the page and ``--check`` to learn whether it is current.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from layers.catalog import GROUP_TITLES, Catalog, load_catalog
from layers.divisions import STANDARD
from layers.spec import ROLES, CodeList, FieldSpec, IndicatorSpec, LayerSpec, Text
from layers.template import TYPE_NAMES

PAGE = Path(__file__).parents[1] / "docs" / "data-dictionary.md"

GEOMETRY = {"point": "点 point", "line": "线 line", "polygon": "面 polygon", "none": "无 none"}
LEVELS = {"none": "—"} | {level.name: f"{level.unit} {level.name}" for level in STANDARD}
SENSITIVITY = {
    "public": "公开 public", "internal": "内部 internal", "personal": "个人信息，不显示 personal, never shown",
}  # fmt: skip
VISIBILITY = {
    "exact": "明细 exact", "grid": "归到网格 by grid", "counts": "只有件数 counts", "none": "不可见 none",
}  # fmt: skip
ROLE_NAMES = {
    "public": "公众 public", "grid_worker": "网格员 grid worker", "planner": "规划人员 planner",
    "mediator": "调解人员 mediator", "operator": "系统管理员 operator",
}  # fmt: skip
RENEWAL = {
    "once": "一次 once", "year": "每年 yearly", "quarter": "每季 quarterly", "month": "每月 monthly",
    "day": "每日 daily",
}  # fmt: skip
ROLLUP = {
    "sum": "相加 sum", "ratio": "分子合计 ÷ 分母合计 ratio", "mean": "平均 mean", "count": "按选项计数 count",
    "none": "不汇总 none",
}  # fmt: skip


def page(catalog: Catalog) -> str:
    """The whole page as Markdown, ending in a newline."""
    parts = [_head(catalog), *(_layer(spec, catalog) for spec in _in_order(catalog))]
    parts += [_indicators(catalog), _codelists(catalog)]
    return "\n\n".join(parts) + "\n"


def main(arguments: Sequence[str]) -> int:
    """Write the page; with ``--check`` only compare it. Returns the exit status: 1 when it is stale."""
    wanted = page(load_catalog())
    if "--check" in arguments:
        current = PAGE.is_file() and PAGE.read_text("utf-8") == wanted
        if not current:
            sys.stderr.write("docs/data-dictionary.md 不是最新，运行 python -m layers.dictionary。\n")
        return 0 if current else 1
    PAGE.write_text(wanted, "utf-8", newline="\n")
    return 0


def _in_order(catalog: Catalog) -> list[LayerSpec]:
    groups = list(GROUP_TITLES)
    return sorted(catalog, key=lambda spec: (groups.index(spec.group), spec.id))


def _head(catalog: Catalog) -> str:
    rows = [
        (
            f"[{spec.id}](#{spec.id})", spec.title.zh, spec.title.en, GROUP_TITLES[spec.group].zh,
            GEOMETRY[spec.geometry], str(len(spec.fields)), VISIBILITY[spec.access.public],
        )
        for spec in _in_order(catalog)
    ]  # fmt: skip
    return "\n\n".join(
        [
            "# 数据字典 Data dictionary",
            "由 `layers/declarations/`、`layers/codelists/` 和 `layers/indicators.toml` 生成："
            "`python -m layers.dictionary`。不要手改。 "
            "Generated from the declarations; do not edit by hand.",
            f"编号是文字：{'、'.join(f'{level.unit} {level.digits} 位' for level in STANDARD)}。坐标按 CGCS2000（EPSG:4490）保存，"
            "面积按 1 亩 = 666.67 m² 折算。导入时列名写中文、英文或别名都可以。 "
            f"Codes are text of {_listed([level.digits for level in STANDARD])} digits. Coordinates are stored in CGCS2000. "
            "Headings may be the Chinese label, the field name or an alias.",
            f"## 图层一览 Layers（{len(rows)}）",
            _table(("图层", "名称", "Title", "组", "图形", "列数", "公众"), rows),
        ]
    )


def _listed(numbers: Sequence[int]) -> str:
    return f"{', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"


def _layer(spec: LayerSpec, catalog: Catalog) -> str:
    facts = [
        ("图形 Geometry", GEOMETRY[spec.geometry]),
        ("层级 Level", LEVELS[spec.level]),
        ("主键 Key", f"`{spec.key}`"),
        ("区划列 Area field", f"`{spec.area_field}`" if spec.area_field else "—"),
        ("时间列 Time field", f"`{spec.time_field}`" if spec.time_field else "—"),
        ("合计列 Sum field", f"`{spec.sum_field}`" if spec.sum_field else "—"),
        ("所属层级列 Level field", f"`{spec.level_field}`" if spec.level_field else "—"),
        ("人口时点列 Period of the people", f"`{spec.people_period}`" if spec.people_period else "—"),
        ("照片 Photos", "有 yes" if spec.photos else "无 no"),
        ("负责 Owner", _both(spec.source.owner)),
        ("更新 Renewal", RENEWAL[spec.source.renewal]),
    ]
    access = "；".join(f"{ROLE_NAMES[role]}：{VISIBILITY[spec.access.of(role)]}" for role in ROLES)
    fields = [_field(field, catalog) for field in spec.fields]
    headings = (
        "列 Column",
        "Label",
        "字段 Field",
        "类型",
        "单位",
        "必填",
        "代码表",
        "谁能看",
        "别名",
        "说明",
    )
    return "\n\n".join(
        [
            f'<a id="{spec.id}"></a>\n\n## {spec.title.zh} {_cell(spec.title.en)} `{spec.id}`',
            f"{_cell(spec.description.zh)} {_cell(spec.description.en)}",
            "\n".join(f"- {name}：{value}" for name, value in facts) + f"\n- 谁能看 Access：{access}",
            _table(headings, fields),
        ]
    )


def _field(field: FieldSpec, catalog: Catalog) -> tuple[str, ...]:
    codes = f"[{field.codes}](#codes-{field.codes})" if field.codes else ""
    notes = [_both(field.note)] if field.note else []
    if field.share_of:
        notes.append(f"分母 of `{field.share_of}`")
    if field.minimum is not None or field.maximum is not None:
        low, high = (("" if x is None else f"{x:g}") for x in (field.minimum, field.maximum))
        notes.append(f"{low} – {high}".strip() if high else f"≥ {low}")
    return (
        field.title.zh, field.title.en, f"`{field.name}`", TYPE_NAMES[field.type], field.unit or "",
        "是" if field.required else "", codes, SENSITIVITY[field.sensitivity], "、".join(field.aliases),
        "；".join(notes),
    )  # fmt: skip


def _indicators(catalog: Catalog) -> str:
    headings = ("代码", "指标", "Indicator", "口径 Meaning", "单位", "分子 Numerator", "分母 Denominator",
                "期", "层级", "汇总 Roll-up", "来源 Source", "说明 Note")  # fmt: skip
    rows = [_indicator(item) for item in catalog.indicators.values()]
    return "\n\n".join([f"## 指标登记 Register of indicators（{len(rows)}）", _table(headings, rows)])


def _indicator(item: IndicatorSpec) -> tuple[str, ...]:
    known = "".join(f"；{total.value:g}：{_both(total.title)}" for total in item.denominators)
    return (
        f"`{item.code}`", item.title.zh, item.title.en, _both(item.meaning), item.unit,
        _both(item.numerator) if item.numerator else "—",
        (_both(item.denominator) + known) if item.denominator else "—",
        RENEWAL[item.period], LEVELS[item.level], ROLLUP[item.rollup], _both(item.owner),
        _both(item.note) if item.note else "",
    )  # fmt: skip


def _codelists(catalog: Catalog) -> str:
    lists = [codes for name, codes in sorted(catalog.codelists.items()) if name != "indicator"]
    hint = (
        "县里可以在 `GOVMAP_HOME/declarations/codelists/` 放同名文件替换。标“待定”的，来源只有名称没有内容。 "
        "A county may replace a list by a file of the same name; lists marked 待定 are only named in the source."
    )
    return "\n\n".join(
        [f"## 代码表 Code lists（{len(lists)}）", hint, *(_codelist(codes) for codes in lists)]
    )


def _codelist(codes: CodeList) -> str:
    mark = "（待定 undefined in the source）" if codes.undefined_in_source else ""
    rows = [(f"`{i.value}`", i.title.zh, i.title.en, "、".join(i.aliases)) for i in codes.items]
    title = f'<a id="codes-{codes.id}"></a>\n\n### {_cell(_both(codes.title))} `{codes.id}`{mark}'
    return "\n\n".join([title, _table(("代码 Value", "名称", "Title", "别名 Aliases"), rows)])


def _both(text: Text) -> str:
    return f"{text.zh} {text.en}"


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(_lines(headings, rows))


def _lines(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(headings)} |"
    yield f"|{'---|' * len(headings)}"
    for row in rows:
        yield f"| {' | '.join(_cell(text) for text in row)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
