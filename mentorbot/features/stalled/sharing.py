"""Shares a morning's nudges out: nobody is mentioned too often, nothing is said to too many at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from mentorbot.core.people import Person
from mentorbot.domain.turns import Holder
from mentorbot.features.stalled.quiet import MENTIONS_A_DAY, Other, Quiet, Told

ENOUGH_TODAY = "Enough was said here today; those that have waited longer come first"


def share_out(
    due: Iterable[tuple[Quiet, int]], *, mentioned: Mapping[Person, int], room: int
) -> tuple[Quiet, ...]:
    """The same pull requests, each with what is to become of it today. `due` comes with the rung that is due.

    An author with more of them than may be mentioned is told of the rest in the last nudge they get.
    `mentioned` is how often people were mentioned in the last 24 hours, `room` how many nudges there may be.
    """
    morning = Morning(mentioned=mentioned, room=room)
    for quiet, rung in in_turn(due):
        morning.take(quiet, rung)
    return morning.shared_out()


def in_turn(due: Iterable[tuple[Quiet, int]]) -> list[tuple[Quiet, int]]:
    """Those that have waited longest first."""
    return sorted(due, key=lambda one: (one[0].silence.since, one[0].number))


class Morning:
    """What has been given out so far. Take those that are due in turn, longest first."""

    def __init__(self, *, mentioned: Mapping[Person, int], room: int) -> None:
        self._mentioned = dict(mentioned)
        self._room = room
        self._taken: list[Quiet] = []
        self._carriers: dict[Person, tuple[int, str]] = {}
        self._carried: dict[Person, list[Other]] = {}

    @property
    def has_room(self) -> bool:
        """False once there was enough for today."""
        return self._room > 0

    def learn(self, person: Person, mentioned: int) -> None:
        """How often somebody was mentioned in the last 24 hours, before this morning."""
        self._mentioned.setdefault(person, mentioned)

    def knows(self, person: Person) -> bool:
        """True where it is known how often somebody was mentioned."""
        return person in self._mentioned

    def seen(self, quiet: Quiet) -> Quiet:
        """The same, with those of its people who were mentioned often enough."""
        return replace(quiet, tired=frozenset(filter(self._is_tired, quiet.party)))

    def keep(self, quiet: Quiet) -> None:
        """Take one of which nothing comes: it takes nobody's place."""
        self._taken.append(quiet)

    def take(self, quiet: Quiet, rung: int) -> None:
        """Decide about one more."""
        silent = quiet.muted_until is not None and quiet.muted_until > quiet.silence.now
        if silent or (quiet.turn.holder is Holder.AUTHOR and quiet.author in quiet.away):
            self.keep(quiet)
        elif quiet.turn.holder is Holder.AUTHOR:
            self._take_authors(quiet, rung)
        else:
            self._take_reviewers(quiet)

    def shared_out(self) -> tuple[Quiet, ...]:
        """All of them, with what is told besides in the nudges that carry it."""
        for author, (place, _) in self._carriers.items():
            others = tuple(self._carried.get(author, ()))
            self._taken[place] = replace(self._taken[place], others=others)
        return tuple(self._taken)

    def _take_authors(self, quiet: Quiet, rung: int) -> None:
        author = quiet.author
        if author is None or self._is_tired(author):
            self._carry(quiet)
        elif self._has_room(quiet):
            self._mention(author)
            self._carriers[author] = len(self._taken), quiet.key(rung)
            self._taken.append(quiet)

    def _carry(self, quiet: Quiet) -> None:
        """Tell of it in the author's last nudge of today; tomorrow, where there was none today."""
        carrier = self._carriers.get(quiet.author) if quiet.author is not None else None
        if carrier is None or quiet.author is None:
            tired = frozenset({quiet.author}) if quiet.author is not None else frozenset()
            self._taken.append(replace(quiet, tired=tired))
            return
        place, key = carrier
        other = Other(quiet.number, quiet.url, quiet.title)
        self._carried.setdefault(quiet.author, []).append(other)
        self._taken.append(replace(quiet, told_in=Told(self._taken[place].number, key)))

    def _take_reviewers(self, quiet: Quiet) -> None:
        quiet = self.seen(quiet)
        if self._has_room(quiet):
            helper = quiet.helper.person if quiet.helper is not None else None
            for person in quiet.within_reach if quiet.helper is None else ():
                self._mention(person)
            if helper is not None:
                self._mention(helper)
            self._taken.append(quiet)

    def _has_room(self, quiet: Quiet) -> bool:
        if self._room <= 0:
            self._taken.append(replace(quiet, put_off=ENOUGH_TODAY))
            return False
        self._room -= 1
        return True

    def _is_tired(self, person: Person) -> bool:
        return self._mentioned.get(person, 0) >= MENTIONS_A_DAY

    def _mention(self, person: Person) -> None:
        self._mentioned[person] = self._mentioned.get(person, 0) + 1
