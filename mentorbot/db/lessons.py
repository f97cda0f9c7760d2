"""Writes down what deliveries and pages of the past teach: people, threads, reviews, answers, timelines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncConnection

from mentorbot.core.people import Association, Person
from mentorbot.core.sightings import AnswerSeen, PersonSeen, ReviewSeen, Sighting, ThreadSeen
from mentorbot.core.timeline import Act, PullRequestTimeline
from mentorbot.db.columns import columns, json_text

K = TypeVar("K")
R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What was learned about one repository, true as of a moment: later lessons overrule earlier ones.

    `beginnings` are pull requests as one delivery shows them, `timelines` are read as a whole. `acts` come
    with the number of their pull request, `acts_on_heads` with the commit they concern.
    """

    repository_id: int
    as_of: datetime
    sightings: Sequence[Sighting] = ()
    beginnings: Sequence[PullRequestTimeline] = ()
    timelines: Sequence[PullRequestTimeline] = ()
    acts: Sequence[tuple[int, Act]] = ()
    acts_on_heads: Sequence[tuple[str, Act]] = ()

    def __bool__(self) -> bool:
        return any((self.sightings, self.beginnings, self.timelines, self.acts, self.acts_on_heads))


async def write_lessons(connection: AsyncConnection, lessons: Sequence[Lesson]) -> None:
    """Write lessons down, many in one transaction. The order of lessons doesn't matter, nor do repetitions."""
    seen = [(lesson, sighting) for lesson in lessons for sighting in lesson.sightings]
    for statement, rows in (
        (_PEOPLE, _people(seen, lessons)),
        (_STANDINGS, _standings(seen)),
        (_THREADS, _threads(seen)),
        (_REVIEWS, _reviews(seen)),
        (_ANSWERS, _answers(seen)),
        (_BEGINNINGS, _openings((lesson, told) for lesson in lessons for told in lesson.beginnings)),
        (_TIMELINES, _openings((lesson, told) for lesson in lessons for told in lesson.timelines)),
        (_ACTS, _acts(lessons)),
    ):
        await _put(connection, statement, rows)
    # After the timelines, so that a head learned just now is found.
    await _put(connection, _ACTS_ON_HEADS, _acts_on_heads(lessons))


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
    met = [(person, lesson.as_of) for lesson, sighting in seen if (person := _who(sighting))]
    met += [(act.by, lesson.as_of) for lesson in lessons for _, act in lesson.acts if act.by]
    newest = _merged(
        ((person.id, (as_of, person)) for person, as_of in met), lambda a, b: max(a, b, key=_first)
    )
    rows = [(id_, person.login, person.is_bot, as_of) for id_, (as_of, person) in newest]
    return ("ids", "logins", "bots", "moments"), rows


def _key_of(pair: tuple[Any, Any]) -> Any:
    return pair[0]


def _first(pair: tuple[datetime, Any]) -> datetime:
    return pair[0]


def _who(sighting: Sighting) -> Person | None:
    if isinstance(sighting, ThreadSeen):
        return sighting.author
    return sighting.person if isinstance(sighting, PersonSeen) else sighting.by


def _standings(seen: _Seen) -> _Rows:
    earliest: dict[tuple[int, int], tuple[datetime | None, datetime | None]] = {}
    for lesson, sighting in seen:
        person = _who(sighting)
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
        (*key, json_text(replace(oldest[key][1], acts=()).to_json()), timeline.current_head, as_of)
        for key, (as_of, timeline) in newest
    ]
    return ("repositories", "numbers", "openings", "heads", "moments"), rows


def _acts(lessons: Sequence[Lesson]) -> _Rows:
    told = _merged(
        (
            ((lesson.repository_id, number, act.id), act)
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
            ((lesson.repository_id, sha, act.id), act)
            for lesson in lessons
            for sha, act in lesson.acts_on_heads
        ),
        lambda a, b: max(a, b, key=_freshness),
    )
    rows = [(*key, _freshness(act), json_text(act.to_json())) for key, act in told]
    return ("repositories", "heads", "ids", "moments", "acts"), rows


def _freshness(act: Act) -> datetime:
    return act.edited_at or act.at


