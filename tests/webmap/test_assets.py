"""Files of our own origin: copied from pinned packages, kept for ever under a digest, nothing else to be had."""

import json
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from fontTools.ttLib.sfnt import SFNTReader

from webmap.front import assets

PACKAGE = json.loads((assets.ROOT / "package.json").read_text("utf-8"))
LOCK = json.loads((assets.ROOT / "package-lock.json").read_text("utf-8"))


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


def test_modules_of_the_page_exist_and_import_only_neighbours() -> None:
    modules = assets.MODULES.parts()
    assert {"js/main.js", "js/painter.js", "js/state.js", "js/layers.js"} <= set(modules)
    for text in modules.values():
        assert "http://" not in text.replace("http://www.w3.org/", "")
        assert not re.search(
            r"\b(eval|new Function|innerHTML|outerHTML|insertAdjacentHTML|document\.write)\b", text
        )


@pytest.mark.parametrize("joined", [assets.MODULES, assets.SHEETS])
def test_a_joined_file_serves_until_one_of_its_parts_changes(
    monkeypatch: pytest.MonkeyPatch, joined: assets.Joined
) -> None:
    assert assets.STATIC / joined.path in assets.join()
    assert joined.fresh(joined.parts())
    assert assets.url(joined.entries[0]).endswith(joined.path)
    parts = {**joined.parts(), joined.entries[0]: "edited"}
    assert not joined.fresh(parts)
    monkeypatch.setattr(assets, "_state", lambda _joined, _version: (tuple(parts), False))
    assert assets.url(joined.entries[0]).endswith(joined.entries[0])


def test_pictures_of_a_joined_sheet_are_found() -> None:
    assets.join()
    place = assets.STATIC / assets.SHEETS.path
    named = re.findall(r"url\(\"?([^)\"]+)", place.read_text("utf-8"))
    assert named
    assert all((place.parent / name).is_file() for name in named if not name.startswith("data:"))


def test_without_the_joiner_parts_stay_as_they_are(tmp_path: Path) -> None:
    assert assets.join(source=tmp_path) == []


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
