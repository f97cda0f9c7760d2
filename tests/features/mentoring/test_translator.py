"""What mentoring says is put together right."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from mentorbot.domain.expertise import Reason, Why
from mentorbot.features.mentoring.hourly_check.messages import somebody_waits
from mentorbot.features.mentoring.pairs import messages
from mentorbot.features.mentoring.pairs.pair import MentoringPair
from mentorbot.features.mentoring.pairs.state_machine import PairState
from mentorbot.features.mentoring.translator import MentoringTranslator
from tests.builders import NOW, a_person


@pytest.mark.parametrize(
    ("language", "day", "merged"),
    [
        pytest.param("en", "2 March 2026", "21 merged pull requests", id="English"),
        pytest.param("de", "2. März 2026", "21 angenommene Pull Requests", id="German"),
    ],
)
def test_days_and_numbers_of_things(language: str, day: str, merged: str) -> None:
    say = MentoringTranslator(language)
    assert say.day(NOW) == day
    assert say.plural("one merged pull request", "{count} merged pull requests", 21) == merged


def test_a_day_is_the_one_on_the_repositorys_clock() -> None:
    late = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    assert MentoringTranslator(zone=ZoneInfo("Asia/Tokyo")).day(late) == "3 March 2026"


def test_commands_start_as_they_do_in_the_repository() -> None:
    say = MentoringTranslator(slash="/mentorbot ")
    assert say("Write `{slash}mentor me`.") == "Write `/mentorbot mentor me`."


def test_reasons_are_told_and_what_others_wrote_in_them_does_nothing() -> None:
    reason = Reason(why=Why.REVIEWED_SUBJECT, count=2, what="@evil", latest=datetime(2026, 1, 5, tzinfo=UTC))
    told = MentoringTranslator("de").reason(reason)
    assert told.startswith("hat 2 Pull Requests zu ")
    assert told.endswith("zuletzt im Januar 2026")
    assert "@evil" not in told


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (PairState.ASKED, "ada is on the waiting list"),
        (PairState.OFFERED, "grace was asked to be ada's mentor"),
        (PairState.OFFERED_BACK, "ada is to say yes or no"),
        (PairState.PROPOSED, "both are to say yes or no"),
        (PairState.ACTIVE, "grace is ada's mentor for `docs`."),
        (PairState.PAUSED, "takes a break"),
        (PairState.ENDED, "hasn't asked for one"),
    ],
)
def test_how_it_stands_is_said_for_every_state(state: PairState, says: str) -> None:
    pair = MentoringPair(
        mentee=a_person("ada"), mentor=a_person("grace"), area="docs", state=state, asked_at=NOW
    )
    assert says in messages.how_it_stands(MentoringTranslator(), pair, now=NOW)


@pytest.mark.parametrize(
    ("days", "told"),
    [
        pytest.param(1, "has been waiting for a mentor for 1 day, and", id="one"),
        pytest.param(7, "has been waiting for a mentor for 7 days, and", id="more"),
    ],
)
def test_how_long_somebody_waits(days: int, told: str) -> None:
    pair = MentoringPair(mentee=a_person("ada"), area="", state=PairState.ASKED)
    assert told in somebody_waits(MentoringTranslator(), pair, (), days=days)
