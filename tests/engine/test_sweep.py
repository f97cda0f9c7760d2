"""Schedules: run when due and not yet done, once, and looked at again just before acting."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from mentorbot.core.actions import Comment, Occasion, Remember
from mentorbot.core.errors import AccessLost, GitHubUnavailable
from mentorbot.core.people import Person
from mentorbot.core.plan import Plan, leave_alone, plan
from mentorbot.db.connection import text
from mentorbot.db.store import Store
from mentorbot.engine.unknown_names import UnknownRepository
from mentorbot.feature_api.feature import Case, Every, Feature
from mentorbot.feature_api.ports import Ports
from tests.builders import NOW, a_repository
from tests.engine.office import Greeting, Office, an_office
from tests.stored_effects import effects_of


class Minding:
    """Nudges the threads it minds; `fresh` are those that still want it at the last look."""

    def __init__(self, *minded: int, look: bool = True) -> None:
        self.minded = list(minded)
        self.fresh = set(minded)
        self.runs = 0
        self.down: GitHubUnavailable | None = None
        self.beyond: int | None = None
        self._look = look

    async def each(self, _section: Greeting, _ports: Ports) -> AsyncIterator[Case[int]]:
        self.runs += 1
        if self.down:
            raise self.down
        for number in self.minded:
            yield Case(number, number)

    async def last_look(self, number: int, _section: Greeting, _ports: Ports) -> int | None:
        return number if number in self.fresh else -number

    def decide(self, number: int, _section: Greeting) -> Plan:
        if number == self.beyond:
            raise ValueError("nobody thought of that")
        if number <= 0:
            return leave_alone("somebody answered")
        return plan(
            Comment(key=f"nudge {number}", number=number, body=f"Hey {number}", occasion=Occasion.NUDGE),
            because=f"{number} is quiet",
        )

    def card(self, cadence: str = "day 06:00") -> Feature[Greeting]:
        every = Every(
            cadence, each=self.each, decide=self.decide, fresh=self.last_look if self._look else None
        )
        return Feature(name="minding", summary="Minds.", config=Greeting, triggers=(every,))


async def an_office_that_minds(store: Store, minding: Minding, config: str = "minding:\n") -> Office:
    office = an_office(store, minding.card())
    office.app.here.config = config
    await store.repositories.put(5, [a_repository(owner=Person(2, "acme"))], as_of=NOW)
    async with store.transaction() as connection:
        await store.repositories.progress(connection, 1, stage="finished", cursor=None, pages=3, now=NOW)
    await office.engine.configuration("acme/rockets")
    return office


async def test_a_schedule_seen_for_the_first_time_waits_for_its_next_turn(store: Store) -> None:
    minding = Minding(4)
    office = await an_office_that_minds(store, minding)

    assert await office.engine.tick() == 0
    office.wait(timedelta(days=1))
    assert await office.engine.tick() == 1
    await office.work()

    assert office.said == ["Hey 4"]


async def test_ticking_twice_runs_once(store: Store) -> None:
    minding = Minding(4)
    office = await an_office_that_minds(store, minding)
    await office.engine.tick()
    office.wait(timedelta(days=1))

    assert [await office.engine.tick(), await office.engine.tick()] == [1, 0]
    await office.work()

    assert minding.runs == 1


async def test_runs_that_were_missed_are_caught_up_once(store: Store) -> None:
    minding = Minding(4)
    office = await an_office_that_minds(store, minding)
    await office.engine.tick()
    office.wait(timedelta(days=9))

    await office.engine.tick()
    await office.work()
    await office.engine.tick()
    await office.work()

    assert minding.runs == 1


async def test_a_repository_whose_config_is_beyond_us_stops_no_other_one_s_schedules(store: Store) -> None:
    office = await an_office_that_minds(store, Minding(4))
    other = a_repository(id=2, full_name="acme/boats", owner=Person(2, "acme"))
    await store.repositories.put(5, [other], as_of=NOW)
    await office.engine.configuration("acme/boats")
    await office.engine.tick()
    office.wait(timedelta(days=1))
    async with store.transaction() as connection:  # as a newer version would have it, say
        await connection.execute(
            text("UPDATE configs SET sources = '[{}]', version = version + 1 WHERE repository_id = 1")
        )

    assert await office.engine.tick() == 1


async def test_a_config_that_did_not_change_is_not_read_again_at_every_tick(store: Store) -> None:
    office = await an_office_that_minds(store, Minding(4))
    await office.engine.tick()
    office.wait(timedelta(days=1))
    async with store.transaction() as connection:  # whoever reads it fails
        await connection.execute(text("UPDATE configs SET sources = '[{}]'"))

    assert await office.engine.tick() == 1


async def test_a_case_that_is_beyond_its_rule_stops_no_other_one(store: Store) -> None:
    minding = Minding(4, 13, 5)
    minding.beyond = 13
    office = await an_office_that_minds(store, minding)

    decisions = await office.engine.sweep("acme/rockets")
    await office.work()

    assert office.said == ["Hey 4", "Hey 5"]
    assert [one.plan.because for one in decisions if one.plan.unknown] == [
        "Something went wrong on my side (ValueError)."
    ]


async def test_a_clock_that_ran_ahead_and_back_does_not_stop_the_schedule(store: Store) -> None:
    minding = Minding(4)
    office = await an_office_that_minds(store, minding)
    await office.engine.tick()
    office.wait(timedelta(days=1000))
    await office.engine.tick()
    office.now[0] = NOW

    await office.engine.tick()
    office.wait(timedelta(days=1))
    assert await office.engine.tick() == 1


async def test_a_clock_set_back_a_little_repeats_nothing(store: Store) -> None:
    minding = Minding(4)
    office = await an_office_that_minds(store, minding)
    await office.engine.tick()
    office.wait(timedelta(days=1))
    await office.engine.tick()
    office.wait(-timedelta(minutes=30))

    assert await office.engine.tick() == 0


async def test_a_feature_that_is_off_is_not_due(store: Store) -> None:
    office = await an_office_that_minds(store, Minding(4), config="calendar:\n")
    await office.engine.tick()
    office.wait(timedelta(days=1))

    assert await office.engine.tick() == 0


async def test_the_sweep_waits_for_github(store: Store) -> None:
    minding = Minding(4)
    minding.down = GitHubUnavailable("limit", retry_at=NOW + timedelta(minutes=5))
    office = await an_office_that_minds(store, minding)

    await office.engine.tick()
    office.wait(timedelta(days=1))
    await office.engine.tick()
    await office.work()

    assert (await store.jobs.backlog()).later == 1


async def test_sweeping_twice_writes_once(store: Store) -> None:
    office = await an_office_that_minds(store, Minding(4))

    first = await office.engine.sweep("acme/rockets")
    await office.engine.sweep()
    await office.work()

    assert [decision.plan.because for decision in first] == ["4 is quiet"]
    assert office.said == ["Hey 4"]


async def test_a_dry_run_decides_and_leaves_no_trace(store: Store) -> None:
    minding = Minding(4, 5)
    office = await an_office_that_minds(store, minding)

    decisions = await office.engine.sweep("acme/rockets", dry_run=True)
    await office.work()

    assert [decision.number for decision in decisions] == [4, 5]
    assert office.app.pen.done == []
    assert await office.why(4) == []
    assert await effects_of(store, 1) == []


async def test_what_the_rule_no_longer_wants_at_the_last_look_is_dropped(store: Store) -> None:
    minding = Minding(4, 5)
    office = await an_office_that_minds(store, minding)
    await office.engine.sweep("acme/rockets")

    minding.fresh.remove(4)
    await office.work()

    assert office.said == ["Hey 5"]
    assert (await office.why(4))[0].endswith("a last look before acting showed: somebody answered")


async def test_what_was_dropped_at_the_last_look_is_done_when_it_is_due_again(store: Store) -> None:
    minding = Minding(4)
    office = await an_office_that_minds(store, minding)
    minding.fresh.clear()
    await office.engine.sweep("acme/rockets")
    await office.work()

    minding.fresh.add(4)
    await office.engine.sweep("acme/rockets")
    await office.work()

    assert office.said == ["Hey 4"]


async def test_what_a_sweep_leaves_alone_is_told_once_not_daily(store: Store) -> None:
    minding = Minding(4)

    def wait(_number: int, _section: Greeting) -> Plan:
        return leave_alone(f"quiet since {office.now[0]:%d}")

    minding.decide = wait  # type: ignore[method-assign, assignment]  # this one only waits
    office = await an_office_that_minds(store, minding)
    for _ in range(3):
        await office.engine.sweep("acme/rockets")
        office.wait(timedelta(days=1))

    assert await office.why(4) == ["quiet since 04"]


async def test_what_a_sweep_keeps_in_mind_stays_in_the_journal(store: Store) -> None:
    minding = Minding(4)

    def note(_number: int, _section: Greeting) -> Plan:
        if office.now[0] == NOW:
            return plan(Remember(kind="seen", key="4", value={}), because="was corrected")
        return leave_alone(f"quiet since {office.now[0]:%d}")

    minding.decide = note  # type: ignore[method-assign, assignment]  # this one notes something, and waits
    office = await an_office_that_minds(store, minding)
    for _ in range(3):
        await office.engine.sweep("acme/rockets")
        office.wait(timedelta(days=1))

    assert await office.why(4) == ["quiet since 04", "was corrected"]


async def test_a_sweep_over_a_contested_record_leaves_that_case_for_the_next_round(store: Store) -> None:
    minding = Minding(4, 5)

    def remember(number: int, _section: Greeting) -> Plan:
        expected = 7 if number == 4 else 0
        return plan(
            Remember(kind="seen", key=str(number), value={}, expected=expected), because=f"saw {number}"
        )

    minding.decide = remember  # type: ignore[method-assign]  # this one only remembers
    office = await an_office_that_minds(store, minding)

    await office.engine.sweep("acme/rockets")

    assert [record.key for record in await store.records.all("minding", 1, "seen")] == ["5"]


@pytest.mark.parametrize("dry_run", [False, True])
async def test_a_repository_that_was_lost_does_not_stop_the_sweep(store: Store, *, dry_run: bool) -> None:
    office = an_office(store)
    office.app.here.down = AccessLost("The App is no longer installed there.")
    await store.repositories.put(5, [a_repository()], as_of=NOW)

    (decision,) = await office.engine.sweep(dry_run=dry_run)

    assert decision.plan.unknown
    assert decision.plan.because == (
        "Could not read its configuration: The App is no longer installed there."
    )


async def test_a_repository_we_do_not_know_is_named(store: Store) -> None:
    office = await an_office_that_minds(store, Minding())

    with pytest.raises(UnknownRepository, match="never worked in acme/nothing"):
        await office.engine.sweep("acme/nothing")
