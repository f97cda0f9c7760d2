from __future__ import annotations

import base64
import hashlib

import pytest
from aiohttp import ClientSession, web
from yarl import URL

from mentorbot.web.lazy_part import LazyPart
from mentorbot.web.login import Login, OAuthApp
from mentorbot.web.metrics import MetricsAccess
from mentorbot.web.pages import Pages
from mentorbot.web.server import WebParts, create_app
from mentorbot.web.sessions import Sessions
from mentorbot.web.visitor import Visitor
from tests.web.conftest import a_health, pages_of
from tests.web.known import (
    NOW,
    TOKEN,
    KnownOverview,
    KnownSessions,
    LoginGitHub,
    a_repository,
    an_entry,
)
from tests.web.served import Served, served

pytestmark = pytest.mark.usefixtures("secret_repository")


@pytest.fixture
def secret_repository(overview: KnownOverview) -> None:
    overview.repositories = [a_repository("octo/secret", id=5, private=True)]
    overview.entries = [an_entry("a secret")]


class Browser:
    """Keeps cookies, follows nothing by itself."""

    def __init__(self, site: Served) -> None:
        self.site = site
        self.cookies: dict[str, str] = {}

    async def get(self, path: str) -> tuple[int, str, URL | None]:
        return await self._ask("GET", path)

    async def post(self, path: str) -> tuple[int, str, URL | None]:
        return await self._ask("POST", path)

    async def _ask(self, method: str, path: str) -> tuple[int, str, URL | None]:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        async with (
            ClientSession(cookie_jar=None) as http,
            http.request(
                method,
                self.site.url + path,
                headers={"Cookie": cookie} if cookie else {},
                allow_redirects=False,
            ) as answer,
        ):
            for name, morsel in answer.cookies.items():
                assert morsel["httponly"] or morsel.value == ""
                self.cookies[name] = morsel.value
            where = answer.headers.get("Location")
            return answer.status, await answer.text(), URL(where) if where else None

    async def log_in(self, to: str = "/octo/secret") -> tuple[int, str, URL | None]:
        _, _, door = await self.get(f"/login?to={to}")
        assert door is not None
        return await self.get(f"/login/callback?code=c0de&state={door.query['state']}")


async def test_somebody_who_may_read_a_private_repository_sees_its_pages_after_login(
    login_site: Served, github: LoginGitHub
) -> None:
    github.readable = {"octo/secret": 5}
    browser = Browser(login_site)
    status, text, _ = await browser.get("/octo/secret/7")
    assert (status, "a secret" in text, "Log in with GitHub" in text) == (404, False, True)
    status, _, where = await browser.log_in("/octo/secret/7")
    assert (status, str(where)) == (302, "/octo/secret/7")
    status, text, _ = await browser.get("/octo/secret/7")
    assert (status, "a secret" in text, "Log out" in text) == (200, True, True)
    await browser.get("/octo/secret")
    assert github.questions == ["octo/secret"], "GitHub is asked once for a while"
    await browser.post("/logout")
    assert (await browser.get("/octo/secret/7"))[0] == 404


@pytest.mark.parametrize(
    "readable",
    [
        pytest.param({}, id="GitHub says no"),
        pytest.param({"octo/secret": 6}, id="another repository has the name by now"),
    ],
)
async def test_somebody_who_may_not_read_it_sees_nothing(
    readable: dict[str, int], login_site: Served, github: LoginGitHub
) -> None:
    github.readable = readable
    browser = Browser(login_site)
    await browser.log_in()
    status, text, _ = await browser.get("/octo/secret")
    assert status == 404
    assert "a secret" not in text
    assert "that GitHub lets you read" in text


async def test_github_is_asked_with_state_and_proof_and_gets_the_secret_in_private(
    login_site: Served, github: LoginGitHub
) -> None:
    browser = Browser(login_site)
    _, _, door = await browser.get("/login")
    assert door is not None
    assert door.path == "/login/oauth/authorize"
    assert door.query["client_id"] == "Iv1.test"
    assert door.query["redirect_uri"] == "http://bot.example.com/login/callback"
    assert "secret" not in str(door)
    await browser.get(f"/login/callback?code=c0de&state={door.query['state']}")
    (form,) = github.forms
    assert (form["client_secret"], form["code"]) == ("client s3cret", "c0de")
    proof = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest())
    assert proof.decode().rstrip("=") == door.query["code_challenge"]


