from __future__ import annotations

from datetime import timedelta

from mentorbot.core.people import Association
from mentorbot.db.ingest import ingest
from mentorbot.db.store import Store
from mentorbot.domain.contributions import IngestBatch, ThreadSeen
from mentorbot.domain.timeline import PullRequestTimeline
from tests.builders import NOW, a_person


def _seen(number: int, *, closed: bool = False, is_pull_request: bool = True) -> ThreadSeen:
    return ThreadSeen(
        number=number,
        author=a_person("ada"),
        association=Association.NONE,
        title="Up",
        is_pull_request=is_pull_request,
        opened_at=NOW,
        closed_at=NOW + timedelta(days=1) if closed else None,
        merged_at=None,
    )


def _opened(number: int, head: str) -> PullRequestTimeline:
    return PullRequestTimeline(number=number, author=a_person("ada"), opened_at=NOW, head_sha=head)


async def test_open_pull_requests_are_found_by_their_head_and_closed_threads_by_number(store: Store) -> None:
    lesson = IngestBatch(
        repository_id=1,
        as_of=NOW,
        sightings=(
            _seen(1), _seen(2), _seen(3, closed=True), _seen(4, closed=True, is_pull_request=False),
        ),
        timelines=(_opened(1, "c0ffee"), _opened(2, "f00d"), _opened(3, "c0ffee")),
    )  # fmt: skip
    async with store.transaction() as connection:
        await ingest(connection, [lesson])

    assert [one.number for one in await store.timelines.with_head(1, "c0ffee")] == [1]
    assert await store.timelines.with_head(1, "dead") == ()
    assert await store.timelines.with_head(2, "c0ffee") == ()
    closed = NOW + timedelta(days=1)
    assert await store.timelines.closed(1, {1, 2, 3, 4, 99}) == {3: closed, 4: closed}
    assert await store.timelines.closed(1, ()) == {}
