"""Why somebody is not logged in, in words for them."""

from __future__ import annotations

from mentorbot.core.translator import say


class LoginFailed(Exception):  # noqa: N818 - says what is the case, as callers read it
    """Somebody could not be logged in; the text is for them."""


class GitHubUnreachable(LoginFailed):
    """GitHub does not say now who may read what: neither yes nor no."""

    def __init__(self) -> None:
        super().__init__(say("GitHub cannot be reached right now. Please try again in a minute."))
