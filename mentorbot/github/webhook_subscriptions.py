"""Which webhooks the App asks GitHub for: those that tell of what its features listen to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from mentorbot.core import events
from mentorbot.core.events import CommandGiven
from mentorbot.feature_api.feature import Command, Feature, On

_INSTALLATION_EVENTS = frozenset({"installation", "installation_repositories", "installation_target"})
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


def subscribed_events(features: Iterable[Feature[Any]]) -> tuple[str, ...]:
    """What these features need to hear, and what the bot hears anyway."""
    names = set(ALWAYS_SUBSCRIBED)
    for feature in features:
        names.update(feature.events)
        for trigger in feature.triggers:
            if isinstance(trigger, On):
                names.update(WEBHOOKS_OF_EVENT.get(trigger.event, ()))
            elif isinstance(trigger, Command):
                names.update(WEBHOOKS_OF_EVENT[CommandGiven])
    return tuple(sorted(names - _INSTALLATION_EVENTS))
