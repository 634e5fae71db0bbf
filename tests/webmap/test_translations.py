"""Everything a person may read has an English entry, and the entries fit their places."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from flask import Flask

from geo.errors import UnknownLayerError
from layers.language import HERE, read_catalog
from webmap.translations import browser_catalog, error_text
from webmap.translations.extract import browser_messages, python_messages
from webmap.translations.update import ROOT, messages, update

CHINESE = re.compile(r"[\u4e00-\u9fff]")
SCRIPTS = ROOT / "webmap" / "static" / "js"
TEMPLATES = ROOT / "webmap" / "templates"
# Words that are the same in every language, or the Chinese side of a choice by language.
BY_LANGUAGE = {"中文"}


@pytest.fixture(scope="module")
def found() -> dict[str, set[str]]:
    """Message → the files that use it."""
    answer: dict[str, set[str]] = {}
    for file, _, text in messages():
        answer.setdefault(text, set()).add(file)
    return answer


def test_every_message_has_an_english_entry(found: dict[str, set[str]]) -> None:
    catalog = read_catalog("en")
    missing = {
        text: files for text, files in found.items() if not (entry := catalog.get(text)) or not entry.string
    }
    assert missing == {}, "run python -m webmap.translations.update and fill in what it prints"


def test_no_entry_is_left_over(found: dict[str, set[str]]) -> None:
    assert {str(entry.id) for entry in read_catalog("en") if entry.id} - set(found) == set()


def test_places_are_the_same_in_both_languages() -> None:
    def places(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    def asked(text: str) -> set[str]:
        """“{more} more villages” beside the one that is named says the same as “等 {n} 村”."""
        return {"n" if name == "more" else name for name in places(text)}

    wrong = [entry.id for entry in read_catalog("en") if entry.id and places(entry.id) != asked(entry.string)]
    assert wrong == []


def test_english_entries_are_english() -> None:
    assert [entry.id for entry in read_catalog("en") if entry.id and CHINESE.search(entry.string)] == []


def test_scripts_get_every_message_they_use(found: dict[str, set[str]]) -> None:
    _, body = browser_catalog("en")
    for text, files in found.items():
        if any(file.endswith(".js") for file in files):
            assert f'"{text}"'.replace("\n", "\\n") in body.decode(), text


def _bare(path: Path) -> Iterator[str]:
    """Chinese in a script outside t("…"), comments and patterns."""
    script = re.sub(r"(?<![\w.$])t\(\s*\"(?:[^\"\\]|\\.)+\"", "", path.read_text("utf-8"))
    for line in script.splitlines():
        code = re.sub(r"(?<![:\"'\w])//.*$", "", line)
        code = re.sub(r"^\s*(/?\*).*$", "", code)
        if CHINESE.search(code):
            yield f"{path.name}: {line.strip()}"


def test_no_chinese_in_scripts_outside_t() -> None:
    """units.js keys are what arrives; dates and choices by language say so on their line."""
    left = [line for path in sorted(SCRIPTS.rglob("*.js")) for line in _bare(path)]
    allowed = ("units.js", "year}年", "slice(0, 4)}年", 'lang === "en"', 'lang !== "en"', '演示推算")')
    assert [line for line in left if not any(mark in line for mark in allowed)] == []


def test_no_chinese_in_templates_outside_gettext() -> None:
    for path in TEMPLATES.glob("*.html"):
        text = re.sub(r"\{#.*?#\}", "", path.read_text("utf-8"), flags=re.DOTALL)
        text = re.sub(r"_\('[^']*'\)", "", text)
        left = set(re.findall(r"[\u4e00-\u9fff]+", text))
        assert left <= BY_LANGUAGE, path.name


def test_updating_twice_changes_nothing(tmp_path: Path) -> None:
    name = Path("en") / "LC_MESSAGES" / "messages.po"
    copy = tmp_path / name
    copy.parent.mkdir(parents=True)
    copy.write_bytes((HERE / name).read_bytes())
    assert update(copy) == []
    once = copy.read_bytes()
    assert update(copy) == []
    assert copy.read_bytes() == once


def test_errors_speak_the_language_of_the_request(app: Flask) -> None:
    error = UnknownLayerError("没有图层“{layer}”，相近的有：{near}。", layer="<b>", near="roads")
    with app.test_request_context("/?lang=en"):
        assert error_text(error).startswith("There is no layer “<b>”; nearest are roads.")
    with app.test_request_context("/"):
        assert error_text(error) == str(error)


def test_python_extraction_finds_templates_of_errors() -> None:
    source = 'raise SomeError("没有 {x}" "。", x=1)\n_("词")\nother("不算")\nNAMES = {"a": "表"}\n'
    texts = [text for _, _, text, _ in python_messages(io.BytesIO(source.encode()), (), (), {})]
    assert texts == ["没有 {x}。", "词"]
    with_tables = [
        text for _, _, text, _ in python_messages(io.BytesIO(source.encode()), (), (), {"tables": "true"})
    ]
    assert sorted(with_tables) == sorted([*texts, "表"])


def test_script_extraction_looks_into_template_strings() -> None:
    source = 'const a = `${t("甲", { n })} ${b.t("不算")}`; // t(\nput(t( "乙\\"丙"));'
    texts = [text for _, _, text, _ in browser_messages(io.BytesIO(source.encode()), (), (), {})]
    assert texts == ["甲", '乙"丙']
