"""What is reached, celebrated once, and counted towards it; and the guide for a check that fails."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mentorbot.core.actions import Comment, Remember
from mentorbot.core.people import Person
from mentorbot.features.mentoring.config import Mentoring, Rung
from mentorbot.features.mentoring.guides.facts import FailedCheck
from mentorbot.features.mentoring.guides.rules import offer_guide
from mentorbot.features.mentoring.milestones.facts import MilestoneProgress
from mentorbot.features.mentoring.milestones.reached import ContributionCounts, reached, rungs_met
from mentorbot.features.mentoring.milestones.rules import celebrate, confirm_issue
from mentorbot.features.mentoring.pairs.pair import MentoringPair
from mentorbot.features.mentoring.weekly_summary.messages import rung_met
from tests.builders import NOW, a_person

ADA = a_person("ada")
PAIR = MentoringPair(mentee=ADA, mentor=a_person("grace"), area="docs", thread=1)


@pytest.mark.parametrize(
    ("counts", "confirmed", "names"),
    [
        pytest.param(ContributionCounts(), 0, (), id="nothing"),
        pytest.param(
            ContributionCounts(issues=3), 1, ("first issue confirmed",), id="an issue that others label"
        ),
        pytest.param(
            ContributionCounts(pull_requests=3, merged=3, reviews_received=1),
            0,
            ("first pull request", "first review received", "first merge", "third merge"),
            id="three merges",
        ),
        pytest.param(
            ContributionCounts(reviews=1, helped=1),
            0,
            ("first review given", "first person helped"),
            id="a review",
        ),
        pytest.param(ContributionCounts(mentees=1), 0, ("first mentee",), id="a mentee"),
    ],
)
def test_milestones(counts: ContributionCounts, confirmed: int, names: tuple[str, ...]) -> None:
    assert reached(counts, confirmed=confirmed) == names


def test_a_rung_is_met_where_everything_it_asks_is_done() -> None:
    ladder = (Rung(name="reviewer", merged=3, reviews=2), Rung(name="core", merged=20))
    assert rungs_met(ContributionCounts(merged=3, reviews=1), ladder) == ()
    assert rungs_met(ContributionCounts(merged=3, reviews=2), ladder) == ladder[:1]
    told = rung_met(a_person("ada"), ladder[0], ContributionCounts(merged=3, reviews=2))
    assert told == "ada, for reviewer: 3 merged pull requests and 2 reviews given."


@pytest.mark.parametrize(
    ("now", "before", "because", "says"),
    [
        pytest.param(
            ("first merge",), None, "@ada: I keep in mind what was reached before", "", id="new here"
        ),
        pytest.param(("first merge",), {"first merge"}, "@ada has reached nothing new", "", id="nothing new"),
        pytest.param(
            ("first merge",), set(), "@ada has reached: first merge", "", id="new, but not said aloud"
        ),
        pytest.param(
            ("first merge", "third merge"),
            {"first merge"},
            "@ada has reached: third merge",
            "something new here: third merge.",
            id="aloud",
        ),
    ],
)
def test_what_is_celebrated(now: tuple[str, ...], before: set[str] | None, because: str, says: str) -> None:
    known = frozenset(before) if before is not None else None
    progress = MilestoneProgress(pair=PAIR, now=now, before=known)
    plan = celebrate(progress, Mentoring())
    assert plan.because == because
    comments = [one for one in plan.actions if isinstance(one, Comment)]
    assert [says in one.body for one in comments] == ([True] if says else [])


def test_what_was_reached_in_shadow_is_kept_in_mind_and_not_congratulated_on() -> None:
    past = MilestoneProgress(
        pair=PAIR, now=("third merge",), before=frozenset({"first merge"}), live_since=NOW, is_past=True
    )
    (kept,) = celebrate(past, Mentoring()).actions
    assert isinstance(kept, Remember)
    assert kept.value == {"names": ["first merge", "third merge"], "live_since": NOW.isoformat()}


@pytest.mark.parametrize(
    ("mentee", "because"),
    [
        pytest.param(None, "no issue of a mentee's", id="somebody else's"),
        pytest.param(ADA, "an issue of a mentee's is confirmed", id="a mentee's"),
    ],
)
def test_which_issues_are_confirmed(mentee: Person | None, because: str) -> None:
    assert confirm_issue(mentee, Mentoring()).because == because


def test_a_guide_is_offered_where_it_helps_a_mentee() -> None:
    config = Mentoring(guides={"docs*": "https://example.org/docs"})
    assert offer_guide(None, config).because == "no obstacle of a mentee's that a guide answers"
    check = FailedCheck(mentee=ADA, number=7, name="docs build", pattern="docs*")
    plan = offer_guide(check, config)
    assert plan.because == "docs build failed for @ada for the first time, and there is a guide"
    (comment,) = (one for one in plan.actions if isinstance(one, Comment))
    assert (comment.key, comment.number) == (f"guide {ADA.id}/docs*", 7)
    assert "This page explains what the check wants: https://example.org/docs" in comment.body
    assert comment.body.endswith("please ask right here."), "where there is no mentor, nobody is sent to one"
    (comment,) = (
        one
        for one in offer_guide(replace(check, has_mentor=True), config).actions
        if isinstance(one, Comment)
    )
    assert comment.body.endswith("please ask your mentor.")
