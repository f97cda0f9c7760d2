"""GraphQL of timelines: which type each thing that happened is, and what the events tell."""

from __future__ import annotations

import re
from typing import Any

from mentorbot.sandbox import shapes_issues
from mentorbot.sandbox.accounts import Account
from mentorbot.sandbox.graph_fields import FieldContext, GraphConnection, alias, connect, constant, field
from mentorbot.sandbox.graph_fields import since as not_older
from mentorbot.sandbox.repositories import Commit
from mentorbot.sandbox.threads import (
    Comment,
    Issue,
    PushedCommit,
    Review,
    TimelineEvent,
    TimelineItem,
)

EVENT_TYPES = {
    "assigned": "AssignedEvent",
    "closed": "ClosedEvent",
    "convert_to_draft": "ConvertToDraftEvent",
    "cross-referenced": "CrossReferencedEvent",
    "demilestoned": "DemilestonedEvent",
    "head_ref_force_pushed": "HeadRefForcePushedEvent",
    "labeled": "LabeledEvent",
    "locked": "LockedEvent",
    "mentioned": "MentionedEvent",
    "merged": "MergedEvent",
    "milestoned": "MilestonedEvent",
    "ready_for_review": "ReadyForReviewEvent",
    "renamed": "RenamedTitleEvent",
    "reopened": "ReopenedEvent",
    "review_dismissed": "ReviewDismissedEvent",
    "review_request_removed": "ReviewRequestRemovedEvent",
    "review_requested": "ReviewRequestedEvent",
    "unassigned": "UnassignedEvent",
    "unlabeled": "UnlabeledEvent",
    "unlocked": "UnlockedEvent",
}
"""What GraphQL calls the events that REST calls otherwise."""

_EVENTS = " ".join(EVENT_TYPES.values())
_OF_PULLS = (
    "ConvertToDraftEvent HeadRefForcePushedEvent MergedEvent ReadyForReviewEvent ReviewDismissedEvent "
    "ReviewRequestRemovedEvent ReviewRequestedEvent"
)


def item_type(item: TimelineItem) -> str:
    """The GraphQL type of something in a timeline."""
    if isinstance(item, TimelineEvent):
        return EVENT_TYPES[item.kind]
    return {Comment: "IssueComment", Review: "PullRequestReview", PushedCommit: "PullRequestCommit"}[
        type(item)
    ]


_ENUM_NAMES = {
    name: re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).upper()
    for name in (*EVENT_TYPES.values(), "IssueComment", "PullRequestReview", "PullRequestCommit")
}


@field("Issue PullRequest", "timelineItems")
def _timeline_items(
    thread: Issue,
    _: FieldContext,
    itemTypes: list[str] | None = None,  # noqa: N803 — GitHub's name
    since: str | None = None,
    **page: Any,
) -> GraphConnection:
    found = thread.timeline
    if itemTypes is not None:
        wanted = set(itemTypes)
        found = [item for item in found if _ENUM_NAMES[item_type(item)] in wanted]
    return connect(not_older(found, since), thread, **page)


alias(_EVENTS, "id", "node_id")
alias(_OF_PULLS, "pullRequest", "thread")
alias("AssignedEvent UnassignedEvent", "assignable", "thread")
alias("LabeledEvent UnlabeledEvent", "labelable", "thread")
alias("ClosedEvent ReopenedEvent", "closable", "thread")
alias("MilestonedEvent DemilestonedEvent RenamedTitleEvent", "subject", "thread")
alias("MilestonedEvent DemilestonedEvent", "milestoneTitle", "milestone.title")
alias("RenamedTitleEvent", "previousTitle", "renamed_from")
alias("RenamedTitleEvent", "currentTitle", "renamed_to")
alias("CrossReferencedEvent", "target", "thread")
alias("CrossReferencedEvent", "referencedAt", "created_at")
constant("CrossReferencedEvent", "isCrossRepository", value=False)
constant("CrossReferencedEvent", "willCloseTarget", value=False)
alias("MentionedEvent ReviewDismissedEvent", "databaseId", "id")
alias("ReviewDismissedEvent", "dismissalMessage", "message")
alias("ReviewDismissedEvent", "previousReviewState", "review_state")
alias("ReviewRequestedEvent ReviewRequestRemovedEvent", "requestedReviewer", "requested")
alias("MergedEvent", "mergeRefName", "thread.base_ref")


@field(_EVENTS, "actor")
def _actor(event: TimelineEvent, _: FieldContext) -> Account | None:
    return None if event.actor.is_deleted else event.actor


@field("ClosedEvent ReopenedEvent", "stateReason")
def _state_reason(event: TimelineEvent, _: FieldContext) -> str | None:
    return event.state_reason and event.state_reason.upper()


@field("ClosedEvent", "closer")
def _closer(event: TimelineEvent, asking: FieldContext) -> Issue | Commit | None:
    """The pull request whose merge closed it, or the commit that did."""
    return event.source or asking.world.commits.get(event.commit_sha or "")


@field("MergedEvent", "commit")
def _merge_commit(event: TimelineEvent, asking: FieldContext) -> Commit | None:
    return asking.world.commits.get(event.commit_sha or "")


field("HeadRefForcePushedEvent", "afterCommit")(_merge_commit)


@field("HeadRefForcePushedEvent", "beforeCommit")
def _before_commit(event: TimelineEvent, asking: FieldContext) -> Commit | None:
    return asking.world.commits.get(event.before_sha or "")


@field(
    "ClosedEvent ConvertToDraftEvent CrossReferencedEvent MergedEvent "
    "ReadyForReviewEvent ReviewDismissedEvent",
    "url",
)
def _event_url(event: TimelineEvent, asking: FieldContext) -> str:
    return f"{shapes_issues.html_url(asking.world, event.thread)}#event-{event.id}"
