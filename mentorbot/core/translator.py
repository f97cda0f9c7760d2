"""Says texts in the language of their readers: words by gettext, days, spans and lists by the CLDR (Babel).

Whoever composes a text writes `say("Hello {name}.", name=…)`; the engine decides for each repository in
which language that is (`speaking`). Outside of a repository, and where nobody chose a language, it is
English. A text that is only named where it stands, and said elsewhere, is marked with `phrase`.

Babel is loaded where a day or a list is said first, or another language than English: English words and
their plurals go without it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from gettext import NullTranslations
from pathlib import Path

from mentorbot.core.languages import SOURCE, catalogue

_GROUPED = 1000
_NEVER_WEEKS = float("inf")
_NEVER_THE_NEXT_UNIT = 1
_NOTHING_TRANSLATED = NullTranslations()


def phrase(text: str) -> str:
    """The text itself; marks a text that is said elsewhere, so that it is found for translation."""
    return text


@dataclass(frozen=True, slots=True)
class Translator:
    """Says texts in one language. Values have to be safe Markdown already.

    `zone` is the repository's clock, on which days are told; `slash` is how short commands start there, and
    fills `{slash}`. `catalogues` is a folder with all its texts, in place of the bot's own.
    """

    language: str = SOURCE
    zone: tzinfo = UTC
    slash: str = "/"
    catalogues: Path | None = None

    def say(self, text: str, /, **values: object) -> str:
        """The text in this language, with its values."""
        return self._translations.gettext(text).format(**{"slash": self.slash, **values})

    def plural(self, one: str, more: str, count: int, **values: object) -> str:
        """The text for one, or the one for `{count}`, in the form that the language has for this number."""
        text = self._translations.ngettext(one, more, count)
        return text.format(**{"slash": self.slash, "count": self.number(count), **values})

    def number(self, value: int) -> str:
        """A whole number as people write it: "64,000"; German "64.000"."""
        if self.language == SOURCE or abs(value) < _GROUPED:
            return f"{value:,}"
        from babel.numbers import format_decimal  # noqa: PLC0415 - see above

        return format_decimal(value, locale=self._locale)

    def long_date(self, day: date) -> str:
        """A day as people write it: "12 March 2026"."""
        from babel.dates import format_date  # noqa: PLC0415 - see above

        return format_date(day, "long", locale=self._locale)

    def day(self, moment: datetime) -> str:
        """The day of a moment on the repository's clock: "12 March 2026"."""
        return self.long_date(moment.astimezone(self.zone).date())

    def month(self, day: date) -> str:
        """The month of a day: "March 2026"."""
        from babel.dates import format_skeleton  # noqa: PLC0415 - see above

        return format_skeleton("yMMMM", day, locale=self._locale)

    def days_ago(self, days: int) -> str:
        """How long ago something was, in days however many they are: "30 days ago"."""
        from babel.dates import format_timedelta  # noqa: PLC0415 - see above

        ago = timedelta(days=-days)
        return format_timedelta(
            ago, granularity="day", threshold=_NEVER_WEEKS, add_direction=True, locale=self._locale
        )

    def ago(self, passed: timedelta) -> str:
        """How long ago something was, in its largest unit: "3 minutes ago", "4 weeks ago"."""
        from babel.dates import format_timedelta  # noqa: PLC0415 - see above

        return format_timedelta(
            -passed, threshold=_NEVER_THE_NEXT_UNIT, add_direction=True, locale=self._locale
        )

    def counted(self, amount: int, unit: str) -> str:
        """So much of a CLDR unit of time (day, week): "3 days"."""
        from babel.units import format_unit  # noqa: PLC0415 - see above

        return format_unit(amount, f"duration-{unit}", locale=self._locale)

    def listed(self, names: Sequence[str]) -> str:
        """Names as in a sentence: "a, b and c"."""
        from babel.lists import format_list  # noqa: PLC0415 - see above

        return format_list(names, locale=self._locale)

    @property
    def _locale(self) -> str:
        return "en_GB" if self.language == SOURCE else self.language.replace("-", "_")

    @property
    def _translations(self) -> NullTranslations:
        if self.language == SOURCE:
            return _NOTHING_TRANSLATED
        return catalogue(self.language, self.catalogues)


ENGLISH = Translator()
english_plural = ENGLISH.plural
"""For what is said in English only, to operators; no translator looks for this name."""

_speaking: ContextVar[Translator] = ContextVar("translator", default=ENGLISH)


@contextmanager
def speaking(translator: Translator) -> Iterator[None]:
    """Have everything inside said by this translator: in the language of a repository, for instance.

    Holds for the task at hand, and for those it starts.
    """
    before = _speaking.set(translator)
    try:
        yield
    finally:
        _speaking.reset(before)


def translator() -> Translator:
    """Who speaks just now."""
    return _speaking.get()


def say(text: str, /, **values: object) -> str:
    """The text in the language at hand, with its values; `{slash}` is how short commands start here."""
    return _speaking.get().say(text, **values)


def say_plural(one: str, more: str, count: int, **values: object) -> str:
    """The text for one, or the one for `{count}`, in the language at hand."""
    return _speaking.get().plural(one, more, count, **values)


def say_day(moment: datetime) -> str:
    """The day of a moment on the repository's clock, in the language at hand: "12 March 2026"."""
    return _speaking.get().day(moment)


def say_list(names: Sequence[str]) -> str:
    """Names as in a sentence of the language at hand: "a, b and c"."""
    return _speaking.get().listed(names)
