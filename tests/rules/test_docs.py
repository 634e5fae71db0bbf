"""What the documents name is there: paths, functions, commands and options, addresses, settings, make targets."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from pydantic import BaseModel

from webmap import create_app
from webmap.cli import commands
from webmap.settings import Settings

ROOT = Path(__file__).parents[2]
ROOMS = ("geo", "layers", "exports", "webmap", "data")
DOCS = (
    "README.md", "README.zh-CN.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/numbers.md", "docs/operations.md", "docs/sheets.md",
    "docs/guide/viewer.md", "docs/guide/planner.md", "docs/guide/reports.md", "docs/guide/methods.md",
    *(f"{room}/README.md" for room in ROOMS if (ROOT / room / "README.md").is_file()),
)  # fmt: skip
SCRIPTS = ROOT / "webmap" / "static" / "js"
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")
SUFFIXES = ["py", "toml", "md", "js", "json", "po", "typ", "css", "html", "txt"]
FILE = re.compile(rf"[\w*./-]+\.(?:{'|'.join(SUFFIXES)})")
FOLDER = re.compile(r"(?:[\w-]+/)+(?:[\w-]+/?)?")
NAMED = re.compile(r"([\w./-]+\.py): (\w+)")
ADDRESS = re.compile(r"(?:/(?:<[\w]+>|[\w.-]+(?:\.<\w+>)*(?:\.\w+)?))+|/")
ELSEWHERE = (
    "settings.toml", "declarations/", "codelists/", "exports/vendor", "DIR/", "facts.json", "/", "docs/decisions/NNN",
)  # fmt: skip
"""What lies in a home, is fetched when the project is set up, passes between processes, or is no path."""


class Doc(NamedTuple):
    name: str
    text: str

    @property
    def folder(self) -> Path:
        return (ROOT / self.name).parent

    @property
    def blocks(self) -> list[tuple[str, str]]:
        """Language and text of every fenced block."""
        return FENCE.findall(self.text)

    @property
    def spans(self) -> list[str]:
        """Every piece in backticks outside the blocks."""
        return SPAN.findall(FENCE.sub("", self.text))


def read(name: str) -> Doc:
    return Doc(name, (ROOT / name).read_text("utf-8"))


EVERY = pytest.mark.parametrize("doc", [read(name) for name in DOCS], ids=DOCS)


@cache
def files() -> frozenset[str]:
    """Every file of the project, from its root."""
    skipped = {".venv", "node_modules", "vendor", "__pycache__", ".git", "instance", "build"}
    return frozenset(
        path.relative_to(ROOT).as_posix()
        for path in ROOT.rglob("*")
        if not skipped & set(path.relative_to(ROOT).parts) and path.is_file()
    )


def is_there(path: str, doc: Doc) -> bool:
    """Whether a path is one from the root, beside the document, among the scripts, or, for a bare name, in its room."""
    for folder in (ROOT, doc.folder, SCRIPTS):
        if (folder / path).exists() or ("*" in path and any(folder.glob(path))):
            return True
    room = "" if doc.folder in (ROOT, ROOT / "docs", ROOT / "docs" / "guide") else f"{doc.folder.name}/"
    return "/" not in path and any(file.startswith(room) and file.endswith(f"/{path}") for file in files())


def paths_of(doc: Doc) -> Iterator[str]:
    """Files and folders that a document names in backticks, a home's own left out."""
    for span in doc.spans:
        for part in span.split():
            word = part.removesuffix(":")
            known = FILE.fullmatch(word) or (
                FOLDER.fullmatch(word) and word.split("/")[0] in (*ROOMS, "docs", "tests", "exports")
            )
            if known and "GOVMAP_HOME" not in span and not word.startswith(ELSEWHERE):
                yield word


@EVERY
def test_paths_exist(doc: Doc) -> None:
    assert {path for path in paths_of(doc) if not is_there(path, doc)} == set()


@EVERY
def test_links_lead_somewhere(doc: Doc) -> None:
    assert {link for link in LINK.findall(doc.text) if not (doc.folder / link).exists()} == set()


def names_in(path: Path) -> dict[str, ast.AST]:
    """Functions, classes and values of a module by name."""
    found: dict[str, ast.AST] = {}
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found[node.name] = node
        elif isinstance(node, ast.Assign):
            found |= {target.id: node for target in node.targets if isinstance(target, ast.Name)}
    return found


@EVERY
def test_functions_that_are_named_exist(doc: Doc) -> None:
    for span in doc.spans:
        for file, name in NAMED.findall(span):
            path = ROOT / file if (ROOT / file).is_file() else doc.folder / file
            assert name in names_in(path), f"{file}: {name}"


def stubs() -> Iterator[tuple[Path, ast.FunctionDef | ast.ClassDef]]:
    """The interfaces of the architecture: each class and function with the file that its heading names."""
    for language, block in read("docs/architecture.md").blocks:
        if language != "python":
            continue
        for part in re.split(r"^# (?=\S+\.py$)", block, flags=re.MULTILINE)[1:]:
            file, _, text = part.partition("\n")
            for node in ast.parse(text).body:
                assert isinstance(node, ast.FunctionDef | ast.ClassDef), file
                yield ROOT / file, node


