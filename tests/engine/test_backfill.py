"""How a repository's past is read, and what GitHub could not deliver."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from mentorbot.core.errors import GitHubUnavailable, Impossible
from mentorbot.core.people import Association, Person
from mentorbot.db.connection import text
from mentorbot.db.ingest import ingest
from mentorbot.db.store import Store
from mentorbot.domain.contributions import IngestBatch, ReviewSeen, Sighting, ThreadSeen
from mentorbot.domain.timeline import PullRequestTimeline
from mentorbot.engine.receive_delivery import Delivery
from mentorbot.github.delivery_target import read_target
from tests.builders import NOW, a_person, a_repository
from tests.engine.office import FakeReader, a_missed_delivery, a_pull_by, an_office
from tests.engine.test_decide import due_now
from tests.engine.test_installations import an_installation

ACME = Person(2, "acme")
ACCOUNT = {"id": 2, "login": "acme", "type": "Organization"}


def a_thread(number: int, author: Person, *, days_ago: int) -> ThreadSeen:
    return ThreadSeen(
        number=number,
        is_pull_request=True,
        author=author,
        association=Association.NONE,
        title="…",
        opened_at=NOW - timedelta(days=days_ago),
        closed_at=NOW - timedelta(days=days_ago - 1),
    )


async def test_the_past_is_read_page_by_page_and_remembered(store: Store) -> None:
    office = an_office(store)
    ada, grace = a_person("ada"), a_person("grace")
    pages: list[Sequence[Sighting]] = [[a_thread(3, ada, days_ago=3)], [a_thread(2, grace, days_ago=30)]]
    office.app.here.past = pages
    office.app.here.past_of_reviews = [[ReviewSeen(number=2, by=ada, at=NOW - timedelta(days=29))]]

    await office.hear("installation", an_installation("created"))
    await office.work()

    known = await store.people.contributor_history(1, ada, before=NOW, number=99)
    assert known.is_complete
    assert (known.contributor_history.pull_requests, known.contributor_history.reviews) == (1, 1)
    assert known.contributor_history.last_seen == NOW - timedelta(days=3)
    assert [question for question in office.app.here.asked if question.startswith("past")] == [
        "past threads None",
        "past threads 1",
        "past reviews None",
    ]


@dataclass
class SlowReader(FakeReader):
    """Something happens while GitHub's answer is under way."""

    meanwhile: Callable[[], Awaitable[None]] | None = None

    async def past_threads(self, cursor: str | None) -> tuple[Sequence[Sighting], str | None]:
        assert self.meanwhile is not None
        await self.meanwhile()
        return await super().past_threads(cursor)


async def test_what_webhooks_tell_while_a_page_is_read_is_newer_than_the_page(store: Store) -> None:
    """The page says open; by the time it is here, the thread was closed, locked and called spam."""
    office = an_office(store)
    opened = replace(
        a_thread(3, a_person("ada"), days_ago=3), closed_at=None, locked=False, labels=frozenset()
    )
    junk = replace(opened, closed_at=NOW, locked=True, labels=frozenset({"spam"}))

    async def closed() -> None:
        async with store.transaction() as connection:
            await ingest(connection, [IngestBatch(repository_id=1, as_of=NOW, sightings=[junk])])
        office.wait(timedelta(seconds=5))

    office.app.here = SlowReader(past=[[opened]], meanwhile=closed)
    await office.hear("installation", an_installation("created"))
    await office.work()
    async with store.database.reading() as connection:
        row = (await connection.execute(text("SELECT closed_at, locked, labels FROM threads"))).one()
    assert tuple(row) == (NOW, True, ["spam"])


async def test_the_first_news_of_a_repository_are_answered_before_its_past_is_read(store: Store) -> None:
    office = an_office(store)
    await office.hear("pull_request", a_pull_by("ada"))
    await office.work()
    assert office.said == ["Hello @ada"]
    assert [question for question in office.app.here.asked if question.startswith("past")] == []

    await due_now(store)
    await office.work()

    assert "past threads None" in office.app.here.asked


