"""Asks GitHub many questions with somebody's own token: none twice, none too big, none past a limit.

What was answered is kept (`answer_cache`), also of what is asked together. Where GitHub gives up on a page
the same is asked in smaller pieces, and in bigger ones again when those are answered. A limit is waited for
where it lifts soon; else the reading stops with what there is.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

from mentorbot.core.clock import Clock
from mentorbot.core.errors import AccessLost, LimitReached
from mentorbot.github.answer_cache import AnswerCache
from mentorbot.github.client import Client, GraphAnswer, Pause
from mentorbot.github.error_mapping import RequestDropped

T = TypeVar("T")
PATIENCE = timedelta(minutes=15)
"""Nobody wants to look at a terminal for longer than this; a limit's hour may be spent elsewhere."""

_SIZES = (100, 50, 20)
_ATTEMPTS = 3
_MOST_WAITS = 6
_FINISHED = "finished"
_FIRST_TRIAL, _LAST_TRIAL = 4, 64


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingPlan:
    """What a reading will cost, told before it starts.

    `requests` is about how many, `most` the limit it keeps where GitHub answers pages of 100, and
    `most_if_small` where only small ones; `kept` is how many answers of an earlier reading
    there are, the oldest of `kept_since`. `points` it takes of the `points_left` until `resets_at`.
    """

    what: str
    requests: int
    most: int
    most_if_small: int
    points: int
    kept: int = 0
    kept_since: datetime | None = None
    points_left: int | None = None
    resets_at: datetime | None = None


class ReadingListener(Protocol):
    """Hears how a reading goes on."""

    def planned(self, plan: ReadingPlan) -> None:
        """What it will cost is known now."""
        ...

    def reached(self, what: str, done: int, total: int, *, requests: int, left: int) -> None:
        """So many of so many are read, with so many requests so far and about so many to come."""
        ...

    def waiting(self, until: datetime, why: str) -> None:
        """GitHub wants to be left alone until then."""
        ...


@dataclass(slots=True)
class RequestCount:
    """How many requests were sent, whatever became of them."""

    sent: int = 0

    def observe(self, _api: str, _status: str) -> None:
        """Count one."""
        self.sent += 1


@dataclass(slots=True)
class PageSize:
    """How much is asked for at once: less where GitHub gives up, more again after some answers.

    Each time that more turned out too much, the next trial waits twice as long.
    """

    has_shrunk: bool = False
    _place: int = 0
    _answered: int = 0
    _trial_after: int = _FIRST_TRIAL
    _is_trial: bool = False

    @property
    def now(self) -> int:
        return _SIZES[self._place]

    def shrink(self) -> bool:
        """Ask for less; False where that is the least already."""
        self.has_shrunk = True
        self._answered = 0
        if self._is_trial:
            self._trial_after = min(2 * self._trial_after, _LAST_TRIAL)
        self._is_trial = False
        if self._place == len(_SIZES) - 1:
            return False
        self._place += 1
        return True

    def answered(self) -> None:
        """That much was answered."""
        self._answered += 1
        self._is_trial = False
        if self._place and self._answered >= self._trial_after:
            self._place -= 1
            self._answered = 0
            self._is_trial = True


