"""Says texts in a language: words by gettext catalogues, days, spans of time and lists by the CLDR (Babel).

The English text is its own key. Whoever has texts of their own keeps their catalogues (`de.po`) in a folder
of their own, with the plural forms of each language. What is only said in English is said by `ENGLISH`.

Babel is loaded where a day or a list is said first, or another language than English: English words and
their plurals go without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

SOURCE = "en"

_NEVER_WEEKS = float("inf")
_NEVER_THE_NEXT_UNIT = 1
_NOTHING_TRANSLATED = NullTranslations()


def phrase(text: str) -> str:
    """The text itself; marks a text that is said elsewhere, so that it is found for translation."""
    return text


@dataclass(frozen=True, slots=True)
class Translator:
    """Texts in one language, from the catalogues in a folder. Values have to be safe Markdown already."""

    language: str = SOURCE
    catalogues: Path | None = None

    def __call__(self, text: str, /, **values: object) -> str:
        """The text in this language, with its values."""
        return self._translations.gettext(text).format(**values)

    def plural(self, one: str, more: str, count: int, **values: object) -> str:
        """The text for one, or the one for `{count}`, in the form that the language has for this number."""
        return self._translations.ngettext(one, more, count).format(count=count, **values)

    def long_date(self, day: date) -> str:
        """A day as people write it: "12 March 2026"."""
        from babel.dates import format_date  # noqa: PLC0415 - see above

        return format_date(day, "long", locale=self._locale)

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

    def listed(self, names: Sequence[str]) -> str:
        """Names as in a sentence: "a, b and c"."""
        from babel.lists import format_list  # noqa: PLC0415 - see above

        return format_list(names, locale=self._locale)

    @property
    def _locale(self) -> str:
        return "en_GB" if self.language == SOURCE else self.language

    @property
    def _translations(self) -> NullTranslations:
        if self.language == SOURCE or self.catalogues is None:
            return _NOTHING_TRANSLATED
        return _translations(self.language, self.catalogues)


ENGLISH = Translator()
english_plural = ENGLISH.plural
"""For what is said in English only, to operators and in the journal; no translator looks for this name."""


@lru_cache(maxsize=64)
def _translations(language: str, catalogues: Path) -> NullTranslations:
    """The texts of a language; gettext wants them compiled."""
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - see above
    from babel.messages.pofile import read_po  # noqa: PLC0415 - see above

    compiled = BytesIO()
    with (catalogues / f"{language}.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)
