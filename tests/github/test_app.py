from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from mentorbot.core.errors import AccessLost, Impossible
from mentorbot.github.app import GitHubApp
from mentorbot.github.missed_deliveries import MissedDelivery
from tests.github import hooks
from tests.github.conftest import Desk, Hands
from tests.github.scripted import Say, ScriptedGitHub


async def test_the_app_knows_itself_and_its_bot(desk: Desk) -> None:
    me = await desk.app.me()
    bot = desk.github.app.bot
    assert (me.id, me.slug) == (desk.github.app.id, "mentorbot")
    assert (me.bot.id, me.bot.login, me.bot.is_bot) == (bot.id, "mentorbot[bot]", True)
    assert me.permissions
    asked = desk.counted.of("rest")
    assert await desk.app.me() is me
    assert desk.counted.of("rest") == asked


async def test_an_app_that_is_installed_nowhere_knows_its_bot_all_the_same(desk: Desk) -> None:
    desk.github.acts.uninstall("acme", by="grace")
    assert (await desk.app.me()).bot.login == "mentorbot[bot]"


async def test_a_suspended_installation_is_not_used_to_look_people_up(desk: Desk) -> None:
    desk.github.acts.suspend("acme", by="grace")
    assert (await desk.app.me()).bot.login == "mentorbot[bot]"


@pytest.mark.parametrize("status", [401, 403, 404])
async def test_a_github_that_does_not_tell_about_our_account_leaves_us_our_name(
    scripted_app: GitHubApp, scripted: ScriptedGitHub, status: int
) -> None:
    scripted.on("GET", "/app", Say(json={"id": 7, "slug": "mentorbot"}))
    scripted.on("GET", "/app/installations", Say(json=[]))
    for path in ("/users/mentorbot[bot]", "/users/mentorbot%5Bbot%5D"):
        scripted.on("GET", path, Say(status=status, json={"message": "Requires authentication"}))
    me = await scripted_app.me()
    assert (me.id, me.bot.id, me.bot.login, me.bot.is_bot) == (7, 0, "mentorbot[bot]", True)


async def test_a_github_that_does_not_tell_about_the_app_stops_no_work(
    scripted_app: GitHubApp, scripted: ScriptedGitHub
) -> None:
    me = await scripted_app.me()
    assert (me.id, me.slug, me.bot.id, me.bot.is_bot) == (7, "", 0, True)
    assert len(scripted.asked("/app")) == 1
    assert (await scripted_app.me()) is me
    assert len(scripted.asked("/app")) == 1
    with pytest.raises(Impossible, match="404"):
        await scripted_app.fetch_identity()


async def test_where_no_list_of_installations_is_told_the_name_still_is(
    scripted_app: GitHubApp, scripted: ScriptedGitHub
) -> None:
    scripted.on("GET", "/app", Say(json={"id": 7, "slug": "mentorbot"}))
    assert (await scripted_app.me()).bot.login == "mentorbot[bot]"


async def test_our_account_is_asked_for_again_by_the_next_installation(
    scripted_app: GitHubApp, scripted: ScriptedGitHub
) -> None:
    assert (await scripted_app.me()).bot.id == 0
    scripted.on("GET", "/app", Say(json={"id": 7, "slug": "mentorbot"}))
    scripted.on("GET", "/app/installations", Say(json=[]))
    for path in ("/users/mentorbot[bot]", "/users/mentorbot%5Bbot%5D"):
        scripted.on("GET", path, Say(json=hooks.ROBOT))
    assert (await scripted_app.me()).bot.id == 0
    scripted_app.writer(3)
    assert (await scripted_app.me()).bot.id == hooks.ROBOT["id"]


async def test_installations_tell_what_they_granted(desk: Desk) -> None:
    (grant,) = await desk.app.installations()
    assert grant.installation_id == desk.installation_id
    assert grant.account.login == "acme"
    assert grant.permissions["metadata"] == "read"
    assert "issues" in grant.events
    assert not grant.suspended
    desk.github.acts.suspend("acme", by="grace")
    assert [one.suspended for one in await desk.app.installations()] == [True]


async def test_the_repositories_of_an_installation_are_listed(desk: Desk) -> None:
    for number in range(105):
        desk.github.acts.create_repository(f"acme/r{number}", by="grace")
    found = await desk.app.repositories(desk.installation_id)
    assert len(found) == 106
    assert desk.repository.id in {repository.id for repository in found}
    assert {repository.owner.login for repository in found} == {"acme"}


