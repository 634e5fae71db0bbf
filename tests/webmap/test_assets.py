"""Files of our own origin: copied from pinned packages, kept for ever under a digest, nothing else to be had."""

import gzip
import json
import os
import re
import shutil
from pathlib import Path

import brotli
import pytest
from flask.testing import FlaskClient
from fontTools.ttLib.sfnt import SFNTReader

from webmap.front import assets
from webmap.pages.offline import WORKER

PACKAGE = json.loads((assets.ROOT / "package.json").read_text("utf-8"))
LOCK = json.loads((assets.ROOT / "package-lock.json").read_text("utf-8"))
MOST_FILES = 2


def test_every_library_is_pinned_and_locked() -> None:
    for name, version in (PACKAGE["dependencies"] | PACKAGE["devDependencies"]).items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)
        assert LOCK["packages"][f"node_modules/{name}"]["version"] == version
    assert all("integrity" in package for path, package in LOCK["packages"].items() if path)


def test_the_lock_names_no_registry() -> None:
    assert not any("resolved" in package for package in LOCK["packages"].values())


def test_copies_ask_for_nothing_in_vain(tmp_path: Path) -> None:
    files = assets.copy(target=tmp_path)
    assert {file.relative_to(tmp_path).as_posix() for file in files} == set(assets.FILES)
    for file in files:
        text = file.read_text("utf-8")
        assert "sourceMappingURL" not in text
        assert not re.search(r"from '[^.]", text), f"{file.name} imports a bare name"
        if file.suffix == ".css":
            assert "url(images" not in text


def test_licences_are_copied_along(tmp_path: Path) -> None:
    assets.copy(target=tmp_path)
    for folder in (item for item in tmp_path.iterdir()):
        assert (folder / "LICENSE").is_file()


def test_fonts_are_copied_where_no_browser_finds_them(tmp_path: Path) -> None:
    assert {file.name for file in assets.copy_fonts(target=tmp_path)} == {*assets.FONT_FILES, assets.SERIF}
    for name, origin in assets.FONT_FILES.items():
        if not origin.endswith(".woff"):
            assert (tmp_path / name).read_bytes() == (assets.NODE / origin).read_bytes()
    for name in ("LICENSE", "LICENSE.LXGWWenKai"):
        assert re.search("Open Font License", (tmp_path / name).read_text("utf-8"), re.IGNORECASE)
    assert not assets.FONTS.is_relative_to(assets.STATIC)


@pytest.mark.parametrize("name", [name for name, origin in assets.FONT_FILES.items() if ".woff" in origin])
def test_a_packed_font_keeps_every_table(name: str, tmp_path: Path) -> None:
    with (assets.NODE / assets.FONT_FILES[name]).open("rb") as packed:
        tables = SFNTReader(packed)
        assets.copy_fonts(target=tmp_path)
        plain = SFNTReader((tmp_path / name).open("rb"))
        assert list(plain.tables) == list(tables.tables)
        assert all(plain[tag] == tables[tag] for tag in tables.tables if tag != "head")
    plain.close()


def test_missing_packages_are_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="npm ci"):
        assets.copy(source=tmp_path, target=tmp_path / "out")
    with pytest.raises(FileNotFoundError, match="npm ci"):
        assets.copy_fonts(source=tmp_path, target=tmp_path / "out")


@pytest.mark.parametrize("path", sorted((assets.STATIC / "js").rglob("*.js")), ids=lambda path: path.name)
def test_modules_ask_no_other_host_and_write_no_markup(path: Path) -> None:
    text = path.read_text("utf-8").replace("http://www.w3.org/", "")
    assert "http://" not in text
    assert not re.search(
        r"\b(eval|new Function|innerHTML|outerHTML|insertAdjacentHTML|document\.write)\b", text
    )


@pytest.fixture(scope="module")
def outputs() -> assets.Outputs:
    """What esbuild says of the files it makes."""
    assets.build()
    return json.loads(assets.META.read_text("utf-8"))["outputs"]


def test_no_source_is_in_two_built_files(outputs: assets.Outputs) -> None:
    sources = [name for made in outputs.values() for name in made["inputs"]]
    assert {"js/main.js", "js/map/painter.js", "js/planner/planner.js", "js/ui/popover.js"} <= set(sources)
    assert sorted(sources) == sorted(set(sources))


def test_every_module_is_in_a_built_file(outputs: assets.Outputs) -> None:
    """What nobody imports is not carried along; two scripts stand for themselves."""
    sources = {name for made in outputs.values() for name in made["inputs"] if name.startswith("js/")}
    every = {path.relative_to(assets.STATIC).as_posix() for path in (assets.STATIC / "js").rglob("*.js")}
    assert sources == every - {WORKER, "js/first.js"}


