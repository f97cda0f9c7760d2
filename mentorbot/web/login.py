"""Login with GitHub, so that pages of private repositories are shown to those whom GitHub lets read them.

https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-user-access-token-for-a-github-app
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import secrets
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import TypeVar

import aiohttp
import structlog
from aiohttp import web
from cachetools import TTLCache
from yarl import URL

from mentorbot.core.errors import GitHubUnavailable
from mentorbot.core.translator import say
from mentorbot.github.user_api import UserApi
from mentorbot.web.login_errors import GitHubUnreachable, LoginFailed
from mentorbot.web.sessions import LOGIN_SECONDS, PendingLogin, Sessions
from mentorbot.web.visitor import Visitor

log = structlog.get_logger("web")

_READABLE_SECONDS = 300
_NO = frozenset({401, 403, 404, 410, 451})
"""GitHub's ways of saying no; also to a token that has expired. Everything else is no answer."""

_LONGEST_PAGE = 1_000  # characters; browsers keep no cookie of more than 4 KB
_AT_ONCE = 4
"""Logins about which GitHub is asked at the same time: anybody may begin as many as they like."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuthApp:
    """How the App is known to GitHub's login, and where that is."""

    client_id: str
    client_secret: str
    server_url: str
    api_url: str
    public_url: str | None

    def callback(self, request: web.Request) -> str:
        """Where GitHub sends people back to: where they came from, or to PUBLIC_URL behind a proxy.

        GitHub sends nobody to an address that the App's settings don't name.
        """
        return f"{self.public_url or request.url.origin()}/login/callback"


class Login:
    """The three steps of GitHub's web flow, and the question who may read what."""

    def __init__(self, *, app: OAuthApp, sessions: Sessions, http: aiohttp.ClientSession) -> None:
        self._app = app
        self._sessions = sessions
        self._github = UserApi(http=http, server_url=app.server_url, api_url=app.api_url)
        self._asking = asyncio.Semaphore(_AT_ONCE)
        self._answered: TTLCache[str, bool] = TTLCache(10_000, LOGIN_SECONDS)
        self._readable: TTLCache[tuple[int, str, str], int | None] = TTLCache(10_000, _READABLE_SECONDS)

    async def begin(self, request: web.Request) -> web.Response:
        """`GET /login?to=/owner/repository`: send somebody to GitHub."""
        login = PendingLogin(
            state=secrets.token_urlsafe(24),
            verifier=secrets.token_urlsafe(48),
            to=_own_page(request.query.get("to", "/")),
        )
        challenge = base64.urlsafe_b64encode(hashlib.sha256(login.verifier.encode()).digest()).rstrip(b"=")
        address = URL(f"{self._app.server_url}/login/oauth/authorize").with_query(
            client_id=self._app.client_id,
            redirect_uri=self._app.callback(request),
            state=login.state,
            code_challenge=challenge.decode(),
            code_challenge_method="S256",
        )
        response = web.Response(status=302, headers={"Location": str(address)})
        self._sessions.begin_login(response, login)
        return response

    async def finish(self, request: web.Request) -> web.Response:
        """`GET /login/callback`: GitHub sent somebody back. Raises LoginFailed."""
        login = self._sessions.login_under_way(request)
        state, code = request.query.get("state", ""), request.query.get("code", "")
        if login is None or not hmac.compare_digest(login.state.encode(), state.encode()):
            raise LoginFailed(
                say("This login was not started in this browser, or took too long. Please try again.")
            )
        if not code:
            raise LoginFailed(
                say("GitHub did not let you in. You can try again, or go on without logging in.")
            )
        if login.state in self._answered:
            raise LoginFailed(say("This login is over already. Please try again."))
        self._answered[login.state] = True
        try:
            async with self._asking:
                visitor = await self._visitor(request, code, login.verifier)
        except GitHubUnreachable:  # so that loading the page again may help
            self._answered.pop(login.state, None)
            raise
        response = web.Response(status=302, headers={"Location": login.to})
        await self._sessions.remember(response, visitor)
        self._sessions.end_login(response)
        log.info("Logged in", person=visitor.id)
        return response

    async def end(self, request: web.Request) -> web.Response:
        """`POST /logout`. The cookie is SameSite=Lax: no other site can do this to somebody."""
        response = web.Response(status=303, headers={"Location": "/"})
        await self._sessions.forget(request, response)
        return response

    async def visitor(self, request: web.Request) -> Visitor | None:
        return await self._sessions.visitor(request)

    async def readable(self, visitor: Visitor, full_name: str) -> int | None:
        """The id of the repository of this name that GitHub lets this visitor read; None where it lets none.

        Asked again after five minutes. Raises GitHubUnreachable where GitHub says neither yes nor no.
        """
        asked = (visitor.id, visitor.session, full_name.lower())
        if asked not in self._readable:
            status, found = await _told(self._github.ask(f"/repos/{full_name}", token=visitor.token))
            if status != web.HTTPOk.status_code and status not in _NO:
                raise GitHubUnreachable
            self._readable[asked] = found.get("id")
        return self._readable[asked]

    async def _visitor(self, request: web.Request, code: str, verifier: str) -> Visitor:
        answer = await _told(
            self._github.exchange(
                client_id=self._app.client_id,
                client_secret=self._app.client_secret,
                code=code,
                redirect_uri=self._app.callback(request),
                code_verifier=verifier,
            )
        )
        token = answer.get("access_token")
        if not token:
            # GitHub answers 200 with an error inside: an old code, a wrong client secret, a wrong callback.
            log.warning("GitHub gave no user token", error=answer.get("error"))
            raise LoginFailed(say("GitHub did not accept the login. Please try again."))
        status, person = await _told(self._github.ask("/user", token=token))
        if status != web.HTTPOk.status_code:
            raise LoginFailed(say("GitHub let you in, but did not say who you are. Please try again."))
        return Visitor(id=person["id"], login=person["login"], token=token, session=secrets.token_urlsafe(24))


async def _told(answer: Awaitable[T]) -> T:
    """What GitHub tells. Raises GitHubUnreachable where it says nothing."""
    try:
        return await answer
    except GitHubUnavailable as error:
        raise GitHubUnreachable from error


def _own_page(path: str) -> str:
    """The path, or the first page where it would lead to another site, as "//evil.example" does.

    Raises LoginFailed where it is no address at all.
    """
    try:
        url = URL(path)
    except ValueError as error:
        raise LoginFailed(say("The page to go to afterwards has no proper address.")) from error
    is_ours = path.startswith("/") and not path.startswith("//") and "\\" not in path and not url.absolute
    return path if is_ours and path.isprintable() and len(path) <= _LONGEST_PAGE else "/"
