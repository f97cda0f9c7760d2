"""Lets only whoever can read the console set the App up: a token in the link there, then a cookie.

Whoever holds the cookie gives the bot its identity. So other sites must neither read these pages (the Host
header has to be one of ours: a name of theirs may lead to this machine) nor send their forms (Origin).
"""

from __future__ import annotations

import hmac
import ipaddress
import re
import secrets
from collections.abc import Callable

from aiohttp import web
from cachetools import TTLCache
from yarl import URL

from mentorbot.web.setup.refusals import SetupRefused

COOKIE = "mentorbot_setup"
MOST_WRONG_TOKENS = 10
"""A minute; then nobody gets in by a token for the rest of it."""

_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?")
_MINUTE = 60.0
_LASTS = 4 * 3600
_MOST_BROWSERS = 20


class SetupGuard:
    """Knows the token of the link on the console; each is good for one browser, and then there is a new one.

    `announce` is told of each link: it says so on the console. `public_url` is the address that is ours
    besides this machine's own names.
    """

    def __init__(self, *, public_url: str | None, announce: Callable[[str], None]) -> None:
        self._public = URL(public_url) if public_url else None
        self._announce = announce
        self._token = secrets.token_urlsafe(32)
        self._sessions: TTLCache[str, bool] = TTLCache(_MOST_BROWSERS, _LASTS)
        self._wrong: TTLCache[int, bool] = TTLCache(MOST_WRONG_TOKENS, _MINUTE)
        self._tries = 0
        self._home = ""

    def open_at(self, url: str) -> None:
        """Say where it begins; `url` is where the server listens."""
        self._home = url
        self._announce(self.link)

    @property
    def link(self) -> str:
        return f"{self._home}/setup?token={self._token}"

    def origin(self, request: web.Request) -> str:
        """Where the visitor's browser thinks it is. Raises SetupRefused where that is no place of ours."""
        host = request.host.lower()
        if not _HOST.fullmatch(host):
            host = ""
        if self._public is not None and host in _spellings(self._public):
            return str(self._public.origin())
        if is_this_machine(_name(host)):
            return f"http://{host}"
        raise SetupRefused(
            421,
            "This is not where the set-up is",
            "It answers on localhost, and at PUBLIC_URL: set PUBLIC_URL to the address that you came by, and "
            "start `mentorbot setup` again.",
        )

    def let_in(self, request: web.Request) -> str | None:
        """The new cookie for whoever brings the token; None for those who have one. Raises SetupRefused."""
        self.origin(request)
        if self.knows(request):
            return None
        if "token" not in request.query:
            raise SetupRefused(
                403,
                "Where is the token?",
                "Only whoever runs this server can set it up: open the link that `mentorbot` wrote on its "
                "console.",
            )
        return self._exchange(request.query["token"])

    def check(self, request: web.Request) -> None:
        """Raises SetupRefused for everybody but those who were let in, and what other sites send for them."""
        origin = self.origin(request)
        if not self.knows(request):
            raise SetupRefused(
                403,
                "This browser was not let in",
                "Open the link that `mentorbot` wrote on its console; it lets one browser in.",
            )
        if request.method != "GET" and request.headers.get("Origin") != origin:
            raise SetupRefused(
                403,
                "That came from somewhere else",
                "Only this server's own pages can do this. Start at /setup.",
            )

    def knows(self, request: web.Request) -> bool:
        brought = request.cookies.get(COOKIE, "").encode()
        return any([hmac.compare_digest(one.encode(), brought) for one in self._sessions])  # noqa: C419 - all, always

    def remember(self, request: web.Request, response: web.StreamResponse, session: str) -> None:
        response.set_cookie(
            COOKIE,
            session,
            max_age=_LASTS,
            path="/setup",
            httponly=True,
            secure=self.origin(request).startswith("https://"),
            # Not Strict: GitHub sends the browser back here, which is a visit from another site.
            samesite="Lax",
        )

    def _exchange(self, token: str) -> str:
        if len(self._wrong) >= MOST_WRONG_TOKENS:
            raise SetupRefused(
                429, "Too many wrong tokens", "Wait a minute, then open the link on the console."
            )
        if not hmac.compare_digest(token.encode(), self._token.encode()):
            self._tries += 1
            self._wrong[self._tries] = True
            raise SetupRefused(
                403,
                "That token is not right",
                "Each is good once: open the newest link that `mentorbot` wrote on its console.",
            )
        session = secrets.token_urlsafe(32)
        self._sessions[session] = True
        self._token = secrets.token_urlsafe(32)
        self._announce(self.link)
        return session


def is_this_machine(host: str) -> bool:
    """Whether a name or number always means the machine that uses it."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _name(host: str) -> str:
    """A Host header without its port."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.rpartition(":")[0] if ":" in host else host


def _spellings(url: URL) -> set[str]:
    """The Host headers that browsers send for an address: its own port may be left out."""
    host = f"[{url.host}]" if url.host and ":" in url.host else (url.host or "")
    return {host, f"{host}:{url.port}"} if url.is_default_port() else {f"{host}:{url.port}"}
