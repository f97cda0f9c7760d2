"""The dead-letter queue: what failed for good is parked, and tried again by hand and after an upgrade."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from mentorbot import __version__
from mentorbot.core.actions import Comment
from mentorbot.core.clock import Clock
from mentorbot.core.errors import AccessLost
from mentorbot.core.events import CommandGiven
from mentorbot.core.translator import ENGLISH, Translator
from mentorbot.db.deliveries import StoredDelivery
from mentorbot.db.effects import Effect
from mentorbot.db.journal import DecisionNote
from mentorbot.db.parked import ParkedRow
from mentorbot.db.schema import newest_migration
from mentorbot.db.store import Store
from mentorbot.engine.act import CAME_LATER
from mentorbot.engine.configuration import Configurations
from mentorbot.engine.decide import Decider, DecisionPart
from mentorbot.engine.delivery_jobs import decide_job
from mentorbot.engine.jobs import act_job
from mentorbot.engine.parse_delivery import parse_delivery
from mentorbot.engine.priorities import is_answer
from mentorbot.feature_api.translation import translator_for
from mentorbot.github.json_reader import UnexpectedJson

ANSWERS_EXPIRE_AFTER, COMMENTS_EXPIRE_AFTER = timedelta(days=1), timedelta(days=7)
"""An answer that comes later than this is none any more; nor is anything else that is said unasked."""

_BOOKMARK = "version"

log = structlog.get_logger("engine.parked")


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedWork:
    """Something that was put aside. `text` is what would be written, for whoever has it written after all."""

    id: str
    kind: str
    where: str
    at: datetime
    reason: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Retried:
    """What became of an attempt, by id: tried again, or given up as it comes too late."""

    again: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()


class ParkedQueue:
    """Deliveries and effects that failed for good. Ids say which it is: `delivery-…`, `effect-…`."""

    def __init__(
        self, *, store: Store, decider: Decider, configurations: Configurations, clock: Clock
    ) -> None:
        self._store = store
        self._decider = decider
        self._configurations = configurations
        self._clock = clock

    async def all(self) -> Sequence[ParkedWork]:
        """What is parked, the oldest first."""
        return [await self._shown(row) for row in await self._store.parked.all()]

    async def retry(self, ids: Collection[str] | None = None) -> Retried:
        """Try these again (all, where none are named). What would come too late is learned from, and dropped.

        One that cannot be tried again now stays parked, and does not stop the others.
        """
        again: list[str] = []
        dropped: list[str] = []
        failed: list[str] = []
        for row in await self._store.parked.all(limit=100_000):
            id_ = _id_of(row)
            if ids is not None and id_ not in ids:
                continue
            try:
                is_tried = await (
                    self._retry_delivery(row.id)
                    if row.source == "delivery"
                    else self._retry_effect(int(row.id), at=row.at)
                )
            except Exception:  # whatever is wrong with one, the others go on, and somebody hears of it
                log.exception("parked_work_not_retried", id=id_)
                failed.append(id_)
            else:
                (again if is_tried else dropped).append(id_)
        log.info("parked_work_retried", again=len(again), dropped=len(dropped), failed=len(failed))
        return Retried(tuple(again), tuple(dropped), tuple(failed))

    async def after_upgrade(self) -> Retried:
        """Try everything again, once, where the program is another than the one that ran here last."""
        running = {"version": __version__, "schema": newest_migration()}
        if await self._store.cursors.get(_BOOKMARK) == running:
            return Retried()
        retried = await self.retry()
        await self._store.cursors.put(_BOOKMARK, running)
        return retried

    async def _retry_delivery(self, id_: str) -> bool:
        """Have a delivery worked off: what it teaches is learned, what would come too late is not decided."""
        delivery = (await self._store.deliveries.load([id_]))[id_]
        late = self._clock() - delivery.received_at
        too_late = await self._too_late(delivery, late)
        translator = await self._translator(delivery.repository_id)
        because = translator.plural(
            "this could not be worked off in time, and {count} day later it is too late",
            "this could not be worked off in time, and {count} days later it is too late",
            late.days,
        )
        notes = [self._note(delivery, part, because) for part in too_late]
        async with self._store.transaction() as connection:
            names = [part.name for part in too_late]
            await self._store.decisions.mark(connection, id_, names, now=self._clock())
            await self._store.journal.write(connection, notes)
            if await self._store.deliveries.unpark(connection, id_):
                await self._store.jobs.defer(connection, [decide_job(delivery)])
        return late <= COMMENTS_EXPIRE_AFTER

    async def _too_late(self, delivery: StoredDelivery, late: timedelta) -> Sequence[DecisionPart]:
        if late <= ANSWERS_EXPIRE_AFTER:
            return ()
        try:
            parsed = parse_delivery(delivery)
            if parsed.repository is None:
                return ()
            installation_id = parsed.events[0].installation_id
            configuration = await self._configurations.of(parsed.repository, installation_id)
        except (UnexpectedJson, AccessLost):  # working it off will say so
            return ()
        made = await self._store.decisions.made(delivery.id)
        return [
            part
            for part in await self._decider.parts(parsed.events, configuration)
            if part.name not in made
            and (late > COMMENTS_EXPIRE_AFTER or isinstance(part.event, CommandGiven))
        ]

    def _note(self, delivery: StoredDelivery, part: DecisionPart, because: str) -> DecisionNote:
        return DecisionNote(
            at=self._clock(),
            feature=part.feature,
            acted=False,
            because=because,
            repository_id=part.event.repository.id,
            number=delivery.number,
            delivery=delivery.id,
            place=f"{part.feature} {delivery.number} too late",
        )

    async def _retry_effect(self, id_: int, *, at: datetime) -> bool:
        effect = await self._store.effects.get(id_)
        if effect is None:
            return False
        late = self._clock() - at
        if late > _limit(effect):
            translator = await self._translator(effect.repository_id)
            why = translator.plural(
                "it could not be done, and {count} day later it would come too late",
                "it could not be done, and {count} days later it would come too late",
                late.days,
            )
            await self._drop(effect, why)
            return False
        if await self._store.effects.overtaken(effect):
            translator = await self._translator(effect.repository_id)
            await self._drop(effect, translator.say(CAME_LATER))
            return False
        async with self._store.transaction() as connection:
            if await self._store.parked.revive_effect(connection, id_, recheck=_recheck(effect)):
                await self._store.jobs.defer(connection, [act_job(id_, effect)])
        return True

    async def _translator(self, repository_id: int | None) -> Translator:
        """Says what the repository's journal is to tell."""
        configuration = await self._configurations.at_hand(repository_id) if repository_id else None
        return translator_for(configuration) if configuration is not None else ENGLISH

    async def _drop(self, effect: Effect, why: str) -> None:
        async with self._store.transaction() as connection:
            await self._store.parked.drop_effect(connection, effect.id, why=why)

    async def _shown(self, row: ParkedRow) -> ParkedWork:
        effect = await self._store.effects.get(int(row.id)) if row.source == "effect" else None
        return ParkedWork(
            id=_id_of(row),
            kind=f"{row.kind} of {row.feature}" if row.feature else row.kind,
            where=f"{row.repository or 'no repository'}{f'#{row.number}' if row.number else ''}",
            at=row.at,
            reason=row.reason,
            text=str(getattr(effect.action, "body", "")) if effect is not None else "",
        )


def _id_of(row: ParkedRow) -> str:
    return f"{row.source}-{row.id}"


def _limit(effect: Effect) -> timedelta:
    """How late it may come. What is no word to anybody (labels, say) mends what is shown, and may always."""
    if is_answer(effect):
        return ANSWERS_EXPIRE_AFTER
    return COMMENTS_EXPIRE_AFTER if isinstance(effect.action, Comment) else timedelta.max


def _recheck(effect: Effect) -> dict[str, object] | None:
    """What has to want it still: the schedule it came from, or else what it was decided about, once more."""
    if effect.recheck is not None:
        return dict(effect.recheck)
    if isinstance(effect.action, Comment) and effect.delivery is not None and not is_answer(effect):
        return {"anew": True}
    return None
