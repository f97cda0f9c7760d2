"""A person's own GitHub token for commands that only read: named, set, or as `gh` has it; never shown."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from pydantic import SecretStr

from mentorbot.feature_api.command_line import CannotGoOn
from mentorbot.settings import OwnTokenSettings

FROM_INPUT = "-"
_PATIENCE = 10.0
"""Seconds for `gh`, which may ask a keyring."""


@dataclass(frozen=True, slots=True)
class OwnToken:
    """A token, and where it was found."""

    value: str = field(repr=False)
    origin: str


def own_token(named: str | None, settings: OwnTokenSettings) -> OwnToken:
    """The token that is named, or `-` for standard input; else GITHUB_TOKEN, GH_TOKEN, what `gh` has.

    Raises CannotGoOn where there is none, or what is there can be none.
    """
    if named == FROM_INPUT:
        return _checked(sys.stdin.readline(), "standard input")
    if named is not None:
        return _checked(named, "--token")
    for name, secret in (("GITHUB_TOKEN", settings.github_token), ("GH_TOKEN", settings.gh_token)):
        if secret is not None:
            return _checked(_text(secret), name)
    host = urlsplit(settings.server_url).hostname or ""
    told = _told_by_gh(host)
    if told:
        return _checked(told, f"`gh auth token --hostname {host}`")
    raise CannotGoOn(
        f"This needs a GitHub token, and only reads with it: run `gh auth login --hostname {host}`, or "
        f"set GITHUB_TOKEN to one from {settings.server_url}/settings/tokens "
        "(for public repositories it needs no scope)."
    )


def _told_by_gh(host: str) -> str:
    """What GitHub's own command line has for this host; empty where it has nothing, or isn't there."""
    program = shutil.which("gh")
    if program is None:
        return ""
    try:
        ended = subprocess.run(  # noqa: S603 - fixed words, and a host's name as one of them
            [program, "auth", "token", "--hostname", host],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired, UnicodeDecodeError):
        return ""
    return ended.stdout.strip() if ended.returncode == 0 else ""


def _checked(text: str, origin: str) -> OwnToken:
    """The token, if it can be one. What is wrong with it is told without it."""
    token = text.strip()
    if not token:
        raise CannotGoOn(f"The token from {origin} is empty.")
    if not token.isascii() or not token.isprintable() or " " in token:
        raise CannotGoOn(
            f"The token from {origin} has signs in it that no token has: copy it again, without quotes, "
            "spaces and line ends."
        )
    return OwnToken(token, origin)


def _text(secret: SecretStr) -> str:
    return secret.get_secret_value()
