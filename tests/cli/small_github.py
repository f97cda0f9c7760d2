"""A small GitHub in a thread of its own, without a bot and a store: for commands that only need a token."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from mentorbot.sandbox.server import running_github
from mentorbot.sandbox.simulated_github import RecordedRequest, SimulatedGitHub

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SmallGitHub:
    """A simulated GitHub that goes on while a command runs; `token` is a person's."""

    github: SimulatedGitHub
    token: str
    loop: asyncio.AbstractEventLoop
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        return self.github.url

    def do(self, act: Callable[[SimulatedGitHub], T]) -> T:
        """Let something happen there, and wait until it has."""

        async def done() -> T:
            return act(self.github)

        return asyncio.run_coroutine_threadsafe(done(), self.loop).result(60)

    def requests(self) -> list[RecordedRequest]:
        """What was asked so far."""
        return self.do(lambda github: list(github.requests))


@contextmanager
def small_github(fill: Callable[[SimulatedGitHub], None]) -> Iterator[SmallGitHub]:
    """One that `fill` has filled, until the block ends."""
    begun: Future[SmallGitHub] = Future()

    async def live() -> None:
        try:
            async with running_github() as github:
                reader = github.acts.add_user("reader")
                fill(github)
                there = SmallGitHub(github, github.tokens.for_user(reader), asyncio.get_running_loop())
                begun.set_result(there)
                await there.ended.wait()
        except BaseException as error:
            if not begun.done():
                begun.set_exception(error)
            raise

    thread = threading.Thread(target=lambda: asyncio.run(live()), daemon=True)
    thread.start()
    there = begun.result(60)
    try:
        yield there
    finally:
        there.loop.call_soon_threadsafe(there.ended.set)
        thread.join(30)
    assert not thread.is_alive()
