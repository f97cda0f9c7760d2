"""What is coming in a pull request if nothing happens there: the next reminder, and whom it goes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from mentorbot.config.calendar import Calendar
from mentorbot.core.events import CommandGiven
from mentorbot.core.people import Person
from mentorbot.core.translator import say, translator
from mentorbot.domain.turns import Holder
from mentorbot.feature_api.ports import Ports
from mentorbot.features.stalled.config import Stalled
from mentorbot.features.stalled.nudges.candidate import Candidate
from mentorbot.features.stalled.nudges.facts import known_candidate
from mentorbot.features.stalled.nudges.rules import due_dates
from mentorbot.features.stalled.nudges.rules.nudge import rung_of
from mentorbot.features.stalled.turn.facts import RepositoryContext, turn_decision_of

SENT_AT = 6
"""The hour at which reminders are sent, by the schedule on the card."""


async def coming(event: CommandGiven, config: Stalled, ports: Ports) -> Sequence[str]:
    """The next reminder, from what we know already; nothing where none is due, or none would be said."""
    number = event.thread.number
    timeline = await ports.timelines.get(number) if event.thread.is_pull_request else None
    if timeline is None or not timeline.is_open:
        return ()
    if ports.configuration.ignore.label_among(timeline.labels) is not None:
        return ()
    muted_until = await ports.journal.muted_until(number)
    if muted_until is not None and muted_until > ports.now:
        return ()
    context = await (await RepositoryContext.about(number, config, ports)).with_learned()
    candidate = await known_candidate(await turn_decision_of(timeline, context), context)
    told = next_reminder(candidate, config, asked_by=event.by)
    if not told or await _is_author_out_of_reach(candidate, ports):
        return ()
    return (told,)


async def _is_author_out_of_reach(candidate: Candidate, ports: Ports) -> bool:
    """True where it is for the author to act, and they are away or want to be left alone."""
    if candidate.turn.holder is not Holder.AUTHOR or candidate.author is None:
        return False
    return candidate.author in await ports.github.away((candidate.author,))


def next_reminder(candidate: Candidate, config: Stalled, *, asked_by: Person) -> str:
    """When who is reminded next, said to who asks; empty where nobody will be."""
    patience, quiet = candidate.patience(config), candidate.quiet_period
    due = due_dates.next_due(patience, quiet) if patience is not None else None
    if due is None:
        return ""
    due = max(due, quiet.now, candidate.turn.snoozed_until or due)
    then = replace(candidate, quiet_period=replace(quiet, now=due))
    if not isinstance(rung_of(then, config), int):
        return ""  # something else keeps the bot quiet, however long it stays as it is
    day = translator().long_date(_morning_after(due, quiet.calendar))
    if candidate.turn.holder is Holder.REVIEWERS:
        return say("If nothing happens here, I will remind the reviewers on {day}.", day=day)
    if candidate.author is None or candidate.author.is_nameless:
        return ""
    if candidate.author == asked_by:
        return say("If nothing happens here, I will remind you on {day}.", day=day)
    return say("If nothing happens here, I will remind the author on {day}.", day=day)


def _morning_after(due: datetime, calendar: Calendar) -> date:
    """The day on which what is due at this moment is sent: the next morning of a business day."""
    local = calendar.local(due)
    if local.hour < SENT_AT and calendar.is_business_day(local.date()):
        return local.date()
    return calendar.next_business_day(local.date())
