"""Who may set the App up: whoever can read the console, and nobody who merely finds the address."""

from __future__ import annotations

import pytest

from mentorbot.web.setup.guard import COOKIE, MOST_WRONG_TOKENS, is_this_machine
from tests.web.setup.conftest import Visitor

EVERY_PAGE = ("/setup", "/setup/created?state=x&code=y", "/setup/done")


@pytest.mark.parametrize("path", EVERY_PAGE)
async def test_without_the_token_there_is_nothing_to_see(visitor: Visitor, path: str) -> None:
    page = await visitor.open(path)
    assert page.status == 403
    assert "console" in page.words
    assert "<form" not in page.text


@pytest.mark.parametrize("path", ["/setup", "/setup/kept"])
async def test_without_the_token_nothing_can_be_sent(visitor: Visitor, path: str) -> None:
    assert (await visitor.send(path, {})).status == 403


async def test_the_link_on_the_console_lets_one_browser_in_and_leaves_no_token_in_the_address(
    visitor: Visitor,
) -> None:
    (link,) = visitor.links
    page = await visitor.open(link)
    assert (page.status, page.headers["Location"]) == (303, "/setup")
    cookie = page.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/setup" in cookie
    assert (await visitor.open("/setup")).status == 200
    known = await visitor.open(visitor.links[-1])
    assert (known.status, known.headers["Location"]) == (303, "/setup")
    visitor.http.cookie_jar.clear()
    again = await visitor.open(link)
    assert again.status == 403
    assert "good once" in again.words
    assert len(visitor.links) == 2
    assert (await visitor.open(visitor.links[-1])).status == 303


async def test_a_token_can_be_guessed_ten_times_a_minute_and_then_nobody_gets_in(visitor: Visitor) -> None:
    for _ in range(MOST_WRONG_TOKENS):
        page = await visitor.open("/setup?token=guess")
        assert page.status == 403
        assert "token is not right" in page.words
    for link in ("/setup?token=guess", visitor.links[0]):
        page = await visitor.open(link)
        assert page.status == 429
        assert "Wait a minute" in page.words


async def test_a_cookie_can_not_be_made_up(visitor: Visitor) -> None:
    assert (await visitor.open("/setup", Cookie=f"{COOKIE}=made-up")).status == 403
    assert (await visitor.open("/setup", Cookie=f"{COOKIE}=")).status == 403


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "[::1]evil.example",
        "192.0.2.7:3000",
        "a b",
    ],
)
async def test_a_name_of_somebody_elses_that_leads_here_opens_nothing(visitor: Visitor, host: str) -> None:
    await visitor.enter()
    for path in (visitor.links[-1].removeprefix(visitor.site.url), *EVERY_PAGE):
        page = await visitor.open(path, Host=host)
        assert page.status == 421
        assert "PUBLIC_URL" in page.words


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:1", None])
async def test_what_another_site_sends_is_refused_even_with_the_cookie(
    visitor: Visitor, origin: str | None
) -> None:
    await visitor.enter()
    page = await visitor.send("/setup", {"owner": "me"}, origin=origin)
    assert page.status == 403
    assert "own pages" in page.words


async def test_no_page_can_be_framed_or_kept_and_forms_lead_nowhere_else(visitor: Visitor) -> None:
    await visitor.enter()
    page = await visitor.open("/setup")
    policy = page.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert "form-action 'self';" in policy
    assert "unsafe" not in policy
    assert page.headers["X-Frame-Options"] == "DENY"
    assert page.headers["Cache-Control"] == "no-store"


async def test_the_page_that_leads_to_github_leads_exactly_there(visitor: Visitor) -> None:
    await visitor.enter()
    page = await visitor.choose()
    assert f"form-action {visitor.github.url};" in page.headers["Content-Security-Policy"]


class TestBehindAProxy:
    @pytest.fixture
    def public_url(self) -> str:
        return "https://bot.example.com"

    async def test_public_url_is_an_address_of_ours_and_its_cookie_needs_encryption(
        self, visitor: Visitor
    ) -> None:
        there = visitor.links[0].removeprefix(visitor.site.url)
        page = await visitor.open(there, Host="bot.example.com")
        assert page.status == 303
        assert "Secure" in page.headers["Set-Cookie"]

    async def test_no_other_address_is(self, visitor: Visitor) -> None:
        assert (await visitor.open("/setup", Host="bot.example.com:8080")).status == 421


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("localhost", True),
        ("127.0.0.9", True),
        ("::1", True),
        ("x.localhost", True),
        ("10.0.0.1", False),
        ("", False),
    ],
)
def test_which_names_always_mean_the_machine_itself(host: str, expected: bool) -> None:
    assert is_this_machine(host) is expected
