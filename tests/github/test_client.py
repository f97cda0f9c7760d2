from __future__ import annotations

import json
import zlib

import pytest

from mentorbot.core.errors import AccessLost, GitHubUnavailable, Impossible
from mentorbot.github.app import GitHubApp
from mentorbot.github.client import Client
from mentorbot.github.error_mapping import Missing, NotAllowed, RequestDropped
from mentorbot.github.etag_cache import EtagCache
from tests.github.conftest import Counted, Hands
from tests.github.scripted import Say, ScriptedGitHub

HERE = "/repos/acme/rockets"


@pytest.mark.parametrize(
    ("status", "message", "outcome"),
    [
        pytest.param(404, "Not Found", Missing, id="404 is missing"),
        pytest.param(410, "This issue was deleted", Missing, id="410 is missing"),
        pytest.param(422, "Validation Failed", Impossible, id="422 is impossible"),
        pytest.param(409, "Git Repository is empty.", Impossible, id="409 is impossible"),
        pytest.param(403, "Resource not accessible by integration", NotAllowed, id="403 is not allowed"),
        pytest.param(403, "This installation has been suspended", AccessLost, id="suspended"),
        pytest.param(403, "Repository was archived so is read-only.", AccessLost, id="archived"),
        pytest.param(403, "Unable to create comment because issue is locked.", Impossible, id="locked"),
        pytest.param(451, "Repository access blocked", AccessLost, id="taken down"),
        pytest.param(401, "Bad credentials", GitHubUnavailable, id="401 even with a new token: later"),
        pytest.param(418, "I'm a teapot", GitHubUnavailable, id="anything else: later"),
    ],
)
async def test_a_refusal_says_what_it_means(
    client: Client, scripted: ScriptedGitHub, status: int, message: str, outcome: type[Exception]
) -> None:
    errors = [{"resource": "Issue", "field": "title", "code": "missing"}, "plain words"]
    scripted.on("POST", HERE, Say(status=status, json={"message": message, "errors": errors}))
    with pytest.raises(outcome) as refusal:
        await client.write("POST", HERE, {"title": ""})
    assert type(refusal.value) is outcome
    assert message in str(refusal.value)
    assert "title missing" in str(refusal.value)


@pytest.mark.parametrize(
    "text", [pytest.param("<html>Forbidden</html>", id="a page"), pytest.param("[]", id="a list")]
)
async def test_a_403_that_is_not_githubs_loses_no_access(
    client: Client, scripted: ScriptedGitHub, text: str
) -> None:
    scripted.on("GET", HERE, Say(status=403, text=text))
    with pytest.raises(RequestDropped):
        await client.read(HERE)


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Say(status=502, text="<html>"), id="502"),
        pytest.param(Say(drops=True), id="a dropped line"),
        pytest.param(Say(text='{"id": '), id="half a body"),
        pytest.param(Say(status=206, json={}), id="half an answer"),
    ],
)
async def test_a_read_is_tried_again_with_growing_pauses(
    client: Client, scripted: ScriptedGitHub, hands: Hands, fault: Say
) -> None:
    scripted.on("GET", HERE, fault, fault, Say(json={"id": 1}))
    assert await client.read(HERE) == {"id": 1}
    assert hands.pauses  # aiohttp itself tries a line once more that has been dropped since its last use
    assert all(0 < pause <= 5 for pause in hands.pauses)


async def test_a_read_is_given_up_after_three_attempts(client: Client, scripted: ScriptedGitHub) -> None:
    scripted.on("GET", HERE, Say(status=503, json={}))
    with pytest.raises(GitHubUnavailable):
        await client.read(HERE)
    assert len(scripted.asked(HERE)) == 3


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Say(status=502, text="<html>"), id="502"),
        pytest.param(Say(drops=True), id="a dropped line"),
        pytest.param(Say(status=201, text='{"id": '), id="half a body"),
    ],
)
async def test_a_write_is_never_repeated_blindly(
    client: Client, scripted: ScriptedGitHub, fault: Say
) -> None:
    scripted.on("POST", HERE, fault)
    scripted.on("POST", "/graphql", fault)
    with pytest.raises(GitHubUnavailable):
        await client.write("POST", HERE, {"a": 1})
    with pytest.raises(GitHubUnavailable):
        await client.mutate("mutation {x}")
    assert len(scripted.asked(HERE)) == 1
    assert len(scripted.asked("/graphql")) == 1


