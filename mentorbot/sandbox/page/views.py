"""The page of the small GitHub: see what is there, act as any of its people, and watch the bot answer."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import suppress
from dataclasses import asdict
from email.utils import format_datetime
from functools import partial
from pathlib import Path

import aiohttp
from aiohttp import web
from aiohttp.typedefs import Handler

from mentorbot.sandbox.acts.acting import RefusedError
from mentorbot.sandbox.answers import Json
from mentorbot.sandbox.page import timeline as page_timeline
from mentorbot.sandbox.page import world as page_world
from mentorbot.sandbox.page.acts import ACTS, PageForm
from mentorbot.sandbox.page.log import Log
from mentorbot.sandbox.page.reasons import reasons
from mentorbot.sandbox.page.stories import stories
from mentorbot.sandbox.page.tries import Attempt, offered
from mentorbot.sandbox.simulated_github import SimulatedGitHub
from mentorbot.sandbox.world import NotThereError

_HERE = Path(__file__).parent
_STATIC = _HERE / "static"
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-cache",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
_GATHER = 0.03
"""Seconds in which changes become one: an act makes several at once."""
_ASK_WHY = (0.1, 0.1, 0.15, 0.25, 0.4, 0.6, 1.0, 2.0, 4.0)
"""Seconds between questions for the bot's reasons, after something happened."""
_STILL_THERE = 15.0


def add_to(app: web.Application, github: SimulatedGitHub, *, otherwise: Handler) -> None:
    """Serve the page; addresses that are no repository's are answered by `otherwise`."""
    page = _Page(github, otherwise)
    app.router.add_static("/_sandbox/static", _STATIC)
    app.router.add_get("/_sandbox/world", page.world)
    app.router.add_get(r"/_sandbox/threads/{owner}/{name}/{number:\d{1,9}}", page.thread)
    app.router.add_get("/_sandbox/changes", page.changes)
    app.router.add_post("/_sandbox/acts/{act}", page.act)
    app.router.add_get("/", page.front)
    app.router.add_get("/{owner}/{name}", page.repository)
    app.router.add_get("/{owner}/{name}/{rest:.*}", page.repository)
    app.cleanup_ctx.append(page.running)
    app.on_shutdown.append(page.end)


