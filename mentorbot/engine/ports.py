"""What features look at: answers from the store, and from GitHub where the store cannot know."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal, cast, overload

import structlog

from mentorbot.config.configuration import Configuration
from mentorbot.core.clock import Clock
from mentorbot.core.entities import Repository
from mentorbot.core.errors import Impossible
from mentorbot.core.people import Person
from mentorbot.core.plan import NotRead
from mentorbot.core.translator import say
from mentorbot.db.batcher import Batcher
from mentorbot.db.ingest import ingest
from mentorbot.db.store import Store
from mentorbot.domain.contributions import IngestBatch
from mentorbot.domain.contributor_history import ContributorHistory
from mentorbot.domain.expertise import Expertise
from mentorbot.domain.project_people import ProjectPeople
from mentorbot.domain.response_time import Wait
from mentorbot.domain.timeline import PullRequestTimeline
from mentorbot.engine.completeness import unknown_in, unknown_open_pull_requests_in
from mentorbot.engine.configuration import ConfigReader, Configurations
from mentorbot.engine.github_client import AppClient, RepositoryClient
from mentorbot.engine.hourly_cache import HourlyCache, expertise_cache, project_people_cache
from mentorbot.engine.outlook import FeatureOutlook
from mentorbot.engine.repository_journal import RepositoryJournal
from mentorbot.engine.shadow import as_if_said, shadow_of
from mentorbot.feature_api.feature_catalog import FeatureCatalog
from mentorbot.feature_api.ports import GitHub, Ports, Reacted
from mentorbot.feature_api.records import R, Record, StoredRecord, name_of, typed

log = structlog.get_logger("engine.ports")


class PortsFactory:
    """Makes the ports of a repository, a moment and a feature."""

    def __init__(
        self,
        *,
        store: Store,
        app: AppClient,
        catalog: FeatureCatalog,
        configurations: Configurations,
        clock: Clock,
        public_url: str,
        reader: ConfigReader | None = None,
    ) -> None:
        self._configurations = configurations
        self._store = store
        self._app = app
        self._catalog = catalog
        self._clock = clock
        self._public_url = public_url
        self._reader = reader or ConfigReader()
        self._expertise = expertise_cache(store, clock)
        self._project_people = project_people_cache(store, clock)
        self._forgotten = Batcher(self._forgotten_together)

    async def ports(
        self,
        feature: str,
        *,
        repository: Repository,
        installation_id: int,
        configuration: Configuration,
        now: datetime | None = None,
        whole: bool = False,
    ) -> Ports:
        """What `feature` may look at. `now` is the present unless said otherwise (replays).

        `whole` is for conclusions from all open pull requests: while some may be missing, there are none.
        """

        async def ports_of(other: str) -> Ports:
            return await self.ports(
                other,
                repository=repository,
                installation_id=installation_id,
                configuration=configuration,
                now=now,
            )

        moment, bot = self.now(now), await self.bot()
        reader = self._app.reader(installation_id, repository)
        shadow = shadow_of(repository, configuration)
        github, timelines = as_if_said(
            hide_forgotten_people(reader, self._store, repository.id),
            _RepositoryTimelines(self._store, repository.id, whole=whole),
            configuration,
            store=self._store,
            repository=repository,
            bot=bot,
        )
        return Ports(
            now=moment,
            repository=repository,
            github=github,
            people=_RepositoryPeople(
                self._store,
                reader,
                repository,
                moment,
                self._expertise,
                self._project_people,
                configuration.own_labels,
            ),
            records=_FeatureRecords(self._store, feature, repository, shadow),
            timelines=timelines,
            journal=RepositoryJournal(self._store, repository, self._configurations, shadow),
            catalog=self._catalog,
            calendar=configuration.calendar,
            configuration=configuration,
            proposals=_ProposedConfigs(self._reader, configuration),
            outlook=FeatureOutlook(self._catalog, configuration, ports_of),
            bot=bot,
            public_url=self._public_url,
            guided=_Guided(self, self._catalog, repository, installation_id, configuration, moment),
        )

    def now(self, otherwise: datetime | None = None) -> datetime:
        """The present, unless another moment is looked at (replays)."""
        return otherwise or self._clock()

    async def forgotten_among(self, people: Iterable[int]) -> frozenset[int]:
        return await self._forgotten(frozenset(people))

    async def remember_again(self, person: Person, *, said_at: datetime) -> None:
        """Whoever wants something of us is no longer one who asked to be forgotten before."""
        if await self._store.forgetting.remember_again(person, said_at=said_at):
            log.info("forgotten_person_returned")

    async def bot(self) -> Person:
        """The account we write as; GitHub is asked once an hour at most."""
        return (await self._app.me()).bot

    async def _forgotten_together(self, lot: Sequence[frozenset[int]]) -> Sequence[frozenset[int]]:
        forgotten = await self._store.forgetting.forgotten_among(id_ for people in lot for id_ in people)
        return [people & forgotten for people in lot]


@dataclass(frozen=True, slots=True)
class _ProposedConfigs:
    reader: ConfigReader
    current: Configuration

    async def configuration(self, text: str | None) -> Configuration:
        return await self.reader.propose(text, self.current)


@dataclass(frozen=True, slots=True)
class _RepositoryPeople:
    """Who was here before, in one repository."""

    store: Store
    reader: RepositoryClient
    repository: Repository
    now: datetime
    expertise_of: HourlyCache[Expertise]
    project_people_of: HourlyCache[ProjectPeople]
    own_labels: frozenset[str]

    async def contributor_history(
        self, person: Person, *, before: datetime, number: int
    ) -> ContributorHistory:
        """What they had done here before; asks GitHub once per person while the past isn't read yet."""
        known = await self.store.people.contributor_history(
            self.repository.id, person, before=before, number=number
        )
        if known.is_complete or person.is_bot:
            return known.contributor_history
        try:
            threads = await self.reader.earlier_threads(person)
        except Impossible as error:
            log.info("past_of_person_unknown", person=person.id, why=error.why)
            return replace(known.contributor_history, certain=False)
        lesson = IngestBatch(repository_id=self.repository.id, as_of=self.now, sightings=threads)
        async with self.store.transaction() as connection:
            await ingest(connection, [lesson])
        await self.store.people.remember_asking(self.repository.id, person, now=self.now)
        known = await self.store.people.contributor_history(
            self.repository.id, person, before=before, number=number
        )
        return known.contributor_history

    async def waits(self, *, since: datetime) -> Sequence[Wait]:
        return await self.store.people.waits(self.repository.id, since=since, now=self.now)

    async def named(self, login: str) -> Person | None:
        return await self.store.people.named(login.removeprefix("@"), repository_id=self.repository.id)

    async def expertise(self) -> Expertise:
        past = await self.expertise_of.of(self.repository.id)
        return past.without_labels(self.own_labels)

    async def project_people(self) -> ProjectPeople:
        return await self.project_people_of.of(self.repository.id)