async def test_a_login_begun_in_another_browser_is_refused(login_site: Served, github: LoginGitHub) -> None:
    """Otherwise somebody could be logged in as somebody else without noticing."""
    attacker, victim = Browser(login_site), Browser(login_site)
    _, _, door = await attacker.get("/login")
    assert door is not None
    answer = f"/login/callback?code=c0de&state={door.query['state']}"
    assert (await victim.get(answer))[0] == 400
    await victim.get("/login")
    status, text, _ = await victim.get(answer)
    assert status == 400
    assert "was not started in this browser" in text
    assert github.forms == []


async def test_a_state_is_good_for_one_answer(login_site: Served) -> None:
    browser = Browser(login_site)
    _, _, door = await browser.get("/login")
    assert door is not None
    answer = f"/login/callback?code=c0de&state={door.query['state']}"
    assert (await browser.get(answer))[0] == 302
    assert (await browser.get(answer))[0] == 400


@pytest.mark.parametrize(
    "to", ["https://evil.example/", "//evil.example", "/\\evil.example", "x", "/a%0d%0ab"]
)
async def test_login_never_leads_to_another_site(to: str, login_site: Served) -> None:
    _, _, where = await Browser(login_site).log_in(to)
    assert str(where) == "/"


async def test_somebody_who_declines_at_github_is_told_kindly(login_site: Served) -> None:
    browser = Browser(login_site)
    _, _, door = await browser.get("/login")
    assert door is not None
    status, text, _ = await browser.get(f"/login/callback?error=access_denied&state={door.query['state']}")
    assert status == 400
    assert "GitHub did not let you in" in text


async def test_one_login_asks_github_once_however_often_its_answer_is_sent(
    login_site: Served, github: LoginGitHub
) -> None:
    github.refuses_code = True
    browser = Browser(login_site)
    _, _, door = await browser.get("/login")
    assert door is not None
    for code in ("a", "b", "c"):
        status, _, _ = await browser.get(f"/login/callback?code={code}&state={door.query['state']}")
        assert status == 400
    assert len(github.forms) == 1


async def test_a_cookie_says_nothing_in_the_place_of_the_other(
    login_site: Served, github: LoginGitHub
) -> None:
    browser = Browser(login_site)
    await browser.log_in()
    browser.cookies["mentorbot_login"] = browser.cookies["mentorbot_session"]
    status, _, _ = await browser.get("/login/callback?code=c0de&state=x")
    assert status == 400


async def test_a_code_that_github_refuses_is_no_login(login_site: Served, github: LoginGitHub) -> None:
    github.refuses_code = True
    status, text, _ = await Browser(login_site).log_in()
    assert status == 400
    assert "did not accept the login" in text


async def test_a_token_without_a_person_is_no_login(login_site: Served, github: LoginGitHub) -> None:
    github.forgets_the_person = True
    status, text, _ = await Browser(login_site).log_in()
    assert status == 400
    assert "did not say who you are" in text


async def test_a_forged_cookie_is_nobody(login_site: Served, github: LoginGitHub) -> None:
    github.readable = {"octo/secret": 5}
    browser = Browser(login_site)
    await browser.log_in()
    browser.cookies["mentorbot_session"] = browser.cookies["mentorbot_session"][:-4] + "AAAA"
    assert (await browser.get("/octo/secret"))[0] == 404


@pytest.mark.parametrize("path", ["/octo/secret", "/login/callback?code=c&state=s"])
async def test_a_cookie_that_no_browser_would_send_is_nobody_and_no_mistake_of_ours(
    path: str, login_site: Served
) -> None:
    browser = Browser(login_site)
    browser.cookies = {"mentorbot_session": "\N{SNOWMAN}", "mentorbot_login": "\N{SNOWMAN}"}
    status, _, _ = await browser.get(path)
    assert status in {400, 404}


async def test_the_token_cannot_be_read_from_the_cookie(login_site: Served) -> None:
    browser = Browser(login_site)
    await browser.log_in()
    assert TOKEN not in browser.cookies["mentorbot_session"]


async def test_cookies_stay_off_unencrypted_lines_where_the_site_is_encrypted() -> None:
    for secure in (True, False):
        response = web.Response()
        await Sessions("s" * 32, kept=KnownSessions(), secure=secure).remember(response, _ada())
        assert bool(response.cookies["mentorbot_session"]["secure"]) is secure
        assert response.cookies["mentorbot_session"]["samesite"] == "Lax"


