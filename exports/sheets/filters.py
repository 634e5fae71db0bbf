"""Which rows only a sheet shows, in words: as a sentence below it, and in as few as its title can hold."""

from collections.abc import Mapping, Sequence

from layers.language.tongue import Tongue
from layers.statements import Choice

MOST_SIGNS = 24
"""Of conditions in a title."""


def filter_words(chosen: Mapping[str, Sequence[Choice]], tongue: Tongue) -> str:
    """A sentence about every layer, by title, that is not whole; empty where all are."""
    told = [
        f"{title}{tongue.colon}{tongue.comma.join(choice.words(tongue) for choice in choices if choice.kind != 'all')}"
        for title, choices in chosen.items()
        if any(choice.kind != "all" for choice in choices)
    ]
    return tongue.gettext("只画符合筛选的：{filters}。", filters=tongue.stop.join(told)) if told else ""


def filter_title(chosen: Mapping[str, Sequence[Choice]], tongue: Tongue) -> str:
    """The same for a title; which layers the conditions are of stands in the sentence."""
    parts = [choice.words(tongue) for choices in chosen.values() for choice in choices]
    words = tongue.comma.join(parts)
    return words if len(words) <= MOST_SIGNS else tongue.gettext("只画一部分，筛选见图下")