@dataclass(frozen=True, slots=True)
class _Guided:
    """Asks those features whose sections offer guidance here, each with the ports that are its own."""

    factory: PortsFactory
    catalog: FeatureCatalog
    repository: Repository
    installation_id: int
    configuration: Configuration
    now: datetime

    async def people(self) -> frozenset[int]:
        found: frozenset[int] = frozenset()
        for feature in self.catalog.features:
            if feature.guided is None or self.configuration.section(feature.name) is None:
                continue
            ports = await self.factory.ports(
                feature.name,
                repository=self.repository,
                installation_id=self.installation_id,
                configuration=self.configuration,
                now=self.now,
            )
            found |= await feature.guided(ports)
        return found


@dataclass(frozen=True, slots=True)
class _FeatureRecords:
    store: Store
    feature: str
    repository: Repository
    shadow_of: int

    @property
    def repository_id(self) -> int:
        return self.repository.id

    @overload
    async def get(self, kind: type[R], key: str) -> Record[R] | None: ...

    @overload
    async def get(self, kind: str, key: str) -> StoredRecord | None: ...

    async def get(self, kind: type[R] | str, key: str) -> Record[R] | StoredRecord | None:
        found = await self.store.records.get(
            self.feature, self.repository_id, name_of(kind), key, shadow_of=self.shadow_of
        )
        return found if found is None or isinstance(kind, str) else typed(found, kind)

    @overload
    async def all(self, kind: type[R], *, starting: str = "") -> Sequence[Record[R]]: ...

    @overload
    async def all(self, kind: str, *, starting: str = "") -> Sequence[StoredRecord]: ...

    async def all(
        self, kind: type[R] | str, *, starting: str = ""
    ) -> Sequence[Record[R]] | Sequence[StoredRecord]:
        found = await self.store.records.all(
            self.feature, self.repository_id, name_of(kind), starting=starting, shadow_of=self.shadow_of
        )
        return found if isinstance(kind, str) else [typed(record, kind) for record in found]

    async def elsewhere(self, full_name: str) -> _FeatureRecords | None:
        place = await self.store.repositories.named(full_name)
        if place is None or not place.active or place.repository.owner != self.repository.owner:
            return None
        return replace(self, repository=place.repository)


