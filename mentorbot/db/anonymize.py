"""Takes those who asked to be forgotten out of what is about to be learned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from mentorbot.core.people import Person
from mentorbot.db.connection import AsyncConnection
from mentorbot.db.forget_list import pseudonym, pseudonym_secrets
from mentorbot.domain.anonymization import Anonymizer, without_mentions
from mentorbot.domain.contributions import IngestBatch, PersonSeen, Sighting, ThreadSeen
from mentorbot.domain.timeline import PullRequestTimeline


async def anonymize(connection: AsyncConnection, batches: Sequence[IngestBatch]) -> Sequence[IngestBatch]:
    """The batches without those who asked to be forgotten: threads without author, acts by nobody's name."""
    anonymizer = await _anonymizer_of(connection, (one for batch in batches for one in _people_in(batch)))
    return [anonymizer.batch(batch) for batch in batches] if anonymizer is not None else batches


async def anonymize_timeline(
    connection: AsyncConnection, repository_id: int, timeline: PullRequestTimeline
) -> PullRequestTimeline:
    """A timeline that was read from GitHub, as it would be told from the store."""
    anonymizer = await _anonymizer_of(connection, _people_of(timeline))
    if anonymizer is None:
        return timeline
    return anonymizer.for_pull_request(repository_id, timeline.number).timeline(timeline)


def person_in(sighting: Sighting) -> Person | None:
    if isinstance(sighting, ThreadSeen):
        return sighting.author
    return sighting.person if isinstance(sighting, PersonSeen) else sighting.by


@dataclass(frozen=True, slots=True)
class BatchAnonymizer:
    """Makes anonymizers for any number of pull requests. `secrets` are those of whom to hide, by id."""

    secrets: Mapping[int, bytes]
    logins: Sequence[str]

    def for_pull_request(self, repository_id: int, number: int) -> Anonymizer:
        pseudonyms = {id_: pseudonym(secret, repository_id, number) for id_, secret in self.secrets.items()}
        return Anonymizer(pseudonyms, self.logins)

    def batch(self, batch: IngestBatch) -> IngestBatch:
        within = partial(self.for_pull_request, batch.repository_id)
        return replace(
            batch,
            sightings=tuple(self._sightings(batch.sightings)),
            beginnings=tuple(within(one.number).timeline(one) for one in batch.beginnings),
            timelines=tuple(within(one.number).timeline(one) for one in batch.timelines),
            acts=tuple((number, within(number).act(act)) for number, act in batch.acts),
            acts_on_heads=tuple((sha, within(0).act(act)) for sha, act in batch.acts_on_heads),
        )

    def _sightings(self, sightings: Sequence[Sighting]) -> Iterator[Sighting]:
        for sighting in sightings:
            person = person_in(sighting)
            hidden = person is not None and person.id in self.secrets
            if isinstance(sighting, ThreadSeen):
                title = "" if hidden else without_mentions(sighting.title, self.logins)
                yield replace(sighting, author=None if hidden else sighting.author, title=title)
            elif not hidden:
                yield sighting


async def _anonymizer_of(connection: AsyncConnection, met: Iterable[Person]) -> BatchAnonymizer | None:
    """What hides those of these people who asked to be forgotten; None where nobody did."""
    logins = {person.id: person.login for person in met}
    secrets = await pseudonym_secrets(connection, logins)
    return BatchAnonymizer(secrets, [logins[id_] for id_ in secrets]) if secrets else None


def _people_in(batch: IngestBatch) -> Iterator[Person]:
    for sighting in batch.sightings:
        if (person := person_in(sighting)) is not None:
            yield person
    for timeline in (*batch.beginnings, *batch.timelines):
        yield from _people_of(timeline)
    for _, act in (*batch.acts, *batch.acts_on_heads):
        yield from _each(act.by, act.subject)


def _people_of(timeline: PullRequestTimeline) -> Iterator[Person]:
    yield from _each(timeline.author)
    for act in timeline.acts:
        yield from _each(act.by, act.subject)


def _each(*people: Person | None) -> Iterator[Person]:
    return (person for person in people if person is not None)
