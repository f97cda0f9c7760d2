"""Saved histories become typed timelines and issues, however much GitHub left out."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from mentorbot.domain.timeline import ActKind, PullRequestTimeline, Verdict
from mentorbot.github.archive import ArchivedIssue, item, mentioned_numbers, person, read, stream

ADA = {"id": 1, "login": "ada", "type": "User"}
BOB = {"id": 2, "login": "bob", "type": "User"}


def at(hour: int) -> str:
    return f"2026-03-02T{hour:02}:00:00Z"


def a_saved_pull(number: int = 7, events: Any = (), comments: Any = (), **pull: Any) -> dict[str, Any]:
    opened = {"number": number, "user": ADA, "created_at": at(10), "title": "Fly", "body": None} | pull
    return {"type": "pull", "pull": opened, "events": list(events), "comments": list(comments)}


def a_saved_issue(number: int = 3, events: Any = (), **issue: Any) -> dict[str, Any]:
    return {
        "type": "issue",
        "issue": {"number": number, "user": BOB, "created_at": at(9)} | issue,
        "events": events,
    }


def timeline(*events: Any, comments: Any = (), **pull: Any) -> PullRequestTimeline:
    made = item(a_saved_pull(events=events, comments=comments, **pull))
    assert isinstance(made, PullRequestTimeline)
    return made


def saved(path: Path, *items: dict[str, Any]) -> Path:
    text = "\n".join(json.dumps(one) for one in items) + "\n\n"
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["history.jsonl", "history.jsonl.gz"])
def test_an_archive_streams_typed_items_in_its_order(tmp_path: Path, name: str) -> None:
    issue, pull = stream(saved(tmp_path / name, a_saved_issue(3), a_saved_pull(7)))
    assert isinstance(issue, ArchivedIssue)
    assert isinstance(pull, PullRequestTimeline)
    assert (issue.number, pull.number) == (3, 7)


@pytest.mark.parametrize(
    "line", ["not JSON", "[]", '{"type": "pull"}', '{"type": "pull", "pull": {"number": 1}}']
)
def test_a_line_that_is_something_else_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "history.jsonl"
    path.write_text(f"{json.dumps(a_saved_pull())}\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="line 2: not a saved pull request or issue"):
        list(stream(path))


def test_a_pull_request_is_told_when_what_it_mentions_was_closed(tmp_path: Path) -> None:
    path = saved(
        tmp_path / "history.jsonl",
        a_saved_issue(3, [{"event": "closed", "id": 1, "actor": ADA, "created_at": at(12)}]),
        a_saved_issue(4),
        a_saved_pull(5, [{"event": "merged", "id": 2, "actor": ADA, "created_at": at(13)}]),
        a_saved_pull(7, body="Fixes #3 and #4, based on #5, after #99. Not #7 itself."),
    )
    last = read(path)[-1]
    assert isinstance(last, PullRequestTimeline)
    ends = {act.about: act.at.hour for act in last.acts if act.kind is ActKind.REFERENCE_CLOSED}
    assert ends == {"3": 12, "5": 13, "99": 10}  # 99 isn't in the archive: nothing can be said to wait for it


def test_numbers_are_found_in_words_and_links_but_not_in_other_repositories() -> None:
    text = (
        "See #1, (#2), https://github.com/a/b/pull/3, https://github.com/a/b/issues/4#c, not acme/rockets#5."
    )
    assert mentioned_numbers(text) == (1, 2, 3, 4)


def test_an_issue_keeps_who_opened_it_its_labels_and_its_end() -> None:
    closed = {"event": "closed", "id": 1, "actor": ADA, "created_at": at(12)}
    reopened = {"event": "reopened", "id": 2, "actor": ADA, "created_at": at(13)}
    issue = item(a_saved_issue(events=[closed], title="Help", labels=[{"name": "bug"}, {}]))
    assert isinstance(issue, ArchivedIssue)
    assert issue.author == person(BOB)
    assert issue.labels == {"bug"}
    assert issue.closed_at == datetime(2026, 3, 2, 12, tzinfo=UTC)
    again = item(a_saved_issue(events=[closed, reopened]))
    assert isinstance(again, ArchivedIssue)
    assert again.closed_at is None


def test_title_and_draft_are_those_of_the_opening() -> None:
    past = timeline(
        {
            "event": "renamed",
            "id": 1,
            "actor": ADA,
            "created_at": at(11),
            "rename": {"from": "WIP: Fly", "to": "Fly"},
        },
        {"event": "ready_for_review", "id": 2, "actor": ADA, "created_at": at(12)},
        title="Fly",
        draft=False,
    )
    assert (past.opened_title, past.opened_as_draft) == ("WIP: Fly", True)
    assert (past.title, past.is_draft) == ("Fly", False)
    assert timeline(draft=True).opened_as_draft


def test_one_that_was_later_turned_into_a_draft_was_not_opened_as_one() -> None:
    past = timeline({"event": "convert_to_draft", "id": 2, "actor": ADA, "created_at": at(12)}, draft=True)
    assert not past.opened_as_draft
    assert past.is_draft


def test_comments_reviews_and_line_comments_keep_their_words_and_threads() -> None:
    past = timeline(
        {
            "event": "commented",
            "id": 1,
            "user": BOB,
            "created_at": at(11),
            "body": "Why?",
            "author_association": "NONE",
        },
        {
            "event": "reviewed",
            "id": 2,
            "user": BOB,
            "submitted_at": at(13),
            "state": "approved",
            "commit_id": "aa",
        },
        comments=[
            {
                "id": 3,
                "user": BOB,
                "created_at": at(12),
                "body": "Here",
                "path": "a.py",
                "original_commit_id": "aa",
            },
            {"id": 4, "user": ADA, "created_at": at(14), "body": "Done", "path": "a.py", "in_reply_to_id": 3},
        ],
    )
    comment, line, review, reply = past.acts
    assert (comment.kind, comment.body, comment.association) == (ActKind.COMMENTED, "Why?", "NONE")
    assert (review.verdict, review.sha) == (Verdict.APPROVED, "aa")
    assert (line.thread, reply.thread, line.path) == ("line-3", "line-3", "a.py")


def test_a_review_still_being_written_is_nobodys_business() -> None:
    assert (
        timeline({"event": "reviewed", "id": 2, "user": BOB, "submitted_at": None, "state": "pending"}).acts
        == ()
    )


def test_a_dismissed_review_keeps_what_it_said_until_then() -> None:
    past = timeline(
        {"event": "reviewed", "id": 2, "user": BOB, "submitted_at": at(11), "state": "DISMISSED"},
        {
            "event": "review_dismissed",
            "id": 5,
            "actor": ADA,
            "created_at": at(12),
            "dismissed_review": {"review_id": 2, "state": "changes_requested", "dismissal_message": "Stale"},
        },
    )
    review, dismissal = past.acts
    assert review.verdict is Verdict.CHANGES_REQUESTED
    assert (dismissal.about, dismissal.subject, dismissal.body) == (review.id, person(BOB), "Stale")


def test_a_dismissed_review_whose_dismissal_is_missing_counts_as_a_comment() -> None:
    (review,) = timeline(
        {"event": "reviewed", "id": 2, "user": BOB, "submitted_at": at(11), "state": "DISMISSED"}
    ).acts
    assert review.verdict is Verdict.COMMENTED


def a_commit(sha: str, hour: int, **more: Any) -> dict[str, Any]:
    return {
        "event": "committed",
        "sha": sha,
        "committer": {"date": at(hour)},
        "parents": [{}],
        "message": "Fly",
    } | more


def test_commits_of_the_opening_are_the_first_head_and_later_ones_pushes() -> None:
    past = timeline(a_commit("aa", 9), a_commit("bb", 11))
    assert past.head_sha == "aa"
    assert [(act.kind, act.sha, act.by) for act in past.acts] == [(ActKind.PUSHED, "bb", person(ADA))]


def test_merging_the_base_branch_is_no_push_of_ones_own() -> None:
    merge = a_commit("bb", 11, parents=[{}, {}], message="Merge branch 'main' into fly")
    assert [act.kind for act in timeline(merge).acts] == [ActKind.BASE_MERGED]


def test_a_commit_without_a_date_is_passed_over() -> None:
    assert timeline({"event": "committed", "sha": "aa", "committer": None, "author": {}}).acts == ()


def test_everything_that_happens_is_translated() -> None:
    past = timeline(
        {"event": "head_ref_force_pushed", "id": 1, "actor": ADA, "created_at": at(11), "commit_id": "cc"},
        {"event": "review_requested", "id": 2, "actor": ADA, "created_at": at(11), "requested_reviewer": BOB},
        {
            "event": "review_requested",
            "id": 3,
            "actor": ADA,
            "created_at": at(11),
            "requested_team": {"slug": "core"},
        },
        {
            "event": "review_request_removed",
            "id": 4,
            "actor": ADA,
            "created_at": at(11),
            "requested_reviewer": BOB,
        },
        {"event": "labeled", "id": 5, "actor": BOB, "created_at": at(11), "label": {"name": "bug"}},
        {"event": "unlabeled", "id": 6, "actor": BOB, "created_at": at(11), "label": {"name": "bug"}},
        {"event": "assigned", "id": 7, "actor": BOB, "created_at": at(11), "assignee": ADA},
        {"event": "unassigned", "id": 8, "actor": BOB, "created_at": at(11), "assignee": ADA},
        {"event": "comment_deleted", "id": 9, "actor": BOB, "created_at": at(11)},
        {"event": "line-commented", "comments": [{"id": 10, "created_at": at(11), "body": "Old shape"}]},
        {"event": "subscribed", "id": 11, "actor": BOB, "created_at": at(11)},
        {"event": "something new of GitHub's", "id": 12},
    )
    assert sorted(act.kind.value for act in past.acts) == sorted(
        [
            "force-pushed",
            "review requested",
            "review requested",
            "review request removed",
            "labeled",
            "unlabeled",
            "assigned",
            "unassigned",
            "comment deleted",
            "line commented",
        ]
    )
    assert {act.team for act in past.acts} == {"", "core"}


@pytest.mark.parametrize(
    ("user", "login", "is_bot"),
    [
        (ADA, "ada", False),
        ({"id": 5, "login": "x[bot]"}, "x[bot]", True),
        ({"id": 6, "login": "copilot", "type": "Bot"}, "copilot", True),
    ],
)
def test_people_and_bots(user: dict[str, Any], login: str, *, is_bot: bool) -> None:
    somebody = person(user)
    assert somebody is not None
    assert (somebody.login, somebody.is_bot) == (login, is_bot)


@pytest.mark.parametrize("user", [None, {}, {"id": 10137, "login": "ghost"}, {"login": "nobody"}, {"id": 4}])
def test_those_who_left_are_nobody(user: dict[str, Any] | None) -> None:
    assert person(user) is None
    assert timeline(user=user).author is None
