"""What the bot wrote in a story, as its readers find it: whom it is for, and which message it is.

The page docs/what-it-says.md is made of this: every message has to be on a card, or answer a command.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mentorbot.core.actions import (
    AddLabel,
    CloseIssue,
    Comment,
    EditComment,
    EditIssue,
    Occasion,
    OpenIssue,
    PublishCheckRun,
    React,
)
from mentorbot.db.connection import text
from mentorbot.db.effects import Effect, effect_in
from mentorbot.domain.anonymization import FORGOTTEN
from mentorbot.domain.command_parser import commands_in
from mentorbot.feature_api.feature_catalog import FeatureCatalog
from mentorbot.sandbox.simulated_github import SimulatedGitHub
from mentorbot.wiring import Bot
from tests.reading import flaws

LONGEST_WELCOME, LONGEST_NUDGE, LONGEST_REFUSAL = 90, 80, 30
"""Words, of what is shown at once."""

_EFFECTS = text("SELECT *, NULL AS tried_ago FROM effects WHERE key IS NOT NULL ORDER BY id")
_ANSWER = "answer "
_TO_WORDS = re.compile(r"(?P<kind>\w+) (?P<id>\d+), .*", re.DOTALL)
_NO = frozenset({"-1", "confused"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """One text. `commands` are those it answers; `readers` the logins of those it is for."""

    feature: str
    key: str
    body: str
    readers: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    is_for_author: bool = False
    is_refusal: bool = False
    occasion: Occasion | None = None

    @property
    def is_answer(self) -> bool:
        """True where somebody gave a command; what comes later of it has a key of its own."""
        return self.key.startswith(_ANSWER)

    @property
    def most_words(self) -> int | None:
        if self.is_refusal:
            return LONGEST_REFUSAL
        if self.occasion is Occasion.NUDGE:
            return LONGEST_NUDGE
        return LONGEST_WELCOME if self.occasion is Occasion.GREETING else None

    @property
    def flaws(self) -> list[str]:
        if FORGOTTEN in self.body:  # names were taken out of it since
            return []
        return flaws(
            self.body, readers=self.readers, is_for_author=self.is_for_author, most_words=self.most_words
        )


async def spoken(bot: Bot, github: SimulatedGitHub) -> list[Spoken]:
    """All that was written or is still to be, oldest first."""
    effects = [effect_in(row) for row in await bot.store.database.fetch(_EFFECTS, {})]
    reactions = {_base(effect): effect.action for effect in effects if isinstance(effect.action, React)}
    said = []
    for effect in effects:
        action = effect.action
        if isinstance(action, Comment):
            reaction = reactions.get(_base(effect))
            is_answer = action.key.startswith(_ANSWER)
            commands = tuple(_answered(effect, github, bot.catalog)) if is_answer else ()
            said.append(
                Spoken(
                    feature=effect.feature,
                    key=action.key,
                    body=action.body,
                    readers=tuple(person.login for person in action.mentions),
                    commands=commands,
                    is_for_author=_is_for_author(effect, action, github),
                    is_refusal=is_answer
                    and len(commands) <= 1
                    and isinstance(reaction, React)
                    and reaction.content in _NO,
                    occasion=action.occasion,
                )
            )
        else:
            said += [Spoken(feature=effect.feature, key=action.key, body=body) for body in _bodies(action)]
    return said


def _bodies(action: object) -> Iterator[str]:
    if isinstance(action, EditComment | CloseIssue) and action.body:
        yield action.body
    if isinstance(action, OpenIssue | EditIssue):
        yield f"**{action.title}**\n\n{action.body}"
    if isinstance(action, PublishCheckRun):
        notes = "".join(f"\n\n- {note.title}: {note.message}" for note in action.annotations)
        yield f"**{action.name}: {action.title}**\n\n{action.summary}{notes}"
    if isinstance(action, AddLabel) and action.description:
        yield f"`{action.label}`: {action.description}"


def _base(effect: Effect) -> str:
    """What an answer and its reaction have in common."""
    return re.sub(r"^(react to|answer) ", "", effect.action.key)


def _is_for_author(effect: Effect, action: Comment, github: SimulatedGitHub) -> bool:
    repository = github.world.repositories.get(effect.repository_id)
    thread = repository.threads.get(effect.number) if repository is not None else None
    return thread is not None and [person.id for person in action.mentions] == [thread.author.id]


def _answered(effect: Effect, github: SimulatedGitHub, catalog: FeatureCatalog) -> Sequence[str]:
    """The commands in the words that an answer is to; empty where they are gone."""
    found = _TO_WORDS.fullmatch(_base(effect))
    if found is None:  # a mentor who left is no words of anybody
        return ()
    world = github.world
    repository = world.repositories.get(effect.repository_id)
    places: Mapping[str, Mapping[int, Any]] = {
        "issue": repository.threads if repository is not None else {},
        "issue_comment": world.comments,
        "review": world.reviews,
        "review_comment": world.review_comments,
    }
    words = getattr(places[found["kind"]].get(int(found["id"])), "body", None) or ""
    known = [listed.command.name for listed in catalog.commands()]
    default = catalog.default_command.command.name if catalog.default_command else ""
    return [command.name for command in commands_in(words, known=known, short=known, default=default)]