def test_the_first_view_asks_for_few_files(outputs: assets.Outputs) -> None:
    assets._outputs.cache_clear()
    files = assets.preloads()
    assert 1 <= len(files) <= MOST_FILES
    assert files[0] == assets.url("js/main.js")
    late = {name for name, made in outputs.items() if made.get("entryPoint", "").startswith("js/planner/")}
    assert not late & {file.removeprefix(f"{assets.PREFIX}{assets.version()}/") for file in files}


@pytest.mark.parametrize("entry", assets.ENTRIES)
def test_built_files_serve_until_a_source_changes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, entry: str, outputs: assets.Outputs
) -> None:
    assets._outputs.cache_clear()
    assert "/vendor/app/" in assets.url(entry)
    copy = tmp_path / "static"
    shutil.copytree(assets.STATIC, copy)
    (copy / "js" / "core" / "state.js").write_text("edited", "utf-8")
    monkeypatch.setattr(assets, "STATIC", copy)
    assets._outputs.cache_clear()
    assert assets.url(entry).endswith(f"/{entry}")
    assert "/vendor/app/" not in assets.url(entry)
    assert assets.preloads() == ()
    assets._outputs.cache_clear()


def test_pictures_of_a_built_sheet_are_found(outputs: assets.Outputs) -> None:
    named = re.findall(r"url\(\"?([^)\"]+)", (assets.BUILT / "app.css").read_text("utf-8"))
    assert named
    assert all((assets.BUILT / name).is_file() for name in named if not name.startswith("data:"))


def test_libraries_of_built_modules_are_found(outputs: assets.Outputs) -> None:
    texts = [path.read_text("utf-8") for path in assets.BUILT.glob("*.js")]
    named = [name for text in texts for name in re.findall(r'"(\.[^"]*/supercluster\.js)"', text)]
    assert named
    assert all((assets.BUILT / name).is_file() for name in named)


def test_without_esbuild_sources_stay_as_they_are(tmp_path: Path) -> None:
    assert assets.build(source=tmp_path) == []


def test_a_file_under_its_digest_is_kept_for_ever(client: FlaskClient) -> None:
    answer = client.get(assets.url("js/main.js"), headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    assert answer.mimetype == "text/javascript"
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Encoding"] == "gzip"
    again = client.get(
        assets.url("js/main.js"), headers={"Accept-Encoding": "gzip", "If-None-Match": answer.headers["ETag"]}
    )
    assert (again.status_code, again.data) == (304, b"")


def test_scripts_come_smaller_to_who_takes_that(client: FlaskClient) -> None:
    address = assets.url("js/main.js")
    small = client.get(address, headers={"Accept-Encoding": "gzip, br"})
    usual = client.get(address, headers={"Accept-Encoding": "gzip, br;q=0"})
    assert (small.headers["Content-Encoding"], usual.headers["Content-Encoding"]) == ("br", "gzip")
    assert len(small.data) < 0.93 * len(usual.data)
    assert brotli.decompress(small.data) == gzip.decompress(usual.data)
    assert small.headers["ETag"] != usual.headers["ETag"]


def test_a_compressed_file_older_than_its_own_is_not_given_out(
    client: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets, "STATIC", tmp_path)
    (tmp_path / "a.js.br").write_bytes(b"of yesterday")
    (tmp_path / "a.js").write_text("// " + "new " * 200, "utf-8")
    os.utime(tmp_path / "a.js.br", (0, 0))
    assert (
        client.get("/static/a.js", headers={"Accept-Encoding": "br, gzip"}).headers["Content-Encoding"]
        == "gzip"
    )


@pytest.mark.parametrize("address", ["/static/js/main.js", "/static/00000000/js/main.js"])
def test_without_the_digest_it_is_asked_for_again(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "name",
    [
        "../settings.py",
        "js/../../settings.py",
        "js",
        "nothing.js",
        "vendor/.stamp",
        "%2e%2e/settings.py",
        "/etc/passwd",
    ],
)
def test_nothing_else_is_given_out(client: FlaskClient, name: str) -> None:
    assert client.get(f"/static/{name}", follow_redirects=True).status_code == 404
    assert client.get(f"{assets.PREFIX}{assets.version()}/{name}", follow_redirects=True).status_code == 404


def test_the_parts_of_a_frame(client: FlaskClient) -> None:
    page = client.get("/map/services").get_data(as_text=True)
    script, style = re.findall(r'"(/frame/services\.[0-9a-f]{12}\.(?:js|css))"', page)[::-1]
    for address, kind in ((script, "text/javascript"), (style, "text/css")):
        answer = client.get(address)
        assert answer.mimetype == kind
        assert "immutable" in answer.headers["Cache-Control"]
    assert client.get("/frame/services.000000000000.js").headers["Cache-Control"] == "no-cache"
    assert client.get("/frame/nothing.000000000000.js").status_code == 404
    assert client.get("/frame/services.000000000000.png").status_code == 404
