"""Builds the sample county in a process of its own and publishes what has changed."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track

from geo.errors import StoreError
from layers.editions import Store
from webmap.settings import Settings

BUILDER = Path(__file__).parents[2] / "data" / "sample" / "build.py"


def publish_sample(settings: Settings, store: Store) -> Iterator[str]:
    """Publish each layer of the sample county as demonstration data; yields a line for each thing done.

    A layer that holds imported data is left alone, and one whose sample is current is not published again.

    Raises:
        StoreError: the builder is missing or failed.
    """
    settings.home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="sample-", suffix=".tmp", dir=settings.home) as folder:
        built = Path(folder)
        _build(built)
        note: dict[str, Any] = json.loads((built / "sample.json").read_text("utf-8"))
        files = sorted(built.glob("*.parquet"))
        published = kept = 0
        for file in track(
            files, "发布演示数据", console=Console(stderr=True), disable=not sys.stderr.isatty()
        ):
            current = store.current(file.stem)
            if current is not None and not current.demo:
                kept += 1
            elif _publish(store, file, note):
                published += 1
    yield f"演示数据：{len(files)} 个图层，新发布 {published} 个。"
    if kept:
        yield f"{kept} 个图层已有导入的数据，保持不动。"


def _build(folder: Path) -> None:
    if not BUILDER.is_file():
        raise StoreError("找不到演示数据的生成程序 {file}。", file=BUILDER)
    command = [sys.executable, str(BUILDER), "--out", str(folder)]
    with Console(stderr=True).status("正在生成演示县……"):
        done = subprocess.run(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False
        )
    if done.returncode != 0:
        raise StoreError("演示数据生成失败：{why}", why=done.stderr.strip()[-400:] or done.returncode)


def _publish(store: Store, file: Path, note: dict[str, Any]) -> bool:
    from layers.editions.writing import sha256_of

    sha256 = sha256_of(file)
    current = store.current(file.stem)
    if current is not None and current.source_sha256 == sha256:
        return False
    import geopandas as gpd
    import pandas as pd

    spec = store.catalog.layer(file.stem)
    rows = pd.read_parquet(file) if spec.geometry == "none" else gpd.read_parquet(file)
    period = note.get("periods", {}).get(file.stem, note.get("period"))
    store.publish(
        file.stem, rows, source=file.name, source_sha256=sha256, by="init --sample", demo=True, period=period
    )
    return True
