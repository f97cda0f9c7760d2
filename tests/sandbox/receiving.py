"""What these tests share: an ear for webhooks, and a caller of the API that judges every answer."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import aiohttp
import jwt
from aiohttp import web

from mentorbot.sandbox.simulated_github import SimulatedGitHub
from tests.contract.openapi import description
from tests.contract.webhooks import problems_of_payload


class Heard(NamedTuple):
    """One webhook that came in."""

    event: str
    payload: dict[str, Any]
    headers: dict[str, str]
    is_signed: bool

    @property
    def name(self) -> str:
        """`event` or `event.action`."""
        action = self.payload.get("action")
        return self.event if action is None else f"{self.event}.{action}"


@dataclass
class Ear:
    """Takes webhooks in; `answers` are the statuses of the next ones, then 202."""

    secret: Callable[[], str]
    heard: list[Heard] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    url: str = ""

    async def take(self, request: web.Request) -> web.Response:
        """Keep one webhook."""
        body = await request.read()
        digest = hmac.new(self.secret().encode(), body, hashlib.sha256).hexdigest()
        is_signed = request.headers["X-Hub-Signature-256"] == f"sha256={digest}"
        event = request.headers["X-GitHub-Event"]
        self.heard.append(Heard(event, await request.json(), dict(request.headers), is_signed))
        return web.Response(status=self.answers.pop(0) if self.answers else 202)

    @property
    def names(self) -> list[str]:
        """What was heard, in order."""
        return [one.name for one in self.heard]

    def last(self, name: str) -> dict[str, Any]:
        """The latest payload of that name."""
        return next(one.payload for one in reversed(self.heard) if one.name == name)

    def forget(self) -> None:
        """Start over."""
        self.heard.clear()

    def problems(self) -> list[str]:
        """How what was heard differs from GitHub's schemas."""
        return [
            f"{one.name}: {problem}"
            for one in self.heard
            for problem in problems_of_payload(one.event, one.payload)
        ]


@asynccontextmanager
async def listening(github: SimulatedGitHub) -> AsyncIterator[Ear]:
    """An ear that the sandbox delivers to."""
    ear = Ear(secret=lambda: github.app.webhook_secret)
    app = web.Application(client_max_size=30 * 1024 * 1024)
    app.router.add_post("/hook", ear.take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    ear.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    github.deliver_to(ear.url)
    try:
        yield ear
    finally:
        await runner.cleanup()


class Answered(NamedTuple):
    """One answer of the API."""

    status: int
    body: Any
    headers: Mapping[str, str]


@dataclass
class Caller:
    """Calls the sandbox's API; every answer that GitHub describes must be as described."""

    session: aiohttp.ClientSession
    github: SimulatedGitHub
    authorization: str | None
    judges: bool = True

    async def __call__(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        headers: dict[str, str] | None = None,
        follows: bool = True,
    ) -> Answered:
        sent = dict(headers or {})
        if self.authorization is not None:
            sent["Authorization"] = self.authorization
        async with self.session.request(
            method, self.github.url + path, json=body, headers=sent, allow_redirects=follows
        ) as response:
            is_json = "json" in response.headers.get("Content-Type", "") and response.status != 304
            answer = await (
                response.json() if is_json and "raw" not in response.content_type else response.text()
            )
            found = Answered(response.status, answer, response.headers)
        if self.judges and response.status < 300 and is_json and not response.history:
            plain = path.partition("?")[0]
            described = description().operation(method, plain)
            if described is not None and "raw" not in response.content_type:
                problems = description().problems_of_answer(method, plain, status=found.status, body=answer)
                assert problems == [], (method, path, problems)
        return found

    async def graphql(self, query: str, **variables: Any) -> Any:
        """Ask the GraphQL API."""
        return (await self("POST", "/graphql", {"query": query, "variables": variables})).body


def app_jwt(github: SimulatedGitHub, **claims: Any) -> str:
    """What the App shows as itself."""
    now = int(github.clock.precise().timestamp())
    default = {"iat": now - 30, "exp": now + 500, "iss": str(github.app.id)}
    return jwt.encode(default | claims, github.app.private_key, algorithm="RS256")
