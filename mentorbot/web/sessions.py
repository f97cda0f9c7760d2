"""Who is logged in: kept in an encrypted cookie, so that any number of web servers need no common memory."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from aiohttp import web
from cryptography.fernet import Fernet, InvalidToken

SESSION_SECONDS = 8 * 3600
"""As long as GitHub's user tokens last.

https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/refreshing-user-access-tokens
"""

LOGIN_SECONDS = 600
"""How long somebody may take at GitHub's door."""

_SESSION = "mentorbot_session"
_LOGIN = "mentorbot_login"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who logged in; `token` is GitHub's, and asks as them."""

    id: int
    login: str
    token: str


@dataclass(frozen=True, slots=True)
class LoginUnderWay:
    """Somebody was sent to GitHub to log in, and will be sent on to the page `to`.

    `state` proves that the answer belongs to this browser, `verifier` that it belongs to this request (PKCE).
    """

    state: str
    verifier: str
    to: str


class Sessions:
    """Reads and writes the cookies. `secure` keeps them off unencrypted lines."""

    def __init__(self, secret: str, *, secure: bool) -> None:
        self._fernet = Fernet(
            base64.urlsafe_b64encode(hashlib.sha256(b"session:" + secret.encode()).digest())
        )
        self._secure = secure

    def visitor(self, request: web.Request) -> Visitor | None:
        """Who is looking, as far as they logged in lately."""
        said = self._read(request, _SESSION, SESSION_SECONDS)
        return Visitor(**said) if said else None

    def remember(self, response: web.StreamResponse, visitor: Visitor) -> None:
        """Log somebody in."""
        self._write(response, _SESSION, asdict(visitor), SESSION_SECONDS)

    def forget(self, response: web.StreamResponse) -> None:
        """Log somebody out."""
        response.del_cookie(_SESSION)

    def login_under_way(self, request: web.Request) -> LoginUnderWay | None:
        """What this browser was sent to GitHub for."""
        said = self._read(request, _LOGIN, LOGIN_SECONDS)
        return LoginUnderWay(**said) if said else None

    def begin_login(self, response: web.StreamResponse, login: LoginUnderWay) -> None:
        """Remember, in this browser only, that it was sent to GitHub."""
        self._write(response, _LOGIN, asdict(login), LOGIN_SECONDS)

    def end_login(self, response: web.StreamResponse) -> None:
        """A state is good for one answer."""
        response.del_cookie(_LOGIN)

    def _read(self, request: web.Request, name: str, seconds: int) -> dict[str, Any] | None:
        try:
            content = self._fernet.decrypt(request.cookies.get(name, ""), ttl=seconds)
        except InvalidToken:  # absent, expired, forged, or from before the secret changed
            return None
        said: dict[str, Any] = json.loads(content)
        return said

    def _write(self, response: web.StreamResponse, name: str, said: dict[str, Any], seconds: int) -> None:
        response.set_cookie(
            name,
            self._fernet.encrypt(json.dumps(said).encode()).decode(),
            max_age=seconds,
            httponly=True,
            secure=self._secure,
            samesite="Lax",
        )
