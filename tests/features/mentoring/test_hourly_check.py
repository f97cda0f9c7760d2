"""What the clock brings a pair: who is asked, reminded, relieved or told, and when nothing is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mentorbot.config.durations import Duration
from mentorbot.core.actions import Comment
from mentorbot.core.journal import JournalEntry, Outcome
from mentorbot.core.people import Person
from mentorbot.domain.expertise import Expertise
from mentorbot.features.mentoring.config import Mentoring
from mentorbot.features.mentoring.hourly_check.facts import PairCheck, comment_key, was_held_back
from mentorbot.features.mentoring.hourly_check.rules import look_after
from mentorbot.features.mentoring.inactivity.facts import LastActivity
from mentorbot.features.mentoring.matching.candidates import find_mentor
from mentorbot.features.mentoring.matching.facts import MatchingFacts
from mentorbot.features.mentoring.pairs.pair import MentoringPair
from mentorbot.features.mentoring.pairs.state_machine import PairState
from mentorbot.features.mentoring.roster.roster import Roster, Seats
from mentorbot.features.mentoring.roster.rules import remember_listed
from tests.builders import NOW, a_person

DAY = timedelta(days=1)
ADA, GRACE, OLGA = a_person("ada"), a_person("grace"), a_person("olga")
A_SATURDAY = NOW + 5 * DAY
MENTORS = {GRACE.id: Seats(person=GRACE)}
HEARD_OF = LastActivity(mentor=NOW - DAY, mentee=NOW - DAY)


def a_pair(
    state: PairState, *, since: datetime = NOW - 60 * DAY, mentor: Person | None = GRACE
) -> MentoringPair:
    return MentoringPair(
        mentee=ADA, mentor=mentor, area="", state=state, since=since, asked_at=since, thread=1, version=3
    )


def a_check(
    pair: MentoringPair,
    *,
    now: datetime = NOW,
    activity: LastActivity = HEARD_OF,
    listed: bool = True,
    held_back: bool = False,
) -> PairCheck:
    roster = Roster(pairs=(pair,), mentors=MENTORS if listed else {OLGA.id: Seats(person=OLGA)})
    return PairCheck(
        pair=pair,
        now=now,
        roster=roster,
        activity=activity,
        maintainers=(OLGA,),
        held_back=held_back,
    )


ACTIVE, PAUSED, WAITING = (
    a_pair(PairState.ACTIVE),
    a_pair(PairState.PAUSED),
    a_pair(PairState.ASKED, mentor=None),
)
SILENT = "@{} has done nothing here since {}: I ask how it goes"
WAITS = "@ada waits for a mentor, and nobody can be asked at the moment"
ASKED_FOR_HELP = "@ada has waited for a mentor for {} days: maintainers are asked for help"


@pytest.mark.parametrize(
    ("check", "because", "mentions"),
    [
        pytest.param(a_check(ACTIVE), "I have heard of both, or have asked already", None, id="all is well"),
        pytest.param(
            a_check(ACTIVE, listed=False), "the mentor is no longer one here", (ADA,), id="the mentor left"
        ),
        pytest.param(
            a_check(PAUSED, listed=False), "the mentor is no longer one here", (ADA,), id="left in a break"
        ),
        pytest.param(
            a_check(a_pair(PairState.OFFERED), listed=False),
            "the mentor is no longer one here",
            None,
            id="left while they decide",
        ),
        pytest.param(
            a_check(a_pair(PairState.OFFERED, mentor=None)),
            "the mentor is no longer one here",
            None,
            id="forgotten while they decide",
        ),
        pytest.param(
            a_check(replace(WAITING, asked_at=NOW - 6 * DAY)),
            WAITS,
            None,
            id="waits for some days",
        ),
        pytest.param(
            a_check(replace(WAITING, asked_at=NOW - 8 * DAY)),
            ASKED_FOR_HELP.format(8),
            (OLGA,),
            id="waits for long",
        ),
        pytest.param(
            a_check(replace(WAITING, area="docs", asked_at=NOW - 8 * DAY)),
            ASKED_FOR_HELP.format(8),
            (OLGA,),
            id="waits for long, for an area",
        ),
        pytest.param(
            a_check(replace(WAITING, told_at=NOW - DAY)),
            WAITS,
            None,
            id="maintainers were told",
        ),
        pytest.param(
            a_check(replace(WAITING, told_at=NOW - DAY), held_back=True),
            ASKED_FOR_HELP.format(60),
            (OLGA,),
            id="maintainers were told, but that was held back",
        ),
        pytest.param(
            a_check(WAITING, now=A_SATURDAY),
            WAITS,
            None,
            id="nobody is told on a day off",
        ),
        pytest.param(
            a_check(a_pair(PairState.OFFERED, since=NOW - DAY)),
            "somebody is still deciding",
            None,
            id="the mentor decides",
        ),
        pytest.param(
            a_check(a_pair(PairState.OFFERED)),
            "nobody answered in time",
            None,
            id="the mentor decides for too long",
        ),
        pytest.param(
            a_check(a_pair(PairState.OFFERED_BACK)),
            "nobody answered in time",
            None,
            id="the mentee decides for too long",
        ),
        pytest.param(
            a_check(replace(PAUSED, until=NOW + DAY)),
            "they take a break until 3 March 2026",
            None,
            id="a break",
        ),
        pytest.param(a_check(replace(PAUSED, until=NOW)), "the break is over", None, id="a break is over"),
        pytest.param(a_check(PAUSED), "@ada is back", None, id="back from a rest"),
        pytest.param(
            a_check(PAUSED, activity=LastActivity()),
            "nothing is asked of the two until @ada is back",
            None,
            id="a rest",
        ),
        pytest.param(
            a_check(PAUSED, activity=LastActivity(mentee=NOW - 91 * DAY)),
            "@ada did not come back",
            (),
            id="a rest for too long",
        ),
        pytest.param(
            a_check(ACTIVE, activity=LastActivity(mentor=NOW, mentee=NOW - 14 * DAY)),
            SILENT.format("ada", "16 February 2026"),
            (ADA, GRACE),
            id="a silent mentee",
        ),
        pytest.param(
            a_check(ACTIVE, activity=LastActivity(mentor=NOW, mentee=NOW - 43 * DAY)),
            "@ada has done nothing here since 18 January 2026",
            (ADA, GRACE),
            id="a mentee who is silent for long",
        ),
        pytest.param(
            a_check(ACTIVE, activity=LastActivity(mentor=NOW - 7 * DAY, mentee=NOW)),
            SILENT.format("grace", "23 February 2026"),
            (GRACE,),
            id="a silent mentor",
        ),
        pytest.param(
            a_check(
                ACTIVE.with_reminder("mentor silent since 2026-02-23/rung 1", NOW),
                activity=LastActivity(mentor=NOW - 7 * DAY, mentee=NOW),
            ),
            "I have heard of both, or have asked already",
            None,
            id="a mentor who was reminded",
        ),
        pytest.param(
            a_check(
                ACTIVE.with_reminder("mentor silent since 2026-02-23/rung 1", NOW),
                activity=LastActivity(mentor=NOW - 7 * DAY, mentee=NOW),
                held_back=True,
            ),
            SILENT.format("grace", "23 February 2026"),
            (GRACE,),
            id="a mentor whose reminder was held back",
        ),
        pytest.param(
            a_check(ACTIVE, activity=LastActivity(mentor=NOW - 14 * DAY, mentee=NOW)),
            SILENT.format("grace", "16 February 2026"),
            (GRACE,),
            id="a mentor who is silent for a second week",
        ),
        pytest.param(
            a_check(ACTIVE, activity=LastActivity(mentor=NOW - 28 * DAY, mentee=NOW)),
            "the mentor has done nothing here since 2 February 2026",
            (ADA,),
            id="a mentor who is silent for long",
        ),
        pytest.param(
            a_check(ACTIVE, now=A_SATURDAY, activity=LastActivity(mentor=NOW - 28 * DAY, mentee=NOW)),
            "something is due, but not on a day off",
            None,
            id="nobody is asked on a day off",
        ),
    ],
)
def test_what_is_due_for_a_pair(check: PairCheck, because: str, mentions: tuple[Person, ...] | None) -> None:
    plan = look_after(check, Mentoring())
    assert plan.because == because
    comments = [one for one in plan.actions if isinstance(one, Comment)]
    assert [one.mentions for one in comments] == ([] if mentions is None else [mentions])


def test_a_mentor_is_reminded_on_their_own_business_days() -> None:
    sunday_evening = datetime(2026, 3, 8, 20, tzinfo=UTC)  # Monday morning in Sydney
    friday_evening = datetime(2026, 3, 6, 20, tzinfo=UTC)  # Saturday morning in Sydney
    in_sydney = {GRACE.id: Seats(person=GRACE, timezone="Australia/Sydney")}
    for now, is_asked in ((friday_evening, False), (sunday_evening, True)):
        silent = LastActivity(mentor=now - 8 * DAY, mentee=now)
        check = a_check(ACTIVE, now=now, activity=silent)
        check = replace(check, roster=replace(check.roster, mentors=in_sydney))
        plan = look_after(check, Mentoring())
        assert any(isinstance(one, Comment) for one in plan.actions) is is_asked, now


def test_days_for_an_answer_are_the_mentors_own_business_days() -> None:
    in_sydney = {GRACE.id: Seats(person=GRACE, timezone="Australia/Sydney")}
    asked_at = datetime(2026, 3, 5, 20, tzinfo=UTC)  # Friday morning in Sydney, Thursday elsewhere
    now = datetime(2026, 3, 10, 20, 30, tzinfo=UTC)  # three business days later by UTC, not yet in Sydney
    check = a_check(a_pair(PairState.OFFERED, since=asked_at), now=now)
    assert look_after(check, Mentoring()).because == "nobody answered in time"
    check = replace(check, roster=replace(check.roster, mentors=in_sydney))
    assert look_after(check, Mentoring()).because == "nobody answered in time"
    earlier = replace(check, now=datetime(2026, 3, 10, 19, 30, tzinfo=UTC))
    assert look_after(earlier, Mentoring()).because == "somebody is still deciding"


def test_a_silent_mentee_is_told_until_when_their_mentor_is_kept() -> None:
    plan = look_after(a_check(ACTIVE, activity=LastActivity(mentor=NOW, mentee=NOW - 43 * DAY)), Mentoring())
    (comment,) = (one for one in plan.actions if isinstance(one, Comment))
    to_mentee, to_mentor = comment.body.split("\n\n")
    assert to_mentee.startswith("@ada, I keep your mentor for you until 18 April 2026")
    assert to_mentor.startswith("@grace, ")


def test_who_waits_gets_the_mentor_who_was_found() -> None:
    known = MatchingFacts(past=Expertise(), now=NOW, active_within=Duration.parse("90 days"))
    check = a_check(WAITING)
    plan = look_after(replace(check, found=find_mentor(WAITING, check.roster, known)), Mentoring())
    assert plan.because == "@grace fits and has room"
    (comment,) = (one for one in plan.actions if isinstance(one, Comment))
    assert comment.mentions == (GRACE, ADA)
    assert "@grace, would you like to be ada's mentor?" in comment.body


@pytest.mark.parametrize(
    ("outcome", "minutes", "area", "held_back"),
    [
        pytest.param(Outcome.DROPPED, 1, "", True, id="dropped"),
        pytest.param(Outcome.FAILED, 1, "", True, id="failed"),
        pytest.param(Outcome.DONE, 1, "", False, id="done"),
        pytest.param(Outcome.DROPPED, -1, "", False, id="an earlier one"),
        pytest.param(Outcome.DROPPED, 1, "docs", False, id="another pair"),
    ],
)
def test_what_was_held_back(*, outcome: Outcome, minutes: int, area: str, held_back: bool) -> None:
    entry = JournalEntry(
        at=NOW + timedelta(minutes=minutes),
        feature="mentoring",
        because="in whatever language",
        keys=(comment_key(replace(ACTIVE, area=area), "mentor silent/rung 1"),),
        outcome=outcome,
        number=1,
        person_id=None,
        delivery=None,
    )
    assert was_held_back([entry], ACTIVE, NOW) is held_back


def test_whom_the_config_names_is_remembered_once() -> None:
    assert remember_listed({}, Mentoring()).because == "nobody new is named as a mentor"
    plan = remember_listed({"grace": GRACE}, Mentoring())
    assert plan.because == "one of those named as mentors is known by number now"
    assert len(plan.actions) == 1