def parameters(node: ast.FunctionDef) -> list[str]:
    return [one.arg for one in (*node.args.args, *node.args.kwonlyargs)]


def members(node: ast.ClassDef) -> dict[str, ast.FunctionDef | None]:
    """Fields and methods of a class."""
    found: dict[str, ast.FunctionDef | None] = {}
    for one in node.body:
        if isinstance(one, ast.FunctionDef):
            found[one.name] = one
        elif isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name):
            found[one.target.id] = None
    return found


@pytest.mark.parametrize(("path", "shown"), list(stubs()), ids=lambda one: getattr(one, "name", "of"))
def test_interfaces_are_as_shown(path: Path, shown: ast.FunctionDef | ast.ClassDef) -> None:
    real = names_in(path)[shown.name]
    if isinstance(shown, ast.FunctionDef):
        assert isinstance(real, ast.FunctionDef)
        assert parameters(shown) == parameters(real)
        return
    assert isinstance(real, ast.ClassDef)
    own = members(real)
    for name, method in members(shown).items():
        assert name in own, f"{shown.name}.{name}"
        if method is not None:
            given = own[name]
            assert given is not None, f"{shown.name}.{name}"
            assert parameters(method) == parameters(given), f"{shown.name}.{name}"


def command_lines(doc: Doc) -> Iterator[list[str]]:
    """Commands that a document shows, without what starts Python: in blocks and in backticks."""
    for line in [line for _, block in doc.blocks for line in block.splitlines()] + doc.spans:
        shown = line.split("#")[0].replace("\\|", "|")
        words = shown.partition("-m webmap ")[2].split()
        if words and words[0] != "…":
            yield words
        elif shown.split()[:1] and shown.split()[0] in commands() and "--" in shown:
            yield shown.split()


@EVERY
def test_commands_and_their_options_exist(doc: Doc) -> None:
    for command, *rest in command_lines(doc):
        assert command in commands(), (doc.name, command)
        options = {word.split("=")[0] for word in rest if word.startswith("--")}
        assert options <= commands()[command], (doc.name, command, options - commands()[command])


@EVERY
def test_options_named_alone_belong_to_some_command(doc: Doc) -> None:
    known = {option for options in commands().values() for option in options}
    other = {"--check"}  # of layers.dictionary
    named = {word for span in doc.spans for word in span.split()[:1] if re.fullmatch(r"--[a-z-]+", word)}
    assert named - other <= known


@EVERY
def test_programs_exist(doc: Doc) -> None:
    for name in re.findall(r"-m ((?:webmap|layers|geo|docs|benchmarks|data)[\w.]*)", doc.text):
        path = ROOT / name.replace(".", "/")
        assert path.with_suffix(".py").is_file() or (path / "__main__.py").is_file(), name


@EVERY
def test_make_targets_exist(doc: Doc) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    shown = "\n".join([*doc.spans, *(block for _, block in doc.blocks)])
    assert set(re.findall(r"^make ([a-z]+)", shown, re.MULTILINE)) <= targets


def test_addresses_of_the_architecture_are_routes(tmp_path: Path) -> None:
    app = create_app(Settings(home=tmp_path))
    routes = {re.sub(r"<[^>]+>", "<>", rule.rule) for rule in app.url_map.iter_rules()}
    pages = {rule.split("/")[1].split(".")[0] for rule in routes if rule != "/"}
    named = set()
    for span in read("docs/architecture.md").spans:
        address = re.split(r"[?\s]", span.removeprefix("POST ").removeprefix("GET "))[0]
        if ADDRESS.fullmatch(address) and (address == "/" or address.split("/")[1] in pages):
            named.add(re.sub(r"<[^>]+>", "<>", address))
    assert len(named) > 40
    assert {
        one for one in named if one not in routes and re.sub(r"/[\w-]+$", "/<>", one) not in routes
    } == set()


def settings(model: type[BaseModel], before: str = "") -> Iterator[str]:
    """Names of all settings; those in a part of their own with a dot."""
    for name, field in model.model_fields.items():
        kind = field.annotation
        part = isinstance(kind, type) and issubclass(kind, BaseModel) and kind.__module__ == model.__module__
        if part:
            assert isinstance(kind, type)
            yield from settings(kind, f"{before}{name}.")
        else:
            yield f"{before}{name}"


def variable(setting: str) -> str:
    return f"GOVMAP_{setting.upper().replace('.', '__')}"


def test_every_setting_is_documented() -> None:
    written = set(read("docs/operations.md").spans)
    names = list(settings(Settings))
    assert {"home", "metric_crs", "basemap.url"} <= set(names)
    assert [name for name in names if name not in written and variable(name) not in written] == []


@EVERY
def test_every_variable_that_is_named_is_a_setting(doc: Doc) -> None:
    known = {variable(name) for name in settings(Settings)}
    known |= {name.rsplit("__", 1)[0] for name in known}  # a part as a whole, as JSON
    assert set(re.findall(r"GOVMAP_[A-Z][A-Z_]*[A-Z]", doc.text)) <= known
