"""Finds somebody else who could review: whom the config names next, else who knows the matter best."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta

from mentorbot.config.principals import Principal, resolve_principals
from mentorbot.core.people import Person
from mentorbot.domain.expertise import opening_of, rank_reviewers
from mentorbot.features.stalled.looking import Circumstances
from mentorbot.features.stalled.quiet import MENTIONS_A_DAY, Helper, Quiet

_MOST_TRIED = 8  # of those who know the matter: most of the best may be asked
_DAY = timedelta(days=1)


class Helpers:
    """Looks for helpers during one sweep, remembering what it learned about people."""

    def __init__(self, here: Circumstances) -> None:
        self._here = here
        self._reviewers = here.config.reviewers
        self._named: dict[Principal, tuple[Person, ...]] = {}
        self._known: dict[Person, bool] = {}
        self._given: Counter[Person] = Counter()

    async def find(self, quiet: Quiet, chosen: Helper | None = None) -> Helper | None:
        """Somebody who isn't part of it yet, is there, and wasn't mentioned too often today.

        The one `chosen` for this nudge before stays, as long as all that is still true.
        """
        if chosen is not None and (chosen.person is None or await self._fits(chosen.person)):
            return chosen
        part_of_it = _part_of(quiet)
        async for helper in self._proposed(quiet):
            if helper.person is None:
                return helper
            if helper.person not in part_of_it and await self._fits(helper.person):
                self._given[helper.person] += 1
                return helper
        return None

    async def _proposed(self, quiet: Quiet) -> AsyncIterator[Helper]:
        for whom in self._reviewers.then:
            if whom.team and whom.team not in quiet.turn.teams:
                yield Helper(team=whom.team)
            if whom.login:
                for person in await self._people(whom):
                    yield Helper(person=person)
        timeline = await self._here.ports.timelines.get(quiet.number)
        if timeline is None:
            return
        past = await self._here.ports.people.expertise()
        pool = [person for whom in self._reviewers.pool for person in await self._people(whom)]
        ranked = rank_reviewers(
            opening_of(timeline),
            past,
            now=self._here.ports.now,
            candidates=pool if self._reviewers.pool else tuple(past.reviews),
            exclude=_part_of(quiet),
        )
        for one in ranked[:_MOST_TRIED]:
            yield Helper(person=one.person, why=str(one.reasons[0]) if one.reasons else "")

    async def _fits(self, person: Person) -> bool:
        if self._here.rules.is_bot(person):
            return False
        if person not in self._known:
            self._known[person] = await self._may_be_asked(person)
        if not self._known[person]:
            return False
        ports = self._here.ports
        mentioned = await ports.journal.mentions_since(person, ports.now - _DAY)
        return mentioned + self._given[person] < MENTIONS_A_DAY

    async def _may_be_asked(self, person: Person) -> bool:
        """True for who isn't away and whom GitHub lets us ask: two questions, once per person and sweep."""
        github = self._here.ports.github
        return await github.can_be_asked_to_review(person) and not await github.away([person])

    async def _people(self, whom: Principal) -> tuple[Person, ...]:
        if whom not in self._named:
            self._named[whom] = await resolve_principals([whom], self._here.ports.github)
        return self._named[whom]


def _part_of(quiet: Quiet) -> frozenset[Person]:
    """Those who have a part in it already: its author, and who was asked or has answered."""
    author = (quiet.author,) if quiet.author is not None else ()
    return frozenset((*author, *quiet.party, *quiet.asked))
