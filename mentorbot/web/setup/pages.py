"""The pages on which somebody chooses what the App is for, is sent to GitHub with it, and comes back.

https://docs.github.com/en/apps/sharing-github-apps/registering-a-github-app-from-a-manifest
"""

from __future__ import annotations

import asyncio
import json
import re
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import structlog
from aiohttp import web
from cachetools import TTLCache
from yarl import URL

from mentorbot.feature_api.feature_catalog import FeatureCatalog
from mentorbot.github.manifest import REASONS, manifest, permissions_needed
from mentorbot.github.registration import NewApp, Registration, RegistrationFailed, SecretNotSet
from mentorbot.github.server_versions import unknown_to
from mentorbot.web.setup.choices import (
    LONGEST_NAME,
    Choices,
    ChoicesRefused,
    can_reach,
    chosen_catalog,
    optional_features,
    read_choices,
    request_of,
)
from mentorbot.web.setup.guard import SetupGuard
from mentorbot.web.setup.last_page import Kept, Made
from mentorbot.web.setup.refusals import SetupRefused
from mentorbot.web.setup.templates import SetupTemplates, shown

log = structlog.get_logger("setup")

_CODE_SECONDS = 3600
_MOST_UNDER_WAY = 20
_CODE = re.compile(r"[A-Za-z0-9_-]{1,200}")


Keep = Callable[[NewApp, Choices], Kept]
"""Puts the credentials of a new App where the bot finds them."""


@dataclass(frozen=True, slots=True)
class _UnderWay:
    """Somebody was sent to GitHub with these choices."""

    choices: Choices
    left_out: tuple[str, ...]
    hook_url: str | None


