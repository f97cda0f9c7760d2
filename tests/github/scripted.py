"""A GitHub that says exactly what a test tells it to, over real HTTP: for answers the sandbox never gives."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PRIVATE_KEY = _KEY.private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
).decode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """One answer. `drops` closes the connection instead; `text` is sent as it is, in place of JSON."""

    status: int = 200
    json: Any = None
    text: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "application/json"
    drops: bool = False


@dataclass(slots=True)
class ReceivedRequest:
    """A request that came."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: Any


Answering = Callable[[web.Request], Awaitable[web.StreamResponse]]


class ScriptedGitHub:
    """Answers what was scripted for a path, in order, the last answer for ever; 404 to all else."""

    def __init__(self) -> None:
        self.url = ""
        self.requests: list[ReceivedRequest] = []
        self.minted = 0
        self.intercept: Answering | None = None
        self._script: dict[tuple[str, str], list[Say]] = {}

    def on(self, method: str, path: str, *answers: Say) -> None:
        """Script the answers to a method and path (without its query)."""
        self._script[method, path] = list(answers)

    def asked(self, path: str) -> list[ReceivedRequest]:
        """The requests for a path."""
        return [one for one in self.requests if one.path.partition("?")[0] == path]

    async def meet(self, request: web.Request) -> web.StreamResponse:
        """Answer one request, by way of what a test put in between."""
        return await (self.intercept or self.answer)(request)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer one request."""
        raw = await request.read()
        body = json.loads(raw) if raw else None
        self.requests.append(ReceivedRequest(request.method, request.path_qs, dict(request.headers), body))
        answers = self._script.get((request.method, request.path))
        if answers is None and request.path.endswith("/access_tokens"):
            self.minted += 1
            token = {"token": f"ghs_{self.minted}", "expires_at": "2126-01-01T00:00:00Z"}
            return web.json_response(token, status=201)
        if answers is None:
            return web.json_response({"message": "Not Found"}, status=404)
        said = answers.pop(0) if len(answers) > 1 else answers[0]
        if said.drops:
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        text = said.text if said.text is not None else json.dumps(said.json)
        headers = {name: value.replace("{url}", self.url) for name, value in said.headers.items()}
        return web.Response(
            status=said.status,
            body=None if said.status in {204, 304} else text.encode(),
            headers={**headers, "content-type": said.content_type},
        )


@asynccontextmanager
async def scripted_github() -> AsyncIterator[ScriptedGitHub]:
    """One that listens on a free port of 127.0.0.1 until the block ends."""
    github = ScriptedGitHub()
    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", github.meet)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    github.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield github
    finally:
        await runner.cleanup()
