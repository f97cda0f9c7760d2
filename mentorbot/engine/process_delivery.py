"""Processes a delivery: learns from it, has the features decide, and writes down what they decided."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import structlog

from mentorbot.config.configuration import Configuration
from mentorbot.core.clock import Clock
from mentorbot.core.errors import AccessLost, GitHubUnavailable
from mentorbot.core.plan import leave_alone
from mentorbot.core.translator import say, speaking
from mentorbot.db.batcher import LINGER, Batcher
from mentorbot.db.connection import AsyncConnection
from mentorbot.db.deliveries import StoredDelivery
from mentorbot.db.ingest import ingest
from mentorbot.db.jobs import Job
from mentorbot.db.records import Conflict
from mentorbot.db.store import Store
from mentorbot.domain.contributions import IngestBatch
from mentorbot.engine.commands import release_replies
from mentorbot.engine.configuration import Configurations
from mentorbot.engine.decide import Decider, Decision, DecisionPart, decision_on
from mentorbot.engine.delivery_jobs import decide_part_job, lock_of_part
from mentorbot.engine.forgotten_people import without_forgotten_people
from mentorbot.engine.installations import Installations
from mentorbot.engine.observer import Observer
from mentorbot.engine.parse_delivery import ParsedDelivery, parse_delivery
from mentorbot.engine.persist import is_journal_only, journal_notes, persist
from mentorbot.engine.retries import DeliveryRetries, RetryLater, wait_for_github
from mentorbot.feature_api.translation import translator_for
from mentorbot.github.json_reader import UnexpectedJson

_TRIES_AFTER_CONFLICT = 5

log = structlog.get_logger("engine.process_delivery")


@dataclass(frozen=True, slots=True, kw_only=True)
class _JournalOnly:
    """A delivery of which nothing but journal entries comes: many are written in one transaction."""

    delivery: StoredDelivery
    lesson: IngestBatch | None
    decisions: Sequence[Decision] = ()


class DeliveryProcessor:
    """Processes deliveries; those that arrive together are written together."""

    def __init__(
        self,
        *,
        store: Store,
        decider: Decider,
        configurations: Configurations,
        installations: Installations,
        clock: Clock,
        observer: Observer,
    ) -> None:
        self._store = store
        self._decider = decider
        self._configurations = configurations
        self._installations = installations
        self._clock = clock
        self._observer = observer
        self._retries = DeliveryRetries(store=store, clock=clock, observer=observer)
        self._load = Batcher(self._load_together, linger=LINGER)
        self._learn = Batcher(self._learn_together, linger=LINGER)
        self._settle = Batcher(self._settle_together, linger=LINGER)

    async def process(self, id_: str, *, attempt: int = 1) -> Sequence[Decision]:
        """Process a delivery and return what was decided. Doing it again does nothing.

        Features are isolated: one that fails is tried again alone, the others are done.
        """
        delivery = await self._load(id_)
        if delivery is None or delivery.state != "received":
            return ()
        with structlog.contextvars.bound_contextvars(delivery=id_, event=delivery.event):
            began, scope = self._clock(), asyncio.timeout(self._retries.timeout_for(delivery))
            try:
                async with scope:
                    return await self._process(delivery, again=attempt > 1 or delivery.reason is not None)
            except AccessLost as lost:
                log.info("access_lost", why=lost.why)
                await self._settle(_JournalOnly(delivery=delivery, lesson=None))
            except Exception as error:  # noqa: BLE001 - whatever it is, the thread goes on
                await self._retries.failed(delivery, error, began=began, hung=scope.expired())
            return ()

    async def process_part(self, id_: str, name: str, *, attempt: int) -> Sequence[Decision]:
        """Decide one part that failed before. Parked, with the delivery, when there is no hope."""
        delivery = await self._load(id_)
        if delivery is None or name in await self._store.decisions.made(id_):
            return ()
        with structlog.contextvars.bound_contextvars(delivery=id_, event=delivery.event, part=name):
            try:
                parsed = parse_delivery(delivery)
                events, repository = parsed.events, parsed.repository
                if repository is None:
                    return ()
                configuration = await self._configurations.of(repository, events[0].installation_id)
                part = {p.name: p for p in await self._decider.parts(events, configuration)}.get(name)
                return await self._decide_alone(delivery, part, configuration) if part else ()
            except AccessLost as lost:
                log.info("access_lost", why=lost.why)
                return ()
            except Exception as error:  # noqa: BLE001 - the same
                await self._retries.part_failed(delivery, name, error, attempt=attempt)
                return ()

    async def _process(self, delivery: StoredDelivery, *, again: bool) -> Sequence[Decision]:
        try:
            parsed = parse_delivery(delivery)
        except UnexpectedJson as unknown:
            await self._retries.park(delivery, f"unknown shape: {unknown.reason}")
            return ()
        events = parsed.events
        await self._installations.update_from(parsed)
        await self._configurations.invalidate(events)
        repository = parsed.repository
        if repository is None or not self._decider.has_listener(events):
            await self._settle(_JournalOnly(delivery=delivery, lesson=parsed.lesson))
            return ()
        try:
            configuration = await self._configurations.of(repository, events[0].installation_id)
            parts = await self._decider.parts(events, configuration)
        except Exception:  # what it teaches is true, whatever becomes of the rest
            await self._learn_from(parsed)
            raise
        if not parts:
            await self._settle(_JournalOnly(delivery=delivery, lesson=parsed.lesson))
            return ()
        await self._learn_from(parsed)  # before the features ask
        made = await self._store.decisions.made(delivery.id) if again else set()
        return await self._decide_all(delivery, [p for p in parts if p.name not in made], configuration)

    async def _learn_from(self, parsed: ParsedDelivery) -> None:
        if parsed.lesson:
            await self._learn(parsed.lesson)

    async def _decide_all(
        self, delivery: StoredDelivery, parts: Sequence[DecisionPart], configuration: Configuration
    ) -> Sequence[Decision]:
        """Decide step by step; commands in one comment build on each other.

        Where GitHub can't be asked about the event itself, commands are decided all the same.
        """
        steps = [list(step) for _, step in itertools.groupby(parts, key=lambda part: part.step)]
        all_decisions: list[Decision] = []
        failed: list[tuple[DecisionPart, Exception]] = []
        unavailable: GitHubUnavailable | None = None
        for place, step in enumerate(steps or [[]]):
            decisions: list[Decision] = []
            for part in step:
                try:
                    decisions.append(await self._decide(part, configuration))
                except GitHubUnavailable as error:
                    if part.is_command:  # the answers to the others needn't wait for this one
                        failed.append((part, error))
                    else:
                        unavailable = error
                except Exception as error:  # noqa: BLE001 - whatever is wrong with one feature, the others go on
                    failed.append((part, error))
            all_decisions += decisions
            is_last = place >= len(steps) - 1
            if unavailable:
                await self._write(delivery, decisions, parts=step, done=False, failed=())
            elif is_last and len(steps) <= 1 and not failed and all(map(is_journal_only, decisions)):
                await self._settle(_JournalOnly(delivery=delivery, lesson=None, decisions=decisions))
            else:
                await self._write(delivery, decisions, parts=step, done=is_last, failed=failed)
        if unavailable:  # the rest waits in its place, so that what comes later doesn't overtake it
            if not failed:
                async with self._store.transaction() as connection:
                    await release_replies(connection, self._store, [delivery.id], decided=True)
            raise unavailable
        return all_decisions

    async def _decide(self, part: DecisionPart, configuration: Configuration) -> Decision:
        with structlog.contextvars.bound_contextvars(feature=part.feature):
            try:
                return await self._decider.decide(part, configuration)
            except AccessLost as lost:
                with speaking(translator_for(configuration)):
                    plan = leave_alone(say("I may not work here any more: {why}", why=lost.why))
                    return decision_on(part, plan, at=self._clock())

    async def _write(
        self,
        delivery: StoredDelivery,
        decisions: Sequence[Decision],
        *,
        parts: Sequence[DecisionPart],
        done: bool,
        failed: Sequence[tuple[DecisionPart, Exception]],
    ) -> None:
        """Write decisions, each at most once; what was built on a record that changed is decided again."""
        now = self._clock()
        async with self._store.transaction() as connection:
            if not done:
                await self._hold(connection, delivery)
            elif not await self._store.deliveries.settle(connection, [delivery.id], now=now):
                return  # another worker was faster
            conflicted = await self._write_each(connection, delivery, decisions)
            again = [(part, conflicted[part.name]) for part in parts if part.name in conflicted]
            again += failed if done else ()
            await self._store.jobs.defer(
                connection, [self._retry_job(delivery, part, error) for part, error in again]
            )
        self._log_decisions(delivery, [decision for decision in decisions if decision.part not in conflicted])
        if done:
            self._observer.delivery(delivery.event, "done")

    async def _hold(self, connection: AsyncConnection, delivery: StoredDelivery) -> None:
        """Nobody settles it meanwhile: whoever lets its answers go would miss those collected here."""
        await self._store.deliveries.hold(connection, delivery.id)

    async def _write_each(
        self, connection: AsyncConnection, delivery: StoredDelivery, decisions: Sequence[Decision]
    ) -> dict[str, Exception]:
        """Write those that nobody wrote before; return the conflicts, by part."""
        now = self._clock()
        names = [decision.part for decision in decisions]
        marked = await self._store.decisions.mark(connection, delivery.id, names, now=now)
        new = [decision for decision in decisions if decision.part in marked]
        conflicted: dict[str, Exception] = {}
        for has_records, alike in itertools.groupby(new, key=lambda decision: bool(decision.records)):
            if not has_records:  # nobody can have changed what it builds on
                await persist(connection, self._store, list(alike), now=now)
                continue
            for decision in alike:
                try:
                    async with connection.begin():
                        await persist(connection, self._store, [decision], now=now)
                except Conflict as conflict:
                    conflicted[decision.part] = conflict
        await self._store.decisions.unmark(connection, delivery.id, conflicted)
        await release_replies(connection, self._store, [delivery.id])
        return conflicted

    async def _decide_alone(
        self, delivery: StoredDelivery, part: DecisionPart, configuration: Configuration
    ) -> Sequence[Decision]:
        """Decide one part and write it. Raises Conflict where others keep changing what it builds on."""
        for _ in range(_TRIES_AFTER_CONFLICT):
            decision = await self._decide(part, configuration)
            async with self._store.transaction() as connection:
                await self._hold(connection, delivery)
                conflicted = await self._write_each(connection, delivery, [decision])
            if not conflicted:
                self._log_decisions(delivery, [decision])
                return [decision]
        raise Conflict(f"{part.name} of {delivery.id} lost {_TRIES_AFTER_CONFLICT} races for the same record")

    def _retry_job(self, delivery: StoredDelivery, part: DecisionPart, error: Exception) -> Job:
        """The job that tries a failed part alone, without holding up what comes after on the same issue."""
        after: timedelta | None = None
        # Those who lost a race run one after the other, or they would race again.
        lock = f"{delivery.repository_id} {part.feature}"
        if isinstance(error, GitHubUnavailable):
            after, lock = (
                wait_for_github(error, attempt=1, now=self._clock()).after,
                lock_of_part(delivery, part.name),
            )
            log.info("part_postponed", part=part.name, why=error.why)
        elif not isinstance(error, Conflict):
            after, lock = RetryLater.after_failure(1), lock_of_part(delivery, part.name)
            log.error("part_failed", part=part.name, exc_info=error)
        return decide_part_job(delivery, part.name, lock=lock, after=after)

    def _log_decisions(self, delivery: StoredDelivery, decisions: Sequence[Decision]) -> None:
        for decision in decisions:
            log.info(
                "decided",
                feature=decision.feature,
                number=decision.number,
                acts=decision.plan.acts,
                because=decision.plan.because,
                delivery=delivery.id,
            )

    async def _load_together(self, ids: Sequence[str]) -> Sequence[StoredDelivery | None]:
        found = await self._store.deliveries.load(ids)
        return [found.get(id_) for id_ in ids]

    async def _learn_together(self, lessons: Sequence[IngestBatch]) -> Sequence[None]:
        async with self._store.transaction() as connection:
            await ingest(connection, lessons)
        return [None] * len(lessons)

    async def _settle_together(self, batch: Sequence[_JournalOnly]) -> Sequence[None]:
        async with self._store.transaction() as connection:
            await ingest(connection, [one.lesson for one in batch if one.lesson])
            ids = [one.delivery.id for one in batch]
            settled = await self._store.deliveries.settle(connection, ids, now=self._clock())
            decided = [d for one in batch if one.delivery.id in settled for d in one.decisions]
            await self._store.journal.write(
                connection, journal_notes(await without_forgotten_people(connection, decided))
            )
            await release_replies(connection, self._store, ids)  # those of an earlier try
        for one in batch:
            self._observer.delivery(one.delivery.event, "done")
            self._log_decisions(one.delivery, one.decisions)
        return [None] * len(batch)
