"""Builds the sample county in a process of its own and publishes what has changed."""

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
from rich.console import Console
from rich.progress import track

from geo.errors import StoreError
from layers.county import CountySettings
from layers.editions import Store
from layers.editions.writing import sha256_of

ROOT = Path(__file__).parents[2]
BUILDER = ROOT / "data" / "sample" / "build.py"
MADE_FROM = ("data/facts", "data/sample", "layers/declarations", "layers/codelists", "layers/indicators.toml")
STAMP = "sample.json"
PREFIX = "sample-"


def publish_sample(settings: CountySettings, store: Store) -> Iterator[str]:
    """Publish each layer of the sample county as demonstration data; yields a line for each thing done.

    Nothing is built when the builder and its facts are those of last time. A layer that holds imported data
    is left alone, and one whose sample is current is not published again.

    Raises:
        StoreError: the builder is missing or failed.
    """
    made_from = _fingerprint()
    stamp = settings.home / STAMP
    last = json.loads(stamp.read_text("utf-8")) if stamp.is_file() else {}
    if last.get("made_from") == made_from and set(last["layers"]) <= set(store.currents()):
        yield f"演示数据已是最新：{len(last['layers'])} 个图层。"
        return
    for left in settings.home.glob(f"{PREFIX}*"):
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=PREFIX, dir=settings.home) as folder:
        built = Path(folder)
        _build(built)
        layers, published, kept = _publish_all(store, built)
    stamp.write_text(json.dumps({"made_from": made_from, "layers": layers}), "utf-8")
    yield f"演示数据：{len(layers)} 个图层，新发布 {published} 个。"
    if kept:
        yield f"{kept} 个图层已有导入的数据，保持不动。"


def _fingerprint() -> str:
    """SHA-256 over everything that the sample is made from."""
    digest = hashlib.sha256()
    for part in MADE_FROM:
        place = ROOT / part
        files = [place] if place.is_file() else sorted(place.rglob("*")) if place.is_dir() else []
        for file in files:
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(f"{file.relative_to(ROOT).as_posix()}\n".encode() + file.read_bytes())
    return digest.hexdigest()


def _publish_all(store: Store, built: Path) -> tuple[list[str], int, int]:
    """The layers built, how many were published, and how many were left alone."""
    note: dict[str, Any] = json.loads((built / "sample.json").read_text("utf-8"))
    files = sorted(built.glob("*.parquet"))
    published = kept = 0
    for file in track(files, "发布演示数据", console=Console(stderr=True), disable=not sys.stderr.isatty()):
        current = store.current(file.stem)
        if current is not None and not current.demo:
            kept += 1
        elif _publish(store, file, note):
            published += 1
    return [file.stem for file in files], published, kept


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
    sha256 = sha256_of(file)
    current = store.current(file.stem)
    period = note.get("periods", {}).get(file.stem, note.get("period"))
    if current is not None and (current.source_sha256, current.period) == (sha256, period):
        return False

    spec = store.catalog.layer(file.stem)
    rows = pd.read_parquet(file) if spec.geometry == "none" else gpd.read_parquet(file)
    store.publish(
        file.stem, rows, source=file.name, source_sha256=sha256, by="init --sample", demo=True, period=period
    )
    return True
