"""What is asked once a week: what the projects of this desk would have said, where both sides agree to it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from mentorbot.config.desk import DeskSection
from mentorbot.core.markdown import code
from mentorbot.core.translator import say
from mentorbot.feature_api.feature import Case
from mentorbot.feature_api.ports import Ports, ToldOfShadow
from mentorbot.feature_api.records import Record
from mentorbot.features.desk.records import PostedReport

_A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekInShadow:
    """A project, and what it would have said since the last report; or why nothing is told of it.

    `last` is the last report on it, `public_url` where its pages are.
    """

    now: datetime
    week: str = ""
    told: ToldOfShadow | None = None
    since: datetime | None = None
    last: Record[PostedReport] | None = None
    public_url: str = ""
    why_not: str = ""


async def projects_in_shadow(config: DeskSection, ports: Ports) -> AsyncIterator[Case[WeekInShadow]]:
    """Each project that this desk is for; nothing of GitHub is asked."""
    for full_name in config.projects:
        if not ports.repository.private:
            why_not = say("a desk has to be a private repository: everybody can read this one")
            yield Case(None, WeekInShadow(now=ports.now, why_not=why_not))
            return
        yield Case(None, await _week_of(full_name, ports))


async def _week_of(full_name: str, ports: Ports) -> WeekInShadow:
    a_week_ago = ports.now - _A_WEEK
    told = await ports.journal.would_have_said(full_name, since=a_week_ago)
    if told is None:
        why_not = say("I don't work in {name}, or it has another owner", name=code(full_name))
        return WeekInShadow(now=ports.now, why_not=why_not)
    if not told.desk.is_at(ports.repository.full_name):
        why_not = say("{name} doesn't name this repository as its desk", name=code(full_name))
        return WeekInShadow(now=ports.now, why_not=why_not)
    last = await ports.records.get(PostedReport, str(told.repository.id))
    since = max(last.value.until, a_week_ago) if last is not None else a_week_ago
    if last is not None and last.value.until < a_week_ago:  # weeks in which nothing was said, or none ran
        since = last.value.until
        told = await ports.journal.would_have_said(full_name, since=since)
    return WeekInShadow(
        now=ports.now,
        week=f"{ports.calendar.local(ports.now):%G-W%V}",
        told=told,
        since=since,
        last=last,
        public_url=ports.public_url,
    )
