"""What makes a review, case by case; each without the exchange's other parts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from mentorbot.config.calendar import DEFAULT_CALENDAR
from mentorbot.core.people import Person
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline, Verdict
from mentorbot.features.review_exchange.config import Guards
from mentorbot.features.review_exchange.scoring.contribution import Contribution, contribution_of
from tests.builders import NOW, a_person

ADA, GRACE, OLGA = a_person("ada"), a_person("grace"), a_person("olga")
LONG = (
    "I went through the parser and the tokens; the second loop visits every name twice, so a set would do, "
    "and the empty file deserves a test."
)

MORE = "Beyond that, both error messages could name their file, as people rarely know which one is meant."


def remark(hours: float, body: str, *, kind: ActKind = ActKind.COMMENTED, id_: str = "", **more: Any) -> Act:
    at = NOW + timedelta(hours=hours)
    return Act(kind=kind, at=at, id=id_ or f"comment-{hours}", by=GRACE, body=body, **more)


def review(hours: float, body: str, verdict: Verdict = Verdict.COMMENTED, *, sha: str = "a") -> Act:
    return remark(hours, body, kind=ActKind.REVIEWED, id_=f"review-{hours}", verdict=verdict, sha=sha)


def line(hours: float, body: str) -> Act:
    return remark(hours, body, kind=ActKind.LINE_COMMENTED, id_=f"line-{hours}", path="a.c")


def push(hours: float, *, sha: str = "b", by: Person = ADA, kind: ActKind = ActKind.PUSHED) -> Act:
    return Act(kind=kind, at=NOW + timedelta(hours=hours), id=f"push-{sha}", by=by, sha=sha)


def given(*acts: Act, guards: Guards | None = None, body: str = "") -> Contribution | None:
    timeline = PullRequestTimeline(number=1, author=ADA, opened_at=NOW, head_sha="a", body=body).with_acts(
        acts
    )
    return contribution_of(timeline, GRACE, guards or Guards(), calendar=DEFAULT_CALENDAR)


@pytest.mark.parametrize(
    ("acts", "enough"),
    [
        pytest.param([review(1, LONG)], True, id="a review with words"),
        pytest.param([review(1, "LGTM", Verdict.APPROVED)], False, id="an approval without words"),
        pytest.param(
            [review(1, "Thank you so much for this wonderful work!")], False, id="thanks and praise"
        ),
        pytest.param([review(1, "utACK 1a2b3c4d5e6f")], False, id="an ACK with a hash"),
        pytest.param([review(1, f"ACK 1a2b3c4d. {LONG}", Verdict.APPROVED)], True, id="an ACK with words"),
        pytest.param([review(1, f"ACK 1a2b3c4d, {LONG}")], True, id="an ACK with words in the same sentence"),
        pytest.param([review(1, ""), line(1, "Why not a set of names?")], True, id="a comment on a line"),
        pytest.param([review(1, ""), line(1, "typo")], False, id="a line comment of one word"),
        pytest.param([review(1, ""), line(1, "```suggestion\nreturn 1\n```")], True, id="a suggested change"),
        pytest.param(
            [remark(1, "I tested this on macOS 14 and all tests pass.")],
            True,
            id="a test report in a comment",
        ),
        pytest.param([remark(1, LONG), remark(2, "LGTM")], True, id="a talk that ends in an approval"),
        pytest.param([review(0.01, LONG)], False, id="quick: so few words are not enough"),
        pytest.param([review(0.01, f"{LONG} {MORE}")], True, id="quick, but long"),
        pytest.param(
            [review(0.01, ""), line(0.01, "Why not a set of names?")], True, id="quick, but on a line"
        ),
        pytest.param(
            [review(1, "Rename x", Verdict.CHANGES_REQUESTED), push(2)],
            True,
            id="a request that was followed",
        ),
        pytest.param(
            [review(1, "Rename x", Verdict.CHANGES_REQUESTED), push(2, by=OLGA)],
            False,
            id="not by its author",
        ),
        pytest.param(
            [review(1, "Rename x", Verdict.CHANGES_REQUESTED), push(2, kind=ActKind.BASE_MERGED)],
            False,
            id="the base was merged, which follows nothing",
        ),
        pytest.param([push(2), review(1, "LGTM")], False, id="a push that nobody asked for"),
    ],
)
def test_what_has_substance(acts: list[Act], *, enough: bool) -> None:
    found = given(*acts)
    assert found is not None
    assert found.enough is enough


def test_a_talk_without_a_verdict_is_no_review() -> None:
    assert given(remark(1, LONG), remark(2, "And where is the documentation of all that?")) is None


def test_the_moment_is_that_of_the_remark_that_was_enough() -> None:
    found = given(review(1, "LGTM"), remark(2, LONG), remark(3, LONG))
    assert found is not None
    assert found.at == NOW + timedelta(hours=2)


def test_words_that_others_said_before_are_not_ones_own() -> None:
    said = Act(kind=ActKind.COMMENTED, at=NOW + timedelta(minutes=30), id="c", by=OLGA, body=LONG)
    for repeated in (given(said, review(1, LONG)), given(review(1, LONG), body=LONG)):
        assert repeated is not None
        assert (repeated.enough, repeated.words) == (False, 0)
    own = given(said, review(1, LONG), guards=Guards(copied=False))
    assert own is not None
    assert own.enough


def test_words_edited_in_at_once_count() -> None:
    quick = Act(
        kind=ActKind.COMMENT_EDITED,
        at=NOW + timedelta(hours=1, minutes=20),
        id="e",
        by=GRACE,
        about="review-1",
        body=LONG,
    )
    found = given(review(1, "LGTM"), quick)
    assert found is not None
    assert found.enough


def test_a_text_that_was_edited_later_and_is_only_known_as_it_is_now_does_not_count() -> None:
    late = remark(1, f"LGTM. {LONG}", edited_at=NOW + timedelta(days=2))
    found = given(late)
    assert found is not None
    assert (found.enough, found.spoiled) == (False, ("edited",))


def test_a_reopened_pull_request_can_be_reviewed() -> None:
    closed = Act(kind=ActKind.CLOSED, at=NOW + timedelta(hours=1), id="x", by=OLGA)
    opened = Act(kind=ActKind.REOPENED, at=NOW + timedelta(hours=3), id="y", by=OLGA)
    between, after = given(closed, opened, review(2, LONG)), given(closed, opened, review(4, LONG))
    assert between is not None
    assert after is not None
    assert (between.spoiled, after.enough) == (("after_close",), True)


def test_a_review_dismissed_by_github_at_a_push_still_counts() -> None:
    gone = Act(
        kind=ActKind.REVIEW_DISMISSED,
        at=NOW + timedelta(hours=2, seconds=5),
        id="d",
        by=OLGA,
        about="review-1",
        subject=GRACE,
    )
    found = given(review(1, LONG, Verdict.APPROVED), push(2), gone)
    assert found is not None
    assert found.enough


def test_the_same_words_have_the_same_mark_and_no_words_have_none() -> None:
    one, other, empty = given(review(1, LONG)), given(review(5, LONG)), given(review(1, "LGTM"))
    assert one is not None
    assert other is not None
    assert empty is not None
    assert one.fingerprint == other.fingerprint != ""
    assert empty.fingerprint == ""


def test_only_what_came_since_can_be_asked_for() -> None:
    timeline = PullRequestTimeline(number=1, author=ADA, opened_at=NOW, head_sha="a").with_acts(
        [review(1, LONG)]
    )
    later = NOW + timedelta(hours=2)
    assert contribution_of(timeline, GRACE, Guards(), calendar=DEFAULT_CALENDAR, since=later) is None
