"""The data dictionary is what the declarations say, today."""

import pytest

from layers import dictionary
from layers.catalog import Catalog


def test_the_page_in_docs_is_current() -> None:
    assert dictionary.main(["--check"]) == 0, "运行 python -m layers.dictionary"


def test_a_stale_page_is_told(tmp_path: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    monkeypatch.setattr(dictionary, "page", lambda _catalog: "不同")
    assert dictionary.main(["--check"]) == 1
    assert "不是最新" in capsys.readouterr().err


def test_every_layer_list_and_indicator_has_its_place(catalog: Catalog) -> None:
    page = dictionary.page(catalog)
    assert page.count("\n## ") == len(catalog.layers) + 3
    assert all(f"`{layer}`" in page for layer in catalog.layers)
    assert page.count("\n### ") == len(catalog.codelists) - 1
    assert all(f"| `{code}` |" in page for code in catalog.indicators)


def test_what_the_source_leaves_open_is_marked(catalog: Catalog) -> None:
    page = dictionary.page(catalog)
    assert (
        "### 六步议事程序 Six-step deliberation `deliberation_stage`（待定 undefined in the source）" in page
    )
    assert "207：207 个村民委员会" in page


def test_text_cannot_break_a_table(catalog: Catalog) -> None:
    assert dictionary._cell("a|b\n<i>") == "a\\|b &lt;i>"
