"""The command line: what it prints, its exit statuses, and how light it starts."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
from PIL import Image

from layers.editions import Edition, Store
from layers.photos import photo_file, photos_of
from tests import county
from webmap.cli import flags_of, main
from webmap.cli.hints import with_hint

ROOT = Path(__file__).parents[2]
CENTRES = "party-service-centres"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """``run("layers", "--json")`` gives exit status, stdout and stderr."""

    def _run(*arguments: str) -> tuple[int, str, str]:
        capfd.readouterr()
        status = main(arguments)
        captured = capfd.readouterr()
        return status, captured.out, captured.err

    return _run


def document(output: str) -> Any:
    return json.loads(output)


def centres_sheet(folder: Path, rows: int = 4) -> Path:
    centres = county.centres().iloc[:rows]
    table = pd.DataFrame(
        {
            "编号": centres["code"],
            "中心名称": centres["name"],
            "经度": centres.geometry.x,
            "纬度": centres.geometry.y,
        }
    )
    table.to_excel(folder / "中心.xlsx", index=False)
    return folder / "中心.xlsx"


def test_init_makes_a_store_and_can_be_repeated(run: Run, home: Path) -> None:
    for _ in range(2):
        status, out, err = run("init")
        assert (status, err) == (0, "")
        assert str(home) in out
    assert (home / "govmap.sqlite").is_file()


def test_without_a_store_the_person_is_told_to_make_one(run: Run, home: Path) -> None:
    assert not home.exists()
    status, out, err = run("layers", "--json")
    assert (status, out) == (2, "")
    assert err.startswith("error[store-unusable]: ")
    assert "init" in err
    assert err.count("\n") == 1


def test_layers_as_json(run: Run, county_store: Store) -> None:
    status, out, err = run("layers", "--json")
    assert (status, err) == (0, "")
    rows = {row["id"]: row for row in document(out)}
    assert set(rows) == set(county_store.catalog.layers)
    current = county_store.current("villages")
    assert current is not None
    assert rows["villages"] == {
        "id": "villages", "title": "村（社区）界", "geometry": "polygon", "count": 10, "edition": current.id, "access": "exact",
    }  # fmt: skip
    assert (rows["disputes"]["count"], rows["disputes"]["edition"]) == (0, None)


def test_layers_through_other_eyes(run: Run, county_store: Store) -> None:
    rows = {row["id"]: row for row in document(run("layers", "--json", "--as", "public")[1])}
    assert rows["disputes"]["access"] == "counts"
    assert rows["disputes"]["count"] is None
    assert rows["weak-party-orgs"]["access"] == "none"
    rows = {row["id"]: row for row in document(run("layers", "--json", "--as", "planner:140822101")[1])}
    assert rows["villages"]["count"] in (3, 10)


@pytest.mark.parametrize(
    "viewer", ["king", "planner:999999", "planner:14082210x", "grid_worker", "grid_worker:140822101"]
)
def test_viewers_that_do_not_exist(run: Run, county_store: Store, viewer: str) -> None:
    status, out, err = run("layers", "--as", viewer)
    assert (status, out) == (2, "")
    assert err.startswith("error[bad-argument]: ")


def test_tables_for_people_name_every_layer(run: Run, county_store: Store) -> None:
    out = run("layers")[1]
    assert all(layer in out for layer in county_store.catalog.layers)


def test_import_for_programs(run: Run, county_store: Store, tmp_path: Path) -> None:
    status, out, err = run("import", CENTRES, str(centres_sheet(tmp_path)), "--json")
    assert (status, err) == (0, "")
    found = document(out)
    assert (found["layer"], found["rows_read"], found["rows_published"]) == (CENTRES, 4, 4)
    current = county_store.current(CENTRES)
    assert current is not None
    assert found["edition"] == current.id


def test_import_for_people(run: Run, county_store: Store, tmp_path: Path) -> None:
    status, out, err = run("import", CENTRES, str(centres_sheet(tmp_path)), "--mode", "replace")
    assert (status, err) == (0, "")
    assert "已发布" in out
    assert "4 行" in out
    assert "村代码" in out


def test_a_blocked_import_exits_1_with_findings(run: Run, county_store: Store, tmp_path: Path) -> None:
    before = county_store.current(CENTRES)
    status, out, err = run("import", CENTRES, str(centres_sheet(tmp_path, rows=3)), "--json")
    assert status == 1
    assert err.startswith("error[data-blocked]: ")
    assert "有 1 行" in err
    assert err.endswith("整体替换加 --mode replace，只增加和修改加 --mode upsert。\n")
    found = document(out)
    assert found["edition"] is None
    assert [one["rule"] for one in found["findings"] if one["severity"] == "blocking"] == ["rows-removed"]
    assert county_store.current(CENTRES) == before


def test_a_missing_crs_has_its_own_code(run: Run, county_store: Store, tmp_path: Path) -> None:
    county.centres("EPSG:4546")[["code", "name", "geometry"]].to_file(tmp_path / "a.shp")
    (tmp_path / "a.prj").unlink()
    status, out, err = run("import", CENTRES, str(tmp_path / "a.shp"), "--json")
    assert status == 1
    assert err.startswith("error[crs-missing]: ")
    assert document(out)["findings"][0]["rule"] == "crs-missing"
    assert "--crs" not in document(out)["findings"][0]["message"]
    assert err.endswith("用 --crs 指明。\n")


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("import", CENTRES, "rows.csv", "--map", "没有=code"), "用 --map 列名=字段 指明。"),
        (("import", CENTRES, "rows.csv", "--area", "110101"), "区域由 --area 指明。"),
        (("import", "centres", "rows.csv"), "全部图层用 layers 看。"),
        (("import", CENTRES, "odd.csv"), "用 --encoding 指明。"),
        (("rollback", CENTRES, "20200101-00000000"), "全部版本用 editions 看。"),
    ],
)
def test_the_command_line_adds_its_own_flag(
    run: Run, county_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...], hint: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rows.csv").write_text("编号,名称,经度,纬度\nA,甲,110.84,35.42\n", "utf-8")
    (tmp_path / "odd.csv").write_bytes("编号,名称\nA,".encode() + b"\xff\xff\xff\n")
    _, _, err = run(*arguments)
    assert err.endswith(f"{hint}\n")
    assert err.count("\n") == 1


def test_findings_for_people_carry_the_flag(run: Run, county_store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("编号,名称,经度,纬度,天气\nA,甲,110.84,35.42,晴\n", "utf-8")
    _, out, _ = run("import", CENTRES, str(tmp_path / "a.csv"), "--mode", "upsert", "--dry-run")
    assert (
        "1 列没有对上字段，没有导入：天气。需要的话指明各是哪个字段。用 --map 列名=字段 指明。"
        in out.replace("\n", "")
    )


def test_a_flag_that_a_command_lacks_is_not_offered() -> None:
    """``site`` reads a list of candidates, but has no ``--encoding``."""
    assert with_hint("乱码。", "encoding", flags_of("site")) == "乱码。"
    assert with_hint("没有坐标系。", "crs", flags_of("site")) == "没有坐标系。用 --crs 指明。"
    assert with_hint("没有数据。", "data", flags_of("editions")).endswith("示例数据用 init --sample。")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("import", "centres", "a.csv"), "layer-unknown"),
        (("import", CENTRES, "nothing.csv"), "file-unreadable"),
        (("import", CENTRES, "empty.csv"), "file-empty"),
        (("import", CENTRES, "odd.vrt"), "file-format"),
        (("import", CENTRES, "/vsizip/a.zip"), "file-unreadable"),
        (("import", CENTRES, "rows.csv", "--mode", "merge"), "bad-argument"),
        (("import", CENTRES, "rows.csv", "--map", "编号"), "bad-argument"),
        (("import", CENTRES, "rows.csv", "--map", "没有=code"), "bad-argument"),
        (("import", CENTRES, "rows.csv", "--crs", "xian80"), "bad-argument"),
        (("import", CENTRES, "rows.csv", "--encoding", "klingon"), "encoding"),
        (("import", CENTRES, "rows.csv", "--area", "110101"), "bad-argument"),
        (("import", CENTRES), "bad-argument"),
        (("editions", "centres"), "layer-unknown"),
        (("rollback", CENTRES, "20200101-00000000"), "edition-unknown"),
        (("template", CENTRES, "a.pdf"), "bad-argument"),
        (("photo", CENTRES, "PSC999", "rows.csv"), "record-unknown"),
        (("photo", CENTRES, "PSC001", "rows.csv"), "file-format"),
        (("photo", "villages", "140822100001", "rows.csv"), "bad-argument"),
        (("frobnicate",), "bad-argument"),
    ],
)
def test_bad_arguments_and_files_exit_2_with_one_line(
    run: Run,
    county_store: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    code: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty.csv").touch()
    (tmp_path / "odd.vrt").write_text("<OGRVRTDataSource/>")
    (tmp_path / "rows.csv").write_text("编号,名称,经度,纬度\nA,甲,110.84,35.42\n", "utf-8")
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert err.startswith(f"error[{code}]: ")
    assert err.count("\n") == 1


def test_a_fault_of_ours_exits_3(run: Run, county_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def _broken(_store: Store) -> dict[str, Edition]:
        raise ZeroDivisionError("surprise")

    monkeypatch.setattr(Store, "currents", _broken)
    status, out, err = run("layers", "--json")
    assert (status, out) == (3, "")
    assert err.splitlines()[-1] == "error[internal]: 程序内部错误：ZeroDivisionError: surprise"


def test_editions_and_rollback(run: Run, county_store: Store, publish: Callable[..., Edition]) -> None:
    first = county_store.current("villages")
    assert first is not None
    second = publish("villages", county.villages().iloc[:3])
    rows = document(run("editions", "villages", "--json")[1])
    assert [(row["edition"], row["current"], row["rows"]) for row in rows] == [
        (second.id, True, 3),
        (first.id, False, 10),
    ]
    status, out, _ = run("rollback", "villages", first.id, "--json")
    assert (status, document(out)) == (0, {"layer": "villages", "edition": first.id, "rows": 10})
    assert document(run("layers", "--json")[1])[-1]["id"]
    assert [row["current"] for row in document(run("editions", "villages", "--json")[1])] == [False, True]


def test_check_of_a_sound_county(run: Run, county_store: Store) -> None:
    status, out, err = run("check", "--json")
    assert (status, err) == (0, "")
    found = document(out)
    assert found["findings"] == []
    assert [row["layer"] for row in found["layers"]] == [
        "counties",
        "grids",
        CENTRES,
        "townships",
        "villages",
    ]
    counts = {row["code"]: row["counts"] for row in found["townships"]}
    assert counts["140822100"] == {"counties": 0, "grids": 6, CENTRES: 1, "townships": 1, "villages": 3}
    assert counts["140822102"] == {"counties": 0, "grids": 7, CENTRES: 1, "townships": 1, "villages": 4}


def test_check_finds_what_is_wrong(run: Run, county_store: Store, publish: Callable[..., Edition]) -> None:
    villages = county.villages(county.METRIC)
    villages.geometry = [villages.geometry[0].buffer(10, join_style="mitre"), *villages.geometry[1:]]
    publish("villages", villages)
    centres = county.centres()
    centres.loc[0, "village_code"] = county.village_code(2)
    publish(CENTRES, centres)
    found = document(run("check", "--json")[1])["findings"]
    assert [(one["layer"], one["rule"], one["row"]) for one in found] == [
        (CENTRES, "place-code", 1), ("villages", "overlap", 2), ("villages", "overlap", 4), ("villages", "overlap", 5),
    ]  # fmt: skip
    assert "重叠 10,000 平方米" in found[1]["message"]


def moved_west(layer: str) -> gpd.GeoDataFrame:
    """Divisions of the hand-drawn county, six degrees farther west: around 104.8° E."""
    rows = getattr(county, layer)()
    return rows.set_geometry(rows.geometry.translate(xoff=-6.0))


@pytest.mark.parametrize("layer", ["counties", "townships"])
def test_divisions_in_another_zone_are_refused(run: Run, store: Store, tmp_path: Path, layer: str) -> None:
    file = tmp_path / "区划.gpkg"
    moved_west(layer).to_file(file)
    status, out, err = run("import", layer, str(file), "--json")
    assert (status, store.current(layer)) == (1, None)
    assert err.startswith("error[crs-zone]: ")
    assert "用 EPSG:4546 量长度最多差 0.39 %，超过 0.15 %" in err
    assert '中央经线 105°，不带带号（EPSG:4544），把设置 metric_crs 改成 "EPSG:4544"，再导入。' in err
    assert err.endswith("它写在 GOVMAP_HOME 的 settings.toml 里，环境变量是 GOVMAP_METRIC_CRS。\n")
    blocking = [one["rule"] for one in document(out)["findings"] if one["severity"] == "blocking"]
    assert blocking == ["crs-zone"]


def test_divisions_in_their_own_zone_are_taken(
    run: Run, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOVMAP_METRIC_CRS", "EPSG:4544")
    moved_west("counties").to_file(tmp_path / "区划.gpkg")
    assert run("import", "counties", str(tmp_path / "区划.gpkg"), "--json")[0] == 0
    assert run("check", "--json")[0] == 0


def test_check_finds_a_wrong_zone_once(run: Run, store: Store, publish: Callable[..., Edition]) -> None:
    for layer in ("counties", "townships", "villages"):
        publish(layer, moved_west(layer))
    status, out, err = run("check", "--json")
    assert status == 1
    assert err == "error[data-blocked]: 现有数据里有 1 处必须改的问题。\n"
    assert [(one["layer"], one["rule"]) for one in document(out)["findings"] if one["severity"] == "blocking"] == [
        ("counties", "crs-zone")
    ]  # fmt: skip
    assert "GOVMAP_METRIC_CRS" in run("check")[1]


def test_check_shows_nobody_more_than_the_door_does(run: Run, county_store: Store) -> None:
    found = document(run("check", "--json", "--as", "public")[1])
    assert {row["layer"] for row in found["layers"] if row["rows"] is None} <= {"disputes", "weak-party-orgs"}


def test_templates(run: Run, county_store: Store, tmp_path: Path) -> None:
    status, _, err = run("template", CENTRES, str(tmp_path / "t.xlsx"))
    assert (status, err) == (0, "")
    assert {"编号", "名称", "经度", "纬度"} <= {
        cell.value for cell in openpyxl.load_workbook(tmp_path / "t.xlsx").worksheets[0][1]
    }


def test_photos_lose_everything_but_their_pixels(
    run: Run, county_store: Store, home: Path, tmp_path: Path
) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x010F] = "a maker"
    exif.get_ifd(0x8825)[2] = (35.0, 25.0, 0.0)  # a place
    Image.new("RGB", (3200, 1200), "green").save(tmp_path / "p.jpg", exif=exif, comment=b"secret")
    status, out, _ = run("photo", CENTRES, "PSC001", str(tmp_path / "p.jpg"), "--json")
    assert status == 0
    name = document(out)["photo"]
    assert photos_of(home, CENTRES, "PSC001") == [name]
    with Image.open(photo_file(home, CENTRES, "PSC001", name)) as kept:
        assert kept.size == (600, 1600)
        assert len(kept.getexif()) == 0
        assert set(kept.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert run("photo", CENTRES, "PSC001", str(tmp_path / "p.jpg"))[0] == 0
    assert photos_of(home, CENTRES, "PSC001") == [name]


def test_pictures_that_are_bombs_or_broken(run: Run, county_store: Store, home: Path, tmp_path: Path) -> None:
    Image.new("1", (20_000, 20_000)).save(tmp_path / "bomb.png")
    status, _, err = run("photo", CENTRES, "PSC001", str(tmp_path / "bomb.png"))
    assert (status, err[:21]) == (2, "error[file-too-large]")
    Image.new("RGB", (800, 600), "red").save(tmp_path / "cut.jpg")
    (tmp_path / "cut.jpg").write_bytes((tmp_path / "cut.jpg").read_bytes()[:700])
    status, _, err = run("photo", CENTRES, "PSC001", str(tmp_path / "cut.jpg"))
    assert (status, err[:22]) == (2, "error[file-unreadable]")
    assert photos_of(home, CENTRES, "PSC001") == []


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "example.org"])
def test_demo_data_are_served_to_this_machine_only(
    run: Run, publish: Callable[..., Edition], host: str
) -> None:
    publish("villages", county.villages(), demo=True)
    status, out, err = run("serve", "--host", host)
    assert (status, out) == (2, "")
    assert err.startswith("error[demo-exposed]: ")


def test_serve_refuses_half_a_certificate_and_a_taken_port(
    run: Run, county_store: Store, tmp_path: Path
) -> None:
    import socket

    assert "--cert 和 --key 要一起给" in run("serve", "--cert", str(tmp_path / "a.pem"))[2]
    both = ("--cert", str(tmp_path / "a.pem"), "--key", str(tmp_path / "b.pem"))
    assert "没有文件" in run("serve", *both)[2]
    with socket.create_server(("127.0.0.1", 0)) as taken:
        status, _, err = run("serve", "--port", str(taken.getsockname()[1]))
    assert status == 2
    assert "不能在 127.0.0.1" in err


LIGHT = """
import sys
from webmap.cli import flags_of, main
from webmap.cli.hints import with_hint
status = main(["layers", "--json"])
heavy = {"pandas", "numpy", "geopandas", "shapely", "pyproj", "pyogrio", "pyarrow", "flask", "folium", "matplotlib"}
sys.stderr.write(",".join(sorted(heavy & set(sys.modules))))
sys.exit(status)
"""


def test_light_commands_load_nothing_heavy(county_store: Store) -> None:
    done = subprocess.run([sys.executable, "-c", LIGHT], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert json.loads(done.stdout)


STARTED = """
import sys
import webmap.application
from webmap import create_app
create_app()
heavy = {"scipy", "geopandas", "pyogrio", "openpyxl", "highspy", "docx", "typst"}
print(",".join(sorted(heavy & set(sys.modules))))
"""


def test_a_worker_starts_without_what_it_may_never_need(home: Path) -> None:
    """Its memory and its start are paid for by every worker; who asks first for a plan or a workbook waits for it."""
    done = subprocess.run(
        [sys.executable, "-c", STARTED], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "\n"


def test_the_module_is_the_command(home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "webmap", "nonsense"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.startswith("error[bad-argument]: ")
