"""Photographs: decoded, turned upright, made smaller, written anew without anything but pixels."""

import warnings
from pathlib import Path

from geo.errors import FileFormatError, FileTooLargeError, InputError

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 120_000_000
QUALITY = 85


def write_clean(source: Path, target: Path, *, longest_px: int) -> None:
    """Write ``source`` as a JPEG without metadata whose longer side is at most ``longest_px`` pixels.

    Raises:
        FileFormatError: not one of JPEG, PNG, WebP.
        FileTooLargeError: more pixels than any camera takes.
        InputError: damaged.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(source, formats=FORMATS) as picture:
                picture.draft("RGB", (2 * longest_px, 2 * longest_px))
                upright = ImageOps.exif_transpose(picture).convert("RGB")
    except UnidentifiedImageError as error:
        raise FileFormatError("{name} 不是照片。可以用 JPEG、PNG、WebP。", name=source.name) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise FileTooLargeError("{name} 的像素太多，不予读取。", name=source.name) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise InputError("{name} 读不出来，可能已损坏。（{why}）", name=source.name, why=error) from error
    upright.thumbnail((longest_px, longest_px))
    pixels = Image.new("RGB", upright.size)
    pixels.paste(upright)
    pixels.save(target, "JPEG", quality=QUALITY, optimize=True)
