from __future__ import annotations

from mentorbot.core.actions import Remember, RemoveLabel
from mentorbot.core.plan import Plan, leave_alone, no_concern_of_ours, plan
from mentorbot.engine.decide import Decision
from mentorbot.engine.persist import journal_notes
from tests.builders import NOW, a_repository


def decision(decided: Plan) -> Decision:
    return Decision(feature="welcome", repository=a_repository(), installation_id=1, plan=decided, at=NOW)


def test_the_journal_says_why_something_was_done_or_left_alone() -> None:
    decisions = [decision(plan(because="first issue")), decision(leave_alone("@ada was here before"))]
    assert [note.because for note in journal_notes(decisions)] == ["first issue", "@ada was here before"]


def test_a_note_to_itself_is_not_called_acting() -> None:
    remembered = plan(Remember(kind="looked", key="1", value={}), because="it was looked at")
    written = plan(RemoveLabel(key="1", number=7, label="new"), because="the label no longer fits")
    assert [note.acted for note in journal_notes([decision(remembered), decision(written)])] == [False, True]


def test_the_journal_is_not_filled_with_what_concerns_nobody() -> None:
    assert journal_notes([decision(no_concern_of_ours("the push changes other files"))]) == []
