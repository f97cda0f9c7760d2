from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from mentorbot.core.people import Person
from mentorbot.domain.expertise import Expertise, OpenedPullRequest, Reviewed, in_order
from mentorbot.domain.suggested_reviews import ReviewCandidate, suggest
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline, Verdict
from tests.builders import NOW, a_person

ADA, GRACE, LINUS = a_person("ada"), a_person("grace"), a_person("linus")
DAY = timedelta(days=1)


def pull(number: int = 1, *acts: Act, author: Person | None = LINUS, **more: Any) -> PullRequestTimeline:
    details: dict[str, Any] = {
        "opened_title": "Speed it up",
        "head_sha": "a",
        "opened_at": NOW - DAY,
        **more,
    }
    return PullRequestTimeline(number=number, author=author, **details).with_acts(acts)


def act(kind: ActKind, by: Person = GRACE, **more: Any) -> Act:
    return Act(kind=kind, at=NOW - DAY / 2, id=f"{kind}-{by.login}", by=by, **more)


def numbers(
    *pulls: ReviewCandidate | PullRequestTimeline, person: Person = ADA, past: Expertise | None = None
) -> list[int]:
    opened = [one if isinstance(one, ReviewCandidate) else ReviewCandidate(timeline=one) for one in pulls]
    found = suggest(person, opened, past or Expertise(), now=NOW, newcomer_labels=frozenset({"first review"}))
    return [one.pull.timeline.number for one in found]


@pytest.mark.parametrize(
    "unsuitable",
    [
        pytest.param(pull(author=ADA), id="one's own"),
        pytest.param(pull(author=a_person("dependabot")), id="a bot's"),
        pytest.param(pull(1, act(ActKind.CLOSED)), id="closed"),
        pytest.param(pull(opened_as_draft=True), id="a draft"),
        pytest.param(pull(1, act(ActKind.REVIEWED, ADA, body="Hm")), id="reviewed by them already"),
        pytest.param(
            pull(1, act(ActKind.REVIEWED, verdict=Verdict.APPROVED, sha="a")), id="a verdict on its head"
        ),
        pytest.param(pull(1, act(ActKind.MERGEABILITY_SEEN, outcome="conflict")), id="in conflict"),
    ],
)
def test_what_suits_nobody_is_left_out(unsuitable: PullRequestTimeline) -> None:
    assert numbers(unsuitable) == []


@pytest.mark.parametrize(
    "suitable",
    [
        pytest.param(pull(1, act(ActKind.REVIEWED, verdict=Verdict.COMMENTED, sha="a")), id="no verdict yet"),
        pytest.param(pull(1, act(ActKind.REVIEWED, verdict=Verdict.APPROVED, sha="0")), id="an older head's"),
        pytest.param(
            pull(
                1,
                act(ActKind.REVIEWED, verdict=Verdict.APPROVED, sha="a"),
                act(ActKind.REVIEW_DISMISSED, LINUS, about="reviewed-grace"),
            ),
            id="a dismissed one",
        ),
    ],
)
def test_what_still_needs_a_verdict_suits(suitable: PullRequestTimeline) -> None:
    assert numbers(suitable) == [1]


def test_what_they_know_comes_first_with_the_reason() -> None:
    past = Expertise(
        in_order(
            [
                OpenedPullRequest(number=7, author=LINUS, at=NOW - 30 * DAY, title="Scalar: inverse"),
                OpenedPullRequest(number=8, author=LINUS, at=NOW - 29 * DAY, title="Docs of the group"),
                Reviewed(number=7, by=ADA, at=NOW - 28 * DAY),
            ]
        )
    )
    mine, other = pull(2, opened_title="Scalar: tests"), pull(1, opened_title="Build on Windows")
    assert numbers(other, mine, past=past) == [2, 1]
    (best, _) = suggest(ADA, [ReviewCandidate(timeline=other), ReviewCandidate(timeline=mine)], past, now=NOW)
    assert any(
        reason.startswith("you have reviewed one pull request about scalar") for reason in best.reasons
    )


def test_what_is_wanted_labelled_small_or_waits_long_comes_first_with_its_reasons() -> None:
    labelled = pull(1, act(ActKind.LABELED, label="First review"))
    long_ago = pull(2, opened_at=NOW - 20 * DAY)
    plain = pull(3)
    assert numbers(plain, labelled) == [1, 3]
    assert numbers(plain, long_ago) == [2, 3]
    assert numbers(plain, ReviewCandidate(timeline=pull(4), wanted=True)) == [4, 3]
    small = ReviewCandidate(timeline=pull(5), paths=frozenset({"a.c", "b.c"}))
    (one, *_) = suggest(
        ADA,
        [small, ReviewCandidate(timeline=plain)],
        Expertise(),
        now=NOW,
        newcomer_labels=frozenset({"first review"}),
    )
    assert one.reasons == ("it changes 2 files", "it has waited one day for a reviewer's yes or no")
    (of,) = suggest(
        ADA,
        [ReviewCandidate(timeline=labelled, wanted=True)],
        Expertise(),
        now=NOW,
        newcomer_labels=frozenset({"first review"}),
    )
    assert of.reasons[:2] == (
        "the author has spent a credit on a review",
        "it has the label “First review”",
    )


def test_labels_for_newcomers_are_for_newcomers() -> None:
    past = Expertise(
        in_order(
            [
                *(OpenedPullRequest(number=n, author=LINUS, at=NOW - 30 * DAY, title="x") for n in (7, 8, 9)),
                *(Reviewed(number=n, by=ADA, at=NOW - 28 * DAY) for n in (7, 8, 9)),
            ]
        )
    )
    labelled = pull(3, act(ActKind.LABELED, label="first review"))
    assert numbers(pull(1), labelled, past=past) == [1, 3]


def test_a_head_that_moved_waits_anew() -> None:
    moved = pull(1, act(ActKind.PUSHED, LINUS, sha="b"), opened_at=NOW - 20 * DAY)
    (one,) = suggest(ADA, [ReviewCandidate(timeline=moved)], Expertise(), now=NOW)
    assert not any("waited" in reason for reason in one.reasons)
