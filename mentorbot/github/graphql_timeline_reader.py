"""Turns what GraphQL tells about a pull request's past into acts, with the ids they have from webhooks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from mentorbot.core.people import Person
from mentorbot.domain.timeline import Act, ActKind, Verdict
from mentorbot.github import entity_reader, timeline_acts
from mentorbot.github.json_reader import JsonReader

_VERDICTS = {"APPROVED": Verdict.APPROVED, "CHANGES_REQUESTED": Verdict.CHANGES_REQUESTED}
_ROLLUPS = {"SUCCESS": "success", "FAILURE": "failure", "ERROR": "failure"}
# Asking for each commit's parents would cost twice as much as all the rest: git's own words tell as well.
_MERGES_BASE = re.compile(r"Merge (remote-tracking )?(branch|commit|tag) '|Merge pull request #\d")
_NUMBER_IN_URL = re.compile(r"#(?:issuecomment-|pullrequestreview-|discussion_r)(\d{1,18})$")
_MERGEABLE = {"MERGEABLE": "clean", "CONFLICTING": "conflict"}


def actor(found: JsonReader | None) -> Person | None:
    """An account as GraphQL shows it: bots lack the `[bot]` that REST and webhooks write behind them."""
    if found is None or "databaseId" not in found:
        return None
    login, is_bot = found.text("login"), found.text("__typename") == "Bot"
    if is_bot and not login.endswith("[bot]"):
        login = f"{login}[bot]"
    person = Person(id=found.number("databaseId"), login=login, is_bot=is_bot)
    return None if person.id == entity_reader.GHOST.id else person


def association(node: JsonReader) -> str:
    """How the author of something belongs to the repository, as far as GraphQL tells."""
    return entity_reader.association_named(node.text("authorAssociation", "")).value


def acts_of_items(nodes: tuple[JsonReader, ...], *, author: Person | None) -> Iterator[Act]:
    """What happened, in GitHub's order. `author` is the pull request's: commits carry names, not accounts."""
    dismissed = {
        _database_id(review): node.text("previousReviewState", "")
        for node in nodes
        if node.text("__typename", "") == "ReviewDismissedEvent" and (review := node.maybe("review"))
    }
    for node in nodes:
        kind = node.text("__typename", "")
        if kind == "PullRequestCommit":
            yield _commit(node, author)
        elif kind == "PullRequestReview":
            yield from _review(node, dismissed)
        elif kind in _READERS:
            yield _READERS[kind](node)


def acts_of_conversations(threads: tuple[JsonReader, ...]) -> Iterator[Act]:
    """Comments on lines, and which of their conversations are resolved."""
    for thread in threads:
        comments = thread.at("comments").each("nodes")
        if not comments:
            continue
        first = timeline_acts.line_comment_id(_database_id(comments[0]))
        path = thread.text("path", "")
        written = [_line_comment(comment, thread=first, path=path) for comment in comments]
        yield from written
        if thread.flag("isResolved"):
            # GitHub tells who resolved it but not when: not before its last comment, at least.
            yield Act(
                kind=ActKind.THREAD_RESOLVED,
                at=max(act.at for act in written),
                id=timeline_acts.resolution_id(ActKind.THREAD_RESOLVED, first),
                by=actor(thread.maybe("resolvedBy")),
                thread=first,
            )


def acts_of_head(pull: JsonReader, head: JsonReader | None = None) -> Iterator[Act]:
    """How the last commit fares: its checks, runs that wait for approval, and whether it can be merged.

    `head` is where its commit is told of; the pull request itself unless given.
    """
    commits = (head or pull).at("commits").each("nodes")
    if not commits:
        return
    commit = commits[-1].at("commit")
    sha, at = commit.text("oid"), commit.moment("committedDate")
    at = max(at, pull.moment("createdAt"))
    mergeable = _MERGEABLE.get(pull.text("mergeable", ""))
    if mergeable:
        # When it came to be so is not told: not before the commit itself.
        yield Act(
            kind=ActKind.MERGEABILITY_SEEN,
            at=at,
            id=f"mergeability-{sha}-{mergeable}",
            sha=sha,
            outcome=mergeable,
        )
    rollup = commit.maybe("statusCheckRollup")
    outcome = _ROLLUPS.get(rollup.text("state", "")) if rollup else None
    if rollup and outcome:
        yield timeline_acts.checks_concluded(
            sha=sha, name="all checks", at=_last_check(rollup) or at, outcome=outcome
        )
    suites = commit.maybe("checkSuites")
    for suite in suites.each("nodes") if suites else ():
        run = suite.maybe("workflowRun")
        if run and suite.text("conclusion", "") == "ACTION_REQUIRED":
            at = suite.moment("updatedAt")
            yield timeline_acts.workflow_waiting(sha=sha, at=at, url=run.text("url", ""))


def _database_id(node: JsonReader) -> int:
    """The number that webhooks and REST know it by.

    Since ids outgrew 32 bits `databaseId` may be null where `fullDatabaseId` is not; servers that don't know
    the latter are asked for the former; and every address ends with it (`#issuecomment-4711`).
    """
    for name in ("fullDatabaseId", "databaseId"):
        if name in node:
            return node.big_number(name)
    number = _NUMBER_IN_URL.search(node.text("url", ""))
    return int(number[1]) if number else node.big_number("fullDatabaseId")


def _sha(commit: JsonReader | None) -> str:
    """A commit's SHA; nothing where GitHub keeps it no longer."""
    return commit.text("oid") if commit else ""


