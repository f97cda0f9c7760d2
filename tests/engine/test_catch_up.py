"""What GitHub could not deliver is fetched once, however often the bot starts and wherever it stopped."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from mentorbot.core.errors import GitHubUnavailable, LimitReached
from mentorbot.core.people import Person
from mentorbot.db.store import Store
from mentorbot.engine.catch_up import DELIVERIES_KEPT
from mentorbot.github.missed_deliveries import MissedDelivery
from tests.builders import NOW, a_repository
from tests.engine.office import Office, a_missed_delivery, a_pull_by, an_office


def missed(count: int) -> list[MissedDelivery]:
    """So many pull requests that nobody told us of, a minute apart, the last one just now."""
    return [
        a_missed_delivery(
            f"m{number}",
            "pull_request",
            json.dumps(a_pull_by(f"ada{number}", number=number)).encode(),
            at=NOW - timedelta(minutes=count - number),
        )
        for number in range(1, count + 1)
    ]


def an_office_that_missed(store: Store, count: int) -> Office:
    office = an_office(store)
    office.app.missed = missed(count)
    return office


async def test_25_missed_deliveries_cost_25_requests_once_and_none_at_the_next_start(store: Store) -> None:
    office = an_office_that_missed(store, 25)
    assert await office.engine.catch_up() == 25
    assert len(office.app.fetched) == 25

    office.app.fetched.clear()
    restarted = an_office(store, app=office.app)
    assert await restarted.engine.catch_up() == 0
    assert office.app.fetched == []


async def test_a_limit_in_the_middle_is_gone_on_from_there(store: Store) -> None:
    office = an_office_that_missed(store, 25)
    for _ in range(2):
        office.app.fetches_left = 10
        with pytest.raises(LimitReached):
            await an_office(store, app=office.app).engine.catch_up()
    office.app.fetches_left = 10
    assert await an_office(store, app=office.app).engine.catch_up() == 5

    assert office.app.fetched == [f"m{number}" for number in range(1, 26)]


async def test_what_was_cut_short_long_ago_is_not_even_listed_again(store: Store) -> None:
    office = an_office_that_missed(store, 3)
    office.app.missed[0] = a_missed_delivery(
        "first", "pull_request", office.app.missed[0].payload, at=NOW - timedelta(days=2)
    )
    await office.engine.catch_up()
    await office.engine.catch_up()

    asked = office.app.listed_since
    assert asked[0] == NOW - DELIVERIES_KEPT
    assert asked[1] == NOW - timedelta(hours=1)


async def test_what_we_got_all_the_same_is_not_fetched(store: Store) -> None:
    office = an_office_that_missed(store, 3)
    await office.hear("pull_request", a_pull_by("ada2", number=2), id_="m2")
    assert await office.engine.catch_up() == 2
    assert office.app.fetched == ["m1", "m3"]


async def test_a_delivery_that_github_keeps_no_longer_is_passed_over(store: Store) -> None:
    office = an_office_that_missed(store, 2)
    office.app.gone = {"m1"}
    assert await office.engine.catch_up() == 1
    assert (await office.state_of("m2"))[0] == "received"


async def test_one_that_github_fails_to_tell_keeps_no_other_away(store: Store) -> None:
    office = an_office_that_missed(store, 4)
    office.app.untold = {"m2"}
    assert await office.engine.catch_up() == 3

    office.app.untold.clear()
    office.app.fetched.clear()
    assert await an_office(store, app=office.app).engine.catch_up() == 1
    assert office.app.fetched == ["m2"]


async def test_while_github_tells_none_it_is_not_asked_for_all(store: Store) -> None:
    office = an_office_that_missed(store, 25)
    office.app.untold = {one.id for one in office.app.missed}
    with pytest.raises(GitHubUnavailable):
        await office.engine.catch_up()
    assert len(office.app.fetched) == 5


async def test_an_installation_of_which_nothing_can_be_read_holds_up_no_other(store: Store) -> None:
    office = an_office(store)
    boats = a_repository(id=2, full_name="navy/boats", owner=Person(3, "navy"))
    office.app.installed = {5: [a_repository(owner=Person(2, "acme"))], 6: [boats]}
    office.app.closed = {5}
    await office.engine.catch_up()
    assert await store.repositories.active_ids(6) == {2}

    office.app.closed = {5, 6}
    with pytest.raises(LimitReached):
        await office.engine.catch_up()
    assert await store.repositories.active_ids(6) == {2}
