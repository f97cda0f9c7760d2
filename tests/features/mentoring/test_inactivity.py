"""What is due where somebody is silent, and what counts as a sign of life."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from mentorbot.config.calendar import DEFAULT_CALENDAR
from mentorbot.core.events import Commented, ReviewSubmitted
from mentorbot.core.people import Person
from mentorbot.features.mentoring.config import Mentoring
from mentorbot.features.mentoring.inactivity.facts import (
    LastActivity,
    SignOfLife,
    sign_of_life,
    words_to_mentees,
)
from mentorbot.features.mentoring.inactivity.rules import (
    Side,
    due_reminder,
    remember_activity,
    remember_words,
)
from mentorbot.features.mentoring.pairs.pair import MentoringPair
from mentorbot.features.mentoring.pairs.state_machine import PairState
from tests.builders import NOW, a_comment, a_person, a_pull_request, a_review, an_event, an_issue
from tests.fakes import FakePeople, FakeRecords, some_ports

DAY = timedelta(days=1)
ADA = a_person("ada")


def a_pair(*, since: datetime) -> MentoringPair:
    return MentoringPair(
        mentee=ADA, mentor=a_person("grace"), area="docs", state=PairState.ACTIVE, since=since
    )


@pytest.mark.parametrize(
    ("mentor", "mentee", "side", "nth"),
    [
        pytest.param(6, 1, None, 0, id="a mentor of six days ago"),
        pytest.param(7, 1, Side.MENTOR, 1, id="seven"),
        pytest.param(15, 1, Side.MENTOR, 2, id="fifteen: the missed rung is left out"),
        pytest.param(21, 1, Side.MENTOR, 3, id="twenty-one"),
        pytest.param(28, 1, Side.MENTOR, 0, id="relieved"),
        pytest.param(1, 13, None, 0, id="a mentee of thirteen days ago"),
        pytest.param(1, 14, Side.MENTEE, 1, id="fourteen"),
        pytest.param(28, 14, Side.MENTEE, 1, id="both silent: only the mentee is asked"),
        pytest.param(1, 42, Side.MENTEE, 0, id="rests"),
    ],
)
def test_what_is_due(mentor: int, mentee: int, side: Side | None, nth: int) -> None:
    pair = a_pair(since=NOW - 60 * DAY)
    acts = LastActivity(mentor=NOW - mentor * DAY, mentee=NOW - mentee * DAY)
    found = due_reminder(pair, acts, Mentoring(), now=NOW, calendar=DEFAULT_CALENDAR)
    if side is None:
        assert found is None
        return
    assert found is not None
    assert (found.side, found.nth) == (side, nth)
    if nth:
        asked = pair.with_reminder(found.name, NOW)
        assert due_reminder(asked, acts, Mentoring(), now=NOW, calendar=DEFAULT_CALENDAR) is None, "each once"


def test_a_mentor_who_said_they_are_away_is_not_silent() -> None:
    acts = LastActivity(mentor=NOW - 30 * DAY, mentee=NOW, away_until=NOW + DAY)
    assert (
        due_reminder(a_pair(since=NOW - 30 * DAY), acts, Mentoring(), now=NOW, calendar=DEFAULT_CALENDAR)
        is None
    )


def test_a_pair_that_never_began_has_no_silence() -> None:
    with pytest.raises(ValueError, match="never begun"):
        due_reminder(
            MentoringPair(mentee=a_person("ada"), area=""),
            LastActivity(),
            Mentoring(),
            now=NOW,
            calendar=DEFAULT_CALENDAR,
        )


@pytest.mark.parametrize(
    ("takes_part", "seen_at", "because"),
    [
        pytest.param(
            False, None, "nobody in the mentoring programme, or seen by others already", id="a stranger"
        ),
        pytest.param(True, NOW - timedelta(minutes=59), "seen within the hour already", id="just seen"),
        pytest.param(True, NOW - timedelta(hours=1), "@ada was seen", id="seen long ago"),
        pytest.param(True, None, "@ada was seen", id="never seen"),
    ],
)
def test_who_is_remembered_as_seen(*, takes_part: bool, seen_at: datetime | None, because: str) -> None:
    sign = SignOfLife(by=ADA, at=NOW, takes_part=takes_part, seen_at=seen_at)
    plan = remember_activity(sign, Mentoring())
    assert (plan.because, plan.concerns) == (because, False)


@pytest.mark.parametrize(
    ("kept", "by", "author", "takes_part"),
    [
        pytest.param((), ADA, "ada", False, id="a stranger"),
        pytest.param((("pair", "{}/docs"),), ADA, "ada", True, id="a mentee"),
        pytest.param((("last asked", "{}"),), ADA, "ada", True, id="somebody who was asked to mentor"),
        pytest.param((("last asked", "{}"), ("seen", "{}")), ADA, "ada", True, id="seen before"),
        pytest.param((("pair", "{}/docs"),), ADA, "bob", False, id="in another one's thread"),
        pytest.param((("pair", "{}/docs"),), a_person("ada", is_bot=True), "ada", False, id="a bot"),
    ],
)
async def test_signs_of_life(
    kept: tuple[tuple[str, str], ...], by: Person, author: str, *, takes_part: bool
) -> None:
    records = FakeRecords()
    for kind, key in kept:
        records.put(kind, key.format(ADA.id), {"login": "ada", "at": NOW.isoformat()})
    event = an_event(Commented, by=by, thread=an_issue(number=1, author=author), at=NOW)
    found = await sign_of_life(event, Mentoring(), some_ports(records=records))
    assert found.takes_part is takes_part
    assert (found.seen_at == NOW) == (("seen", "{}") in kept)


@pytest.mark.parametrize(
    ("by", "author", "text", "spoken_to"),
    [
        pytest.param("grace", "ada", "Hello! Shall we start?", ("ada",), id="in the mentee's thread"),
        pytest.param("grace", "ada", "/mentor accept", (), id="only a command"),
        pytest.param("grace", "ada", "> Hello\n\n/mentor accept\n", (), id="a command below a quote"),
        pytest.param("grace", "ada", "/mentor accept\n\nWelcome!", ("ada",), id="words beside a command"),
        pytest.param("grace", "bob", "Look here.", (), id="in somebody else's thread"),
        pytest.param("grace", "bob", "@ada, look here.", ("ada",), id="by name in somebody else's thread"),
        pytest.param("grace", "bob", "@nobody, look here.", (), id="by an unknown name"),
        pytest.param("hedy", "ada", "Hello!", (), id="somebody else than the mentor"),
        pytest.param("ada", "ada", "@ada talks to herself", (), id="the mentee"),
        pytest.param("robot", "ada", "Hello!", (), id="a bot"),
        pytest.param("grace", "", "Hello!", (), id="a thread without an author"),
    ],
)
async def test_a_mentor_said_hello_when_they_wrote_to_the_mentee(
    by: str, author: str, text: str, spoken_to: tuple[str, ...]
) -> None:
    records = FakeRecords()
    bond = {"mentor": a_person("grace").id, "login": "grace", "is_listed": True}
    records.put("bond", f"{ADA.id}/docs", bond)
    people = FakePeople(met={login: a_person(login) for login in ("ada", "bob", "grace")})
    event = an_event(
        Commented,
        by=a_person(by, is_bot=by == "robot"),
        thread=replace(an_issue(number=1), author=a_person(author) if author else None),
        comment=a_comment(body=text),
        at=NOW,
    )
    found = await words_to_mentees(event, Mentoring(), some_ports(records=records, people=people))
    assert tuple(one.login for one in found.mentees) == spoken_to
    plan = remember_words(found, Mentoring())
    assert len(plan.actions) == len(spoken_to)
    assert not plan.concerns


async def test_a_review_without_words_is_a_word_to_the_mentee() -> None:
    records = FakeRecords()
    records.put("bond", f"{ADA.id}/", {"mentor": a_person("grace").id, "login": "grace", "is_listed": True})
    event = an_event(
        ReviewSubmitted,
        by=a_person("grace"),
        thread=a_pull_request(number=7, author="ada"),
        review=a_review(body=""),
        at=NOW,
    )
    found = await words_to_mentees(event, Mentoring(), some_ports(records=records))
    assert found.mentees == (ADA,)
