"""Gathers what arrives while the last lot is being done, and does it together: one transaction for many."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

LINGER = 0.002
"""Seconds that work on deliveries waits for company, unless all was quiet before."""

_LONGEST_LINGER = 0.016
_QUIET = 0.05

T = TypeVar("T")
R = TypeVar("R")


class Batcher(Generic[T, R]):
    """Call it with one item and await its result. `work` gets up to `most` items and returns their results.

    It waits `linger` seconds for company first, and longer while much is going on: nobody notices a few
    milliseconds, and they spare the store most of its work. What comes after a quiet time is done at once.
    When work fails for several, each is tried by itself, so that one that cannot be done spoils no other.
    """

    def __init__(
        self,
        work: Callable[[Sequence[T]], Awaitable[Sequence[R]]],
        *,
        most: int = 200,
        linger: float = 0.0,
    ) -> None:
        self._work = work
        self._most = most
        self._shortest = self._linger = linger
        self._quiet_since = 0.0
        self._waiting: list[tuple[T, asyncio.Future[R]]] = []
        self._worker: asyncio.Task[None] | None = None

    async def __call__(self, item: T) -> R:
        """Do one item, together with others. Raises what the work raises for it."""
        result: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, result))
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._work_on())
        return await result

    async def _work_on(self) -> None:
        now = asyncio.get_running_loop().time
        in_haste = now() - self._quiet_since > _QUIET
        while self._waiting:
            if self._linger and not in_haste and len(self._waiting) < self._most:
                await asyncio.sleep(self._linger)
            in_haste = False
            lot, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
            self._linger = min(self._linger * 2, _LONGEST_LINGER) if len(lot) > 1 else self._shortest
            await self._do(lot)
        self._quiet_since = now()

    async def _do(self, lot: Sequence[tuple[T, asyncio.Future[R]]]) -> None:
        try:
            results = await self._work([item for item, _ in lot])
        except BaseException as error:  # noqa: BLE001 - whoever waits for the result gets it
            if len(lot) > 1 and isinstance(error, Exception):
                for one in lot:
                    await self._do([one])
                return
            for _, result in lot:
                if not result.done():
                    result.set_exception(error)
            return
        for (_, result), outcome in zip(lot, results, strict=True):
            if not result.done():  # whoever waited may have gone away
                result.set_result(outcome)