async def test_while_github_cannot_be_reached_nobody_is_logged_in(overview: KnownOverview) -> None:
    nowhere = OAuthApp(
        client_id="a",
        client_secret="b",
        server_url="http://127.0.0.1:9",
        api_url="http://127.0.0.1:9",
        public_url="http://x",
    )
    async with ClientSession() as http:
        sessions = Sessions("s" * 32, kept=KnownSessions(), secure=False)
        login = Login(app=nowhere, sessions=sessions, http=http)
        async with served(pages_of(overview, login)) as site:
            status, text, _ = await Browser(site).log_in()
            response = web.Response()
            await sessions.remember(response, _ada())
            visitor = Browser(site)
            visitor.cookies["mentorbot_session"] = response.cookies["mentorbot_session"].value
            seen, _, _ = await visitor.get("/octo/secret")
    assert status == 503
    assert "cannot be reached" in text
    assert seen == 503


def _ada() -> Visitor:
    return Visitor(id=1001, login="ada", token=TOKEN, session="s-1")


async def test_who_logs_out_is_out_with_every_copy_of_the_cookie(
    login_site: Served, github: LoginGitHub, sessions: KnownSessions
) -> None:
    github.readable = {"octo/secret": 5}
    browser, thief, elsewhere = Browser(login_site), Browser(login_site), Browser(login_site)
    await browser.log_in()
    await elsewhere.log_in()
    thief.cookies = dict(browser.cookies)
    assert (await thief.get("/octo/secret"))[0] == 200
    await browser.post("/logout")
    assert (await thief.get("/octo/secret"))[0] == 404
    assert (await elsewhere.get("/octo/secret"))[0] == 200, "another login of the same person goes on"
    assert len(sessions.going_on) == 1


async def test_logging_out_without_a_login_is_no_mistake(login_site: Served) -> None:
    assert (await Browser(login_site).post("/logout"))[0] == 303


@pytest.mark.parametrize(
    "answers",
    [
        (500, {}),
        (502, {}),
        (429, {}),
        (403, {"x-ratelimit-remaining": "0"}),
        (403, {"retry-after": "60"}),
        (422, {}),
    ],
)
@pytest.mark.parametrize("name", ["octo/secret", "octo/none"])
async def test_what_is_no_answer_of_github_is_no_no_and_asked_again(
    answers: tuple[int, dict[str, str]], name: str, login_site: Served, github: LoginGitHub
) -> None:
    github.readable = {"octo/secret": 5}
    browser = Browser(login_site)
    await browser.log_in()
    github.answers = answers
    status, text, _ = await browser.get(f"/{name}")
    assert (status, "GitHub does not answer" in text) == (503, True)
    github.answers = None
    assert (await browser.get(f"/{name}"))[0] == (200 if name == "octo/secret" else 404)


@pytest.mark.parametrize("logged_in", [True, False])
async def test_not_there_and_not_yours_are_the_same_answer_after_the_same_questions(
    logged_in: bool, login_site: Served, github: LoginGitHub, overview: KnownOverview
) -> None:
    browser = Browser(login_site)
    if logged_in:
        await browser.log_in()
    seen = []
    for name in ("octo/secret", "octo/none"):
        github.questions.clear()
        overview.asked.clear()
        status, text, _ = await browser.get(f"/{name}")
        seen.append((status, text.replace(name, "…"), len(github.questions), tuple(overview.asked)))
    assert seen[0] == seen[1]
    assert seen[0][0] == 404
    assert seen[0][2] == int(logged_in)


async def test_a_name_that_no_repository_can_have_is_asked_of_nobody(
    login_site: Served, github: LoginGitHub
) -> None:
    browser = Browser(login_site)
    await browser.log_in()
    for path in ("/octo/a%2Fb", "/octo/a%3Fb", "/o%20o/tea"):
        assert (await browser.get(path))[0] == 404
    assert github.questions == []


@pytest.mark.parametrize("to", ["//[", "http://[", "//[::1"])
async def test_an_address_that_is_none_is_refused_and_no_mistake_of_ours(to: str, login_site: Served) -> None:
    status, text, _ = await Browser(login_site).get(f"/login?to={to}")
    assert (status, "has no proper address" in text) == (400, True)


async def test_behind_https_browsers_are_told_to_come_by_no_other_way(overview: KnownOverview) -> None:
    pages = Pages(
        source=overview,
        login=None,
        clock=lambda: NOW,
        server_url="https://github.com",
        metrics_access=MetricsAccess(None),
    )
    for encrypted in (True, False):
        app = create_app(WebParts(health=a_health(), pages=LazyPart(lambda: pages), encrypted=encrypted))
        async with served(app) as site:
            for path in ("/", "/healthz", "/static/style.css", "/no/such/page/at/all"):
                async with site.http.get(site.url + path) as answer:
                    assert ("Strict-Transport-Security" in answer.headers) is encrypted
