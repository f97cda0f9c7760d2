"""Reads a repository's past in the background, page by page, so that we know who was here before."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from mentorbot.core.clock import Clock
from mentorbot.core.errors import AccessLost, GitHubUnavailable, Impossible
from mentorbot.db.ingest import ingest
from mentorbot.db.repositories import InstalledRepository
from mentorbot.db.store import Store
from mentorbot.domain.contributions import IngestBatch, Sighting
from mentorbot.domain.timeline import PullRequestTimeline
from mentorbot.engine.completeness import (
    CHANGES,
    CONFIGURATION,
    CONVERSATIONS,
    FINISHED,
    OPEN,
    REVIEWS,
    STAGES,
    THREADS,
)
from mentorbot.engine.configuration import Configurations
from mentorbot.engine.github_client import AppClient, RepositoryClient
from mentorbot.engine.jobs import backfill_job
from mentorbot.engine.observer import Observer
from mentorbot.github.error_mapping import NotAllowed

_AT_ONCE = 50  # timelines written in one transaction
_PATIENT_TRIES = 4
"""Tries in a row (two and a half minutes) after which GraphQL counts as failing for good."""

_LEAST = timedelta(microseconds=1)

log = structlog.get_logger("engine.backfill")


class Backfill:
    """Reads the past. What GitHub does not let us read is noted, and read another way where there is one."""

    def __init__(
        self,
        *,
        store: Store,
        app: AppClient,
        configurations: Configurations,
        clock: Clock,
        observer: Observer,
    ) -> None:
        self._store = store
        self._app = app
        self._configurations = configurations
        self._clock = clock
        self._observer = observer

    async def read_page(self, repository_id: int, *, attempt: int = 1) -> None:
        """Read the next page of a repository's past and make the job for the one after it.

        What was read and how far is written together: a crash costs one page. Raises what GitHub raises.
        """
        workplace = await self._store.repositories.get(repository_id)
        if workplace is None or not workplace.active or workplace.seeding == FINISHED:
            return
        started, began = time.perf_counter(), self._clock()
        reader = self._reader(workplace)
        if workplace.seeding == CONFIGURATION:
            # Read beforehand, so that a newcomer's first event does not have to wait for it.
            async with self._noted(workplace, CONFIGURATION):
                await self._configurations.of(workplace.repository, workplace.installation_id)
            workplace = replace(workplace, seeding=THREADS)
        if workplace.seeding == THREADS:
            async with self._noted(workplace, THREADS):
                sightings, cursor = await reader.past_threads(workplace.cursor)
            await self._learned(workplace, sightings, cursor, began=began)
        elif workplace.seeding == REVIEWS:
            sightings, cursor = await self._reviews(workplace, reader, attempt)
            await self._learned(workplace, sightings, cursor, began=began)
        else:
            await self._read_open_ones(workplace, reader, attempt=attempt, unread=OPEN)
            await self._learned(workplace, (), None, began=began)
        self._observer.stage("seed", time.perf_counter() - started)

    async def reconcile(self, workplace: InstalledRepository, *, attempt: int = 1) -> None:
        """Compare the timelines of open pull requests with GitHub's: one question per hundred.

        Done every night: what webhooks didn't tell is learned, what was closed unheard is closed, and what
        could not be read before is tried again.
        """
        reader = self._reader(workplace)
        unread = {one.what for one in await self._store.read_failures.of(workplace.repository.id)}
        await self._read_open_ones(
            workplace, reader, attempt=attempt, unread=OPEN if OPEN in unread else CHANGES
        )
        if REVIEWS in unread:
            await self._read_reviews_again(workplace, reader)

    async def _reviews(
        self, workplace: InstalledRepository, reader: RepositoryClient, attempt: int
    ) -> tuple[Sequence[Sighting], str | None]:
        """A page of reviews. Only GraphQL tells of all of them: where it fails for good, we go on without."""
        try:
            async with self._noted(workplace, REVIEWS):
                return await reader.past_reviews(workplace.cursor)
        except (Impossible, NotAllowed, GitHubUnavailable) as error:
            if not _is_for_good(error, attempt):
                raise
            await self._note(workplace, REVIEWS, error)
            return (), None

    async def _read_reviews_again(self, workplace: InstalledRepository, reader: RepositoryClient) -> None:
        cursor: str | None = None
        async with self._noted(workplace, REVIEWS):
            while True:
                sightings, cursor = await reader.past_reviews(cursor)
                await self._learn(workplace, sightings=sightings)
                if cursor is None:
                    break

    async def _read_open_ones(
        self, workplace: InstalledRepository, reader: RepositoryClient, *, attempt: int, unread: str
    ) -> None:
        """All open pull requests over GraphQL, or where that fails for good one by one over REST."""
        read = {OPEN, CHANGES}
        try:
            async with self._noted(workplace, unread):
                await self._read_together(workplace, reader)
            await self._store.read_failures.clear(workplace.repository.id, {*read, CONVERSATIONS})
        except (Impossible, NotAllowed, GitHubUnavailable) as error:
            if not _is_for_good(error, attempt):
                raise
            try:
                async with self._noted(workplace, unread):
                    await self._read_one_by_one(workplace, reader)
            except (Impossible, NotAllowed) as refused:  # neither way: webhooks will tell, as far as they do
                await self._note(workplace, unread, refused)
                return
            await self._store.read_failures.clear(workplace.repository.id, read)
            await self._note(workplace, CONVERSATIONS, error)

    async def _read_together(self, workplace: InstalledRepository, reader: RepositoryClient) -> None:
        began = self._clock()
        seen: set[int] = set()
        waiting: list[PullRequestTimeline] = []
        async for timeline in reader.open_pull_requests():
            seen.add(timeline.number)
            waiting.append(timeline)
            if len(waiting) >= _AT_ONCE:
                await self._learn(workplace, timelines=waiting)
                waiting = []
        await self._learn(workplace, timelines=waiting)
        gone = await self._store.timelines.close_unseen(workplace.repository.id, seen, before=began)
        log.info(
            "timelines_read", repository=workplace.repository.full_name, open=len(seen), closed_unheard=gone
        )

    async def _read_one_by_one(self, workplace: InstalledRepository, reader: RepositoryClient) -> None:
        """The same over REST, five requests each: where a limit stops it, it goes on from there."""
        began, repository = self._clock(), workplace.repository
        name = f"open pull requests of {repository.id}, one by one"
        bookmark = await self._store.cursors.get(name) or {"after": 0}
        numbers = await reader.open_numbers()
        for number in numbers:
            if number <= bookmark["after"]:
                continue
            timeline = await reader.timeline_over_rest(number)
            await self._learn(workplace, timelines=[timeline] if timeline is not None else ())
            await self._store.cursors.put(name, {"after": number})
        await self._store.cursors.remove(name)
        gone = await self._store.timelines.close_unseen(repository.id, set(numbers), before=began)
        log.info("timelines_read_one_by_one", open=len(numbers), closed_unheard=gone)

    async def _learned(
        self,
        workplace: InstalledRepository,
        sightings: Sequence[Sighting],
        cursor: str | None,
        *,
        began: datetime,
    ) -> None:
        """Keep a page. What webhooks told since `began`, when it was asked for, is newer and stays."""
        stage, pages = workplace.seeding, workplace.pages + 1
        following = stage if cursor is not None else STAGES[STAGES.index(stage) + 1]
        as_of = began.replace(microsecond=0) - _LEAST  # webhooks tell whole seconds
        lesson = IngestBatch(repository_id=workplace.repository.id, as_of=as_of, sightings=sightings)
        async with self._store.transaction() as connection:
            await ingest(connection, [lesson] if lesson else [])
            await self._store.repositories.progress(
                connection,
                workplace.repository.id,
                stage=following,
                cursor=cursor,
                pages=pages,
                now=self._clock(),
            )
            if following != FINISHED:
                await self._store.jobs.defer(connection, [backfill_job(workplace.repository.id)])
        log.info(
            "backfill_page_read" if following != FINISHED else "backfill_finished",
            repository=workplace.repository.full_name,
            stage=stage,
            pages=pages,
            sightings=len(sightings),
        )

    async def _learn(
        self,
        workplace: InstalledRepository,
        *,
        timelines: Collection[PullRequestTimeline] = (),
        sightings: Sequence[Sighting] = (),
    ) -> None:
        lesson = IngestBatch(
            repository_id=workplace.repository.id,
            as_of=self._clock(),
            sightings=sightings,
            timelines=tuple(timelines),
        )
        if lesson:
            async with self._store.transaction() as connection:
                await ingest(connection, [lesson])

    @asynccontextmanager
    async def _noted(self, workplace: InstalledRepository, what: str) -> AsyncIterator[None]:
        """What fails within is noted as unread, save for a limit, which ends by itself; else it is read."""
        try:
            yield
        except (AccessLost, Impossible, GitHubUnavailable) as error:
            if getattr(error, "retry_at", None) is None:
                await self._note(workplace, what, error)
            raise
        await self._store.read_failures.clear(workplace.repository.id, {what})

    async def _note(self, workplace: InstalledRepository, what: str, error: Exception) -> None:
        log.warning("read_failed", repository=workplace.repository.full_name, what=what, why=str(error))
        await self._store.read_failures.note(workplace.repository.id, what, why=str(error), now=self._clock())

    def _reader(self, workplace: InstalledRepository) -> RepositoryClient:
        return self._app.reader(workplace.installation_id, workplace.repository)


def _is_for_good(error: Exception, attempt: int) -> bool:
    """True where asking the same again won't help: GitHub refuses, or has failed for minutes."""
    if isinstance(error, GitHubUnavailable):
        return error.retry_at is None and attempt > _PATIENT_TRIES
    return True
