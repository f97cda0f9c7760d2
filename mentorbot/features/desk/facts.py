"""What is asked once a week: what the projects of this desk would have said, where both sides agree to it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime

from mentorbot.config.desk import DeskSection
from mentorbot.core.markdown import code
from mentorbot.core.translator import say
from mentorbot.feature_api.feature import Case
from mentorbot.feature_api.ports import Ports, ToldOfShadow, WouldHaveSaid
from mentorbot.feature_api.records import Record
from mentorbot.features.desk.records import PostedReport


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekInShadow:
    """A project, and what it would have said; or why nothing is told of it.

    `last` is the last report on it, `public_url` where its pages are.
    """

    now: datetime
    week: str = ""
    told: ToldOfShadow | None = None
    last: Record[PostedReport] | None = None
    public_url: str = ""
    why_not: str = ""

    @property
    def since(self) -> datetime | None:
        """Since when is told: since the last report of this shadow, or since it began."""
        begin = self.told.since if self.told is not None else None
        return begin if begin is None or self.last is None else max(begin, self.last.value.until)

    @property
    def said(self) -> tuple[WouldHaveSaid, ...]:
        """What would have been said since then; what the last report told is left out."""
        told, until = self.told, self.last.value.until if self.last is not None else None
        said = told.said if told is not None else ()
        return tuple(one for one in said if one.at <= self.now and (until is None or one.at > until))


async def projects_in_shadow(config: DeskSection, ports: Ports) -> AsyncIterator[Case[WeekInShadow]]:
    """Each project that this desk is for; nothing of GitHub is asked."""
    for full_name in config.projects:
        if not ports.repository.private:
            why_not = say("a desk has to be a private repository: everybody can read this one")
            yield Case(None, WeekInShadow(now=ports.now, why_not=why_not))
            return
        yield Case(None, await _week_of(full_name, ports))


async def _week_of(full_name: str, ports: Ports) -> WeekInShadow:
    told = await ports.journal.would_have_said(full_name)
    if told is None:
        why_not = say("I don't work in {name}, or it has another owner", name=code(full_name))
        return WeekInShadow(now=ports.now, why_not=why_not)
    if not told.desk.is_at(ports.repository.full_name):
        why_not = say("{name} doesn't name this repository as its desk", name=code(full_name))
        return WeekInShadow(now=ports.now, why_not=why_not)
    return WeekInShadow(
        now=ports.now,
        week=f"{ports.calendar.local(ports.now):%G-W%V}",
        told=told,
        last=await ports.records.get(PostedReport, str(told.repository.id)),
        public_url=ports.public_url,
    )
