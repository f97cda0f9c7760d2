"""The third stage: an effect is done on GitHub at most once, and within the limits that were promised."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import structlog

from mentorbot.config.configuration import Configuration
from mentorbot.core.actions import Action, CloseIssue, EditComment, EditIssue, MinimizeComment, Occasion
from mentorbot.core.clock import Clock
from mentorbot.core.errors import AccessLost, GitHubUnavailable, Impossible, LimitReached
from mentorbot.core.translator import ENGLISH, Translator, phrase, say, speaking
from mentorbot.db.connection import AsyncConnection
from mentorbot.db.effects import Effect, FailingEffect
from mentorbot.db.repositories import InstalledRepository
from mentorbot.db.store import Store
from mentorbot.engine.configuration import Configurations
from mentorbot.engine.duplicate_writes import can_duplicate
from mentorbot.engine.fair_scheduling import FairShare
from mentorbot.engine.github_client import AppClient
from mentorbot.engine.held_greetings import held_back
from mentorbot.engine.jobs import act_job, duplicate_check_job
from mentorbot.engine.observer import Observer
from mentorbot.engine.priorities import is_answer, lane_of, own_lane
from mentorbot.engine.recheck import NoLongerWanted, Recheck, takes_back
from mentorbot.engine.retries import (
    BACKOFF_SECONDS,
    LONGEST_WAIT_FOR_GITHUB,
    RETRY_DELAYS,
    RetryDelays,
    RetryLater,
    wait_for_github,
)
from mentorbot.engine.shadow import is_written_anyway
from mentorbot.engine.silence import Discretion, LeftUnsaid
from mentorbot.engine.worker import QUEUE_CONCURRENCY
from mentorbot.engine.write_limits import allowances_for, over_limit
from mentorbot.feature_api.feature_catalog import FeatureCatalog
from mentorbot.feature_api.translation import translator_for

_HELD_ELSEWHERE = timedelta(seconds=2)
_WAITS_FOR_ANOTHER = timedelta(seconds=5)
_LEAST = timedelta(seconds=1)
_AFTER_THE_OTHER = -30  # a lower priority than any effect's: on the same lock, the other one goes first
_BEGUN_AT_ONCE = 4  # each takes one of the few connections that wait for the disk
_GONE = frozenset({404, 410})  # GitHub's answers about what was deleted
_WARN_AFTER = 3  # failures of one effect after which somebody ought to hear of it

_DROPPED_MEANWHILE = phrase("it was dropped meanwhile")

CAME_LATER = phrase("a later change to the same thing came first")

log = structlog.get_logger("engine.act")


class _Shadowed(Exception):  # noqa: N818 - says what became of it
    """It would have been done, but the repository is in shadow: it was written down as that."""


class _HeldBack(Exception):  # noqa: N818 - says what became of it
    """Maintainers are to say what becomes of this effect; the message says why."""


class Dropped(Exception):  # noqa: N818 - says what became of it
    """This effect is not to be done (any more), and why."""


@dataclass(slots=True)
class _Try:
    """How far this try has come. `attempt` is 0 until it is marked as begun."""

    number: int
    started: float = field(default_factory=time.monotonic)
    attempt: int = 0

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started


class Actor:
    """Does effects, each at most once."""

    def __init__(
        self,
        *,
        store: Store,
        app: AppClient,
        configurations: Configurations,
        recheck: Recheck,
        catalog: FeatureCatalog,
        clock: Clock,
        observer: Observer,
        retry_delays: RetryDelays = RETRY_DELAYS,
    ) -> None:
        self._store = store
        self._app = app
        self._catalog = catalog
        self._configurations = configurations
        self._recheck = recheck
        self._clock = clock
        self._observer = observer
        self._retry_delays = retry_delays
        self._discretion = Discretion(store=store, app=app)
        self._slots = {queue: FairShare(places) for queue, places in QUEUE_CONCURRENCY.items()}
        self._beginning = asyncio.Semaphore(_BEGUN_AT_ONCE)

    async def act(self, id_: int, *, tries: int = 1) -> None:
        """Do an effect. Doing it again does nothing. Raises RetryLater where it has to wait."""
        async with self._store.effects.held(id_) as mine:
            effect = await self._store.effects.get(id_)
            if effect is None or effect.state not in {"due", "doing"} or effect.is_held:
                return
            if not mine:
                raise RetryLater("another worker is at it", after=_HELD_ELSEWHERE, lock=own_lane(effect))
            async with self._slots[lane_of(effect).queue].slot(effect.installation_id):
                with structlog.contextvars.bound_contextvars(
                    delivery=effect.delivery, feature=effect.feature, key=effect.key
                ):
                    try:
                        with speaking(await self._translator(effect)):
                            await self._act(effect, tries)
                    except _HeldBack as held:
                        self._observer.effect(effect.feature, effect.kind, "held back")
                        log.info("effect_held_back", why=str(held), number=effect.number)
                    except _Shadowed:
                        self._observer.effect(effect.feature, effect.kind, "shadowed")
                        log.info("effect_shadowed", kind=effect.kind, number=effect.number)

    async def _translator(self, effect: Effect) -> Translator:
        """Says what becomes of an effect: the repository's journal tells it."""
        configuration = await self._configurations.at_hand(effect.repository_id)
        return translator_for(configuration) if configuration is not None else ENGLISH

    async def _act(self, effect: Effect, tries: int) -> None:
        this = _Try(tries)
        try:
            workplace = await self._workplace(effect)
            made = await self._result_of_referred(effect, this)
            action = await self._begin(effect, workplace, this)
            result = await self._app.writer(workplace.installation_id).perform(
                action,
                repository=workplace.repository,
                key=effect.key,
                attempt=this.attempt,
                made=made,
            )
        except (Dropped, NoLongerWanted, LeftUnsaid) as dropped:
            await self._end(effect, "dropped", why=str(dropped))
        except AccessLost as lost:
            await self._end(effect, "dropped", why=say("I may not do this here: {why}", why=lost.why))
        except Impossible as impossible:
            if is_answer(effect) and impossible.status in _GONE:
                await self._end(effect, "dropped", why=say("what it answers was deleted"))
            else:
                await self._end(effect, "parked", why=say("GitHub said no: {why}", why=impossible.why))
        except GitHubUnavailable as unavailable:
            await self._postpone(effect, this, unavailable)
        except (RetryLater, _HeldBack, _Shadowed) as later:
            await self._store.effects.put_back(effect.id, why=str(later))
            raise
        except Exception as error:
            why = say("something went wrong on my side ({error})", error=type(error).__name__)
            failing = await self._store.effects.failed(effect.id, why=why)
            if failing.times <= len(BACKOFF_SECONDS):
                tell = log.warning if failing.times >= _WARN_AFTER else log.info
                tell("effect_failed", why=why, times=failing.times, exc_info=True)
                raise self._retry_later(
                    effect, this, failing, RetryLater.after_failure(failing.times)
                ) from error
            log.exception("effect_parked")
            await self._end(effect, "parked", why=why)
        else:
            is_doubtful = this.attempt > 1 and can_duplicate(effect.action)
            await self._end(effect, "done", result=result, is_doubtful=is_doubtful)

    async def _postpone(self, effect: Effect, this: _Try, unavailable: GitHubUnavailable) -> None:
        """Raise RetryLater: if GitHub may have done it, the next attempt looks first.

        What GitHub has failed to take for a day is parked instead.
        """
        if this.attempt and unavailable.undone:
            await self._store.effects.unbegin(effect.id)
        if isinstance(unavailable, LimitReached):  # it holds for the neighbours, too: they keep their order
            await self._store.effects.put_back(effect.id, why=unavailable.why)
            log.info("effect_postponed", why=unavailable.why)
            self._observer.effect(effect.feature, effect.kind, "put back")
            raise wait_for_github(unavailable, attempt=1, now=self._clock()) from unavailable
        failing = await self._store.effects.failed(effect.id, why=unavailable.why)
        if failing.times > len(BACKOFF_SECONDS) and failing.seconds > LONGEST_WAIT_FOR_GITHUB.total_seconds():
            await self._end(effect, "parked", why=unavailable.why)
            return
        tell = log.warning if failing.times >= _WARN_AFTER else log.info
        tell("effect_postponed", why=unavailable.why, times=failing.times)
        after = wait_for_github(unavailable, attempt=failing.times, now=self._clock()).after
        if this.attempt and not unavailable.undone and can_duplicate(effect.action):
            after = max(after, self._retry_delays.before_lookup - timedelta(seconds=this.seconds))
        self._observer.effect(effect.feature, effect.kind, "put back")
        raise self._retry_later(effect, this, failing, after) from unavailable

    def _retry_later(
        self, effect: Effect, this: _Try, failing: FailingEffect, after: timedelta
    ) -> RetryLater:
        """Try again, without holding up the neighbours for longer than they can be asked to wait."""
        # As the next try may take as long as this one did.
        held = timedelta(seconds=failing.seconds + this.seconds) + after
        aside = is_answer(effect) or held >= self._retry_delays.in_lane
        return RetryLater("it failed", after=after, lock=own_lane(effect) if aside else None)

    async def _workplace(self, effect: Effect) -> InstalledRepository:
        workplace = await self._store.repositories.get(effect.repository_id)
        if workplace is None or not workplace.active:
            raise Dropped(say("I may not work in this repository any more"))
        if workplace.repository.archived:
            raise Dropped(say("the repository is archived: nothing can be written to it"))
        if workplace.tidied and not takes_back(effect.recheck):
            raise Dropped(say("I have taken back what I put here, and write nothing any more"))
        return workplace

    async def _result_of_referred(self, effect: Effect, this: _Try) -> Mapping[str, Any] | None:
        """What became of the comment or issue that this action changes."""
        action = effect.action
        if isinstance(action, EditComment | MinimizeComment):
            key = action.comment
        elif isinstance(action, EditIssue | CloseIssue):
            key = action.issue
        else:
            return None
        other = await self._store.effects.keyed(f"{effect.feature}/{effect.repository_id}/{key}")
        if other is not None and other.state == "shadowed" and await self._is_shadowed(effect):
            return None
        if isinstance(action, EditIssue) and other is not None and await self._bring_back(other):
            other = replace(other, state="due")
        if other is None or other.state in {"dropped", "parked", "shadowed"}:
            raise Dropped(say("what it was to change was never written"))
        if other.state != "done" or other.doubtful:
            # It ranks before the other, and may only have been faster: then the other is next.
            after = timedelta(0) if this.number == 1 else _WAITS_FOR_ANOTHER
            raise RetryLater(
                say("what it changes is not written yet"), after=after, priority=_AFTER_THE_OTHER
            )
        return other.result

    async def _bring_back(self, issue: Effect) -> bool:
        """Open an issue whose opening waited when the shadow began: records tell of it as of a real one."""
        if issue.state != "shadowed":
            return False
        async with self._store.transaction() as connection:
            is_back = await self._store.shadow.bring_back(connection, issue)
            if is_back:
                await self._store.jobs.defer(connection, [act_job(issue.id, issue)])
        return is_back

    async def _begin(self, effect: Effect, workplace: InstalledRepository, this: _Try) -> Action:
        """Check that it is still wanted, quiet enough and its turn, and mark it as begun."""
        self._check_earlier_attempt(effect)
        if this.number > 1 and await self._store.effects.overtaken(effect):
            raise Dropped(say(CAME_LATER))
        configuration = await self._configurations.of(workplace.repository, workplace.installation_id)
        action = effect.action
        if effect.recheck is not None:
            action = await self._recheck.action(effect, effect.recheck, workplace, configuration)
        names = await self._discretion.names_in(action, workplace)
        # Durable: after a crash the next attempt has to know that this one may have been seen by GitHub.
        with speaking(translator_for(configuration)):
            async with self._beginning, self._store.transaction(durable=True) as connection:
                action = await self._discretion.what_may_be_said(
                    connection, effect, action, names=names, configuration=configuration, now=self._clock()
                )
                await self._store.silence.share(connection)
                is_in_shadow = await self._store.configs.is_in_shadow(effect.repository_id, within=connection)
                effect = replace(effect, shadow=effect.shadow or bool(is_in_shadow))
                is_shadowed = effect.shadow and not is_written_anyway(effect, self._catalog)
                wait = held = None
                if is_in_shadow or not is_shadowed:  # what is past is not asked about any more
                    held = await self._held_back(connection, effect)
                if held is None and is_shadowed:
                    await self._shadow(connection, effect, action, configuration)
                elif held is None:
                    wait = await self._begin_in_time(connection, effect, configuration, this)
        if held is not None:
            raise _HeldBack(held)
        if is_shadowed:
            raise _Shadowed
        if wait is not None:
            await self._store.effects.pace_down(effect.id)
            why = say("enough was written in the last minute or hour")
            raise RetryLater(why, after=max(wait, _LEAST))
        return action

    async def _held_back(self, connection: AsyncConnection, effect: Effect) -> str | None:
        """Why a greeting waits until maintainers say what becomes of it; None where it does not."""
        if effect.occasion is not Occasion.GREETING or effect.held is not None:
            return None
        return await held_back(connection, self._store, effect, now=self._clock())

    async def _is_shadowed(self, effect: Effect) -> bool:
        return effect.shadow or bool(await self._store.configs.is_in_shadow(effect.repository_id))

    async def _shadow(
        self, connection: AsyncConnection, effect: Effect, action: Action, configuration: Configuration
    ) -> None:
        """Write down what would have been done. It keeps the limits that it would have had to keep.

        The pace is for what GitHub is told: nothing waits for others in shadow, and nobody for it.
        """
        await self._check_limits(connection, effect, configuration)
        if not await self._store.shadow.keep(connection, effect, action, now=self._clock()):
            raise Dropped(say(_DROPPED_MEANWHILE))

    async def _check_limits(
        self, connection: AsyncConnection, effect: Effect, configuration: Configuration
    ) -> None:
        """Raise Dropped where as much was said as may be."""
        # Twice the same person, from two installations at once, would be one mention too many.
        await self._store.write_counts.one_nudge_at_a_time(connection, effect)
        over = await over_limit(
            connection, self._store, effect, now=self._clock(), calendar=configuration.calendar
        )
        if over is not None:
            raise Dropped(over)

    async def _begin_in_time(
        self, connection: AsyncConnection, effect: Effect, configuration: Configuration, this: _Try
    ) -> timedelta | None:
        """Mark it as begun where the limits allow that now; otherwise, how long it has to wait."""
        wait = await self._store.write_counts.wait_before_write(connection, effect, allowances_for(effect))
        await self._check_limits(connection, effect, configuration)
        if wait is None:
            attempt = await self._store.effects.begin(connection, effect, now=self._clock())
            if attempt is None:
                raise Dropped(say(_DROPPED_MEANWHILE))
            this.attempt = attempt
        return wait

    def _check_earlier_attempt(self, effect: Effect) -> None:
        """What was begun may still be under way on GitHub, where nothing can be seen of it yet."""
        if not effect.attempts or effect.tried_ago is None or not can_duplicate(effect.action):
            return
        left = self._retry_delays.before_lookup - timedelta(seconds=effect.tried_ago)
        if left > timedelta(0):
            lock = own_lane(effect) if is_answer(effect) else None
            raise RetryLater(say("an earlier attempt may still be under way"), after=left, lock=lock)

    async def _end(
        self,
        effect: Effect,
        state: str,
        *,
        result: Mapping[str, Any] | None = None,
        why: str | None = None,
        is_doubtful: bool = False,
    ) -> None:
        """Write down what became of it; the journal's entry of the decision tells it from there."""
        now = self._clock()
        async with self._store.transaction() as connection:
            if is_doubtful:
                await self._store.effects.doubt(connection, effect.id)
                await self._store.jobs.defer(
                    connection, [duplicate_check_job(effect, after=self._retry_delays.before_duplicate_check)]
                )
            await self._store.effects.finish(connection, effect, state=state, now=now, result=result, why=why)
        self._observer.effect(effect.feature, effect.kind, state)
        if state == "parked":
            log.error("effect_parked", why=why, kind=effect.kind, number=effect.number)
        else:
            log.info("effect_ended", state=state, why=why, kind=effect.kind, number=effect.number)