async def test_reading_the_past_goes_on_where_it_stopped(store: Store) -> None:
    office = an_office(store)
    office.app.here.past = [
        [a_thread(number, a_person("ada"), days_ago=number)] for number in range(5, 0, -1)
    ]
    await store.repositories.put(5, [a_repository(owner=ACME)], as_of=NOW)
    place = await store.repositories.get(1)
    assert place is not None
    components = office.engine._components
    for _ in range(2):
        await components.backfill.read_page(1)
    office.app.here.down = GitHubUnavailable("limit")
    with pytest.raises(GitHubUnavailable):
        await components.backfill.read_page(1)
    office.app.here.down = None
    office.app.here.asked.clear()

    await office.work()

    assert office.app.here.asked[:2] == ["past threads 2", "past threads 3"]


async def test_open_pull_requests_are_read_with_their_timelines(store: Store) -> None:
    office = an_office(store)
    timeline = PullRequestTimeline(number=3, author=a_person("ada"), opened_at=NOW - timedelta(days=3))
    open_one = ThreadSeen(
        number=3,
        is_pull_request=True,
        author=a_person("ada"),
        association=Association.NONE,
        title="…",
        opened_at=timeline.opened_at,
    )
    office.app.here.past = [[open_one]]
    office.app.here.timelines = {3: timeline}

    await office.hear("installation", an_installation("created"))
    await office.work()

    assert [found.number async for found in store.timelines.open(1)] == [3]


async def test_where_open_pull_requests_cannot_be_read_the_rest_of_the_past_is_known(store: Store) -> None:
    office = an_office(store)
    await store.repositories.put(5, [a_repository(owner=ACME)], as_of=NOW)
    seeding = office.engine._components.backfill
    for _ in range(2):
        await seeding.read_page(1)
    office.app.here.down = Impossible("GitHub answered 404: Not Found", status=404)

    await seeding.read_page(1)

    place = await store.repositories.get(1)
    assert place is not None
    assert place.seeding == "finished"


async def test_a_pull_request_that_was_closed_unheard_is_closed_by_the_nightly_look(store: Store) -> None:
    office = an_office(store)
    await office.hear("pull_request", a_pull_by("ada"))
    await office.work()
    await due_now(store)  # the past of a repository that is met by news is read a little later
    await office.work()
    assert await store.timelines.open_numbers(1) == {4}

    office.wait(timedelta(hours=12))
    await office.engine._components.catch_up.reconcile_all()
    await office.work()

    assert await store.timelines.open_numbers(1) == set()


async def test_what_github_could_not_deliver_is_taken_in_once(store: Store) -> None:
    office = an_office(store)
    payload = json.dumps(a_pull_by("ada")).encode()
    office.app.missed = [
        a_missed_delivery("lost", "pull_request", payload),
        a_missed_delivery("lost too", "pull_request", payload.replace(b'"number": 4', b'"number": 5')),
        a_missed_delivery("too old", "pull_request", payload, at=NOW - timedelta(days=4)),
    ]
    await office.hear("pull_request", a_pull_by("ada"), id_="lost")

    assert await office.engine.catch_up() == 1
    assert await office.engine.catch_up() == 0
    await office.work()

    assert office.said == ["Hello @ada"]
    assert (await office.state_of("lost too"))[0] == "done"


async def test_a_replay_prints_what_would_be_done_and_leaves_no_trace(store: Store) -> None:
    office = an_office(store)
    payloads = (a_pull_by("ada"), a_pull_by("grace", number=5, at=NOW - timedelta(days=365)))
    bodies = [json.dumps(payload).encode() for payload in payloads]
    deliveries = [
        Delivery(
            id=f"d{place}",
            event="pull_request",
            body=body,
            target=read_target(body),
            received_at=NOW,
        )
        for place, body in enumerate(bodies)
    ]

    decisions = await office.engine.replay(deliveries)
    await office.work()

    assert [decision.plan.because for decision in decisions] == [
        "@ada opened a pull request",
        "@grace opened a pull request",
    ]
    assert [decision.at for decision in decisions] == [NOW, NOW - timedelta(days=365)]
    assert office.app.pen.done == []
    assert (await office.engine.status()).repositories == []
