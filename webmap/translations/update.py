"""``python -m webmap.translations.update``: bring the ``.po`` files up to date with the sources.

New messages arrive with an empty translation, gone ones leave, everything else stays as it is.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

from layers.language import HERE

ROOT = HERE.parents[1]
KEYWORDS: dict[str, None] = {"_": None, "gettext": None, "t": None, "N_": None}
TRANSLATED = ("en",)
# Without dates and names, so that nothing changes when nothing changed.
HEADER = """msgid ""
msgstr ""
"Project-Id-Version: county-governance-map\\n"
"Language: {language}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
ROOMS = ("geo", "layers", "exports", "webmap")


def messages() -> Iterator[tuple[str, int, str]]:
    """File, line and message id of everything a person may read, in the order of the files."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(ROOT, methods, options, keywords=KEYWORDS, directory_filter=_holds_sources)
    for file_name, line, text, *_ in found:
        yield file_name, line, str(text)


def _holds_sources(folder: str) -> bool:
    parts = Path(folder).relative_to(ROOT).parts
    return parts[0] in ROOMS and not {"vendor", "__pycache__"} & set(parts)


def update(path: Path) -> list[str]:
    """Rewrite one ``.po`` file; returns the messages that still lack a translation."""
    with path.open("rb") as file:
        old = read_po(file)
    new = Catalog(locale=path.parents[1].name, project="county-governance-map", charset="utf-8")
    for file_name, text in sorted({(file_name, text) for file_name, _, text in messages()}):
        known = old.get(text)
        new.add(text, string=known.string if known else "", locations=[(file_name, 0)])
    body = io.BytesIO()
    write_po(body, new, width=110, omit_header=True, include_lineno=False)
    path.write_bytes(HEADER.format(language=new.locale_identifier).encode() + body.getvalue())
    return [str(message.id) for message in new if message.id and not message.string]


def main() -> int:
    missing = [text for name in TRANSLATED for text in update(HERE / name / "LC_MESSAGES" / "messages.po")]
    for text in missing:
        sys.stdout.write(f"{text}\n")
    return 1 if missing else 0


if __name__ == "__main__":
    raise SystemExit(main())
