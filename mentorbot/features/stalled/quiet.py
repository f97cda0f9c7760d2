"""What is known of a pull request when it is decided whether somebody is to be nudged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mentorbot.core.people import Person
from mentorbot.domain.turns import Holder, Turn
from mentorbot.features.stalled.config import Author, Reviewers, Stalled
from mentorbot.features.stalled.ladder import Silence
from mentorbot.features.stalled.notes import key_of
from mentorbot.features.stalled.projection import Projection
from mentorbot.features.stalled.whose import Situation

MENTIONS_A_DAY = 3
"""How often somebody may be mentioned by nudges in 24 hours, over all repositories."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Helper:
    """Somebody else who could review: a person or a team (slug). `why` goes on after a name."""

    person: Person | None = None
    team: str = ""
    why: str = ""
    key: str = ""  # of the nudge they were found for


@dataclass(frozen=True, slots=True)
class Other:
    """Another pull request of the same author that waits for them, told in the same comment."""

    number: int
    url: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """A pull request nobody may have touched for a while.

    `asked` are those GitHub lists as asked for a review; `approvers` whose approval it rests on; `insiders`
    those of its people who belong to the project. `away` say so in their status; `tired` were mentioned often
    enough today. `others` are told of in this one's nudge; `told_in` is where this one is told of. `put_off`
    is why there is no nudge today. `slash` is how commands start here, `owner` whose teams there are.
    """

    number: int
    url: str
    title: str
    author: Person | None
    turn: Turn
    silence: Silence
    situation: Situation
    projection: Projection
    is_draft: bool = False
    asked: frozenset[Person] = frozenset()
    approvers: tuple[Person, ...] = ()
    insiders: frozenset[Person] = frozenset()
    muted_until: datetime | None = None
    away: frozenset[Person] = frozenset()
    tired: frozenset[Person] = frozenset()
    helper: Helper | None = None
    others: tuple[Other, ...] = ()
    told_in: Told | None = None
    put_off: str = ""
    slash: str = "/"
    has_mentoring: bool = False
    owner: str = ""

    def patience(self, config: Stalled) -> Author | Reviewers | None:
        """How patient one is with the party whose turn it is; None where it is never nudged."""
        if self.turn.holder is Holder.AUTHOR and config.author.nudge:
            return config.author
        if self.turn.holder is Holder.REVIEWERS and config.reviewers.nudge:
            return config.reviewers
        return None

    def key(self, rung: int) -> str:
        """The key of a nudge of the present turn."""
        return key_of(self.number, self.turn, rung)

    @property
    def party(self) -> tuple[Person, ...]:
        """The people whose move it is, as far as they are known by name."""
        if self.turn.holder is Holder.AUTHOR:
            return (self.author,) if self.author is not None else ()
        if self.turn.holder is not Holder.REVIEWERS:
            return ()
        return self.approvers if self.situation is Situation.MERGE else self.turn.reviewers

    @property
    def told(self) -> tuple[int, ...]:
        """Everybody, by id, of whom anything said about its turn tells."""
        people = (self.author, *self.turn.named, *self.turn.reviewers, *self.approvers)
        return tuple(dict.fromkeys(person.id for person in people if person is not None))

    @property
    def within_reach(self) -> tuple[Person, ...]:
        """Those of them who are neither away nor mentioned often enough today, the helper left out.

        Nor is anybody who asked to be forgotten.
        """
        helper = self.helper.person if self.helper is not None else None
        out_of_reach = self.away | self.tired
        return tuple(
            one for one in self.party if one not in out_of_reach and one != helper and not one.is_nameless
        )


@dataclass(frozen=True, slots=True)
class Told:
    """Where an author is told of a pull request besides another one: its number, and its nudge's key."""

    number: int
    key: str
