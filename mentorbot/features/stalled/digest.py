"""One issue that lists what has waited for reviewers for too long: renewed weekly, closed once empty."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from mentorbot.config.calendar import Calendar
from mentorbot.core.actions import CloseIssue, EditIssue, Forget, OpenIssue, Remember
from mentorbot.core.events import IssueClosed
from mentorbot.core.markdown import as_text, table
from mentorbot.core.plan import Plan, leave_alone, no_concern_of_ours, plan
from mentorbot.domain.turns import Holder
from mentorbot.feature_api.feature import Case
from mentorbot.feature_api.ports import Ports
from mentorbot.feature_api.records import StoredRecord
from mentorbot.features.stalled import ladder, memory
from mentorbot.features.stalled.config import Stalled
from mentorbot.features.stalled.looking import Circumstances, quiet_one
from mentorbot.features.stalled.messages import day, listed
from mentorbot.features.stalled.quiet import Quiet
from mentorbot.features.stalled.rules import is_ignored

TITLE = "Pull requests that wait for a review"
LEFT_ALONE = timedelta(weeks=4)
"""For how long there is no new list after a person has closed one."""

_RECORD = ("digest", "issue")
_MOST_LINES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Weekly:
    """What waits for reviewers longer than it should, the longest first, and the issue that says so."""

    now: datetime
    calendar: Calendar
    waiting: tuple[Quiet, ...]
    given_up: tuple[Quiet, ...]
    record: StoredRecord | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedList:
    """An issue that was closed; `record` is set where a person closed our list."""

    now: datetime
    record: StoredRecord | None


async def weekly(config: Stalled, ports: Ports) -> AsyncIterator[Case[Weekly]]:
    """All open pull requests that belong on the list; nothing is asked of GitHub."""
    if not config.digest:
        return
    here = Circumstances.of(config, ports, await memory.everything(ports.records))
    waiting, given_up = [], []
    async for timeline in ports.timelines.open():
        quiet = await quiet_one(timeline, here)
        if is_ignored(quiet, config) or quiet.turn.snoozed_until is not None:
            continue
        if quiet.turn.holder is Holder.REVIEWERS and _is_late(quiet, config):
            waiting.append(quiet)
        if any(note.rung == ladder.LAST_ASK for note in quiet.silence.notes):
            given_up.append(quiet)
    yield Case(
        None,
        Weekly(
            now=ports.now,
            calendar=ports.calendar,
            waiting=tuple(sorted(waiting, key=_longest_first)),
            given_up=tuple(sorted(given_up, key=_longest_first)),
            record=await ports.records.get(*_RECORD),
        ),
    )


def renew(found: Weekly, _config: Stalled) -> Plan:
    """One list a repository: opened when something waits, renewed every week, closed when nothing does."""
    record, week = found.record, f"{found.calendar.local(found.now):%Y-%m-%d}"
    issue = str(record.value["issue"]) if record is not None else ""
    if not found.waiting and not found.given_up:
        return _nothing_waits(record, issue, week)
    if record is not None and record.value.get("until"):
        until = datetime.fromisoformat(record.value["until"])
        if until > found.now:
            return leave_alone(f"Somebody closed the list; there is none before {_day(until, found)}")
        record = None
    body, counted = text(found), _counted(found)
    about = [id_ for quiet in (*found.waiting, *found.given_up) for id_ in quiet.told]
    if record is None:
        key = f"list of {week}"
        kept = Remember(kind=_RECORD[0], key=_RECORD[1], value={"issue": key})
        return plan(OpenIssue(key=key, title=TITLE, body=body), kept, because=counted, about=about)
    edit = EditIssue(key=f"{issue}/as of {week}", issue=issue, title=TITLE, body=body)
    return plan(edit, because=counted, about=about)


def _nothing_waits(record: StoredRecord | None, issue: str, week: str) -> Plan:
    if record is None:
        return leave_alone("Nothing waits for reviewers for longer than it should")
    forget = Forget(kind=_RECORD[0], key=_RECORD[1])
    if record.value.get("until"):
        return plan(forget, because="Nothing waits any more, since somebody closed the list")
    return plan(
        CloseIssue(key=f"{issue}/empty on {week}", issue=issue, body=EMPTY),
        forget,
        because="Nothing on the list waits any more",
    )


async def closed_list(event: IssueClosed, _config: Stalled, ports: Ports) -> ClosedList:
    """Whether a person closed the list."""
    is_ours = event.thread.author == ports.bot and event.thread.title == TITLE and event.by != ports.bot
    return ClosedList(now=ports.now, record=await ports.records.get(*_RECORD) if is_ours else None)


def let_go(found: ClosedList, _config: Stalled) -> Plan:
    """Who closes the list doesn't want it now: there is no new one for four weeks."""
    if found.record is None:
        return no_concern_of_ours("It is not the list of what waits")
    until = found.now + LEFT_ALONE
    value = {**found.record.value, "until": until.isoformat()}
    return plan(
        Remember(kind=_RECORD[0], key=_RECORD[1], value=value, expected=found.record.version),
        because="Somebody closed the list: I leave them in peace for four weeks",
    )


EMPTY = (
    "Nothing waits for a review for longer than it should any more. Thank you! I open a new list when needed."
)
_ABOUT = (
    "These pull requests have been waiting for reviewers for longer than this project would like. Nobody is "
    "mentioned here, nothing gets closed, and any look helps, even a short one. I renew this list every "
    "Monday. If you don't want it, close it: then there is none for four weeks, or for good with "
    "`stalled: {digest: false}` in `.github/mentorbot.yml`."
)
_ABOUT_GIVEN_UP = "The authors of these may be glad if somebody carried them on (they were asked, and know):"


def text(found: Weekly) -> str:
    """The list, as Markdown."""
    parts = [_ABOUT]
    if found.waiting:
        rows = [
            (_link(quiet), _for_whom(quiet), _day(quiet.turn.since, found), _what(quiet))
            for quiet in found.waiting[:_MOST_LINES]
        ]
        parts.append(table(("Pull request", "Waits for", "Since", "Because"), rows))
    if len(found.waiting) > _MOST_LINES:
        parts.append(f"… and {len(found.waiting) - _MOST_LINES} more that have waited for a shorter time.")
    if found.given_up:
        lines = (f"- {_link(quiet)}" for quiet in found.given_up[:_MOST_LINES])
        parts.append(_ABOUT_GIVEN_UP + "\n\n" + "\n".join(lines))
    return "\n\n".join(parts)


def _link(quiet: Quiet) -> str:
    return f"[#{quiet.number}]({quiet.url}) {as_text(quiet.title, limit=80)}"


def _for_whom(quiet: Quiet) -> str:
    names = [person.login for person in quiet.turn.reviewers] + [f"team {team}" for team in quiet.turn.teams]
    return listed([as_text(name) for name in names]) if names else "anybody"


def _what(quiet: Quiet) -> str:
    return as_text(quiet.turn.because, limit=160)


def _day(moment: datetime, found: Weekly) -> str:
    return day(moment, found.now, found.calendar)


def _counted(found: Weekly) -> str:
    number = len(found.waiting)
    return f"{number} pull request{'' if number == 1 else 's'} wait{'s' if number == 1 else ''} for reviewers"


def _is_late(quiet: Quiet, config: Stalled) -> bool:
    silence = quiet.silence
    return ladder.due_at(1, config.reviewers, silence.since, silence.calendar) <= silence.now


def _longest_first(quiet: Quiet) -> tuple[datetime, int]:
    return quiet.silence.since, quiet.number
