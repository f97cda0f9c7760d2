"""Writes down what deliveries and pages of the past teach: people, threads, reviews, answers, timelines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any, TypeVar

from mentorbot.core.people import Association
from mentorbot.db.anonymize import anonymize, person_in
from mentorbot.db.bulk_rows import as_key, column_arrays, json_text
from mentorbot.db.connection import AsyncConnection, Statement, text
from mentorbot.domain.contributions import AnswerSeen, IngestBatch, ReviewSeen, Sighting, ThreadSeen
from mentorbot.domain.timeline import Act, PullRequestTimeline

_first = itemgetter(0)

K = TypeVar("K")
R = TypeVar("R")


async def ingest(connection: AsyncConnection, batches: Sequence[IngestBatch]) -> None:
    """Write batches down, many in one transaction. Neither their order nor repetitions matter.

    Nothing is kept of those who asked to be forgotten, but that somebody did something.
    """
    batches = await anonymize(connection, batches)
    seen = [(batch, sighting) for batch in batches for sighting in batch.sightings]
    for statement, rows in (
        (_PEOPLE, _people(seen, batches)),
        (_STANDINGS, _standings(seen)),
        (_THREADS, _threads(seen)),
        (_REVIEWS, _reviews(seen)),
        (_ANSWERS, _answers(seen)),
        (_BEGINNINGS, _openings((batch, told) for batch in batches for told in batch.beginnings)),
        (_TIMELINES, _openings((batch, told) for batch in batches for told in batch.timelines)),
        (_ACTS, _acts(batches)),
    ):
        await _put(connection, statement, rows)
    # After the timelines, so that a head learned just now is found.
    await _put(connection, _ACTS_ON_HEADS, _acts_on_heads(batches))


_Row = tuple[Any, ...]
_Rows = tuple[Sequence[str], list[_Row]]
_Seen = Sequence[tuple[IngestBatch, Sighting]]


async def _put(connection: AsyncConnection, statement: Statement, rows: _Rows) -> None:
    names, values = rows
    if values:
        await connection.execute(statement, column_arrays(names, values))


def _merged(rows: Iterable[tuple[K, R]], choose: Callable[[R, R], R]) -> list[tuple[K, R]]:
    """One row per key, as a statement may touch a row once only; in order, so that nobody deadlocks."""
    kept: dict[K, R] = {}
    for key, row in rows:
        kept[key] = choose(kept[key], row) if key in kept else row
    return sorted(kept.items(), key=_first)


def _newest(rows: Iterable[tuple[K, tuple[datetime, R]]]) -> list[tuple[K, tuple[datetime, R]]]:
    return _merged(rows, lambda a, b: max(a, b, key=_first))


def _freshest(acts: Iterable[tuple[tuple[Any, ...], Act]]) -> list[_Row]:
    kept = _merged(acts, lambda a, b: max(a, b, key=_freshness))
    return [(*key, _freshness(act), json_text(act.to_json())) for key, act in kept]


def _people(seen: _Seen, batches: Sequence[IngestBatch]) -> _Rows:
    met = [(person, batch.as_of) for batch, sighting in seen if (person := person_in(sighting))]
    met += [
        (act.by, batch.as_of)
        for batch in batches
        for _, act in batch.acts
        if act.by and not act.by.is_nameless
    ]
    newest = _newest((person.id, (as_of, person)) for person, as_of in met)
    rows = [(id_, as_key(person.login), person.is_bot, as_of) for id_, (as_of, person) in newest]
    return ("ids", "logins", "bots", "moments"), rows


def _standings(seen: _Seen) -> _Rows:
    earliest: dict[tuple[int, int], tuple[datetime | None, datetime | None]] = {}
    for batch, sighting in seen:
        person = person_in(sighting)
        association = getattr(sighting, "association", None)
        if person is None or association is None:
            continue
        key = batch.repository_id, person.id
        insider, contributor = earliest.get(key, (None, None))
        if association.is_insider:
            insider = min(insider or batch.as_of, batch.as_of)
        if association is Association.CONTRIBUTOR:
            since = _since(batch)
            contributor = min(contributor or since, since)
        if insider or contributor:
            earliest[key] = insider, contributor
    rows = [(*key, *moments) for key, moments in sorted(earliest.items())]
    return ("repositories", "people", "insiders", "contributors"), rows


def _since(batch: IngestBatch) -> datetime:
    """From when on somebody counts as a contributor: what tells of a merge speaks of the time after it."""
    tells_of_merge = any(isinstance(seen, ThreadSeen) and seen.merged_at for seen in batch.sightings)
    return batch.as_of + timedelta(microseconds=1) if tells_of_merge else batch.as_of


def _threads(seen: _Seen) -> _Rows:
    newest = _newest(
        ((batch.repository_id, sighting.number), (batch.as_of, sighting))
        for batch, sighting in seen
        if isinstance(sighting, ThreadSeen)
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
            thread.locked,
            None if thread.labels is None else json_text(sorted(thread.labels)),
        )
        for key, (as_of, thread) in newest
    ]
    names = (
        "repositories", "numbers", "pulls", "authors", "titles", "opened", "closed", "merged", "moments",
        "locked", "labels",
    )  # fmt: skip
    return names, rows


def _reviews(seen: _Seen) -> _Rows:
    found = {
        (batch.repository_id, sighting.by.id, sighting.number, sighting.at)
        for batch, sighting in seen
        if isinstance(sighting, ReviewSeen)
    }
    return ("repositories", "people", "numbers", "moments"), sorted(found)


def _answers(seen: _Seen) -> _Rows:
    spans = _merged(
        (
            ((batch.repository_id, sighting.number, sighting.by.id), (sighting.at, sighting.at))
            for batch, sighting in seen
            if isinstance(sighting, AnswerSeen)
        ),
        lambda a, b: (min(a[0], b[0]), max(a[1], b[1])),
    )
    return ("repositories", "numbers", "people", "firsts", "lasts"), [(*key, *span) for key, span in spans]


def _openings(told: Iterable[tuple[IngestBatch, PullRequestTimeline]]) -> _Rows:
    by_place = [((batch.repository_id, timeline.number), (batch.as_of, timeline)) for batch, timeline in told]
    newest = _newest(by_place)
    oldest = dict(_merged(by_place, lambda a, b: min(a, b, key=_first)))
    rows = [
        (*key, json_text(replace(oldest[key][1], acts=()).to_json()), as_key(timeline.current_head), as_of)
        for key, (as_of, timeline) in newest
    ]
    return ("repositories", "numbers", "openings", "heads", "moments"), rows


def _acts(batches: Sequence[IngestBatch]) -> _Rows:
    rows = _freshest(
        ((batch.repository_id, number, as_key(act.id)), act)
        for batch in batches
        for number, act in (*batch.acts, *_acts_within(batch))
    )
    return ("repositories", "numbers", "ids", "moments", "acts"), rows


def _acts_within(batch: IngestBatch) -> Iterable[tuple[int, Act]]:
    """The acts of timelines that were read as a whole."""
    return ((timeline.number, act) for timeline in batch.timelines for act in timeline.acts)


def _acts_on_heads(batches: Sequence[IngestBatch]) -> _Rows:
    rows = _freshest(
        ((batch.repository_id, as_key(sha), as_key(act.id)), act)
        for batch in batches
        for sha, act in batch.acts_on_heads
    )
    return ("repositories", "heads", "ids", "moments", "acts"), rows


def _freshness(act: Act) -> datetime:
    return act.edited_at or act.at


# Each statement takes one array per column, and doesn't mind repetitions. What is known already is filtered
# out first: a row that conflicts is locked until the end of the transaction, even if nothing about it changes
# and everybody meets the same few people.
_PEOPLE = text(
    """INSERT INTO people AS known (id, login, is_bot, as_of)
       SELECT * FROM unnest(CAST(:ids AS bigint[]), CAST(:logins AS text[]), CAST(:bots AS boolean[]),
                            CAST(:moments AS timestamptz[])) AS told (id, login, is_bot, as_of)
       WHERE NOT EXISTS (SELECT FROM people AS same WHERE same.id = told.id
                         AND same.login = told.login AND same.is_bot = told.is_bot)
       ON CONFLICT (id) DO UPDATE
           SET login = excluded.login, is_bot = excluded.is_bot, as_of = excluded.as_of,
               former = CASE WHEN excluded.login = ANY(known.former || known.login) THEN known.former
                             ELSE known.former || known.login END
           WHERE excluded.as_of >= known.as_of
             AND (known.login, known.is_bot) IS DISTINCT FROM (excluded.login, excluded.is_bot)"""
)
_STANDINGS = text(
    """INSERT INTO standings AS known (repository_id, person_id, insider_at, contributor_at)
       SELECT * FROM unnest(CAST(:repositories AS bigint[]), CAST(:people AS bigint[]),
                            CAST(:insiders AS timestamptz[]), CAST(:contributors AS timestamptz[]))
            AS told (repository_id, person_id, insider_at, contributor_at)
       WHERE NOT EXISTS (
           SELECT FROM standings AS same
           WHERE same.repository_id = told.repository_id AND same.person_id = told.person_id
             AND (told.insider_at IS NULL OR same.insider_at <= told.insider_at)
             AND (told.contributor_at IS NULL OR same.contributor_at <= told.contributor_at))
       ON CONFLICT (repository_id, person_id) DO UPDATE
           SET insider_at = least(known.insider_at, excluded.insider_at),
               contributor_at = least(known.contributor_at, excluded.contributor_at)
           WHERE (known.insider_at, known.contributor_at) IS DISTINCT FROM
                 (least(known.insider_at, excluded.insider_at),
                  least(known.contributor_at, excluded.contributor_at))"""
)
_THREADS = text(
    """INSERT INTO threads AS known
           (repository_id, number, is_pull_request, author_id, title, opened_at, closed_at, merged_at, as_of,
            locked, labels)
       SELECT * FROM unnest(
           CAST(:repositories AS bigint[]), CAST(:numbers AS int[]), CAST(:pulls AS boolean[]),
           CAST(:authors AS bigint[]), CAST(:titles AS text[]), CAST(:opened AS timestamptz[]),
           CAST(:closed AS timestamptz[]), CAST(:merged AS timestamptz[]), CAST(:moments AS timestamptz[]),
           CAST(:locked AS boolean[]), CAST(:labels AS jsonb[]))
            AS told (repository_id, number, is_pull_request, author_id, title, opened_at, closed_at,
                     merged_at, as_of, locked, labels)
       WHERE NOT EXISTS (
           SELECT FROM threads AS same
           WHERE same.repository_id = told.repository_id AND same.number = told.number
             AND (same.author_id, same.title, same.closed_at, same.merged_at, same.locked, same.labels)
                 IS NOT DISTINCT FROM (told.author_id, told.title, told.closed_at, told.merged_at,
                                       coalesce(told.locked, same.locked),
                                       coalesce(told.labels, same.labels)))
       ON CONFLICT (repository_id, number) DO UPDATE
           SET title = excluded.title, closed_at = excluded.closed_at, as_of = excluded.as_of,
               merged_at = coalesce(excluded.merged_at, known.merged_at),
               author_id = coalesce(known.author_id, excluded.author_id),
               locked = coalesce(excluded.locked, known.locked),
               labels = coalesce(excluded.labels, known.labels)
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
            AS told (repository_id, number, person_id, first_at, last_at)
       WHERE NOT EXISTS (
           SELECT FROM answers AS same
           WHERE same.repository_id = told.repository_id AND same.number = told.number
             AND same.person_id = told.person_id
             AND same.first_at <= told.first_at AND same.last_at >= told.last_at)
       ON CONFLICT (repository_id, number, person_id) DO UPDATE
           SET first_at = least(known.first_at, excluded.first_at),
               last_at = greatest(known.last_at, excluded.last_at)"""
)
_INTO_TIMELINES = """INSERT INTO timelines AS known (repository_id, number, opening, head_sha, as_of)
       SELECT * FROM unnest(CAST(:repositories AS bigint[]), CAST(:numbers AS int[]),
                            CAST(:openings AS jsonb[]), CAST(:heads AS text[]),
                            CAST(:moments AS timestamptz[]))
            AS told (repository_id, number, opening, head_sha, as_of)"""
_BEGINNINGS = text(
    _INTO_TIMELINES
    + """
       WHERE NOT EXISTS (
           SELECT FROM timelines AS same
           WHERE same.repository_id = told.repository_id AND same.number = told.number
             AND same.head_sha = told.head_sha)
       ON CONFLICT (repository_id, number) DO UPDATE
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
                            CAST(:moments AS timestamptz[]), CAST(:acts AS jsonb[]))"""  # noqa: S608 - constants
    + _KEEP_THE_FRESHER
)
_ACTS_ON_HEADS = text(
    """INSERT INTO acts AS known (repository_id, number, id, fresh_at, value)
       SELECT told.repository_id, timelines.number, told.id, told.fresh_at, told.value
       FROM unnest(CAST(:repositories AS bigint[]), CAST(:heads AS text[]), CAST(:ids AS text[]),
                   CAST(:moments AS timestamptz[]), CAST(:acts AS jsonb[]))
            AS told (repository_id, head_sha, id, fresh_at, value)
       JOIN timelines USING (repository_id, head_sha)
       ORDER BY told.repository_id, timelines.number, told.id"""  # noqa: S608 - constants
    + _KEEP_THE_FRESHER
)
