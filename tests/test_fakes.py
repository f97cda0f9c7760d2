from __future__ import annotations

import pytest

from mentorbot.core.actions import Forget, Remember
from mentorbot.core.errors import GitHubUnavailable
from mentorbot.core.events import Commented, IssueOpened, PullRequestClosed, ReviewSubmitted
from mentorbot.core.people import Permission
from mentorbot.feature_api.ports import Reacted
from tests.builders import NOW, a_comment, a_person, a_pull_request, a_repository, an_event, an_issue
from tests.fakes import FakeGitHub, FakeJournal, FakePeople, FakeRecords, FakeWriter, some_ports


def test_the_same_login_is_the_same_person() -> None:
    assert a_person("ada") == a_person("ada")
    assert a_person("ada") != a_person("grace")
    assert a_person("ada", id=7) == a_person("lovelace", id=7)


def test_events_know_who_did_it_and_when() -> None:
    merged = a_pull_request(merged=True)
    assert an_event(PullRequestClosed, thread=merged).by == a_person("grace")
    assert an_event(PullRequestClosed, thread=merged).at == merged.merged_at
    assert an_event(IssueOpened).by == a_person("ada")
    assert an_event(Commented, comment=a_comment(author="lin")).by == a_person("lin")
    assert an_event(ReviewSubmitted).by == a_person("grace")


async def test_github_remembers_what_it_was_asked() -> None:
    github = FakeGitHub(permissions={"grace": Permission.ADMIN})
    assert await github.permission(a_person("grace")) is Permission.ADMIN
    assert await github.permission(a_person("ada")) is Permission.READ
    assert github.asked == ["permission grace", "permission ada"]


async def test_github_can_be_down() -> None:
    github = FakeGitHub(down=GitHubUnavailable("it is down"))
    with pytest.raises(GitHubUnavailable):
        await github.open_issues(labels=["easy"])


async def test_github_shows_open_issues_with_a_label_newest_first() -> None:
    easy = frozenset({"easy"})
    threads = [
        an_issue(number=1, labels=easy),
        an_issue(number=2, labels=easy),
        an_issue(number=3, labels=easy, state="closed"),
        an_issue(number=4),
        a_pull_request(number=5, labels=easy),
    ]
    github = FakeGitHub(threads={one.number: one for one in threads})
    found = await github.open_issues(labels=["easy", "help wanted"])
    assert [issue.number for issue in found] == [2, 1]


async def test_somebody_unknown_is_new() -> None:
    found = await FakePeople().contributor_history(a_person("ada"), before=NOW, number=1)
    assert found.opened_nothing_and_reviewed_nothing
    assert found.certain


async def test_records_grow_their_version_and_refuse_an_unexpected_one() -> None:
    records = FakeRecords()
    records.remember([Remember(kind="turn", key="1", value={"of": "author"}, expected=0)])
    records.remember([Remember(kind="turn", key="1", value={"of": "reviewers"}, expected=1)])
    record = await records.get("turn", "1")
    assert record is not None
    assert (record.version, record.value) == (2, {"of": "reviewers"})
    with pytest.raises(AssertionError):
        records.remember([Remember(kind="turn", key="1", value={}, expected=1)])
    records.remember([Forget(kind="turn", key="1")])
    assert await records.all("turn") == []


async def test_the_journal_counts_mentions_since_a_moment() -> None:
    journal = FakeJournal(mentions={"ada": [NOW]})
    assert await journal.mentions_since(a_person("ada"), NOW) == 1


async def test_ports_take_what_a_test_hands_in() -> None:
    github = FakeGitHub()
    ports = some_ports(github=github, repository=a_repository(full_name="acme/boats"))
    assert ports.github is github
    assert ports.repository.name == "boats"
    assert ports.now == NOW


async def test_the_writer_keeps_what_it_was_told_and_can_fail() -> None:
    writer = FakeWriter(down=GitHubUnavailable("it is down"))
    action = Remember(kind="turn", key="1", value={})
    with pytest.raises(GitHubUnavailable):
        await writer.perform(action, repository=a_repository(), key="k", attempt=1, made=None)  # type: ignore[arg-type]  # fails before it looks
    assert writer.done == []


async def test_records_are_found_by_the_start_of_their_key_and_in_other_repositories() -> None:
    other = FakeRecords(repository_id=2)
    records = FakeRecords(others={"acme/coffee": other})
    records.remember(
        [
            Remember(kind="entry", key="11/earned", value={}),
            Remember(kind="entry", key="1/earned", value={}),
            Remember(kind="entry", key="1/spent", value={}, repository_id=2),
        ]
    )
    assert [record.key for record in await records.all("entry", starting="1/")] == ["1/earned"]
    assert await records.elsewhere("acme/coffee") is other
    assert await records.elsewhere("acme/tea") is None
    assert [key for _, key in other.kept] == ["1/spent"]
    records.remember([Forget(kind="entry", key="1/spent", repository_id=2)])
    assert other.kept == {}


async def test_reactions_are_told_of_what_is_there() -> None:
    given = Reacted(a_person("ada"), "+1", NOW)
    github = FakeGitHub(reacted_to={"PRR_1": [given]})
    assert await github.reactions_to(["PRR_1", "PRR_gone"]) == {"PRR_1": [given]}
