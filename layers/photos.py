"""Photographs of features: made small, without place or camera, under ``GOVMAP_HOME/photos``.

A photo's name is the SHA-256 of its bytes, so the same one added twice is one file.
"""

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import ArgumentError, UnknownRecordError
from geo.files import read_picture

if TYPE_CHECKING:
    from layers.editions import Store

FOLDER = "photos"
SCRATCH = "scratch"
LONGEST_PX = 1600
MOST_PER_FEATURE = 30
_NAME = re.compile(r"[0-9a-f]{64}\.jpg")
_PLAIN_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}")


def add_photo(store: "Store", layer: str, key: str, file: Path) -> str:
    """Add a photo (JPEG, PNG or WebP) to a feature of the current edition; returns its name.

    It is decoded in a limited process of its own, turned upright, made at most 1,600 px long, and encoded
    anew, which drops position, time and device.

    Raises:
        ArgumentError: the layer carries no photos, or the feature has its full number already.
        UnknownRecordError: the layer has no such feature.
        InputError: the file is no photo, is damaged, or has too many pixels.
    """
    spec = store.catalog.layer(layer)
    if not spec.photos:
        raise ArgumentError("图层“{layer}”不带照片。", layer=spec.title.zh)
    if not (store.read(layer)[spec.key] == key).any():
        raise UnknownRecordError("图层“{layer}”里没有编号 {key}。", layer=spec.title.zh, key=key)
    picture = read_picture(file, longest_px=LONGEST_PX, scratch=store.home / SCRATCH)
    name = f"{hashlib.sha256(picture).hexdigest()}.jpg"
    folder = _folder(store.home, layer, key)
    if name not in photos_of(store.home, layer, key):
        if len(photos_of(store.home, layer, key)) >= MOST_PER_FEATURE:
            raise ArgumentError("编号 {key} 已有 {n} 张照片，到上限了。", key=key, n=MOST_PER_FEATURE)
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f"{name}.part"
        part.write_bytes(picture)
        part.replace(folder / name)
    return name


def photos_of(home: Path, layer: str, key: str) -> list[str]:
    """Names of the photos of a feature, oldest first."""
    folder = _folder(home, layer, key)
    if not folder.is_dir():
        return []
    found = [file for file in folder.iterdir() if _NAME.fullmatch(file.name)]
    return [file.name for file in sorted(found, key=lambda file: (file.stat().st_mtime_ns, file.name))]


def photo_file(home: Path, layer: str, key: str, name: str) -> Path:
    """The file of a photo; raises UnknownRecordError when the feature has none of that name."""
    if not _NAME.fullmatch(name) or name not in photos_of(home, layer, key):
        raise UnknownRecordError("编号 {key} 没有照片 {name}。", key=key, name=name)
    return _folder(home, layer, key) / name


def _folder(home: Path, layer: str, key: str) -> Path:
    """Keys that are not plain become their own hash, so none can lead elsewhere."""
    plain = key if _PLAIN_KEY.fullmatch(key) else f"x{hashlib.sha256(key.encode()).hexdigest()[:40]}"
    return home / FOLDER / layer / plain
