from __future__ import annotations

from mentorbot.core.plan import Plan, leave_alone, no_concern_of_ours, plan
from mentorbot.engine.decide import Decision
from mentorbot.engine.keep import notes_of
from tests.builders import NOW, a_repository


def decision(decided: Plan) -> Decision:
    return Decision(feature="welcome", repository=a_repository(), installation_id=1, plan=decided, at=NOW)


def test_the_journal_says_why_something_was_done_or_left_alone() -> None:
    decisions = [decision(plan(because="first issue")), decision(leave_alone("@ada was here before"))]
    assert [note.because for note in notes_of(decisions)] == ["first issue", "@ada was here before"]


def test_the_journal_is_not_filled_with_what_concerns_nobody() -> None:
    assert notes_of([decision(no_concern_of_ours("the push changes other files"))]) == []
