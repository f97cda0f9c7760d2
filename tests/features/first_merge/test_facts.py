from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from mentorbot.core.entities import Issue, PullRequest
from mentorbot.core.errors import AccessLost, GitHubUnavailable, Impossible
from mentorbot.core.events import PullRequestClosed
from mentorbot.core.people import Association, Permission, Person
from mentorbot.domain.contributor_history import ContributorHistory
from mentorbot.domain.timeline import PullRequestTimeline
from mentorbot.features.first_merge import facts
from mentorbot.features.first_merge.config import FirstMerge
from tests.builders import NOW, a_person, a_pull_request, an_event, an_issue
from tests.fakes import FakeGitHub, FakePeople, FakeRecords, FakeTimelines, some_ports

ADA, GRACE = a_person("ada"), a_person("grace")
BORS = a_person("bors[bot]", is_bot=True)
MILESTONES = FirstMerge(milestones=(5,))
CLOSED = a_pull_request(number=7, state="closed", closed_at=NOW)
MERGED = a_pull_request(number=7, merged=True, merged_at=NOW)
WHO = "permission ada"
ASKS_FOR_ISSUES = "open issues good first issue, easy, help wanted"


def closed(thread: PullRequest, *, by: Person = BORS) -> PullRequestClosed:
    return an_event(PullRequestClosed, thread=thread, by=by)


def ada_with(merged: int, *, insider: bool = False, certain: bool = True) -> FakePeople:
    past = ContributorHistory(person=ADA, merged=merged, insider=insider, certain=certain)
    return FakePeople(known={"ada": past})


@pytest.mark.parametrize(
    ("event", "people", "config", "asked"),
    [
        pytest.param(closed(MERGED), ada_with(0), FirstMerge(), [WHO, ASKS_FOR_ISSUES], id="a first merge"),
        pytest.param(
            closed(CLOSED), ada_with(0), FirstMerge(), ["was merged by commit 7"], id="closed by another"
        ),
        pytest.param(closed(CLOSED, by=ADA), ada_with(0), FirstMerge(), [], id="closed by its author"),
        pytest.param(
            closed(CLOSED), ada_with(3), MILESTONES, [], id="closed by another, nothing to celebrate"
        ),
        pytest.param(
            closed(CLOSED), ada_with(4), MILESTONES, ["was merged by commit 7"], id="maybe a milestone"
        ),
        pytest.param(closed(MERGED), ada_with(4), MILESTONES, [], id="a milestone: nothing to suggest"),
        pytest.param(closed(MERGED), ada_with(2), MILESTONES, [], id="no occasion"),
        pytest.param(closed(MERGED), ada_with(0, insider=True), FirstMerge(), [], id="a collaborator"),
        pytest.param(closed(CLOSED), ada_with(0, certain=False), FirstMerge(), [], id="an unknown past"),
        pytest.param(
            closed(a_pull_request(merged=True, association=Association.MEMBER)),
            ada_with(0),
            FirstMerge(),
            [],
            id="a member",
        ),
        pytest.param(
            closed(MERGED), ada_with(0), FirstMerge(beginner_labels=()), [WHO], id="no labels for beginners"
        ),
        pytest.param(
            closed(a_pull_request(author=BORS, merged=True)), ada_with(0), FirstMerge(), [], id="a bot's"
        ),
        pytest.param(
            closed(a_pull_request(author=None, merged=True)), ada_with(0), FirstMerge(), [], id="a ghost's"
        ),
    ],
)
async def test_github_is_asked_only_where_the_answer_matters(
    event: PullRequestClosed, people: FakePeople, config: FirstMerge, asked: list[str]
) -> None:
    github = FakeGitHub()
    await facts.merge(event, config, some_ports(github=github, people=people))
    assert github.asked == asked


