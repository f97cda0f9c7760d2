"""What mentoring says is put together right."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mentorbot.core.markdown import as_text
from mentorbot.core.translator import Translator, speaking
from mentorbot.domain.expertise import Reason, Why
from mentorbot.features.mentoring.hourly_check.messages import somebody_waits
from mentorbot.features.mentoring.pairs import messages
from mentorbot.features.mentoring.pairs.pair import MentoringPair, mentors_asked, times_together
from mentorbot.features.mentoring.pairs.state_machine import PairEvent, PairState
from mentorbot.features.mentoring.records import Chapter
from tests.builders import NOW, a_person


def test_reasons_are_told_and_what_others_wrote_in_them_does_nothing() -> None:
    reason = Reason(why=Why.REVIEWED_SUBJECT, count=2, what="@evil", latest=datetime(2026, 1, 5, tzinfo=UTC))
    with speaking(Translator("de")):
        told = as_text(str(reason))
    assert told.startswith("hat 2 Pull Requests zu ")
    assert told.endswith("zuletzt im Januar 2026")
    assert "@evil" not in told


ADA, GRACE, OLGA = a_person("ada"), a_person("grace"), a_person("olga")


@pytest.mark.parametrize(
    ("state", "mentee", "mentor", "others"),
    [
        (
            PairState.ASKED,
            "You are on the waiting list for a mentor, since 2 March 2026.",
            "ada waits for a mentor.",
            "ada waits for a mentor.",
        ),
        (
            PairState.OFFERED,
            "I have asked grace to be your mentor.",
            "You were asked to be ada's mentor.",
            "I have asked grace to be ada's mentor.",
        ),
        (
            PairState.OFFERED_BACK,
            "grace offers to be your mentor.",
            "You have offered to be ada's mentor.",
            "ada has not answered yet.",
        ),
        (
            PairState.PROPOSED,
            "grace was suggested as your mentor.",
            "You were suggested as ada's mentor.",
            "Both have to say yes",
        ),
        (PairState.ACTIVE, "grace is your mentor.", "You are ada's mentor.", "grace is ada's mentor."),
        (
            PairState.PAUSED,
            "You and grace take a break.",
            "You and ada take a break.",
            "grace is ada's mentor, and they take a break.",
        ),
        (
            PairState.ENDED,
            "You have no mentor here.",
            "ada has no mentor here at the moment.",
            "ada has no mentor here at the moment.",
        ),
    ],
)
def test_how_it_stands_is_said_to_each_reader_in_the_second_person(
    state: PairState, mentee: str, mentor: str, others: str
) -> None:
    pair = MentoringPair(mentee=ADA, mentor=GRACE, area="docs", state=state, asked_at=NOW)
    for reader, says in ((ADA, mentee), (GRACE, mentor), (OLGA, others)):
        told = messages.how_it_stands(pair, to=reader, now=NOW)
        assert says in told
        assert told.endswith("It is about `docs`.")
        assert reader.login not in told


@pytest.mark.parametrize(
    ("days", "told"),
    [
        pytest.param(1, "has been waiting for a mentor for 1 day.", id="one"),
        pytest.param(7, "has been waiting for a mentor for 7 days.", id="more"),
    ],
)
def test_how_long_somebody_waits(days: int, told: str) -> None:
    pair = MentoringPair(mentee=a_person("ada"), area="", state=PairState.ASKED)
    assert told in somebody_waits(pair, (), days=days, why="Nobody is there.", asked=0)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        pytest.param(0, "", id="nobody yet"),
        pytest.param(1, "I have asked one mentor so far, and have no yes yet.", id="one"),
        pytest.param(2, "I have asked 2 mentors so far, and have no yes yet.", id="two"),
    ],
)
def test_maintainers_and_mentee_are_told_of_the_mentors_who_were_asked_and_said_no_yes(
    asked: int, told: str
) -> None:
    pair = MentoringPair(mentee=ADA, area="", state=PairState.ASKED)
    said = somebody_waits(pair, (OLGA,), days=7, why="", asked=asked)
    to_maintainers, to_mentee = said.split("\n\n")
    assert to_maintainers.startswith("@olga, ")
    assert to_mentee.startswith("ada, you are not forgotten")
    assert told in to_maintainers
    assert told in to_mentee
    assert ("mentors so far" in said or "mentor so far" in said) == bool(asked)


def a_chapter(event: PairEvent, day: int, mentor: str = "") -> Chapter:
    person = a_person(mentor) if mentor else None
    return Chapter(
        at=NOW + timedelta(days=day),
        event=event,
        by=None,
        mentor=person.id if person else None,
        mentor_login=mentor,
    )


def test_the_story_tells_whom_somebody_worked_with_from_when_to_when() -> None:
    story = [
        a_chapter(PairEvent.ASKED, 0),
        a_chapter(PairEvent.FOUND, 0, "grace"),
        a_chapter(PairEvent.MENTOR_ACCEPTED, 1, "grace"),
        a_chapter(PairEvent.PAUSED, 2, "grace"),
        a_chapter(PairEvent.RESUMED, 3, "grace"),
        a_chapter(PairEvent.CHANGED, 4, "grace"),
        a_chapter(PairEvent.FOUND, 4, "hedy"),
    ]
    told = messages.story_so_far(ADA, story)
    assert told == "ada worked with grace from 3 March 2026 to 6 March 2026."


def test_who_agreed_to_a_proposal_alone_has_not_worked_with_anybody() -> None:
    story = [
        a_chapter(PairEvent.PROPOSED, 0, "grace"),
        a_chapter(PairEvent.MENTOR_ACCEPTED, 1, "grace"),
        a_chapter(PairEvent.MENTEE_DECLINED, 2, "grace"),
    ]
    assert times_together(story) == ()
    assert messages.story_so_far(ADA, story) == ""


def test_chapters_of_the_forgotten_are_missing_and_the_rest_is_told() -> None:
    story = [a_chapter(PairEvent.CHANGED, 1, "grace"), a_chapter(PairEvent.ASKED, 2)]
    assert times_together(story) == ()
    assert mentors_asked(story) == 0


@pytest.mark.parametrize(
    ("story", "asked"),
    [
        pytest.param([(PairEvent.ASKED, "")], 0, id="nobody"),
        pytest.param(
            [
                (PairEvent.ASKED, ""),
                (PairEvent.FOUND, "grace"),
                (PairEvent.UNANSWERED, "grace"),
                (PairEvent.FOUND, "hedy"),
                (PairEvent.MENTOR_DECLINED, "hedy"),
            ],
            2,
            id="two",
        ),
        pytest.param(
            [
                (PairEvent.ASKED, ""),
                (PairEvent.FOUND, "grace"),
                (PairEvent.MENTOR_ACCEPTED, "grace"),
                (PairEvent.CHANGED, "grace"),
            ],
            0,
            id="a pair came of it",
        ),
    ],
)
def test_how_many_mentors_were_asked_since_there_was_none(
    story: list[tuple[PairEvent, str]], asked: int
) -> None:
    assert mentors_asked([a_chapter(event, n, who) for n, (event, who) in enumerate(story)]) == asked
