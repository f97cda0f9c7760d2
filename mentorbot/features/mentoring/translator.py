"""Says mentoring's texts in the language of the repository; `translations/de.po` has the German ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

from mentorbot.config.calendar import DEFAULT_CALENDAR, Calendar
from mentorbot.core.markdown import as_text
from mentorbot.core.translator import Translator
from mentorbot.domain.expertise import Reason
from mentorbot.feature_api.command_spelling import SHORT_PREFIX, command_prefix
from mentorbot.feature_api.ports import Ports
from mentorbot.features.mentoring.config import Mentoring

CATALOGUES = Path(__file__).parent / "translations"


@dataclass(frozen=True, slots=True)
class MentoringTranslator(Translator):
    """Mentoring's texts; days are those on the repository's clock, `{slash}` is how commands start there."""

    catalogues: Path | None = CATALOGUES
    calendar: Calendar = DEFAULT_CALENDAR
    slash: str = SHORT_PREFIX

    @classmethod
    def of(cls, config: Mentoring, ports: Ports) -> Self:
        return cls(config.language, calendar=ports.calendar, slash=command_prefix(ports.configuration))

    def __call__(self, text: str, /, **values: object) -> str:
        # Named, as a slotted dataclass is made anew and knows no `super()` of its own.
        return Translator.__call__(self, text, slash=self.slash, **values)

    def day(self, moment: datetime) -> str:
        """A day as people write it: "12 March 2026"."""
        return self.long_date(self.calendar.local(moment).date())

    def reason(self, reason: Reason) -> str:
        """Why somebody is proposed; what others wrote in it does nothing."""
        return self(
            reason.why.value,
            pull_requests=self.plural("one pull request", "{count} pull requests", reason.count),
            count=reason.count,
            what=as_text(reason.what),
            month=self.month(reason.latest.date()) if reason.latest else "",
        )
