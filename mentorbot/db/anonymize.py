"""Takes those who asked to be forgotten out of what is about to be learned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncConnection

from mentorbot.core.people import Person
from mentorbot.db.forgotten import face, faces_of
from mentorbot.db.lesson import Lesson
from mentorbot.domain.anonymization import Anonymizer, without_mention
from mentorbot.domain.contributions import PersonSeen, Sighting, ThreadSeen
from mentorbot.domain.timeline import PullRequestTimeline


async def veiled(connection: AsyncConnection, lessons: Sequence[Lesson]) -> Sequence[Lesson]:
    """The lessons without those who asked to be forgotten: threads without author, acts by nobody's name."""
    met = {person.id: person for lesson in lessons for person in _people_in(lesson)}
    secrets = await faces_of(connection, met)
    if not secrets:
        return lessons
    veils = Veils(secrets, tuple(met[id_].login for id_ in secrets))
    return [veils.lesson(lesson) for lesson in lessons]


async def veiled_timeline(
    connection: AsyncConnection, repository_id: int, timeline: PullRequestTimeline
) -> PullRequestTimeline:
    """A timeline that was read from GitHub, as it would be told from the store."""
    met = {person.id: person for person in _people_of(timeline)}
    secrets = await faces_of(connection, met)
    if not secrets:
        return timeline
    veils = Veils(secrets, tuple(met[id_].login for id_ in secrets))
    return veils.over(repository_id, timeline.number).timeline(timeline)


def who_in(sighting: Sighting) -> Person | None:
    """Whom a sighting is of."""
    if isinstance(sighting, ThreadSeen):
        return sighting.author
    return sighting.person if isinstance(sighting, PersonSeen) else sighting.by


@dataclass(frozen=True, slots=True)
class Veils:
    """Veils for any number of pull requests. `secrets` are those of whom to hide, by id."""

    secrets: Mapping[int, bytes]
    logins: Sequence[str]

    def over(self, repository_id: int, number: int) -> Anonymizer:
        """The veil over one pull request."""
        faces = {id_: face(secret, repository_id, number) for id_, secret in self.secrets.items()}
        return Anonymizer(faces, self.logins)

    def lesson(self, lesson: Lesson) -> Lesson:
        """The lesson without them."""
        place = lesson.repository_id
        return replace(
            lesson,
            sightings=tuple(self._sightings(lesson.sightings)),
            beginnings=tuple(self.over(place, one.number).timeline(one) for one in lesson.beginnings),
            timelines=tuple(self.over(place, one.number).timeline(one) for one in lesson.timelines),
            acts=tuple((number, self.over(place, number).act(act)) for number, act in lesson.acts),
            acts_on_heads=tuple((sha, self.over(place, 0).act(act)) for sha, act in lesson.acts_on_heads),
        )

    def _sightings(self, sightings: Sequence[Sighting]) -> Iterator[Sighting]:
        for sighting in sightings:
            person = who_in(sighting)
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


def _people_in(lesson: Lesson) -> Iterator[Person]:
    for sighting in lesson.sightings:
        if (person := who_in(sighting)) is not None:
            yield person
    for timeline in (*lesson.beginnings, *lesson.timelines):
        yield from _people_of(timeline)
    for _, act in (*lesson.acts, *lesson.acts_on_heads):
        yield from _each(act.by, act.subject)


def _people_of(timeline: PullRequestTimeline) -> Iterator[Person]:
    yield from _each(timeline.author)
    for act in timeline.acts:
        yield from _each(act.by, act.subject)


def _each(*people: Person | None) -> Iterator[Person]:
    return (person for person in people if person is not None)
