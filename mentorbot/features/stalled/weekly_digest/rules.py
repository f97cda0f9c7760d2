"""When the weekly digest is opened, renewed and closed, and when it is left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from mentorbot.core.actions import CloseIssue, EditIssue, Forget, OpenIssue
from mentorbot.core.plan import Plan, leave_alone, no_concern_of_ours, plan
from mentorbot.core.translator import say, say_day, say_plural
from mentorbot.feature_api.records import remember
from mentorbot.features.stalled.config import Stalled
from mentorbot.features.stalled.records import DigestIssue
from mentorbot.features.stalled.weekly_digest import messages
from mentorbot.features.stalled.weekly_digest.facts import ClosedList, WeeklyDigest

LEFT_ALONE = timedelta(weeks=4)
"""For how long there is no new list after a person has closed one."""


def renew(found: WeeklyDigest, _config: Stalled) -> Plan:
    """One list a repository: opened when something waits, renewed every week, closed when nothing does."""
    known = found.record.value if found.record is not None else None
    week = f"{found.calendar.local(found.now):%Y-%m-%d}"
    is_open = known is not None and known.until is None
    rests = found.resting > 0 and is_open  # nothing is opened for that, nor said to be done
    if not (found.waiting or found.given_up or rests) and found.author_nudges.stopped_at is None:
        return _nothing_waits(known, week)
    if known is not None and known.until is not None and known.until > found.now:
        return leave_alone(
            say("Somebody closed the list; I open none before {day}", day=say_day(known.until))
        )
    body, counted = messages.text(found), _counted(found)
    about = [id_ for candidate in (*found.waiting, *found.given_up) for id_ in candidate.told]
    if known is None or known.until is not None:
        key = f"list of {week}"
        return plan(
            OpenIssue(key=key, title=say(messages.TITLE), body=body),
            remember(DigestIssue(key), key=DigestIssue.KEY),
            because=counted,
            about=about,
        )
    edit = EditIssue(
        key=f"{known.issue}/as of {week}", issue=known.issue, title=say(messages.TITLE), body=body
    )
    return plan(edit, because=counted, about=about)


def _nothing_waits(known: DigestIssue | None, week: str) -> Plan:
    if known is None:
        return leave_alone(say("Nothing has been waiting too long for a review"))
    forget = Forget(kind=DigestIssue.KIND, key=DigestIssue.KEY)
    if known.until is not None:
        return plan(forget, because=say("Nothing waits any more, since somebody closed the list"))
    return plan(
        CloseIssue(key=f"{known.issue}/empty on {week}", issue=known.issue, body=say(messages.EMPTY)),
        forget,
        because=say("Nothing on the list waits any more"),
    )


def respect_closing(found: ClosedList, _config: Stalled) -> Plan:
    """Who closes the list doesn't want it now: there is no new one for four weeks."""
    if found.record is None:
        return no_concern_of_ours(say("It is not the list of what waits"))
    closed = replace(found.record.value, until=found.now + LEFT_ALONE)
    return plan(
        remember(closed, key=DigestIssue.KEY, expected=found.record.version),
        because=say("Somebody closed the list, so I open none for four weeks"),
    )


def _counted(found: WeeklyDigest) -> str:
    if not found.waiting and found.author_nudges.stopped_at is not None:
        return say("I remind no author here, which maintainers are to know")
    return say_plural(
        "{count} pull request waits for reviewers",
        "{count} pull requests wait for reviewers",
        len(found.waiting),
    )
