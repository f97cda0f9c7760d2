from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web

from mentorbot.core.errors import LimitReached
from mentorbot.github.client import Client
from mentorbot.github.error_mapping import RequestDropped
from tests.github.conftest import START, Hands
from tests.github.scripted import Say, ScriptedGitHub

HERE = "/repos/acme/rockets"


def _limit(status: int = 403, **headers: str) -> Say:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return Say(status=status, json={"message": "API rate limit exceeded"}, headers=names)


_RESET = str(int((START + timedelta(minutes=20)).timestamp()))


@pytest.mark.parametrize(
    ("answer", "minutes"),
    [
        pytest.param(
            _limit(x_ratelimit_remaining="0", x_ratelimit_reset=_RESET), 20, id="primary: until its reset"
        ),
        pytest.param(_limit(429, retry_after="120"), 2, id="secondary: retry-after in seconds"),
        pytest.param(
            _limit(429, retry_after="Mon, 02 Mar 2026 10:03:00 GMT"), 3, id="secondary: retry-after as a date"
        ),
        pytest.param(_limit(403, retry_after="60"), 1, id="secondary as 403"),
        pytest.param(_limit(429), 1, id="untold: a minute, as GitHub asks"),
        pytest.param(_limit(403), 1, id="told by its words only"),
        pytest.param(_limit(429, retry_after="soon"), 1, id="not a time: a minute"),
        pytest.param(
            _limit(x_ratelimit_remaining="0", x_ratelimit_reset="99999999999999"),
            1,
            id="no such date: a minute",
        ),
        pytest.param(
            _limit(x_ratelimit_remaining="0", x_ratelimit_reset="9999999999"), 120, id="centuries: two hours"
        ),
    ],
)
async def test_a_limit_says_when_to_come_back(
    client: Client, scripted: ScriptedGitHub, answer: Say, minutes: int
) -> None:
    scripted.on("GET", HERE, answer)
    with pytest.raises(LimitReached) as limit:
        await client.read(HERE)
    assert limit.value.retry_at is not None
    assert abs(limit.value.retry_at - START - timedelta(minutes=minutes)) <= timedelta(seconds=1)


async def test_no_request_is_sent_while_a_limit_is_in_force(
    client: Client, scripted: ScriptedGitHub, hands: Hands
) -> None:
    scripted.on("GET", HERE, _limit(429, retry_after="120"), Say(json={"id": 1}))
    with pytest.raises(LimitReached):
        await client.read(HERE)
    with pytest.raises(LimitReached):
        await client.read(HERE)
    assert len(scripted.asked(HERE)) == 1
    hands.move(seconds=121)
    assert await client.read(HERE) == {"id": 1}


async def test_a_reset_that_our_clock_has_passed_already_is_not_tried_at_once(
    client: Client, scripted: ScriptedGitHub
) -> None:
    past = str(int((START - timedelta(minutes=3)).timestamp()))
    scripted.on("GET", HERE, _limit(x_ratelimit_remaining="0", x_ratelimit_reset=past))
    with pytest.raises(LimitReached) as limit:
        await client.read(HERE)
    assert limit.value.retry_at == START + timedelta(seconds=5)


async def test_the_last_request_of_an_hour_is_answered_and_the_next_one_not_sent(
    client: Client, scripted: ScriptedGitHub
) -> None:
    headers = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": _RESET, "x-ratelimit-resource": "core"}
    scripted.on("GET", HERE, Say(json={"id": 1}, headers=headers))
    assert await client.read(HERE) == {"id": 1}
    with pytest.raises(LimitReached):
        await client.read(HERE)
    assert len(scripted.asked(HERE)) == 1


async def test_a_used_up_rest_limit_leaves_graphql_usable(client: Client, scripted: ScriptedGitHub) -> None:
    scripted.on("GET", HERE, _limit(x_ratelimit_remaining="0", x_ratelimit_reset=_RESET))
    scripted.on("POST", "/graphql", Say(json={"data": {"viewer": 1}}))
    with pytest.raises(LimitReached):
        await client.read(HERE)
    assert await client.query("{viewer}") == {"viewer": 1}


@pytest.mark.parametrize(
    "error",
    [
        pytest.param({"type": "RATE_LIMITED", "message": "API rate limit exceeded"}, id="primary"),
        pytest.param({"message": "You have exceeded a secondary rate limit."}, id="secondary"),
    ],
)
async def test_graphql_hides_its_limit_in_a_200(
    client: Client, scripted: ScriptedGitHub, error: dict[str, str]
) -> None:
    headers = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": _RESET, "x-ratelimit-resource": "graphql"}
    scripted.on("POST", "/graphql", Say(json={"errors": [error]}, headers=headers))
    scripted.on("GET", HERE, Say(json={"id": 1}))
    with pytest.raises(LimitReached) as limit:
        await client.query("{viewer}")
    assert limit.value.retry_at == START + timedelta(minutes=20, seconds=1)
    with pytest.raises(LimitReached):
        await client.query("{viewer}")
    assert len(scripted.asked("/graphql")) == 1
    assert await client.read(HERE) == {"id": 1}


@pytest.mark.parametrize(
    "data",
    [
        pytest.param({"data": {"body": "RATE_LIMITED"}}, id="as somebody's words"),
        pytest.param(
            {"data": {"body": "a rate limit"}, "errors": [{"type": "NOT_FOUND", "message": "gone"}]},
            id="beside another error",
        ),
    ],
)
async def test_words_about_limits_in_an_answer_are_no_limit(
    client: Client, scripted: ScriptedGitHub, data: dict[str, Any]
) -> None:
    scripted.on("POST", "/graphql", Say(json=data))
    assert (await client.query("{viewer}"))["body"]


async def test_half_an_answer_with_such_words_is_no_limit(client: Client, scripted: ScriptedGitHub) -> None:
    scripted.on("POST", "/graphql", Say(text='{"errors": [{"type": "RATE_LIMITED'))
    with pytest.raises(RequestDropped):
        await client.query("{viewer}")


async def test_at_most_twenty_requests_of_an_installation_are_under_way(
    client: Client, scripted: ScriptedGitHub
) -> None:
    scripted.on("GET", HERE, Say(json={"id": 1}))
    await client.read(HERE)  # so that the token is there
    under_way = 0
    enough, go_on = asyncio.Event(), asyncio.Event()

    async def hold(request: web.Request) -> web.StreamResponse:
        nonlocal under_way
        under_way += 1
        if under_way == 20:
            enough.set()
        await go_on.wait()
        return await scripted.answer(request)

    scripted.intercept = hold
    asking = [asyncio.create_task(client.read(HERE)) for _ in range(60)]
    async with asyncio.timeout(10):
        await enough.wait()
    await asyncio.sleep(0.05)  # time enough for one too many
    assert under_way == 20
    go_on.set()
    await asyncio.gather(*asking)
    assert under_way == 60
