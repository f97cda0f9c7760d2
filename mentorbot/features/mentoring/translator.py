"""Says mentoring's texts in the language of the repository."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from mentorbot.config.calendar import DEFAULT_CALENDAR, Calendar
from mentorbot.core.markdown import as_text
from mentorbot.core.translator import Translator
from mentorbot.domain.expertise import Reason
from mentorbot.feature_api.ports import Ports
from mentorbot.feature_api.translation import translator_for


@dataclass(frozen=True, slots=True)
class MentoringTranslator(Translator):
    """Mentoring's texts."""

    calendar: Calendar = DEFAULT_CALENDAR

    @classmethod
    def of(cls, ports: Ports) -> Self:
        found = translator_for(ports.configuration)
        return cls(found.language, zone=found.zone, slash=found.slash, calendar=ports.calendar)

    def __call__(self, text: str, /, **values: object) -> str:
        return self.say(text, **values)

    def reason(self, reason: Reason) -> str:
        """Why somebody is proposed; what others wrote in it does nothing."""
        return self(
            reason.why.value,
            pull_requests=self.plural("one pull request", "{count} pull requests", reason.count),
            count=reason.count,
            what=as_text(reason.what),
            month=self.month(reason.latest.date()) if reason.latest else "",
        )
