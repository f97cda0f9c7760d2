"""Acts change the world as GitHub would, and refuse what GitHub would not let happen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from mentorbot.sandbox.acts import Acts
from mentorbot.sandbox.acts.acting import RefusedError
from mentorbot.sandbox.model import Role
from mentorbot.sandbox.simulated_github import SimulatedGitHub
from mentorbot.sandbox.world import NotThereError


@pytest.fixture
async def pull(acts: Acts) -> str:
    acts.open_issue("octo/hello", by="newton", title="It falls")
    acts.open_pull_request("octo/hello", by="ada", title="Catch it", files={"src/b.py": "b\n"})
    return "octo/hello#2"


@pytest.mark.parametrize(
    ("act", "says"),
    [
        pytest.param(lambda a: a.approve("octo/hello#2", by="ada"), "your own", id="approve one's own"),
        pytest.param(
            lambda a: a.request_changes("octo/hello#2", by="ada"), "your own", id="refuse one's own"
        ),
        pytest.param(
            lambda a: a.comment("octo/hello#1", by="ada", body="x" * 65_537), "too long", id="too long"
        ),
        pytest.param(
            lambda a: (a.lock("octo/hello#1", by="grace"), a.comment("octo/hello#1", by="ada", body="x")),
            "locked",
            id="locked",
        ),
        pytest.param(
            lambda a: (a.convert_to_draft("octo/hello#2"), a.merge("octo/hello#2", by="grace")),
            "not mergeable",
            id="merge a draft",
        ),
        pytest.param(
            lambda a: (a.set_mergeable("octo/hello#2", mergeable=False), a.merge("octo/hello#2", by="grace")),
            "not mergeable",
            id="merge in conflict",
        ),
        pytest.param(
            lambda a: (a.merge("octo/hello#2", by="grace"), a.reopen("octo/hello#2", by="grace")),
            "merged",
            id="reopen after merging",
        ),
        pytest.param(
            lambda a: (
                a.world.repository("octo/hello").branches.setdefault("same", _head(a)),
                a.open_pull_request("octo/hello", by="grace", title="Nothing", branch="same"),
            ),
            "No commits between",
            id="nothing to merge",
        ),
        pytest.param(
            lambda a: a.dismiss_review(a.review("octo/hello#2", by="grace", body="Hm"), by="grace"),
            "Can not dismiss",
            id="dismiss a comment",
        ),
    ],
)
async def test_what_github_refuses_is_refused(
    acts: Acts, pull: str, act: Callable[[Acts], object], says: str
) -> None:
    with pytest.raises(RefusedError, match=says):
        act(acts)


def _head(acts: Acts) -> str:
    return acts.where("octo/hello").branches["main"]


@pytest.mark.parametrize(
    ("act", "says"),
    [
        pytest.param(lambda a: a.who("nobody"), "acts.add_user", id="person"),
        pytest.param(lambda a: a.where("octo/nope"), "acts.create_repository", id="repository"),
        pytest.param(
            lambda a: a.add_team("ada", "Core", by="grace"), "acts.add_organization", id="organisation"
        ),
        pytest.param(lambda a: a.add_to_team("octo/nope", "ada", by="grace"), "acts.add_team", id="team"),
        pytest.param(lambda a: a.thread("octo/hello#9"), "open it first", id="thread"),
        pytest.param(
            lambda a: a.merge("octo/hello#1", by="grace"), "needs a pull request", id="no pull request"
        ),
        pytest.param(lambda a: a.edit_comment(5, "x"), "there is no comment 5", id="comment"),
        pytest.param(lambda a: a.suspend("ada"), "acts.install", id="installation"),
        pytest.param(lambda a: a.complete_check("octo/hello", "0" * 40), "No commit", id="commit"),
    ],
)
async def test_names_that_mean_nothing_say_what_to_do(
    acts: Acts, pull: str, act: Callable[[Acts], object], says: str
) -> None:
    with pytest.raises(NotThereError, match=says):
        act(acts)


async def test_a_login_belongs_to_one(acts: Acts) -> None:
    with pytest.raises(ValueError, match="taken"):
        acts.add_user("ADA")
    acts.rename_user("ada", "lovelace")
    assert acts.add_user("ada").id != acts.who("lovelace").id


async def test_what_was_done_earlier_can_be_told_later(github: SimulatedGitHub, acts: Acts) -> None:
    with github.clock.at(datetime(2020, 1, 1, tzinfo=UTC)), acts.quietly():
        old = acts.open_issue("octo/hello", by="ada", title="Old")
    assert old.created_at == datetime(2020, 1, 1, tzinfo=UTC)
    assert acts.open_issue("octo/hello", by="ada", title="New").created_at.year > 2020


async def test_a_push_changes_what_a_pull_request_is(acts: Acts, pull: str) -> None:
    found = acts.pull(pull)
    acts.review(found, by="grace", comments=[("src/b.py", 1, "Why?")])
    (thread,) = found.review_threads.values()
    acts.push_to(found, files={"src/c.py": "c\n"})
    assert (len(found.commits), [file.path for file in found.files]) == (2, ["src/b.py", "src/c.py"])
    outdated = [thread.is_outdated]
    acts.push_to(found, files={"src/b.py": "bb\n"}, force=True)
    assert (len(found.commits), [file.path for file in found.files]) == (2, ["src/b.py"])
    assert [*outdated, thread.is_outdated] == [False, True]
    assert sum(type(item).__name__ == "PushedCommit" for item in found.timeline) == 2


async def test_a_pull_request_outlives_its_fork(acts: Acts, pull: str) -> None:
    found = acts.pull(pull)
    acts.delete_repository("ada/hello", by="ada")
    assert found.head_repository is None
    with pytest.raises(RefusedError, match="gone"):
        acts.push_to(found, files={"x": "x\n"})


async def test_a_merge_leaves_base_and_author_changed(acts: Acts, pull: str) -> None:
    found = acts.pull(pull)
    assert found.repository.association(found.author) == "NONE"
    landed = acts.merge(found, by="grace")
    assert landed.tree["src/b.py"] == "b\n"
    assert len(landed.parents) == 2
    assert found.repository.association(found.author) == "CONTRIBUTOR"
    with pytest.raises(RefusedError):
        acts.merge(found, by="grace")


async def test_commits_by_unlinked_addresses_belong_to_nobody(acts: Acts, pull: str) -> None:
    found = acts.pull(pull)
    found.commits[0] = acts.push("octo/hello", by="grace", files={"x": "x\n"}, branch="other")
    landed = acts.merge(found, by="grace", method="squash")
    assert landed.author is acts.who("grace")


@pytest.mark.parametrize(
    ("prepare", "role", "association"),
    [
        pytest.param(lambda a: None, "read", "NONE", id="nobody in particular"),
        pytest.param(lambda a: a.add_member("octo", "ada", by="grace"), "read", "MEMBER", id="member"),
        pytest.param(
            lambda a: a.add_member("octo", "ada", by="grace", role="admin"), "admin", "MEMBER", id="owner"
        ),
        pytest.param(
            lambda a: a.add_collaborator("octo/hello", "ada", by="grace", role="triage"),
            "triage",
            "COLLABORATOR",
            id="collaborator",
        ),
        pytest.param(
            lambda a: (
                a.add_team("octo", "Core", by="grace", members=("ada",)),
                a.give_team("octo/hello", "octo/core", "maintain", by="grace"),
            ),
            "maintain",
            "MEMBER",
            id="in a team",
        ),
        pytest.param(
            lambda a: (
                a.add_collaborator("octo/hello", "ada", by="grace"),
                a.set_role("octo/hello", "ada", "none", by="grace"),
            ),
            "read",
            "NONE",
            id="no collaborator any more",
        ),
    ],
)
async def test_roles_come_from_all_sides(
    acts: Acts, prepare: Callable[[Acts], object], role: Role, association: str
) -> None:
    prepare(acts)
    repository, ada = acts.where("octo/hello"), acts.who("ada")
    assert (repository.role_of(ada), repository.association(ada)) == (role, association)


async def test_private_repositories_are_only_for_those_let_in(acts: Acts) -> None:
    secret = acts.create_repository("octo/secret", private=True, by="grace")
    assert (secret.role_of(acts.who("ada")), secret.role_of(acts.who("grace"))) == ("none", "admin")
    own = acts.create_repository("ada/own")
    assert (own.role_of(acts.who("ada")), own.association(acts.who("ada"))) == ("admin", "OWNER")


async def test_texts_leave_traces_where_they_point(acts: Acts, pull: str) -> None:
    issue = acts.thread("octo/hello#1")
    acts.comment(pull, by="ada", body="See #1 and `#7`, thanks @newton, not me@ada.org, @ada")
    (event,) = [item for item in issue.timeline if getattr(item, "kind", "") == "cross-referenced"]
    assert getattr(event, "source", None) is acts.pull(pull)
    mentions = [item for item in acts.pull(pull).timeline if getattr(item, "kind", "") == "mentioned"]
    assert [getattr(one, "actor", None) for one in mentions] == [acts.who("newton")]


async def test_whoever_watches_is_told(github: SimulatedGitHub, acts: Acts) -> None:
    told: list[int] = []
    github.world.watchers.append(lambda: told.append(1))
    acts.open_issue("octo/hello", by="ada", title="Hi")
    acts.set_status("ada", busy=True)
    assert len(told) == 2
