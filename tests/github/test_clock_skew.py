from __future__ import annotations

from datetime import timedelta

import pytest

from mentorbot.core.errors import GitHubUnavailable
from mentorbot.github.clock_skew import clock_skew
from tests.github.conftest import Desk


async def test_a_clock_that_is_behind_is_told_by_how_much(desk: Desk) -> None:
    behind = await clock_skew(desk.github.url, lambda: desk.github.clock.now() - timedelta(minutes=5))
    assert timedelta(seconds=298) < behind <= timedelta(seconds=300)


async def test_without_an_answer_nothing_is_said_about_clocks(desk: Desk) -> None:
    with pytest.raises(GitHubUnavailable, match="GitHub does not answer"):
        await clock_skew("http://127.0.0.1:1", desk.github.clock.now)
