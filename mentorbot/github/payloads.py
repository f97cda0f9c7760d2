"""Webhook JSON becomes what the core understands: events, sightings of people, acts in a timeline.

Nothing in here raises anything but `UnexpectedJson`, whatever arrives; what nobody listens to gives nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from mentorbot.core import events
from mentorbot.github import (
    payloads_commits,
    payloads_installations,
    payloads_issues,
    payloads_pull_requests,
)
from mentorbot.github.json_reader import JsonReader
from mentorbot.github.webhook_event import ParsedWebhook, WebhookEvent

_PARSERS: Mapping[str, Callable[[WebhookEvent], ParsedWebhook]] = {
    "issues": payloads_issues.issues,
    "issue_comment": payloads_issues.issue_comment,
    "pull_request": payloads_pull_requests.pull_request,
    "pull_request_review": payloads_pull_requests.pull_request_review,
    "pull_request_review_comment": payloads_pull_requests.pull_request_review_comment,
    "pull_request_review_thread": payloads_pull_requests.pull_request_review_thread,
    "push": payloads_commits.push,
    "status": payloads_commits.status,
    "check_suite": payloads_commits.check,
    "check_run": payloads_commits.check,
    "workflow_run": payloads_commits.check,
    "installation": payloads_installations.installation,
    "installation_repositories": payloads_installations.installation_repositories,
    "installation_target": payloads_installations.installation_target,
    "repository": payloads_installations.repository,
}

_COMMENTS = ("issue_comment", "pull_request_review_comment")
WEBHOOKS_OF_EVENT: Mapping[type, tuple[str, ...]] = {
    events.IssueOpened: ("issues",),
    events.IssueClosed: ("issues",),
    events.IssueReopened: ("issues",),
    events.IssueChanged: ("issues",),
    events.PullRequestOpened: ("pull_request",),
    events.PullRequestPushed: ("pull_request",),
    events.PullRequestClosed: ("pull_request",),
    events.PullRequestReopened: ("pull_request",),
    events.PullRequestMarkedReady: ("pull_request",),
    events.PullRequestConvertedToDraft: ("pull_request",),
    events.PullRequestRetitled: ("pull_request",),
    events.PullRequestLabelled: ("pull_request",),
    events.PullRequestUnlabelled: ("pull_request",),
    events.ReviewRequested: ("pull_request",),
    events.ReviewRequestRemoved: ("pull_request",),
    events.PullRequestChanged: ("pull_request",),
    events.ReviewSubmitted: ("pull_request_review",),
    events.ReviewEdited: ("pull_request_review",),
    events.ReviewDismissed: ("pull_request_review",),
    events.ReviewThreadResolved: ("pull_request_review_thread",),
    events.ReviewThreadUnresolved: ("pull_request_review_thread",),
    events.Commented: _COMMENTS,
    events.CommentEdited: _COMMENTS,
    events.CommentDeleted: _COMMENTS,
    events.CommandGiven: ("issues", "pull_request", "pull_request_review", *_COMMENTS),
    # Check runs arrive by the thousand; their suites say the same once.
    events.ChecksFinished: ("check_suite", "status", "workflow_run"),
    events.BranchPushed: ("push",),
    events.RepositoryChanged: ("repository",),
    events.RepositoriesAdded: ("installation", "installation_repositories"),
    events.RepositoriesRemoved: ("installation", "installation_repositories"),
    events.InstallationChanged: ("installation",),
    events.LoginChanged: ("installation_target",),
}
"""Which webhooks tell of which event: what the App has to subscribe to for a feature that listens."""

ALWAYS_SUBSCRIBED: tuple[str, ...] = (
    "issue_comment",
    "issues",
    "pull_request",
    "pull_request_review",
    "pull_request_review_comment",
    "pull_request_review_thread",
    "push",
    "repository",
)
"""What every App of ours subscribes to: people and timelines are learned from these, config from pushes.

Installation webhooks come to every App without asking.
"""


def parse_webhook(
    name: str, payload: Mapping[str, Any], *, delivery: str = "", received_at: datetime | None = None
) -> ParsedWebhook:
    """What a webhook tells; `received_at` stands for moments it doesn't tell.

    Raises `UnexpectedJson` where something needed is missing.
    """
    parse = _PARSERS.get(name)
    if parse is None:
        return ParsedWebhook()
    return parse(WebhookEvent(name, JsonReader(payload, received_at=received_at), delivery))
