"""The pages for people: how the bot is doing, what it does in a repository, and why it did or did not act."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from aiohttp import web
from jinja2 import Environment, PackageLoader, StrictUndefined

from mentorbot import __version__
from mentorbot.core.clock import Clock
from mentorbot.core.languages import LANGUAGES
from mentorbot.core.translator import Translator, phrase, say, say_plural, speaking, translator
from mentorbot.github.manifest import REPOSITORY
from mentorbot.web.formatting import ago, moment_tag, not_said, position, with_capital, with_code
from mentorbot.web.metrics import MetricsAccess
from mentorbot.web.overview import PageSource, RepositoryOverview
from mentorbot.web.page_language import picked_language
from mentorbot.web.visitor import Visitor

if TYPE_CHECKING:
    from mentorbot.web.login import Login

PRIVACY = f"{REPOSITORY}/blob/main/docs/privacy.md"
"""What the bot keeps of people, and for how long."""

_JOURNAL_LENGTH = 100
_VISITOR = web.RequestKey("visitor", Visitor)
_FULL_NAME = re.compile(r"[\w-]{1,100}/(?!\.{1,2}$)[\w.-]{1,100}", re.ASCII)

_SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}

_LOGIN_IS_OFF = phrase(
    "Mentorbot does not work in a public repository of this name. Pages of private ones are shown after "
    "login, which is off here: whoever runs this server can switch it on with GITHUB_CLIENT_ID and "
    "GITHUB_CLIENT_SECRET."
)
_LOG_IN_FIRST = phrase(
    "Mentorbot does not work in a public repository of this name. "
    "If it is a private one that you may read, log in to see it."
)
_NOT_FOR_YOU = phrase("Mentorbot does not work in a repository of this name that GitHub lets you read.")


class Pages:
    """Renders pages.

    Private repositories are shown to those whom GitHub lets read them; who may not see one is told the same
    as where there is none.
    """

    def __init__(
        self,
        *,
        source: PageSource,
        login: Login | None,
        clock: Clock,
        server_url: str,
        metrics_access: MetricsAccess,
    ) -> None:
        self._source = source
        self._metrics_access = metrics_access
        self._login = login
        self._clock = clock
        self._server_url = server_url
        self._templates = Environment(
            loader=PackageLoader("mentorbot.web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
        )
        self._templates.globals.update(say=say, say_plural=say_plural)
        self._templates.filters.update(
            ago=ago,
            moment=moment_tag,
            not_said=not_said,
            position=position,
            with_capital=with_capital,
            with_code=with_code,
        )

    async def home(self, request: web.Request) -> web.Response:
        """`/`: what this is, and how it is doing."""
        await self._recognise(request)
        status, counts = await self._source.status(), self._metrics_access.allows(request)
        return self._page(request, "home.html", status=status, shows_counts=counts)

    async def about(self, request: web.Request) -> web.Response:
        """`/about`: for whoever the bot wrote to, who never asked for it."""
        await self._recognise(request)
        owner = await self._source.owner()
        return self._page(request, "about.html", owner=owner, privacy=PRIVACY, source=REPOSITORY)

    async def repository(self, request: web.Request) -> web.Response:
        """`/OWNER/REPO`: features, problems of the config, the latest from the journal."""

        async def show(overview: RepositoryOverview) -> web.Response:
            repository = overview.repository
            entries = await self._source.journal(repository.full_name, None, limit=_JOURNAL_LENGTH)
            return self._page(
                request,
                "repository.html",
                repository=repository,
                overview=overview,
                entries=entries,
                spoken=overview.language,
            )

        return await self._if_they_may_see(request, show)

    async def thread(self, request: web.Request) -> web.Response:
        """`/OWNER/REPO/NUMBER`: the journal of one issue or pull request."""

        async def show(overview: RepositoryOverview) -> web.Response:
            repository = overview.repository
            number = int(request.match_info["number"])
            entries = await self._source.journal(repository.full_name, number, limit=_JOURNAL_LENGTH)
            return self._page(
                request,
                "thread.html",
                repository=repository,
                number=number,
                entries=entries,
                spoken=overview.language,
            )

        return await self._if_they_may_see(request, show)

    def message(self, request: web.Request, status: int, title: str, text: str) -> web.Response:
        return self._page(
            request, "message.html", status_code=status, title=title, text=text, offer_login=False
        )

    async def _if_they_may_see(
        self, request: web.Request, show: Callable[[RepositoryOverview], Awaitable[web.Response]]
    ) -> web.Response:
        visitor = await self._recognise(request)
        full_name = f"{request.match_info['owner']}/{request.match_info['name']}"
        if _FULL_NAME.fullmatch(full_name) and await self._may_see(visitor, full_name):
            overview = await self._source.repository(full_name)
            if overview is not None:
                with speaking(Translator(picked_language(request) or overview.language)):
                    return await show(overview)
        return self._unseen(request)

    async def _may_see(self, visitor: Visitor | None, full_name: str) -> bool:
        """Asks the same questions about a private repository as about one that is not there."""
        repository = await self._source.repository_named(full_name)
        if repository is not None and not repository.private:
            return True
        if self._login is None or visitor is None:
            return False
        readable = await self._login.readable(visitor, full_name)
        return repository is not None and readable == repository.id

    async def _recognise(self, request: web.Request) -> Visitor | None:
        """Find out who is looking, for this page and its head line."""
        visitor = await self._login.visitor(request) if self._login else None
        if visitor is not None:
            request[_VISITOR] = visitor
        return visitor

    def _unseen(self, request: web.Request) -> web.Response:
        """One answer for "not there" and "not for you": otherwise it would tell which private ones exist."""
        if self._login is None:
            text = _LOGIN_IS_OFF
        elif _VISITOR not in request:
            text = _LOG_IN_FIRST
        else:
            text = _NOT_FOR_YOU
        offer = self._login is not None and _VISITOR not in request
        return self._page(
            request,
            "message.html",
            status_code=404,
            title=say("Nothing to see here"),
            text=say(text),
            offer_login=offer,
        )

    def _page(
        self, request: web.Request, template: str, *, status_code: int = 200, **words: Any
    ) -> web.Response:
        visitor = request.get(_VISITOR)
        text = self._templates.get_template(template).render(
            **words,
            now=self._clock(),
            path=request.path,
            visitor=visitor,
            can_log_in=self._login is not None,
            server_url=self._server_url,
            version=__version__,
            language=translator().language,
            languages=LANGUAGES,
            picked=picked_language(request),
        )
        cache = "private, no-store" if visitor else "no-cache"
        return web.Response(
            text=text,
            status=status_code,
            content_type="text/html",
            headers={**_SECURITY_HEADERS, "Cache-Control": cache, "Vary": "Cookie"},
        )
