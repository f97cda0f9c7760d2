"""GitHub's pages on which somebody registers an App from a manifest, and installs it: plain forms.

Whoever is to be acting is chosen in the form: nobody signs in here.
"""

from __future__ import annotations

from html import escape

from aiohttp import web
from aiohttp.typedefs import Handler
from yarl import URL

from mentorbot.sandbox.acts.acting import RefusedError
from mentorbot.sandbox.apps import App
from mentorbot.sandbox.model import Account, Organization
from mentorbot.sandbox.registrations import (
    LONGEST_NAME,
    may_install,
    may_register,
    read_manifest,
    register,
)
from mentorbot.sandbox.simulated_github import SimulatedGitHub


def add_to(app: web.Application, github: SimulatedGitHub, *, otherwise: Handler) -> None:
    """Serve these pages; what is no browser's question is answered by `otherwise`, the API."""
    pages = _Registering(github, otherwise)
    for path in ("/settings/apps/new", "/organizations/{org}/settings/apps/new"):
        app.router.add_get(path, pages.by_hand)
        app.router.add_post(path, pages.confirm)
    for path in ("/settings/apps/manifest", "/organizations/{org}/settings/apps/manifest"):
        app.router.add_post(path, pages.create)
    app.router.add_get("/apps/{slug}", pages.public_page)
    app.router.add_get("/apps/{slug}/installations/new", pages.choose_account)
    app.router.add_post("/apps/{slug}/installations", pages.install)


