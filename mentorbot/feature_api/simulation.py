"""A repository's past, lived through by a feature's own rules: what it would have said, when, and to whom.

What a card brings as `simulates` is given a past, and its facts' questions are answered as they would have
been then. Nothing here decides, or knows a feature.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, Protocol, TypeVar, runtime_checkable

from mentorbot.config.calendar import Calendar
from mentorbot.config.configuration import Configuration
from mentorbot.config.section import Section
from mentorbot.core.actions import Comment, Occasion
from mentorbot.core.events import Event
from mentorbot.core.people import Person
from mentorbot.core.plan import Plan
from mentorbot.domain.turns import Holder, TurnSettings
from mentorbot.feature_api.ports import Catalog, Ports
from mentorbot.feature_api.simulated_repository import Happened, SimulatedRepository
from mentorbot.feature_api.survey import ProjectPast

F = TypeVar("F")
S = TypeVar("S")
C = TypeVar("C", bound=Section)

SOMEBODY_ELSE = Person(id=2**62, login="somebody-else")
"""Who would have been found to do something; who that was can't be told any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WouldSay:
    """A comment that would have been written.

    `key` is its action's, by which a card's `message` names it; `to` are those whom it would have notified,
    `teams` those it would have asked. `side` is whose turn a nudge speaks of. `acted_next` tells whether the
    next human who did anything was of that side, and `answered_after` how long it took the side; None where
    nobody did anything any more. `others` counts what it tells of besides. `is_certain` is false where the
    past wasn't read far enough back to be sure of it.
    """

    at: datetime
    key: str
    number: int
    title: str
    url: str
    author: Person | None
    body: str
    because: str
    occasion: Occasion
    is_pull_request: bool = True
    to: tuple[Person, ...] = ()
    teams: tuple[str, ...] = ()
    side: Holder | None = None
    rung: int = 0
    others: int = 0
    acted_next: bool | None = None
    answered_after: timedelta | None = None
    is_certain: bool = True


@dataclass(frozen=True, slots=True)
class Simulates(Generic[C]):
    """What a card brings: what its comments are written for, and how it lives through a past."""

    occasion: Occasion
    live_through: Callable[[Simulation, C], AsyncIterator[WouldSay]]


@runtime_checkable
class TellsTurns(Protocol):
    """A section that says what decides here whose turn it is."""

    def turn_rules(self) -> TurnSettings: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """What is lived through: a past from `since` on, with a config, and what the cards of all features say.

    `progress` hears of each moment that is reached.
    """

    past: ProjectPast
    configuration: Configuration
    catalog: Catalog
    since: datetime
    progress: Callable[[datetime], None] = lambda _: None

    @property
    def calendar(self) -> Calendar:
        return self.configuration.calendar

    async def played(
        self,
        *events: type[Event],
        ask: Callable[[Any, S, Ports], Awaitable[F]],
        decide: Callable[[F, S], Plan],
        section: S,
    ) -> AsyncIterator[WouldSay]:
        """What facts and rules make of each of these events, oldest first."""
        repository = SimulatedRepository(self.past, self.configuration, self.catalog)
        for event in repository.events(since=self.since):
            if not isinstance(event, events):
                continue
            self.progress(event.at)
            decided = decide(await ask(event, section, repository.ports_at(event.at)), section)
            repository.records.take(decided.actions)
            for action in decided.actions:
                if isinstance(action, Comment):
                    yield _said(event, action, decided, is_certain=self.past.known_since is None)


def _said(event: Happened, comment: Comment, decided: Plan, *, is_certain: bool) -> WouldSay:
    thread = event.thread
    return WouldSay(
        at=event.at,
        key=comment.key,
        number=thread.number,
        title=thread.title,
        url=thread.url,
        author=thread.author,
        body=comment.body,
        because=decided.because,
        occasion=comment.occasion,
        is_pull_request=thread.is_pull_request,
        to=comment.mentions,
        is_certain=is_certain,
    )
