from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from mentorbot.core.events import CommandGiven
from mentorbot.core.people import Permission
from mentorbot.domain.timeline import ActKind
from mentorbot.domain.turns import Holder
from mentorbot.feature_api.authorization import Authorization
from mentorbot.features.stalled.coming import coming, next_reminder
from mentorbot.features.stalled.nudges.candidate import Candidate
from mentorbot.features.stalled.useful_commands import useful_commands
from tests.builders import NOW, a_person, a_pull_request, an_event, an_issue
from tests.domain.pasts import a_past, act, asks_for_changes
from tests.fakes import FakeJournal, FakeTimelines, some_ports
from tests.features.stalled.candidates import ADA, BOB, DAY, a_candidate, a_config, a_past_nudge

CONFIG = a_config(author={"after": "14 days"}, reviewers={"after": "7 business days"})


@pytest.mark.parametrize(
    ("candidate", "told"),
    [
        pytest.param(
            a_candidate(days=4),
            "If nothing happens here, I will remind you on 13 March 2026.",
            id="in ten days, on the next morning of a business day",
        ),
        pytest.param(
            a_candidate(Holder.REVIEWERS, days=0),
            "If nothing happens here, I will remind the reviewers on 12 March 2026.",
            id="the reviewers",
        ),
        pytest.param(
            a_candidate(days=20),
            "If nothing happens here, I will remind you on 3 March 2026.",
            id="due already: with the next morning",
        ),
        pytest.param(
            a_candidate(days=4, turn={"snoozed_until": NOW + 21 * DAY}),
            "If nothing happens here, I will remind you on 24 March 2026.",
            id="snoozed for longer",
        ),
        pytest.param(a_candidate(Holder.EXTERNAL), "", id="nobody's turn here"),
        pytest.param(a_candidate(is_draft=True), "", id="drafts are left alone"),
        pytest.param(a_candidate(author=None), "", id="an account that is gone"),
        pytest.param(a_candidate(days=4, is_disputed=True), "", id="people called a nudge wrong"),
        pytest.param(
            a_candidate(
                days=60,
                past_nudges=[
                    a_past_nudge(NOW - 60 * DAY, rung, NOW - (50 - rung) * DAY) for rung in (1, 2, 3)
                ],
            ),
            "",
            id="all was said",
        ),
    ],
)
def test_who_asks_why_is_told_of_the_next_reminder(candidate: Candidate, told: str) -> None:
    """`has_merged_here` or not, what is said is what the rule of the reminders will do then."""
    assert next_reminder(replace(candidate, has_merged_here=True), CONFIG, asked_by=ADA) == told


def test_somebody_else_is_told_of_the_author_without_a_name() -> None:
    candidate = a_candidate(days=4, has_merged_here=True)
    told = next_reminder(candidate, CONFIG, asked_by=BOB)
    assert told == "If nothing happens here, I will remind the author on 13 March 2026."


def asked(**more: Any) -> CommandGiven:
    return an_event(CommandGiven, thread=a_pull_request(number=7, **more), by=ADA)


@pytest.mark.parametrize(
    ("event", "muted_for", "count"),
    [
        pytest.param(asked(), None, 1, id="in an open pull request"),
        pytest.param(asked(), timedelta(days=1), 0, id="in one where silence is wanted"),
        pytest.param(asked(), timedelta(days=-1), 1, id="after a silence"),
        pytest.param(an_event(CommandGiven, thread=an_issue(number=7)), None, 0, id="in an issue"),
        pytest.param(
            an_event(CommandGiven, thread=a_pull_request(number=8)), None, 0, id="in one nobody knows"
        ),
    ],
)
async def test_what_is_coming_is_told(event: CommandGiven, muted_for: timedelta | None, count: int) -> None:
    timelines = FakeTimelines(seen={7: replace(a_past(asks_for_changes("bob")), number=7)})
    silences = {7: NOW + muted_for} if muted_for is not None else {}
    ports = some_ports(now=NOW + DAY, timelines=timelines, journal=FakeJournal(silences=silences))
    found = await coming(event, a_config(), replace(ports, now=NOW))
    assert len(found) == count


async def test_no_reminder_is_announced_where_a_label_says_that_it_is_junk() -> None:
    labelled = act(ActKind.LABELED, "olga", label="Spam")
    junk = replace(a_past(asks_for_changes("bob"), labelled), number=7)
    assert await coming(asked(), a_config(), some_ports(timelines=FakeTimelines(seen={7: junk}))) == ()


@pytest.mark.parametrize(
    ("event", "authorization", "first"),
    [
        pytest.param(asked(), Authorization(is_author=True), ("turn", "ready"), id="its author"),
        pytest.param(
            asked(), Authorization(permission=Permission.WRITE), ("turn", "waiting"), id="a maintainer"
        ),
        pytest.param(
            asked(state="closed"), Authorization(is_author=True), ("turn",), id="where it is closed"
        ),
        pytest.param(
            an_event(CommandGiven, thread=an_issue(), by=a_person("ada")), Authorization(), (), id="an issue"
        ),
    ],
)
async def test_help_shows_what_corrects_a_turn_to_who_knows_better(
    event: CommandGiven, authorization: Authorization, first: tuple[str, ...]
) -> None:
    assert tuple(await useful_commands(event, authorization, a_config(), some_ports()))[:2] == first
