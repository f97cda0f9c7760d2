"""The App proves who it is, gets tokens that end, and can look up and repeat its deliveries."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import aiohttp
import jwt
import pytest

from mentorbot.sandbox.acts import Acts
from mentorbot.sandbox.simulated_github import SimulatedGitHub
from tests.sandbox.receiving import Caller, Ear, app_jwt


async def test_the_app_and_its_installations_are_as_github_describes_them(as_app: Caller, acts: Acts) -> None:
    acts.install("grace", repositories=())
    for path in ("/app", "/app/installations", "/api/v3/app"):
        assert (await as_app("GET", path)).status == 200, path


@pytest.mark.parametrize(
    ("claims", "status"),
    [
        pytest.param({}, 200, id="good"),
        pytest.param({"iss": "Iv1.sandbox"}, 200, id="by client id"),
        pytest.param({"iss": "1"}, 401, id="another App"),
        pytest.param({"exp": 1}, 401, id="over"),
        pytest.param({"exp": 4_000_000_000}, 401, id="too long"),
        pytest.param({"iat": 4_000_000_000}, 401, id="from the future"),
        pytest.param({"exp": None}, 401, id="without end"),
    ],
)
async def test_jwts_are_checked(
    github: SimulatedGitHub, as_app: Caller, claims: dict[str, Any], status: int
) -> None:
    now = int(github.clock.precise().timestamp())
    all_claims = {"iat": now, "exp": now + 600, "iss": str(github.app.id)} | claims
    signed = jwt.encode(all_claims, github.app.private_key, algorithm="RS256")
    found = await as_app("GET", "/app", headers={})
    assert found.status == 200
    as_app.authorization = f"Bearer {signed}"
    assert (await as_app("GET", "/app")).status == status


async def test_a_jwt_signed_by_another_key_is_refused(github: SimulatedGitHub, as_app: Caller) -> None:
    as_app.authorization = f"Bearer {app_jwt(github)[:-4]}AAAA"
    assert (await as_app("GET", "/app")).status == 401


async def test_jwts_go_by_the_clock_of_the_sandbox(github: SimulatedGitHub, as_app: Caller) -> None:
    github.clock.move(timedelta(days=30))
    assert (await as_app("GET", "/app")).status == 401
    as_app.authorization = f"Bearer {app_jwt(github)}"
    assert (await as_app("GET", "/app")).status == 200


async def _token(as_app: Caller, acts: Acts) -> Any:
    number = acts.installation_on("octo").id
    return await as_app("POST", f"/app/installations/{number}/access_tokens")


async def test_installation_tokens_end_after_an_hour(
    github: SimulatedGitHub, as_app: Caller, api: Caller, acts: Acts
) -> None:
    made = await _token(as_app, acts)
    assert made.status == 201
    api.authorization = f"token {made.body['token']}"
    assert (await api("GET", "/repos/octo/hello")).status == 200
    github.clock.move(timedelta(minutes=59))
    assert (await api("GET", "/repos/octo/hello")).status == 200
    github.clock.move(timedelta(minutes=1))
    assert (await api("GET", "/repos/octo/hello")).status == 401


async def test_a_suspended_installation_gets_and_keeps_no_token(
    as_app: Caller, api: Caller, acts: Acts
) -> None:
    acts.suspend("octo", by="grace")
    assert (await _token(as_app, acts)).status == 403
    assert (await api("GET", "/repos/octo/hello")).status == 403
    assert (await as_app("GET", "/app/installations")).body[0]["suspended_by"]["login"] == "grace"
    acts.unsuspend("octo")
    assert (await api("GET", "/repos/octo/hello")).status == 200


async def test_an_uninstalled_app_has_no_token_left(api: Caller, as_app: Caller, acts: Acts) -> None:
    number = acts.installation_on("octo").id
    acts.uninstall("octo")
    assert (await api("GET", "/repos/octo/hello")).status == 401
    assert (await as_app("POST", f"/app/installations/{number}/access_tokens")).status == 404


async def test_an_installation_token_is_no_jwt_and_the_reverse(api: Caller, as_app: Caller) -> None:
    assert (await api("GET", "/app")).status == 401
    assert (await as_app("GET", "/repos/octo/hello/issues")).status == 403
    assert (await as_app("GET", "/installation/repositories")).status == 403


async def test_deliveries_can_be_listed_looked_into_and_repeated(
    github: SimulatedGitHub, as_app: Caller, acts: Acts, ear: Ear
) -> None:
    ear.answers.extend([202, 503, 202])
    for title in ("one", "two", "three"):
        acts.open_issue("octo/hello", by="ada", title=title)
    await github.settled()
    first = await as_app("GET", "/app/hook/deliveries?per_page=2")
    assert [one["status_code"] for one in first.body] == [202, 503]
    following = first.headers["Link"].partition(">")[0].removeprefix(f"<{github.url}")
    second = await as_app("GET", following)
    assert [one["status"] for one in second.body] == ["OK"]
    assert "Link" not in second.headers
    failed = first.body[1]
    whole = (await as_app("GET", f"/app/hook/deliveries/{failed['id']}")).body
    assert whole["request"]["payload"]["issue"]["title"] == "two"
    assert whole["request"]["headers"]["X-GitHub-Delivery"] == failed["guid"]
    github.webhooks.redeliver(github.webhooks.log[failed["id"]])
    await github.settled()
    again = ear.heard[-1]
    assert (again.payload["issue"]["title"], again.headers["X-GitHub-Delivery"]) == ("two", failed["guid"])
    latest = (await as_app("GET", "/app/hook/deliveries?per_page=1")).body[0]
    assert (latest["redelivery"], latest["guid"], latest["status"]) == (True, failed["guid"], "OK")
    assert (await as_app("GET", "/app/hook/deliveries/5")).status == 404


async def test_somebody_signs_in_with_github(
    github: SimulatedGitHub, acts: Acts, anonymous: Caller, session: aiohttp.ClientSession
) -> None:
    app = github.app
    where = f"/login/oauth/authorize?client_id={app.client_id}&redirect_uri=http://127.0.0.1:9/back&state=s"
    assert "newton" in (await anonymous("GET", where)).body
    sent = await anonymous("GET", f"{where}&login=grace", follows=False)
    assert sent.status == 302
    location = sent.headers["Location"]
    assert location.startswith("http://127.0.0.1:9/back?code=")
    assert location.endswith("&state=s")
    code = location.split("code=")[1].split("&")[0]
    form = {"client_id": app.client_id, "client_secret": app.client_secret, "code": code}
    exchange = f"{github.url}/login/oauth/access_token"
    accept = {"Accept": "application/json"}
    async with session.post(exchange, data=form, headers=accept) as answer:
        token = (await answer.json())["access_token"]
    async with session.post(exchange, data=form, headers=accept) as answer:
        assert (await answer.json())["error"] == "bad_verification_code"
    async with session.post(exchange, data=form | {"client_secret": "x"}) as answer:
        assert (await answer.json())["error"] == "incorrect_client_credentials"
    grace = Caller(session=session, github=github, authorization=f"Bearer {token}")
    assert (await grace("GET", "/user")).body["login"] == "grace"
    acts.create_repository("octo/secret", private=True, by="grace")
    assert (await grace("GET", "/repos/octo/secret")).status == 200


async def test_only_who_signed_in_has_a_self(api: Caller, anonymous: Caller) -> None:
    assert (await api("GET", "/user")).status == 403
    assert (await anonymous("GET", "/user")).status == 403
    assert (await anonymous("GET", "/login/oauth/authorize?client_id=x")).status == 404
