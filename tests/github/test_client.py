from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from mentorbot.core.outcomes import AccessLost, GitHubUnavailable, Impossible, LimitReached
from mentorbot.core.people import Person
from mentorbot.core.places import Repository
from mentorbot.github.answers import AnswerCache
from mentorbot.github.app import GitHubApp, graphql_address
from mentorbot.github.client import Client
from mentorbot.github.failures import Dropped, Missing, NotAllowed
from mentorbot.github.wire import Request, Wire
from tests.github.conftest import START, Counted, Hands
from tests.github.scripted import Say, ScriptedGitHub

REPOSITORY = Repository(id=1, full_name="acme/rockets", owner=Person(id=2, login="acme"))
HERE = "/repos/acme/rockets"


@pytest.fixture
def client(scripted_app: GitHubApp) -> Client:
    return scripted_app._installation(5).client.within(REPOSITORY.id)


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
    assert await client.ask("{viewer}") == {"viewer": 1}


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
        await client.ask("{viewer}")
    assert limit.value.retry_at == START + timedelta(minutes=20, seconds=1)
    with pytest.raises(LimitReached):
        await client.ask("{viewer}")
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
    assert (await client.ask("{viewer}"))["body"]


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
        pytest.param(401, "Bad credentials", AccessLost, id="401 even with a new token"),
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
    with pytest.raises(Dropped):
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
        await client.tell("mutation {x}")
    assert len(scripted.asked(HERE)) == 1
    assert len(scripted.asked("/graphql")) == 1


async def test_a_slow_answer_is_given_up(scripted: ScriptedGitHub, session: aiohttp.ClientSession) -> None:
    async def think(request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(0.2)
        return await scripted.answer(request)

    scripted.intercept = think
    counted = Counted()
    hasty = aiohttp.ClientTimeout(total=0.05)
    wire = Wire(session, addresses=(scripted.url,), observe=counted, timeout=hasty)
    request = Request(method="GET", url=f"{scripted.url}/x", headers={}, body=b"", api="rest")
    with pytest.raises(Dropped, match="No answer to GET /x"):
        await wire.exchange(request, authorization=None)
    assert counted.requests == [("rest", "dropped")]


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


async def test_an_issue_that_moved_to_another_repository_is_not_followed(
    client: Client, scripted: ScriptedGitHub
) -> None:
    moved = Say(status=301, json={}, headers={"location": "{url}/repositories/99/issues/3"})
    scripted.on("GET", f"{HERE}/issues/3", moved)
    with pytest.raises(Missing):
        await client.read(f"{HERE}/issues/3")
    assert scripted.asked("/repositories/99/issues/3") == []


async def test_a_token_is_never_sent_to_another_host(client: Client, scripted: ScriptedGitHub) -> None:
    moved = Say(status=302, json={}, headers={"location": "http://localhost:1/steal"})
    scripted.on("GET", HERE, moved)
    with pytest.raises(Impossible, match="another host"):
        await client.read(HERE)
    next_page = {"link": '<http://localhost:1/steal>; rel="next"'}
    scripted.on("GET", f"{HERE}/issues", Say(json=[], headers=next_page))
    with pytest.raises(Impossible, match="another host"):
        await client.pages(f"{HERE}/issues")


async def test_redirects_in_circles_end(client: Client, scripted: ScriptedGitHub) -> None:
    scripted.on("POST", HERE, Say(status=307, json={}, headers={"location": "{url}" + HERE}))
    with pytest.raises(GitHubUnavailable, match="in circles"):
        await client.write("POST", HERE)
    assert len(scripted.asked(HERE)) == 4


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
    cache = AnswerCache(limit=300)
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
        await client.tell("mutation {x}")
    assert len(scripted.asked("/graphql")) == 1


async def test_a_query_is_content_with_what_it_may_see(client: Client, scripted: ScriptedGitHub) -> None:
    errors = [{"type": "FORBIDDEN", "message": "Resource not accessible by integration"}]
    scripted.on("POST", "/graphql", Say(json={"data": {"a": 1, "b": None}, "errors": errors}))
    assert await client.ask("{a b}") == {"a": 1, "b": None}


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
    assert await client.ask("{a}", number=3) == {"a": 1}
    assert scripted.asked("/graphql")[1].body == {"query": "{a}", "variables": {"number": 3}}


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


async def test_at_most_twenty_requests_of_an_installation_are_under_way(
    client: Client, scripted: ScriptedGitHub
) -> None:
    scripted.on("GET", HERE, Say(json={"id": 1}))
    under_way = most = 0

    async def count(request: web.Request) -> web.StreamResponse:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0.01)
        under_way -= 1
        return await scripted.answer(request)

    scripted.intercept = count
    await asyncio.gather(*(client.read(HERE) for _ in range(60)))
    assert most == 20


async def test_every_request_names_the_version_of_the_api(client: Client, scripted: ScriptedGitHub) -> None:
    scripted.on("GET", HERE, Say(json={"id": 1}))
    await client.read(HERE)
    assert scripted.asked(HERE)[0].headers["x-github-api-version"] == "2022-11-28"


async def test_an_answer_without_end_is_not_taken_in(client: Client, scripted: ScriptedGitHub) -> None:
    scripted.on("GET", HERE, Say(text=" " * (33 * 1024 * 1024)))
    with pytest.raises(Impossible, match="more than"):
        await client.read(HERE)


@pytest.mark.parametrize(
    ("rest", "graphql"),
    [
        pytest.param("https://api.github.com", "https://api.github.com/graphql", id="github.com"),
        pytest.param(
            "https://ghe.acme.org/api/v3/", "https://ghe.acme.org/api/graphql", id="Enterprise Server"
        ),
    ],
)
def test_graphql_is_found_beside_rest(rest: str, graphql: str) -> None:
    assert graphql_address(rest) == graphql


async def test_gidgethub_can_pause(client: Client, hands: Hands) -> None:
    await client.sleep(3)
    assert hands.pauses == [3]
