from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from mentorbot.core.errors import Impossible, LimitReached
from mentorbot.github.answer_cache import AnswerCache
from mentorbot.github.client import GraphAnswer
from mentorbot.github.error_mapping import RequestDropped
from mentorbot.github.questions import PageSize, Questions, ReadingPlan, RequestCount

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@dataclass
class FakeClient:
    """Answers with how much was asked for, unless that is more than it bears or there is trouble."""

    bears: int = 100
    troubles: list[Exception] = field(default_factory=list)
    asked: list[int] = field(default_factory=list)

    async def query_once(self, _document: str, **variables: Any) -> GraphAnswer:
        size = variables.get("size", 0)
        self.asked.append(size)
        if self.troubles:
            raise self.troubles.pop(0)
        if size > self.bears:
            raise RequestDropped("GitHub answered 502.")
        return GraphAnswer({"size": size}, frozenset({"statusCheckRollup"} if size == 1 else ()))


@dataclass
class Heard:
    """Remembers what it was told."""

    waits: list[datetime] = field(default_factory=list)

    def planned(self, plan: ReadingPlan) -> None: ...

    def reached(self, what: str, done: int, total: int, *, requests: int, left: int) -> None: ...

    def waiting(self, until: datetime, why: str) -> None:
        self.waits.append(until)


@dataclass
class Asking:
    """Questions to a fake client, whose pauses only move the clock."""

    client: FakeClient
    heard: Heard = field(default_factory=Heard)
    now: datetime = NOW
    slept: list[float] = field(default_factory=list)

    async def _pause(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += timedelta(seconds=seconds)

    def questions(self) -> Questions:
        return Questions(
            self.client,  # type: ignore[arg-type]  # does what is asked of one here
            AnswerCache(clock=lambda: self.now),
            RequestCount(),
            clock=lambda: self.now,
            pause=self._pause,
            listener=self.heard,
        )


async def _pages(questions: Questions, count: int) -> list[int]:
    return [(await questions.page(f"page {place}", "query"))["size"] for place in range(count)]


@pytest.mark.parametrize(
    ("bears", "asked"),
    [
        pytest.param(100, [100, 100, 100], id="all it is asked"),
        pytest.param(60, [100, 50, 50, 50], id="half"),
        pytest.param(30, [100, 50, 20, 20, 20], id="a fifth"),
    ],
)
async def test_pages_are_as_big_as_github_can_bear(bears: int, asked: Sequence[int]) -> None:
    asking = Asking(FakeClient(bears=bears))
    await _pages(asking.questions(), 3)
    assert asking.client.asked == asked


async def test_they_grow_again_and_ever_more_seldom_where_that_is_too_much() -> None:
    asking = Asking(FakeClient(bears=50))
    sizes = await _pages(asking.questions(), 100)
    assert set(sizes) == {50}
    trials = [place for place, size in enumerate(asking.client.asked) if size == 100]
    gaps = [later - earlier for earlier, later in pairwise(trials)]
    assert gaps == sorted(gaps)
    assert len(trials) <= 6, "what is too much is not asked for again and again"


async def test_after_trouble_that_passes_they_are_big_again() -> None:
    asking = Asking(FakeClient(troubles=[RequestDropped("502"), RequestDropped("502")]))
    assert (await _pages(asking.questions(), 12))[-1] == 100
    assert asking.client.asked[:3] == [100, 50, 20]


async def test_where_even_small_pages_fail_it_ends_after_three_attempts() -> None:
    asking = Asking(FakeClient(bears=0))
    with pytest.raises(RequestDropped):
        await _pages(asking.questions(), 1)
    assert asking.client.asked == [100, 50, 20, 20, 20]


async def test_a_line_that_does_not_come_about_makes_no_page_smaller() -> None:
    asking = Asking(FakeClient(troubles=[RequestDropped("no route", undone=True)]))
    assert await _pages(asking.questions(), 1) == [100]
    assert asking.client.asked == [100, 100]


async def test_a_limit_that_lifts_soon_is_waited_for_and_told() -> None:
    soon = NOW + timedelta(minutes=10)
    asking = Asking(FakeClient(troubles=[LimitReached("The limit.", retry_at=soon)]))
    assert await _pages(asking.questions(), 1) == [100]
    assert asking.heard.waits == [soon]
    assert asking.slept == [600.0]


async def test_a_limit_that_lasts_ends_it() -> None:
    asking = Asking(FakeClient(troubles=[LimitReached("The limit.", retry_at=NOW + timedelta(minutes=16))]))
    with pytest.raises(LimitReached):
        await _pages(asking.questions(), 1)
    assert asking.slept == []


async def test_limits_that_follow_each_other_for_ever_end_it() -> None:
    limits = [LimitReached("The limit.") for _ in range(20)]
    asking = Asking(FakeClient(troubles=[*limits]))
    with pytest.raises(LimitReached):
        await asking.questions().ask("about", "query")


async def test_a_single_question_is_tried_three_times() -> None:
    asking = Asking(FakeClient(troubles=[RequestDropped("502"), RequestDropped("502")]))
    assert await asking.questions().ask("about", "query") == {"size": 0}
    asking.client.troubles = [RequestDropped("502")] * 3
    with pytest.raises(RequestDropped):
        await asking.questions().ask("about", "query")


async def test_a_no_is_not_asked_again() -> None:
    asking = Asking(FakeClient(troubles=[Impossible("no")]))
    with pytest.raises(Impossible):
        await _pages(asking.questions(), 1)
    assert asking.client.asked == [100]


async def test_what_the_token_may_not_read_is_noted() -> None:
    questions = Asking(FakeClient()).questions()
    await questions.ask("about", "query", size=1)
    assert questions.refused == {"statusCheckRollup"}
    assert (questions.first_at, questions.last_at) == (NOW, NOW)


def test_a_page_never_grows_beyond_the_largest() -> None:
    size = PageSize()
    for _ in range(100):
        size.answered()
    assert (size.now, size.has_shrunk) == (100, False)
