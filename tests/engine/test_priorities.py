"""Answers go first and have room of their own; what waits, fails or is limited holds nobody else up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from mentorbot.core.actions import (
    Action,
    AddLabel,
    Comment,
    EditComment,
    MinimizeComment,
    Occasion,
    OpenIssue,
    React,
    RemoveLabel,
    RequestReview,
)
from mentorbot.core.entities import Repository
from mentorbot.core.errors import GitHubUnavailable, LimitReached
from mentorbot.core.events import Reactable
from mentorbot.core.people import Person
from mentorbot.db.connection import text
from mentorbot.db.store import Store
from mentorbot.engine.priorities import Rank, rank_of
from tests.builders import NOW, a_repository
from tests.engine.office import FakeApp, Office, an_office, working
from tests.engine.test_act import HERE, a_comment, a_nudge, an_office_with, decide, state_of
from tests.engine.test_decide import due_now
from tests.fakes import FakeWriter
from tests.patience import until

SPOKEN = Reactable(kind="issue_comment", id=77, node_id="IC_77", url="https://github.example/c/77")
THUMB = React(key="thumb", number=4, to=SPOKEN, content="+1")


def an_answer(key: str = "answer", *, number: int = 4) -> Comment:
    return a_comment(key, number=number, occasion=Occasion.ANSWER)


def a_label(key: str, *, number: int) -> AddLabel:
    return AddLabel(key=key, number=number, label="seen")


@dataclass
class Picky(FakeWriter):
    """A GitHub that answers some only when it is let go, and refuses some for ever, by their keys."""

    slow: set[str] = field(default_factory=set)
    broken: dict[str, Exception] = field(default_factory=dict)
    begun: list[str] = field(default_factory=list)
    let_go: asyncio.Event = field(default_factory=asyncio.Event)

    async def perform(
        self,
        action: Action,
        *,
        repository: Repository,
        key: str,
        attempt: int,
        made: Mapping[str, Any] | None,
    ) -> Mapping[str, Any]:
        self.begun.append(action.key)
        if action.key in self.broken:
            raise self.broken[action.key]
        if any(action.key.startswith(name) for name in self.slow):
            await self.let_go.wait()
        return await super().perform(action, repository=repository, key=key, attempt=attempt, made=made)

    @property
    def done_keys(self) -> list[str]:
        return [action.key for action in self.done]


async def a_picky_office(store: Store) -> tuple[Office, Picky]:
    pen = Picky()
    office = an_office(store, app=FakeApp(pen=pen))
    await store.repositories.put(5, [HERE], as_of=NOW)
    await store.configs.put(1, await office.app.here.config_sources(), {}, now=NOW)
    return office, pen


@asynccontextmanager
async def at_work(office: Office, pen: Picky) -> AsyncIterator[None]:
    async with working(office):
        try:
            yield
        finally:
            pen.let_go.set()


async def written_before(store: Store, count: int, *, ago: str = "30 seconds", answers: int = 0) -> None:
    """Let so much have been written in the installation a while ago."""
    add = text(
        """INSERT INTO effects (fingerprint, key, feature, kind, installation_id, repository_id, number,
               action, because, priority, state, created_at, tried_at)
           SELECT convert_to('past ' || n, 'UTF8'), 'past ' || n, 'past', 'AddLabel', 5, 1, n,
               '{"key": "l", "number": 1, "label": "l"}', 'past', CASE WHEN n <= :answers THEN 40 ELSE 30 END,
               'done', now(), now() - CAST(:ago AS interval) + n * interval '0.1 seconds'
           FROM generate_series(1, :count) AS n"""
    )
    async with store.transaction() as connection:
        await connection.execute(
            add, {"count": count, "ago": timedelta(seconds=_seconds(ago)), "answers": answers}
        )


def _seconds(ago: str) -> float:
    number, unit = ago.split()
    return float(number) * {"seconds": 1, "minutes": 60}[unit]


async def one_leaves_the_minute(store: Store) -> None:
    async with store.transaction() as connection:
        await connection.execute(
            text(
                """UPDATE effects SET tried_at = now() - interval '61 seconds'
                   WHERE id = (SELECT id FROM effects WHERE tried_at > now() - interval '1 minute'
                               ORDER BY tried_at LIMIT 1)"""
            )
        )


async def waits_of(store: Store) -> list[float]:
    """For how long jobs still wait, in the order in which they were made."""
    async with store.transaction() as connection:
        found = await connection.execute(
            text(
                "SELECT extract(epoch FROM scheduled_at - now())::float FROM procrastinate_jobs"
                " WHERE status = 'todo' ORDER BY id"
            )
        )
        return list(found.scalars())


ADA = Person(7, "ada")


@pytest.mark.parametrize(
    ("action", "asked", "rank"),
    [
        pytest.param(an_answer(), False, Rank.ANSWER, id="an answer"),
        pytest.param(THUMB, True, Rank.ANSWER, id="a reaction"),
        pytest.param(a_label("l", number=1), True, Rank.CORRECTION, id="a label"),
        pytest.param(
            EditComment(key="e", number=1, comment="c", body="b"), False, Rank.CORRECTION, id="an edit"
        ),
        pytest.param(MinimizeComment(key="m", number=1, comment="c"), False, Rank.CORRECTION, id="folding"),
        pytest.param(OpenIssue(key="o", title="t", body="b"), False, Rank.CORRECTION, id="an issue"),
        pytest.param(
            RequestReview(key="r", number=1, reviewer=ADA), True, Rank.CORRECTION, id="a review asked for"
        ),
        pytest.param(
            RequestReview(key="r", number=1, reviewer=ADA), False, Rank.NUDGE, id="a review by the clock"
        ),
        pytest.param(a_comment(), True, Rank.CELEBRATION, id="a celebration"),
        pytest.param(a_nudge("n"), False, Rank.NUDGE, id="a nudge"),
    ],
)
def test_every_action_has_its_rank(action: Action, asked: bool, rank: Rank) -> None:
    assert rank_of(action, asked=asked) is rank


async def test_reaction_and_reply_wait_neither_for_one_another_nor_for_what_is_paced(store: Store) -> None:
    office, pen = await a_picky_office(store)
    await written_before(store, 50)
    await decide(office, a_comment("greeting"))
    await office.work()

    pen.slow = {"thumb"}
    await decide(office, THUMB, an_answer())
    async with at_work(office, pen):
        await until(lambda: pen.done_keys == ["answer"] and "thumb" in pen.begun)

    assert pen.done_keys == ["answer", "thumb"]
    assert (await state_of(store, "greeting"))[0] == "due"


async def test_answers_come_however_many_others_hang(store: Store) -> None:
    office, pen = await a_picky_office(store)
    pen.slow = {"slow"}
    for installation in (5, 6, 7):
        for number in range(1, 41):
            place = a_repository(id=installation, owner=Person(2, "acme"))
            await store.repositories.put(installation, [place], as_of=NOW)
            await store.configs.put(installation, await office.app.here.config_sources(), {}, now=NOW)
            await decide(
                office, a_label(f"slow{number}", number=number), repository=place, installation=installation
            )
    async with at_work(office, pen):
        await until(lambda: len(pen.begun) >= 8)
        await decide(office, an_answer(), THUMB)
        await until(lambda: {"answer", "thumb"} <= set(pen.done_keys))
        assert pen.done_keys.count("slow1") == 0


async def test_an_installation_whose_writes_hang_leaves_room_for_another(store: Store) -> None:
    office, pen = await a_picky_office(store)
    pen.slow = {"slow"}
    for number in range(1, 41):
        await decide(office, a_label(f"slow{number}", number=number))
    other = a_repository(id=9, owner=Person(3, "other"))
    await store.repositories.put(6, [other], as_of=NOW)
    await store.configs.put(9, await office.app.here.config_sources(), {}, now=NOW)
    async with at_work(office, pen):
        await until(lambda: len(pen.begun) >= 8)
        await decide(office, a_comment("hello"), repository=other, installation=6)
        await until(lambda: pen.done_keys == ["hello"])


async def test_ten_writes_a_minute_are_kept_for_answers(store: Store) -> None:
    office, pen = await a_picky_office(store)
    await written_before(store, 50)

    await decide(office, a_label("paced", number=99))
    await decide(office, *(an_answer(f"a{number:02}", number=number) for number in range(1, 14)))
    await office.work()

    assert len(pen.done_keys) == 10, "of answers in different threads, any may be first"
    assert "paced" not in pen.done_keys


async def test_answers_take_nothing_from_what_others_may_write(store: Store) -> None:
    office, pen = await a_picky_office(store)
    await written_before(store, 58, answers=9)

    await decide(office, *(a_label(f"l{number}", number=number) for number in range(1, 5)))
    await office.work()

    assert len(pen.done_keys) == 1, "49 of 50 others were written"


async def test_of_what_waits_corrections_go_first_then_celebrations_then_nudges(store: Store) -> None:
    office, pen = await a_picky_office(store)
    await written_before(store, 50)
    await decide(office, a_nudge("nudge", number=1))
    await decide(office, a_comment("party", number=2))
    await decide(office, a_label("label", number=3))
    await office.work()
    assert pen.done_keys == []

    for _ in range(3):
        await one_leaves_the_minute(store)
        await due_now(store)
        await office.work()

    assert pen.done_keys == ["label", "party", "nudge"]


async def test_what_is_paced_comes_back_one_after_the_other_and_in_order(store: Store) -> None:
    office, _ = await a_picky_office(store)
    await written_before(store, 50)

    for number in range(1, 9):
        await decide(office, a_comment(f"g{number}", number=number))
        await office.work()

    waits = await waits_of(store)
    assert waits == sorted(waits)
    assert len({round(wait * 20) for wait in waits}) == 8, "each comes when a place for it is free"
    assert 20 < waits[0] < waits[-1] < 40


async def test_what_has_just_come_does_not_overtake_what_waits(store: Store) -> None:
    office, pen = await a_picky_office(store)
    await written_before(store, 50)
    await decide(office, a_comment("first", number=1))
    await office.work()
    await one_leaves_the_minute(store)

    await decide(office, a_comment("second", number=2))
    await office.work()
    assert pen.done_keys == []
    await due_now(store)
    await office.work()

    assert pen.done_keys == ["first"]


async def test_a_thread_waits_no_longer_than_half_a_minute_for_what_keeps_failing(store: Store) -> None:
    office, pen = await a_picky_office(store)
    pen.broken = {"broken": GitHubUnavailable("down", undone=True)}
    await decide(office, a_comment("broken"), a_comment("behind"))

    for _ in range(3):
        await office.work()
        await due_now(store)
    await office.work()

    assert pen.begun.index("behind") == 3, "after 1 and 5 seconds it keeps its place, for 30 it steps aside"
    assert (await state_of(store, "broken"))[0] == "due"


async def test_an_answer_that_fails_holds_no_other_answer_up(store: Store) -> None:
    office, pen = await a_picky_office(store)
    pen.broken = {"broken": GitHubUnavailable("down")}

    await decide(office, an_answer("broken"), an_answer("behind"))
    await office.work()

    assert pen.done_keys == ["behind"]


async def test_a_label_that_was_overtaken_by_a_later_decision_is_dropped(store: Store) -> None:
    office, pen = await a_picky_office(store)
    pen.broken = {"on": GitHubUnavailable("down")}
    on = AddLabel(key="on", number=4, label="waiting")
    await decide(office, on)
    await decide(office, RemoveLabel(key="off", number=4, label="waiting"))
    for _ in range(4):
        await office.work()
        await due_now(store)

    pen.broken = {}
    await office.work()

    assert pen.done_keys == ["off"]
    assert await state_of(store, "on") == ("dropped", "a later change to the same thing came first")


async def test_waiting_for_its_turn_is_no_failure(store: Store) -> None:
    office, pen = await a_picky_office(store)
    await written_before(store, 50)
    await decide(office, a_comment("paced"))
    for _ in range(9):
        await office.work()
        await due_now(store)
    pen.broken = {"paced": GitHubUnavailable("down")}
    await one_leaves_the_minute(store)
    await office.work()

    (wait,) = await waits_of(store)
    assert wait < 2, "its first failure is followed by the first pause"


async def test_what_a_limit_refused_counts_for_no_pace_and_waits_for_its_end(store: Store) -> None:
    office, pen = await a_picky_office(store)
    pen.broken = {"limited": LimitReached("limit", retry_at=NOW + timedelta(minutes=10))}
    await written_before(store, 49)

    await decide(office, a_label("limited", number=1))
    await office.work()
    await decide(office, a_label("next", number=2))
    await office.work()

    assert pen.done_keys == ["next"]
    assert 9 * 60 < (await waits_of(store))[0] < 11 * 60


async def test_a_parked_bug_is_parked_after_its_own_failures_only(store: Store) -> None:
    office, _ = await an_office_with(store, *([RuntimeError("a bug")] * 20))
    await decide(office, a_label("buggy", number=4))
    for _ in range(9):
        assert (await state_of(store, "buggy"))[0] == "due"
        await due_now(store)
        await office.work()

    assert await state_of(store, "buggy") == ("parked", "something went wrong on my side (RuntimeError)")


async def test_what_a_stopped_worker_holds_is_left_to_it_and_holds_nobody_up(store: Store) -> None:
    office, pen = await a_picky_office(store)
    await decide(office, a_comment("held"), a_comment("behind"))
    held = await store.effects.keyed("greeter/1/held")
    assert held is not None
    other = Store(store.url)
    await other.start()
    async with other.effects.held(held.id):
        await office.work()
        assert pen.done_keys == ["behind"]
    await other.close()
    await due_now(store)
    await office.work()

    assert pen.done_keys == ["behind", "held"]


async def test_an_effect_that_is_forgotten_while_it_waits_takes_nobodys_turn(store: Store) -> None:
    office, pen = await a_picky_office(store)
    await written_before(store, 50)
    await decide(office, a_comment("first", number=1))
    await office.work()
    async with store.transaction() as connection:
        await connection.execute(text("UPDATE effects SET key = NULL, state = 'dropped' WHERE paced"))
    await one_leaves_the_minute(store)
    await decide(office, a_comment("second", number=2))
    await office.work()

    assert pen.done_keys == ["second"]
