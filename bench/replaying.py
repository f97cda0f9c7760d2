"""Plays a saved history to the whole bot: signed webhooks over HTTP, its clock following what happens."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import re
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote

import aiohttp

from bench.deliveries_of import ToldThen
from bench.mirrored_github import Mirror
from bench.window import Window, thread_of
from mentorbot.db.connection import text
from mentorbot.wiring import Bot

ACCEPTED = 202
_PATIENCE, _IMPATIENCE = 60.0, 1.0  # seconds until something is worked off, before and after nothing was
_LOOK_AGAIN = 0.02
_MARKER = re.compile(r"<!-- mentorbot:(\S+) -->")
_TIME_PASSED = text(
    "UPDATE effects SET tried_at = tried_at - CAST(:passed AS interval) "
    "WHERE tried_at > now() - interval '1 hour'"
)
_WORKED_OFF = text(
    """SELECT id FROM deliveries WHERE id = ANY(:ids) AND state IN ('done', 'ignored', 'parked')
       AND NOT EXISTS (SELECT FROM effects WHERE delivery = deliveries.id AND state IN ('due', 'doing'))"""
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
    started = time.monotonic()
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=50)) as session:
        player = _Player(mirror=mirror, bot=bot, session=session, progress=progress)
        for told in deliveries:
            await player.play(told)
        await player.finish()
    await mirror.github.settled()  # it also tells the bot of the bot's own comments
    with suppress(TimeoutError):  # whatever is left is named below
        await bot.engine.settled(within=player.patience)
    return Outcome(
        written=written(mirror),
        errors=(*player.problems, *await _undone(bot), *_refused(mirror)),
        deliveries=player.sent,
        seconds=time.monotonic() - started,
    )


@dataclass(slots=True, kw_only=True)
class _Player:
    """Sends deliveries as early as the window allows, those of one thread in their order."""

    mirror: Mirror
    bot: Bot
    session: aiohttp.ClientSession
    progress: Callable[[int, datetime], None]
    sent: int = 0
    patience: float = _PATIENCE
    problems: list[str] = field(default_factory=list)
    _window: Window = field(default_factory=Window)
    _sending: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    _last_in: dict[int, asyncio.Task[None]] = field(default_factory=dict)
    _passed: timedelta = timedelta(0)
    _stuck_since: float | None = None

    async def play(self, told: ToldThen) -> None:
        """Send one, once it may be."""
        while not self._window.takes(told):
            await self._look()
        self._let_time_pass(until=self._window.time_with(told))
        self.mirror.take_in(told)
        self._window.add(told)
        thread = thread_of(told)
        sending = asyncio.create_task(self._send(told, after=self._last_in.get(thread)))
        self._sending[told.id] = self._last_in[thread] = sending
        self.sent += 1
        self.progress(self.sent, told.at)

    async def finish(self) -> None:
        """Wait until all that was sent is worked off."""
        while self._window.under_way:
            await self._look()

    async def _send(self, told: ToldThen, *, after: asyncio.Task[None] | None) -> None:
        if after is not None:
            await after
        body = json.dumps(told.payload, separators=(",", ":")).encode()
        headers = _headers(told, body, self.mirror.github.app.webhook_secret.encode())
        url = f"{self.bot.url}/github/webhook"
        async with self.session.post(url, data=body, headers=headers) as answer:
            if answer.status != ACCEPTED:
                self.problems.append(f"{told.event} {told.id} got {answer.status}: {await answer.text()}")

    async def _look(self) -> None:
        """See what was worked off since the last look; where nothing was, give it some time."""
        sent = [id_ for id_ in self._window.under_way if self._sending[id_].done()]
        async with self.bot.store.transaction() as connection:
            if self._passed:
                await connection.execute(_TIME_PASSED, {"passed": self._passed})
                self._passed = timedelta(0)
            done = list((await connection.execute(_WORKED_OFF, {"ids": sent})).scalars())
        for id_ in done:
            self._forget(id_)
        if done:
            self._stuck_since = None
        elif self._is_stuck():
            # Something fails again and again: it is named, and the rest goes on.
            self.problems += [f"{id_} was not worked off in {self.patience} s" for id_ in sent]
            self.patience = _IMPATIENCE
            for id_ in sent:
                self._forget(id_)
        else:
            await asyncio.sleep(_LOOK_AGAIN)

    def _forget(self, id_: str) -> None:
        self._window.done(id_)
        self._sending.pop(id_).result()

    def _is_stuck(self) -> bool:
        self._stuck_since = self._stuck_since or time.monotonic()
        if time.monotonic() - self._stuck_since < self.patience:
            return False
        self._stuck_since = None
        return True

    def _let_time_pass(self, *, until: datetime) -> None:
        """Move the clock that the bot and its GitHub share; that of the database paces the bot's writes."""
        clock = self.mirror.github.clock
        passed = max(until - clock.precise(), timedelta(0))
        clock.freeze(clock.precise() + passed)
        self._passed += passed


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
