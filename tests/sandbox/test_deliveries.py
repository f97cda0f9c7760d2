"""Webhooks are signed, in order, logged, and say of people what GitHub would say."""

from __future__ import annotations

from mentorbot.sandbox.acts import Acts
from mentorbot.sandbox.simulated_github import SimulatedGitHub
from tests.sandbox.receiving import Ear


async def test_webhooks_carry_the_headers_of_github(github: SimulatedGitHub, acts: Acts, ear: Ear) -> None:
    acts.open_issue("octo/hello", by="ada", title="Hi")
    await github.settled()
    headers = ear.heard[0].headers
    assert headers["User-Agent"].startswith("GitHub-Hookshot/")
    assert headers["X-GitHub-Hook-Installation-Target-ID"] == str(github.app.id)
    assert headers["X-GitHub-Hook-Installation-Target-Type"] == "integration"
    assert len(headers["X-GitHub-Delivery"]) == 36
    assert ear.heard[0].payload["installation"]["id"] == acts.installation_on("octo").id
    assert ear.heard[0].payload["organization"]["login"] == "octo"


async def test_only_events_the_app_listens_to_come(github: SimulatedGitHub, acts: Acts, ear: Ear) -> None:
    acts.installation_on("octo").events = ("issues",)
    issue = acts.open_issue("octo/hello", by="ada", title="Hi")
    acts.comment(issue, by="ada", body="More")
    await github.settled()
    assert ear.names == ["issues.opened"]


async def test_a_newcomer_is_none_in_webhooks_and_a_contributor_once_merged(
    github: SimulatedGitHub, acts: Acts, ear: Ear
) -> None:
    first = acts.open_pull_request("octo/hello", by="ada", title="First")
    acts.merge(first, by="grace")
    acts.open_pull_request("octo/hello", by="ada", title="Second")
    acts.open_issue("octo/hello", by="grace", title="Mine")
    await github.settled()
    opened = [one.payload["pull_request"] for one in ear.heard if one.name == "pull_request.opened"]
    assert [one["author_association"] for one in opened] == ["NONE", "CONTRIBUTOR"]
    assert ear.last("issues.opened")["issue"]["author_association"] == "MEMBER"


async def test_a_merge_bot_closes_unmerged_and_leaves_a_commit_by_the_author(
    github: SimulatedGitHub, acts: Acts, ear: Ear
) -> None:
    acts.add_user("merger", kind="Bot")
    pull = acts.open_pull_request("octo/hello", by="ada", title="First", files={"src/b.py": "b\n"})
    acts.merge_by_bot(pull, by="merger")
    await github.settled()
    closed, push = ear.last("pull_request.closed")["pull_request"], ear.last("push")
    assert (closed["merged"], closed["merged_at"]) == (False, None)
    assert push["ref"] == "refs/heads/main"
    assert push["head_commit"]["author"]["username"] == "ada"
    assert push["head_commit"]["added"] == ["src/b.py"]
    assert "ada" in {github.world.accounts[one].login for one in pull.repository.committers}


async def test_what_was_done_quietly_is_not_told(github: SimulatedGitHub, acts: Acts, ear: Ear) -> None:
    with acts.quietly():
        acts.open_issue("octo/hello", by="ada", title="Long ago")
    await github.settled()
    assert ear.names == []


async def test_deliveries_come_in_order_and_each_is_logged(
    github: SimulatedGitHub, acts: Acts, ear: Ear
) -> None:
    issue = acts.open_issue("octo/hello", by="ada", title="Hi")
    ear.answers.extend([202, 500])
    for number in range(20):
        acts.comment(issue, by="ada", body=str(number))
    await github.settled()
    assert [one.payload["comment"]["body"] for one in ear.heard[1:]] == [str(number) for number in range(20)]
    log = list(github.webhooks.log.values())
    assert [(one.status, one.status_code) for one in log[:3]] == [
        ("OK", 202),
        ("Invalid HTTP Response: 500", 500),
        ("OK", 202),
    ]
    assert log[0].duration > 0


async def test_a_deaf_app_is_logged_as_such(github: SimulatedGitHub, acts: Acts) -> None:
    github.deliver_to("http://127.0.0.1:9/hook")
    acts.open_issue("octo/hello", by="ada", title="Hi")
    await github.settled()
    (delivery,) = github.webhooks.log.values()
    assert (delivery.status, delivery.status_code) == ("failed to connect to host", 0)


async def test_a_slow_app_is_given_up_on(github: SimulatedGitHub, acts: Acts, ear: Ear) -> None:
    github.webhooks.time_limit = 0.0001
    acts.open_issue("octo/hello", by="ada", title="Hi")
    await github.settled()
    (delivery,) = github.webhooks.log.values()
    assert delivery.status == "timed out"


async def test_the_same_acts_give_the_same_ids(github: SimulatedGitHub, acts: Acts) -> None:
    other = SimulatedGitHub()
    other.acts.add_user("grace")
    other.acts.add_user("ada")
    other.acts.add_user("newton")
    other.acts.add_organization("octo", owners=("grace",))
    other.acts.create_repository(
        "octo/hello", by="grace", files={"README.md": "# Hello\n", "src/a.py": "a = 1\n"}
    )
    here = acts.open_pull_request("octo/hello", by="ada", title="One")
    there = other.acts.open_pull_request("octo/hello", by="ada", title="One")
    assert (here.id, here.pull_id, here.node_id, here.head_sha) == (
        there.id,
        there.pull_id,
        there.node_id,
        there.head_sha,
    )


async def test_a_transfer_is_told_to_who_has_it_then_and_to_who_had_it(
    github: SimulatedGitHub, acts: Acts, ear: Ear
) -> None:
    acts.install("grace")
    ear.forget()
    acts.transfer_repository("octo/hello", to="grace", by="grace")
    await github.settled()
    assert ear.names[-2:] == ["repository.transferred", "installation_repositories.removed"]
    changes = ear.last("repository.transferred")["changes"]
    assert changes["owner"]["from"]["organization"]["login"] == "octo"