@dataclass(slots=True)
class Questions:
    """One reading's questions. `first_at` and `last_at` are when the oldest and newest answer was given.

    `refused` are the fields that the token may not read, `kept_before` is how many answers there were before.
    """

    client: Client
    kept: AnswerCache
    count: RequestCount
    clock: Clock
    pause: Pause
    listener: ReadingListener
    patience: timedelta = PATIENCE
    size: PageSize = field(default_factory=PageSize)
    refused: set[str] = field(default_factory=set)
    first_at: datetime | None = None
    last_at: datetime | None = None
    kept_before: int = 0

    def __post_init__(self) -> None:
        self.kept_before = len(self.kept)

    def plan(
        self,
        what: str,
        *,
        requests: int,
        most: int,
        most_if_small: int,
        points: int,
        points_left: int | None,
        resets_at: datetime | None,
    ) -> ReadingPlan:
        """What a reading will cost that would take so much where nothing of it is there already."""
        if self.kept_before:  # what the token had left was answered then, and isn't true any more
            points_left = resets_at = None
        left = 0 if self.kept.get(_FINISHED) else max(requests - self.kept_before, 0)
        return ReadingPlan(
            what=what,
            requests=left,
            most=most,
            most_if_small=most_if_small,
            points=points * left // requests,
            kept=self.kept_before,
            kept_since=self.first_at if self.kept_before else None,
            points_left=points_left,
            resets_at=resets_at,
        )

    def finish(self) -> None:
        """Note that everything was asked: the next reading that may use these answers asks nothing."""
        if self.kept.get(_FINISHED) is None:
            self.kept.keep({_FINISHED: {}})

    async def ask(self, key: str, document: str, **variables: Any) -> dict[str, Any]:
        """The data of one question. Raises what `core.errors` names."""
        found = self._known(key)
        if found is not None:
            return found
        answer = await self._again_when_dropped(lambda: self.client.query_once(document, **variables))
        self._keep({key: answer.data}, answer)
        return answer.data

    async def page(self, key: str, document: str, **variables: Any) -> dict[str, Any]:
        """A page of a listing, as big as GitHub can bear; `size` is its variable for that.

        A page that is known from earlier may have another size than would be asked for now.
        """
        found = self._known(key)
        if found is not None:
            return found
        answer = await self._sized(lambda size: self.client.query_once(document, size=size, **variables))
        self._keep({key: answer.data}, answer)
        return answer.data

    async def together(
        self, keys: Callable[[int], Mapping[str, str]], ask: Callable[[int], tuple[str, Mapping[str, Any]]]
    ) -> Mapping[str, Any]:
        """The parts of one answer, each kept by itself: those of the repository in it, by their aliases.

        For as many as GitHub can bear, `keys` names under which key each alias is kept, and `ask` makes the
        document and its variables.
        """

        async def once(size: int) -> tuple[int, GraphAnswer]:
            document, variables = ask(size)
            return size, await self.client.query_once(document, **variables)

        size, answer = await self._sized(once)
        parts = answer.data.get("repository")
        if not isinstance(parts, dict):
            raise AccessLost("The repository is gone, or this token may not see it any more.")
        named = {key: parts.get(alias) for alias, key in keys(size).items()}
        self._keep(named, answer)
        return named

    def known(self, key: str) -> dict[str, Any] | None:
        """What was answered before to this; None where nothing was."""
        return self._known(key)

    def _known(self, key: str) -> dict[str, Any] | None:
        found = self.kept.get(key)
        if found is None or not isinstance(found.value, dict):
            return None
        self._noted(found.at)
        self.refused.update(found.value.get("refused", ()))
        data = found.value.get("data")
        return data if isinstance(data, dict) else None

    def _keep(self, named: Mapping[str, Any], answer: GraphAnswer) -> None:
        self.refused |= answer.refused
        refused = sorted(answer.refused)
        self._noted(self.kept.keep({key: {"data": data, "refused": refused} for key, data in named.items()}))

    def _noted(self, at: datetime) -> None:
        self.first_at = min(self.first_at or at, at)
        self.last_at = max(self.last_at or at, at)

    async def _sized(self, ask: Callable[[int], Awaitable[T]]) -> T:
        failures = 0
        while True:
            try:
                answer = await self._within_limits(lambda: ask(self.size.now))
            except RequestDropped as dropped:
                if not dropped.undone and self.size.shrink():
                    continue
                failures += 1
                if failures >= _ATTEMPTS:
                    raise
                await self.pause(2.0**failures)
            else:
                self.size.answered()
                return answer

    async def _again_when_dropped(self, ask: Callable[[], Awaitable[T]]) -> T:
        for attempt in range(1, _ATTEMPTS):
            try:
                return await self._within_limits(ask)
            except RequestDropped:
                await self.pause(0.5 * attempt)
        return await self._within_limits(ask)

    async def _within_limits(self, ask: Callable[[], Awaitable[T]]) -> T:
        for _ in range(_MOST_WAITS):
            try:
                return await ask()
            except LimitReached as limit:
                await self._wait(limit)
        return await ask()

    async def _wait(self, limit: LimitReached) -> None:
        """Wait until a limit lifts. Raises it again where that takes too long."""
        now = self.clock()
        until = limit.retry_at or now + timedelta(minutes=1)
        if until - now > self.patience:
            raise limit
        self.listener.waiting(until, limit.why)
        await self.pause(max((until - now).total_seconds(), 0.0))
