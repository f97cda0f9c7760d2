from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from mentorbot.core.people import Association
from mentorbot.db.ingest import ingest
from mentorbot.db.store import Store
from mentorbot.domain.contributions import IngestBatch, ThreadSeen
from mentorbot.domain.timeline import PullRequestTimeline
from tests.builders import NOW, a_person
from tests.domain.pasts import a_past
from tests.features.stalled.candidates import BOT, labels

DAY = timedelta(days=1)


def seen(number: int) -> ThreadSeen:
    return ThreadSeen(
        number=number,
        author=a_person("ada"),
        association=Association.NONE,
        title="Up",
        is_pull_request=True,
        opened_at=NOW,
        closed_at=None,
        merged_at=None,
    )


def wears(number: int, *names: str) -> PullRequestTimeline:
    return a_past(*(labels(BOT, name) for name in names), number=number)


async def test_what_was_closed_unheard_is_found_by_the_labels_it_wears(store: Store) -> None:
    put_back = a_past(
        labels(BOT, "awaiting review"), replace(labels(BOT, "awaiting review", off=True), id="off"), number=4
    )
    timelines = (wears(1, "Awaiting Review", "bug"), wears(2, "awaiting review"), wears(3, "bug"), put_back)
    lesson = IngestBatch(
        repository_id=1, as_of=NOW, sightings=tuple(map(seen, (1, 2, 3, 4))), timelines=timelines
    )
    async with store.transaction() as connection:
        await ingest(connection, [lesson])
    await store.timelines.close_unseen(1, {2}, before=NOW + DAY)

    ours = ("Awaiting review", "blocked")
    found = await store.timelines.closed_with(1, ours, since=NOW)
    assert [one.number for one in found] == [1], "2 is open, 3 wears none of them, 4 has lost it"
    assert await store.timelines.closed_with(1, ours, since=NOW + 2 * DAY) == []
    assert await store.timelines.closed_with(1, (), since=NOW) == []
    assert await store.timelines.closed_with(2, ours, since=NOW) == []