class _Page:
    """Answers the page's questions and tells every open one when something changed."""

    def __init__(self, github: SimulatedGitHub, otherwise: Handler) -> None:
        self._github = github
        self._otherwise = otherwise
        self._log = Log(github)
        self._version = 0
        self._changed = asyncio.Condition()
        self._happened = asyncio.Event()
        self._visitors = 0
        self._is_ending = False

    async def running(self, _: web.Application) -> AsyncIterator[None]:
        watch = self._happened.set
        self._github.world.watchers.append(watch)
        tasks = [asyncio.create_task(self._spread()), asyncio.create_task(self._ask_why())]
        yield
        self._github.world.watchers.remove(watch)
        self._log.stop()
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def end(self, _: web.Application) -> None:
        """Let open pages go, so that the server need not wait for them."""
        self._is_ending = True
        async with self._changed:
            self._changed.notify_all()

    # what is shown

    async def front(self, _: web.Request) -> web.Response:
        """The page itself; what it shows, it works out from its address."""
        # Other programs read the sandbox's time off this header, as they would off GitHub's.
        date = format_datetime(self._github.world.clock.now(), usegmt=True)
        text = (_HERE / "templates" / "page.html").read_text(encoding="utf-8")
        return web.Response(text=text, content_type="text/html", headers={**_HEADERS, "Date": date})

    async def repository(self, request: web.Request) -> web.StreamResponse:
        """The same page for everything that belongs to a repository."""
        full_name = f"{request.match_info['owner']}/{request.match_info['name']}"
        if self._github.world.find_repository(full_name) is None:
            return await self._otherwise(request)
        return await self.front(request)

    async def world(self, request: web.Request) -> web.Response:
        """Everything but conversations; the log from `after` on."""
        after = request.query.get("after", "0")
        lines = self._log.lines(int(after) if after.isdecimal() else 0)
        return _json(
            page_world.world(self._github)
            | {"stories": stories(self._github), "tries": self._tries()}
            | {"log": [asdict(line) for line in lines]}
        )

    def _tries(self) -> dict[str, Sequence[Json]]:
        """What there is to try, by the repository's name."""
        shown = page_world.repositories(self._github.world)
        return {one.full_name: offered(Attempt(github=self._github, repository=one)) for one in shown}

    async def thread(self, request: web.Request) -> web.Response:
        """One conversation, with what `as` may do in it."""
        world, given = self._github.world, request.match_info
        repository = world.find_repository(f"{given['owner']}/{given['name']}")
        found = repository and repository.threads.get(int(given["number"]))
        if not repository or not found:
            return _json({"problem": "There is no such issue or pull request."}, status=404)
        reader = world.find_account(request.query.get("as", ""))
        tries = offered(Attempt(github=self._github, repository=repository, thread=found))
        return _json(page_timeline.thread(world, found, reader) | {"tries": tries})

    async def changes(self, request: web.Request) -> web.StreamResponse:
        """A stream of version numbers: whenever one comes, there is something new to see."""
        answer = web.StreamResponse(headers={**_HEADERS, "Content-Type": "text/event-stream"})
        await answer.prepare(request)
        self._visitors += 1
        self._happened.set()
        try:
            await self._tell_changes(answer)
        except ConnectionError:
            pass  # the visitor has left, which is how every visit ends
        finally:
            self._visitors -= 1
        return answer

    async def _tell_changes(self, answer: web.StreamResponse) -> None:
        seen = -1
        while not self._is_ending:
            text = ": still there\n\n" if seen == self._version else f"data: {self._version}\n\n"
            seen = self._version
            await answer.write(text.encode())
            async with self._changed:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._changed.wait_for(partial(self._is_past, seen)), _STILL_THERE)

    def _is_past(self, seen: int) -> bool:
        return self._is_ending or self._version != seen

    # what is done

    async def act(self, request: web.Request) -> web.Response:
        """Do what a form asks for; a refusal says why."""
        if not _comes_from_here(request):
            return _json({"problem": "Only the sandbox's own page can do this."}, status=403)
        act = ACTS.get(request.match_info["act"])
        try:
            body = json.loads(await request.text())
        except ValueError:
            body = None
        if act is None or not isinstance(body, dict):
            return _json({"problem": "There is no such act."}, status=404)
        try:
            done = act(PageForm(github=self._github, body=body))
            return _json((await done if isinstance(done, Awaitable) else done) or {})
        except (RefusedError, NotThereError) as refusal:
            return _json({"problem": str(refusal)}, status=422)

    # what happens meanwhile

    async def _spread(self) -> None:
        while True:
            await self._happened.wait()
            await asyncio.sleep(_GATHER)
            self._happened.clear()
            async with self._changed:
                self._version += 1
                self._changed.notify_all()

    async def _ask_why(self) -> None:
        """Read the bot's journal after something happened, as long as somebody looks at the page."""
        async with aiohttp.ClientSession() as http:
            told = -1
            while True:
                async with self._changed:
                    await self._changed.wait_for(partial(self._is_worth_asking, told))
                told = self._version
                for pause in _ASK_WHY:
                    await asyncio.sleep(pause)
                    if await self._learn(http):
                        self._happened.set()
                    if self._version > told:
                        break

    def _is_worth_asking(self, told: int) -> bool:
        return self._visitors > 0 and self._version != told

    async def _learn(self, http: aiohttp.ClientSession) -> bool:
        bot = page_world.bot_url(self._github)
        if bot is None:
            return False
        world, found = self._github.world, False
        for repository in page_world.repositories(world):
            if world.installations_for(repository):
                fresh = await reasons(http, bot, repository.full_name)
                found = self._log.explain(repository.full_name, fresh) or found
        return found


def _comes_from_here(request: web.Request) -> bool:
    """Whether our own page sent it: other sites may not act in the sandbox of whoever visits them."""
    origin = request.headers.get("Origin")
    return request.content_type == "application/json" and origin in {None, f"http://{request.host}"}


def _json(body: object, *, status: int = 200) -> web.Response:
    return web.json_response(body, status=status, headers=_HEADERS)
