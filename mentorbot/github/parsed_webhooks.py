"""Which webhooks are read at all: known without loading what reads them."""

from __future__ import annotations

PARSED_WEBHOOKS = frozenset(
    {
        "check_run",
        "check_suite",
        "installation",
        "installation_repositories",
        "installation_target",
        "issue_comment",
        "issues",
        "pull_request",
        "pull_request_review",
        "pull_request_review_comment",
        "pull_request_review_thread",
        "push",
        "repository",
        "status",
        "workflow_run",
    }
)
"""Names of webhooks that something can be made of; others are stored as ignored."""
