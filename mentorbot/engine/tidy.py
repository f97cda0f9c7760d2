"""Takes back what the bot put on a repository: its labels, review requests and open issues.

What is taken back are effects like all others: planned once, paced, journaled, done by any worker, and held
against GitHub just before. From its beginning on nothing else is begun there, until the config file changes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import structlog

from mentorbot.core.actions import (
    Action,
    AddLabel,
    CloseIssue,
    RemoveLabel,
    RemoveReviewRequest,
    RequestReview,
)
from mentorbot.core.clock import Clock
from mentorbot.core.plan import plan
from mentorbot.core.translator import say, speaking
from mentorbot.db.repositories import InstalledRepository
from mentorbot.db.store import Store
from mentorbot.db.tidying import StandingMark, TakingBack
from mentorbot.domain.thread_marks import ThreadMarks, gone_already, somebody_elses
from mentorbot.engine.configuration import Configurations, seen_in
from mentorbot.engine.decide import Decision
from mentorbot.engine.github_client import AppClient
from mentorbot.engine.persist import key_of, persist
from mentorbot.feature_api.translation import translator_for

TIDY = "tidy"
"""In place of the schedule that an effect came from: it takes something back."""

_AT_ONCE = 100  # decisions written in one transaction
_ASKED_AT_ONCE = 10  # threads that GitHub is asked about

log = structlog.get_logger("engine.tidy")


@dataclass(frozen=True, slots=True)
class Found:
    """What is there and would be taken back, and how; `left` says why it is left alone instead.

    `key` is that of the effect that takes it back.
    """

    key: str
    action: Action
    left: str | None = None


class Tidier:
    def __init__(self, *, store: Store, app: AppClient, configurations: Configurations, clock: Clock) -> None:
        self._store = store
        self._app = app
        self._configurations = configurations
        self._clock = clock

    async def look(self, workplace: InstalledRepository) -> Sequence[Found]:
        """What is there of ours, as GitHub says: two or three requests a thread. Nothing is written."""
        standing = await self._store.tidying.standing(workplace.repository.id)
        decisions = [self._decision(workplace, one) for one in standing]
        taking = {key_of(one, action): action for one in decisions for action in one.actions}
        numbers = list(dict.fromkeys(action.number for action in taking.values()))
        reader = self._app.reader(workplace.installation_id, workplace.repository)
        bot, marks = (await self._app.me()).bot, dict[int, ThreadMarks | None]()
        for start in range(0, len(numbers), _ASKED_AT_ONCE):
            some = numbers[start : start + _ASKED_AT_ONCE]
            marks.update(zip(some, await asyncio.gather(*map(reader.marks, some)), strict=True))
        there = ((key, action, marks[action.number]) for key, action in taking.items())
        return [
            Found(key, action, somebody_elses(action, found, bot=bot))
            for key, action, found in there
            if found is not None and gone_already(action, found) is None
        ]

    async def why_not(self, action: Action, workplace: InstalledRepository) -> str | None:
        """Why something is not to be taken back now; None where it is ours and still there. Asks GitHub."""
        reader = self._app.reader(workplace.installation_id, workplace.repository)
        marks, me = await reader.marks(action.number), await self._app.me()
        gone = gone_already(action, marks)
        return gone if gone or marks is None else somebody_elses(action, marks, bot=me.bot)

    async def begin(self, workplace: InstalledRepository, *, but: Collection[str] = ()) -> Sequence[str]:
        """Fall silent here, and plan to take back all that stands; the keys of what is planned.

        `but` are keys of what was planned already. Raises what asking GitHub for the config file raises.
        """
        repository, installation_id = workplace.repository, workplace.installation_id
        configuration = await self._configurations.of(repository, installation_id)
        if await self._store.tidying.held(repository.id) is None:
            sources = await self._app.reader(installation_id, repository).config_sources()
            await self._store.tidying.hold(repository.id, seen=seen_in(sources), now=self._clock())
            await self._configurations.refresh(repository, installation_id)
            log.info("tidying", repository=repository.full_name)
        standing = await self._store.tidying.standing(repository.id)
        with speaking(translator_for(configuration)):
            decisions = [self._decision(workplace, one) for one in standing]
        planned = {
            key_of(decision, action): decision for decision in decisions for action in decision.actions
        }
        new = {key: decision for key, decision in planned.items() if key not in but}
        for some in _batched(new.values()):
            async with self._store.transaction() as connection:
                await persist(connection, self._store, some, now=self._clock())
        return list(new)

    async def outcome(self, workplace: InstalledRepository, keys: Collection[str]) -> Sequence[TakingBack]:
        """What became of what was planned, so far."""
        return await self._store.tidying.taking_back(workplace.repository.id, keys)

    def _decision(self, workplace: InstalledRepository, one: StandingMark) -> Decision:
        return Decision(
            feature=one.feature,
            repository=workplace.repository,
            installation_id=workplace.installation_id,
            plan=plan(
                _taking_back(one), because=say("whoever runs me has me take back what I put here before I go")
            ),
            at=self._clock(),
            number=one.number,
            recheck=TIDY,
        )


def _taking_back(one: StandingMark) -> Action:
    put, number = one.action, one.number
    key = f"tidy/{put.key}"
    if isinstance(put, AddLabel):
        return RemoveLabel(key=key, number=number, label=put.label)
    if isinstance(put, RequestReview):
        return RemoveReviewRequest(key=key, number=number, reviewer=put.reviewer, team=put.team)
    last_word = say("I leave this repository, so I close this issue of mine. Nobody keeps it up to date now.")
    return CloseIssue(key=key, number=number, issue=put.key, body=last_word)


def _batched(decisions: Collection[Decision]) -> Iterator[Sequence[Decision]]:
    """So many as are written in one transaction."""
    waiting = list(decisions)
    for start in range(0, len(waiting), _AT_ONCE):
        yield waiting[start : start + _AT_ONCE]
