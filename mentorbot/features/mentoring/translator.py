"""Says the feature's texts in the language of the repository.

The English text is its own key; translations are gettext catalogues (`translations/de.po`) with the plural
forms of their language. Days, spans of time and lists are told by Babel.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Self

from babel.dates import format_date, format_timedelta
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from mentorbot.config.calendar import DEFAULT_CALENDAR, Calendar
from mentorbot.core.markdown import as_text
from mentorbot.domain.expertise import Reason
from mentorbot.feature_api.command_spelling import SHORT_PREFIX, command_prefix
from mentorbot.feature_api.ports import Ports
from mentorbot.features.mentoring.config import Mentoring

SOURCE = "en"
CATALOGUES = Path(__file__).parent / "translations"


def phrase(text: str) -> str:
    """The text itself; marks a text that is said elsewhere, so that it is found for translation."""
    return text


@dataclass(frozen=True, slots=True)
class Translator:
    """Texts in one language, dates on the repository's clock. Values have to be safe Markdown already."""

    language: str = SOURCE
    calendar: Calendar = DEFAULT_CALENDAR
    catalogues: Path = CATALOGUES
    slash: str = SHORT_PREFIX

    @classmethod
    def of(cls, config: Mentoring, ports: Ports) -> Self:
        return cls(config.language, ports.calendar, slash=command_prefix(ports.configuration))

    def __call__(self, text: str, /, **values: object) -> str:
        """The text in this language, with its values; `{slash}` is how commands start here."""
        return self._translations.gettext(text).format(slash=self.slash, **values)

    def plural(self, one: str, more: str, count: int, **values: object) -> str:
        """The text for one, or the one for `{count}`, in the form that the language has for this number."""
        return self._translations.ngettext(one, more, count).format(count=count, **values)

    def day(self, moment: datetime) -> str:
        """A day as people write it: "12 March 2026"."""
        return format_date(self.calendar.local(moment).date(), "long", locale=self._locale)

    def days_ago(self, days: int) -> str:
        """How long ago something was: "3 days ago"."""
        ago = timedelta(days=-days)
        return format_timedelta(
            ago, granularity="day", threshold=_NEVER_WEEKS, add_direction=True, locale=self._locale
        )

    def reason(self, reason: Reason) -> str:
        """Why somebody is proposed; what others wrote in it does nothing."""
        month = format_date(reason.latest.date(), "MMMM y", locale=self._locale) if reason.latest else ""
        return self(
            reason.why.value,
            pull_requests=self.plural("one pull request", "{count} pull requests", reason.count),
            count=reason.count,
            what=as_text(reason.what),
            month=month,
        )

    def listed(self, names: Sequence[str]) -> str:
        """Names as in a sentence: "a, b and c"."""
        return format_list(names, locale=self._locale)

    @property
    def _locale(self) -> str:
        return "en_GB" if self.language == SOURCE else self.language

    @property
    def _translations(self) -> NullTranslations:
        return _translations(self.language, self.catalogues)


_NEVER_WEEKS = float("inf")


@lru_cache(maxsize=8)
def _translations(language: str, catalogues: Path) -> NullTranslations:
    """The texts of a language; gettext wants them compiled."""
    if language == SOURCE:
        return NullTranslations()
    compiled = BytesIO()
    with (catalogues / f"{language}.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)
