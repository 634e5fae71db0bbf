"""Number forms of English messages: one rule for all of them, so that a message is written once, in the plural.

``{n} villages have none`` says “1 village has none” where ``n`` is 1. The browser has the same rule in ``core/i18n.js``, held to the
same cases.
"""

import re
from collections.abc import Mapping

IRREGULAR = {"people": "person", "series": "series", "classes": "class"}
NOT_PLURAL = frozenset(
    {
        "is",
        "was",
        "has",
        "as",
        "this",
        "its",
        "less",
        "across",
        "always",
        "plus",
        "does",
        "holds",
        "runs",
        "meets",
        "leaves",
    }
)
VERBS = {
    "have": "has",
    "are": "is",
    "were": "was",
    "do": "does",
    "lie": "lies",
    "hold": "holds",
    "need": "needs",
    "take": "takes",
}
LINKS = frozenset(
    [
        "of",
        "in",
        "and",
        "or",
        "to",
        "from",
        "for",
        "with",
        "at",
        "by",
        "per",
        "on",
        "out",
        "than",
        "the",
        "a",
        "has",
        "have",
        "is",
        "are",
        "was",
        "were",
    ]
)
_AFTER = re.compile(r"\{(\w+)(?:[:!][^}]*)?\}((?: [a-z][a-z-]*)+)")

_UNIT = re.compile(r"\{(\w+)\} \{(unit|units|kind|of|what)\}")


class English(str):
    """An English message; filled in, its nouns agree with the numbers before them."""

    __slots__ = ()

    def format(self, *args: object, **values: object) -> str:
        """As ``str.format``."""
        return str.format(agreeing(self, values), *args, **(values | units_agreeing(self, values)))


def agreeing(message: str, values: Mapping[str, object]) -> str:
    """A message whose nouns stand in the singular behind each number that is 1."""

    def _one(found: re.Match[str]) -> str:
        if str(values.get(found[1])) != "1":
            return found[0]
        return found[0][: found.start(2) - found.start()] + _singular_words(found[2])

    return _AFTER.sub(_one, message)


def units_agreeing(message: str, values: Mapping[str, object]) -> dict[str, object]:
    """The units of a message behind each number that is 1, in the singular."""
    return {
        name: singular(str(values[name]))
        for number, name in _UNIT.findall(message)
        if str(values.get(number)) == "1"
    }


def singular(noun: str) -> str:
    """One of what a plural names; what is no plural stays as it is."""
    if noun in IRREGULAR:
        return IRREGULAR[noun]
    if noun in NOT_PLURAL or not noun.endswith("s") or noun.endswith("ss"):
        return noun
    if noun.endswith("ies"):
        return f"{noun[:-3]}y"
    return noun[:-2] if noun.endswith(("sses", "shes", "ches", "xes")) else noun[:-1]


def counted(number: str, unit: str) -> str:
    """A number and what it counts: 2 villages, 1 village; the last word but for what stands in brackets is the noun."""
    if number.lstrip("+−") != "1":
        return f"{number} {unit}"
    head, bracket, rest = unit.partition(" (")
    *before, noun = head.split(" ")
    return " ".join([number, *before, singular(noun)]) + bracket + rest


def _singular_words(words: str) -> str:
    """The words behind a 1: the first plural among them is the noun, and the verb behind it follows."""
    parts = words.split(" ")
    for place, word in enumerate(parts):
        if word in LINKS:
            break
        if singular(word) != word:
            parts[place] = singular(word)
            following = place + 1
            if following < len(parts):
                parts[following] = VERBS.get(parts[following], parts[following])
            break
    return " ".join(parts)
