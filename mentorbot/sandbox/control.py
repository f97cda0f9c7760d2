"""How another process drives the sandbox over HTTP, below `/_sandbox`: acts, clock, faults, requests."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from aiohttp import web

from mentorbot.sandbox import shapes_apps
from mentorbot.sandbox.acts import NotThereError, RefusedError
from mentorbot.sandbox.clock import read_stamp, stamp

if TYPE_CHECKING:
    from mentorbot.sandbox.server import SimulatedGitHub

_NO_ACTS = {"app_of", "found", "note", "note_closed", "note_references", "quietly", "tell", "tell_of_thread"}


class Control:
    """The control endpoints of one simulated GitHub, in JSON; a mistake is 400 with a `message`."""

    def __init__(self, github: SimulatedGitHub) -> None:
        self._github = github

    def add_to(self, app: web.Application) -> None:
        """Let an application answer them."""
        answers = {
            ("POST", "act"): self.act,
            ("POST", "clock"): self.clock,
            ("POST", "faults"): self.faults,
            ("POST", "deliver_to"): self.deliver_to,
            ("POST", "settled"): self.settled,
            ("GET", "app"): self.app,
            ("GET", "requests"): self.requests,
            ("GET", "deliveries"): self.deliveries,
        }
        for (method, name), handler in answers.items():
            app.router.add_route(method, f"/_sandbox/{name}", _explained(handler))

    async def act(self, request: web.Request) -> web.Response:
        """Do `{"act": "comment", "with": {"thread": "octo/hello#1", "by": "ada", "body": "…"}}`."""
        asked = await request.json()
        act = getattr(self._github.acts, asked["act"], None)
        if not inspect.ismethod(act) or asked["act"].startswith("_") or asked["act"] in _NO_ACTS:
            raise ValueError(f"{asked['act']!r} is no act: see mentorbot.sandbox.acts")
        made = act(**asked.get("with", {}))
        return web.json_response(_summary(made))

    async def clock(self, request: web.Request) -> web.Response:
        """`{"set": stamp, "move": seconds, "freeze": true}`, each if wanted: what time it is then."""
        asked, clock = await request.json(), self._github.clock
        if "set" in asked:
            clock.set(read_stamp(asked["set"]))
        if "move" in asked:
            clock.move(timedelta(seconds=float(asked["move"])))
        if asked.get("freeze") is True:
            clock.freeze()
        if asked.get("freeze") is False:
            clock.run()
        return web.json_response({"now": stamp(clock.now()), "frozen": clock.is_frozen})

    async def faults(self, request: web.Request) -> web.Response:
        """`{"requests": [{"kind": …}], "deliveries": […], "clear": true}`: the faults still to come."""
        asked, faults = await request.json(), self._github.faults
        if asked.get("clear"):
            faults.clear()
        for one in asked.get("requests", ()):
            faults.add(**one)
        for one in asked.get("deliveries", ()):
            faults.add_to_deliveries(**one)
        body = {
            "requests": [asdict(one) for one in faults.requests],
            "deliveries": [asdict(one) for one in faults.deliveries],
        }
        return web.json_response(body)

    async def deliver_to(self, request: web.Request) -> web.Response:
        """`{"url": …}`: where webhooks go from now on (null: nowhere)."""
        self._github.deliver_to((await request.json())["url"])
        return web.json_response({"url": self._github.webhooks.url})

    async def settled(self, _: web.Request) -> web.Response:
        """Answers once every webhook was delivered."""
        await self._github.settled()
        return web.json_response({"deliveries": len(self._github.webhooks.log)})

    async def app(self, _: web.Request) -> web.Response:
        """The App's credentials, for starting a bot against this sandbox."""
        app = self._github.app
        body = {
            "id": app.id,
            "slug": app.slug,
            "private_key": app.private_key,
            "webhook_secret": app.webhook_secret,
            "client_id": app.client_id,
            "client_secret": app.client_secret,
            "api_url": self._github.url,
        }
        return web.json_response(body)

    async def requests(self, _: web.Request) -> web.Response:
        """Everything that was asked of the API."""
        recorded = [asdict(one) | {"at": stamp(one.at)} for one in self._github.requests]
        return web.json_response(recorded)

    async def deliveries(self, _: web.Request) -> web.Response:
        """Every webhook, oldest first."""
        log = self._github.webhooks.log.values()
        return web.json_response([shapes_apps.delivery(one) for one in log])


Handler = Callable[[web.Request], Any]


def _explained(handler: Handler) -> Handler:
    """The handler, with what was wrong with the request as a 400 that says so."""

    async def answer(request: web.Request) -> web.Response:
        try:
            response: web.Response = await handler(request)
        except (KeyError, TypeError, ValueError, NotThereError, RefusedError) as mistake:
            return web.json_response({"message": str(mistake)}, status=400)
        return response

    return answer


def _summary(made: Any) -> dict[str, Any]:
    """What points at something an act made, for use in further acts."""
    if made is None:
        return {}
    names = ("id", "node_id", "number", "reference", "full_name", "login", "sha", "pull_id")
    return {name: getattr(made, name) for name in names if hasattr(made, name)}
