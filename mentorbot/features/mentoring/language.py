"""Says the feature's texts in the language of the repository.

The English text is its own key; translations are gettext catalogues (`translations/de.po`), read by Babel.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from importlib import resources

from babel.dates import format_date
from babel.messages.pofile import read_po

from mentorbot.config.calendar import DEFAULT_CALENDAR, Calendar
from mentorbot.core.markdown import as_text
from mentorbot.domain.expertise import Reason

SOURCE = "en"


def phrase(text: str) -> str:
    """The text itself; marks a text that is said elsewhere, so that it is found for translation."""
    return text


@dataclass(frozen=True, slots=True)
class Words:
    """Texts in one language, dates on the repository's clock. Values have to be safe Markdown already."""

    language: str = SOURCE
    calendar: Calendar = DEFAULT_CALENDAR

    def __call__(self, text: str, /, **values: object) -> str:
        """The text in this language, with its `{values}`."""
        return catalogue(self.language).get(text, text).format(**values)

    def many(self, one: str, more: str, count: int) -> str:
        """The text for one, or the one for `{count}`."""
        return self(one if count == 1 else more, count=count)

    def day(self, moment: datetime) -> str:
        """A day as people write it: "12 March 2026"."""
        locale = "en_GB" if self.language == SOURCE else self.language
        return str(format_date(self.calendar.local(moment).date(), "long", locale=locale))

    def reason(self, reason: Reason) -> str:
        """Why somebody is proposed; what others wrote in it does nothing."""
        pull_requests = self.many("one pull request", "{count} pull requests", reason.count)
        month = (
            format_date(reason.latest.date(), "MMMM y", locale=self.language)
            if reason.latest is not None
            else ""
        )
        return self(
            reason.why.value,
            pull_requests=pull_requests,
            count=reason.count,
            what=as_text(reason.what),
            month=month,
        )

    def listed(self, names: list[str]) -> str:
        """Names as in a sentence: "a, b and c"."""
        if len(names) < 2:  # noqa: PLR2004 - one needs no "and"
            return "".join(names)
        return self(phrase("{some} and {last}"), some=", ".join(names[:-1]), last=names[-1])


@lru_cache(maxsize=8)
def catalogue(language: str) -> dict[str, str]:
    """The texts of a language, by their English; empty for English."""
    if language == SOURCE:
        return {}
    file = resources.files(__package__) / "translations" / f"{language}.po"
    with file.open("rb") as opened:
        read = read_po(opened, locale=language)
    found: dict[str, str] = {}
    for message in read:
        ids = message.id if isinstance(message.id, list | tuple) else (message.id,)
        strings = message.string if isinstance(message.string, list | tuple) else (message.string,)
        found |= {str(id_): str(string) for id_, string in zip(ids, strings, strict=False) if id_ and string}
    return found
