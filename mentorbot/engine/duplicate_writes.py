"""What was written again after an unclear answer may be there twice: looks later, and keeps one."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import structlog

from mentorbot.core.actions import Action, CloseIssue, Comment, OpenIssue, PublishCheckRun
from mentorbot.core.clock import Clock
from mentorbot.core.errors import AccessLost, GitHubUnavailable, Impossible
from mentorbot.db.effects import Effect
from mentorbot.db.journal import DecisionNote
from mentorbot.db.store import Store
from mentorbot.engine.github_client import AppClient
from mentorbot.engine.retries import wait_for_github

log = structlog.get_logger("engine.duplicate_writes")


def can_duplicate(action: Action) -> bool:
    """True for what GitHub makes a second one of when it is told twice; the rest does no harm."""
    return isinstance(action, Comment | OpenIssue | PublishCheckRun | CloseIssue)


class DuplicateCheck:
    """Finds what was written twice, and takes the younger one back."""

    def __init__(self, *, store: Store, app: AppClient, clock: Clock) -> None:
        self._store = store
        self._app = app
        self._clock = clock

    async def resolve(self, id_: int, *, tries: int) -> None:
        """Keep the oldest of what an effect has written. Doing it again does nothing. Raises RetryLater."""
        effect = await self._store.effects.get(id_)
        if effect is None or not effect.doubtful or effect.state != "done":
            return
        workplace = await self._store.repositories.get(effect.repository_id)
        if workplace is None:
            return
        with structlog.contextvars.bound_contextvars(feature=effect.feature, key=effect.key):
            if await self._store.configs.is_in_shadow(effect.repository_id):
                log.info("duplicates_left", why="the repository is in shadow: nothing is written to it")
                await self._write_down(effect, effect.result or {}, 0)
                return
            try:
                kept, removed = await self._app.writer(workplace.installation_id).keep_one(
                    effect.action, repository=workplace.repository, key=effect.key, made=effect.result or {}
                )
            except GitHubUnavailable as unavailable:
                raise wait_for_github(unavailable, attempt=tries, now=self._clock()) from unavailable
            except (AccessLost, Impossible) as error:
                log.info("duplicates_unknown", why=error.why)
                kept, removed = effect.result or {}, 0
            await self._write_down(effect, kept, removed)

    async def _write_down(self, effect: Effect, kept: Any, removed: int) -> None:
        async with self._store.transaction() as connection:
            await self._store.effects.resolve(connection, effect.id, result=kept)
            if not removed:
                return
            decision = uuid4()
            note = DecisionNote(
                at=self._clock(),
                feature=effect.feature,
                acted=True,
                because=f"{effect.because}; GitHub had it twice, and I took the younger one back",
                repository_id=effect.repository_id,
                number=effect.number or None,
                delivery=effect.delivery,
                decision=decision,
            )
            await self._store.journal.write(connection, [note])
            written = await self._store.effects.fingerprint(effect.key, within=connection)
            await self._store.journal.link(connection, [(decision, written)], added=[effect.id])
        log.warning("duplicate_removed", kind=effect.kind, number=effect.number, removed=removed)
