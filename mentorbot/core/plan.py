"""What a rule decides: what to do, and because of what. Doing nothing is a decision too, and says why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mentorbot.core.actions import Answer, Doable
from mentorbot.core.people import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A decision. `because` is one sentence for the journal, understandable to the people it is about.

    `concerns` is False where the event turned out to be none of the feature's business: no journal is filled
    with that. `refuses` tells that it says no to somebody who asked; `unknown` is True where nothing could be
    decided, as what it takes could not be read. `about` is everybody, by id, who is named, or whose words are
    quoted, in `because` and in the actions' texts and keys: those need not be repeated who are named with an
    @, whom a comment notifies, or who are in what is remembered together with it.
    """

    actions: tuple[Doable, ...]
    because: str
    concerns: bool = True
    refuses: bool = False
    unknown: bool = False
    about: tuple[int, ...] = ()

    @property
    def acts(self) -> bool:
        return bool(self.actions)


def plan(*actions: Doable, because: str, about: Iterable[Person | int | None] = ()) -> Plan:
    return Plan(actions=actions, because=because, about=_ids(about))


def leave_alone(because: str, *, about: Iterable[Person | int | None] = ()) -> Plan:
    return Plan(actions=(), because=because, about=_ids(about))


def no_concern_of_ours(because: str) -> Plan:
    """Decide to do nothing about something that only looked like ours; the log knows it, no journal does."""
    return Plan(actions=(), because=because, concerns=False)


def cannot_tell(because: str) -> Plan:
    """Decide nothing, as what it takes could not be read: that is no "nothing to do"."""
    return Plan(actions=(), because=because, unknown=True)


class Refusal(Exception):  # noqa: N818 - it is an answer to a person, not an error
    """Says no to the human who asked, in one sentence that names who can, or what would work.

    `allowed` tells apart 👎 (they may not; False) and 😕 (understood, but impossible; True); `about` is whom
    it names, by id, as in `Plan`.
    """

    def __init__(self, text: str, *, allowed: bool = True, about: tuple[int, ...] = ()) -> None:
        super().__init__(text)
        self.text = text
        self.allowed = allowed
        self.about = about


class NotRead(Refusal):
    """What was asked about could not be read (yet): an empty answer would be a wrong one."""


def refuse(text: str, *, because: str, allowed: bool = True, about: tuple[int, ...] = ()) -> Plan:
    """Decide to say no to the human who asked (the same as raising `Refusal`, for rules)."""
    answer = Answer(reaction="confused" if allowed else "-1", text=text)
    return Plan(actions=(answer,), because=because, refuses=True, about=about)


def _ids(people: Iterable[Person | int | None]) -> tuple[int, ...]:
    ids = (one.id if isinstance(one, Person) else one for one in people if one is not None)
    return tuple(dict.fromkeys(ids))
