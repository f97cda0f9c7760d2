from __future__ import annotations

import asyncio
import hashlib
import hmac
import io
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web
from structlog.testing import capture_logs

from mentorbot.engine.receive_delivery import Delivery
from mentorbot.github.delivery_target import read_target
from mentorbot.web.metrics import Metrics
from mentorbot.web.webhook import LARGEST_PAYLOAD, Webhook
from tests.web.served import Served, served

SECRET = "It's a Secret to Everybody"
NOW = datetime(2026, 2, 9, 8, tzinfo=UTC)
PAYLOAD = {"action": "opened", "installation": {"id": 3}, "repository": {"id": 1}, "issue": {"number": 7}}


class StoreDown(Exception):  # noqa: N818 - stands for what a driver raises
    pass


class Memory:
    """An engine that remembers what it heard."""

    def __init__(self) -> None:
        self.heard: list[Delivery] = []
        self.is_down = False

    async def receive(self, delivery: Delivery) -> bool:
        if self.is_down:
            raise StoreDown("connection refused")
        is_new = all(delivery.id != earlier.id for earlier in self.heard)
        if is_new:
            self.heard.append(delivery)
        return is_new


def signed(body: bytes, secret: str = SECRET) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def headers_for(body: bytes, **changed: str | None) -> dict[str, str]:
    headers: dict[str, str | None] = {
        "Content-Type": "application/json",
        "X-GitHub-Event": "issues",
        "X-GitHub-Delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958",
        "X-Hub-Signature-256": signed(body),
    }
    headers.update({name.replace("_", "-"): value for name, value in changed.items()})
    return {name: value for name, value in headers.items() if value is not None}


@pytest.fixture
def memory() -> Memory:
    return Memory()


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
async def server(memory: Memory, metrics: Metrics) -> AsyncIterator[Served]:
    webhook = Webhook(
        receive=memory.receive, secret=SECRET, clock=lambda: NOW, metrics=metrics, unavailable=(StoreDown,)
    )
    app = web.Application()
    app.router.add_post("/github/webhook", webhook.receive)
    async with served(app) as running:
        yield running


async def deliver(server: Served, body: bytes, **changed: str | None) -> tuple[int, str]:
    async with server.http.post(
        f"{server.url}/github/webhook", data=io.BytesIO(body), headers=headers_for(body, **changed)
    ) as answer:
        return answer.status, await answer.text()


async def test_a_signed_delivery_is_handed_on_whole_and_acknowledged(
    server: Served, memory: Memory, metrics: Metrics
) -> None:
    body = json.dumps(PAYLOAD).encode()
    assert (await deliver(server, body))[0] == 202
    (delivery,) = memory.heard
    assert delivery.id == "72d3162e-cc78-11e3-81ab-4c9367dc0958"
    assert delivery.event == "issues"
    assert delivery.body == body
    assert delivery.target == read_target(body)
    assert delivery.received_at == NOW
    assert delivery.headers["X-GitHub-Event"] == "issues"
    exposition = metrics.exposition().decode()
    assert 'mentorbot_deliveries_total{event="issues",outcome="stored"} 1.0' in exposition
    assert "mentorbot_ack_seconds_count 1.0" in exposition


async def test_a_known_delivery_is_acknowledged_and_no_more(
    server: Served, memory: Memory, metrics: Metrics
) -> None:
    body = json.dumps(PAYLOAD).encode()
    assert [(await deliver(server, body))[0] for _ in range(2)] == [202, 202]
    assert len(memory.heard) == 1
    assert 'outcome="known"' in metrics.exposition().decode()


async def test_a_ping_is_answered_and_not_stored(server: Served, memory: Memory) -> None:
    assert (await deliver(server, b'{"zen": "Speak like a human."}', X_GitHub_Event="ping"))[0] == 202
    assert memory.heard == []


async def test_an_event_nobody_knows_is_for_the_engine_to_judge(server: Served, memory: Memory) -> None:
    assert (await deliver(server, b"{}", X_GitHub_Event="brand_new"))[0] == 202
    assert memory.heard[0].event == "brand_new"


