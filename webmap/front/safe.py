"""The only way text reaches Folium.

Folium renders a template, compiles what came out as a template again, and puts the result into a script; Leaflet sets
some strings as HTML. So text is handed over as a finished JavaScript string literal in which none of the letters
stand that Jinja, HTML or a template literal would notice: each is written as ``\\uXXXX`` and means itself again only
when the browser has parsed the string.
"""

import html
import json
import re

HARMLESS = re.compile(r"[^A-Za-z0-9 _.,:;/=+@()\-?#*!]")
"""Everything else is written as an escape; the brackets of a call are harmless inside quotes."""


def text(value: str) -> str:
    """A JavaScript string literal, quotes included, for a place where Leaflet sets text.

    Parameters:
        value: any text, of a record or a person.
    """
    return '"' + HARMLESS.sub(_escape, value) + '"'


def html_text(value: str) -> str:
    """The same for a place where Leaflet sets HTML (attribution, tooltips): the text is shown, never parsed."""
    return text(html.escape(value, quote=True))


def value(item: object) -> str:
    """JSON of plain data as a JavaScript expression; strings in it, names of members too, as in :func:`text`."""
    if isinstance(item, str):
        return text(item)
    if isinstance(item, dict):
        return "{" + ", ".join(f"{text(str(key))}: {value(part)}" for key, part in item.items()) + " }"
    if isinstance(item, list | tuple):
        return "[" + ", ".join(value(part) for part in item) + "]"
    return json.dumps(item, allow_nan=False)


def _escape(match: re.Match[str]) -> str:
    units = match.group().encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))
