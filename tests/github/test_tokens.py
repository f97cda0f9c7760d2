from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from mentorbot.core.errors import AccessLost, GitHubUnavailable
from mentorbot.github.app import GitHubApp
from mentorbot.github.client import Client
from mentorbot.github.tokens import AppCredential, NoCredential
from tests.github.conftest import START, Counted, Hands
from tests.github.scripted import PRIVATE_KEY, Say, ScriptedGitHub

HERE = "/repos/acme/rockets"


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_a_renamed_repository_is_followed_with_the_same_method_and_token(
    client: Client, scripted: ScriptedGitHub, status: int
) -> None:
    there = "/repositories/1/issues/3/comments"
    moved = Say(status=status, json={"message": "Moved"}, headers={"location": "{url}" + there})
    scripted.on("POST", f"{HERE}/issues/3/comments", moved)
    scripted.on("POST", there, Say(status=201, json={"id": 9}))
    assert await client.write("POST", f"{HERE}/issues/3/comments", {"body": "Hi"}) == {"id": 9}
    (sent,) = scripted.asked(there)
    assert sent.body == {"body": "Hi"}
    assert sent.headers["Authorization"] == "token ghs_1"


async def test_one_token_is_minted_however_many_ask(client: Client, scripted: ScriptedGitHub) -> None:
    scripted.on("GET", HERE, Say(json={"id": 1}))
    await asyncio.gather(*(client.read(HERE) for _ in range(30)))
    assert scripted.minted == 1


async def test_a_token_is_minted_anew_five_minutes_before_its_end(
    client: Client, scripted: ScriptedGitHub, hands: Hands
) -> None:
    scripted.on("GET", HERE, Say(json={"id": 1}))
    ends = (START + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    minting = "/app/installations/5/access_tokens"
    scripted.on("POST", minting, Say(status=201, json={"token": "ghs_a", "expires_at": ends}))
    await client.read(HERE)
    hands.move(minutes=54, seconds=59)
    await client.read(HERE)
    assert len(scripted.asked(minting)) == 1
    hands.move(seconds=2)
    await client.read(HERE)
    assert len(scripted.asked(minting)) == 2


async def test_a_revoked_token_is_replaced_once_for_all_who_use_it(
    client: Client, scripted: ScriptedGitHub
) -> None:
    scripted.on("GET", HERE, Say(json={"id": 1}))
    await client.read(HERE)
    refused = Say(status=401, json={"message": "Bad credentials"})
    scripted.on("GET", HERE, refused, refused, refused, Say(json={"id": 2}))
    answers = await asyncio.gather(*(client.read(HERE) for _ in range(3)))
    assert answers == [{"id": 2}] * 3
    assert scripted.minted == 2
    assert scripted.asked(HERE)[-1].headers["Authorization"] == "token ghs_2"


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        pytest.param(Say(status=404, json={"message": "Not Found"}), AccessLost, id="uninstalled"),
        pytest.param(
            Say(status=403, json={"message": "This installation has been suspended"}),
            AccessLost,
            id="suspended",
        ),
        pytest.param(
            Say(status=401, json={"message": "A JSON web token could not be decoded"}),
            GitHubUnavailable,
            id="wrong key: the work waits until it is mended",
        ),
        pytest.param(Say(status=201, json={"expires_at": "x"}), GitHubUnavailable, id="no token in it"),
    ],
)
async def test_no_token_is_minted(
    client: Client, scripted: ScriptedGitHub, answer: Say, outcome: type[Exception]
) -> None:
    scripted.on("POST", "/app/installations/5/access_tokens", answer)
    with pytest.raises(outcome):
        await client.read(HERE)
    assert scripted.asked(HERE) == []


async def test_minting_survives_a_dropped_line_and_is_counted_apart(
    client: Client, scripted: ScriptedGitHub, counted: Counted
) -> None:
    token = Say(status=201, json={"token": "ghs_a", "expires_at": "2126-01-01T00:00:00Z"})
    scripted.on("POST", "/app/installations/5/access_tokens", Say(drops=True), token)
    scripted.on("GET", HERE, Say(json={"id": 1}))
    await client.read(HERE)
    assert counted.requests == [("token", "dropped"), ("token", "201"), ("rest", "200")]


async def test_the_apps_signature_is_kept_for_minutes_and_never_from_the_future(
    scripted_app: GitHubApp, scripted: ScriptedGitHub, hands: Hands
) -> None:
    scripted.on("GET", "/app/installations", Say(json=[]))
    for minutes in (0, 6, 1, -30):
        hands.move(minutes=minutes)
        await scripted_app.installations()
    signatures = [one.headers["Authorization"] for one in scripted.asked("/app/installations")]
    assert signatures[0] == signatures[1]
    assert len(set(signatures)) == 3


async def test_an_app_signature_that_is_refused_is_replaced_once(
    scripted_app: GitHubApp, scripted: ScriptedGitHub, hands: Hands
) -> None:
    refused = Say(status=401, json={"message": "'Issued at' claim ('iat') is in the future"})
    scripted.on("GET", "/app/installations", refused)
    with pytest.raises(GitHubUnavailable, match="GITHUB_PRIVATE_KEY and this machine's clock"):
        await scripted_app.installations()
    assert len(scripted.asked("/app/installations")) == 2


async def test_a_signature_that_was_replaced_since_is_not_replaced_again(hands: Hands) -> None:
    credential = AppCredential(app_id="7", private_key=PRIVATE_KEY, clock=hands)
    first = await credential.authorization()
    hands.move(minutes=8)
    second = await credential.authorization()
    credential.invalidate(first)
    assert await credential.authorization() == second
    credential.invalidate(second)
    NoCredential().invalidate(None)
    hands.move(seconds=1)
    assert await credential.authorization() != second
