"""The small GitHub takes manifests as GitHub does, and keeps Apps apart."""

from __future__ import annotations

import json
from typing import Any

import aiohttp
import jwt
import pytest

from mentorbot.sandbox.acts import Acts
from mentorbot.sandbox.acts.acting import RefusedError
from mentorbot.sandbox.apps import App
from mentorbot.sandbox.registrations import read_manifest, register
from mentorbot.sandbox.simulated_github import SimulatedGitHub
from tests.sandbox.receiving import Caller, Ear

MANIFEST: dict[str, Any] = {
    "url": "https://bot.example",
    "redirect_url": "http://localhost:3000/back",
    "default_permissions": {"issues": "write"},
    "default_events": ["issues"],
}


def made(github: SimulatedGitHub, *, name: str = "Second", **more: Any) -> App:
    grace = github.world.account("grace")
    manifest = read_manifest(json.dumps(MANIFEST | more))
    return register(github.world, manifest, name=name, owner=github.world.account("octo"), by=grace)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param({"url": "bot"}, "url must be a valid URL", id="no address"),
        pytest.param({"redirect_url": 5}, "redirect_url must be a valid URL", id="a number"),
        pytest.param({"setup_url": "x"}, "setup_url must be", id="setup_url"),
        pytest.param({"callback_urls": ["x"]}, "callback_urls must be", id="callback_urls"),
        pytest.param(
            {"hook_attributes": {"active": False}}, '"url" wasn\'t supplied', id="a hook without URL"
        ),
        pytest.param(
            {"hook_attributes": {"url": "https://a.b", "secret": "s"}}, "only url and active", id="secret"
        ),
        pytest.param({"colour": "red"}, '"colour" is not', id="an unknown key"),
        pytest.param(
            {"default_permissions": {"tea": "read"}}, "not included in the list: tea", id="permission"
        ),
        pytest.param({"default_permissions": {"issues": "all"}}, "not included in the list", id="level"),
        pytest.param({"default_events": ["tea"]}, "Default events unsupported: tea", id="event"),
        pytest.param({"default_events": ["installation"]}, "unsupported: installation", id="unasked event"),
        pytest.param(
            {"default_events": ["push"]}, "not supported by permissions: push", id="without permission"
        ),
    ],
)
def test_a_manifest_that_github_would_refuse_is_refused(change: dict[str, Any], said: str) -> None:
    with pytest.raises(RefusedError, match=said):
        read_manifest(json.dumps(MANIFEST | change))


@pytest.mark.parametrize("text", ["", "[]", "x" * 200_000, json.dumps({"name": "x"})])
def test_what_is_no_manifest_is_refused(text: str) -> None:
    with pytest.raises(RefusedError):
        read_manifest(text)


@pytest.mark.parametrize(
    ("name", "by", "said"),
    [
        ("Mentorbot", "grace", "already taken"),
        ("newton", "grace", "already taken"),
        ("x" * 35, "grace", "too long"),
        ("", "grace", "can't be blank"),
        ("Fine", "newton", "no owner of octo"),
    ],
)
def test_who_may_not_and_names_that_are_taken_are_told(
    github: SimulatedGitHub, name: str, by: str, said: str
) -> None:
    manifest, octo = read_manifest(json.dumps(MANIFEST)), github.world.account("octo")
    with pytest.raises(RefusedError, match=said):
        register(github.world, manifest, name=name, owner=octo, by=github.world.account(by))


async def test_a_code_gives_the_credentials_once(github: SimulatedGitHub, anonymous: Caller) -> None:
    app = made(github, hook_attributes={"url": "https://bot.example/hook"})
    code = github.tokens.code_for_registered(app)
    found = await anonymous("POST", f"/app-manifests/{code}/conversions")
    assert found.status == 201
    assert (found.body["pem"], found.body["webhook_secret"]) == (app.private_key, app.webhook_secret)
    assert (await anonymous("POST", f"/app-manifests/{code}/conversions")).status == 404


