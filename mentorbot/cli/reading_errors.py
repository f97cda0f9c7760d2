"""Why GitHub told nothing, or not all: one sentence each, with the cure, and the exit code for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from mentorbot.cli.own_token import OwnToken
from mentorbot.core.errors import AccessLost, GitHubUnavailable, Impossible, LimitReached
from mentorbot.github.error_mapping import Missing, NotAllowed, NotGitHub, RequestDropped, SignOnNeeded
from mentorbot.github.project_listings import RepositoryNotFound
from mentorbot.github.tokens import TokenRefused
from mentorbot.settings import OwnTokenSettings

_AGAIN = "Run the same command again then: what was answered is not asked twice."
_LATER = "Run the same command again in some minutes: what was answered is not asked twice."
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Ending:
    """How a reading ended: `why`, where that is before its end. `is_usage`: only who asked can mend it."""

    why: str = ""
    is_usage: bool = False

    @property
    def exit_code(self) -> int:
        if not self.why:
            return 0
        return 2 if self.is_usage else 1


def ending_of(
    error: Exception, repository: str, *, settings: OwnTokenSettings, token: OwnToken, is_first: bool
) -> Ending | None:
    """What an error means for who asked; None for one that is our own.

    `is_first`: GitHub has answered nothing at all yet, so that the address may be the reason.
    """
    usage = _usage_error(error, repository, settings=settings, token=token)
    if usage is not None:
        return Ending(usage, is_usage=True)
    if isinstance(error, Impossible) or (is_first and _is_address(error, settings)):
        return Ending(_wrong_address(error, settings), is_usage=True)
    return (
        Ending(_trouble(error, settings, is_first=is_first)) if isinstance(error, GitHubUnavailable) else None
    )


def _trouble(error: GitHubUnavailable, settings: OwnTokenSettings, *, is_first: bool) -> str:
    """What passes by itself, or with the network."""
    if isinstance(error, LimitReached):
        return f"GitHub's limit for this token is in force{_until(error.retry_at)}. {_AGAIN}"
    if isinstance(error, NotGitHub) and is_first:
        return (
            f"Something answers in place of {settings.github_api_url} ({_why(error)}): "
            "is there a proxy, or a network that wants you to sign in?"
        )
    if isinstance(error, RequestDropped) and error.undone:
        return f"{settings.github_api_url} can't be reached ({_why(error)}): check the network. {_LATER}"
    return f"GitHub gave no answer ({_why(error)}). {_LATER}"


def _usage_error(
    error: Exception, repository: str, *, settings: OwnTokenSettings, token: OwnToken
) -> str | None:
    if isinstance(error, RepositoryNotFound):
        return (
            f"GitHub shows this token no repository {repository}: check its name. For a private one the "
            f"token from {token.origin} needs the scope `repo`, or access to it."
        )
    if isinstance(error, TokenRefused):
        return (
            f"GitHub does not accept the token from {token.origin}: it is mistyped or has run out. Make "
            f"another at {settings.server_url}/settings/tokens, or run `gh auth login`."
        )
    if isinstance(error, SignOnNeeded):
        where = _plain(error.url) or f"{settings.server_url}/settings/tokens"
        return f"{repository.partition('/')[0]} asks for single sign-on: let this token in at {where}"
    if isinstance(error, NotAllowed):
        return f"GitHub lets this token not read {repository} ({_plain(error.said)}): use one that may."
    if isinstance(error, AccessLost):
        return f"GitHub lets this token not read {repository} ({_why(error)})."
    return None


def _is_address(error: Exception, settings: OwnTokenSettings) -> bool:
    if settings.is_public_github:
        return False
    return isinstance(error, NotGitHub | Missing) or (isinstance(error, RequestDropped) and error.undone)


def _wrong_address(error: Exception, settings: OwnTokenSettings) -> str:
    return (
        f"At {settings.github_api_url} there is no GitHub API ({_why(error)}): check GITHUB_API_URL. "
        "Enterprise Server's ends with /api/v3."
    )


def _until(moment: datetime | None) -> str:
    if moment is None:
        return ""
    minutes = max(round((moment - datetime.now(UTC)).total_seconds() / 60), 1)
    return f" until {moment.astimezone():%H:%M} ({minutes} min)"


def _why(error: Exception) -> str:
    return _plain(str(getattr(error, "why", error))).rstrip(".")


def _plain(text: str) -> str:
    """What others wrote, without what would move a terminal's cursor, and not endlessly long."""
    shown = "".join(sign if sign.isprintable() else " " for sign in text)
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"
