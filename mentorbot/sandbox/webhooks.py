"""Turns what happens into signed deliveries for the App, brings them over, and keeps a log of them."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import aiohttp

from mentorbot.sandbox.answers import Json
from mentorbot.sandbox.apps import UNASKED_EVENTS, App, Delivery, Installation
from mentorbot.sandbox.faults import Faults
from mentorbot.sandbox.model import Account, Organization, Repository
from mentorbot.sandbox.shapes import accounts as shapes_accounts
from mentorbot.sandbox.shapes import repositories as shapes_repositories
from mentorbot.sandbox.world import World

TIME_LIMIT = 10.0
"""Seconds GitHub waits: https://docs.github.com/en/webhooks/using-webhooks/best-practices-for-using-webhooks."""

_NAMESPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
_WAIT_FOR_SUCCESSOR = 0.05
_MOST_OVERTAKEN = 4
_OK = 200
_REDIRECTS = 300


class Webhooks:
    """The Apps' webhooks: delivers what is announced, in order and one at a time, to each App's URL."""

    def __init__(self, world: World, faults: Faults) -> None:
        self.log: dict[int, Delivery] = {}
        self.time_limit = TIME_LIMIT
        self._world = world
        self._faults = faults
        self._queue: asyncio.Queue[Delivery] = asyncio.Queue()
        self._held_back: list[Delivery] = []
        self._overtaken: list[Delivery] = []
        self._due: list[Delivery] = []
        self._is_quiet = False

    @property
    def url(self) -> str | None:
        """Where the webhooks of the App go that is there from the start."""
        return self._world.app.hook_url

    @url.setter
    def url(self, url: str | None) -> None:
        self._world.app.hook_url = url

    @contextmanager
    def quietly(self) -> Iterator[None]:
        """What happens meanwhile is not announced: for what came before the App was there."""
        before, self._is_quiet = self._is_quiet, True
        try:
            yield
        finally:
            self._is_quiet = before

    def announce(
        self,
        event: str,
        *,
        sender: Account,
        body: Callable[[], Json],
        action: str | None = None,
        repository: Repository | None = None,
        organization: Organization | None = None,
    ) -> None:
        """Tell each App that is installed where this happens, not suspended, and listens to `event`.

        `body` gives the event's own part of the payload; it is only asked when somebody listens.
        """
        listeners = self._listeners(event, repository, organization)
        if not listeners:
            return
        payload: Json = {} if action is None else {"action": action}
        payload |= body()
        group = repository.organization if repository is not None else organization
        if repository is not None:
            payload["repository"] = shapes_repositories.repository(self._world, repository)
        if group is not None:
            payload["organization"] = shapes_accounts.organization(self._world, group)
        payload["sender"] = shapes_accounts.user(self._world, sender)
        for installation in listeners:
            told = {"installation": {"id": installation.id, "node_id": installation.node_id}} | payload
            self.send(event, told, installation=installation, repository=repository)

    def _listeners(
        self, event: str, repository: Repository | None, organization: Organization | None
    ) -> list[Installation]:
        if self._is_quiet:
            return []
        if repository is not None:
            found = self._world.installations_for(repository)
        else:
            found = [] if organization is None else self._world.installations_on(organization)
        return [
            one
            for one in found
            if one.app.hook_url is not None
            and one.suspended_at is None
            and (event in UNASKED_EVENTS or event in one.events)
        ]

    def tell_of_repositories(
        self,
        installation: Installation,
        *,
        sender: Account,
        added: Sequence[Repository] = (),
        removed: Sequence[Repository] = (),
    ) -> None:
        """Tell the App that it sees more repositories from now on, or fewer."""
        payload = {
            "action": "added" if added else "removed",
            "installation": shapes_accounts.installation(self._world, installation),
            "repository_selection": installation.repository_selection,
            "repositories_added": [shapes_repositories.named_repository(one) for one in added],
            "repositories_removed": [shapes_repositories.named_repository(one) for one in removed],
            "requester": None,
            "sender": shapes_accounts.user(self._world, sender),
        }
        self.send("installation_repositories", payload, installation=installation)

    def send(
        self,
        event: str,
        payload: Json,
        *,
        app: App | None = None,
        installation: Installation | None = None,
        repository: Repository | None = None,
    ) -> None:
        """Deliver a payload, whoever listens. Nothing happens while there is no URL to deliver to.

        It goes to the installation's App, or to the first one unless `app` names another.
        """
        app = app or (self._world.app if installation is None else installation.app)
        if app.hook_url is None or self._is_quiet:
            return
        number = self._world.next_id("delivery")
        guid = str(uuid.uuid5(_NAMESPACE, f"delivery {number} of {app.webhook_secret}"))
        body = json.dumps(payload, separators=(",", ":")).encode()
        self._enqueue(
            Delivery(
                id=number,
                app=app,
                guid=guid,
                event=event,
                action=payload.get("action"),
                installation_id=None if installation is None else installation.id,
                repository_id=None if repository is None else repository.id,
                thread=_thread_in(payload),
                body=body,
                delivered_at=self._world.clock.precise(),
                headers=self._headers(app, event, guid, body),
            )
        )

    @staticmethod
    def _headers(app: App, event: str, guid: str, body: bytes) -> dict[str, str]:
        digest = hmac.new(app.webhook_secret.encode(), body, hashlib.sha256).hexdigest()
        signature = {"X-Hub-Signature-256": f"sha256={digest}"} if app.webhook_secret else {}
        return {
            "Accept": "*/*",
            "Content-Type": "application/json",
            "User-Agent": "GitHub-Hookshot/5a17d0c",
            "X-GitHub-Delivery": guid,
            "X-GitHub-Event": event,
            "X-GitHub-Hook-ID": str(app.hook_id),
            "X-GitHub-Hook-Installation-Target-ID": str(app.id),
            "X-GitHub-Hook-Installation-Target-Type": "integration",
            **signature,
        }

    def redeliver(self, delivery: Delivery) -> None:
        """Deliver once more, under the same guid."""
        self._enqueue(
            Delivery(
                id=self._world.next_id("delivery"),
                app=delivery.app,
                guid=delivery.guid,
                event=delivery.event,
                action=delivery.action,
                installation_id=delivery.installation_id,
                repository_id=delivery.repository_id,
                thread=delivery.thread,
                body=delivery.body,
                delivered_at=self._world.clock.precise(),
                headers=delivery.headers,
                is_redelivery=True,
            )
        )

    def _enqueue(self, delivery: Delivery) -> None:
        self.log[delivery.id] = delivery
        self._queue.put_nowait(delivery)

    async def settled(self) -> None:
        """Wait until everything announced was delivered, or failed to be."""
        await self._queue.join()

    async def run(self) -> None:
        """Deliver, until cancelled."""
        async with aiohttp.ClientSession() as session:
            while True:
                delivery = await self._next()
                await self._bring(session, delivery)
                self._queue.task_done()

    async def _next(self) -> Delivery:
        if self._due:
            return self._due.pop(0)
        while True:
            late = self._held_back or self._overtaken
            if late and self._queue.empty():
                await asyncio.sleep(_WAIT_FOR_SUCCESSOR)
                if self._queue.empty():
                    return late.pop(0)
            delivery = await self._queue.get()
            fault = None if delivery.is_redelivery else self._faults.for_delivery(delivery.event)
            if fault == "overtaken" and delivery.thread is None:
                fault = None  # all may depend on it
            if fault in {"reordered", "overtaken"}:
                (self._held_back if fault == "reordered" else self._overtaken).append(delivery)
                continue
            self._due, self._held_back = self._held_back, []
            if self._overtaken and self._is_turn_of_overtaken(delivery):
                self._due, self._overtaken = [*self._overtaken, delivery, *self._due], []
                return self._due.pop(0)
            if fault == "lost":
                delivery.status = "failed to connect to host"
                self._queue.task_done()
                continue
            if fault == "twice":
                self.redeliver(delivery)
            return delivery

    def _is_turn_of_overtaken(self, delivery: Delivery) -> bool:
        """Whether those that others overtook go first: enough did, or this one belongs behind them."""
        if delivery.thread is None or len(self._overtaken) >= _MOST_OVERTAKEN:
            return True
        return delivery.thread in {one.thread for one in self._overtaken}

    async def _bring(self, session: aiohttp.ClientSession, delivery: Delivery) -> None:
        if delivery.app.hook_url is None:
            delivery.status = "failed to connect to host"
            return
        delivery.delivered_at = self._world.clock.precise()
        started = time.monotonic()
        try:
            timeout = aiohttp.ClientTimeout(total=self.time_limit)
            async with session.post(
                delivery.app.hook_url, data=delivery.body, headers=delivery.headers, timeout=timeout
            ) as answer:
                delivery.response_body = await answer.text(errors="replace")
                delivery.status_code = answer.status
                delivery.response_headers = dict(answer.headers)
                delivery.status = (
                    "OK" if _OK <= answer.status < _REDIRECTS else f"Invalid HTTP Response: {answer.status}"
                )
        except TimeoutError:
            delivery.status = "timed out"
        except aiohttp.ClientError:
            delivery.status = "failed to connect to host"
        delivery.duration = time.monotonic() - started
        self._world.changed()


def _thread_in(payload: Json) -> tuple[int, int] | None:
    """The issue or pull request that a webhook is about: its repository's id and its number."""
    shown = payload.get("issue") or payload.get("pull_request")
    repository = payload.get("repository")
    return (repository["id"], shown["number"]) if shown and repository else None
