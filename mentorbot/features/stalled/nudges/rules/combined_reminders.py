"""Combines a morning's reminders: nobody is mentioned too often, the rest is told in one that is written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from mentorbot.core.nudge_limits import MENTIONS_A_DAY
from mentorbot.core.people import Person
from mentorbot.core.translator import phrase, say
from mentorbot.domain.turns import Holder
from mentorbot.features.stalled.nudges.candidate import Candidate, CombinedPullRequest
from mentorbot.features.stalled.records import ToldElsewhere

ENOUGH_TODAY = phrase("Enough reminders are chosen here for today, so this one comes on a later day")
"""To be said."""


def combine_reminders(
    due: Iterable[tuple[Candidate, int]], *, mentioned: Mapping[Person, int], room: int
) -> tuple[Candidate, ...]:
    """The same pull requests, each with what is to become of it today.

    `due` comes in the order in which they are looked at, each with the rung that is due.

    An author with more of them than may be mentioned is told of the rest in the last nudge they get.
    `mentioned` is how often people were mentioned in the last 24 hours, `room` how many nudges there may be.
    """
    budget = NudgeBudget(mentioned=mentioned, room=room)
    for candidate, rung in due:
        budget.take(candidate, rung)
    return budget.shared_out()


class NudgeBudget:
    """What may be said on a morning, less what was given out so far: whoever is taken first gets it.

    `chosen` are those that were given room earlier on the same day.
    """

    def __init__(
        self, *, mentioned: Mapping[Person, int], room: int, chosen: Collection[int] = frozenset()
    ) -> None:
        self.picked: list[int] = []
        self._chosen = chosen
        self._mentioned = dict(mentioned)
        self._room = room
        self._taken: list[Candidate] = []
        self._carriers: dict[Person, tuple[int, str]] = {}
        self._carried: dict[Person, list[CombinedPullRequest]] = {}

    def has_room_for(self, candidate: Candidate) -> bool:
        return self._room > 0 or candidate.number in self._chosen

    def learn(self, person: Person, mentioned: int) -> None:
        """How often somebody was mentioned in the last 24 hours, before this morning."""
        self._mentioned.setdefault(person, mentioned)

    def knows(self, person: Person) -> bool:
        """True where it is known how often somebody was mentioned."""
        return person in self._mentioned

    def seen(self, candidate: Candidate) -> Candidate:
        """The same, with those of its people who were mentioned often enough."""
        return replace(
            candidate, mentioned_enough=frozenset(filter(self._was_mentioned_enough, candidate.party))
        )

    def keep(self, candidate: Candidate) -> None:
        """Take one of which nothing comes: it takes nobody's place."""
        self._taken.append(candidate)

    def take(self, candidate: Candidate, rung: int) -> None:
        if candidate.is_muted or (
            candidate.turn.holder is Holder.AUTHOR and candidate.author in candidate.away
        ):
            self.keep(candidate)
        elif candidate.turn.holder is Holder.AUTHOR:
            self._take_authors(candidate, rung)
        else:
            self._take_reviewers(candidate)

    def shared_out(self) -> tuple[Candidate, ...]:
        """All of them, with what is told besides in the nudges that carry it."""
        for author, (place, _) in self._carriers.items():
            others = tuple(sorted(self._carried.get(author, ()), key=lambda other: other.number))
            self._taken[place] = replace(self._taken[place], others=others)
        return tuple(self._taken)

    def _take_authors(self, candidate: Candidate, rung: int) -> None:
        author = candidate.author
        if author is None or self._was_mentioned_enough(author):
            self._carry(candidate, rung)
        elif self._pick(candidate):
            self._mention(author)
            self._carriers[author] = len(self._taken), candidate.key(rung)
            self._taken.append(candidate)

    def _carry(self, candidate: Candidate, rung: int) -> None:
        """Tell of it in the author's last nudge of today; tomorrow, where there was none today."""
        carrier = self._carriers.get(candidate.author) if candidate.author is not None else None
        if carrier is None or candidate.author is None:
            self._taken.append(self.seen(candidate))
            return
        place, key = carrier
        other = CombinedPullRequest(candidate.number, candidate.url, candidate.title)
        self._carried.setdefault(candidate.author, []).append(other)
        self._taken.append(replace(candidate, told_in=ToldElsewhere(self._taken[place].number, key, rung)))

    def _take_reviewers(self, candidate: Candidate) -> None:
        candidate = self.seen(candidate)
        if self._pick(candidate):
            second = candidate.second_reviewer
            asked = candidate.within_reach if second is None else (second.person,)
            for person in filter(None, asked):
                self._mention(person)
            self._taken.append(candidate)

    def _pick(self, candidate: Candidate) -> bool:
        if not self.has_room_for(candidate):
            self._taken.append(replace(candidate, put_off=say(ENOUGH_TODAY)))
            return False
        self._room -= candidate.number not in self._chosen
        self.picked.append(candidate.number)
        return True

    def _was_mentioned_enough(self, person: Person) -> bool:
        return self._mentioned.get(person, 0) >= MENTIONS_A_DAY

    def _mention(self, person: Person) -> None:
        self._mentioned[person] = self._mentioned.get(person, 0) + 1
