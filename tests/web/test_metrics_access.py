"""Figures are for whoever runs this server: with the token, or from the machine itself."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from mentorbot.web.metrics import MetricsAccess
from mentorbot.web.server import WebParts, create_app
from tests.web.conftest import a_health, pages_of
from tests.web.known import KnownOverview, a_parked_effect
from tests.web.served import served

TOKEN = "a long random text"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param({}, 200, id="from here"),
        pytest.param({"X-Forwarded-For": "203.0.113.9"}, 403, id="through a proxy"),
        pytest.param({"Forwarded": "for=203.0.113.9"}, 403, id="through another one"),
        pytest.param({"X-Real-IP": "127.0.0.1"}, 403, id="whatever the proxy says"),
    ],
)
async def test_without_a_token_figures_are_for_this_machine(headers: Mapping[str, str], status: int) -> None:
    async with (
        served(create_app(WebParts(health=a_health()))) as site,
        site.http.get(f"{site.url}/metrics", headers=headers) as answer,
    ):
        assert answer.status == status
        assert ("METRICS_TOKEN" in await answer.text()) == (status == 403)


@pytest.mark.parametrize(
    ("said", "status"),
    [
        pytest.param(f"Bearer {TOKEN}", 200, id="the token"),
        pytest.param("Bearer another", 401, id="another"),
        pytest.param(TOKEN, 401, id="no bearer"),
        pytest.param("Bearer ", 401, id="an empty one"),
        pytest.param("", 401, id="none"),
    ],
)
async def test_with_a_token_figures_are_for_who_has_it_from_anywhere(said: str, status: int) -> None:
    headers = {"X-Forwarded-For": "203.0.113.9"} | ({"Authorization": said} if said else {})
    async with (
        served(create_app(WebParts(health=a_health(MetricsAccess(TOKEN))))) as site,
        site.http.get(f"{site.url}/metrics", headers=headers) as answer,
    ):
        assert answer.status == status
        assert ("WWW-Authenticate" in answer.headers) == (status == 401)


class _Line:
    def __init__(self, remote: object) -> None:
        self._remote = remote

    def get_extra_info(self, name: str, default: object = None) -> object:
        return self._remote if name == "peername" else default


@pytest.mark.parametrize(
    ("remote", "allowed"),
    [
        pytest.param(("127.0.0.1", 5), True, id="IPv4"),
        pytest.param(("::1", 5, 0, 0), True, id="IPv6"),
        pytest.param(("::ffff:127.0.0.1", 5, 0, 0), True, id="IPv4 within IPv6"),
        pytest.param(("fe80::1%eth0", 5, 0, 0), False, id="a neighbour"),
        pytest.param(("10.0.0.7", 5), False, id="the local network"),
        pytest.param(("203.0.113.9", 5), False, id="the world"),
        pytest.param(None, False, id="nobody knows"),
    ],
)
def test_this_machine_is_known_by_its_address(remote: object, *, allowed: bool) -> None:
    request: web.Request = make_mocked_request("GET", "/metrics", transport=_Line(remote))
    assert MetricsAccess(None).allows(request) == allowed


@pytest.mark.parametrize("forwarded", [False, True])
async def test_the_front_page_counts_for_who_may_see_figures(*, forwarded: bool) -> None:
    headers = {"X-Forwarded-For": "203.0.113.9"} if forwarded else {}
    async with (
        served(pages_of(KnownOverview(parked=[a_parked_effect(), a_parked_effect()]))) as site,
        site.http.get(f"{site.url}/", headers=headers) as answer,
    ):
        assert answer.status == 200
        page = await answer.text()
    for counted in ("Installations", "Waiting to be done", "set aside"):
        assert (counted in page) != forwarded
    assert "Last heard from GitHub" in page
