from __future__ import annotations

from mentorbot.db.store import Store
from tests.engine.office import a_pull_by, an_office, working
from tests.github import hooks


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


async def test_a_comment_that_spells_out_an_escape_is_worked_off(store: Store) -> None:
    office = an_office(store)
    words = r"The proposal quotes the passphrase `\u0000`, and \ud800 too."
    await office.hear("pull_request", a_pull_by("ada"))
    comment = hooks.a_comment(body=words)
    issue = hooks.an_issue(number=4, title=words, pull_request={"url": "…"})

    delivery = await office.hear(
        "issue_comment", hooks.an_issue_hook("created", issue=issue, comment=comment)
    )
    await office.work()

    assert await office.state_of(delivery) == ("done", None)
    timeline = await store.timelines.get(1, 4)
    assert timeline is not None
    assert [act.body for act in timeline.acts] == [words]
