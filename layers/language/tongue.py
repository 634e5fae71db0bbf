"""Words in one language, wherever they are said: pages, sheets, files; outside requests too, so the catalogue is read here."""

from dataclasses import dataclass
from datetime import date, timedelta

from geo.phrases import Phrase, PlaceName
from layers.language import told, translated
from layers.language.english import Kinds, facility_name, place_name
from layers.language.numbers import counted
from layers.periods import span_of
from layers.spec import Language, Text

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Tongue:
    """One language: ``gettext`` for messages, ``of`` for labels that carry both."""

    lang: Language

    def gettext(self, text: str, **params: object) -> str:
        """A message with its places filled in; the Chinese text is its own id."""
        found = translated(text, self.lang)
        return found.format(**params) if params else found

    def of(self, text: Text | Phrase | PlaceName) -> str:
        return str(told(text, self.lang))

    def place(self, name: str, kinds: Kinds = ()) -> str:
        """The name of a place, or of what lies there and is of one of these kinds."""
        return facility_name(name, kinds, self.lang) if kinds else place_name(name, self.lang)

    def counted(self, number: str, unit: str) -> str:
        """A number, as it is written, and what it counts."""
        return counted(number, unit) if self.lang == "en" else f"{number} {unit}"

    @property
    def tag(self) -> str:
        """As files name a language."""
        return "zh-CN" if self.lang == "zh" else "en"

    @property
    def comma(self) -> str:
        """Between items of a list."""
        return "、" if self.lang == "zh" else ", "

    @property
    def colon(self) -> str:
        return "：" if self.lang == "zh" else ": "

    @property
    def stop(self) -> str:
        """Between clauses."""
        return "；" if self.lang == "zh" else "; "

    def bracketed(self, text: str, *more: str) -> str:
        """A text with what must be said of it in brackets; as it is where nothing must."""
        said = [words for words in more if words]
        if not said:
            return text
        return f"{text} ({', '.join(said)})" if self.lang == "en" else f"{text}（{'，'.join(said)}）"

    def day(self, day: date) -> str:
        """2026年11月23日, 23 Nov 2026."""
        if self.lang == "en":
            return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
        return f"{day.year}年{day.month}月{day.day}日"

    def month(self, day: date) -> str:
        """2026年11月, Nov 2026."""
        return f"{MONTHS[day.month - 1]} {day.year}" if self.lang == "en" else f"{day.year}年{day.month}月"

    def period(self, text: str) -> str:
        """A period of an edition in words: 2026, 2026Q3, 2026-11 or 2026-11-20; anything else as it is."""
        year, _, quarter = text.partition("Q")
        if quarter in ("1", "2", "3", "4") and year.isdigit():
            return (
                f"{year} Q{quarter}" if self.lang == "en" else f"{year}年第{'一二三四'[int(quarter) - 1]}季度"
            )
        if text.isdigit() and len(text) == 4:
            return text if self.lang == "en" else f"{text}年"
        try:
            return (
                self.day(date.fromisoformat(text))
                if len(text) == 10
                else self.month(date.fromisoformat(f"{text}-01"))
            )
        except ValueError:
            return text

    def span(self, since: date, until: date) -> str:
        """A year or a quarter by its name; first and last month where both are whole, else the days."""
        for name in (f"{since.year:04}", f"{since.year:04}Q{(since.month + 2) // 3}"):
            if (since, until) == span_of(name):
                return self.period(name)
        whole = since.day == 1 and (until + timedelta(days=1)).day == 1
        say = self.month if whole else self.day
        first, last = say(since), say(until)
        return first if first == last else f"{first}–{last}"
