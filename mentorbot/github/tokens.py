"""Proves to GitHub who we are: as the App with a signed token, in an installation with one that GitHub mints.

https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any, Protocol

from mentorbot.core.clock import Clock
from mentorbot.core.errors import AccessLost, GitHubUnavailable
from mentorbot.github.error_mapping import Missing, NotAllowed
from mentorbot.github.json_reader import JsonReader, UnexpectedJson

_BACKDATED = timedelta(minutes=1)  # GitHub refuses tokens from the future, and clocks differ
_SIGNED_FOR = timedelta(minutes=9)  # GitHub allows ten minutes
_SIGN_AGAIN_AFTER = timedelta(minutes=7)
_MINT_BEFORE_END = timedelta(minutes=5)


class Credential(Protocol):
    """What goes into the Authorization header."""

    async def authorization(self) -> str | None:
        """A token that is good now; None for no header at all."""
        ...

    def invalidate(self, value: str | None) -> None:
        """GitHub does not accept this one (any more): get another."""
        ...

    def rejection(self, said: str) -> Exception:
        """What to raise where GitHub does not accept a new one either."""
        ...


class AppCredential:
    """The App itself: a JSON Web Token signed with its private key."""

    def __init__(self, *, app_id: str, private_key: str, clock: Clock) -> None:
        self._app_id = app_id
        self._private_key = private_key
        self._clock = clock
        self._signed: tuple[str, datetime] | None = None

    async def authorization(self) -> str:
        """A signed token, the same for some minutes."""
        now = self._clock()
        # A clock that was set back must not leave us with a token from the future.
        if self._signed and timedelta() <= now - self._signed[1] < _SIGN_AGAIN_AFTER:
            return self._signed[0]
        # What signs takes 8 MB, and a web server that shows pages never asks GitHub as the App.
        import jwt  # noqa: PLC0415

        issued = now - _BACKDATED
        claims = {
            "iat": int(issued.timestamp()),
            "exp": int((issued + _SIGNED_FOR).timestamp()),
            "iss": self._app_id,
        }
        value = f"Bearer {jwt.encode(claims, self._private_key, algorithm='RS256')}"
        self._signed = (value, now)
        return value

    def invalidate(self, value: str | None) -> None:
        """Sign anew, unless that has been done since."""
        if self._signed and self._signed[0] == value:
            self._signed = None

    def rejection(self, said: str) -> Exception:
        """No work is dropped because of a wrong setting: it waits until that is mended."""
        return GitHubUnavailable(
            f"GitHub does not accept the App's signature ({said}): check GITHUB_APP_ID, GITHUB_PRIVATE_KEY "
            "and this machine's clock.",
            undone=True,
        )


class InstallationCredential:
    """One installation: a token that GitHub mints for an hour. Who asks meanwhile waits for the same one."""

    def __init__(self, *, mint: Callable[[], Awaitable[Any]], clock: Clock) -> None:
        self._mint = mint
        self._clock = clock
        self._minting = asyncio.Lock()
        self._minted: tuple[str, datetime] | None = None

    async def authorization(self) -> str:
        """A token with at least five minutes to go.

        Raises `AccessLost` where the App is uninstalled or suspended.
        """
        if found := self._unexpired():
            return found
        async with self._minting:
            if found := self._unexpired():  # somebody else was faster
                return found
            try:
                answer = JsonReader(await self._mint(), "access_token")
                minted = f"token {answer.text('token')}", answer.moment("expires_at")
            except Missing as error:
                raise AccessLost("The App is no longer installed there.") from error
            except UnexpectedJson as error:
                raise GitHubUnavailable(f"GitHub's new token makes no sense: {error.reason}") from error
            self._minted = minted
            return minted[0]

    def invalidate(self, value: str | None) -> None:
        """Mint anew, unless that has been done since."""
        if self._minted and self._minted[0] == value:
            self._minted = None

    def rejection(self, said: str) -> Exception:
        """No work is dropped for that: an App that has no business there any more gets no token either."""
        return GitHubUnavailable(f"GitHub does not accept the installation's token: {said}", undone=True)

    def _unexpired(self) -> str | None:
        if self._minted and self._clock() < self._minted[1] - _MINT_BEFORE_END:
            return self._minted[0]
        return None


class TokenRefused(AccessLost):
    """GitHub does not know the token: mistyped, run out, or taken back."""


class PersonalToken:
    """Somebody's own token, as it is: there is no other where GitHub refuses it. It is never shown."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __repr__(self) -> str:
        return "PersonalToken(…)"

    async def authorization(self) -> str:
        return f"Bearer {self._token}"

    def invalidate(self, value: str | None) -> None:
        """Does nothing: whoever gave it has to give another."""

    def rejection(self, said: str) -> Exception:
        return TokenRefused(f"GitHub does not accept the token ({said}).")


class NoCredential:
    """Nobody in particular: for what GitHub tells everybody."""

    async def authorization(self) -> str | None:
        return None

    def invalidate(self, value: str | None) -> None:
        """Does nothing: there is no token to get anew."""

    def rejection(self, said: str) -> Exception:
        """GitHub wants to know who asks."""
        return NotAllowed(f"GitHub does not tell this to everybody: {said}")
