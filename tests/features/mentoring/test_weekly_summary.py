"""Where the weekly summaries go, and what maintainers and mentors read in `/mentees`."""

from __future__ import annotations

import pytest

from mentorbot.core.actions import CloseIssue, OpenIssue, Remember
from mentorbot.features.mentoring.config import Mentoring
from mentorbot.features.mentoring.weekly_summary.facts import SummaryDelivery, WeeklySummary
from mentorbot.features.mentoring.weekly_summary.rules import deliver

SUMMARY = WeeklySummary(
    reader="7", week="2026-W10", title="Week 10", body="All is well.", about=(7, 8), rungs=("8/reviewer",)
)
NEW = "notice 1/7/2026-W10"


@pytest.mark.parametrize(
    ("delivery", "because", "does"),
    [
        pytest.param(
            SummaryDelivery(summary=None, place="1", why_not="weekly summaries are switched off"),
            "weekly summaries are switched off",
            [],
            id="nowhere",
        ),
        pytest.param(
            SummaryDelivery(summary=SUMMARY, place="1", desk="acme/desk"),
            "the weekly summary is left for the desk, acme/desk",
            ["for the desk", "rung"],
            id="for the desk",
        ),
        pytest.param(
            SummaryDelivery(summary=SUMMARY, place="1"),
            "the summary of week 2026-W10",
            [NEW, "posted", "rung"],
            id="the first one here",
        ),
        pytest.param(
            SummaryDelivery(summary=SUMMARY, place="1", previous="notice 1/7/2026-W09"),
            "the summary of week 2026-W10",
            [NEW, "posted", "rung", f"{NEW} closes the last one"],
            id="closes that of the week before",
        ),
        pytest.param(
            SummaryDelivery(summary=SUMMARY, place="1", previous=NEW),
            "the summary of week 2026-W10",
            [NEW, "posted", "rung"],
            id="the same week again",
        ),
    ],
)
def test_where_a_summary_goes(delivery: SummaryDelivery, because: str, does: list[str]) -> None:
    plan = deliver(delivery, Mentoring())
    assert plan.because == because
    done = [
        action.kind if isinstance(action, Remember) else action.key
        for action in plan.actions
        if isinstance(action, Remember | OpenIssue | CloseIssue)
    ]
    assert done == does
    closed = [action.body for action in plan.actions if isinstance(action, CloseIssue)]
    assert all(closed), "closing an issue leaves a word, and never an empty comment"
