"""Each act causes the webhooks GitHub would send, in GitHub's shapes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mentorbot.sandbox.acts import Acts
from mentorbot.sandbox.simulated_github import SimulatedGitHub
from tests.sandbox.receiving import Ear

Act = Callable[[Acts], object]

PREPARED = "octo/hello#1"
"""An issue."""
PULL = "octo/hello#2"
"""A pull request by ada with a review of grace's that has one comment on a line."""


@pytest.fixture
async def prepared(acts: Acts) -> Acts:
    with acts.quietly():
        acts.open_issue("octo/hello", by="newton", title="It falls")
        acts.open_pull_request("octo/hello", by="ada", title="Add b", files={"src/b.py": "b = 2\n"})
        line = ("src/b.py", 1, "Why?")
        acts.review(PULL, by="grace", verdict="request_changes", body="Nearly", comments=[line])
        acts.comment("octo/hello#2", by="newton", body="Hm")
        acts.add_team("octo", "Triage Crew", by="grace", members=("grace",))
    return acts


@pytest.mark.parametrize(
    ("act", "names"),
    [
        pytest.param(
            lambda a: a.open_issue("octo/hello", by="ada", title="Hi"), ["issues.opened"], id="open issue"
        ),
        pytest.param(
            lambda a: a.open_issue("octo/hello", by="ada", title="Hi", labels=("bug",)),
            ["issues.opened", "issues.labeled"],
            id="open issue with a label",
        ),
        pytest.param(
            lambda a: a.open_pull_request("octo/hello", by="newton", title="Apples"),
            ["fork", "pull_request.opened"],
            id="open pull request: no push for a fork",
        ),
        pytest.param(
            lambda a: a.open_pull_request("octo/hello", by="grace", title="Mine", draft=True),
            ["push", "pull_request.opened"],
            id="open pull request from a branch here",
        ),
        pytest.param(
            lambda a: a.comment(PREPARED, by="ada", body="Hi"), ["issue_comment.created"], id="comment"
        ),
        pytest.param(lambda a: a.edit_comment(4_000_001, "Hm!"), ["issue_comment.edited"], id="edit comment"),
        pytest.param(lambda a: a.delete_comment(4_000_001), ["issue_comment.deleted"], id="delete comment"),
        pytest.param(
            lambda a: a.edit(PREPARED, by="newton", title="It fell", body="Apple"),
            ["issues.edited"],
            id="edit issue",
        ),
        pytest.param(
            lambda a: a.edit("octo/hello#2", by="ada", body="More"),
            ["pull_request.edited"],
            id="edit pull request",
        ),
        pytest.param(lambda a: a.close(PREPARED, by="newton"), ["issues.closed"], id="close issue"),
        pytest.param(
            lambda a: (a.close(PREPARED, by="newton"), a.reopen(PREPARED, by="newton")),
            ["issues.closed", "issues.reopened"],
            id="reopen issue",
        ),
        pytest.param(
            lambda a: (a.close(PULL, by="ada"), a.reopen(PULL, by="ada")),
            ["pull_request.closed", "pull_request.reopened"],
            id="reopen pull request",
        ),
        pytest.param(
            lambda a: (a.label(PREPARED, "bug", by="grace"), a.label(PREPARED, "Bug", by="grace")),
            ["issues.labeled"],
            id="label twice is once",
        ),
        pytest.param(
            lambda a: (a.label(PULL, "bug", by="grace"), a.unlabel(PULL, "bug", by="grace")),
            ["pull_request.labeled", "pull_request.unlabeled"],
            id="unlabel",
        ),
        pytest.param(
            lambda a: (a.assign(PREPARED, "grace", by="grace"), a.unassign(PREPARED, "grace", by="grace")),
            ["issues.assigned", "issues.unassigned"],
            id="assign",
        ),
        pytest.param(
            lambda a: [a.lock(PREPARED, by="grace", locked=locked) for locked in (True, False)],
            ["issues.locked", "issues.unlocked"],
            id="lock",
        ),
        pytest.param(
            lambda a: a.approve(PULL, by="newton", body="LGTM"),
            ["pull_request_review.submitted"],
            id="approve",
        ),
        pytest.param(
            lambda a: a.review(
                PULL, by="newton", comments=[("src/b.py", 1, "Here"), ("src/b.py", 1, "There")]
            ),
            ["pull_request_review.submitted", *["pull_request_review_comment.created"] * 2],
            id="review with comments on lines",
        ),
        pytest.param(
            lambda a: a.reply_to_review_comment(6_000_001, by="ada", body="Because"),
            ["pull_request_review.submitted", "pull_request_review_comment.created"],
            id="reply on a line",
        ),
        pytest.param(
            lambda a: a.edit_review_comment(6_000_001, "Why not?"),
            ["pull_request_review_comment.edited"],
            id="edit line",
        ),
        pytest.param(
            lambda a: a.edit_review(5_000_001, "Well"), ["pull_request_review.edited"], id="edit review"
        ),
        pytest.param(
            lambda a: a.dismiss_review(5_000_001, by="grace"),
            ["pull_request_review.dismissed"],
            id="dismiss review",
        ),
        pytest.param(
            lambda a: [
                a.resolve_thread(a.world.review_comments[6_000_001], by="ada", resolved=done)
                for done in (True, False)
            ],
            ["pull_request_review_thread.resolved", "pull_request_review_thread.unresolved"],
            id="resolve thread",
        ),
        pytest.param(
            lambda a: a.push_to(PULL, files={"src/b.py": "b = 3\n"}),
            ["pull_request.synchronize"],
            id="push to a fork comes as synchronize only",
        ),
        pytest.param(
            lambda a: a.push_to(PULL, files={"src/b.py": "b = 4\n"}, force=True),
            ["pull_request.synchronize"],
            id="force push",
        ),
        pytest.param(
            lambda a: a.edit_file("octo/hello", ".github/mentorbot.yml", "welcome: {}\n", by="grace"),
            ["push"],
            id="edit a file on the default branch",
        ),
        pytest.param(lambda a: a.merge(PULL, by="grace"), ["push", "pull_request.closed"], id="merge"),
        pytest.param(
            lambda a: (
                a.edit(PULL, by="ada", body="Fixes #1"),
                a.merge(PULL, by="grace", method="squash"),
            ),
            ["pull_request.edited", "push", "pull_request.closed", "issues.closed"],
            id="merge closes what it fixes",
        ),
        pytest.param(
            lambda a: a.merge_by_bot(PULL, by="grace"),
            ["push", "pull_request.closed"],
            id="merge by a bot",
        ),
        pytest.param(
            lambda a: (a.convert_to_draft(PULL), a.mark_ready(PULL), a.mark_ready(PULL)),
            ["pull_request.converted_to_draft", "pull_request.ready_for_review"],
            id="draft and ready",
        ),
        pytest.param(
            lambda a: (
                a.request_review(PULL, ["grace", "octo/triage-crew"], by="ada"),
                a.remove_review_request(PULL, "grace", by="ada"),
            ),
            [*["pull_request.review_requested"] * 2, "pull_request.review_request_removed"],
            id="request review of a person and a team",
        ),
        pytest.param(
            lambda a: [
                a.set_role("octo/hello", "ada", role, by="grace") for role in ("write", "triage", "none")
            ],
            ["member.added", "member.edited", "member.removed"],
            id="collaborator",
        ),
        pytest.param(
            lambda a: (a.add_member("octo", "ada", by="grace"), a.remove_member("octo", "ada", by="grace")),
            ["organization.member_added", "organization.member_removed"],
            id="member of the organisation",
        ),
        pytest.param(
            lambda a: (
                a.add_team("octo", "Core", by="grace", members=("ada",)),
                a.give_team("octo/hello", "octo/core", "write", by="grace"),
            ),
            ["team.created", "membership.added", "team.added_to_repository"],
            id="team",
        ),
        pytest.param(
            lambda a: a.rename_repository("octo/hello", "goodbye", by="grace"),
            ["repository.renamed"],
            id="rename",
        ),
        pytest.param(
            lambda a: [a.archive_repository("octo/hello", by="grace", archived=on) for on in (True, False)],
            ["repository.archived", "repository.unarchived"],
            id="archive",
        ),
        pytest.param(
            lambda a: a.delete_repository("octo/hello", by="grace"),
            ["repository.deleted"],
            id="delete repository",
        ),
        pytest.param(
            lambda a: a.create_repository("octo/secret", private=True, by="grace"),
            ["repository.created"],
            id="create",
        ),
        pytest.param(
            lambda a: a.create_label("octo/hello", "easy", by="grace"), ["label.created"], id="create label"
        ),
        pytest.param(
            lambda a: a.rename_user("octo", "octopus"),
            ["installation_target.renamed", "organization.renamed"],
            id="rename organisation",
        ),
        pytest.param(lambda a: a.rename_user("ada", "lovelace"), [], id="rename user"),
        pytest.param(lambda a: a.set_status("ada", busy=True), [], id="busy"),
        pytest.param(
            lambda a: a.react(a.thread(PREPARED), "+1", by="ada"), [], id="react: GitHub sends nothing"
        ),
        pytest.param(
            lambda a: a.complete_check("octo/hello", a.pull(PULL).head_sha, conclusion="failure"),
            ["check_run.created", "check_run.completed", "check_suite.completed"],
            id="check run",
        ),
        pytest.param(
            lambda a: a.set_commit_status("octo/hello", a.pull(PULL).head_sha, "failure", by="grace"),
            ["status"],
            id="status",
        ),
        pytest.param(
            lambda a: a.run_workflow(a.pull(PULL), waits=True),
            ["workflow_run.requested", "workflow_run.completed"],
            id="a first-timer's workflow",
        ),
        pytest.param(lambda a: a.suspend("octo"), ["installation.suspend"], id="suspend"),
        pytest.param(
            lambda a: (a.suspend("octo"), a.comment(PREPARED, by="ada", body="Hi"), a.unsuspend("octo")),
            ["installation.suspend", "installation.unsuspend"],
            id="nothing comes while suspended",
        ),
        pytest.param(
            lambda a: (a.uninstall("octo"), a.comment(PREPARED, by="ada", body="Hi")),
            ["installation.deleted"],
            id="nothing comes after uninstalling",
        ),
        pytest.param(
            lambda a: (
                a.remove_repositories("octo", ["octo/hello"]),
                a.comment(PREPARED, by="ada", body="Hi"),
                a.add_repositories("octo", ["octo/hello"]),
            ),
            ["installation_repositories.removed", "installation_repositories.added"],
            id="repositories of the installation",
        ),
        pytest.param(
            lambda a: a.install("grace", repositories=()),
            ["installation.created"],
            id="install on a person's account",
        ),
        pytest.param(
            lambda a: a.accept_permissions("octo"),
            ["installation.new_permissions_accepted"],
            id="accept permissions",
        ),
        pytest.param(lambda a: a.ping(), ["ping"], id="ping"),
    ],
)
async def test_each_act_causes_the_webhooks_of_github(
    github: SimulatedGitHub, prepared: Acts, ear: Ear, act: Act, names: list[str]
) -> None:
    github.app.events = (*github.app.events, "fork")
    prepared.installation_on("octo").events = github.app.events
    act(prepared)
    await github.settled()
    assert ear.names == names
    assert ear.problems() == []
    assert all(one.is_signed for one in ear.heard)
