"""Writes down what deliveries and pages of the past teach: people, threads, reviews, answers, timelines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import TextClause
from sqlalchemy.ext.asyncio import AsyncConnection

from mentorbot.core.people import Association
from mentorbot.db.anonymize import veiled, who_in
from mentorbot.db.bulk_rows import as_key, columns, json_text
from mentorbot.db.ingest_statements import (
    ACTS,
    ACTS_ON_HEADS,
    ANSWERS,
    BEGINNINGS,
    PEOPLE,
    REVIEWS,
    STANDINGS,
    THREADS,
    TIMELINES,
)
from mentorbot.db.lesson import Lesson
from mentorbot.domain.contributions import AnswerSeen, ReviewSeen, Sighting, ThreadSeen
from mentorbot.domain.timeline import Act, PullRequestTimeline

__all__ = ["Lesson", "ingest"]

K = TypeVar("K")
R = TypeVar("R")


async def ingest(connection: AsyncConnection, lessons: Sequence[Lesson]) -> None:
    """Write lessons down, many in one transaction. Neither their order nor repetitions matter.

    Nothing is kept of those who asked to be forgotten, but that somebody did something.
    """
    lessons = await veiled(connection, lessons)
    seen = [(lesson, sighting) for lesson in lessons for sighting in lesson.sightings]
    for statement, rows in (
        (PEOPLE, _people(seen, lessons)),
        (STANDINGS, _standings(seen)),
        (THREADS, _threads(seen)),
        (REVIEWS, _reviews(seen)),
        (ANSWERS, _answers(seen)),
        (BEGINNINGS, _openings((lesson, told) for lesson in lessons for told in lesson.beginnings)),
        (TIMELINES, _openings((lesson, told) for lesson in lessons for told in lesson.timelines)),
        (ACTS, _acts(lessons)),
    ):
        await _put(connection, statement, rows)
    # After the timelines, so that a head learned just now is found.
    await _put(connection, ACTS_ON_HEADS, _acts_on_heads(lessons))


_Row = tuple[Any, ...]
_Rows = tuple[Sequence[str], list[_Row]]
_Seen = Sequence[tuple[Lesson, Sighting]]


async def _put(connection: AsyncConnection, statement: TextClause, rows: _Rows) -> None:
    names, values = rows
    if values:
        await connection.execute(statement, columns(names, values))


def _merged(rows: Iterable[tuple[K, R]], choose: Callable[[R, R], R]) -> list[tuple[K, R]]:
    """One row per key, as a statement may touch a row once only; in order, so that nobody deadlocks."""
    kept: dict[K, R] = {}
    for key, row in rows:
        kept[key] = choose(kept[key], row) if key in kept else row
    return sorted(kept.items(), key=_key_of)


def _people(seen: _Seen, lessons: Sequence[Lesson]) -> _Rows:
    met = [(person, lesson.as_of) for lesson, sighting in seen if (person := who_in(sighting))]
    met += [
        (act.by, lesson.as_of)
        for lesson in lessons
        for _, act in lesson.acts
        if act.by and not act.by.is_nameless
    ]
    newest = _merged(
        ((person.id, (as_of, person)) for person, as_of in met), lambda a, b: max(a, b, key=_first)
    )
    rows = [(id_, as_key(person.login), person.is_bot, as_of) for id_, (as_of, person) in newest]
    return ("ids", "logins", "bots", "moments"), rows


def _key_of(pair: tuple[Any, Any]) -> Any:
    return pair[0]


def _first(pair: tuple[datetime, Any]) -> datetime:
    return pair[0]


def _standings(seen: _Seen) -> _Rows:
    earliest: dict[tuple[int, int], tuple[datetime | None, datetime | None]] = {}
    for lesson, sighting in seen:
        person = who_in(sighting)
        association = getattr(sighting, "association", None)
        if person is None or association is None:
            continue
        key = lesson.repository_id, person.id
        insider, contributor = earliest.get(key, (None, None))
        if association.is_insider:
            insider = min(insider or lesson.as_of, lesson.as_of)
        if association is Association.CONTRIBUTOR:
            since = _since(lesson)
            contributor = min(contributor or since, since)
        if insider or contributor:
            earliest[key] = insider, contributor
    rows = [(*key, *moments) for key, moments in sorted(earliest.items())]
    return ("repositories", "people", "insiders", "contributors"), rows


def _since(lesson: Lesson) -> datetime:
    """From when on somebody counts as a contributor: what tells of a merge speaks of the time after it."""
    tells_of_merge = any(isinstance(seen, ThreadSeen) and seen.merged_at for seen in lesson.sightings)
    return lesson.as_of + timedelta(microseconds=1) if tells_of_merge else lesson.as_of


def _threads(seen: _Seen) -> _Rows:
    newest = _merged(
        (
            ((lesson.repository_id, sighting.number), (lesson.as_of, sighting))
            for lesson, sighting in seen
            if isinstance(sighting, ThreadSeen)
        ),
        lambda a, b: max(a, b, key=_first),
    )
    rows = [
        (
            *key,
            thread.is_pull_request,
            thread.author.id if thread.author else None,
            thread.title,
            thread.opened_at,
            thread.closed_at,
            thread.merged_at,
            as_of,
        )
        for key, (as_of, thread) in newest
    ]
    names = ("repositories", "numbers", "pulls", "authors", "titles", "opened", "closed", "merged", "moments")
    return names, rows


def _reviews(seen: _Seen) -> _Rows:
    found = {
        (lesson.repository_id, sighting.by.id, sighting.number, sighting.at)
        for lesson, sighting in seen
        if isinstance(sighting, ReviewSeen)
    }
    return ("repositories", "people", "numbers", "moments"), sorted(found)


def _answers(seen: _Seen) -> _Rows:
    spans = _merged(
        (
            ((lesson.repository_id, sighting.number, sighting.by.id), (sighting.at, sighting.at))
            for lesson, sighting in seen
            if isinstance(sighting, AnswerSeen)
        ),
        lambda a, b: (min(a[0], b[0]), max(a[1], b[1])),
    )
    return ("repositories", "numbers", "people", "firsts", "lasts"), [(*key, *span) for key, span in spans]


def _openings(told: Iterable[tuple[Lesson, PullRequestTimeline]]) -> _Rows:
    by_place = [
        ((lesson.repository_id, timeline.number), (lesson.as_of, timeline)) for lesson, timeline in told
    ]
    newest = _merged(by_place, lambda a, b: max(a, b, key=_first))
    oldest = dict(_merged(by_place, lambda a, b: min(a, b, key=_first)))
    rows = [
        (*key, json_text(replace(oldest[key][1], acts=()).to_json()), as_key(timeline.current_head), as_of)
        for key, (as_of, timeline) in newest
    ]
    return ("repositories", "numbers", "openings", "heads", "moments"), rows


def _acts(lessons: Sequence[Lesson]) -> _Rows:
    told = _merged(
        (
            ((lesson.repository_id, number, as_key(act.id)), act)
            for lesson in lessons
            for number, act in (*lesson.acts, *_acts_within(lesson))
        ),
        lambda a, b: max(a, b, key=_freshness),
    )
    rows = [(*key, _freshness(act), json_text(act.to_json())) for key, act in told]
    return ("repositories", "numbers", "ids", "moments", "acts"), rows


def _acts_within(lesson: Lesson) -> Iterable[tuple[int, Act]]:
    """The acts of timelines that were read as a whole."""
    return ((timeline.number, act) for timeline in lesson.timelines for act in timeline.acts)


def _acts_on_heads(lessons: Sequence[Lesson]) -> _Rows:
    told = _merged(
        (
            ((lesson.repository_id, as_key(sha), as_key(act.id)), act)
            for lesson in lessons
            for sha, act in lesson.acts_on_heads
        ),
        lambda a, b: max(a, b, key=_freshness),
    )
    rows = [(*key, _freshness(act), json_text(act.to_json())) for key, act in told]
    return ("repositories", "heads", "ids", "moments", "acts"), rows


def _freshness(act: Act) -> datetime:
    return act.edited_at or act.at
