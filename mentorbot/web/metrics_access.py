"""Who may see figures: how much is done here is nobody's business but the operator's."""

from __future__ import annotations

import hmac
import ipaddress

from aiohttp import web

_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP")
"""What a proxy adds: then the request only seems to come from this machine."""

_BEARER = "Bearer "


class FiguresAccess:
    """With a token: whoever has it. Without: this machine itself, and nobody through a proxy on it."""

    def __init__(self, token: str | None) -> None:
        self._token = token

    def allows(self, request: web.Request) -> bool:
        """True where this request may be answered with figures."""
        if self._token is None:
            return _is_from_here(request)
        said = request.headers.get("Authorization", "")
        given = said.removeprefix(_BEARER) if said.startswith(_BEARER) else ""
        return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), self._token.encode())

    def refusal(self) -> web.Response:
        """What everybody else is told: how those who may can."""
        if self._token is None:
            return web.Response(
                status=403,
                text="Figures are shown on this machine only; METRICS_TOKEN lets others see them.\n",
            )
        return web.Response(
            status=401,
            headers={"WWW-Authenticate": "Bearer"},
            text="Figures take METRICS_TOKEN as a bearer token.\n",
        )


def _is_from_here(request: web.Request) -> bool:
    if any(name in request.headers for name in _FORWARDED):
        return False
    try:
        address = ipaddress.ip_address((request.remote or "").partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback
