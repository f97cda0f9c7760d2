"""What an App is that was made just now, and the page that tells of it until the bot is seen to be well."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from aiohttp import web
from cachetools import TTLCache

from mentorbot.github.registration import NewApp
from mentorbot.web.setup.choices import Choices
from mentorbot.web.setup.guard import SetupGuard
from mentorbot.web.setup.templates import SetupTemplates, shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Where the credentials of a new App are by now: in a file, or nowhere, to be shown once.

    `note` says what is to be known of that.
    """

    file: str = ""
    to_show: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An App that was made here. `missing_secret` where GitHub could not be told the webhook's secret."""

    app: NewApp
    choices: Choices
    left_out: Sequence[str]
    hook_url: str | None
    kept: Kept
    missing_secret: bool = False


class Examined(Protocol):
    """One thing that the doctor looked at."""

    @property
    def about(self) -> str: ...

    @property
    def well(self) -> bool: ...

    @property
    def said(self) -> str: ...

    @property
    def cure(self) -> str: ...


Examine = Callable[[], Awaitable[Sequence[Examined]]]


class SetupDone:
    """The last page, shown by the bot that the set-up has become, to the browser that did it; else 404."""

    def __init__(self, made: Made, *, guard: SetupGuard, examine: Examine, server_url: str) -> None:
        self._made = made
        self._guard = guard
        self._examine = examine
        self._server_url = server_url
        self._templates = SetupTemplates()
        self._one_at_a_time = asyncio.Lock()
        self._latest: TTLCache[str, Sequence[Examined]] = TTLCache(1, 2.0)

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/setup/done", shown(self.done, self._templates))]

    async def done(self, request: web.Request) -> web.Response:
        if not self._guard.knows(request):
            raise web.HTTPNotFound
        self._guard.check(request)
        async with self._one_at_a_time:
            if "findings" not in self._latest:
                self._latest["findings"] = await self._examine()
            findings = self._latest["findings"]
        return self._templates.page(
            "done.html",
            made=self._made,
            is_trial=False,
            findings=findings,
            server_url=self._server_url,
        )
