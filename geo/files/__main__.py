"""The reading process: ``python -m geo.files REQUEST.json``. Nothing else may start it but ``process.py``.

Standard output carries progress, one fraction per line. The answer is left beside the request: ``rows.arrow``
and ``facts.json``, or ``error.json``.
"""

import json
import sys
from pathlib import Path
from typing import Any

from geo.errors import FileTooLargeError, GovmapError
from geo.files.limits import confine, die_with_parent


def main(request: Path) -> int:
    """Answer one request; 0 when the file was read, 1 when ``error.json`` says why not."""
    asked: dict[str, Any] = json.loads(request.read_text("utf-8"))
    confine(**asked["limits"])
    die_with_parent()
    folder = request.parent
    try:
        _answer(asked, folder)
    except GovmapError as error:
        return _fail(folder, error)
    except MemoryError:
        return _fail(
            folder, FileTooLargeError("读取 {name} 需要的内存超过限制。", name=Path(asked["path"]).name)
        )
    return 0


def _answer(asked: dict[str, Any], folder: Path) -> None:
    if asked["job"] == "picture":
        from geo.files.pictures import write_clean

        write_clean(Path(asked["path"]), folder / "picture.jpg", longest_px=asked["longest_px"])
        return
    from geo.files.reading import read_into

    facts = read_into(Path(asked["path"]), asked["ask"], folder, max_bytes=asked["max_bytes"])
    (folder / "facts.json").write_text(json.dumps(facts.to_json(), ensure_ascii=False), "utf-8")


def _fail(folder: Path, error: GovmapError) -> int:
    params = {name: str(value) for name, value in error.params.items()}
    said = {
        "error": type(error).__name__,
        "template": error.template,
        "params": params,
        "remedy": error.remedy,
    }
    (folder / "error.json").write_text(json.dumps(said, ensure_ascii=False), "utf-8")
    return 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
