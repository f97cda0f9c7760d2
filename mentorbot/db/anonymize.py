"""Takes those who asked to be forgotten out of what is about to be learned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncConnection

from mentorbot.core.people import Person
from mentorbot.db.forget_list import pseudonym, pseudonym_secrets
from mentorbot.domain.anonymization import Anonymizer, without_mention
from mentorbot.domain.contributions import IngestBatch, PersonSeen, Sighting, ThreadSeen
from mentorbot.domain.timeline import PullRequestTimeline


async def anonymize(connection: AsyncConnection, batches: Sequence[IngestBatch]) -> Sequence[IngestBatch]:
    """The batches without those who asked to be forgotten: threads without author, acts by nobody's name."""
    met = {person.id: person for batch in batches for person in _people_in(batch)}
    secrets = await pseudonym_secrets(connection, met)
    if not secrets:
        return batches
    anonymizer = BatchAnonymizer(secrets, tuple(met[id_].login for id_ in secrets))
    return [anonymizer.batch(batch) for batch in batches]


async def anonymize_timeline(
    connection: AsyncConnection, repository_id: int, timeline: PullRequestTimeline
) -> PullRequestTimeline:
    """A timeline that was read from GitHub, as it would be told from the store."""
    met = {person.id: person for person in _people_of(timeline)}
    secrets = await pseudonym_secrets(connection, met)
    if not secrets:
        return timeline
    anonymizer = BatchAnonymizer(secrets, tuple(met[id_].login for id_ in secrets))
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
        place = batch.repository_id
        return replace(
            batch,
            sightings=tuple(self._sightings(batch.sightings)),
            beginnings=tuple(
                self.for_pull_request(place, one.number).timeline(one) for one in batch.beginnings
            ),
            timelines=tuple(
                self.for_pull_request(place, one.number).timeline(one) for one in batch.timelines
            ),
            acts=tuple((number, self.for_pull_request(place, number).act(act)) for number, act in batch.acts),
            acts_on_heads=tuple(
                (sha, self.for_pull_request(place, 0).act(act)) for sha, act in batch.acts_on_heads
            ),
        )

    def _sightings(self, sightings: Sequence[Sighting]) -> Iterator[Sighting]:
        for sighting in sightings:
            person = person_in(sighting)
            hidden = person is not None and person.id in self.secrets
            if isinstance(sighting, ThreadSeen):
                title = "" if hidden else self._text(sighting.title)
                yield replace(sighting, author=None if hidden else sighting.author, title=title)
            elif not hidden:
                yield sighting

    def _text(self, text: str) -> str:
        for login in self.logins:
            text = without_mention(text, login)
        return text


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
