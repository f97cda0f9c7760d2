"""Whoever has no signature: however they send, how much and how slowly, GitHub is heard."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import pytest
from structlog.testing import capture_logs

from mentorbot.web import connection_limits
from mentorbot.web.connection_limits import ConnectionLimiter
from mentorbot.web.metrics import Metrics
from mentorbot.web.server import WebParts, create_app
from mentorbot.web.webhook import RequestBodies, Webhook
from tests.patience import PATIENCE, until
from tests.web.conftest import a_health
from tests.web.served import Served, served
from tests.web.test_webhook import NOW, PAYLOAD, SECRET, Memory, StoreDown, headers_for, signed

MIB = 1024 * 1024
BODY = json.dumps(PAYLOAD).encode()
FORGED = "sha256=" + "0" * 64

Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Bot:
    """A webhook behind a door, and what it heard."""

    def __init__(
        self, site: Served, memory: Memory, limiter: ConnectionLimiter, bodies: RequestBodies
    ) -> None:
        self.site, self.memory, self.limiter, self.bodies = site, memory, limiter, bodies
        self._lines = AsyncExitStack()

    async def line(self, sent: bytes = b"") -> Line:
        reader, writer = await asyncio.open_connection(self.site.host, self.site.port)
        self._lines.callback(writer.transport.abort)  # whatever is still to be sent
        self._lines.callback(writer.close)
        writer.write(sent)
        await writer.drain()
        return reader, writer

    async def delivers(self, body: bytes = BODY) -> int:
        async with self.site.http.post(
            f"{self.site.url}/github/webhook", data=body, headers=headers_for(body)
        ) as answer:
            return answer.status

    async def close(self) -> None:
        await self._lines.aclose()


@asynccontextmanager
async def a_bot(
    *,
    limiter: ConnectionLimiter | None = None,
    bodies: RequestBodies | None = None,
    memory: Memory | None = None,
) -> AsyncIterator[Bot]:
    memory, limiter, bodies = memory or Memory(), limiter or ConnectionLimiter(64), bodies or RequestBodies()
    webhook = Webhook(
        receive=memory.receive,
        secret=SECRET,
        clock=lambda: NOW,
        metrics=Metrics(),
        unavailable=(StoreDown,),
        bodies=bodies,
    )
    app = create_app(WebParts(health=a_health(), webhook=webhook))
    async with served(app, limiter=limiter) as site:
        bot = Bot(site, memory, limiter, bodies)
        try:
            yield bot
        finally:
            await bot.close()


def head(length: int | None, **changed: Any) -> bytes:
    headers = {**headers_for(b"", **changed), "Host": "x"}
    headers |= {"Transfer-Encoding": "chunked"} if length is None else {"Content-Length": str(length)}
    lines = ["POST /github/webhook HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


async def status_on(reader: asyncio.StreamReader) -> int:
    return int((await asyncio.wait_for(reader.readline(), PATIENCE)).split()[1])


@pytest.mark.parametrize(
    "sent",
    [b"", b"POST /github/webhook HTTP/1.1\r\nHost: x\r\nX-Slow: l", head(5000, X_Hub_Signature_256=FORGED)],
    ids=["nothing", "half a head", "no body"],
)
async def test_ever_so_many_half_open_connections_leave_room_for_github(sent: bytes) -> None:
    async with a_bot(limiter=ConnectionLimiter(20)) as bot:
        for _ in range(80):
            await bot.line(sent)
            assert len(bot.limiter.connected) <= 20
        assert await bot.delivers() == 202


async def test_who_has_signed_a_delivery_is_hung_up_on_last() -> None:
    async with a_bot(limiter=ConnectionLimiter(4)) as bot:
        reader, writer = await bot.line(head(2, X_Hub_Signature_256=signed(b"{}")) + b"{}")
        assert await status_on(reader) == 202
        await reader.readuntil(b"\r\n\r\n")
        for _ in range(20):
            await bot.line(b"POST ")
        await until(lambda: len(bot.limiter.connected) == 4)
        writer.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert await status_on(reader) == 200


async def test_who_is_being_answered_is_not_sent_away_for_newcomers() -> None:
    going_on = asyncio.Event()

    class Slow(Memory):
        async def receive(self, delivery: Any) -> bool:
            await going_on.wait()
            return await super().receive(delivery)

    async with a_bot(limiter=ConnectionLimiter(4), memory=Slow()) as bot:
        busy = [await bot.line(head(2, X_Hub_Signature_256=signed(b"{}")) + b"{}") for _ in range(4)]
        await until(lambda: not any(one.keeps_us_waiting for one in bot.limiter.connected))
        turned_away, _ = await bot.line()
        assert await asyncio.wait_for(turned_away.read(), PATIENCE) == b""
        going_on.set()
        assert [await status_on(reader) for reader, _ in busy] == [202] * 4


@pytest.mark.parametrize("sent", [b"", b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: l"])
async def test_a_head_that_does_not_come_is_not_waited_for(sent: bytes) -> None:
    async with a_bot(limiter=ConnectionLimiter(20, head_seconds=0.05)) as bot:
        reader, _ = await bot.line(sent)
        assert await asyncio.wait_for(reader.read(), PATIENCE) == b""
        await until(lambda: not bot.limiter.connected)


async def test_the_second_head_on_a_connection_has_to_come_as_well() -> None:
    async with a_bot(limiter=ConnectionLimiter(20, head_seconds=0.2)) as bot:
        reader, writer = await bot.line(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert await status_on(reader) == 200
        writer.write(b"GET /hea")
        assert b"alive" in await asyncio.wait_for(reader.read(), PATIENCE)  # and then the end


async def test_an_idle_connection_is_closed_after_a_while() -> None:
    async with a_bot(limiter=ConnectionLimiter(20, idle_seconds=0.1)) as bot:
        reader, _ = await bot.line(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert b"alive" in await asyncio.wait_for(reader.read(), PATIENCE)


async def test_who_does_not_read_our_answers_makes_room_for_github() -> None:
    async with a_bot(limiter=ConnectionLimiter(4)) as bot:
        for _ in range(4):
            await deaf_to_answers(bot)
        await until(lambda: sum(one.keeps_us_waiting for one in bot.limiter.connected) == 4)
        assert await bot.delivers() == 202


async def test_answers_that_nobody_reads_are_not_kept_for_ever() -> None:
    async with a_bot(limiter=ConnectionLimiter(4, unread_seconds=0.05)) as bot:
        await deaf_to_answers(bot)
        await until(lambda: not bot.limiter.connected)


async def test_who_reads_late_gets_every_answer() -> None:
    async with a_bot(limiter=ConnectionLimiter(4, unread_seconds=PATIENCE)) as bot:
        reader = await deaf_to_answers(bot)
        await until(lambda: any(one.keeps_us_waiting for one in bot.limiter.connected))
        async with asyncio.timeout(PATIENCE):
            while any(one.keeps_us_waiting for one in bot.limiter.connected):
                assert await reader.read(MIB)


async def deaf_to_answers(bot: Bot) -> asyncio.StreamReader:
    """Somebody who asks and asks, and reads nothing: what we answer piles up until nobody takes it."""
    reader, writer = await bot.line()
    writer.write(b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n" * 20_000)
    return reader


@pytest.mark.parametrize("length", [20 * MIB, None], ids=["announced", "chunked"])
@pytest.mark.parametrize("signature", [None, "sha256=abc", "sha1=" + "0" * 40])
async def test_without_the_form_of_a_signature_no_body_is_read(
    length: int | None, signature: str | None
) -> None:
    async with a_bot() as bot:
        reader, _ = await bot.line(head(length, X_Hub_Signature_256=signature))
        assert await status_on(reader) == 401  # though not a byte of the body came
        assert b"Connection: close" in await asyncio.wait_for(reader.read(), PATIENCE)


async def test_who_asks_before_sending_is_refused_before_sending() -> None:
    async with a_bot() as bot:
        reader, _ = await bot.line(head(2, X_Hub_Signature_256=None, Expect="100-continue"))
        assert await status_on(reader) == 401
        reader, writer = await bot.line(head(2, X_Hub_Signature_256=signed(b"{}"), Expect="100-continue"))
        assert await status_on(reader) == 100
        await reader.readline()
        writer.write(b"{}")
        assert await status_on(reader) == 202


@pytest.mark.parametrize(
    "changed",
    [
        {"X_GitHub_Delivery": "d" * 8000},
        {"X_GitHub_Delivery": "a b"},
        {"X_GitHub_Delivery": "d<script>"},
        {"X_GitHub_Event": "e" * 8000},
        {"X_GitHub_Event": "Issues opened"},
    ],
)
async def test_an_id_or_a_name_that_github_would_not_give_is_refused_and_not_logged(
    changed: dict[str, str],
) -> None:
    async with a_bot() as bot:
        with capture_logs() as lines:
            reader, _ = await bot.line(head(2, X_Hub_Signature_256=signed(b"{}"), **changed) + b"{}")
            assert await status_on(reader) == 400
        assert bot.memory.heard == []
        assert next(iter(changed.values())) not in str(lines)


async def test_uploads_of_strangers_share_a_budget_and_small_deliveries_have_their_own() -> None:
    async with a_bot(bodies=RequestBodies(budget=8 * MIB)) as bot:
        answers = []
        for _ in range(12):
            reader, writer = await bot.line(head(5 * MIB, X_Hub_Signature_256=FORGED))
            writer.write(b"x" * (MIB // 2))
            answers.append(reader)
        await until(lambda: bot.bodies.held >= MIB)
        assert bot.bodies.held <= 8 * MIB
        assert await bot.delivers() == 202
        refused = answers[4:]
        statuses = [await status_on(reader) for reader in refused]
        assert set(statuses) == {503}
        assert b"Retry-After" in await asyncio.wait_for(refused[0].read(), PATIENCE)
        await bot.close()
        await until(lambda: bot.bodies.held == 0)
        assert await bot.delivers(json.dumps({"x": "y" * (MIB - 100)}).encode()) == 202


async def test_a_body_that_stops_coming_is_given_up() -> None:
    async with a_bot(bodies=RequestBodies(silence=0.05)) as bot:
        reader, _ = await bot.line(head(100, X_Hub_Signature_256=FORGED) + b"{")
        assert await status_on(reader) == 408
        assert bot.bodies.held == 0


async def test_a_body_that_breaks_off_is_no_mistake_of_ours() -> None:
    async with a_bot() as bot:
        with capture_logs() as lines:
            _, writer = await bot.line(head(100, X_Hub_Signature_256=FORGED) + b"{")
            await until(lambda: bot.bodies.held > 0)
            writer.transport.abort()
            await until(lambda: bot.bodies.held == 0)
            reader, _ = await bot.line(head(None, X_Hub_Signature_256=FORGED) + b"not a chunk\r\n")
            assert await status_on(reader) == 400
        assert [line for line in lines if line["log_level"] == "error"] == []


def test_half_of_the_files_we_may_open_are_kept_for_the_rest() -> None:
    assert 8 <= connection_limits.connection_limit() <= connection_limits.MOST_CONNECTIONS
