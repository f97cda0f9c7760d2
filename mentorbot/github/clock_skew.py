"""How far this machine's clock is from GitHub's, which refuses an App whose tokens are from the future."""

from __future__ import annotations

from datetime import timedelta
from email.utils import parsedate_to_datetime

import aiohttp

from mentorbot.core.clock import Clock
from mentorbot.core.errors import GitHubUnavailable

_PATIENCE = aiohttp.ClientTimeout(total=10)


async def clock_skew(api_url: str, clock: Clock) -> timedelta:
    """How far GitHub's clock is ahead of this one, to the second. Raises GitHubUnavailable."""
    try:
        async with aiohttp.ClientSession(timeout=_PATIENCE) as http, http.get(api_url) as answer:
            return parsedate_to_datetime(answer.headers["Date"]) - clock()
    except (aiohttp.ClientError, TimeoutError) as error:
        raise GitHubUnavailable(f"GitHub does not answer ({error})") from error
