"""``init --sample``, with a builder of two layers in place of the real one."""

from pathlib import Path

import pytest

from layers.editions import Store
from tests import county
from webmap.cli import main, sample

BUILDER = """
import json, pathlib, sys
sys.path.insert(0, {root!r})
from tests import county
folder = pathlib.Path(sys.argv[sys.argv.index("--out") + 1])
county.counties().to_parquet(folder / "counties.parquet")
county.villages().iloc[:{rows}].to_parquet(folder / "villages.parquet")
(folder / "sample.json").write_text(json.dumps({{"period": "2026", "periods": {{"villages": "2025"}}}}))
"""
ROOT = Path(__file__).parents[2]


@pytest.fixture
def builder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "build.py"
    file.write_text(BUILDER.format(root=str(ROOT), rows=10))
    monkeypatch.setattr(sample, "BUILDER", file)
    monkeypatch.setattr(sample, "_fingerprint", file.read_text)
    return file


def editions(store: Store) -> dict[str, str]:
    return {layer: edition.id for layer, edition in store.currents().items()}


def test_the_sample_is_published_as_demonstration(
    builder: Path, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", "--sample"]) == 0
    assert "新发布 2 个" in capsys.readouterr().out
    assert store.all_demo()
    assert {layer: edition.period for layer, edition in store.currents().items()} == {
        "counties": "2026",
        "villages": "2025",
    }
    assert len(store.read("villages")) == 10


def test_a_second_time_builds_nothing(
    builder: Path, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["init", "--sample"])
    before = editions(store)
    sample.BUILDER.unlink()
    builder.parent.joinpath("build.py").write_text(BUILDER.format(root=str(ROOT), rows=10))
    capsys.readouterr()
    assert main(["init", "--sample"]) == 0
    assert "已是最新" in capsys.readouterr().out
    assert editions(store) == before


def test_only_what_changed_is_published_again(
    builder: Path, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["init", "--sample"])
    before = editions(store)
    builder.write_text(BUILDER.format(root=str(ROOT), rows=3))
    capsys.readouterr()
    main(["init", "--sample"])
    assert "新发布 1 个" in capsys.readouterr().out
    after = editions(store)
    assert before["counties"] == after["counties"]
    assert before["villages"] != after["villages"]


def test_imported_data_are_left_alone(
    builder: Path, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    store.publish("villages", county.villages().iloc[:4], source="真的", source_sha256="1" * 64, by="test")
    main(["init", "--sample"])
    assert "1 个图层已有导入的数据" in capsys.readouterr().out
    assert len(store.read("villages")) == 4
    assert not store.all_demo()


def test_a_builder_that_fails_says_why(
    builder: Path, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    builder.write_text("raise SystemExit('no facts')")
    assert main(["init", "--sample"]) == 2
    assert "error[store-unusable]: 演示数据生成失败：no facts" in capsys.readouterr().err
    assert store.currents() == {}
    assert [item.name for item in store.home.iterdir() if item.name.startswith("sample")] == []
