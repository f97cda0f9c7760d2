"""What the stored past teaches about who knows what and who has a name, and how seldom it is read anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from mentorbot.core.people import Association
from mentorbot.db.ingest import ingest
from mentorbot.db.store import Store
from mentorbot.domain.contributions import AnswerSeen, IngestBatch, PersonSeen, ReviewSeen, ThreadSeen
from mentorbot.domain.expertise import OpenedPullRequest, rank_reviewers
from mentorbot.domain.project_people import ProjectPeople
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline
from mentorbot.engine.hourly_cache import expertise_cache, project_people_cache
from tests.builders import NOW, a_person

ADA, GRACE, LINUS = a_person("ada"), a_person("grace"), a_person("linus")
ROBOT = a_person("robot[bot]", is_bot=True)


def _pull(number: int, *, days_ago: int, title: str = "Scalar: make it faster") -> ThreadSeen:
    return ThreadSeen(
        number=number,
        is_pull_request=True,
        author=ADA,
        association=Association.NONE,
        title=title,
        opened_at=NOW - timedelta(days=days_ago),
    )


async def _learn(store: Store, **lesson: object) -> None:
    async with store.transaction() as connection:
        await ingest(connection, [IngestBatch(repository_id=1, as_of=NOW, **lesson)])  # type: ignore[arg-type]  # a table of what differs


async def test_who_reviewed_such_things_is_proposed_first(store: Store) -> None:
    seen = [PersonSeen(person=person) for person in (ADA, GRACE, LINUS, ROBOT)]
    reviews = [
        ReviewSeen(number=number, by=GRACE, at=NOW - timedelta(days=days))
        for number, days in ((1, 9), (2, 4))
    ]
    answers = [
        AnswerSeen(number=2, by=LINUS, at=NOW - timedelta(days=4)),
        AnswerSeen(number=2, by=ROBOT, at=NOW - timedelta(days=4)),
    ]
    pulls = [_pull(1, days_ago=10), _pull(2, days_ago=5), _pull(9, days_ago=11, title="Group laws")]
    await _learn(store, sightings=[*seen, *pulls, *reviews, *answers])
    past = await expertise_cache(store, lambda: NOW).of(1)
    ranked = rank_reviewers(
        OpenedPullRequest(number=3, author=ADA, at=NOW, title="scalar: tests"), past, now=NOW
    )
    assert [one.person for one in ranked] == [GRACE, LINUS]
    assert any("about scalar" in str(reason) for reason in ranked[0].reasons)


async def test_labels_files_and_approving_comments_of_stored_timelines_count(store: Store) -> None:
    at = NOW - timedelta(days=2)
    acts = (
        Act(kind=ActKind.LABELED, at=at, id="l", by=GRACE, label="math"),
        Act(kind=ActKind.LINE_COMMENTED, at=at, id="line-1", by=LINUS, body="Why?", path="src/field.c"),
        Act(kind=ActKind.COMMENTED, at=at, id="comment-1", by=GRACE, body="ACK 1a2b3c4, tested"),
        Act(kind=ActKind.COMMENTED, at=at, id="comment-2", by=LINUS, body="I wonder."),
    )
    timeline = PullRequestTimeline(number=1, author=ADA, opened_at=NOW - timedelta(days=3))
    people = [PersonSeen(person=person) for person in (ADA, GRACE, LINUS)]
    await _learn(store, sightings=[_pull(1, days_ago=3), *people], timelines=[timeline.with_acts(acts)])
    past = await expertise_cache(store, lambda: NOW).of(1)
    assert past.reviews[GRACE].count(NOW) == 1
    assert "label math" in past.opened_about
    assert "src/field.c" in past.opened_about


async def test_it_is_read_anew_after_an_hour_and_not_before(store: Store) -> None:
    now: list[datetime] = [NOW]
    knowledge = expertise_cache(store, lambda: now[0])
    before = await knowledge.of(1)
    await _learn(store, sightings=[PersonSeen(person=ADA), _pull(1, days_ago=1)])
    now[0] += timedelta(minutes=59)
    assert await knowledge.of(1) is before
    now[0] += timedelta(minutes=2)
    assert (await knowledge.of(1)).opened.count(now[0]) == 1


async def test_what_is_older_than_two_years_is_left_out(store: Store) -> None:
    await _learn(store, sightings=[PersonSeen(person=ADA), _pull(1, days_ago=800), _pull(2, days_ago=700)])
    assert (await expertise_cache(store, lambda: NOW).of(1)).opened.count(NOW) == 1


async def test_who_has_a_name_is_told_from_merges_and_deeds_once_an_hour(store: Store) -> None:
    at, now = NOW - timedelta(days=2), [NOW]
    deeds = (
        Act(kind=ActKind.LABELED, at=at, id="l", by=GRACE, label="math"),
        Act(kind=ActKind.CLOSED, at=at, id="c", by=ADA),
        Act(kind=ActKind.LABELED, at=at, id="b", by=ROBOT, label="ci"),
        Act(kind=ActKind.COMMENTED, at=at, id="w", by=LINUS, body="LGTM"),
    )
    opened = PullRequestTimeline(number=1, author=ADA, opened_at=NOW - timedelta(days=9), url="https://x/1")
    await _learn(
        store,
        sightings=[
            *(PersonSeen(person=person) for person in (ADA, GRACE, LINUS, ROBOT)),
            replace(_pull(1, days_ago=9), closed_at=at),
        ],
        timelines=[opened.with_acts(deeds)],
    )
    people = project_people_cache(store, lambda: now[0])
    assert await people.of(1) == ProjectPeople(trusted=frozenset({GRACE.id}))
    assert await people.of(2) == ProjectPeople()
    await _learn(store, sightings=[replace(_pull(2, days_ago=3), closed_at=NOW, merged_at=NOW)])
    assert not (await people.of(1)).merged
    now[0] += timedelta(hours=1)
    assert (await people.of(1)).merged == {ADA.id}