def _last_check(rollup: JsonReader) -> datetime | None:
    contexts = rollup.maybe("contexts")
    ended = [
        moment
        for context in (contexts.each("nodes") if contexts else ())
        if (moment := context.moment_or_none("completedAt") or context.moment_or_none("createdAt"))
    ]
    return max(ended, default=None)


def _commit(node: JsonReader, author: Person | None) -> Act:
    commit = node.at("pushed")
    sha, message = commit.text("oid"), commit.text("message", "")
    return Act(
        kind=ActKind.BASE_MERGED if _MERGES_BASE.match(message) else ActKind.PUSHED,
        at=commit.moment("committedDate"),
        id=timeline_acts.push_id(sha),
        by=author,
        body=message,
        sha=sha,
        url=node.text("url", ""),
    )


def _review(node: JsonReader, dismissed: Mapping[int, str]) -> Iterator[Act]:
    state = node.text("state", "COMMENTED")
    if state == "PENDING":  # seen by nobody but its writer
        return
    number = _database_id(node)
    if state == "DISMISSED":  # GitHub overwrites what the review said; the dismissal remembers it
        state = dismissed.get(number) or "COMMENTED"
    yield _written(
        node,
        ActKind.REVIEWED,
        timeline_acts.review_id(number),
        at=node.moment("submittedAt", "createdAt"),
        verdict=_VERDICTS.get(state, Verdict.COMMENTED),
        sha=_sha(node.maybe("commit")),
    )


def _comment(node: JsonReader) -> Act:
    id_ = timeline_acts.comment_id(_database_id(node))
    return _written(node, ActKind.COMMENTED, id_, at=node.moment("createdAt"))


def _line_comment(node: JsonReader, *, thread: str, path: str) -> Act:
    return _written(
        node,
        ActKind.LINE_COMMENTED,
        timeline_acts.line_comment_id(_database_id(node)),
        at=node.moment("createdAt"),
        sha=_sha(node.maybe("originalCommit") or node.maybe("commit")),
        path=path,
        thread=thread,
    )


def _written(node: JsonReader, kind: ActKind, id_: str, *, at: datetime, **more: Any) -> Act:
    return Act(
        kind=kind,
        at=at,
        id=id_,
        by=actor(node.maybe("author")),
        body=node.text("body", ""),
        edited_at=node.moment_or_none("lastEditedAt"),
        url=node.text("url", ""),
        association=association(node),
        node=node.text("id", ""),
        **more,
    )


