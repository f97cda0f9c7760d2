"""Feels whether somebody holds up everybody else on the event loop."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass
class Pulse:
    """How much was worked, in seconds of this thread, while nobody else got a turn."""

    most: float = 0.0
    running: bool = field(default=True)

    async def feel(self) -> None:
        before = time.thread_time()
        while self.running:
            await asyncio.sleep(0.002)
            now = time.thread_time()
            self.most = max(self.most, now - before)
            before = now


@asynccontextmanager
async def felt() -> AsyncIterator[Pulse]:
    pulse = Pulse()
    feeling = asyncio.create_task(pulse.feel())
    try:
        yield pulse
    finally:
        pulse.running = False
        await feeling
