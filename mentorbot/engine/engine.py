"""The engine as a whole: what the web, the command line and the tests ask of it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from functools import partial

from mentorbot.config.configuration import Configuration
from mentorbot.core.actions import Forget, Remember
from mentorbot.core.clock import Clock
from mentorbot.core.journal import JournalEntry
from mentorbot.core.people import Person
from mentorbot.db.repositories import InstalledRepository
from mentorbot.db.store import Store
from mentorbot.engine.components import Components
from mentorbot.engine.decide import Decision
from mentorbot.engine.dry_run import forecast, replay, sweep_dry
from mentorbot.engine.github_client import AppClient
from mentorbot.engine.job_handlers import register_job_handlers
from mentorbot.engine.observer import Observer, Unobserved
from mentorbot.engine.persist import persist_records
from mentorbot.engine.receive_delivery import Delivery
from mentorbot.engine.retries import RETRY_DELAYS, RetryDelays
from mentorbot.engine.shadow import shadow_of
from mentorbot.engine.status import Status, status_of
from mentorbot.engine.sweep import Forecast
from mentorbot.engine.unknown_names import UnknownRepository
from mentorbot.engine.worker import CONCURRENCY, PeriodicTask, run_worker
from mentorbot.engine.would_have_said import in_shadow_since, would_have_said
from mentorbot.feature_api.feature_catalog import FeatureCatalog
from mentorbot.feature_api.ports import Ports, WouldHaveSaid

_TICK_EVERY = 20.0
_CATCH_UP_EVERY = 3600.0
_DAY = 24 * 3600.0
_POLL_EVERY = 0.02  # seconds between looks whether everything is done; tests wait for it


class Engine:
    """Hears deliveries, decides and acts. `store` must be started; the engine needs no start of its own.

    `receive` stores a delivery, `parked` is the dead-letter queue, and `tidier` takes back what is ours.
    """

    def __init__(
        self,
        *,
        store: Store,
        app: AppClient,
        catalog: FeatureCatalog,
        clock: Clock,
        public_url: str = "",
        observer: Observer | None = None,
        retry_delays: RetryDelays = RETRY_DELAYS,
    ) -> None:
        self._store = store
        self._app = app
        self._clock = clock
        self._build = partial(
            Components, app=app, catalog=catalog, public_url=public_url, retry_delays=retry_delays
        )
        observer = observer or Unobserved()
        self._components = self._build(store=store, clock=clock, observer=observer)
        self.receive = self._components.receiver.receive
        self.parked = self._components.parked
        self.tidier = self._components.tidier
        register_job_handlers(self._components, observer=observer, clock=clock)

    async def run_worker(self, stop: asyncio.Event, *, concurrency: int = CONCURRENCY) -> None:
        """Work until `stop` is set; any number of workers may, in any number of processes."""
        components = self._components
        periodic_tasks: list[PeriodicTask] = [
            ("introduce", _CATCH_UP_EVERY, self._app.me),
            ("tick", _TICK_EVERY, components.scheduler.tick),
            ("installations", _CATCH_UP_EVERY, components.catch_up.installations),
            ("deliveries", _CATCH_UP_EVERY, components.catch_up.deliveries),
            ("upgrade", _DAY, components.parked.after_upgrade),
            ("prune", _DAY, lambda: self._store.retention.prune(now=self._clock())),
            ("reconcile", _DAY, components.catch_up.reconcile_all),
            ("erase_again", _DAY, self._store.forgetting.erase_again),
        ]
        await run_worker(self._store.jobs, stop, periodic_tasks=periodic_tasks, concurrency=concurrency)

    async def work_until_done(self, *, concurrency: int = CONCURRENCY, within: float = 3600.0) -> None:
        """Do what can be done now, in this process, and return.

        Raises TimeoutError after `within` seconds.
        """
        stop = asyncio.Event()
        work = run_worker(self._store.jobs, stop, periodic_tasks=[], concurrency=concurrency)
        worker = asyncio.create_task(work)
        settled = asyncio.create_task(self.settled(within=within))
        try:
            await asyncio.wait((worker, settled), return_when=asyncio.FIRST_COMPLETED)
        finally:
            stop.set()
            await worker
        await settled

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """A worker during the block, beside whatever others there are."""
        stop = asyncio.Event()
        worker = asyncio.create_task(run_worker(self._store.jobs, stop, periodic_tasks=[]))
        try:
            yield
        finally:
            stop.set()
            await worker

    async def settled(self, *, within: float = 30.0) -> None:
        """Wait until no job is left that could be done now. Raises TimeoutError after `within` seconds."""
        deadline = time.monotonic() + within
        while True:
            backlog = await self._store.jobs.backlog()
            if not backlog.waiting and not backlog.running:
                return
            if time.monotonic() > deadline:
                raise TimeoutError(f"still {backlog} after {within} s: is a worker running?")
            await asyncio.sleep(_POLL_EVERY)

    async def tick(self) -> int:
        """Make jobs for schedules that are due; return how many. Workers do so by themselves."""
        return await self._components.scheduler.tick()

    async def catch_up(self) -> int:
        """Compare installations with GitHub's, and take in what it could not deliver; return how much."""
        await self._components.catch_up.installations()
        return await self._components.catch_up.deliveries()

    async def sweep(self, full_name: str | None = None, *, dry_run: bool = False) -> Sequence[Decision]:
        """Run all schedules now, in one repository or in all, and return what was decided.

        With `dry_run` nothing is written, neither to GitHub nor to the store. Raises UnknownRepository.
        """
        workplaces = [await self._workplace(full_name)] if full_name else await self._active()
        if dry_run:
            return await sweep_dry(self._store, self._rehearsed, workplaces, clock=self._clock)
        return await self._components.sweeper.sweep_all(workplaces)

    async def forecast(self, full_name: str | None = None) -> Sequence[Forecast]:
        """What the coming days bring, in one repository or in all. Raises UnknownRepository."""
        workplaces = [await self._workplace(full_name)] if full_name else await self._active()
        return await forecast(self._store, self._rehearsed, workplaces, clock=self._clock)

    async def replay(self, deliveries: Iterable[Delivery]) -> Sequence[Decision]:
        """What would be decided about these deliveries, one after the other, each at its own time.

        Nothing is written, neither to GitHub nor to the store.
        """
        return await replay(self._store, self._rehearsed, deliveries)

    async def status(self) -> Status:
        return await status_of(self._store)

    async def owner(self) -> Person | None:
        """Whose App this is, as far as GitHub tells; asked once an hour at most. Raises GitHubUnavailable."""
        return (await self._app.me()).owner

    async def journal_of(
        self, full_name: str, number: int | None = None, *, limit: int = 50
    ) -> Sequence[JournalEntry]:
        """What was done and not done in a repository, or in one issue or pull request; newest first.

        Raises UnknownRepository.
        """
        repository_id = (await self._workplace(full_name)).repository.id
        if number is not None:
            return await self._store.journal.about(repository_id, number, limit=limit)
        latest = await self._store.journal.latest(repository_ids=[repository_id], limit=limit)
        return [entry for _, entry in latest]

    async def in_shadow(self, full_name: str | None = None) -> Sequence[str]:
        """The names of all repositories in shadow, or that of this one if it is. Raises UnknownRepository."""
        places = [await self._workplace(full_name)] if full_name else await self._active()
        return [
            place.repository.full_name
            for place in places
            if await self._store.configs.is_in_shadow(place.repository.id)
        ]

    async def would_have_said(self, full_name: str, *, limit: int) -> Sequence[WouldHaveSaid]:
        """What would have been done in a repository, but for its shadow, since it is in it; newest first.

        Nothing where it is live. Raises UnknownRepository.
        """
        configuration = await self.known_configuration(full_name)
        since = in_shadow_since(configuration) if configuration is not None else None
        if since is None:
            return ()
        repository_id = (await self._workplace(full_name)).repository.id
        return (await would_have_said(self._store, repository_id, since=since, limit=limit))[::-1]

    async def workplace(self, full_name: str) -> InstalledRepository | None:
        """One repository by present name; None where the bot has never worked in it."""
        return await self._store.repositories.named(full_name)

    async def configuration(self, full_name: str) -> Configuration:
        """What is in force in a repository. Raises UnknownRepository, and what asking GitHub raises."""
        workplace = await self._workplace(full_name)
        return await self._components.configurations.of(workplace.repository, workplace.installation_id)

    async def known_configuration(self, full_name: str) -> Configuration | None:
        """What is in force in a repository as far as we know without asking GitHub."""
        workplace = await self._workplace(full_name)
        return await self._components.configurations.known(workplace.repository.id)

    async def ports(self, full_name: str, feature: str) -> Ports:
        """What a feature may look at in a repository, for commands that look at its records.

        Raises UnknownRepository, and what asking GitHub for the configuration raises.
        """
        workplace = await self._workplace(full_name)
        return await self._components.ports_factory.ports(
            feature,
            repository=workplace.repository,
            installation_id=workplace.installation_id,
            configuration=await self.configuration(full_name),
        )

    async def remember(self, full_name: str, feature: str, records: Sequence[Remember | Forget]) -> None:
        """Keep and forget records of a feature, all of them or none. Raises UnknownRepository, Conflict."""
        repository = (await self._workplace(full_name)).repository
        configuration = await self.known_configuration(full_name)
        shadow = shadow_of(repository, configuration) if configuration is not None else 0
        async with self._store.transaction(durable=True) as connection:
            await persist_records(
                connection, self._store, feature, records, home=repository.id, shadow_of=shadow
            )

    async def _workplace(self, full_name: str) -> InstalledRepository:
        workplace = await self._store.repositories.named(full_name)
        if workplace is None:
            raise UnknownRepository(f"The App has never worked in {full_name}: is it installed there?")
        return workplace

    async def _active(self) -> Sequence[InstalledRepository]:
        return [w for w in await self._store.repositories.active() if not w.repository.archived]

    def _rehearsed(self, store: Store, clock: Clock) -> Components:
        return self._build(store=store, clock=clock, observer=Unobserved())
