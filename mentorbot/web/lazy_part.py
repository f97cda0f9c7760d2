"""Builds what few processes ever need when somebody first asks for it, and then keeps it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class LazyPart(Generic[T]):
    """A part that is built when it is first asked for, in a thread: it takes its time, and others go on."""

    def __init__(self, build: Callable[[], T]) -> None:
        self._build = build
        self._one_at_a_time = asyncio.Lock()
        self._built: T | None = None

    async def __call__(self) -> T:
        """The part. Raises what building it raises; who asks next has it tried again."""
        async with self._one_at_a_time:
            if self._built is None:
                self._built = await asyncio.to_thread(self._build)
            return self._built
