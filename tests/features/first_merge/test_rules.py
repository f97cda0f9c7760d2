from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mentorbot.config.templates import Template
from mentorbot.core.actions import Comment, Occasion, Remember
from mentorbot.core.entities import PullRequest
from mentorbot.core.people import Association
from mentorbot.core.translator import Translator, speaking
from mentorbot.domain.contributor_history import ContributorHistory
from mentorbot.domain.suggested_reviews import ReviewCandidate, SuggestedReview
from mentorbot.domain.timeline import PullRequestTimeline
from mentorbot.feature_api.records import Record
from mentorbot.features.first_merge.config import FirstMerge
from mentorbot.features.first_merge.facts import Landed, Merge
from mentorbot.features.first_merge.rules import celebrate
from tests.builders import NOW, a_person, a_pull_request, a_repository, an_issue
from tests.plans import comment_in

ADA = a_person("ada")
BORS = a_person("bors[bot]", is_bot=True)
MILESTONES = FirstMerge(milestones=(5, 25))
CLOSED = a_pull_request(state="closed", closed_at=NOW)


def someone_with(
    merged: int, *, insider: bool = False, contributor: bool = False, certain: bool = True
) -> ContributorHistory:
    return ContributorHistory(
        person=ADA, merged=merged, insider=insider, contributor=contributor, certain=certain
    )


def a_merge(
    past: ContributorHistory | None = None,
    *,
    thread: PullRequest | None = None,
    landed: tuple[int, ...] = (),
    by_commit: bool = False,
    late: timedelta = timedelta(seconds=2),
) -> Merge:
    merged = thread or a_pull_request(merged=True, merged_at=NOW)
    record = Record(kind=Landed.KIND, key=str(ADA.id), value=Landed(landed), version=3)
    return Merge(
        now=NOW + late,
        at=NOW,
        repository=a_repository(),
        thread=merged,
        by=BORS if by_commit else a_person("grace"),
        past=past,
        landed=record if landed else None,
        by_commit=by_commit,
    )


@pytest.mark.parametrize(
    ("merge", "config", "key", "because", "says"),
    [
        pytest.param(
            a_merge(someone_with(0)),
            FirstMerge(),
            f"person {ADA.id}/merged 1",
            "first merged pull request by @ada",
            "your first pull request in **rockets** is merged",
            id="the first",
        ),
        pytest.param(
            a_merge(someone_with(0), late=timedelta(days=7)),
            FirstMerge(),
            f"person {ADA.id}/merged 1",
            "first merged pull request by @ada",
            "Thank you for it",
            id="the first, heard of seven days later",
        ),
        pytest.param(
            a_merge(someone_with(4)),
            MILESTONES,
            f"person {ADA.id}/merged 5",
            "merged pull request number 5 by @ada",
            "5 of your pull requests in **rockets** are merged now",
            id="a milestone",
        ),
        pytest.param(
            a_merge(someone_with(24, insider=True)),
            MILESTONES,
            f"person {ADA.id}/merged 25",
            "merged pull request number 25 by @ada",
            "25 of your pull requests",
            id="a member's milestone",
        ),
        pytest.param(
            a_merge(someone_with(2), landed=(3, 8)),
            MILESTONES,
            f"person {ADA.id}/merged 5",
            "merged pull request number 5 by @ada",
            "5 of your pull requests",
            id="a milestone, earlier ones merged by commits included",
        ),
        pytest.param(
            a_merge(someone_with(4, contributor=True)),
            MILESTONES,
            f"person {ADA.id}/merged 5",
            "merged pull request number 5 by @ada",
            "5 of your pull requests",
            id="a contributor's milestone",
        ),
    ],
)
def test_a_merge_is_celebrated(merge: Merge, config: FirstMerge, key: str, because: str, says: str) -> None:
    decision = celebrate(merge, config)
    comment = comment_in(decision)
    assert comment.key == key
    assert comment.number == merge.thread.number
    assert comment.occasion is Occasion.CELEBRATION
    assert comment.mentions == (ADA,)
    assert says in comment.body
    assert decision.because == because


@pytest.mark.parametrize(
    ("merge", "config", "because"),
    [
        pytest.param(
            a_merge(thread=a_pull_request(author=None, merged=True)),
            FirstMerge(),
            "the account that opened this is gone",
            id="a deleted account",
        ),
        pytest.param(
            a_merge(thread=a_pull_request(author=BORS, merged=True)),
            FirstMerge(),
            "@bors[bot] is a bot",
            id="a bot",
        ),
        pytest.param(
            a_merge(someone_with(0), thread=CLOSED),
            FirstMerge(),
            "it was closed without being merged",
            id="closed",
        ),
        pytest.param(
            a_merge(someone_with(0, certain=False)),
            FirstMerge(),
            "it is not certain yet how much of @ada's work was merged before",
            id="the past is not known yet",
        ),
        pytest.param(
            a_merge(someone_with(1)),
            MILESTONES,
            "merged pull request number 2 by @ada: neither their first nor a milestone",
            id="the second",
        ),
        pytest.param(
            a_merge(someone_with(4)),
            FirstMerge(),
            "merged pull request number 5 by @ada: neither their first nor a milestone",
            id="the fifth where there are no milestones",
        ),
        pytest.param(
            a_merge(someone_with(0), late=timedelta(days=7, seconds=1)),
            FirstMerge(),
            "it was merged more than a week ago: too late for a celebration",
            id="too late",
        ),
        pytest.param(
            a_merge(someone_with(0, insider=True)),
            FirstMerge(),
            "@ada belongs to the project: a first merge is nothing new to them",
            id="a collaborator's first, as we know from elsewhere",
        ),
        pytest.param(
            a_merge(someone_with(0), thread=a_pull_request(merged=True, association=Association.MEMBER)),
            FirstMerge(),
            "@ada belongs to the project: a first merge is nothing new to them",
            id="a member's first",
        ),
        pytest.param(
            a_merge(someone_with(0, contributor=True)),
            FirstMerge(),
            "@ada had commits here before, which came without a merged pull request",
            id="the first of somebody whose work came in by other ways",
        ),
    ],
)
def test_a_merge_is_left_alone(merge: Merge, config: FirstMerge, because: str) -> None:
    decision = celebrate(merge, config)
    assert not decision.acts
    assert decision.because == because


