"""Who is logged in: an encrypted cookie says who, the store says whether that still holds.

GitHub's token is in the cookie only, so that nobody who reads the store can use it.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any, Protocol

from aiohttp import web
from cryptography.fernet import Fernet, InvalidToken

from mentorbot.web.visitor import Visitor

SESSION_SECONDS = 8 * 3600
"""As long as GitHub's user tokens last.

https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/refreshing-user-access-tokens
"""

LOGIN_SECONDS = 600
"""How long somebody may take to log in at GitHub."""

_SESSION = "mentorbot_session"
_LOGIN = "mentorbot_login"


class SessionRegistry(Protocol):
    """Remembers which sessions go on; shared by all web servers."""

    async def begin(self, session: str, *, lasts: timedelta) -> None:
        """Let a session go on for so long."""

    async def goes_on(self, session: str) -> bool:
        """False where it was ended, is over, or never began."""
        ...

    async def end(self, session: str) -> None:
        """End a session, wherever its cookie may have been copied to."""


@dataclass(frozen=True, slots=True)
class PendingLogin:
    """Somebody was sent to GitHub to log in, and will be sent on to the page `to`.

    `state` proves that the answer belongs to this browser, `verifier` that it belongs to this request (PKCE).
    """

    state: str
    verifier: str
    to: str


class Sessions:
    """Reads and writes the cookies. `secure` keeps them off unencrypted lines."""

    def __init__(self, secret: str, *, kept: SessionRegistry, secure: bool) -> None:
        # A key each, so that what is said in one cookie says nothing in the other.
        self._keys = {_SESSION: _key(secret, for_="session"), _LOGIN: _key(secret, for_="login")}
        self._kept = kept
        self._secure = secure

    async def visitor(self, request: web.Request) -> Visitor | None:
        """Who is looking, as far as they logged in lately and not out again."""
        claimed = self._claimed(request)
        return claimed if claimed is not None and await self._kept.goes_on(claimed.session) else None

    async def remember(self, response: web.StreamResponse, visitor: Visitor) -> None:
        await self._kept.begin(visitor.session, lasts=timedelta(seconds=SESSION_SECONDS))
        self._write(response, _SESSION, asdict(visitor), SESSION_SECONDS)

    async def forget(self, request: web.Request, response: web.StreamResponse) -> None:
        """Log somebody out, here and wherever else this cookie may be."""
        claimed = self._claimed(request)
        if claimed is not None:
            await self._kept.end(claimed.session)
        response.del_cookie(_SESSION)

    def _claimed(self, request: web.Request) -> Visitor | None:
        said = self._read(request, _SESSION, SESSION_SECONDS)
        is_ours = said is not None and "session" in said  # older versions had none
        return Visitor(**said) if said is not None and is_ours else None

    def login_under_way(self, request: web.Request) -> PendingLogin | None:
        """What this browser was sent to GitHub for."""
        said = self._read(request, _LOGIN, LOGIN_SECONDS)
        return PendingLogin(**said) if said else None

    def begin_login(self, response: web.StreamResponse, login: PendingLogin) -> None:
        """Remember, in this browser only, that it was sent to GitHub."""
        self._write(response, _LOGIN, asdict(login), LOGIN_SECONDS)

    def end_login(self, response: web.StreamResponse) -> None:
        """A state is good for one answer."""
        response.del_cookie(_LOGIN)

    def _read(self, request: web.Request, name: str, seconds: int) -> dict[str, Any] | None:
        try:
            content = self._keys[name].decrypt(request.cookies.get(name, ""), ttl=seconds)
        except (InvalidToken, ValueError):  # absent, expired, forged, or from before the secret changed
            return None
        said: dict[str, Any] = json.loads(content)
        return said

    def _write(self, response: web.StreamResponse, name: str, said: dict[str, Any], seconds: int) -> None:
        response.set_cookie(
            name,
            self._keys[name].encrypt(json.dumps(said).encode()).decode(),
            max_age=seconds,
            httponly=True,
            secure=self._secure,
            samesite="Lax",
        )


def _key(secret: str, *, for_: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"{for_}:{secret}".encode()).digest()))