def _force_push(node: JsonReader) -> Act:
    at = node.moment("createdAt")
    return Act(
        kind=ActKind.FORCE_PUSHED,
        at=at,
        id=timeline_acts.event_id(ActKind.FORCE_PUSHED, at),
        by=actor(node.maybe("actor")),
        sha=_sha(node.maybe("afterCommit")),
    )


def _plain(kind: ActKind) -> Callable[[JsonReader], Act]:
    def read(node: JsonReader) -> Act:
        return timeline_acts.plain(kind, at=node.moment("createdAt"), by=actor(node.maybe("actor")))

    return read


def _merge(node: JsonReader) -> Act:
    by, sha = actor(node.maybe("actor")), _sha(node.maybe("commit"))
    return timeline_acts.merged(at=node.moment("createdAt"), by=by, sha=sha)


def _request(kind: ActKind) -> Callable[[JsonReader], Act]:
    def read(node: JsonReader) -> Act:
        asked = node.maybe("requestedReviewer")
        return timeline_acts.assigned(
            kind,
            at=node.moment("createdAt"),
            by=actor(node.maybe("actor")),
            subject=actor(asked),
            team=asked.text("slug", "") if asked else "",
        )

    return read


def _assignment(kind: ActKind) -> Callable[[JsonReader], Act]:
    def read(node: JsonReader) -> Act:
        by, subject = actor(node.maybe("actor")), actor(node.maybe("assignee"))
        return timeline_acts.assigned(kind, at=node.moment("createdAt"), by=by, subject=subject)

    return read


def _labelling(kind: ActKind) -> Callable[[JsonReader], Act]:
    def read(node: JsonReader) -> Act:
        by, label = actor(node.maybe("actor")), node.at("label").text("name")
        return timeline_acts.labelled(kind, at=node.moment("createdAt"), by=by, label=label)

    return read


def _retitle(node: JsonReader) -> Act:
    return timeline_acts.retitled(
        at=node.moment("createdAt"),
        by=actor(node.maybe("actor")),
        before=node.text("previousTitle", ""),
        after=node.text("currentTitle", ""),
    )


def _dismissal(node: JsonReader) -> Act:
    review, at = node.maybe("review"), node.moment("createdAt")
    about = timeline_acts.review_id(_database_id(review)) if review else ""
    return Act(
        kind=ActKind.REVIEW_DISMISSED,
        at=at,
        id=f"{about}-dismissed" if about else timeline_acts.event_id(ActKind.REVIEW_DISMISSED, at),
        by=actor(node.maybe("actor")),
        about=about,
        subject=actor(review.maybe("author")) if review else None,
        body=node.text("dismissalMessage", ""),
    )


_READERS: Mapping[str, Callable[[JsonReader], Act]] = {
    "IssueComment": _comment,
    "HeadRefForcePushedEvent": _force_push,
    "ReadyForReviewEvent": _plain(ActKind.MARKED_READY),
    "ConvertToDraftEvent": _plain(ActKind.DRAFTED),
    "ClosedEvent": _plain(ActKind.CLOSED),
    "ReopenedEvent": _plain(ActKind.REOPENED),
    "MergedEvent": _merge,
    "RenamedTitleEvent": _retitle,
    "ReviewRequestedEvent": _request(ActKind.REVIEW_REQUESTED),
    "ReviewRequestRemovedEvent": _request(ActKind.REVIEW_REQUEST_REMOVED),
    "ReviewDismissedEvent": _dismissal,
    "LabeledEvent": _labelling(ActKind.LABELED),
    "UnlabeledEvent": _labelling(ActKind.UNLABELED),
    "AssignedEvent": _assignment(ActKind.ASSIGNED),
    "UnassignedEvent": _assignment(ActKind.UNASSIGNED),
}