_PEOPLE = text(
    """INSERT INTO people AS known (id, login, is_bot, as_of)
       SELECT * FROM unnest(CAST(:ids AS bigint[]), CAST(:logins AS text[]), CAST(:bots AS boolean[]),
                            CAST(:moments AS timestamptz[]))
       ON CONFLICT (id) DO UPDATE
           SET login = excluded.login, is_bot = excluded.is_bot, as_of = excluded.as_of
           WHERE excluded.as_of >= known.as_of
             AND (known.login, known.is_bot) IS DISTINCT FROM (excluded.login, excluded.is_bot)"""
)
_STANDINGS = text(
    """INSERT INTO standings AS known (repository_id, person_id, insider_at, contributor_at)
       SELECT * FROM unnest(CAST(:repositories AS bigint[]), CAST(:people AS bigint[]),
                            CAST(:insiders AS timestamptz[]), CAST(:contributors AS timestamptz[]))
       ON CONFLICT (repository_id, person_id) DO UPDATE
           SET insider_at = least(known.insider_at, excluded.insider_at),
               contributor_at = least(known.contributor_at, excluded.contributor_at)
           WHERE (known.insider_at, known.contributor_at) IS DISTINCT FROM
                 (least(known.insider_at, excluded.insider_at),
                  least(known.contributor_at, excluded.contributor_at))"""
)
_THREADS = text(
    """INSERT INTO threads AS known
           (repository_id, number, is_pull_request, author_id, title, opened_at, closed_at, merged_at, as_of)
       SELECT * FROM unnest(
           CAST(:repositories AS bigint[]), CAST(:numbers AS int[]), CAST(:pulls AS boolean[]),
           CAST(:authors AS bigint[]), CAST(:titles AS text[]), CAST(:opened AS timestamptz[]),
           CAST(:closed AS timestamptz[]), CAST(:merged AS timestamptz[]), CAST(:moments AS timestamptz[]))
       ON CONFLICT (repository_id, number) DO UPDATE
           SET title = excluded.title, closed_at = excluded.closed_at, as_of = excluded.as_of,
               merged_at = coalesce(excluded.merged_at, known.merged_at),
               author_id = coalesce(known.author_id, excluded.author_id)
           WHERE excluded.as_of > known.as_of
              OR (excluded.as_of = known.as_of
                  AND (excluded.closed_at IS NOT NULL OR known.closed_at IS NULL))"""
)
_REVIEWS = text(
    """INSERT INTO reviews (repository_id, person_id, number, at)
       SELECT * FROM unnest(CAST(:repositories AS bigint[]), CAST(:people AS bigint[]),
                            CAST(:numbers AS int[]), CAST(:moments AS timestamptz[]))
       ON CONFLICT DO NOTHING"""
)
_ANSWERS = text(
    """INSERT INTO answers AS known (repository_id, number, person_id, first_at, last_at)
       SELECT * FROM unnest(CAST(:repositories AS bigint[]), CAST(:numbers AS int[]),
                            CAST(:people AS bigint[]), CAST(:firsts AS timestamptz[]),
                            CAST(:lasts AS timestamptz[]))
       ON CONFLICT (repository_id, number, person_id) DO UPDATE
           SET first_at = least(known.first_at, excluded.first_at),
               last_at = greatest(known.last_at, excluded.last_at)"""
)
_INTO_TIMELINES = """INSERT INTO timelines AS known (repository_id, number, opening, head_sha, as_of)
       SELECT * FROM unnest(CAST(:repositories AS bigint[]), CAST(:numbers AS int[]),
                            CAST(:openings AS jsonb[]), CAST(:heads AS text[]),
                            CAST(:moments AS timestamptz[]))"""
_BEGINNINGS = text(
    _INTO_TIMELINES
    + """ ON CONFLICT (repository_id, number) DO UPDATE
           SET head_sha = excluded.head_sha, as_of = excluded.as_of
           WHERE excluded.as_of >= known.as_of AND excluded.head_sha <> known.head_sha"""
)
_TIMELINES = text(
    _INTO_TIMELINES
    + """ ON CONFLICT (repository_id, number) DO UPDATE
           SET opening = excluded.opening, head_sha = excluded.head_sha, as_of = excluded.as_of
           WHERE excluded.as_of >= known.as_of"""
)
_KEEP_THE_FRESHER = """
       ON CONFLICT (repository_id, number, id) DO UPDATE
           SET fresh_at = excluded.fresh_at, value = excluded.value
           WHERE excluded.fresh_at > known.fresh_at"""
_ACTS = text(
    """INSERT INTO acts AS known (repository_id, number, id, fresh_at, value)
       SELECT * FROM unnest(CAST(:repositories AS bigint[]), CAST(:numbers AS int[]), CAST(:ids AS text[]),
                            CAST(:moments AS timestamptz[]), CAST(:acts AS jsonb[]))"""
    + _KEEP_THE_FRESHER
)
_ACTS_ON_HEADS = text(
    """INSERT INTO acts AS known (repository_id, number, id, fresh_at, value)
       SELECT told.repository_id, timelines.number, told.id, told.fresh_at, told.value
       FROM unnest(CAST(:repositories AS bigint[]), CAST(:heads AS text[]), CAST(:ids AS text[]),
                   CAST(:moments AS timestamptz[]), CAST(:acts AS jsonb[]))
            AS told (repository_id, head_sha, id, fresh_at, value)
       JOIN timelines USING (repository_id, head_sha)
       ORDER BY told.repository_id, timelines.number, told.id"""
    + _KEEP_THE_FRESHER
)
