"""Decides an effect anew that could not be done for a while, by what its delivery and the world say now."""

from __future__ import annotations

from mentorbot.config.configuration import Configuration
from mentorbot.core.actions import Action
from mentorbot.db.effects import Effect
from mentorbot.db.store import Store
from mentorbot.engine.decide import Decider
from mentorbot.engine.parse_delivery import parse_delivery
from mentorbot.github.json_reader import UnexpectedJson

_NOT_KEPT = "what it was about is not kept any more"


class Redecision:
    """Asks features once more about a delivery, for one effect: nothing else of what they say is done."""

    def __init__(self, *, store: Store, decider: Decider) -> None:
        self._store = store
        self._decider = decider

    async def action(self, effect: Effect, configuration: Configuration) -> tuple[Action | None, str]:
        """The action as the rule wants it now, and its reason; None where it wants none any more.

        Raises what asking GitHub raises.
        """
        id_ = effect.delivery or ""
        delivery = (await self._store.deliveries.load([id_])).get(id_)
        if delivery is None:  # it came from elsewhere: there is nothing to hold it against
            return effect.action, effect.because
        try:
            events = parse_delivery(delivery).events
        except UnexpectedJson:
            return None, _NOT_KEPT
        prefix, because = f"{effect.feature}/{effect.repository_id}/", "this is switched off here now"
        for part in await self._decider.parts(events, configuration):
            if part.feature != effect.feature:
                continue
            decision = await self._decider.decide(part, configuration)
            because = decision.plan.because
            for action in decision.actions:
                if prefix + action.key == effect.key:
                    return action, because
        return None, because