async def test_all_pages_of_a_listing_are_read(client: Client, scripted: ScriptedGitHub) -> None:
    scripted.on(
        "GET",
        "/installation/repositories",
        Say(
            json={"total_count": 3, "repositories": [1, 2]},
            headers={"link": '<{url}/installation/repositories?page=2>; rel="next"'},
        ),
        Say(json={"total_count": 3, "repositories": [3]}),
    )
    assert await client.pages("/installation/repositories?per_page=100") == [1, 2, 3]


async def test_what_has_not_changed_costs_nothing_and_cannot_be_changed_by_who_reads_it(
    client: Client, scripted: ScriptedGitHub, counted: Counted
) -> None:
    fresh = Say(json={"labels": ["bug"]}, headers={"etag": '"1"'})
    scripted.on("GET", HERE, fresh, Say(status=304, headers={"etag": '"1"'}))
    first = await client.read(HERE)
    first["labels"].append("mine")
    assert await client.read(HERE) == {"labels": ["bug"]}
    assert scripted.asked(HERE)[1].headers["If-None-Match"] == '"1"'
    assert ("rest", "304") in counted.requests


async def test_installations_do_not_share_answers(scripted_app: GitHubApp, scripted: ScriptedGitHub) -> None:
    scripted.on("GET", HERE, Say(json={"id": 1}, headers={"etag": '"1"'}))
    await scripted_app._installation(5).client.read(HERE)
    await scripted_app._installation(6).client.read(HERE)
    assert "If-None-Match" not in scripted.asked(HERE)[1].headers


def test_the_cache_is_bounded_and_leaves_out_what_is_large() -> None:
    cache = EtagCache(limit=300)
    for number in range(50):
        cache[f"/{number}"] = (f'"{number}"', None, {"text": f"{number}" * 50}, None)
    assert 0 < len(cache) < 50
    assert next(iter(cache)) in cache
    kept = next(iter(cache))
    cache[kept] = ('"x"', None, "x" * 300_000, None)
    assert kept not in cache
    cache["/a"] = ('"a"', None, 1, None)
    del cache["/a"]
    assert "/a" not in cache


def test_what_was_not_asked_for_longest_is_forgotten_first() -> None:
    one = ('"1"', None, "x" * 100, None)
    size = len(zlib.compress(json.dumps(one).encode(), level=1))
    cache = EtagCache(limit=2 * size)
    cache["/1"] = cache["/2"] = one
    assert cache["/1"] == one
    cache["/3"] = one
    assert set(cache) == {"/1", "/3"}


@pytest.mark.parametrize(
    ("errors", "outcome"),
    [
        pytest.param([{"type": "FORBIDDEN", "message": "no"}], NotAllowed, id="forbidden"),
        pytest.param([{"type": "NOT_FOUND", "message": "no"}], Missing, id="not found"),
        pytest.param([{"type": "UNPROCESSABLE", "message": "no"}], Impossible, id="unprocessable"),
        pytest.param([{"message": "Something went wrong"}], GitHubUnavailable, id="trouble of their own"),
    ],
)
async def test_an_error_of_a_mutation_says_what_it_means(
    client: Client, scripted: ScriptedGitHub, errors: list[dict[str, str]], outcome: type[Exception]
) -> None:
    scripted.on("POST", "/graphql", Say(json={"data": {"x": None}, "errors": errors}))
    with pytest.raises(outcome):
        await client.mutate("mutation {x}")
    assert len(scripted.asked("/graphql")) == 1


async def test_a_query_is_content_with_what_it_may_see(client: Client, scripted: ScriptedGitHub) -> None:
    errors = [{"type": "FORBIDDEN", "message": "Resource not accessible by integration"}]
    scripted.on("POST", "/graphql", Say(json={"data": {"a": 1, "b": None}, "errors": errors}))
    assert await client.query("{a b}") == {"a": 1, "b": None}


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(Say(json={"data": None, "errors": [{"message": "timeout"}]}), id="an error of theirs"),
        pytest.param(Say(json={}), id="neither data nor errors"),
        pytest.param(Say(text="", json={}), id="nothing"),
        pytest.param(Say(text="<html>", content_type="text/html"), id="a page"),
        pytest.param(Say(text='{"data": '), id="half a body"),
    ],
)
async def test_a_query_is_tried_again(client: Client, scripted: ScriptedGitHub, answer: Say) -> None:
    scripted.on("POST", "/graphql", answer, Say(json={"data": {"a": 1}}))
    assert await client.query("{a}", number=3) == {"a": 1}
    assert scripted.asked("/graphql")[1].body == {"query": "{a}", "variables": {"number": 3}}
