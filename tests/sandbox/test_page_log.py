"""The sentences of the live log."""

from __future__ import annotations

from typing import Any

import pytest

from mentorbot.sandbox.acts import Acts
from mentorbot.sandbox.page.log import Log
from mentorbot.sandbox.page.reasons import JournalReason, read_journal
from mentorbot.sandbox.page.sentences import done, heard, quoted
from mentorbot.sandbox.simulated_github import SimulatedGitHub
from tests.sandbox.receiving import Caller, Ear


async def test_every_webhook_has_its_sentence(busy: Acts, ear: Ear, github: SimulatedGitHub) -> None:
    log = Log(github)
    busy.merge("octo/hello#2", by="grace")
    busy.set_role("octo/hello", "newton", "none", by="grace")
    busy.uninstall("octo", by="grace")
    busy.install("octo", by="grace")
    await github.settled()
    told = [f"{line.who} {line.text}" for line in log.lines()]
    assert told == [
        "grace pushed to main: “Catch it well (#2)”",
        "grace merged #2",
        "grace closed #1",
        "grace ended that newton is a collaborator",
        "grace removed the App from octo",
        "grace installed the App on octo",
    ]


ISSUE = {"number": 5, "title": "It falls"}
PULL = ISSUE | {"draft": False, "merged": False}


@pytest.mark.parametrize(
    ("event", "payload", "sentence"),
    [
        pytest.param(
            "issues", {"action": "opened", "issue": ISSUE}, "opened issue #5 “It falls”", id="issue"
        ),
        pytest.param(
            "pull_request",
            {"action": "opened", "pull_request": PULL | {"draft": True}},
            "opened draft pull request #5 “It falls”",
            id="draft",
        ),
        pytest.param("pull_request", {"action": "closed", "pull_request": PULL}, "closed #5", id="closed"),
        pytest.param(
            "issues",
            {"action": "labeled", "issue": ISSUE, "label": {"name": "bug"}},
            "labelled #5 “bug”",
            id="label",
        ),
        pytest.param(
            "pull_request",
            {"action": "review_requested", "pull_request": PULL, "requested_team": {"name": "Core"}},
            "asked Core to review #5",
            id="a team is asked",
        ),
        pytest.param("issues", {"action": "pinned", "issue": ISSUE}, "pinned #5", id="what has no words"),
        pytest.param(
            "issue_comment",
            {"action": "deleted", "issue": ISSUE, "comment": {"body": "x"}},
            "deleted a comment on #5",
            id="comment",
        ),
        pytest.param(
            "pull_request_review",
            {"action": "submitted", "pull_request": PULL, "review": {"state": "APPROVED", "body": ""}},
            "approved #5",
            id="review",
        ),
        pytest.param(
            "pull_request_review",
            {"action": "dismissed", "pull_request": PULL, "review": {}},
            "dismissed a review of #5",
            id="dismissal",
        ),
        pytest.param(
            "pull_request_review_comment",
            {"action": "created", "pull_request": PULL, "comment": {"path": "a.py", "body": "Why?"}},
            "commented on a line of a.py in #5: “Why?”",
            id="line",
        ),
        pytest.param(
            "push", {"ref": "refs/heads/old", "head_commit": None}, "deleted old", id="a branch is deleted"
        ),
        pytest.param("star", {"action": "created"}, "caused star created", id="an event without words"),
    ],
)
def test_a_webhook_is_told_in_a_sentence(event: str, payload: dict[str, Any], sentence: str) -> None:
    assert heard(event, payload) == sentence


@pytest.mark.parametrize(
    ("request_line", "body", "deed"),
    [
        pytest.param("POST /repos/o/n/issues/5/comments", {"body": "x"}, "commented", id="comment"),
        pytest.param("PATCH /repos/o/n/issues/comments/7", {"body": "x"}, "edited its comment", id="edit"),
        pytest.param(
            "POST /repos/o/n/issues/comments/7/reactions",
            {"content": "+1"},
            "reacted with 👍",
            id="reaction",
        ),
        pytest.param(
            "POST /repos/o/n/check-runs",
            {"name": "config", "output": {"title": "One problem"}},
            "wrote the check “config”: “One problem”",
            id="check",
        ),
        pytest.param("PATCH /repos/o/n/issues/5", {"state": "closed"}, "closed the issue", id="close"),
        pytest.param("POST /repos/o/n/issues/5/labels", {"labels": ["a"]}, "added the label a", id="label"),
        pytest.param(
            "POST /graphql",
            {"query": "mutation { minimizeComment }"},
            "folded its comment away",
            id="fold",
        ),
        pytest.param(
            "POST /graphql", {"query": "mutation { x }"}, "changed something", id="another mutation"
        ),
        pytest.param("POST /graphql", {"query": "query { x }"}, None, id="a question"),
        pytest.param("POST /app/installations/1/access_tokens", {}, None, id="a token"),
    ],
)
def test_what_the_bot_does_is_told_in_a_few_words(
    request_line: str, body: dict[str, Any], deed: str | None
) -> None:
    method, _, path = request_line.partition(" ")
    assert done(method, path, body) == deed


async def test_the_bots_deeds_are_noted_with_what_they_are_about(
    github: SimulatedGitHub, api: Caller
) -> None:
    github.acts.open_issue("octo/hello", by="ada", title="It falls")
    log = Log(github)
    made = await api("POST", "/repos/octo/hello/issues/1/comments", {"body": "Hi"})
    await api("POST", f"/repos/octo/hello/issues/comments/{made.body['id']}/reactions", {"content": "eyes"})
    await api("GET", "/repos/octo/hello/issues/1")
    told = [(line.text, line.full_name, line.number) for line in log.lines()]
    assert told == [("commented", "octo/hello", 1), ("reacted with 👀", "octo/hello", 1)]


def test_long_texts_are_quoted_from_their_beginning() -> None:
    assert quoted("a\n b") == "“a b”"
    assert quoted("x" * 100) == f"“{'x' * 69}…”"


def test_a_reason_is_told_once(github: SimulatedGitHub) -> None:
    log = Log(github)
    reason = JournalReason(
        at="2026-02-09T09:00:00+00:00", feature="welcome", acted=True, because="first", number=1
    )
    assert log.explain("octo/hello", [reason])
    assert not log.explain("octo/hello", [reason])
    (line,) = log.lines()
    assert (line.kind, line.who, line.text, line.acted) == ("reason", "Mentorbot", "first", True)


def test_a_log_that_stopped_notes_nothing(github: SimulatedGitHub) -> None:
    log = Log(github)
    log.stop()
    assert log.lines() == []


def test_a_page_without_a_journal_has_no_reasons() -> None:
    assert read_journal("<h1>Nothing to see here</h1><p class='because'>x</p>") == []
