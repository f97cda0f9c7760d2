"""Runs schedules: has features look at each case of a repository when the clock says so, and decide."""

from __future__ import annotations

import contextlib
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any

import structlog

from mentorbot.config.configuration import Configuration
from mentorbot.config.section import Section
from mentorbot.core.clock import Clock
from mentorbot.core.entities import Repository
from mentorbot.core.errors import AccessLost, GitHubUnavailable
from mentorbot.core.plan import NotRead, Plan, cannot_tell
from mentorbot.core.translator import say, speaking
from mentorbot.db.records import Conflict
from mentorbot.db.repositories import InstalledRepository
from mentorbot.db.store import Store
from mentorbot.engine.completeness import unknown_in
from mentorbot.engine.configuration import Configurations
from mentorbot.engine.decide import Decision
from mentorbot.engine.observer import Observer
from mentorbot.engine.persist import persist
from mentorbot.engine.ports import PortsFactory
from mentorbot.engine.shadow import decides_in_shadow
from mentorbot.feature_api.feature import Case, Every, Feature
from mentorbot.feature_api.feature_catalog import FeatureCatalog
from mentorbot.feature_api.ports import Ports
from mentorbot.feature_api.translation import translator_for

ALL_FEATURES = "mentorbot"
"""In place of a feature, where what is not known concerns all of them."""

_AT_ONCE = 100  # decisions written in one transaction

log = structlog.get_logger("engine.sweep")


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What the schedules of a feature will do in a repository on the coming days, in sentences."""

    repository: Repository
    feature: str
    sentences: Sequence[str]


class Sweeper:
    def __init__(
        self,
        *,
        store: Store,
        catalog: FeatureCatalog,
        ports_factory: PortsFactory,
        configurations: Configurations,
        clock: Clock,
        observer: Observer,
    ) -> None:
        self._store = store
        self._catalog = catalog
        self._ports_factory = ports_factory
        self._configurations = configurations
        self._clock = clock
        self._observer = observer

    def schedules(self, configuration: Configuration) -> list[tuple[str, Every[Any, Any]]]:
        """The schedules that are on here, each with its name ("stalled 1")."""
        return [
            (f"{feature.name} {index}", trigger)
            for feature, index, trigger in self._schedules()
            if self._catalog.is_on(feature, configuration)
        ]

    async def sweep_all(self, workplaces: Sequence[InstalledRepository]) -> Sequence[Decision]:
        """Run all schedules of these repositories; one of which nothing can be read does not stop the others.

        What is not known is among the decisions: that nothing was found there would be good news.
        """
        decisions: list[Decision] = []
        for workplace in workplaces:
            try:
                configuration = await self._configurations.of(workplace.repository, workplace.installation_id)
            except (AccessLost, GitHubUnavailable) as error:
                why = f"Could not read its configuration: {error}"
                decisions.append(self._unknown(workplace, ALL_FEATURES, why))
                continue
            for name, _ in self.schedules(configuration):
                try:
                    decisions += await self.sweep(workplace, name)
                except (AccessLost, GitHubUnavailable) as error:
                    why = f"Could not look at everything: {error}"
                    decisions.append(self._unknown(workplace, name.rpartition(" ")[0], why))
            if unknown := await unknown_in(self._store, workplace.repository.id):
                decisions.append(self._unknown(workplace, ALL_FEATURES, unknown))
        return decisions

    async def forecasts(self, workplaces: Sequence[InstalledRepository]) -> Sequence[Forecast]:
        """What is to be expected in these repositories; of what could not be read nothing is."""
        found: list[Forecast] = []
        for workplace in workplaces:
            with contextlib.suppress(AccessLost, GitHubUnavailable, NotRead):
                configuration = await self._configurations.of(workplace.repository, workplace.installation_id)
                for feature in self._catalog.features_on(configuration):
                    if feature.forecast is not None:
                        section, ports = await self.section_and_ports(workplace, feature.name, configuration)
                        told = await feature.forecast(section, ports)
                        found.append(
                            Forecast(repository=workplace.repository, feature=feature.name, sentences=told)
                        )
        return found

    async def sweep(self, workplace: InstalledRepository, schedule: str) -> Sequence[Decision]:
        """Run one schedule of one repository now: look at each case, decide, write it down.

        Running it twice does nothing more, as effects are unique. Raises what asking GitHub raises.
        """
        started = time.perf_counter()
        configuration = await self._configurations.of(workplace.repository, workplace.installation_id)
        found = dict(self.schedules(configuration)).get(schedule)
        if found is None or not workplace.active:
            return ()
        decisions: list[Decision] = []
        waiting: list[Decision] = []
        with speaking(translator_for(configuration)):
            async for decision in self._decisions(workplace, schedule, found, configuration):
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
            schedule=schedule,
            repository=workplace.repository.full_name,
            cases=len(decisions),
            acts=sum(decision.plan.acts for decision in decisions),
            seconds=round(seconds, 2),
        )
        return decisions

    def _unknown(self, workplace: InstalledRepository, feature: str, because: str) -> Decision:
        """Nothing could be decided about a repository, as what it takes could not be read."""
        log.warning(
            "nothing_decided", repository=workplace.repository.full_name, feature=feature, why=because
        )
        return Decision(
            feature=feature,
            repository=workplace.repository,
            installation_id=workplace.installation_id,
            plan=cannot_tell(because),
            at=self._clock(),
        )

    async def _decisions(
        self,
        workplace: InstalledRepository,
        schedule: str,
        trigger: Every[Any, Any],
        configuration: Configuration,
    ) -> AsyncIterator[Decision]:
        feature = schedule.rpartition(" ")[0]
        section, ports = await self.section_and_ports(workplace, feature, configuration)
        try:
            async for case in trigger.each(section, ports):
                yield Decision(
                    feature=feature,
                    repository=workplace.repository,
                    installation_id=workplace.installation_id,
                    plan=self._decided(trigger, case, section),
                    at=ports.now,
                    number=case.number,
                    recheck=schedule,
                    shadow=decides_in_shadow(feature, self._catalog, configuration),
                )
        except NotRead as unread:
            yield self._unknown(workplace, feature, unread.text)

    def _decided(self, trigger: Every[Any, Any], case: Case[Any], section: Section) -> Plan:
        """What is to be done about one case; where deciding that fails, the others go on."""
        try:
            return trigger.decide(case.facts, section)
        except Exception as error:
            log.exception("case_failed", number=case.number)
            return cannot_tell(say("Something went wrong on my side ({error}).", error=type(error).__name__))

    async def section_and_ports(
        self, workplace: InstalledRepository, feature: str, configuration: Configuration
    ) -> tuple[Section, Ports]:
        """What a schedule's functions get. All open pull requests have to be known for that."""
        ports = await self._ports_factory.ports(
            feature,
            repository=workplace.repository,
            installation_id=workplace.installation_id,
            configuration=configuration,
            whole=True,
        )
        return configuration.section(feature), ports

    async def _write(self, decisions: Sequence[Decision]) -> None:
        """Write decisions together; one built on a record that changed meanwhile waits for the next run."""
        if not decisions:
            return
        try:
            async with self._store.transaction() as connection:
                await persist(connection, self._store, decisions, now=self._clock())
        except Conflict as conflict:
            if len(decisions) == 1:
                log.info("decision_left_for_next_run", why=str(conflict), number=decisions[0].number)
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
