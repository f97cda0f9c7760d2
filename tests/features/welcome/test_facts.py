from __future__ import annotations

from datetime import timedelta

import pytest

from mentorbot.core.events import IssueOpened, PullRequestOpened
from mentorbot.core.people import Association, Permission
from mentorbot.domain.contributor_history import ContributorHistory
from mentorbot.domain.response_time import Wait
from mentorbot.feature_api.records import remember
from mentorbot.features.welcome.config import Welcome
from mentorbot.features.welcome.facts import Greeted, opening
from tests.builders import NOW, a_person, a_pull_request, an_event, an_issue
from tests.fakes import FakeGitHub, FakePeople, FakeRecords, some_ports

ADA = a_person("ada")


def answered_after(days: int) -> Wait:
    opened = NOW - timedelta(days=30)
    return Wait(opened_at=opened, answered_at=opened + timedelta(days=days), until=NOW)


async def test_a_pull_request_comes_with_its_authors_past_and_the_waits_of_the_last_year() -> None:
    long_ago = Wait(opened_at=NOW - timedelta(days=366), answered_at=None, until=NOW)
    people = FakePeople(
        known={"ada": ContributorHistory(person=ADA, issues=2)}, waited=[answered_after(2)] * 10 + [long_ago]
    )
    found = await opening(an_event(PullRequestOpened), Welcome(), some_ports(people=people))
    assert found.past == ContributorHistory(person=ADA, issues=2)
    assert found.waits is not None
    assert found.waits.pull_requests == 10
    assert found.by == ADA


async def test_github_is_asked_for_nothing_but_the_rights_of_who_would_be_greeted() -> None:
    """GitHub calls private members of an organisation nobody; only their rights tell who they are."""
    github = FakeGitHub(permissions={"ada": Permission.WRITE})
    found = await opening(an_event(PullRequestOpened), Welcome(), some_ports(github=github))
    assert github.asked == ["permission ada"]
    assert found.may_merge


async def test_nothing_is_asked_of_github_about_people_who_were_here_before() -> None:
    github = FakeGitHub()
    people = FakePeople(known={"ada": ContributorHistory(person=ADA, pull_requests=1)})
    await opening(an_event(PullRequestOpened), Welcome(), some_ports(github=github, people=people))
    assert github.asked == []


async def test_where_somebody_was_greeted_is_known() -> None:
    greeted = FakeRecords()
    greeted.remember([remember(Greeted(3, NOW), key=str(ADA.id))])
    found = await opening(an_event(PullRequestOpened), Welcome(), some_ports(records=greeted))
    assert found.greeted is not None
    assert found.greeted.value == Greeted(3, NOW)


@pytest.mark.parametrize(
    ("event", "config"),
    [
        pytest.param(an_event(IssueOpened), Welcome(), id="issues: waits are of pull requests"),
        pytest.param(an_event(PullRequestOpened), Welcome(eta=False), id="maintainers who want none"),
    ],
)
async def test_no_waits_are_counted_for(event: IssueOpened | PullRequestOpened, config: Welcome) -> None:
    people = FakePeople(waited=[answered_after(2)] * 10)
    found = await opening(event, config, some_ports(people=people))
    assert found.past is not None
    assert found.waits is None


@pytest.mark.parametrize(
    ("event", "config"),
    [
        pytest.param(
            an_event(IssueOpened, thread=an_issue(author=None)), Welcome(), id="an account that is gone"
        ),
        pytest.param(
            an_event(PullRequestOpened, thread=a_pull_request(author=a_person("bot[bot]", is_bot=True))),
            Welcome(),
            id="a bot",
        ),
        pytest.param(
            an_event(PullRequestOpened, thread=a_pull_request(association=Association.OWNER)),
            Welcome(),
            id="an owner",
        ),
        pytest.param(an_event(IssueOpened), Welcome(issue=None), id="an issue where greetings are off"),
    ],
)
async def test_nobodys_past_is_looked_up_for(event: IssueOpened | PullRequestOpened, config: Welcome) -> None:
    people = FakePeople(known={"ada": ContributorHistory(person=ADA, issues=2)})
    found = await opening(event, config, some_ports(people=people))
    assert found.past is None


@pytest.mark.parametrize(
    ("association", "contributor", "has_commits"),
    [
        pytest.param(Association.CONTRIBUTOR, False, True, id="as GitHub says"),
        pytest.param(Association.NONE, True, True, id="as we know"),
        pytest.param(Association.NONE, False, False, id="neither"),
    ],
)
async def test_commits_are_known_from_either_side(
    association: Association,
    contributor: bool,
    has_commits: bool,
) -> None:
    people = FakePeople(known={"ada": ContributorHistory(person=ADA, contributor=contributor)})
    event = an_event(IssueOpened, thread=an_issue(association=association))
    found = await opening(event, Welcome(), some_ports(people=people))
    assert found.has_commits_here is has_commits
