"""How long a test waits for what must come: so long that only what never comes makes it fail.

No figure is measured here. How fast things are is printed by `bench/`, on a machine that does nothing else.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

PATIENCE = 90.0
"""Seconds. Of what takes one second alone, a machine that runs everything at once may make twenty."""


async def until(holds: Callable[[], object]) -> None:
    """Wait until a condition holds. Raises TimeoutError where it never does."""
    async with asyncio.timeout(PATIENCE):
        while not holds():  # noqa: ASYNC110 - nothing tells when it may
            await asyncio.sleep(0.01)
