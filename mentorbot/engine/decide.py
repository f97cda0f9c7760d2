"""The second stage: features ask for facts and decide; what they decide is a value."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mentorbot.config.configuration import Configuration
from mentorbot.core.actions import Action, Answer, Doable, Forget, Remember
from mentorbot.core.entities import Repository
from mentorbot.core.events import CommandGiven, Event
from mentorbot.core.people import Person
from mentorbot.core.plan import Plan, Refusal, leave_alone
from mentorbot.core.translator import Translator, say, speaking, translator
from mentorbot.domain.anonymization import FORGOTTEN
from mentorbot.domain.command_parser import BOT
from mentorbot.engine.commands import (
    command_text_in,
    commands_given,
    decide_command,
    might_hold_command,
    reply_actions,
)
from mentorbot.engine.ports import PortsFactory
from mentorbot.engine.shadow import decides_in_shadow, without_answer
from mentorbot.feature_api.feature import Feature, On
from mentorbot.feature_api.feature_catalog import FeatureCatalog
from mentorbot.feature_api.ports import Ports
from mentorbot.feature_api.translation import translator_for

_SHORT = 2048
"""Characters in which commands are looked for at once; the worst that fits into them takes some 25 ms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionPart:
    """One thing to decide about a delivery: an event for a feature's trigger, or a command in it.

    `name` is the same whenever the delivery is worked off again. Parts with a higher `step` are decided after
    the others are written: a second command builds on the first.
    """

    name: str
    step: int
    feature: str
    event: Event
    trigger: On[Any, Any, Any] | None = None
    is_by_somebody_forgotten: bool = False

    @property
    def is_command(self) -> bool:
        """True where somebody waits for its answer."""
        return isinstance(self.event, CommandGiven)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What was decided, by whom, about what. `plan.because` says why, also for doing nothing.

    `people` is everybody of whom anything in it tells, by id; known once it is about to be written down.
    `translator` says what is said of it later: whoever speaks while it is decided. What is decided in
    `shadow` is never done.
    """

    feature: str
    repository: Repository
    installation_id: int
    plan: Plan
    at: datetime
    number: int | None = None
    person: Person | None = None
    delivery: str | None = None
    part: str = ""
    recheck: str | None = None
    event: Event | None = None
    people: tuple[int, ...] = ()
    shadow: bool = False
    translator: Translator = field(default_factory=translator)

    @property
    def actions(self) -> tuple[Action, ...]:
        """What is to be done to the world, answers to commands included."""
        return tuple(itertools.chain.from_iterable(self._world(action) for action in self.plan.actions))

    @property
    def replies(self) -> tuple[Action, ...]:
        """Those of the actions that answer a command: one comment has one answer, whatever is asked in it."""
        answered = (action for action in self.plan.actions if isinstance(action, Answer))
        return tuple(itertools.chain.from_iterable(self._world(action) for action in answered))

    @property
    def records(self) -> tuple[Remember | Forget, ...]:
        return tuple(a for a in self.plan.actions if isinstance(a, Remember | Forget))

    def _world(self, action: Doable) -> tuple[Action, ...]:
        if isinstance(action, Answer):
            if not isinstance(self.event, CommandGiven):
                raise TypeError(f"{self.feature} answers, but nobody gave a command: {self.plan.because}")
            return reply_actions(self.event, action)
        return (action,) if isinstance(action, Action) else ()


def decision_on(part: DecisionPart, plan: Plan, *, at: datetime, shadow: bool = False) -> Decision:
    event = part.event
    thread = getattr(event, "thread", None)
    return Decision(
        feature=part.feature,
        repository=event.repository,
        installation_id=event.installation_id,
        plan=plan,
        at=at,
        number=thread.number if thread is not None else None,
        person=event.by,
        delivery=event.delivery,
        part=part.name,
        event=event,
        shadow=shadow,
    )


class Decider:
    """Knows who listens to what, and has them decide."""

    def __init__(self, *, catalog: FeatureCatalog, ports_factory: PortsFactory) -> None:
        self._catalog = catalog
        self._ports_factory = ports_factory
        self._one_long_text_at_a_time = asyncio.Semaphore()
        default = catalog.default_command
        self._speaks_of_others = default.feature.name if default else BOT
        """In whose name is told what is no feature's: words that nobody understands, people forgotten."""
        self._listeners: list[tuple[Feature[Any], int, On[Any, Any, Any]]] = [
            (feature, index, trigger)
            for feature in catalog.features
            for index, trigger in enumerate(feature.triggers)
            if isinstance(trigger, On)
        ]

    def has_listener(self, events: Sequence[Event]) -> bool:
        """False where no feature listens to any of these, whatever the configuration says."""
        return any(
            might_hold_command(event) or any(isinstance(event, on.event) for _, _, on in self._listeners)
            for event in events
        )

    async def parts(self, events: Sequence[Event], configuration: Configuration) -> list[DecisionPart]:
        """What there is to decide about these events, in order."""
        forgotten = await self._ports_factory.forgotten_among(event.by.id for event in events)
        parts = [
            DecisionPart(
                name=f"{place} by somebody forgotten",
                step=0,
                feature=self._speaks_of_others,
                event=event,
                is_by_somebody_forgotten=True,
            )
            for place, event in enumerate(events)
            if event.by.id in forgotten
        ]
        parts += [
            DecisionPart(
                name=f"{place} {feature.name} {index}",
                step=0,
                feature=feature.name,
                event=event,
                trigger=on,
            )
            for place, event in enumerate(events)
            for feature, index, on in self._listeners
            if isinstance(event, on.event)
            and event.by.id not in forgotten
            and self._is_on_for(feature, configuration)
        ]
        bot = await self._ports_factory.bot() if any(map(might_hold_command, events)) else None
        if bot is None:
            return parts
        given = [
            command
            for event in events
            for command in await self._commands_given(event, configuration, bot)
            if not (command.in_plain_words and event.by.id in forgotten)
        ]
        return parts + [
            DecisionPart(name=f"command {step}", step=step, feature=self._feature_of(command), event=command)
            for step, command in enumerate(given, start=1)
        ]

    async def decide(
        self, part: DecisionPart, configuration: Configuration, *, now: datetime | None = None
    ) -> Decision:
        """Ask and decide. Raises what asking GitHub raises, and whatever is wrong with the feature."""
        event = part.event
        if part.is_by_somebody_forgotten:
            with speaking(translator_for(configuration)):
                because = say("it was done by {person}", person=say(FORGOTTEN))
                return decision_on(part, leave_alone(because), at=self._ports_factory.now(now))
        shadow = decides_in_shadow(part.feature, self._catalog, configuration, event)
        if isinstance(event, CommandGiven) and event.name and not shadow:
            await self._ports_factory.remember_again(event.by, said_at=event.at)
        ports = await self._ports_factory.ports(
            part.feature,
            repository=event.repository,
            installation_id=event.installation_id,
            configuration=configuration,
            now=now,
            whole=isinstance(event, CommandGiven),
        )
        with speaking(translator_for(configuration)):
            plan = await self._plan(part, configuration, ports)
            if shadow and isinstance(event, CommandGiven):
                plan = without_answer(plan)
            return decision_on(part, plan, at=ports.now, shadow=shadow)

    async def _plan(self, part: DecisionPart, configuration: Configuration, ports: Ports) -> Plan:
        event = part.event
        if part.trigger is not None:
            section = configuration.section(part.feature)
            try:
                return part.trigger.decide(await part.trigger.ask(event, section, ports), section)
            except Refusal as refusal:  # nobody asked, so nobody is to be told
                return leave_alone(refusal.text)
        if isinstance(event, CommandGiven):
            listed = self._catalog.command(event.name) if event.name else None
            return await decide_command(event, listed, ports, catalog=self._catalog)
        raise TypeError(f"{part.name} has neither a trigger nor a command")

    async def _commands_given(
        self, event: Event, configuration: Configuration, bot: Person
    ) -> Sequence[CommandGiven]:
        """The commands in an event. Reading 64 KB of Markdown takes a second: nobody else waits for that."""
        words = command_text_in(event)
        if words is None or len(words.text) + len(words.before or "") <= _SHORT:
            return commands_given(event, catalog=self._catalog, configuration=configuration, bot=bot)
        async with self._one_long_text_at_a_time:
            return await asyncio.to_thread(
                commands_given, event, catalog=self._catalog, configuration=configuration, bot=bot
            )

    def _is_on_for(self, feature: Feature[Any], configuration: Configuration) -> bool:
        if feature.without_config and not configuration.exists:
            return True
        return self._catalog.is_on(feature, configuration)

    def _feature_of(self, command: CommandGiven) -> str:
        if command.in_plain_words and self._catalog.plain_words is not None:
            return self._catalog.plain_words[0].name
        listed = self._catalog.command(command.name) if command.name else None
        return listed.feature.name if listed else self._speaks_of_others
