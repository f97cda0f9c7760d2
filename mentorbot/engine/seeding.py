"""Reads a repository's past in the background, page by page, so that we know who was here before."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

import structlog

from mentorbot.core.clock import Clock
from mentorbot.core.outcomes import Impossible
from mentorbot.core.sightings import Sighting
from mentorbot.core.timeline import PullRequestTimeline
from mentorbot.db.lessons import Lesson, write_lessons
from mentorbot.db.repositories import Workplace
from mentorbot.db.store import Store
from mentorbot.engine.app import App, Reader
from mentorbot.engine.configuration import Configurations
from mentorbot.engine.lifecycle import seed_job
from mentorbot.engine.observer import Observer

STAGES = ("waiting", "threads", "reviews", "timelines", "finished")
_AT_ONCE = 50  # timelines written in one transaction

log = structlog.get_logger("engine.seeding")


class Seeding:
    """Reads the past."""

    def __init__(
        self,
        *,
        store: Store,
        app: App,
        configurations: Configurations,
        clock: Clock,
        observer: Observer,
    ) -> None:
        self._store = store
        self._app = app
        self._configurations = configurations
        self._clock = clock
        self._observer = observer

    async def read_page(self, repository_id: int) -> None:
        """Read the next page of a repository's past and make the job for the one after it.

        What was read and how far is written together: a crash costs one page. Raises what GitHub raises.
        """
        workplace = await self._store.repositories.get(repository_id)
        if workplace is None or not workplace.active or workplace.seeding == STAGES[-1]:
            return
        started = time.perf_counter()
        reader = self._app.reader(workplace.installation_id, workplace.repository)
        if workplace.seeding == "waiting":
            # Read beforehand, so that a newcomer's first event does not have to wait for it.
            await self._configurations.of(workplace.repository, workplace.installation_id)
            workplace = replace(workplace, seeding="threads")
        if workplace.seeding == "threads":
            sightings, cursor = await reader.past_threads(workplace.cursor)
            await self._learned(workplace, sightings, cursor)
        elif workplace.seeding == "reviews":
            sightings, cursor = await reader.past_reviews(workplace.cursor)
            await self._learned(workplace, sightings, cursor)
        else:
            await self._read_open_pull_requests(workplace, reader)
            await self._learned(workplace, (), None)
        self._observer.stage("seed", time.perf_counter() - started)

    async def _read_open_pull_requests(self, workplace: Workplace, reader: Reader) -> None:
        """Their timelines; where there is no GraphQL, webhooks will tell, and the log says so."""
        try:
            await self.read_timelines(workplace, reader)
        except Impossible as error:
            log.warning(
                "open_pull_requests_are_unknown", repository=workplace.repository.full_name, why=error.why
            )

    async def reconcile(self, workplace: Workplace) -> None:
        """Compare the timelines of open pull requests with GitHub's: one question per hundred."""
        await self.read_timelines(
            workplace, self._app.reader(workplace.installation_id, workplace.repository)
        )

    async def read_timelines(self, workplace: Workplace, reader: Reader) -> int:
        """Read the timelines of all open pull requests (100 a question); return how many there are.

        Also done every night: what webhooks didn't tell is learned, and what was closed unheard is closed.
        """
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
        return len(seen)

    async def _learned(self, workplace: Workplace, sightings: Sequence[Sighting], cursor: str | None) -> None:
        stage, pages = workplace.seeding, workplace.pages + 1
        following = stage if cursor is not None else STAGES[STAGES.index(stage) + 1]
        lesson = Lesson(repository_id=workplace.repository.id, as_of=self._clock(), sightings=sightings)
        async with self._store.transaction() as connection:
            await write_lessons(connection, [lesson] if lesson else [])
            await self._store.repositories.progress(
                connection,
                workplace.repository.id,
                stage=following,
                cursor=cursor,
                pages=pages,
                now=self._clock(),
            )
            if following != STAGES[-1]:
                await self._store.jobs.defer(connection, [seed_job(workplace.repository.id)])
        log.info(
            "past_read" if following != STAGES[-1] else "past_is_known",
            repository=workplace.repository.full_name,
            stage=stage,
            pages=pages,
            sightings=len(sightings),
        )

    async def _learn(self, workplace: Workplace, *, timelines: Sequence[PullRequestTimeline]) -> None:
        if not timelines:
            return
        lesson = Lesson(
            repository_id=workplace.repository.id, as_of=self._clock(), timelines=tuple(timelines)
        )
        async with self._store.transaction() as connection:
            await write_lessons(connection, [lesson])