def as_app(
    github: SimulatedGitHub, session: aiohttp.ClientSession, app: App, *, key: str | None = None
) -> Caller:
    now = int(github.clock.precise().timestamp())
    claims = {"iat": now, "exp": now + 500, "iss": str(app.id)}
    signed = jwt.encode(claims, key or app.private_key, algorithm="RS256")
    return Caller(session=session, github=github, authorization=f"Bearer {signed}")


async def test_apps_are_kept_apart(
    github: SimulatedGitHub, acts: Acts, session: aiohttp.ClientSession, ear: Ear
) -> None:
    app = made(github)
    call = as_app(github, session, app)
    assert (await call("GET", "/app")).body["slug"] == "second"
    assert (await as_app(github, session, app, key=github.app.private_key)("GET", "/app")).status == 401
    assert (await call("GET", "/app/installations")).body == []
    first = acts.installation_on("octo")
    assert (await call("POST", f"/app/installations/{first.id}/access_tokens")).status == 404
    acts.install("octo", app=app)
    acts.open_issue("octo/hello", by="ada", title="Tea")
    await github.settled()
    delivery = next(iter(github.webhooks.log))
    assert (await call("GET", f"/app/hook/deliveries/{delivery}")).status == 404
    assert (await call("GET", "/app/hook/deliveries")).body == []


async def test_each_app_hears_at_its_own_address_with_its_own_secret(
    github: SimulatedGitHub, acts: Acts, session: aiohttp.ClientSession, ear: Ear
) -> None:
    app = made(github)
    call = as_app(github, session, app)
    assert (await call("GET", "/app/hook/config")).status == 404
    assert (await call("PATCH", "/app/hook/config", {"secret": "x"})).status == 404
    config = {"url": ear.url, "secret": "another secret"}
    assert (await call("PATCH", "/app/hook/config", config)).body["url"] == ear.url
    acts.install("octo", app=app)
    await github.settled()
    ear.forget()
    acts.open_issue("octo/hello", by="ada", title="Tea")
    await github.settled()
    heard = [(one.headers["X-GitHub-Hook-Installation-Target-ID"], one.is_signed) for one in ear.heard]
    assert sorted(heard) == [(str(github.app.id), True), (str(app.id), False)]
    installed = {one.payload["installation"]["id"] for one in ear.heard}
    assert len(installed) == 2


async def test_what_an_app_writes_bears_its_own_name(
    github: SimulatedGitHub, acts: Acts, session: aiohttp.ClientSession
) -> None:
    app = made(github)
    token = github.tokens.for_installation(acts.install("octo", app=app)).token
    issue = acts.open_issue("octo/hello", by="ada", title="Tea")
    call = Caller(session=session, github=github, authorization=f"token {token}")
    path = f"/repos/octo/hello/issues/{issue.number}/comments"
    assert (await call("POST", path, {"body": "Hi"})).body["user"]["login"] == "second[bot]"


async def test_a_private_app_is_installed_where_it_belongs_only(
    github: SimulatedGitHub, session: aiohttp.ClientSession
) -> None:
    made(github, public=False)
    for where, status in (("newton newton", 404), ("octo newton", 404), ("octo grace", 302)):
        async with session.post(
            f"{github.url}/apps/second/installations", data={"where": where}, allow_redirects=False
        ) as answer:
            assert answer.status == status, where
    async with session.get(f"{github.url}/apps/second", headers={"Accept": "text/html"}) as answer:
        assert "Install" in await answer.text()


async def test_other_sites_can_neither_register_nor_install(
    github: SimulatedGitHub, session: aiohttp.ClientSession
) -> None:
    made(github)
    for path in ("/settings/apps/manifest", "/apps/second/installations"):
        async with session.post(github.url + path, headers={"Origin": "https://evil.example"}) as answer:
            assert answer.status == 403
    async with session.post(f"{github.url}/organizations/nobody/settings/apps/new") as answer:
        assert answer.status == 404
    async with session.get(f"{github.url}/settings/apps/new") as answer:
        assert "Only manifests" in await answer.text()
