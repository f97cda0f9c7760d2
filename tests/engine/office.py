"""An engine on a real database with a GitHub made of plain fakes, and a few small features to watch it by."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from mentorbot.config.configuration import CONFIG_PATH, Source
from mentorbot.config.section import Section
from mentorbot.core.actions import Comment, Occasion
from mentorbot.core.entities import Repository
from mentorbot.core.errors import GitHubUnavailable, LimitReached
from mentorbot.core.events import PullRequestOpened
from mentorbot.core.people import Person
from mentorbot.core.plan import Plan, plan
from mentorbot.db.store import Store
from mentorbot.domain.contributions import Sighting, ThreadSeen
from mentorbot.domain.thread_marks import ThreadMarks
from mentorbot.domain.timeline import PullRequestTimeline
from mentorbot.engine.engine import Engine
from mentorbot.engine.receive_delivery import Delivery
from mentorbot.engine.retries import RetryDelays
from mentorbot.feature_api.feature import Feature, On
from mentorbot.feature_api.feature_catalog import FeatureCatalog
from mentorbot.feature_api.ports import Ports
from mentorbot.github.app import AppIdentity, InstallationGrant
from mentorbot.github.delivery_target import read_target
from mentorbot.github.missed_deliveries import DeliveryAttempts, ListedDelivery, MissedDelivery
from tests.builders import NOW, a_person, a_repository
from tests.fakes import FakeGitHub, FakeWriter
from tests.github import hooks

BOT = a_person("mentorbot[bot]", is_bot=True)


class Greeting(Section):
    """A section without settings."""


async def _whoever(event: PullRequestOpened, _section: Greeting, _ports: Ports) -> PullRequestOpened:
    return event


def greet(event: PullRequestOpened, _section: Greeting) -> Plan:
    return plan(
        Comment(
            key=f"person {event.by.id}",
            number=event.thread.number,
            body=f"Hello @{event.by.login}",
            occasion=Occasion.CELEBRATION,
        ),
        because=f"@{event.by.login} opened a pull request",
    )


GREETER = Feature(
    name="greeter",
    summary="Greets.",
    config=Greeting,
    triggers=(On(PullRequestOpened, ask=_whoever, decide=greet),),
)


@dataclass
class FakeReader(FakeGitHub):
    """Answers about one repository, its config and its past."""

    config: str | None = "greeter:\n"
    owners_config: str | None = None
    earlier: dict[str, Sequence[ThreadSeen]] = field(default_factory=dict)
    past: list[Sequence[Sighting]] = field(default_factory=list)
    past_of_reviews: list[Sequence[Sighting]] = field(default_factory=list)
    worn: dict[int, ThreadMarks] = field(default_factory=dict)
    graphql_down: Exception | None = None
    rest_down: Exception | None = None
    rest_left: int | None = None
    other_bots: dict[str, str] | None = field(default_factory=dict)
    other_bots_down: Exception | None = None

    async def other_bots_files(self) -> Mapping[str, str] | None:
        self._hear("other bots")
        if self.other_bots_down:
            raise self.other_bots_down
        return self.other_bots

    async def config_sources(self) -> tuple[Source, Source]:
        self._hear("config")
        return (
            Source("repository", "acme/rockets", CONFIG_PATH, self.config),
            Source("owner", "acme/.github", CONFIG_PATH, self.owners_config),
        )

    async def marks(self, number: int) -> ThreadMarks | None:
        self._hear(f"marks {number}")
        return self.worn.get(number)

    async def earlier_threads(self, person: Person) -> Sequence[ThreadSeen]:
        self._hear(f"earlier {person.login}")
        return self.earlier.get(person.login, ())

    async def past_threads(self, cursor: str | None) -> tuple[Sequence[Sighting], str | None]:
        return self._page("threads", self.past, cursor)

    async def open_pull_requests(self) -> AsyncIterator[PullRequestTimeline]:
        self._hear_graphql("open pull requests")
        async for timeline in super().open_pull_requests():
            yield timeline

    async def open_numbers(self) -> Sequence[int]:
        self._hear("open numbers")
        if self.rest_down:
            raise self.rest_down
        return sorted(number for number, one in self.timelines.items() if one.is_open)

    async def timeline_over_rest(self, number: int) -> PullRequestTimeline | None:
        self._hear(f"timeline {number} over REST")
        if self.rest_left == 0:
            raise GitHubUnavailable("an hour's requests are spent")
        if self.rest_left is not None:
            self.rest_left -= 1
        return self.timelines.get(number)

    def _hear_graphql(self, question: str) -> None:
        if self.graphql_down:
            self.asked.append(question)
            raise self.graphql_down

    async def past_reviews(self, cursor: str | None) -> tuple[Sequence[Sighting], str | None]:
        self._hear_graphql("past reviews")
        return self._page("reviews", self.past_of_reviews, cursor)

    def _page(
        self, what: str, pages: list[Sequence[Sighting]], cursor: str | None
    ) -> tuple[Sequence[Sighting], str | None]:
        self._hear(f"past {what} {cursor}")
        place = int(cursor or 0)
        page = pages[place] if place < len(pages) else ()
        return page, str(place + 1) if place + 1 < len(pages) else None


def a_missed_delivery(id_: str, event: str, payload: bytes, *, at: datetime = NOW) -> MissedDelivery:
    return MissedDelivery(id=id_, event=event, payload=payload, received_at=at, headers={})


IDENTITY = AppIdentity(id=1, slug="mentorbot", name="Mentorbot", bot=BOT, url="", permissions={}, events=())


@dataclass
class FakeApp:
    """The App, installed in acme/rockets (installation 5)."""

    here: FakeReader = field(default_factory=FakeReader)
    pen: FakeWriter = field(default_factory=FakeWriter)
    installed: dict[int, list[Repository]] = field(
        default_factory=lambda: {5: [a_repository(owner=Person(2, "acme"))]}
    )
    missed: list[MissedDelivery] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    fetches_left: int | None = None
    gone: set[str] = field(default_factory=set)
    untold: set[str] = field(default_factory=set)
    closed: set[int] = field(default_factory=set)
    listed_since: list[datetime] = field(default_factory=list)

    def reader(self, installation_id: int, repository: Repository) -> FakeReader:
        return self.here

    def writer(self, installation_id: int) -> FakeWriter:
        return self.pen

    async def me(self) -> AppIdentity:
        return IDENTITY

    async def installations(self) -> Sequence[InstallationGrant]:
        return [_granted(id_, places[0].owner) for id_, places in self.installed.items() if places]

    async def repositories(self, installation_id: int) -> Sequence[Repository]:
        if installation_id in self.closed:
            raise LimitReached("an hour's requests are spent")
        return self.installed[installation_id]

    async def deliveries_tried(self, *, since: datetime) -> DeliveryAttempts:
        self.listed_since.append(since)
        failed = sorted(
            (
                ListedDelivery(id=one.id, event=one.event, at=one.received_at, attempt=1)
                for one in self.missed
                if one.received_at >= since
            ),
            key=lambda one: one.at,
        )
        return DeliveryAttempts(failed=tuple(failed), until=failed[-1].at if failed else None)

    async def missed_delivery(self, failed: ListedDelivery) -> MissedDelivery | None:
        if self.fetches_left == 0:
            raise LimitReached("an hour's requests are spent")
        if self.fetches_left is not None:
            self.fetches_left -= 1
        self.fetched.append(failed.id)
        if failed.id in self.untold:
            raise GitHubUnavailable("GitHub answered 500.")
        kept = {one.id: one for one in self.missed if one.id not in self.gone}
        return kept.get(failed.id)


def _granted(installation_id: int, account: Person) -> InstallationGrant:
    return InstallationGrant(
        installation_id=installation_id,
        account=account,
        permissions={},
        events=(),
        suspended=False,
        repositories="all",
    )


@dataclass
class Office:
    """An engine at work."""

    engine: Engine
    store: Store
    app: FakeApp
    now: list[datetime] = field(default_factory=lambda: [NOW])
    _ids: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    async def hear(self, event: str, payload: Mapping[str, Any], *, id_: str | None = None) -> str:
        """Have a delivery arrive; its id."""
        id_ = id_ or f"d-{next(self._ids)}"
        body = json.dumps(payload).encode()
        await self.engine.receive(
            Delivery(id=id_, event=event, body=body, target=read_target(body), received_at=self.now[0])
        )
        return id_

    async def work(self) -> None:
        """Have everything done that can be done now."""
        await self.engine.work_until_done()

    async def state_of(self, delivery: str) -> tuple[str, str | None]:
        found = (await self.store.deliveries.load([delivery]))[delivery]
        return found.state, found.reason

    async def why(self, number: int) -> list[str]:
        return [entry.sentence for entry in await self.store.journal.about(1, number, limit=100)]

    def wait(self, by: timedelta) -> None:
        self.now[0] += by

    @property
    def said(self) -> list[str]:
        """What was commented, in order."""
        return [action.body for action in self.app.pen.done if isinstance(action, Comment)]


IMPATIENT = RetryDelays(before_lookup=timedelta(0), before_duplicate_check=timedelta(0))
"""Nothing goes on behind the back of fakes: whatever became of a write, they know it at once."""


def an_office(
    store: Store, *features: Feature[Any], app: FakeApp | None = None, waits: RetryDelays = IMPATIENT
) -> Office:
    """An engine with these features (the greeter, unless said otherwise)."""
    app = app or FakeApp()
    now = [NOW]
    engine = Engine(
        store=store,
        app=app,
        catalog=FeatureCatalog(features or (GREETER,)),
        clock=lambda: now[0],
        public_url="https://mentorbot.example",
        retry_delays=waits,
    )
    return Office(engine, store, app, now)


@asynccontextmanager
async def working(office: Office) -> AsyncIterator[None]:
    """A worker runs meanwhile."""
    stop = asyncio.Event()
    worker = asyncio.create_task(office.engine.run_worker(stop))
    try:
        yield
    finally:
        stop.set()
        await worker


def a_pull_by(login: str, *, number: int = 4, id_: int | None = None, **changes: Any) -> dict[str, Any]:
    """A payload: somebody opens a pull request."""
    person = a_person(login) if id_ is None else Person(id_, login)
    account = {"id": person.id, "login": login, "type": "User"}
    moment = changes.pop("at", NOW).isoformat()
    pull = hooks.a_pull(number=number, user=account, created_at=moment, updated_at=moment, **changes)
    return hooks.a_pull_hook("opened", pull=pull, sender=account)
