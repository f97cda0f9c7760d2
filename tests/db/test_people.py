"""Who was here before: told by dates and numbers of threads, in whatever order they were learned."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from mentorbot.core.people import Association, Person
from mentorbot.db.connection import text
from mentorbot.db.ingest import ingest
from mentorbot.db.store import Store
from mentorbot.domain.contributions import (
    AnswerSeen,
    IngestBatch,
    PersonSeen,
    ReviewSeen,
    Sighting,
    ThreadSeen,
)
from mentorbot.domain.contributor_history import ContributorHistory
from mentorbot.domain.response_time import Wait
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline
from tests.builders import NOW, a_person

ADA, GRACE, ROBOT = a_person("ada"), a_person("grace"), a_person("robot[bot]", is_bot=True)


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def thread(
    number: int, *, opened: float, merged: float | None = None, pull: bool = True, author: Person = ADA,
    association: Association = Association.NONE, closed: float | None = None, title: str = "…",
) -> ThreadSeen:  # fmt: skip
    closed_at = ago(closed) if closed is not None else ago(merged) if merged is not None else None
    return ThreadSeen(
        number=number,
        is_pull_request=pull,
        author=author,
        association=association,
        title=title,
        opened_at=ago(opened),
        closed_at=closed_at,
        merged_at=ago(merged) if merged is not None else None,
    )


async def learn(store: Store, *sightings: Sighting, as_of: datetime = NOW, repository_id: int = 1) -> None:
    lesson = IngestBatch(repository_id=repository_id, as_of=as_of, sightings=sightings)
    async with store.transaction() as connection:
        await ingest(connection, [lesson])


async def known(
    store: Store, person: Person = ADA, *, before: datetime = NOW, number: int = 100
) -> ContributorHistory:
    return (
        await store.people.contributor_history(1, person, before=before, number=number)
    ).contributor_history


@pytest.mark.parametrize(
    ("sightings", "expected"),
    [
        pytest.param((), {}, id="nobody knows them"),
        pytest.param((thread(100, opened=0),), {}, id="the thread itself doesn't count"),
        pytest.param((thread(101, opened=-1),), {}, id="later ones don't count"),
        pytest.param(
            (thread(3, opened=9),), {"pull_requests": 1, "last_seen": ago(9)}, id="an earlier pull request"
        ),
        pytest.param(
            (thread(3, opened=9, pull=False),), {"issues": 1, "last_seen": ago(9)}, id="an earlier issue"
        ),
        pytest.param(
            (thread(99, opened=0),),
            {"pull_requests": 1, "last_seen": NOW},
            id="of two at once the lower number",
        ),
        pytest.param(
            (thread(3, opened=9, merged=2),),
            {"pull_requests": 1, "merged": 1, "last_seen": ago(2)},
            id="a merged one",
        ),
        pytest.param(
            (thread(3, opened=9, merged=-2),),
            {"pull_requests": 1, "last_seen": ago(9)},
            id="one that is merged later",
        ),
        pytest.param(
            (ReviewSeen(number=3, by=ADA, at=ago(4)),), {"reviews": 1, "last_seen": ago(4)}, id="a review"
        ),
        pytest.param(
            (ReviewSeen(number=3, by=ADA, at=NOW),),
            {"reviews": 1, "last_seen": NOW},
            id="a review in the same second",
        ),
        pytest.param(
            (AnswerSeen(number=3, by=ADA, at=ago(4)),), {"last_seen": ago(4)}, id="plain comments don't count"
        ),
        pytest.param((thread(3, opened=9, author=GRACE),), {}, id="somebody else's"),
    ],
)
async def test_what_somebody_had_done_before(
    store: Store, sightings: tuple[Sighting, ...], expected: dict[str, object]
) -> None:
    await learn(store, *sightings)

    assert await known(store) == ContributorHistory(person=ADA, **expected)  # type: ignore[arg-type]  # a table


@pytest.mark.parametrize(
    ("association", "insider", "contributor"),
    [
        pytest.param(Association.MEMBER, True, False, id="member"),
        pytest.param(Association.CONTRIBUTOR, False, True, id="contributor"),
        pytest.param(Association.NONE, False, False, id="none proves nothing"),
        pytest.param(Association.FIRST_TIMER, False, False, id="first-timer"),
    ],
)
async def test_github_may_say_how_somebody_belongs(
    store: Store, association: Association, insider: bool, contributor: bool
) -> None:
    await learn(store, PersonSeen(person=ADA, association=association), as_of=ago(1))

    found = await known(store)

    assert (found.insider, found.contributor) == (insider, contributor)


async def test_what_github_says_later_does_not_make_an_earlier_event_old(store: Store) -> None:
    await learn(store, PersonSeen(person=ADA, association=Association.CONTRIBUTOR), as_of=NOW)

    assert not (await known(store, before=ago(1))).contributor


async def test_the_merge_itself_does_not_make_its_author_a_contributor_before_it(store: Store) -> None:
    merged = thread(100, opened=9, merged=0, association=Association.CONTRIBUTOR)
    await learn(store, merged, as_of=NOW)

    assert not (await known(store, before=NOW)).contributor
    assert (await known(store, before=NOW + timedelta(seconds=1), number=200)).contributor


async def test_another_repository_does_not_count(store: Store) -> None:
    await learn(store, thread(3, opened=9), repository_id=2)

    assert await known(store) == ContributorHistory(person=ADA)


async def test_the_order_of_lessons_does_not_matter(database_url: str, store: Store) -> None:
    told = [
        (thread(3, opened=9, title="first"), ago(9)),
        (thread(3, opened=9, closed=5, title="first"), ago(5)),
        (thread(3, opened=9, title="second"), ago(4)),
        (thread(3, opened=9, merged=2, title="second"), ago(2)),
    ]
    seen = set()
    for place, order in enumerate(itertools.permutations(told), start=1):
        for sighting, as_of in order:
            await learn(store, replace(sighting, number=place), as_of=as_of)
        async with store.database.reading() as connection:
            row = await connection.execute(
                text("SELECT title, closed_at, merged_at, as_of FROM threads WHERE number = :number"),
                {"number": place},
            )
            seen.add(tuple(row.one()))

    assert seen == {("second", ago(2), ago(2), ago(2))}


async def test_logins_change_and_older_news_do_not_change_them_back(store: Store) -> None:
    await learn(store, PersonSeen(person=Person(7, "new")), as_of=NOW)
    await learn(store, PersonSeen(person=Person(7, "old")), as_of=ago(9))

    found = await store.people.named("NEW")
    assert found is not None
    assert (found.id, found.login) == (7, "new")
    assert await store.people.named("old") is None


async def test_waits_count_those_who_still_wait_and_leave_out_bots_and_insiders(store: Store) -> None:
    await learn(
        store,
        thread(1, opened=9),
        thread(2, opened=8, closed=7),
        thread(3, opened=6),
        thread(4, opened=5, author=ROBOT),
        thread(5, opened=5, author=GRACE, association=Association.MEMBER),
        thread(6, opened=5, pull=False),
        thread(7, opened=99),
        AnswerSeen(number=1, by=ROBOT, at=ago(8.9)),
        AnswerSeen(number=1, by=ADA, at=ago(8.8)),
        AnswerSeen(number=1, by=GRACE, at=ago(8)),
        AnswerSeen(number=1, by=GRACE, at=ago(2)),
    )

    assert await store.people.waits(1, since=ago(30), now=NOW) == [
        Wait(opened_at=ago(9), answered_at=ago(8), until=NOW),
        Wait(opened_at=ago(8), answered_at=None, until=ago(7)),
        Wait(opened_at=ago(6), answered_at=None, until=NOW),
    ]


async def test_a_timeline_is_built_from_what_deliveries_tell(store: Store) -> None:
    beginning = PullRequestTimeline(
        number=3, author=ADA, opened_at=ago(9), opened_title="Fix it", head_sha="a" * 40
    )
    comment = Act(kind=ActKind.COMMENTED, at=ago(5), id="comment-1", by=GRACE, body="first")
    edited = replace(comment, body="second", edited_at=ago(4))
    checked = Act(kind=ActKind.CHECKS_CONCLUDED, at=ago(3), id="check-1", sha="a" * 40, outcome="success")
    lessons = [
        IngestBatch(repository_id=1, as_of=ago(9), sightings=[thread(3, opened=9)], beginnings=[beginning]),
        IngestBatch(repository_id=1, as_of=ago(4), acts=[(3, edited)]),
        IngestBatch(repository_id=1, as_of=ago(5), acts=[(3, comment)]),
        IngestBatch(repository_id=1, as_of=ago(3), acts_on_heads=[("a" * 40, checked), ("f" * 40, checked)]),
    ]
    for lesson in lessons:
        async with store.transaction() as connection:
            await ingest(connection, [lesson])

    assert await store.timelines.get(1, 3) == beginning.with_acts([edited, checked])
    assert [found.number async for found in store.timelines.open(1)] == [3]
    assert await store.timelines.get(1, 4) is None


async def test_a_timeline_read_as_a_whole_corrects_the_opening_and_keeps_what_was_heard(store: Store) -> None:
    heard = Act(kind=ActKind.COMMENTED, at=ago(5), id="comment-1", by=GRACE)
    asked = Act(kind=ActKind.LABELED, at=ago(4), id="label-1", by=GRACE, label="bug")
    partial = PullRequestTimeline(number=3, author=ADA, opened_at=ago(9), opened_title="Its present title")
    whole = replace(partial, opened_title="Its first title").with_acts([asked])
    for lesson in (
        IngestBatch(repository_id=1, as_of=ago(5), beginnings=[partial], acts=[(3, heard)]),
        IngestBatch(repository_id=1, as_of=ago(1), timelines=[whole]),
    ):
        async with store.transaction() as connection:
            await ingest(connection, [lesson])

    assert await store.timelines.get(1, 3) == whole.with_acts([heard])
