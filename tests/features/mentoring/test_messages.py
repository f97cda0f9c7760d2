"""What mentoring says is put together right."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mentorbot.core.markdown import as_text
from mentorbot.core.translator import Translator, speaking
from mentorbot.domain.expertise import Reason, Why
from mentorbot.features.mentoring.hourly_check.messages import somebody_waits
from mentorbot.features.mentoring.pairs import messages
from mentorbot.features.mentoring.pairs.pair import MentoringPair
from mentorbot.features.mentoring.pairs.state_machine import PairState
from tests.builders import NOW, a_person


def test_reasons_are_told_and_what_others_wrote_in_them_does_nothing() -> None:
    reason = Reason(why=Why.REVIEWED_SUBJECT, count=2, what="@evil", latest=datetime(2026, 1, 5, tzinfo=UTC))
    with speaking(Translator("de")):
        told = as_text(str(reason))
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
    assert says in messages.how_it_stands(pair, now=NOW)


@pytest.mark.parametrize(
    ("days", "told"),
    [
        pytest.param(1, "has been waiting for a mentor for 1 day, and", id="one"),
        pytest.param(7, "has been waiting for a mentor for 7 days, and", id="more"),
    ],
)
def test_how_long_somebody_waits(days: int, told: str) -> None:
    pair = MentoringPair(mentee=a_person("ada"), area="", state=PairState.ASKED)
    assert told in somebody_waits(pair, (), days=days)
