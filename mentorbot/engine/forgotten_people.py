"""Who is told of in decisions, before they are written down; those who asked to be forgotten are left out.

Whom a decision is about is declared by its rule, its records and the people it notifies; whom its texts name
with an @ is looked up.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from mentorbot.core.actions import Action, Answer, Comment, Doable, Remember, RequestReview
from mentorbot.core.people import Person
from mentorbot.core.translator import say, speaking
from mentorbot.db.connection import AsyncConnection
from mentorbot.db.erasure import drop_payloads
from mentorbot.db.forget_list import forgotten_among
from mentorbot.db.people import ids_of
from mentorbot.domain.anonymization import FORGOTTEN, mentioned, without_names
from mentorbot.engine.decide import Decision

_TEXTS = ("key", "body", "title", "summary", "text")


async def without_forgotten_people(
    connection: AsyncConnection, decisions: Sequence[Decision]
) -> list[Decision]:
    """The decisions, each with everybody it tells of.

    What would be done to, or written about, somebody who asked to be forgotten is taken out, and where others
    are told of them, their name.
    """
    drafts = [_Draft.of(decision) for decision in decisions]
    wanted = {login for draft in drafts for login in draft.unknown}
    known = await ids_of(connection, wanted) if wanted else {}
    told = [draft.told(known) for draft in drafts]
    forgotten = await forgotten_among(connection, (id_ for draft in told for id_ in draft.everybody))
    theirs = [
        draft.decision.delivery
        for draft in told
        if draft.decision.delivery and draft.decision.event and draft.decision.event.by.id in forgotten
    ]
    if theirs:
        await drop_payloads(connection, theirs)
    return [draft.without(forgotten) for draft in told]


@dataclass(frozen=True, slots=True)
class _Draft:
    """A decision; who was met on the way to it, by login; whom it tells of; the logins in its texts."""

    decision: Decision
    met: Mapping[str, int]
    people: frozenset[int]
    logins: frozenset[str]

    @classmethod
    def of(cls, decision: Decision) -> _Draft:
        actions = decision.actions
        told = [person for action in actions for person in notified(action)]
        event = decision.event
        author = getattr(getattr(event, "thread", None), "author", None)
        met = (decision.person, event.by if event is not None else None, author, *told)
        remembered = (a.people for a in decision.plan.actions if isinstance(a, Remember))
        texts = [decision.plan.because, *(text for action in actions for text in _texts(action))]
        return cls(
            decision,
            {person.login.lower(): person.id for person in met if person is not None},
            frozenset(decision.plan.about).union((person.id for person in told), *remembered),
            frozenset[str]().union(*map(mentioned, texts)),
        )

    @property
    def unknown(self) -> frozenset[str]:
        """Logins of people whom nobody met on the way."""
        return self.logins - self.met.keys()

    @property
    def everybody(self) -> frozenset[int]:
        """Everybody it tells of, and whose act it is about."""
        person = self.decision.person
        return self.people | ({person.id} if person is not None else frozenset())

    def told(self, known: Mapping[str, frozenset[int]]) -> _Draft:
        """The draft with those whom its texts name."""
        named = {id_ for login in self.unknown for id_ in known.get(login, ())}
        named |= {self.met[login] for login in self.logins & self.met.keys()}
        met = {**self.met, **{login: id_ for login in self.unknown for id_ in known.get(login, ())}}
        return replace(self, met=met, people=self.people | named)

    def without(self, forgotten: Collection[int]) -> Decision:
        gone = self.everybody & frozenset(forgotten)
        people = tuple(sorted(self.people - gone))
        decision, plan = self.decision, self.decision.plan
        if not gone:
            return replace(decision, people=people)
        logins = [login for login, id_ in self.met.items() if id_ in gone]
        is_theirs = decision.person is not None and decision.person.id in gone
        left = tuple(
            _nameless(action, logins)
            for action in plan.actions
            if not _is_for(action, gone) and not (is_theirs and isinstance(action, Answer))
        )
        because = without_names(plan.because, logins)
        if len(left) < len(plan.actions):
            with speaking(decision.translator):
                left_out = say("left out, as it would be about {person}", person=say(FORGOTTEN))
            because += f"; {left_out}"
        return replace(
            decision,
            plan=replace(plan, actions=left, because=because),
            person=None if is_theirs else decision.person,
            people=people,
        )


def notified(action: Action) -> Iterator[Person]:
    """Whom GitHub tells of an action."""
    if isinstance(action, Comment):
        yield from action.mentions
    elif isinstance(action, RequestReview) and action.reviewer is not None:
        yield action.reviewer


def _texts(action: Doable) -> Iterator[str]:
    for field in fields(action):
        if field.name in _TEXTS:
            yield getattr(action, field.name)


def _nameless(action: Doable, logins: Sequence[str]) -> Doable:
    """The action without their names. Keys are facts, and records are left to who keeps them."""
    if not isinstance(action, Action | Answer):
        return action
    texts = {f.name: getattr(action, f.name) for f in fields(action) if f.name in _TEXTS[1:]}
    changed: dict[str, Any] = {name: without_names(text, logins) for name, text in texts.items()}
    return replace(action, **changed)


def _is_for(action: Doable, gone: Collection[int]) -> bool:
    """True where an action would notify one of them, or its key names them."""
    if not isinstance(action, Action):
        return False
    return any(person.id in gone for person in notified(action)) or any(
        re.search(rf"(?<![0-9A-Za-z]){id_}(?![0-9A-Za-z])", action.key) for id_ in gone
    )
