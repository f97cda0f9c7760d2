"""Plays a saved history to the whole bot: signed webhooks over HTTP, its clock following what happens."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import re
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote

import aiohttp
from sqlalchemy import text

from bench.deliveries_of import ToldThen
from bench.lots import lots_of
from bench.mirrored_github import Mirror
from mentorbot.wiring import Bot

ACCEPTED = 202
_PATIENCE, _IMPATIENCE = 60.0, 1.0  # seconds for a lot to be worked off, before and after one was not
_MARKER = re.compile(r"<!-- mentorbot:(\S+) -->")
_TIME_PASSED = text(
    "UPDATE effects SET tried_at = tried_at - CAST(:passed AS interval) "
    "WHERE tried_at > now() - interval '1 hour'"
)
_UNDONE = {
    "deliveries": "SELECT id, reason FROM deliveries WHERE state NOT IN ('done', 'ignored')",
    "effects": "SELECT key, why FROM effects WHERE state <> 'done'",
}


@dataclass(frozen=True, slots=True)
class Written:
    """A comment of the bot: for whom, where, when, on what occasion (the effect's key)."""

    login: str
    number: int
    at: datetime
    key: str

    def as_json(self) -> dict[str, Any]:
        """For the figures."""
        return {"login": self.login, "number": self.number, "at": self.at.strftime("%Y-%m-%dT%H:%M:%SZ")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a replay. `errors` are sentences."""

    written: tuple[Written, ...]
    errors: tuple[str, ...]
    deliveries: int
    seconds: float

    @property
    def greeted(self) -> tuple[Written, ...]:
        """Greetings."""
        return tuple(one for one in self.written if one.key.startswith("welcome/"))

    @property
    def first_merges(self) -> tuple[Written, ...]:
        """Celebrations of a first merge."""
        return tuple(one for one in self.written if re.fullmatch(r"first_merge/.*/merged 1", one.key))

    def as_json(self) -> dict[str, Any]:
        """The figures, as the command line ends with."""
        return {
            "greeted": [one.as_json() for one in self.greeted],
            "first_merges": [one.as_json() for one in self.first_merges],
            "errors": len(self.errors),
            "deliveries": self.deliveries,
            "seconds": round(self.seconds, 1),
        }


async def replay(
    deliveries: Iterable[ToldThen],
    mirror: Mirror,
    bot: Bot,
    *,
    progress: Callable[[int, datetime], None] = lambda *_: None,
) -> Outcome:
    """Send every delivery in order of time, and say what the bot did until all of them were worked off."""
    started, sent, problems, patience = time.monotonic(), 0, list[str](), _PATIENCE
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=50)) as session:
        for lot in lots_of(deliveries):
            await _let_time_pass(mirror, bot, until=lot[-1].at)
            for told in lot:
                mirror.take_in(told)
            problems += await _send(session, lot, mirror, f"{bot.url}/github/webhook")
            try:
                await bot.engine.settled(within=patience)
            except (
                TimeoutError
            ) as error:  # something fails again and again: named below, and the rest goes on
                problems.append(f"after {_end_of(lot)}: {error}")
                patience = _IMPATIENCE
            sent += len(lot)
            progress(sent, lot[-1].at)
    await mirror.github.settled()  # it also tells the bot of the bot's own comments
    with suppress(TimeoutError):  # whatever is left is named below
        await bot.engine.settled(within=patience)
    return Outcome(
        written=written(mirror),
        errors=(*problems, *await _undone(bot), *_refused(mirror)),
        deliveries=sent,
        seconds=time.monotonic() - started,
    )


def _end_of(lot: Sequence[ToldThen]) -> str:
    """Where in the history a lot ended."""
    return f"{lot[-1].event} {lot[-1].id} of {lot[-1].at:%Y-%m-%d}"


async def _let_time_pass(mirror: Mirror, bot: Bot, *, until: datetime) -> None:
    """Move the clock that the bot and its GitHub share, and that of the database, which paces its writes."""
    clock = mirror.github.clock
    passed = max(until - clock.precise(), timedelta(0))
    clock.freeze(clock.precise() + passed)
    async with bot.store.transaction() as connection:
        await connection.execute(_TIME_PASSED, {"passed": passed})


def written(mirror: Mirror) -> tuple[Written, ...]:
    """Everything the bot has written in the repository, oldest first."""
    bot = mirror.github.app.bot
    found = [
        Written(thread.author.login, number, comment.created_at, unquote(marker[1]))
        for number, thread in mirror.threads.items()
        for comment in thread.comments.values()
        if comment.author is bot and (marker := _MARKER.search(comment.body))
    ]
    return tuple(sorted(found, key=lambda one: (one.at, one.number)))


async def _send(
    session: aiohttp.ClientSession, lot: Sequence[ToldThen], mirror: Mirror, url: str
) -> list[str]:
    """Deliver a lot all at once, as GitHub does too: it promises no order. Returns what went wrong."""
    secret = mirror.github.app.webhook_secret.encode()

    async def send(told: ToldThen) -> str:
        body = json.dumps(told.payload, separators=(",", ":")).encode()
        async with session.post(url, data=body, headers=_headers(told, body, secret)) as answer:
            if answer.status == ACCEPTED:
                return ""
            return f"{told.event} {told.id} got {answer.status}: {await answer.text()}"

    return [problem for problem in await asyncio.gather(*map(send, lot)) if problem]


def _headers(told: ToldThen, body: bytes, secret: bytes) -> dict[str, str]:
    return {
        "Content-Type": "application/json",
        "X-GitHub-Delivery": told.id,
        "X-GitHub-Event": told.event,
        "X-Hub-Signature-256": "sha256=" + hmac.new(secret, body, hashlib.sha256).hexdigest(),
    }


async def _undone(bot: Bot) -> list[str]:
    """What the bot has not brought to an end, or gave up."""
    problems = []
    async with bot.store.database.reading() as connection:
        for what, query in _UNDONE.items():
            rows = await connection.execute(text(query))
            problems += [f"{what}: {name} was not done: {reason}" for name, reason in rows]
    return problems


def _refused(mirror: Mirror) -> list[str]:
    """What GitHub refused. A missing file or repository is an answer, not a refusal."""
    return [
        f"GitHub answered {request.method} {request.path} with {request.status}"
        for request in mirror.github.requests
        if request.status >= 400 and not (request.method == "GET" and request.status == 404)
    ]
