"""How long an effect waits for its turn."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mentorbot.db.connection import text
from mentorbot.db.store import Store
from mentorbot.db.write_limits import WriteLimit
from tests.engine.test_act import a_comment, an_office_with, decide
from tests.stored_effects import effects_of

A_MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("written", "ahead", "minutes"),
    [
        pytest.param(0, 9, 0, id="there is room for all"),
        pytest.param(1, 9, 1, id="behind the one that was written"),
        pytest.param(0, 10, 1, id="behind the first of those that can be written now"),
        pytest.param(1, 29, 3, id="behind many, after a pause in which little was written"),
        pytest.param(10, 29, 3, id="behind many, at full pace"),
    ],
)
async def test_an_effect_waits_for_as_long_as_it_takes_to_write_those_ahead_of_it(
    store: Store, written: int, ahead: int, minutes: int
) -> None:
    office, _ = await an_office_with(store)
    keys = [f"{number:03}" for number in range(written + ahead + 1)]
    await decide(office, *map(a_comment, keys))
    # The ids are in the order of the fingerprints, which nobody can foretell.
    effects = sorted(await effects_of(store, 1), key=lambda effect: effect.id)
    async with store.transaction() as connection:
        for effect in effects[:written]:
            await connection.execute(
                text("UPDATE effects SET state = 'done', tried_at = now() WHERE id = :id"), {"id": effect.id}
            )
        await connection.execute(text("UPDATE effects SET paced = state = 'due'"))

    async with store.transaction() as connection:
        allowance = WriteLimit(writes=10, period=A_MINUTE, below=100)
        wait = await store.write_counts.wait_before_write(connection, effects[-1], [allowance])

    assert round((wait or timedelta()) / A_MINUTE) == minutes


async def test_what_was_written_before_the_clock_was_set_back_holds_nobody_up(store: Store) -> None:
    office, _ = await an_office_with(store)
    await decide(office, *map(a_comment, ("first", "second")))
    first, second = await effects_of(store, 1)
    async with store.transaction() as connection:
        await connection.execute(
            text("UPDATE effects SET attempts = 1, tried_at = now() + interval '1 day' WHERE id = :id"),
            {"id": first.id},
        )
        allowance = WriteLimit(writes=1, period=A_MINUTE, below=100)
        assert await store.write_counts.wait_before_write(connection, second, [allowance]) is None

    tried = await store.effects.get(first.id)
    assert tried is not None
    assert tried.tried_ago is None, "or nobody would look for it before the day is over"
