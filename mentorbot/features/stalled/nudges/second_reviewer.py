"""Finds somebody else who could review: whom the config names next, else who knows the matter best."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta

from mentorbot.config.principals import Principal, resolve_principals
from mentorbot.core.nudge_limits import MENTIONS_A_DAY
from mentorbot.core.people import Person
from mentorbot.domain.expertise import opening_of, rank_reviewers
from mentorbot.features.stalled.nudges.candidate import Candidate
from mentorbot.features.stalled.records import SecondReviewer
from mentorbot.features.stalled.turn.facts import RepositoryContext

_MOST_TRIED = 8  # of those who know the matter: most of the best may be asked
_DAY = timedelta(days=1)


class SecondReviewers:
    """Looks for them during one sweep, remembering what it learned about people."""

    def __init__(self, context: RepositoryContext) -> None:
        self._context = context
        self._reviewers = context.config.reviewers
        self._named: dict[Principal, tuple[Person, ...]] = {}
        self._known: dict[Person, bool] = {}
        self._given: Counter[Person] = Counter()

    async def find(self, candidate: Candidate, chosen: SecondReviewer | None = None) -> SecondReviewer | None:
        """Somebody who isn't part of it yet, is there, and wasn't mentioned too often today.

        The one `chosen` for this nudge before stays, as long as all that is still true.
        """
        if chosen is not None and (chosen.person is None or await self._fits(chosen.person)):
            return chosen
        part_of_it = _part_of(candidate)
        async for second in self._proposed(candidate):
            if second.person is None:
                return second
            if second.person not in part_of_it and await self._fits(second.person):
                self._given[second.person] += 1
                return second
        return None

    async def _proposed(self, candidate: Candidate) -> AsyncIterator[SecondReviewer]:
        for whom in self._reviewers.then:
            # A team that nobody can be seen in can't be asked: it isn't there, or we may not know of it.
            if whom.team and whom.team not in candidate.turn.teams and await self._people(whom):
                yield SecondReviewer(team=whom.team)
            if whom.login:
                for person in await self._people(whom):
                    yield SecondReviewer(person=person)
        timeline = await self._context.ports.timelines.get(candidate.number)
        if timeline is None:
            return
        past = await self._context.ports.people.expertise()
        pool = [person for whom in self._reviewers.pool for person in await self._people(whom)]
        ranked = rank_reviewers(
            opening_of(timeline),
            past,
            now=self._context.ports.now,
            candidates=pool if self._reviewers.pool else tuple(past.reviews),
            exclude=_part_of(candidate),
        )
        for one in ranked[:_MOST_TRIED]:
            yield SecondReviewer(person=one.person)

    async def _fits(self, person: Person) -> bool:
        if self._context.rules.is_bot(person):
            return False
        if person not in self._known:
            self._known[person] = await self._may_be_asked(person)
        if not self._known[person]:
            return False
        ports = self._context.ports
        mentioned = await ports.journal.mentions_since(person, ports.now - _DAY)
        return mentioned + self._given[person] < MENTIONS_A_DAY

    async def _may_be_asked(self, person: Person) -> bool:
        """True for who isn't away and whom GitHub lets us ask: two questions, once per person and sweep."""
        github = self._context.ports.github
        return await github.can_be_asked_to_review(person) and not await github.away([person])

    async def _people(self, whom: Principal) -> tuple[Person, ...]:
        if whom not in self._named:
            self._named[whom] = await resolve_principals([whom], self._context.ports.github)
        return self._named[whom]


def _part_of(candidate: Candidate) -> frozenset[Person]:
    """Those who have a part in it already: its author, and who was asked or has answered."""
    author = (candidate.author,) if candidate.author is not None else ()
    return frozenset((*author, *candidate.party, *candidate.asked))