def test_a_merge_by_a_bots_commit_is_celebrated_and_counted() -> None:
    decision = celebrate(a_merge(someone_with(0), thread=CLOSED, by_commit=True), FirstMerge())
    comment, remember = decision.actions
    assert isinstance(comment, Comment)
    assert comment.key == f"person {ADA.id}/merged 1"
    assert remember == Remember(
        kind="landed", key=str(ADA.id), value={"numbers": [CLOSED.number]}, expected=0, whose=ADA.id
    )


def test_a_merge_by_a_bots_commit_counts_even_where_it_is_no_milestone() -> None:
    decision = celebrate(a_merge(someone_with(0), thread=CLOSED, landed=(1,), by_commit=True), MILESTONES)
    assert decision.actions == (
        Remember(
            kind="landed", key=str(ADA.id), value={"numbers": [1, CLOSED.number]}, expected=3, whose=ADA.id
        ),
    )
    assert (
        decision.because
        == "merged pull request number 2 by @ada, by a commit; it counts, but is no milestone"
    )


def test_the_same_closing_heard_twice_has_the_same_key() -> None:
    once = a_merge(someone_with(0), thread=CLOSED, by_commit=True)
    again = a_merge(someone_with(0), thread=CLOSED, landed=(CLOSED.number,), by_commit=True)
    assert [
        action.key for action in celebrate(once, FirstMerge()).actions if isinstance(action, Comment)
    ] == [action.key for action in celebrate(again, FirstMerge()).actions if isinstance(action, Comment)]


def test_a_first_merge_comes_with_an_issue_for_beginners() -> None:
    issue = an_issue(number=12, title="Paint the *fins*", url="https://github.com/acme/rockets/issues/12")
    merge = replace(a_merge(someone_with(0)), beginner_issue=issue)
    comment = comment_in(celebrate(merge, FirstMerge()))
    assert comment.body == (
        "@ada, your first pull request in **rockets** is merged. Your work is part of the project now. "
        "Thank you for it.\n\nWould you like to go on? "
        "[Paint the \\*fins\\*](https://github.com/acme/rockets/issues/12) is a good next issue."
    )


def test_without_such_an_issue_it_suggests_a_review() -> None:
    comment = comment_in(celebrate(a_merge(someone_with(0)), FirstMerge()))
    assert "[open pull requests](https://github.com/acme/rockets/pulls)" in comment.body
    assert "!" not in comment.body


def test_a_pull_request_that_suits_them_is_named_with_the_reason() -> None:
    timeline = PullRequestTimeline(
        number=12,
        author=a_person("grace"),
        opened_at=NOW,
        opened_title="Paint the *fins*",
        url="https://github.com/acme/rockets/pull/12",
    )
    suggested = SuggestedReview(
        pull=ReviewCandidate(timeline=timeline), score=1.0, reasons=("it touches `2` files",)
    )
    merge = replace(a_merge(someone_with(0)), to_review=suggested)
    comment = comment_in(celebrate(merge, FirstMerge()))
    named = (
        "You can now help somebody else: try out [Paint the \\*fins\\*]"
        "(https://github.com/acme/rockets/pull/12), and write what you found. "
        "Why this one: it touches \\`2\\` files."
    )
    assert comment.body.endswith(f"Thank you for it.\n\n{named}")
    without_reasons = replace(merge, to_review=replace(suggested, reasons=()))
    assert "Why this one" not in comment_in(celebrate(without_reasons, FirstMerge())).body
    with_issue = replace(merge, beginner_issue=an_issue(number=13))
    comment = comment_in(celebrate(with_issue, FirstMerge()))
    assert comment.body.endswith(f"is a good next issue. {named}")


@pytest.mark.parametrize(
    ("count", "says"), [(2, "2nd"), (3, "3rd"), (11, "11th"), (21, "21st"), (113, "113th")]
)
def test_milestones_are_counted_as_people_do(count: int, says: str) -> None:
    config = FirstMerge(milestones=(count,), milestone_message=Template("${count}: ${ordinal} by ${author}"))
    comment = comment_in(celebrate(a_merge(someone_with(count - 1)), config))
    assert comment.body == f"{count}: {says} by ada"


def test_in_other_languages_milestones_are_numbers() -> None:
    config = FirstMerge(milestones=(5,), milestone_message=Template("${count}: ${ordinal}"))
    with speaking(Translator("de")):
        assert comment_in(celebrate(a_merge(someone_with(4)), config)).body == "5: 5"


def test_a_script_with_an_ordinary_account_is_not_celebrated() -> None:
    thread = a_pull_request(author=a_person("deploy-bot"), merged=True, merged_at=NOW)
    told = celebrate(a_merge(thread=thread), FirstMerge()).because
    assert told == "@deploy-bot looks like a script with an ordinary account"
