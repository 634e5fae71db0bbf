"""Service standards: what is shipped names its source, and a county has the last word."""

from pathlib import Path

import pytest

from geo.errors import DeclarationError
from layers.catalog import Catalog, load_catalog
from layers.planning.plans import checked_limit
from layers.planning.standards import load_standards


def test_published_clauses_are_marked_and_suggestions_too() -> None:
    standards = {item.id: item for item in load_standards().standards}
    limits = {name: (item.within, item.unit) for name, item in standards.items() if item.basis == "standard"}
    assert limits == {
        "gb-50180-5": (300, "m"),
        "gb-50180-10": (500, "m"),
        "gb-50180-15": (1000, "m"),
        "td-t-1062-15": (15, "min"),
    }
    assert all(item.document and item.clause for item in standards.values() if item.basis == "standard")
    assert all(item.note for item in standards.values() if item.basis == "suggestion")


def test_everything_shipped_fits_the_layers(catalog: Catalog) -> None:
    register = load_standards()
    for standard in register.standards:
        assert checked_limit(standard.within, standard.unit) == standard.within
        assert set(standard.services) <= set(catalog.layers)
    for capacity in register.capacities:
        assert catalog.layer(capacity.layer).field(capacity.field).type in ("integer", "number")


def test_a_county_adds_and_replaces(tmp_path: Path) -> None:
    (tmp_path / "standards.toml").write_text(
        """
[[standards]]
id = "rural-2km"
title = { zh = "县里定的 3 公里", en = "The county's 3 km" }
within = 3000
unit = "m"
basis = "county"

[[standards]]
id = "own"
title = { zh = "20 分钟", en = "20 minutes" }
services = ["village-clinics"]
within = 20
unit = "min"
basis = "county"

[[capacities]]
layer = "village-clinics"
field = "beds"
people = 500
""",
        "utf-8",
    )
    shipped, own = load_standards(), load_standards(tmp_path)
    assert [item.id for item in own.standards] == [*(item.id for item in shipped.standards), "own"]
    assert {item.id: item.within for item in own.standards}["rural-2km"] == 3000
    capacity = own.capacity_of("village-clinics")
    assert capacity is not None
    assert capacity.people == 500
    assert shipped.capacity_of("village-clinics") is None
    load_catalog(tmp_path)  # the file is no layer


@pytest.mark.parametrize(
    "text",
    [
        "[[standards]]\nid = ",
        '[[standards]]\nid = "a"\ntitle = { zh = "甲", en = "A" }\nwithin = 0\nunit = "m"\nbasis = "county"',
        '[[standards]]\nid = "a"\ntitle = { zh = "甲", en = "A" }\nwithin = 5\nunit = "m"\nbasis = "standard"',
        '[[standards]]\nid = "a"\ntitle = { zh = "甲", en = "A" }\nwithin = 5\nunit = "mile"\nbasis = "county"',
    ],
)
def test_a_wrong_file_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "standards.toml").write_text(text, "utf-8")
    with pytest.raises(DeclarationError, match=r"standards\.toml"):
        load_standards(tmp_path)
