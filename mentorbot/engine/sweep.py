"""Schedules: looks at each case of a repository when the clock says so, and once more just before acting."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Sequence
from typing import Any

import structlog

from mentorbot.config.configuration import Configuration
from mentorbot.config.section import Section
from mentorbot.core.actions import Action
from mentorbot.core.clock import Clock
from mentorbot.core.plan import NotRead, cannot_tell
from mentorbot.db.effects import Effect
from mentorbot.db.records import Conflict
from mentorbot.db.repositories import InstalledRepository
from mentorbot.db.store import Store
from mentorbot.domain.anonymization import FORGOTTEN
from mentorbot.engine.configuration import Configurations
from mentorbot.engine.decide import Decision
from mentorbot.engine.observer import Observer
from mentorbot.engine.persist import keep
from mentorbot.engine.ports import PortsFactory
from mentorbot.engine.redaction import notified
from mentorbot.engine.redecide import Redecision
from mentorbot.feature_api.feature import Every, Feature
from mentorbot.feature_api.feature_catalog import FeatureCatalog
from mentorbot.feature_api.ports import Ports

_AT_ONCE = 100  # decisions written in one transaction

log = structlog.get_logger("engine.sweep")


class NoLongerWanted(Exception):  # noqa: N818 - says what is the case, as callers read it
    """A rule that wanted an effect no longer does; the message says why."""


class Sweeper:
    """Runs what features do by the clock."""

    def __init__(
        self,
        *,
        store: Store,
        catalog: FeatureCatalog,
        ports_factory: PortsFactory,
        configurations: Configurations,
        anew: Redecision,
        clock: Clock,
        observer: Observer,
    ) -> None:
        self._store = store
        self._catalog = catalog
        self._ports_factory = ports_factory
        self._configurations = configurations
        self._anew = anew
        self._clock = clock
        self._observer = observer

    def rounds(self, configuration: Configuration) -> list[tuple[str, Every[Any, Any]]]:
        """The schedules that are on here, each with its name ("stalled 1")."""
        return [
            (f"{feature.name} {index}", trigger)
            for feature, index, trigger in self._schedules()
            if self._catalog.is_on(feature, configuration)
        ]

    async def sweep(self, workplace: InstalledRepository, round_: str) -> Sequence[Decision]:
        """Run one schedule of one repository now: look at each case, decide, write it down.

        Running it twice does nothing more, as effects are unique. Raises what asking GitHub raises.
        """
        started = time.perf_counter()
        configuration = await self._configurations.of(workplace.repository, workplace.installation_id)
        found = dict(self.rounds(configuration)).get(round_)
        if found is None or not workplace.active:
            return ()
        decisions: list[Decision] = []
        waiting: list[Decision] = []
        async for decision in self._decisions(workplace, round_, found, configuration):
            decisions.append(decision)
            waiting.append(decision)
            if len(waiting) >= _AT_ONCE:
                await self._write(waiting)
                waiting = []
        await self._write(waiting)
        seconds = time.perf_counter() - started
        self._observer.stage("sweep", seconds)
        log.info(
            "swept",
            round=round_,
            repository=workplace.repository.full_name,
            cases=len(decisions),
            acts=sum(decision.plan.acts for decision in decisions),
            seconds=round(seconds, 2),
        )
        return decisions

    async def still_wanted(
        self, effect: Effect, workplace: InstalledRepository, configuration: Configuration
    ) -> Action:
        """Ask again just before acting; the action as the rule wants it now. Raises NoLongerWanted."""
        if (effect.recheck or {}).get("anew"):
            wanted, because = await self._anew.action(effect, configuration)
            if wanted is None:
                raise NoLongerWanted(f"decided anew: {because}")
            return await self._respecting(wanted)
        round_ = str((effect.recheck or {}).get("trigger"))
        trigger = dict(self.rounds(configuration)).get(round_)
        if trigger is None:
            raise NoLongerWanted("this is switched off here now")
        if trigger.fresh is None:
            return effect.action
        section, ports = await self._circumstances(workplace, effect.feature, configuration)
        facts = await trigger.fresh(effect.number, section, ports)
        if facts is None:
            raise NoLongerWanted("a last look before acting showed that there is nothing to do here any more")
        plan = trigger.decide(facts, section)
        prefix = f"{effect.feature}/{effect.repository_id}/"
        for action in plan.actions:
            if isinstance(action, Action) and prefix + action.key == effect.key:
                return await self._respecting(action)
        raise NoLongerWanted(f"a last look before acting showed: {plan.because}")

    def unknown(self, workplace: InstalledRepository, feature: str, because: str) -> Decision:
        """Nothing could be decided about a repository, as what it takes could not be read."""
        log.warning("unknown", repository=workplace.repository.full_name, feature=feature, why=because)
        return Decision(
            feature=feature,
            repository=workplace.repository,
            installation_id=workplace.installation_id,
            plan=cannot_tell(because),
            at=self._clock(),
        )

    async def _respecting(self, action: Action) -> Action:
        """The action, unless it would notify somebody who was forgotten meanwhile. Raises NoLongerWanted."""
        if await self._store.forgetting.forgotten_among(person.id for person in notified(action)):
            raise NoLongerWanted(f"it would be about {FORGOTTEN}")
        return action

    async def _decisions(
        self,
        workplace: InstalledRepository,
        round_: str,
        trigger: Every[Any, Any],
        configuration: Configuration,
    ) -> AsyncIterator[Decision]:
        feature = round_.rpartition(" ")[0]
        section, ports = await self._circumstances(workplace, feature, configuration)
        try:
            async for case in trigger.each(section, ports):
                yield Decision(
                    feature=feature,
                    repository=workplace.repository,
                    installation_id=workplace.installation_id,
                    plan=trigger.decide(case.facts, section),
                    at=ports.now,
                    number=case.number,
                    recheck=round_,
                )
        except NotRead as unread:
            yield self.unknown(workplace, feature, unread.text)

    async def _circumstances(
        self, workplace: InstalledRepository, feature: str, configuration: Configuration
    ) -> tuple[Section, Ports]:
        ports = await self._ports_factory.ports(
            feature,
            repository=workplace.repository,
            installation_id=workplace.installation_id,
            configuration=configuration,
            whole=True,
        )
        return configuration.section(feature), ports

    async def _write(self, decisions: Sequence[Decision]) -> None:
        """Write decisions together; one built on a record that changed meanwhile waits for the next round."""
        if not decisions:
            return
        try:
            async with self._store.transaction() as connection:
                await keep(connection, self._store, decisions, now=self._clock())
        except Conflict as conflict:
            if len(decisions) == 1:
                log.info("left_for_the_next_round", why=str(conflict), number=decisions[0].number)
                return
            for decision in decisions:
                await self._write([decision])

    def _schedules(self) -> list[tuple[Feature[Any], int, Every[Any, Any]]]:
        return [
            (feature, index, trigger)
            for feature in self._catalog.features
            for index, trigger in enumerate(feature.triggers)
            if isinstance(trigger, Every)
        ]
