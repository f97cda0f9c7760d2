"""Webhook JSON becomes what the core understands: events, sightings of people, acts in a timeline.

Nothing in here raises anything but `UnexpectedJson`, whatever arrives; what nobody listens to gives nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

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
