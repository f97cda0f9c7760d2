"""What each kind of job does, and what becomes of it when GitHub doesn't answer."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from procrastinate import JobContext

from mentorbot.core.clock import Clock
from mentorbot.core.errors import AccessLost, GitHubUnavailable
from mentorbot.db.jobs import QUEUE, Jobs
from mentorbot.db.repositories import InstalledRepository
from mentorbot.engine import delivery_jobs, jobs
from mentorbot.engine.components import Components
from mentorbot.engine.observer import Observer
from mentorbot.engine.retries import BACKOFF_SECONDS, Backoff, wait_for_github

log = structlog.get_logger("engine.job_handlers")


def register_job_handlers(components: Components, *, observer: Observer, clock: Clock) -> None:
    """Tell the queue what to do about each kind of job."""
    handlers = _JobHandlers(components, clock)
    work: dict[str, Callable[..., Awaitable[Any]]] = {
        delivery_jobs.DECIDE: handlers.decide,
        delivery_jobs.DECIDE_PART: handlers.decide_part,
        jobs.ACT: handlers.act,
        jobs.CHECK_DUPLICATES: handlers.check_duplicates,
        jobs.SWEEP: handlers.sweep,
        jobs.BACKFILL: handlers.backfill,
        jobs.RECONCILE: handlers.reconcile,
        jobs.REFRESH_CONFIG: handlers.refresh_config,
    }
    for name, do in work.items():
        _register(components.store.jobs, name, observer, do)


class _JobHandlers:
    """One method per kind of job; their arguments are the jobs'."""

    def __init__(self, components: Components, clock: Clock) -> None:
        self._components = components
        self._clock = clock

    async def decide(self, *, delivery: str, attempt: int) -> None:
        await self._components.deliveries.process(delivery, attempt=attempt)

    async def decide_part(self, *, delivery: str, part: str, attempt: int) -> None:
        await self._components.deliveries.process_part(delivery, part, attempt=attempt)

    async def act(self, *, effect: int, attempt: int) -> None:
        await self._components.actor.act(effect, tries=attempt)

    async def check_duplicates(self, *, effect: int, attempt: int) -> None:
        await self._components.duplicate_check.resolve(effect, tries=attempt)

    async def sweep(self, *, repository: int, round: str, attempt: int) -> None:  # noqa: A002 - a job's argument
        await self._in_repository(
            repository, lambda here: self._components.sweeper.sweep(here, round), attempt=attempt
        )

    async def backfill(self, *, repository: int, attempt: int) -> None:
        # Never given up: without the past, everybody would have to be asked about, for ever.
        await self._in_repository(
            repository,
            lambda _: self._components.backfill.read_page(repository, attempt=attempt),
            attempt=attempt,
            give_up=False,
        )

    async def reconcile(self, *, repository: int, attempt: int) -> None:
        await self._in_repository(
            repository,
            lambda here: self._components.backfill.reconcile(here, attempt=attempt),
            attempt=attempt,
        )

    async def refresh_config(self, *, repository: int, attempt: int) -> None:
        await self._in_repository(
            repository,
            lambda here: self._components.configurations.refresh(here.repository, here.installation_id),
            attempt=attempt,
        )

    async def _in_repository(
        self,
        repository_id: int,
        work: Callable[[InstalledRepository], Awaitable[Any]],
        *,
        attempt: int,
        give_up: bool = True,
    ) -> None:
        """Work in a repository, if the bot may. What the clock brings again is given up after a while."""
        workplace = await self._components.store.repositories.get(repository_id)
        if workplace is None or not workplace.active:
            return
        with structlog.contextvars.bound_contextvars(repository=workplace.repository.full_name):
            try:
                await work(workplace)
            except AccessLost as lost:
                log.info("access_lost", why=lost.why)
            except GitHubUnavailable as unavailable:
                log.info("job_postponed", why=unavailable.why)
                raise wait_for_github(unavailable, attempt=attempt, now=self._clock()) from unavailable
            except Exception:
                if attempt <= len(BACKOFF_SECONDS) or not give_up:
                    log.warning("job_failed", attempt=attempt, exc_info=True)
                    raise
                log.exception("job_given_up")


def _register(jobs: Jobs, name: str, observer: Observer, work: Callable[..., Awaitable[Any]]) -> None:
    """Have jobs called `name` done by `work`, which gets their arguments and `attempt`, counted from 1."""

    async def task(context: JobContext, /, **arguments: Any) -> None:
        started = time.perf_counter()
        try:
            await work(**arguments, attempt=context.job.attempts + 1)
        finally:
            observer.stage(name, time.perf_counter() - started)

    jobs.app.tasks.pop(name, None)  # a second engine on this store takes over from the first
    jobs.app.task(name=name, queue=QUEUE, pass_context=True, retry=Backoff())(task)
