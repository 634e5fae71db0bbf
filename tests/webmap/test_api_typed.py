"""The types of answers that the browser's modules are checked against are what the API declares."""

from webmap.api import typed


def test_every_form_of_a_member_has_its_type() -> None:
    page = typed.page()
    for line in (
        'kind: "months" | "periods" | "none";',  # one of some words
        "bounds: [number, number, number, number] | null;",  # so many of one kind
        "editions: { [name: string]: string };",
        "rows: ((string | number | boolean | null)[])[];",
        "centres?: Use[] | null;",  # only in some answers
        "/** Layers behind it, each with its edition */",
    ):
        assert f"    {line}\n" in page
