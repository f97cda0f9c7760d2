"""Where nobody knows whether GitHub did it, we look, not too soon and not only once."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mentorbot.core.actions import Action, EditComment
from mentorbot.core.entities import Repository
from mentorbot.core.errors import AccessLost, GitHubUnavailable
from mentorbot.db.connection import text
from mentorbot.db.store import Store
from mentorbot.engine.retries import RETRY_DELAYS, RetryDelays
from tests.builders import NOW
from tests.engine.office import FakeApp, Office, a_pull_by, an_office
from tests.engine.test_act import HERE, Capricious, a_comment, decide, state_of
from tests.engine.test_crashes import KEY, a_worker, lines_of, settled, written
from tests.engine.test_decide import due_now
from tests.engine.test_priorities import THUMB, an_answer
from tests.patience import PATIENCE

LOST = GitHubUnavailable("the line dropped")


@dataclass
class Twice(Capricious):
    """A GitHub that has everything twice, until the younger one is taken back."""

    looks: list[str] = field(default_factory=list)
    at_look: Exception | None = None

    async def keep_one(
        self, action: Action, *, repository: Repository, key: str, made: Mapping[str, Any]
    ) -> tuple[Mapping[str, Any], int]:
        self.looks.append(key)
        if self.at_look is not None:
            raise self.at_look
        return {**made, "id": 99}, 1


async def a_doubtful_office(
    store: Store, *refusals: Exception, waits: RetryDelays = RETRY_DELAYS
) -> tuple[Office, Twice]:
    pen = Twice(refusals=list(refusals))
    office = an_office(store, app=FakeApp(pen=pen), waits=waits)
    await store.repositories.put(5, [HERE], as_of=NOW)
    await store.configs.put(1, await office.app.here.config_sources(), {}, now=NOW)
    return office, pen


async def later(office: Office, seconds: float = 16) -> None:
    """Let time pass by the database's clock, and have done what can be done then."""
    async with office.store.transaction() as connection:
        by = {"by": timedelta(seconds=seconds)}
        await connection.execute(text("UPDATE effects SET tried_at = tried_at - CAST(:by AS interval)"), by)
        await connection.execute(
            text("UPDATE procrastinate_jobs SET scheduled_at = scheduled_at - CAST(:by AS interval)"), by
        )
    await office.work()


async def test_nobody_looks_before_fifteen_seconds_have_passed(store: Store) -> None:
    office, pen = await a_doubtful_office(store, LOST)
    await decide(office, a_comment())
    await office.work()
    await due_now(store)  # as if somebody were in a hurry: the wait is counted from the write itself
    await office.work()
    await later(office, 14 - 10)
    assert pen.attempts == [1]

    await later(office)

    assert pen.attempts == [1, 2]
    assert (await state_of(store, "k"))[0] == "done"


async def test_a_write_that_died_with_its_worker_is_not_looked_for_at_once_either(store: Store) -> None:
    office, pen = await a_doubtful_office(store)
    await decide(office, a_comment())
    async with store.transaction() as connection:
        await connection.execute(text("UPDATE effects SET state = 'doing', attempts = 1, tried_at = now()"))
    await office.work()
    assert pen.attempts == []

    await later(office)

    assert pen.attempts == [2]


@pytest.mark.parametrize(
    ("action", "refusal", "attempts"),
    [
        pytest.param(a_comment(), GitHubUnavailable("no token", undone=True), [1, 1], id="never sent"),
        pytest.param(THUMB, LOST, [1, 2], id="harmless when done twice"),
    ],
)
async def test_what_cannot_have_doubled_is_tried_again_without_that_wait(
    store: Store, action: Action, refusal: Exception, attempts: list[int]
) -> None:
    office, pen = await a_doubtful_office(store, refusal)
    await decide(office, action)
    await office.work()
    await due_now(store)
    await office.work()

    assert pen.attempts == attempts
    assert pen.looks == []


async def test_a_doubtful_greeting_holds_no_answer_in_its_thread_up(store: Store) -> None:
    office, _ = await a_doubtful_office(store, LOST)
    await decide(office, a_comment())
    await office.work()

    await decide(office, an_answer(), THUMB)
    await office.work()

    assert office.said == ["answer"]


async def test_after_writing_again_a_later_look_keeps_the_older_one_and_says_so(store: Store) -> None:
    office, pen = await a_doubtful_office(store, LOST)
    await decide(office, a_comment())
    await office.work()
    await later(office)
    assert pen.looks == []

    await later(office, 21)
    await later(office, 21)

    assert pen.looks == ["greeter/1/k"]
    effect = await store.effects.keyed("greeter/1/k")
    assert effect is not None
    assert (effect.state, effect.doubtful, (effect.result or {})["id"]) == ("done", False, 99)
    assert "GitHub had it twice, and I took the younger one back" in (await office.why(4))[0]


async def test_what_was_written_at_the_first_attempt_is_not_looked_for_at_all(store: Store) -> None:
    office, pen = await a_doubtful_office(store)
    await decide(office, a_comment())
    await office.work()
    await later(office, 60)

    assert pen.looks == []


async def test_a_look_that_comes_again_or_too_late_does_nothing(store: Store) -> None:
    office, pen = await a_doubtful_office(store, LOST)
    await decide(office, a_comment())
    await office.work()
    await later(office)
    effect = await store.effects.keyed("greeter/1/k")
    assert effect is not None
    async with store.transaction() as connection:
        await connection.execute(text("UPDATE effects SET doubtful = false"))
        await connection.execute(text("UPDATE procrastinate_jobs SET scheduled_at = now()"))
    await office.work()

    assert pen.looks == []


async def test_an_edit_waits_until_it_is_clear_which_one_is_kept(store: Store) -> None:
    office, pen = await a_doubtful_office(store, LOST)
    await decide(office, a_comment("first"))
    await office.work()
    await later(office)
    await decide(office, EditComment(key="edit", number=4, comment="first", body="new"))
    await office.work()
    assert len(pen.done) == 1

    await later(office, 21)
    await later(office, 21)

    assert pen.made_with[-1] is not None
    assert pen.made_with[-1]["id"] == 99


@pytest.mark.parametrize(
    ("at_look", "still_doubtful"),
    [
        pytest.param(GitHubUnavailable("down"), True, id="GitHub is down: later"),
        pytest.param(AccessLost("gone"), False, id="we are gone: never"),
    ],
)
async def test_a_look_that_fails_is_repeated_where_that_helps(
    store: Store, at_look: Exception, still_doubtful: bool
) -> None:
    office, pen = await a_doubtful_office(store, LOST)
    await decide(office, a_comment())
    pen.at_look = at_look
    for _ in range(4):
        await later(office, 21)

    effect = await store.effects.keyed("greeter/1/k")
    assert effect is not None
    assert effect.doubtful is still_doubtful


async def test_a_worker_killed_while_github_takes_eight_seconds_leads_to_one_comment(
    store: Store, database_url: str, file: Path
) -> None:
    office = an_office(store)
    await office.hear("pull_request", a_pull_by("ada", id_=700))

    with a_worker(database_url, file, "die while GitHub writes") as killed:
        assert await asyncio.to_thread(killed.wait, PATIENCE) == -signal.SIGKILL
    assert lines_of(file) == []
    with a_worker(database_url, file, "patiently"):
        await written(file, 1)
        async with asyncio.timeout(PATIENCE):
            while (effect := await store.effects.keyed(KEY)) is None or effect.state != "done":  # noqa: ASYNC110
                await asyncio.sleep(0.1)
        await settled(office)

    assert lines_of(file) == [KEY]
    assert effect.attempts == 2
