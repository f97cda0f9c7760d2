"""From the choices to an App: what is asked for, and a sentence with the cure for each way it goes wrong."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from aiohttp import web

from mentorbot.github.registration import NewApp
from mentorbot.sandbox.faults import Faults
from mentorbot.web.setup.choices import Choices
from mentorbot.web.setup.last_page import Kept, SetupDone
from tests.web.served import served
from tests.web.setup.conftest import Keeper, Page, Visitor


def manifest(page: Page) -> Any:
    return json.loads(unescape(re.findall(r'name="manifest" value="([^"]*)"', page.text)[0]))


@pytest.fixture(autouse=True)
async def entered(visitor: Visitor) -> None:
    await visitor.enter()


async def test_two_forms_make_an_app_with_its_credentials(visitor: Visitor) -> None:
    done = await visitor.make()
    (app,) = visitor.keeper.apps
    registered = visitor.github.world.apps[app.id]
    assert (app.private_key, app.webhook_secret) == (registered.private_key, registered.webhook_secret)
    assert (app.owner, registered.is_public) == ("octo", False)
    assert registered.hook_url == f"{visitor.site.url}/github/webhook"
    assert f"{visitor.github.url}/apps/mentorbot-octo/installations/new" in done.text
    assert "/home/olga/.env" in done.words
    assert (await visitor.setup.finished()).app is app


async def test_what_an_app_has_to_say_is_in_no_log_line(visitor: Visitor) -> None:
    await visitor.make()
    assert "PRIVATE" not in repr(visitor.keeper.apps[0])


async def test_ones_own_account_may_have_it_too(visitor: Visitor) -> None:
    sent = await visitor.choose(owner="me")
    assert f'action="{visitor.github.url}/settings/apps/new?state=' in sent.text
    assert (await visitor.create(sent)).status == 302


@pytest.mark.parametrize(
    ("form", "there", "missing"),
    [
        pytest.param({}, {"statuses", "actions", "checks"}, {"members"}, id="everything"),
        pytest.param(
            {"feature": ["welcome"]}, {"issues", "pull_requests"}, {"statuses", "actions"}, id="welcome"
        ),
        pytest.param({"feature": ["welcome"], "teams": "yes"}, {"members"}, {"statuses"}, id="teams"),
    ],
)
async def test_an_app_asks_for_what_its_features_need_and_no_more(
    visitor: Visitor, form: dict[str, Any], there: set[str], missing: set[str]
) -> None:
    asked = manifest(await visitor.choose(**form))
    granted = set(asked["default_permissions"])
    assert there <= granted
    assert not missing & granted
    assert ("workflow_run" in asked["default_events"]) == ("actions" in granted)


async def test_it_is_for_its_owner_alone_unless_ticked(visitor: Visitor) -> None:
    assert manifest(await visitor.choose())["public"] is False
    assert manifest(await visitor.choose(public="yes"))["public"] is True


async def test_what_an_older_server_does_not_know_is_left_out_and_listed(visitor: Visitor) -> None:
    world = visitor.github.world
    world.server_version = "2.22.0"
    world.unknown_to_manifests = frozenset({"actions", "pull_request_review_thread", "workflow_run"})
    assert "2.22.0" in (await visitor.open("/setup")).words
    sent = await visitor.choose()
    assert "Left out: actions, pull_request_review_thread, workflow_run." in sent.words
    back = await visitor.create(sent)
    await visitor.open(back.headers["Location"])
    assert "pull_request_review_thread" in (await visitor.open("/setup/done")).words


async def test_what_a_server_refuses_can_be_left_out_by_name(visitor: Visitor) -> None:
    visitor.github.world.unknown_to_manifests = frozenset({"status"})
    refused = await visitor.create(await visitor.choose())
    assert "Default events unsupported: status" in refused.words
    assert (await visitor.create(await visitor.choose(leave_out="status"))).status == 302


async def test_where_github_gives_no_webhook_secret_it_is_told_ours(visitor: Visitor) -> None:
    visitor.github.world.gives_webhook_secrets = False
    await visitor.make()
    (app,) = visitor.keeper.apps
    assert app.webhook_secret
    assert visitor.github.world.apps[app.id].webhook_secret == app.webhook_secret


async def test_where_github_does_not_take_our_secret_somebody_has_to_type_it(visitor: Visitor) -> None:
    visitor.github.world.gives_webhook_secrets = False
    _fail(visitor.github.faults, "PATCH", "/app/hook/config")
    done = await visitor.make()
    assert "copy GITHUB_WEBHOOK_SECRET into Webhook secret" in done.words
    assert visitor.keeper.apps[0].webhook_secret


# what goes wrong before


@pytest.mark.parametrize(
    ("form", "said"),
    [
        pytest.param({"organization": ""}, "Type the organisation's name", id="no organisation"),
        pytest.param({"organization": "a/../b"}, "Type the organisation's name", id="no name"),
        pytest.param({"organization": "nobody"}, "knows no organisation 'nobody'", id="unknown"),
        pytest.param({"organization": "ada"}, "is a person's account", id="a person"),
        pytest.param({"name": "Mentorbot"}, "choose another name", id="name taken"),
        pytest.param({"name": "x" * 35}, "at most 34", id="name too long"),
        pytest.param({"name": "<b>"}, "at most 34 letters", id="no name of an App"),
        pytest.param({"public_url": "bot.example.com"}, "https://mentorbot.example.com", id="no address"),
        pytest.param({"public_url": "https://u:p@x.example/#a"}, "https://mentorbot", id="odd address"),
        pytest.param({"relay": "smee"}, "https://smee.io/abc", id="no relay"),
        pytest.param({"leave_out": "Work Flow!"}, "is no name of a permission", id="nothing to leave out"),
    ],
)
async def test_what_can_not_be_had_is_said_beside_its_field(
    visitor: Visitor, form: dict[str, str], said: str
) -> None:
    page = await visitor.choose(**form)
    assert page.status == 422
    assert said in page.words
    (name,) = set(form) - {"owner"}
    assert f'id="{name}-problem"' in page.text
    assert f'aria-describedby="{name}-problem"' in page.text
    assert not page.text.count("<b>")


async def test_github_that_does_not_answer_beforehand_keeps_nobody_from_going_there(visitor: Visitor) -> None:
    _fail(visitor.github.faults, "GET", "/users/octo")
    assert (await visitor.choose()).status == 200


async def test_whoever_owns_no_organisation_is_told_what_404_means(visitor: Visitor) -> None:
    sent = await visitor.choose()
    assert "you are no owner of octo" in sent.words
    assert (await visitor.create(sent, by="ada")).status == 200
    assert visitor.keeper.apps == []


async def test_a_name_that_is_taken_can_be_changed_at_github(visitor: Visitor) -> None:
    sent = await visitor.choose()
    assert "Type another name there" in sent.words
    taken = await visitor.create(sent, name="Mentorbot")
    assert (taken.status, "Name is already taken" in taken.words) == (200, True)
    assert (await visitor.create(sent, name="helper of octo")).status == 302


# what goes wrong on the way back


async def test_a_state_that_was_not_given_out_here_is_refused(visitor: Visitor) -> None:
    back = await visitor.create(await visitor.choose())
    code = back.headers["Location"].partition("code=")[2].partition("&")[0]
    for state in ("", "forged"):
        page = await visitor.open(f"/setup/created?code={code}&state={state}")
        assert page.status == 400
        assert "belongs to no set-up here" in page.words
    assert visitor.keeper.apps == []


async def test_a_state_is_of_no_use_in_another_browser(visitor: Visitor) -> None:
    back = await visitor.create(await visitor.choose())
    visitor.http.cookie_jar.clear()
    assert (await visitor.open(back.headers["Location"])).status == 403
    assert visitor.keeper.apps == []


async def test_a_code_is_exchanged_once_whoever_comes_with_it_again(visitor: Visitor) -> None:
    back = await visitor.create(await visitor.choose())
    for _ in range(2):
        page = await visitor.open(back.headers["Location"])
        assert (page.status, page.headers["Location"]) == (303, "/setup/done")
    assert len(visitor.keeper.apps) == 1
    assert sum("/conversions" in one.path for one in visitor.github.requests) == 1
    for page in (await visitor.open("/setup"), await visitor.choose()):
        assert (page.status, page.headers["Location"]) == (303, "/setup/done")


async def test_a_code_that_is_over_is_told_with_what_to_do(visitor: Visitor) -> None:
    back = await visitor.create(await visitor.choose())
    visitor.github.clock.move(timedelta(hours=1))
    page = await visitor.open(back.headers["Location"])
    assert page.status == 400
    assert "good for one hour, and once. Start again." in page.words


async def test_without_a_code_there_is_no_app(visitor: Visitor) -> None:
    back = await visitor.create(await visitor.choose())
    state = back.headers["Location"].partition("state=")[2]
    for code in ("", "&code=../../app"):
        page = await visitor.open(f"/setup/created?state={state}{code}")
        assert page.status == 400
        assert "GitHub sent no code" in page.words


async def test_where_github_is_down_the_page_can_be_loaded_again(visitor: Visitor) -> None:
    back = await visitor.create(await visitor.choose())
    _fail(visitor.github.faults, "POST", "conversions")
    page = await visitor.open(back.headers["Location"])
    assert page.status == 502
    assert "Load this page again in a minute" in page.words
    assert (await visitor.open(back.headers["Location"])).status == 303


async def test_before_there_is_an_app_the_last_page_leads_to_the_first(visitor: Visitor) -> None:
    page = await visitor.open("/setup/done")
    assert (page.status, page.headers["Location"]) == (303, "/setup")


# where nothing can be written


class TestShown:
    @pytest.fixture
    def keeper(self) -> Keeper:
        return Keeper(shows=True)

    async def test_credentials_are_shown_until_somebody_has_kept_them(self, visitor: Visitor) -> None:
        done = await visitor.make()
        assert "GITHUB_APP_ID=7" in done.text
        assert (await visitor.send("/setup/kept", {}, origin="https://evil.example")).status == 403
        assert (await visitor.send("/setup/kept", {})).status == 303
        assert "GITHUB_APP_ID" not in (await visitor.open("/setup/done")).text
        await visitor.setup.finished()


# github.com and a machine that it can't reach


class TestOnTheInternet:
    @pytest.fixture
    def server_url(self) -> str:
        return "https://github.com"

    async def test_without_an_address_there_is_no_webhook_and_the_page_says_what_works(
        self, visitor: Visitor
    ) -> None:
        page = await visitor.open("/setup")
        assert "GitHub can't reach" in page.words
        assert "reads all that GitHub sends, private repositories included" in page.words
        sent = await visitor.choose()
        assert "hook_attributes" not in manifest(sent)
        assert manifest(sent)["redirect_url"] == f"{visitor.site.url}/setup/created"
        assert 'action="https://github.com/organizations/octo/settings/apps/new?state=' in sent.text
        assert "form-action https://github.com;" in sent.headers["Content-Security-Policy"]

    async def test_a_relay_or_an_address_is_where_webhooks_go(self, visitor: Visitor) -> None:
        sent = manifest(await visitor.choose(relay="https://smee.io/abc"))
        assert sent["hook_attributes"]["url"] == "https://smee.io/abc"
        sent = manifest(await visitor.choose(public_url="https://bot.example.org/"))
        assert sent["hook_attributes"]["url"] == "https://bot.example.org/github/webhook"
        assert sent["callback_urls"][0] == "https://bot.example.org/login/callback"

    @pytest.mark.parametrize("address", ["http://10.0.0.7", "http://bot", "https://bot.local"])
    async def test_an_address_at_home_gets_no_webhook(self, visitor: Visitor, address: str) -> None:
        assert "hook_attributes" not in manifest(await visitor.choose(public_url=address))


class TestPublicUrlOfThisMachine:
    """`PUBLIC_URL=http://localhost:3000`, as an example somewhere had it."""

    @pytest.fixture
    def public_url(self) -> str:
        return "http://localhost:3000"

    @pytest.fixture
    def server_url(self) -> str:
        return "https://github.com"

    async def test_where_github_cant_reach_public_url_the_page_says_so(self, visitor: Visitor) -> None:
        page = await visitor.open("/setup")
        assert "GitHub sends its webhooks to" not in page.words
        assert "without a relay, the bot hears of nothing as it happens" in page.words


# in the sandbox, where a bot is running already


class TestTrial:
    @pytest.fixture
    def is_trial(self) -> bool:
        return True

    async def test_an_app_can_be_tried_and_changes_nothing_of_the_bot(self, visitor: Visitor) -> None:
        assert "This is the sandbox." in (await visitor.open("/setup")).words
        done = await visitor.make()
        assert "Install mentorbot-octo" in done.words
        assert "The bot is starting" not in done.words
        (app,) = visitor.keeper.apps
        assert visitor.github.world.apps[app.id].hook_url is None
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(visitor.setup.finished(), timeout=0.01)


# the last page, in the bot that the set-up became


@dataclass(frozen=True)
class Finding:
    about: str
    well: bool
    said: str
    cure: str = ""


async def test_the_running_bot_shows_the_doctor_to_the_browser_that_did_it_alone(visitor: Visitor) -> None:
    await visitor.make()
    told = [Finding("installation", well=False, said="nowhere yet", cure="Install it.")]

    async def examine() -> list[Finding]:
        return told

    made = await visitor.setup.finished()
    page = SetupDone(made, guard=visitor.guard, examine=examine, server_url=visitor.github.url)
    app = web.Application()
    app.router.add_routes(page.routes())
    async with served(app) as site:
        shown = await visitor.open(f"{site.url}/setup/done")
        assert "✗ installation (to be mended) : nowhere yet → Install it." in shown.words
        assert "data-looks-again" in shown.text
        for path in ("/setup", "/setup/created"):
            assert (await visitor.open(site.url + path)).status == 404
        visitor.http.cookie_jar.clear()
        assert (await visitor.open(f"{site.url}/setup/done")).status == 404


class TestBroken:
    @pytest.fixture
    def keeper(self) -> Keeper:
        return Broken()

    async def test_a_mistake_of_ours_is_a_page_too(self, visitor: Visitor) -> None:
        back = await visitor.create(await visitor.choose())
        page = await visitor.open(back.headers["Location"])
        assert page.status == 500
        assert "The mistake is ours" in page.words


class Broken(Keeper):
    def __call__(self, app: NewApp, choices: Choices) -> Kept:
        raise ZeroDivisionError


def _fail(faults: Faults, method: str, path: str) -> None:
    """The next such request fails, once."""
    faults.add("status", method=method, path=f".*{path}", status=502, times=1)
