from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from bench.deliveries_of import ToldThen, deliveries_of, repository_of
from bench.mirrored_github import Mirror, mirror
from bench.saved_history import thread_of
from mentorbot.sandbox.model import PullRequest
from mentorbot.sandbox.simulated_github import SimulatedGitHub
from tests.history.test_deliveries_of import ADA, START, an_archived_issue, an_archived_pull_request, an_event


def mirrored(*archived: dict[str, Any]) -> Mirror:
    threads = [thread_of(one) for one in archived]
    github = SimulatedGitHub(start=START)
    place = mirror(github, repository_of(threads), at=START)
    for told in deliveries_of(threads, installation_id=1):
        place.take_in(told)
    return place


def test_a_repository_is_found_under_its_name_and_id_with_the_bots_config() -> None:
    place = mirrored(an_archived_pull_request(1, at=1))
    assert place.github.world.repository("acme/rockets").id == 5
    tree = place.github.world.commits[place.repository.branches["main"]].tree
    assert "welcome: {}" in tree[".github/mentorbot.yml"]


def test_threads_are_where_the_bot_would_look_for_them() -> None:
    label = {"name": "Bug", "color": "ff0000"}
    place = mirrored(
        an_archived_issue(3, at=1, events=(an_event("labeled", 2, label=label),)),
        an_archived_pull_request(7, at=2, merged_at=(START + timedelta(days=3)).isoformat()),
    )
    issue, pull = place.repository.threads[3], place.repository.threads[7]
    assert (issue.author.id, issue.state, list(issue.labels)) == (ADA["id"], "open", ["bug"])
    assert isinstance(pull, PullRequest)
    assert (pull.state, pull.merged_at) == ("closed", START + timedelta(days=3))
    assert place.repository.last_number == 7


def test_a_merge_by_a_commit_is_found_on_the_branch_as_its_authors() -> None:
    place = mirrored(an_archived_pull_request(1, at=1, events=(an_event("closed", 2, commit_id="5ha"),)))
    (closing,) = [
        item for item in place.repository.threads[1].timeline if getattr(item, "kind", "") == "closed"
    ]
    sha = getattr(closing, "commit_sha", None)
    assert sha in place.repository.landed
    author = place.github.world.commits[str(sha)].author
    assert author is not None
    assert author.id == ADA["id"]


def test_two_accounts_of_one_login_are_kept_apart() -> None:
    other = {**ADA, "id": 99}
    place = mirrored(an_archived_issue(1, at=1), an_archived_issue(2, user=other, at=2))
    authors = [place.repository.threads[number].author for number in (1, 2)]
    assert [author.id for author in authors] == [11, 99]
    assert [author.login for author in authors] == ["ada", "ada-99"]


def test_what_the_bot_does_not_look_at_changes_nothing() -> None:
    place = mirrored(an_archived_issue(1, at=1))
    place.take_in(ToldThen(datetime(2021, 1, 1, tzinfo=UTC), "x", "push", {"ref": "refs/heads/main"}))
    assert list(place.threads) == [1]