class Setup:
    """The set-up of one App. With `is_trial` GitHub is the sandbox, and the bot goes on as it was."""

    def __init__(
        self,
        *,
        guard: SetupGuard,
        registration: Registration,
        catalog: FeatureCatalog,
        keep: Keep,
        server_url: str,
        public_url: str | None,
        is_trial: bool = False,
    ) -> None:
        self._guard = guard
        self._registration = registration
        self._catalog = catalog
        self._keep = keep
        self._server_url = server_url
        self._public_url = public_url
        self._is_trial = is_trial
        self._templates = SetupTemplates()
        self._under_way: TTLCache[str, _UnderWay] = TTLCache(_MOST_UNDER_WAY, _CODE_SECONDS)
        self._one_at_a_time = asyncio.Lock()
        self._made: Made | None = None
        self._finished = asyncio.Event()

    def open_at(self, url: str) -> None:
        self._guard.open_at(url)

    async def finished(self) -> Made:
        """Wait until an App was made and its credentials are kept, by us or by whoever was shown them."""
        await self._finished.wait()
        assert self._made is not None  # noqa: S101 - it was made before
        return self._made

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/setup", shown(self.begin, self._templates)),
            web.post("/setup", shown(self.send, self._templates)),
            web.get("/setup/created", shown(self.created, self._templates)),
            web.get("/setup/done", shown(self.done, self._templates)),
            web.post("/setup/kept", shown(self.kept, self._templates)),
        ]

    async def begin(self, request: web.Request) -> web.Response:
        """`GET /setup`: what the App is to be for."""
        session = self._guard.let_in(request)
        if session is not None:
            response = _to("/setup")
            self._guard.remember(request, response, session)
            return response
        if self._made is not None:
            return _to("/setup/done")
        if "token" in request.query:
            return _to("/setup")  # it has no business in the address, where one isn't needed either
        every = frozenset(one.name for one in optional_features(self._catalog))
        return await self._form(request, Choices(features=every))

    async def send(self, request: web.Request) -> web.Response:
        """`POST /setup`: a page that sends the browser to GitHub with the manifest."""
        self._guard.check(request)
        if self._made is not None:
            return _to("/setup/done")
        form = await request.post()
        given = {name: [str(one) for one in form.getall(name)] for name in form}
        try:
            choices = read_choices(given, self._catalog, server_url=self._server_url)
            await self._check_at_github(choices)
        except ChoicesRefused as refused:
            return await self._form(request, _as_given(given, refused.problems), status=422)
        if self._public_url:
            choices = replace(choices, public_url=self._public_url)
        return await self._sent(request, choices)

    async def created(self, request: web.Request) -> web.Response:
        """`GET /setup/created`: GitHub sent the browser back; fetch the credentials, once."""
        self._guard.check(request)
        async with self._one_at_a_time:
            if self._made is None:
                self._made = await self._converted(request)
                if self._made.kept.file and not self._is_trial:
                    self._finished.set()
        return _to("/setup/done")

    async def done(self, request: web.Request) -> web.Response:
        """`GET /setup/done`: what was made, and credentials that are kept nowhere."""
        self._guard.check(request)
        if self._made is None:
            return _to("/setup")
        return self._templates.page(
            "done.html",
            made=self._made,
            is_trial=self._is_trial,
            findings=None,
            server_url=self._server_url,
        )

    async def kept(self, request: web.Request) -> web.Response:
        """`POST /setup/kept`: somebody has kept what was shown; it is shown no more."""
        self._guard.check(request)
        if self._made is not None:
            self._made = replace(self._made, kept=replace(self._made.kept, to_show=""))
            if not self._is_trial:
                self._finished.set()
        return _to("/setup/done")

    async def _form(self, request: web.Request, choices: Choices, *, status: int = 200) -> web.Response:
        origin = self._guard.origin(request)
        home = self._public_url or origin
        version = await self._registration.server_version()
        return self._templates.page(
            "choose.html",
            status=status,
            choices=choices,
            features=optional_features(self._catalog),
            always=[one for one in self._catalog.features if one not in optional_features(self._catalog)],
            permissions=list(self._permissions()),
            public_url=self._public_url,
            origin=origin,
            webhook=f"{home}/github/webhook",
            is_reached=can_reach(home, server_url=self._server_url),
            github=URL(self._server_url).host,
            version=version,
            unknown=sorted(unknown_to(version)),
            longest_name=LONGEST_NAME,
            is_trial=self._is_trial,
        )

    def _permissions(self) -> Iterator[tuple[str, str, str, str]]:
        """Each permission with its level, what it is for, and the features of which one needs it."""
        least = permissions_needed(chosen_catalog(self._catalog, frozenset()))
        for name, level in permissions_needed(self._catalog).items():
            wanting = [
                one.name
                for one in optional_features(self._catalog)
                if permissions_needed(chosen_catalog(self._catalog, frozenset({one.name}))).get(name)
                != least.get(name)
            ]
            yield name, level, REASONS.get(name, "Asked for by a feature of yours."), " ".join(wanting)

    async def _check_at_github(self, choices: Choices) -> None:
        """Ask what everybody may. Raises ChoicesRefused where GitHub would surely say no."""
        try:
            if choices.organization:
                await self._registration.check_owner(choices.organization)
        except RegistrationFailed as failed:
            raise ChoicesRefused({"organization": str(failed)}) from failed
        try:
            if choices.name:
                await self._registration.check_name(choices.name)
        except RegistrationFailed as failed:
            raise ChoicesRefused({"name": str(failed)}) from failed

    async def _sent(self, request: web.Request, choices: Choices) -> web.Response:
        unknown = unknown_to(await self._registration.server_version())
        choices = replace(choices, leave_out=(*choices.leave_out, *sorted(unknown)))
        asked = request_of(choices, origin=self._guard.origin(request), server_url=self._server_url)
        if self._is_trial:  # the bot here knows no other App's secret
            asked = replace(asked, hook_url=None)
        catalog = chosen_catalog(self._catalog, choices.features)
        whole, sent = manifest(catalog, replace(asked, leave_out=())), manifest(catalog, asked)
        left_out = (
            *sorted(whole["default_permissions"].keys() - sent["default_permissions"].keys()),
            *(one for one in whole["default_events"] if one not in sent["default_events"]),
        )
        state = secrets.token_urlsafe(32)
        self._under_way[state] = _UnderWay(choices, left_out, asked.hook_url)
        place = f"/organizations/{choices.organization}" if choices.organization else ""
        return self._templates.page(
            "send.html",
            form_action=str(URL(self._server_url).origin()),
            address=f"{self._server_url}{place}/settings/apps/new?state={state}",
            manifest=json.dumps(sent),
            sent=sent,
            left_out=left_out,
            reasons=REASONS,
            organization=choices.organization,
            github=URL(self._server_url).host,
        )

    async def _converted(self, request: web.Request) -> Made:
        state, code = request.query.get("state", ""), request.query.get("code", "")
        under_way = self._under_way.get(state)
        if under_way is None:
            raise SetupRefused(
                400,
                "This answer belongs to no set-up here",
                "It was not begun in this run of `mentorbot`, or more than an hour ago, or is over. Start "
                "again at /setup; an App that was made meanwhile can be deleted in GitHub's settings.",
            )
        if not _CODE.fullmatch(code):
            raise SetupRefused(
                400, "GitHub sent no code", "So there is no App yet. Go back to /setup and try it once more."
            )
        try:
            app = await self._registration.convert(code)
        except RegistrationFailed as failed:
            if not failed.may_retry:
                self._under_way.pop(state, None)
            raise SetupRefused(
                502 if failed.may_retry else 400, "There is no App yet", str(failed)
            ) from failed
        missing_secret = False
        try:
            app = await self._registration.with_webhook_secret(app, hook_url=under_way.hook_url)
        except SecretNotSet as not_set:
            app, missing_secret = not_set.app, True
        self._under_way.clear()
        log.info("app_made", app=app.id, name=app.slug)
        return Made(
            app=app,
            choices=under_way.choices,
            left_out=under_way.left_out,
            hook_url=under_way.hook_url,
            kept=self._keep(app, under_way.choices),
            missing_secret=missing_secret,
        )


def _to(path: str) -> web.Response:
    return web.Response(status=303, headers={"Location": path, "Cache-Control": "no-store"})


def _as_given(given: Mapping[str, Sequence[str]], problems: Mapping[str, str]) -> Choices:
    """A form as it came in, for showing it again."""

    def text(name: str) -> str:
        return (given.get(name) or [""])[0]

    return Choices(
        organization=text("organization") if text("owner") == "organization" else "",
        name=text("name"),
        public_url=text("public_url"),
        relay=text("relay"),
        features=frozenset(given.get("feature", ())),
        teams=bool(text("teams")),
        public=bool(text("public")),
        leave_out=(text("leave_out"),) if text("leave_out") else (),
        problems=problems,
    )
