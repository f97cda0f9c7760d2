"""Kinds of failure that rooms above need not tell apart, but this one does."""

from __future__ import annotations

from mentorbot.core.errors import AccessLost, GitHubUnavailable, Impossible


class RequestDropped(GitHubUnavailable):
    """The line dropped, GitHub answered with an error of its own (5xx), or with something unreadable."""


class Missing(Impossible):
    """What was asked for does not exist (any more), or may not be seen: GitHub answers 404 to both."""


class NotAllowed(AccessLost):
    """The App lacks a permission for this one thing; other things may work."""