@dataclass(frozen=True, slots=True)
class _RepositoryTimelines:
    store: Store
    repository_id: int
    whole: bool = False

    async def get(self, number: int) -> PullRequestTimeline | None:
        return await self.store.timelines.get(self.repository_id, number)

    async def open(self) -> AsyncIterator[PullRequestTimeline]:
        if self.whole and (unknown := await unknown_open_pull_requests_in(self.store, self.repository_id)):
            raise NotRead(
                say("I don't know all open pull requests of this repository yet. {why}", why=unknown)
            )
        async for timeline in self.store.timelines.open(self.repository_id):
            yield timeline

    async def unknown(self) -> str:
        return await unknown_in(self.store, self.repository_id)

    async def open_by(self, person: Person) -> Sequence[PullRequestTimeline]:
        return await self.store.timelines.open_by(self.repository_id, person)

    async def with_head(self, sha: str) -> Sequence[PullRequestTimeline]:
        return await self.store.timelines.with_head(self.repository_id, sha)

    async def closed(self, numbers: Collection[int]) -> Mapping[int, datetime]:
        return await self.store.timelines.closed(self.repository_id, numbers)

    async def closed_with(self, labels: Collection[str], *, since: datetime) -> Sequence[PullRequestTimeline]:
        return await self.store.timelines.closed_with(self.repository_id, labels, since=since)


def hide_forgotten_people(github: GitHub, store: Store, repository_id: int) -> GitHub:
    """GitHub's answers without those who asked to be forgotten: features can neither choose nor name them.

    Those who want to be left alone are named, but nobody gets to ask them for anything.
    """
    return cast("GitHub", _GitHubWithoutForgotten(github, store, repository_id))


@dataclass(frozen=True, slots=True)
class _GitHubWithoutForgotten:
    """Asks, and leaves people out of the answers; what tells of nobody is passed on as it is."""

    github: GitHub
    store: Store
    repository_id: int

    def __getattr__(self, name: str) -> Any:
        return getattr(self.github, name)

    async def account(self, login: str) -> Person | None:
        found = await self.github.account(login)
        return next(iter(await self._others((found,) if found is not None else ())), None)

    async def can_be_asked_to_review(self, person: Person) -> bool:
        if await self.store.silence.left_alone_among([person.id]):
            return False
        return await self.github.can_be_asked_to_review(person)

    async def away(self, people: Collection[Person]) -> frozenset[Person]:
        alone = await self.store.silence.left_alone_among(person.id for person in people)
        others = [person for person in people if person.id not in alone]
        busy = await self.github.away(others) if others else frozenset[Person]()
        return busy | {person for person in people if person.id in alone}

    async def team_members(self, slug: str) -> Sequence[Person]:
        return await self._others(await self.github.team_members(slug))

    async def timeline(self, number: int) -> PullRequestTimeline | None:
        found = await self.github.timeline(number)
        return await self._anonymized(found) if found is not None else None

    async def open_pull_requests(self) -> AsyncIterator[PullRequestTimeline]:
        async for found in self.github.open_pull_requests():
            yield await self._anonymized(found)

    async def reactions(
        self, kind: Literal["issue", "issue_comment", "review_comment"], id_: int
    ) -> Sequence[tuple[Person, str]]:
        found = await self.github.reactions(kind, id_)
        others = set(await self._others(person for person, _ in found))
        return [(person, content) for person, content in found if person in others]

    async def reactions_to(self, nodes: Sequence[str]) -> Mapping[str, Sequence[Reacted]]:
        found = await self.github.reactions_to(nodes)
        others = set(await self._others(one.by for reactions in found.values() for one in reactions))
        return {node: [one for one in reactions if one.by in others] for node, reactions in found.items()}

    async def _others(self, people: Iterable[Person]) -> Sequence[Person]:
        met = tuple(people)
        forgotten = await self.store.forgetting.forgotten_among(person.id for person in met)
        return tuple(person for person in met if person.id not in forgotten)

    async def _anonymized(self, timeline: PullRequestTimeline) -> PullRequestTimeline:
        return await self.store.timelines.anonymized(self.repository_id, timeline)
