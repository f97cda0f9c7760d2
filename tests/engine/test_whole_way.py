from __future__ import annotations

from mentorbot.db.store import Store
from tests.engine.office import a_pull_by, an_office, working


async def test_a_delivery_becomes_a_comment(store: Store) -> None:
    office = an_office(store)

    delivery = await office.hear("pull_request", a_pull_by("ada"))
    await office.work()

    assert office.said == ["Hello @ada"]
    assert await office.state_of(delivery) == ("done", None)
    assert await office.why(4) == ["@ada opened a pull request"]


async def test_a_redelivery_is_known_and_does_nothing(store: Store) -> None:
    office = an_office(store)

    await office.hear("pull_request", a_pull_by("ada"), id_="d")
    await office.work()
    await office.hear("pull_request", a_pull_by("ada"), id_="d")
    await office.work()

    assert office.said == ["Hello @ada"]


async def test_a_running_worker_does_what_arrives(store: Store) -> None:
    office = an_office(store)

    async with working(office):
        await office.hear("pull_request", a_pull_by("ada"))
        await office.engine.settled()

    assert office.said == ["Hello @ada"]
