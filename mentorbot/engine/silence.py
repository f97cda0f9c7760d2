"""What is left unsaid just before it would be said, whatever feature wants to say it.

Whoever wants to be left alone is told nothing and asked nothing, and what tells several people goes on for
the others. Nothing is said where there is silence: in a thread or repository in which somebody asked for it,
and where a thread is closed, locked, junk, or too new; nor is what another bot says on the same occasion.
What a command led to was asked for, and is done; what only takes back or puts away, and labels, which speak
to nobody, go on.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from cachetools import TTLCache

from mentorbot.config.configuration import Configuration
from mentorbot.core.actions import (
    Action,
    CloseIssue,
    Comment,
    EditComment,
    EditIssue,
    Occasion,
    OpenIssue,
    RequestReview,
)
from mentorbot.core.errors import Impossible
from mentorbot.core.markdown import code
from mentorbot.core.translator import say, say_day
from mentorbot.db.connection import AsyncConnection
from mentorbot.db.effects import Effect
from mentorbot.db.held_greetings import KEPT as GREETINGS_KEPT
from mentorbot.db.people import ids_of
from mentorbot.db.repositories import InstalledRepository
from mentorbot.db.silence import Surroundings, left_alone_among
from mentorbot.db.store import Store
from mentorbot.domain.anonymization import mentioned, without_notifying
from mentorbot.engine.forgotten_people import notified
from mentorbot.engine.github_client import AppClient
from mentorbot.engine.other_bots import bot_that_does_it
from mentorbot.engine.priorities import own_lane
from mentorbot.engine.retries import RetryLater
from mentorbot.feature_api.muting import FOR_EVER, Mute, Pause
from mentorbot.feature_api.records import typed

_SAYS = Comment | RequestReview | OpenIssue | EditIssue | CloseIssue | EditComment
_TEXTS = ("title", "body")
_LOOKED_UP_AT_ONCE = 20
_LOOK_AGAIN = timedelta(minutes=10)

Names = Mapping[str, frozenset[int] | None]
"""Who has a login (in small letters), as GitHub says: nobody, or None where it was not asked."""


class LeftUnsaid(Exception):  # noqa: N818 - says what is the case, as callers read it
    """This is not to be said (any more); the message says why."""


class Discretion:
    """Knows what is to be left unsaid."""

    def __init__(self, *, store: Store, app: AppClient) -> None:
        self._store = store
        self._app = app
        self._known: TTLCache[str, frozenset[int]] = TTLCache(maxsize=1000, ttl=3600)

    async def names_in(self, action: Action, workplace: InstalledRepository) -> Names:
        """Who is behind the names that an action tells and we never met; GitHub is asked.

        Only while there is anybody who wants to be left alone.
        """
        if not isinstance(action, _SAYS) or not await self._store.silence.anybody_left_alone():
            return {}
        names = _names(action) - {person.login.lower() for person in notified(action)}
        async with self._store.database.reading() as connection:
            met = await ids_of(connection, names) if names else {}
        unknown = sorted(names - met.keys())
        reader = self._app.reader(workplace.installation_id, workplace.repository)
        for login in [one for one in unknown if one not in self._known][:_LOOKED_UP_AT_ONCE]:
            try:
                found = await reader.account(login)
            except Impossible:  # no name that anybody can have
                found = None
            self._known[login] = frozenset({found.id} if found is not None else ())
        return {login: self._known.get(login) for login in unknown}

    async def what_may_be_said(
        self,
        connection: AsyncConnection,
        effect: Effect,
        action: Action,
        *,
        names: Names,
        configuration: Configuration,
        now: datetime,
    ) -> Action:
        """The action, for those who want to hear of it. Nothing about that changes until it is begun.

        Raises LeftUnsaid, and RetryLater where it is to be said later.
        """
        if not isinstance(action, _SAYS):
            return action
        here = await self._store.silence.surroundings(connection, effect)
        _check_silence(here, effect, action, now)
        if isinstance(action, Comment | RequestReview) and not effect.asked:
            _check_thread(here, effect, configuration, now)
            _leave_to_other_bots(here, action, configuration)
        if not here.anybody:
            return action
        return await _for_the_others(connection, here, effect, action, names)


def _check_silence(here: Surroundings, effect: Effect, action: Action, now: datetime) -> None:
    """Keep quiet where somebody asked for that."""
    for record in here.silences:
        is_mute = record.kind == Mute.KIND
        until = typed(record, Mute).value.ends if is_mute else typed(record, Pause).value.until
        if until <= now:
            continue
        if is_mute:
            if effect.occasion not in {None, Occasion.ANSWER}:
                raise LeftUnsaid(_muted(until))
        elif effect.asked or isinstance(action, CloseIssue | EditComment):
            continue
        elif isinstance(action, OpenIssue | EditIssue):
            # What it tells stays true, and the next telling builds on it.
            raise RetryLater(_paused(until), after=min(until - now, _LOOK_AGAIN), lock=own_lane(effect))
        else:
            raise LeftUnsaid(_paused(until))


def _muted(until: datetime) -> str:
    if until == FOR_EVER:
        return say("held back, as silence was asked for here for good")
    return say("held back, as silence was asked for here until {day}", day=say_day(until))


def _paused(until: datetime) -> str:
    return say("held back, as this whole repository is paused until {day}", day=say_day(until))


def _check_thread(here: Surroundings, effect: Effect, configuration: Configuration, now: datetime) -> None:
    """Nothing is said in threads that are over, junk, or too new to tell."""
    if here.opened_at is None:  # it was never heard of
        return
    if here.closed_at is not None and effect.occasion is not Occasion.CELEBRATION:
        raise LeftUnsaid(say("it is closed by now, and I say nothing in closed threads"))
    if here.locked:
        raise LeftUnsaid(say("it is locked, and I say nothing in locked threads"))
    label = configuration.ignore.label_among(here.labels)
    if label is not None:
        raise LeftUnsaid(say("it has the label “{label}”, and I say nothing where that is", label=label))
    if effect.occasion is Occasion.GREETING and now - here.opened_at > GREETINGS_KEPT:
        raise LeftUnsaid(say("it is too late for a greeting by now"))
    if configuration.settle is not None:
        from_then_on = configuration.settle.after(here.opened_at, configuration.calendar)
        if now < from_then_on:
            why = say("it is new, and I wait a little before I say anything")
            raise RetryLater(why, after=from_then_on - now, lock=own_lane(effect))


def _leave_to_other_bots(here: Surroundings, action: Action, configuration: Configuration) -> None:
    """Nobody hears the same from two bots."""
    bot = bot_that_does_it(action, here, configuration)
    if bot is not None:
        # Translators: {file} is by which that other bot is set up.
        raise LeftUnsaid(say("held back, as another bot does the same here: see {file}", file=code(bot.path)))


async def _for_the_others(
    connection: AsyncConnection, here: Surroundings, effect: Effect, action: Action, names: Names
) -> Action:
    """The action without those who want to be left alone. Raises LeftUnsaid where it is for nobody else."""
    ids = await _ids_in(connection, action, names)
    people = {*effect.people, *(person.id for person in notified(action))}.union(*filter(None, ids.values()))
    people |= {here.author_id} if here.author_id is not None else set()
    alone = await left_alone_among(connection, people)
    if effect.key.startswith("answers/"):  # whoever asked is answered
        alone -= {person.id for person in notified(action)}
    elif _is_for(action, alone, ids, here):
        raise LeftUnsaid(say("whoever it was for wants to be left alone"))
    logins = [login for login, who in ids.items() if who is None or who & alone]
    changed: dict[str, Any] = {
        name: without_notifying(getattr(action, name), logins) for name in _TEXTS if hasattr(action, name)
    }
    if isinstance(action, Comment):
        changed["mentions"] = tuple(person for person in action.mentions if person.id not in alone)
    return replace(action, **changed)


async def _ids_in(
    connection: AsyncConnection, action: Action, names: Names
) -> dict[str, frozenset[int] | None]:
    """Whom an action tells, by the login with which it does: several, where one was handed on.

    None is for those of whom nobody knows.
    """
    ids: dict[str, frozenset[int] | None] = {
        person.login.lower(): frozenset({person.id}) for person in notified(action)
    }
    others = _names(action) - ids.keys()
    met = await ids_of(connection, others) if others else {}
    if others - met.keys() - names.keys():  # nobody wanted to be left alone a moment ago
        raise RetryLater(say("whom it names is looked up first"), after=timedelta(0))
    return {**ids, **{login: met.get(login) or names[login] for login in others}}


def _is_for(
    action: Action, alone: Collection[int], ids: Mapping[str, frozenset[int] | None], here: Surroundings
) -> bool:
    """True where there is nobody for whom an action would go on without these."""
    if isinstance(action, RequestReview):
        return action.reviewer is not None and action.reviewer.id in alone
    is_theirs = isinstance(action, OpenIssue) or (
        isinstance(action, Comment) and action.occasion in {Occasion.GREETING, Occasion.CELEBRATION}
    )
    if is_theirs and any(_is_named(id_, action.key) for id_ in alone):
        return True
    if not isinstance(action, Comment):
        return False
    told = [frozenset({person.id}) for person in action.mentions]
    told = told or [who for who in ids.values() if who]
    if not told:  # it speaks to whoever opened the thread
        return here.author_id in alone
    return all(not who.isdisjoint(alone) for who in told)


def _is_named(id_: int, key: str) -> bool:
    return re.search(rf"(?<![0-9A-Za-z]){id_}(?![0-9A-Za-z])", key) is not None


def _names(action: Action) -> frozenset[str]:
    return frozenset[str]().union(*(mentioned(getattr(action, name, "")) for name in _TEXTS))