@pytest.mark.parametrize(
    ("body", "changed", "status", "said"),
    [
        pytest.param(b"{}", {"X_Hub_Signature_256": None}, 401, "missing", id="no signature"),
        pytest.param(b"{}", {"X_Hub_Signature_256": ""}, 401, "missing", id="an empty signature"),
        pytest.param(
            b"{}", {"X_Hub_Signature_256": signed(b"{ }")}, 401, "does not fit", id="another body's"
        ),
        pytest.param(
            b"{}", {"X_Hub_Signature_256": signed(b"{}", "guess")}, 401, "fit", id="another secret's"
        ),
        pytest.param(b"{}", {"X_Hub_Signature_256": "sha256=ünsinn"}, 401, "does not fit", id="not ASCII"),
        pytest.param(
            b"{}",
            {"X_Hub_Signature_256": "sha1=" + hmac.new(SECRET.encode(), b"{}", "sha1").hexdigest()},
            401,
            "does not fit",
            id="only sha1",
        ),
        pytest.param(b"{}", {"Content_Type": "text/plain"}, 415, "application/json", id="plain text"),
        pytest.param(
            b"payload=%7B%7D",
            {"Content_Type": "application/x-www-form-urlencoded"},
            415,
            "set the content type to application/json",
            id="a form",
        ),
        pytest.param(b"hello", {}, 400, "not JSON", id="not JSON"),
        pytest.param(b"\xff\xfe{", {}, 400, "not JSON", id="not text"),
        pytest.param(b"", {}, 400, "not JSON", id="empty"),
        pytest.param(b"[]", {}, 400, "not an object", id="a list"),
        pytest.param(b"7", {}, 400, "not an object", id="a number"),
        pytest.param(b"[" * 200_000, {}, 400, "nested too deeply", id="nested without end"),
        pytest.param(b"{}", {"X_GitHub_Event": None}, 400, "X-GitHub-Event", id="no event"),
        pytest.param(b"{}", {"X_GitHub_Delivery": None}, 400, "X-GitHub-Delivery", id="no delivery id"),
    ],
)
async def test_what_is_wrong_is_refused_with_the_fix_one_log_line_and_nothing_stored(
    body: bytes, changed: dict[str, str | None], status: int, said: str, server: Served, memory: Memory
) -> None:
    with capture_logs() as lines:
        answered, text = await deliver(server, body, **changed)
    assert answered == status
    assert said in text
    assert memory.heard == []
    (line,) = [line for line in lines if line["log_level"] == "warning"]
    assert line["status"] == status


async def test_a_body_that_admits_to_be_too_large_is_refused_unread(server: Served, memory: Memory) -> None:
    reader, writer = await asyncio.open_connection(server.host, server.port)
    head = {**headers_for(b""), "Host": "x", "Content-Length": str(LARGEST_PAYLOAD + 1)}
    writer.write(_request(head))
    assert b" 413 " in await asyncio.wait_for(reader.readline(), 5)
    writer.close()
    assert memory.heard == []


async def test_a_body_without_a_length_is_refused_as_soon_as_it_is_too_large(
    server: Served, memory: Memory
) -> None:
    reader, writer = await asyncio.open_connection(server.host, server.port)
    writer.write(_request({**headers_for(b""), "Host": "x", "Transfer-Encoding": "chunked"}))
    chunk = b"100000\r\n" + b"a" * 0x100000 + b"\r\n"
    for _ in range(26):
        writer.write(chunk)
        await writer.drain()
    assert b" 413 " in await asyncio.wait_for(reader.readline(), 5)  # though the last chunk never came
    writer.close()
    assert memory.heard == []


async def test_the_largest_body_that_github_sends_is_taken(server: Served, memory: Memory) -> None:
    filler = "a" * (LARGEST_PAYLOAD - len('{"x": ""}'))
    body = f'{{"x": "{filler}"}}'.encode()
    assert len(body) == LARGEST_PAYLOAD
    assert (await deliver(server, body))[0] == 202
    assert len(memory.heard) == 1


async def test_a_compressed_body_is_taken_as_the_bytes_it_is(server: Served, memory: Memory) -> None:
    """Otherwise a small bomb would unpack into a large one before its signature is looked at."""
    assert (await deliver(server, b"{}", Content_Encoding="gzip"))[0] == 202
    assert memory.heard[0].body == b"{}"


async def test_while_the_store_is_down_github_is_asked_to_come_again(
    server: Served, memory: Memory, metrics: Metrics
) -> None:
    memory.is_down = True
    body = b"{}"
    async with server.http.post(
        f"{server.url}/github/webhook", data=body, headers=headers_for(body)
    ) as answer:
        assert answer.status == 503
        assert int(answer.headers["Retry-After"]) > 0
    memory.is_down = False
    assert (await deliver(server, body))[0] == 202
    assert 'outcome="store down"' in metrics.exposition().decode()


async def test_only_posts_are_deliveries(server: Served) -> None:
    async with server.http.get(f"{server.url}/github/webhook") as answer:
        assert answer.status == 405


def _request(headers: dict[str, Any]) -> bytes:
    lines = ["POST /github/webhook HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()