async def test_a_merge_bots_commit_makes_a_closed_pull_request_a_merge() -> None:
    github = FakeGitHub(merged_by_commit={7})
    found = await facts.merge(closed(CLOSED), FirstMerge(), some_ports(github=github, people=ada_with(0)))
    assert found.merged
    assert found.count == 1
    assert found.at == NOW
    assert github.asked == ["was merged by commit 7", WHO, ASKS_FOR_ISSUES]


async def test_somebody_who_may_merge_belongs_to_the_project_whatever_github_calls_them() -> None:
    github = FakeGitHub(permissions={"ada": Permission.WRITE})
    found = await facts.merge(closed(MERGED), FirstMerge(), some_ports(github=github, people=ada_with(0)))
    assert found.is_by_an_insider
    assert github.asked == [WHO]


async def test_where_earlier_ones_were_merged_by_commits_each_counts_towards_the_milestones() -> None:
    github, records = FakeGitHub(merged_by_commit={7}), FakeRecords()
    records.put("landed", str(ADA.id), {"numbers": [3, 7]})
    ports = some_ports(github=github, records=records, people=ada_with(0))
    found = await facts.merge(closed(CLOSED), MILESTONES, ports)
    assert found.by_commit
    assert found.earlier_landed == (3,)
    assert found.count == 2
    assert github.asked == ["was merged by commit 7"]


async def test_the_newest_issue_for_beginners_that_is_not_their_own_is_suggested() -> None:
    easy = frozenset({"easy"})
    own, other = an_issue(number=11, labels=easy), an_issue(number=10, author="grace", labels=easy)
    older = an_issue(number=3, author="grace", labels=easy)
    github = FakeGitHub(threads={one.number: one for one in (own, other, older)})
    found = await facts.merge(closed(MERGED), FirstMerge(), some_ports(github=github, people=ada_with(0)))
    assert found.beginner_issue == other


async def test_a_pull_request_of_somebody_else_is_suggested_for_a_first_review() -> None:
    mine, other = (
        PullRequestTimeline(number=number, author=a_person(login), opened_at=NOW, opened_title="Speed it up")
        for number, login in ((20, "ada"), (21, "grace"))
    )
    ports = some_ports(people=ada_with(0), timelines=FakeTimelines(seen={20: mine, 21: other}))
    found = await facts.merge(closed(MERGED), FirstMerge(), ports)
    assert found.to_review is not None
    assert found.to_review.pull.timeline == other


@dataclass
class NoIssuesToday(FakeGitHub):
    """Fails when asked for issues, as in an outage, after losing access, or where issues are switched off."""

    why: Exception | None = None

    async def open_issues(self, *, labels: Sequence[str], limit: int = 20) -> Sequence[Issue]:
        assert self.why is not None
        raise self.why


@pytest.mark.parametrize(
    "why", [GitHubUnavailable("down"), AccessLost("no issues"), Impossible("gone", status=410)]
)
async def test_a_celebration_does_not_fail_for_want_of_a_suggestion(why: Exception) -> None:
    ports = some_ports(github=NoIssuesToday(why=why), people=ada_with(0))
    found = await facts.merge(closed(MERGED), FirstMerge(), ports)
    assert found.beginner_issue is None
    assert found.is_an_occasion(FirstMerge())


@dataclass
class ContributorSince(FakePeople):
    """Knows Ada as somebody with commits here from a moment on."""

    since: datetime = NOW

    async def contributor_history(
        self, person: Person, *, before: datetime, number: int
    ) -> ContributorHistory:
        return ContributorHistory(person=person, contributor=self.since <= before)


@pytest.mark.parametrize(
    ("since", "is_first"),
    [
        pytest.param(NOW, True, id="it is this merge that made them a contributor"),
        pytest.param(NOW - timedelta(hours=1), False, id="they were one before"),
    ],
)
async def test_a_merge_does_not_count_against_itself(since: datetime, is_first: bool) -> None:
    people = ContributorSince(since=since)
    found = await facts.merge(closed(MERGED), FirstMerge(), some_ports(people=people))
    assert found.is_a_newcomers_first is is_first
