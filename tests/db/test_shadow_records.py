"""What is remembered in a repository's shadow: seen there alone, versioned, forgotten with people."""

from __future__ import annotations

import asyncio

import pytest

from mentorbot.core.actions import Forget, Remember
from mentorbot.core.people import Person
from mentorbot.db.records import Conflict
from mentorbot.db.store import Store
from tests.builders import NOW

ADA = Person(4711, "ada")


async def put(
    store: Store, value: int, *, expected: int | None = None, shadow_of: int = 0, key: str = "k"
) -> None:
    action = Remember(kind="count", key=key, value={"n": value}, expected=expected, about=(ADA.id,))
    async with store.transaction() as connection:
        await store.records.remember(connection, "f", 1, action, shadow_of=shadow_of)


async def drop(store: Store, *, shadow_of: int = 0) -> None:
    async with store.transaction() as connection:
        await store.records.forget(connection, "f", 1, Forget(kind="count", key="k"), shadow_of=shadow_of)


async def seen(store: Store, *, shadow_of: int = 0) -> tuple[int, int] | None:
    found = await store.records.get("f", 1, "count", "k", shadow_of=shadow_of)
    listed = await store.records.all("f", 1, "count", shadow_of=shadow_of)
    assert [one for one in listed if one.key == "k"] == ([found] if found else [])
    return (found.value["n"], found.version) if found else None


async def test_a_shadow_sees_what_really_is_until_it_has_its_own(store: Store) -> None:
    await put(store, 1)
    assert await seen(store, shadow_of=7) == (1, 1)
    await put(store, 2, expected=1, shadow_of=7)
    assert (await seen(store, shadow_of=7), await seen(store), await seen(store, shadow_of=8)) == (
        (2, 2),
        (1, 1),
        (1, 1),
    )


async def test_a_record_can_be_deleted_and_made_again_in_shadow(store: Store) -> None:
    await put(store, 1)
    await drop(store, shadow_of=7)
    assert (await seen(store, shadow_of=7), await seen(store)) == (None, (1, 1))
    await put(store, 3, expected=0, shadow_of=7)
    assert (await seen(store, shadow_of=7), await seen(store)) == ((3, 3), (1, 1))
    await drop(store, shadow_of=7)
    await drop(store, shadow_of=7)
    assert await seen(store, shadow_of=7) is None


async def test_what_was_only_ever_in_shadow_is_simply_gone(store: Store) -> None:
    await put(store, 1, expected=0, shadow_of=7)
    await drop(store, shadow_of=7)
    assert await seen(store, shadow_of=7) is None
    await put(store, 2, expected=0, shadow_of=7)
    assert await seen(store, shadow_of=7) == (2, 1)


@pytest.mark.parametrize("expected", [0, 2, 7])
async def test_two_decisions_do_not_build_on_the_same_past_in_shadow_either(
    store: Store, expected: int
) -> None:
    await put(store, 1)
    with pytest.raises(Conflict):
        await put(store, 2, expected=expected, shadow_of=7)
    await put(store, 2, shadow_of=7)
    with pytest.raises(Conflict):
        await put(store, 3, expected=1, shadow_of=7)


async def test_of_two_at_once_in_shadow_one_has_to_decide_again(store: Store) -> None:
    await put(store, 1)
    ended = await asyncio.gather(
        *(put(store, value, expected=1, shadow_of=7) for value in (2, 3)), return_exceptions=True
    )
    assert [type(one) for one in ended if one is not None] == [Conflict]
    assert await seen(store, shadow_of=7) in {(2, 2), (3, 2)}


async def test_forgetting_somebody_reaches_into_the_shadow_and_leaves_the_others(store: Store) -> None:
    await put(store, 1)
    await put(store, 2, shadow_of=7)
    await put(store, 3, shadow_of=8)
    await drop(store, shadow_of=8)
    await store.forgetting.forget(ADA, now=NOW)
    for shadow_of in (0, 7, 8):
        assert await seen(store, shadow_of=shadow_of) is None


async def test_clearing_a_shadow_leaves_what_really_is_and_other_shadows(store: Store) -> None:
    await put(store, 1)
    await put(store, 2, shadow_of=7)
    await put(store, 3, shadow_of=8)
    async with store.transaction() as connection:
        await store.shadow.clear(connection, 7, now=NOW)
    assert [await seen(store, shadow_of=one) for one in (0, 7, 8)] == [(1, 1), (1, 1), (3, 2)]
