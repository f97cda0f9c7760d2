"""Asks rules again just before an effect is done, where the world may have changed since they decided."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mentorbot.config.configuration import Configuration
from mentorbot.core.actions import Action
from mentorbot.core.translator import phrase, say, speaking
from mentorbot.db.effects import Effect
from mentorbot.db.repositories import InstalledRepository
from mentorbot.db.store import Store
from mentorbot.domain.anonymization import FORGOTTEN
from mentorbot.engine.decide import Decider
from mentorbot.engine.forgotten_people import notified
from mentorbot.engine.parse_delivery import parse_delivery
from mentorbot.engine.sweep import Sweeper
from mentorbot.engine.tidy import TIDY, Tidier
from mentorbot.feature_api.translation import translator_for
from mentorbot.github.json_reader import UnexpectedJson

_OFF = phrase("this is switched off here now")


class NoLongerWanted(Exception):  # noqa: N818 - says what is the case, as callers read it
    """A rule that wanted an effect no longer does; the message says why."""


def takes_back(how: Mapping[str, Any] | None) -> bool:
    """Whether this is the `recheck` of an effect that takes back what we once put on GitHub."""
    return how is not None and how.get("trigger") == TIDY


class Recheck:
    """Has the rule of an effect decide once more; nothing else of what it says now is done.

    `how` is the effect's `recheck`: by the schedule that led to it (`trigger`), or, for what could not be
    done for long, by its delivery (`anew`). What only takes back is held against what is on GitHub.
    """

    def __init__(self, *, store: Store, decider: Decider, sweeper: Sweeper, tidier: Tidier) -> None:
        self._store = store
        self._decider = decider
        self._sweeper = sweeper
        self._tidier = tidier

    async def action(
        self,
        effect: Effect,
        how: Mapping[str, Any],
        workplace: InstalledRepository,
        configuration: Configuration,
    ) -> Action:
        """The action as its rule wants it now.

        Raises NoLongerWanted, also where it would notify somebody who was forgotten meanwhile, and what
        asking GitHub raises.
        """
        with speaking(translator_for(configuration)):
            if takes_back(how):
                action = await self._unless_others(effect, workplace)
            elif how.get("anew"):
                action = await self._by_delivery(effect, configuration)
            else:
                action = await self._by_schedule(effect, str(how.get("trigger")), workplace, configuration)
        return await self._unless_forgotten(action)

    async def _by_schedule(
        self, effect: Effect, schedule: str, workplace: InstalledRepository, configuration: Configuration
    ) -> Action:
        trigger = dict(self._sweeper.schedules(configuration)).get(schedule)
        if trigger is None:
            raise NoLongerWanted(say(_OFF))
        if trigger.fresh is None:
            return effect.action
        section, ports = await self._sweeper.section_and_ports(workplace, effect.feature, configuration)
        facts = await trigger.fresh(effect.number, section, ports)
        if facts is None:
            raise NoLongerWanted(
                say("a last look before acting showed that there is nothing to do here any more")
            )
        plan = trigger.decide(facts, section)
        for action in plan.actions:
            if isinstance(action, Action) and _is_of(effect, action):
                return action
        raise NoLongerWanted(say("a last look before acting showed: {why}", why=plan.because))

    async def _by_delivery(self, effect: Effect, configuration: Configuration) -> Action:
        id_ = effect.delivery or ""
        delivery = (await self._store.deliveries.load([id_])).get(id_)
        if delivery is None:  # it came from elsewhere: there is nothing to hold it against
            return effect.action
        try:
            events = parse_delivery(delivery).events
        except UnexpectedJson as gone:
            raise NoLongerWanted(say("decided anew: what it was about is not kept any more")) from gone
        because = say(_OFF)
        for part in await self._decider.parts(events, configuration):
            if part.feature != effect.feature:
                continue
            decision = await self._decider.decide(part, configuration)
            because = decision.plan.because
            for action in decision.actions:
                if _is_of(effect, action):
                    return action
        raise NoLongerWanted(say("decided anew: {why}", why=because))

    async def _unless_others(self, effect: Effect, workplace: InstalledRepository) -> Action:
        if why := await self._tidier.why_not(effect.action, workplace):
            raise NoLongerWanted(why)
        return effect.action

    async def _unless_forgotten(self, action: Action) -> Action:
        if await self._store.forgetting.forgotten_among(person.id for person in notified(action)):
            raise NoLongerWanted(say("it would be about {person}", person=say(FORGOTTEN)))
        return action


def _is_of(effect: Effect, action: Action) -> bool:
    return f"{effect.feature}/{effect.repository_id}/{action.key}" == effect.key