async def test_an_uninstalled_app_has_lost_access(desk: Desk) -> None:
    desk.github.acts.uninstall("acme", by="grace")
    with pytest.raises(AccessLost, match="no longer installed"):
        await desk.app.repositories(desk.installation_id)


async def test_who_we_are_is_asked_again_after_an_hour(
    scripted_app: GitHubApp, scripted: ScriptedGitHub, hands: Hands
) -> None:
    scripted.on("GET", "/app", Say(json={"id": 7, "slug": "mentorbot"}))
    scripted.on("GET", "/app/installations", Say(json=[]))
    for path in ("/users/mentorbot[bot]", "/users/mentorbot%5Bbot%5D"):
        scripted.on("GET", path, Say(json=hooks.ROBOT))
    await scripted_app.me()
    hands.move(minutes=61)
    await scripted_app.me()
    assert len(scripted.asked("/app")) == 2


async def missed_since(app: GitHubApp, moment: datetime) -> list[MissedDelivery]:
    """What never arrived since then, with payload, as far as GitHub still has it."""
    failed = (await app.deliveries_tried(since=moment)).failed
    return [missed for one in failed if (missed := await app.missed_delivery(one)) is not None]


async def test_missed_deliveries_are_fetched_back_with_payload_oldest_first(desk: Desk) -> None:
    github = desk.github
    github.deliver_to("http://127.0.0.1:9/hooks")  # nobody listens there
    start = github.clock.now()
    github.acts.open_issue("acme/rockets", by="ada", title="Before")
    await github.settled()
    github.clock.move(timedelta(hours=1))
    moment = github.clock.now()
    github.acts.open_issue("acme/rockets", by="ada", title="One")
    github.acts.open_issue("acme/rockets", by="ada", title="Two")
    await github.settled()
    missed = await missed_since(desk.app, moment)
    assert [delivery.event for delivery in missed] == ["issues", "issues"]
    assert [b'"One"' in delivery.payload for delivery in missed] == [True, False]
    assert {delivery.headers["x-github-delivery"] for delivery in missed} == {one.id for one in missed}
    assert len(await missed_since(desk.app, start)) == 3


def _attempt(id_: int, guid: str, *, code: int = 500, minute: int = 0, **more: object) -> dict[str, object]:
    at = f"2026-03-02T09:{minute:02}:00Z"
    return {"id": id_, "guid": guid, "event": "issues", "delivered_at": at, "status_code": code, **more}


async def test_what_arrived_at_any_attempt_was_not_missed(
    scripted_app: GitHubApp, scripted: ScriptedGitHub, hands: Hands
) -> None:
    newest = [
        _attempt(9, "late", minute=50),
        _attempt(8, "twice", minute=40, code=0),
        _attempt(7, "ok", code=202),
    ]
    older = [_attempt(6, "twice", code=502), _attempt(5, "ok"), _attempt(4, "gone", minute=1)]
    following = {"link": '<{url}/app/hook/deliveries?cursor=v1_6>; rel="next"'}
    scripted.on("GET", "/app/hook/deliveries", Say(json=newest, headers=following), Say(json=older))
    request = {"payload": {"action": "opened"}, "headers": {"X-GitHub-Event": "issues"}}
    scripted.on("GET", "/app/hook/deliveries/9", Say(json={"request": request}))
    scripted.on("GET", "/app/hook/deliveries/8", Say(json={"request": {"payload": None}}))
    found = await missed_since(scripted_app, hands.now - timedelta(days=3))
    assert [(one.id, one.payload) for one in found] == [("late", b'{"action": "opened"}')]
    assert dict(found[0].headers) == {"x-github-event": "issues"}


async def test_older_pages_of_deliveries_are_not_asked_for(
    scripted_app: GitHubApp, scripted: ScriptedGitHub, hands: Hands
) -> None:
    following = {"link": '<{url}/app/hook/deliveries?cursor=v1_6>; rel="next"'}
    scripted.on("GET", "/app/hook/deliveries", Say(json=[_attempt(1, "old")], headers=following))
    tried = await scripted_app.deliveries_tried(since=hands.now)
    assert (tried.failed, tried.until) == ((), None)
    assert len(scripted.asked("/app/hook/deliveries")) == 1