class _Registering:
    def __init__(self, github: SimulatedGitHub, otherwise: Handler) -> None:
        self._github = github
        self._otherwise = otherwise

    # registering

    async def by_hand(self, _: web.Request) -> web.Response:
        return _page("New GitHub App", "<p>Only manifests are taken here: a form of the App's sends one.</p>")

    async def confirm(self, request: web.Request) -> web.Response:
        """What a manifest asks for, with the button that makes the App."""
        manifest = str((await request.post()).get("manifest", ""))
        return self._confirmation(request, manifest, state=request.query.get("state", ""))

    def _confirmation(
        self, request: web.Request, manifest: str, *, state: str, problem: str = "", name: str | None = None
    ) -> web.Response:
        people = [one for one in self._people() if may_register(self._owner(request, one), one)]
        if not people:
            raise web.HTTPNotFound(text="404: This is not the web page you are looking for.\n")
        try:
            found = read_manifest(manifest, unknown_here=self._github.world.unknown_to_manifests)
        except RefusedError as refusal:
            why = "The configuration does not appear to be a valid GitHub App manifest."
            text = f"<p>{why}</p><p role=alert>{escape(str(refusal))}</p>"
            return _page("Invalid GitHub App configuration", text, status=422)
        asked = "".join(
            f"<li>{escape(permission)}: {escape(level)}</li>"
            for permission, level in sorted(found.permissions.items())
        )
        given, audience = (
            found.name if name is None else name,
            "Anybody" if found.is_public else "Only its owner",
        )
        shown = f"<p role=alert>{escape(problem)}</p>" if problem else ""
        body = f"""{shown}<form method="post" action="{escape(_base(request))}/manifest">
<input type="hidden" name="manifest" value="{escape(manifest)}">
<input type="hidden" name="state" value="{escape(state)}">
<p><label>GitHub App name
<input name="name" required maxlength="{LONGEST_NAME}" value="{escape(given)}"></label></p>
<p><label>You are <select name="as">{_options(people)}</select></label></p>
<p><button type="submit">Create GitHub App</button></p></form>
<h2>It asks for</h2><ul>{asked}</ul><p>Events: {escape(", ".join(found.events)) or "none"}.
Webhook: {escape(found.hook_url or "none")}. {audience} can install it.</p>"""
        return _page("Create GitHub App", body, leads_to=found.redirect_url)

    async def create(self, request: web.Request) -> web.Response:
        """Make the App, and send whoever asked for it back with a code."""
        form = {name: str(value) for name, value in (await self._own_form(request)).items()}
        manifest, state, name = form.get("manifest", ""), form.get("state", ""), form.get("name", "")
        by = self._github.world.find_account(form.get("as", ""))
        if by is None:
            raise web.HTTPNotFound
        try:
            found = read_manifest(manifest, unknown_here=self._github.world.unknown_to_manifests)
            app = register(self._github.world, found, name=name, owner=self._owner(request, by), by=by)
        except RefusedError as refusal:
            return self._confirmation(request, manifest, state=state, problem=str(refusal), name=name)
        self._github.acts.ping(app)
        self._github.world.changed()
        answer = {"code": self._github.tokens.code_for_registered(app)} | ({"state": state} if state else {})
        return _to(str(URL(found.redirect_url).update_query(answer)))

    # installing

    async def public_page(self, request: web.Request) -> web.StreamResponse:
        if "text/html" not in request.headers.get("Accept", ""):
            return await self._otherwise(request)
        app = self._app(request)
        place = f"/apps/{escape(app.slug)}/installations/new"
        text = f'<p>{escape(app.description or "")}</p><p><a href="{place}">Install</a></p>'
        return _page(app.name, text)

    async def choose_account(self, request: web.Request) -> web.Response:
        app = self._app(request)
        choices = [
            (account, by)
            for account in self._github.world.accounts.values()
            for by in self._people()
            if may_install(app, account, by)
        ]
        options = "".join(
            f'<option value="{escape(account.login)} {escape(by.login)}">'
            f"{escape(account.login)}{'' if account is by else f', as {escape(by.login)}'}</option>"
            for account, by in choices
        )
        body = f"""<form method="post" action="/apps/{escape(app.slug)}/installations">
<p><label>Install it on <select name="where">{options}</select></label></p>
<p>On all repositories there.</p><p><button type="submit">Install</button></p></form>"""
        return _page(f"Install {app.name}", body, leads_to=app.setup_url)

    async def install(self, request: web.Request) -> web.Response:
        app, world = self._app(request), self._github.world
        login, _, by_login = str((await self._own_form(request)).get("where", "")).partition(" ")
        account, by = world.find_account(login), world.find_account(by_login)
        if account is None or by is None or not may_install(app, account, by):
            raise web.HTTPNotFound
        there = world.installation_on(account, app=app) or self._github.acts.install(account, by=by, app=app)
        back = {"installation_id": str(there.id), "setup_action": "install"}
        return _to(str(URL(app.setup_url).update_query(back)) if app.setup_url else "/")

    # who and what

    def _people(self) -> list[Account]:
        world = self._github.world
        return [one for one in world.accounts.values() if one.type == "User" and one is not world.ghost]

    def _owner(self, request: web.Request, by: Account) -> Account:
        """Whose the App is to be: the organisation's in the address, or else their own."""
        login = request.match_info.get("org")
        found = by if login is None else self._github.world.find_account(login)
        if found is None or (login is not None and not isinstance(found, Organization)):
            raise web.HTTPNotFound(text="404: This is not the web page you are looking for.\n")
        return found

    def _app(self, request: web.Request) -> App:
        found = self._github.world.app_called(request.match_info["slug"])
        if found is None:
            raise web.HTTPNotFound
        return found

    @staticmethod
    async def _own_form(request: web.Request) -> dict[str, object]:
        """A form of one of these pages: other sites may not act here in somebody's browser."""
        if request.headers.get("Origin") not in {None, f"http://{request.host}"}:
            raise web.HTTPForbidden
        return dict(await request.post())


def _base(request: web.Request) -> str:
    login = request.match_info.get("org")
    return "/settings/apps" if login is None else f"/organizations/{login}/settings/apps"


def _options(people: list[Account]) -> str:
    return "".join(f"<option>{escape(one.login)}</option>" for one in people)


def _to(address: str) -> web.Response:
    return web.Response(status=302, headers={"Location": address})


def _page(title: str, body: str, *, status: int = 200, leads_to: str | None = None) -> web.Response:
    """A page; browsers follow its forms to where `leads_to` is, and nowhere else."""
    to = f" {URL(leads_to).origin()}" if leads_to else ""
    text = f"""<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title>
<link rel="stylesheet" href="/_sandbox/static/page.css">
<link rel="icon" href="/_sandbox/static/icon.svg" type="image/svg+xml"></head>
<body><main id="content"><h1>{escape(title)}</h1>{body}</main></body></html>"""
    policy = (
        f"default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'{to}; "
        "base-uri 'none'; frame-ancestors 'none'"
    )
    headers = {
        "Content-Security-Policy": policy,
        "Cache-Control": "no-store",
        "Referrer-Policy": "same-origin",
    }
    return web.Response(text=text, status=status, content_type="text/html", headers=headers)
