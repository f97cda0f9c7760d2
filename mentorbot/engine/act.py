"""The third stage: an effect is done to the world, at most once, as quietly as promised."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog

from mentorbot.core.actions import Action, CloseIssue, EditComment, EditIssue, MinimizeComment
from mentorbot.core.clock import Clock
from mentorbot.core.outcomes import AccessLost, GitHubUnavailable, Impossible, LimitReached
from mentorbot.db.effects import Effect
from mentorbot.db.journal import Note
from mentorbot.db.repositories import Workplace
from mentorbot.db.store import Store
from mentorbot.engine.app import App
from mentorbot.engine.configuration import Configurations
from mentorbot.engine.keep import act_job
from mentorbot.engine.observer import Observer
from mentorbot.engine.quietness import silenced, too_loud, wait_for_pace
from mentorbot.engine.sweep import NoLongerWanted, Sweeper
from mentorbot.engine.tasks import PAUSES, PutBack, put_back_until

AT_ONCE = 6
"""Effects that one worker does at a time; each keeps a connection for as long as it takes."""

_HELD_ELSEWHERE = timedelta(seconds=2)
_WAITS_FOR_ANOTHER = timedelta(seconds=5)
_AFTER_THE_OTHER = -30  # a lower priority than any effect's: on the same lock, the other one goes first

log = structlog.get_logger("engine.act")


class Dropped(Exception):  # noqa: N818 - says what became of it
    """This effect is not to be done (any more), and why."""


@dataclass(frozen=True, slots=True)
class _Begun:
    attempt: int
    action: Action


class Actor:
    """Does effects."""

    def __init__(
        self,
        *,
        store: Store,
        app: App,
        configurations: Configurations,
        sweeper: Sweeper,
        clock: Clock,
        observer: Observer,
    ) -> None:
        self._store = store
        self._app = app
        self._configurations = configurations
        self._sweeper = sweeper
        self._clock = clock
        self._observer = observer
        self._room = asyncio.Semaphore(AT_ONCE)

    async def act(self, id_: int, *, tries: int = 1) -> None:
        """Do an effect. Doing it again does nothing. Raises PutBack where it has to wait."""
        async with self._room, self._store.effects.held(id_) as mine:
            if not mine:
                raise PutBack("another worker is at it", after=_HELD_ELSEWHERE)
            effect = await self._store.effects.get(id_)
            if effect is None or effect.state not in {"due", "doing"}:
                return
            with structlog.contextvars.bound_contextvars(
                delivery=effect.delivery, feature=effect.feature, key=effect.key
            ):
                await self._act(effect, tries)

    async def try_again(self, id_: int) -> bool:
        """Make a parked effect due again; False where it isn't parked any more."""
        effect = await self._store.effects.get(id_)
        if effect is None or effect.state != "parked":
            return False
        async with self._store.transaction() as connection:
            await self._store.effects.unpark(connection, id_)
            await self._store.jobs.defer(connection, [act_job(id_, effect)])
        return True

    async def _act(self, effect: Effect, tries: int) -> None:
        try:
            workplace = await self._workplace(effect)
            made = await self._referred_to(effect)
            begun = await self._begin(effect, workplace)
            result = await self._perform(effect, begun, workplace, made)
        except (Dropped, NoLongerWanted) as dropped:
            await self._end(effect, "dropped", why=str(dropped))
        except AccessLost as lost:
            await self._end(effect, "dropped", why=f"I may not do this here: {lost.why}")
        except Impossible as impossible:
            await self._end(effect, "parked", why=f"GitHub said no: {impossible.why}")
        except GitHubUnavailable as unavailable:
            self._observer.effect(effect.feature, effect.kind, "put back")
            log.info("effect_put_back", why=unavailable.why)
            raise put_back_until(unavailable, attempt=tries, now=self._clock()) from unavailable
        except PutBack:
            raise
        except Exception as error:
            if tries <= len(PAUSES):
                log.warning("effect_failed", exc_info=True)
                raise
            log.exception("effect_parked")
            await self._end(effect, "parked", why=f"{type(error).__name__}: {error}")
        else:
            await self._end(effect, "done", result=result)

    async def _workplace(self, effect: Effect) -> Workplace:
        workplace = await self._store.repositories.get(effect.repository_id)
        if workplace is None or not workplace.active:
            raise Dropped("I may not work in this repository any more")
        if workplace.repository.archived:
            raise Dropped("the repository is archived: nothing can be written to it")
        return workplace

    async def _referred_to(self, effect: Effect) -> Mapping[str, Any] | None:
        """What became of the comment or issue that this action changes."""
        action = effect.action
        if isinstance(action, EditComment | MinimizeComment):
            key = action.comment
        elif isinstance(action, EditIssue | CloseIssue):
            key = action.issue
        else:
            return None
        other = await self._store.effects.keyed(f"{effect.feature}/{effect.repository_id}/{key}")
        if other is None or other.state in {"dropped", "parked"}:
            raise Dropped("what it was to change was never written")
        if other.state != "done":
            raise PutBack(
                "what it changes is not written yet", after=_WAITS_FOR_ANOTHER, priority=_AFTER_THE_OTHER
            )
        return other.result

    async def _begin(self, effect: Effect, workplace: Workplace) -> _Begun:
        """Check that it is still wanted, quiet enough and not too fast, and mark it as begun."""
        configuration = await self._configurations.of(workplace.repository, workplace.installation_id)
        action = effect.action
        if effect.recheck is not None:
            action = await self._sweeper.still_wanted(effect, workplace, configuration)
        loud = await silenced(self._store, effect, now=self._clock())
        if loud is not None:
            raise Dropped(loud.why)
        # Durable: after a crash the next attempt has to know that this one may have been seen by GitHub.
        async with self._store.transaction(durable=True) as connection:
            pace = await self._store.effects.pace(connection, effect.installation_id)
            # Twice the same person, from two installations at once, would be one mention too many.
            await self._store.effects.one_nudge_at_a_time(connection, effect)
            loud = await too_loud(
                connection, self._store, effect, now=self._clock(), calendar=configuration.calendar
            )
            if loud is not None:
                raise Dropped(loud.why)
            if (wait := wait_for_pace(pace, effect)) is not None:
                raise PutBack("enough was written in the last minute or hour", after=wait)
            attempt = await self._store.effects.begin(connection, effect, now=self._clock())
        return _Begun(attempt, action)

    async def _perform(
        self, effect: Effect, begun: _Begun, workplace: Workplace, made: Mapping[str, Any] | None
    ) -> Mapping[str, Any]:
        try:
            return await self._app.writer(workplace.installation_id).perform(
                begun.action,
                repository=workplace.repository,
                key=effect.key,
                attempt=begun.attempt,
                made=made,
            )
        except LimitReached as limit:
            # GitHub refused before doing anything: the next attempt needn't look whether it did.
            await self._store.effects.unbegin(effect.id, why=limit.why)
            raise
        except GitHubUnavailable as unavailable:
            await self._store.effects.put_back(effect.id, why=unavailable.why)
            raise

    async def _end(
        self,
        effect: Effect,
        state: str,
        *,
        result: Mapping[str, Any] | None = None,
        why: str | None = None,
    ) -> None:
        now = self._clock()
        async with self._store.transaction() as connection:
            await self._store.effects.finish(connection, effect, state=state, now=now, result=result, why=why)
            if why is not None:
                note = Note(
                    at=now,
                    feature=effect.feature,
                    acted=False,
                    because=f"{effect.because}; {why}",
                    repository_id=effect.repository_id,
                    number=effect.number or None,
                    delivery=effect.delivery,
                    place=f"{effect.feature} {effect.number} {state}",
                )
                await self._store.journal.write(connection, [note])
        self._observer.effect(effect.feature, effect.kind, state)
        if state == "parked":
            log.error("effect_parked", why=why, kind=effect.kind, number=effect.number)
        else:
            log.info("effect_ended", state=state, why=why, kind=effect.kind, number=effect.number)
