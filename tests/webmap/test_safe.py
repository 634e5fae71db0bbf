"""No text that goes through webmap/front/safe.py is noticed by Jinja, HTML, a template literal or the string it stands in."""

import json

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.county import HOSTILE as DRAWN
from tests.hostile import HOSTILE
from webmap.front import safe

HOSTILES = (
    HOSTILE, DRAWN, "{{7*7}}", "{% for x in y %}", "{# gone #}", "${7*7}", "`", "</script>", "<!--", "]]>", "\"'\\",
    "\u2028\u2029", "\u202e", "\r\n", "\x00", "𠮷村", "\\u007b{", "{{{{", "%}", "a\\",
)  # fmt: skip
LOUD = set("{}%$<>&'`\\\"\n\r\u2028\u2029")


def twice_rendered(literal: str) -> str:
    """What Folium makes of it: rendered into a template, and the result compiled and rendered again."""
    first = jinja2.Template("{{ words }}").render(words=literal)
    return jinja2.Template(first).render()


def read(literal: str) -> str:
    """The text that a browser reads from the literal; JSON's escapes are those of JavaScript."""
    text: str = json.loads(literal)
    return text


@pytest.mark.parametrize("text", HOSTILES)
def test_hostile_text_comes_through_unchanged(text: str) -> None:
    literal = safe.text(text)
    assert twice_rendered(literal) == literal
    assert read(literal) == text


@given(st.text())
def test_any_text_comes_through_unchanged(text: str) -> None:
    literal = safe.text(text)
    assert twice_rendered(literal) == literal
    assert read(literal) == text
    assert LOUD.isdisjoint(literal[1:-1].replace("\\u", ""))
    assert literal.isascii()


@given(st.text())
def test_html_text_is_shown_and_never_parsed(text: str) -> None:
    shown = read(safe.html_text(text))
    assert LOUD.isdisjoint(safe.html_text(text)[1:-1].replace("\\u", ""))
    assert not set("<>\"'") & set(shown)
    assert jinja2.Template(safe.html_text(text)).render() == safe.html_text(text)


def test_html_text_of_a_tag() -> None:
    assert read(safe.html_text("<b>&")) == "&lt;b&gt;&amp;"


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
        max_leaves=12,
    )
)
def test_data_comes_through_unchanged(item: object) -> None:
    expression = safe.value(item)
    assert jinja2.Template(expression).render() == expression
    assert json.loads(expression) == item


def test_values_that_json_does_not_know_are_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        safe.value(float("nan"))
