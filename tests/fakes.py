"""Plain fakes with memory for everything a feature may look at: they answer from what the test put in."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal, overload

from mentorbot.config.calendar import DEFAULT_CALENDAR, Calendar
from mentorbot.config.configuration import Configuration, proposed_configuration
from mentorbot.core.actions import Action, Doable, Forget, Remember
from mentorbot.core.entities import Issue, PullRequest, Repository
from mentorbot.core.errors import AccessLost, GitHubUnavailable, Impossible
from mentorbot.core.events import CommandGiven
from mentorbot.core.journal import JournalEntry
from mentorbot.core.people import Permission, Person
from mentorbot.domain.contributor_history import ContributorHistory
from mentorbot.domain.expertise import Expertise
from mentorbot.domain.project_people import ProjectPeople
from mentorbot.domain.response_time import Wait
from mentorbot.domain.timeline import PullRequestTimeline
from mentorbot.feature_api.authorization import Authorization
from mentorbot.feature_api.feature_catalog import FeatureCatalog
from mentorbot.feature_api.ports import ChangedFile, Ports, Reacted, ToldOfShadow
from mentorbot.feature_api.records import R, Record, StoredRecord, name_of, typed
from tests.builders import NOW, a_person, a_repository


@dataclass
class FakeGitHub:
    """Answers from what the test put in, and remembers each question in `asked` ("files 7").

    With `down` every question raises it, as in an outage.
    """

    permissions: dict[str, Permission] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    texts_at: dict[tuple[str, str], str] = field(default_factory=dict)
    threads: dict[int, Issue | PullRequest] = field(default_factory=dict)
    touched: dict[int, Sequence[ChangedFile]] = field(default_factory=dict)
    timelines: dict[int, PullRequestTimeline] = field(default_factory=dict)
    merged_by_commit: set[int] = field(default_factory=set)
    accounts: dict[str, Person] = field(default_factory=dict)
    teams: dict[str, Sequence[Person]] = field(default_factory=dict)
    cannot_review: set[str] = field(default_factory=set)
    busy: set[str] = field(default_factory=set)
    reacted: dict[tuple[str, int], Sequence[tuple[Person, str]]] = field(default_factory=dict)
    reacted_to: dict[str, Sequence[Reacted]] = field(default_factory=dict)
    down: GitHubUnavailable | AccessLost | Impossible | None = None
    asked: list[str] = field(default_factory=list)

    def _hear(self, question: str) -> None:
        self.asked.append(question)
        if self.down is not None:
            raise self.down

    async def permission(self, person: Person) -> Permission:
        self._hear(f"permission {person.login}")
        return self.permissions.get(person.login, Permission.READ)

    async def file(self, path: str) -> str | None:
        self._hear(f"file {path}")
        return self.texts.get(path)

    async def file_at(self, path: str, ref: str, *, repository_id: int | None = None) -> str | None:
        self._hear(f"file {path} at {ref}")
        return self.texts_at.get((path, ref))

    async def issue(self, number: int) -> Issue | PullRequest | None:
        self._hear(f"issue {number}")
        return self.threads.get(number)

    async def pull_request(self, number: int) -> PullRequest | None:
        self._hear(f"pull request {number}")
        thread = self.threads.get(number)
        return thread if isinstance(thread, PullRequest) else None

    async def files(self, number: int) -> Sequence[ChangedFile]:
        self._hear(f"files {number}")
        return self.touched.get(number, ())

    async def timeline(self, number: int) -> PullRequestTimeline | None:
        self._hear(f"timeline {number}")
        return self.timelines.get(number)

    async def open_pull_requests(self) -> AsyncIterator[PullRequestTimeline]:
        self._hear("open pull requests")
        for timeline in list(self.timelines.values()):
            if timeline.is_open:
                yield timeline

    async def open_issues(self, *, labels: Sequence[str], limit: int = 20) -> Sequence[Issue]:
        self._hear(f"open issues {', '.join(labels)}")
        fitting = (
            thread
            for _, thread in sorted(self.threads.items(), reverse=True)
            if not isinstance(thread, PullRequest) and thread.state == "open" and thread.labels & set(labels)
        )
        return tuple(fitting)[:limit]

    async def was_merged_by_commit(self, number: int) -> bool:
        self._hear(f"was merged by commit {number}")
        return number in self.merged_by_commit

    async def account(self, login: str) -> Person | None:
        self._hear(f"account {login}")
        return self.accounts.get(login)

    async def team_members(self, slug: str) -> Sequence[Person]:
        self._hear(f"team {slug}")
        return self.teams.get(slug, ())

    async def can_be_asked_to_review(self, person: Person) -> bool:
        self._hear(f"can be asked {person.login}")
        return person.login not in self.cannot_review

    async def away(self, people: Collection[Person]) -> frozenset[Person]:
        self._hear(f"away {', '.join(sorted(person.login for person in people))}")
        return frozenset(person for person in people if person.login in self.busy)

    async def reactions(
        self, kind: Literal["issue", "issue_comment", "review_comment"], id_: int
    ) -> Sequence[tuple[Person, str]]:
        self._hear(f"reactions {kind} {id_}")
        return self.reacted.get((kind, id_), ())

    async def reactions_to(self, nodes: Sequence[str]) -> Mapping[str, Sequence[Reacted]]:
        self._hear(f"reactions to {', '.join(nodes)}")
        return {node: self.reacted_to[node] for node in nodes if node in self.reacted_to}


@dataclass
class FakePeople:
    """Knows the acquaintances the test put in (by login); everybody else is new here."""

    known: dict[str, ContributorHistory] = field(default_factory=dict)
    waited: Sequence[Wait] = ()
    met: dict[str, Person] = field(default_factory=dict)
    past: Expertise = field(default_factory=Expertise)
    project: ProjectPeople = field(default_factory=ProjectPeople)

    async def contributor_history(
        self, person: Person, *, before: datetime, number: int
    ) -> ContributorHistory:
        found = self.known.get(person.login)
        return ContributorHistory(person=person) if found is None else replace(found, person=person)

    async def waits(self, *, since: datetime) -> Sequence[Wait]:
        return tuple(wait for wait in self.waited if wait.opened_at >= since)

    async def named(self, login: str) -> Person | None:
        return self.met.get(login)

    async def expertise(self) -> Expertise:
        return self.past

    async def project_people(self) -> ProjectPeople:
        return self.project


@dataclass
class FakeRecords:
    """What a feature remembers. `remember` carries out what a plan says, as the engine would.

    `others` are the records of the same owner's other repositories, by full name.
    """

    kept: dict[tuple[str, str], StoredRecord] = field(default_factory=dict)
    repository_id: int = 1
    others: dict[str, FakeRecords] = field(default_factory=dict)

    @overload
    async def get(self, kind: type[R], key: str) -> Record[R] | None: ...

    @overload
    async def get(self, kind: str, key: str) -> StoredRecord | None: ...

    async def get(self, kind: type[R] | str, key: str) -> Record[R] | StoredRecord | None:
        """One record."""
        found = self.kept.get((name_of(kind), key))
        return found if found is None or isinstance(kind, str) else typed(found, kind)

    @overload
    async def all(self, kind: type[R], *, starting: str = "") -> Sequence[Record[R]]: ...

    @overload
    async def all(self, kind: str, *, starting: str = "") -> Sequence[StoredRecord]: ...

    async def all(
        self, kind: type[R] | str, *, starting: str = ""
    ) -> Sequence[Record[R]] | Sequence[StoredRecord]:
        """All records of a kind whose keys start like this."""
        found = [
            record
            for (of, key), record in sorted(self.kept.items())
            if of == name_of(kind) and key.startswith(starting)
        ]
        return found if isinstance(kind, str) else [typed(record, kind) for record in found]

    async def elsewhere(self, full_name: str) -> FakeRecords | None:
        return self.others.get(full_name)

    def put(self, kind: str, key: str, value: Mapping[str, Any]) -> StoredRecord:
        """Keep a record; its version grows by one each time."""
        before = self.kept.get((kind, key))
        record = Record(kind=kind, key=key, value=dict(value), version=before.version + 1 if before else 1)
        self.kept[kind, key] = record
        return record

    def remember(self, actions: Iterable[Doable]) -> None:
        """Carry out the `Remember` and `Forget` among these.

        A version other than the expected one is an AssertionError.
        """
        for action in actions:
            home = getattr(action, "repository_id", None)
            other = next((one for one in self.others.values() if one.repository_id == home), None)
            if other is not None and other is not self:
                other.remember([action])
            elif isinstance(action, Remember):
                before = self.kept.get((action.kind, action.key))
                version = before.version if before else 0
                if action.expected not in {None, version}:
                    raise AssertionError(f"{action.key} has version {version}, not {action.expected}")
                self.put(action.kind, action.key, action.value)
            elif isinstance(action, Forget):
                self.kept.pop((action.kind, action.key), None)


@dataclass
class FakeTimelines:
    """The timelines the test put in; of those that are `unheard` we know only when they were closed."""

    seen: dict[int, PullRequestTimeline] = field(default_factory=dict)
    ended: dict[int, datetime] = field(default_factory=dict)
    unheard: dict[int, datetime] = field(default_factory=dict)
    unread: str = ""

    async def get(self, number: int) -> PullRequestTimeline | None:
        return self.seen.get(number)

    async def open(self) -> AsyncIterator[PullRequestTimeline]:
        for timeline in list(self.seen.values()):
            if timeline.is_open and timeline.number not in self.unheard:
                yield timeline

    async def unknown(self) -> str:
        return self.unread

    async def open_by(self, person: Person) -> Sequence[PullRequestTimeline]:
        return tuple(one for one in self.seen.values() if one.is_open and one.author == person)

    async def with_head(self, sha: str) -> Sequence[PullRequestTimeline]:
        return tuple(one for one in self.seen.values() if one.is_open and one.current_head == sha)

    async def closed(self, numbers: Collection[int]) -> Mapping[int, datetime]:
        return {number: at for number, at in self.ended.items() if number in numbers}

    async def closed_with(self, labels: Collection[str], *, since: datetime) -> Sequence[PullRequestTimeline]:
        closed = (one for number, one in self.seen.items() if self.unheard.get(number, since) > since)
        return tuple(one for one in closed if not one.labels.isdisjoint(labels))


@dataclass
class FakeJournal:
    """The journal entries, silences and mentions the test put in."""

    entries: list[JournalEntry] = field(default_factory=list)
    silences: dict[int, datetime] = field(default_factory=dict)
    mentions: dict[str, list[datetime]] = field(default_factory=dict)
    held: int = 0
    shadows: dict[str, ToldOfShadow] = field(default_factory=dict)

    async def about(self, number: int, *, limit: int = 50) -> Sequence[JournalEntry]:
        fitting = [entry for entry in self.entries if entry.number == number]
        return tuple(sorted(fitting, key=lambda entry: entry.at, reverse=True)[:limit])

    async def muted_until(self, number: int, *, thread_only: bool = False) -> datetime | None:
        return self.silences.get(number)

    async def held_greetings(self) -> int:
        return self.held

    async def would_have_said(self, full_name: str) -> ToldOfShadow | None:
        return self.shadows.get(full_name)

    async def mentions_since(self, person: Person, since: datetime) -> int:
        return sum(at >= since for at in self.mentions.get(person.login, ()))


@dataclass
class FakeWriter:
    """Keeps what it was told to do, in order, and answers as GitHub would; with `down` it raises that."""

    done: list[Action] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    down: Exception | None = None

    async def perform(
        self,
        action: Action,
        *,
        repository: Repository,
        key: str,
        attempt: int,
        made: Mapping[str, Any] | None,
    ) -> Mapping[str, Any]:
        if self.down is not None:
            raise self.down
        self.done.append(action)
        self.keys.append(key)
        number = action.number or 1000 + len(self.done)
        url = f"https://github.com/{repository.full_name}/issues/{number}#{len(self.done)}"
        return {"id": len(self.done), "node_id": f"N_{len(self.done)}", "url": url, "number": number}

    async def keep_one(
        self,
        action: Action,
        *,
        repository: Repository,
        key: str,
        made: Mapping[str, Any],
    ) -> tuple[Mapping[str, Any], int]:
        return made, 0


@dataclass
class FakeProposals:
    """Reads what is proposed at once."""

    current: Configuration

    async def configuration(self, text: str | None) -> Configuration:
        return proposed_configuration(text, self.current)


@dataclass
class FakeGuided:
    """Who has a mentor, waits for one or is one."""

    ids: frozenset[int] = frozenset()

    async def people(self) -> frozenset[int]:
        return self.ids


@dataclass
class FakeOutlook:
    """What features have in mind for every thread."""

    comes: Sequence[str] = ()
    useful: dict[str, Sequence[str]] = field(default_factory=dict)

    async def coming(self, _event: CommandGiven) -> Sequence[str]:
        return self.comes

    async def useful_commands(
        self, _event: CommandGiven, _authorization: Authorization
    ) -> Mapping[str, Sequence[str]]:
        return self.useful


def some_ports(
    *,
    now: datetime = NOW,
    repository: Repository | None = None,
    github: FakeGitHub | None = None,
    people: FakePeople | None = None,
    records: FakeRecords | None = None,
    timelines: FakeTimelines | None = None,
    journal: FakeJournal | None = None,
    catalog: FeatureCatalog | None = None,
    calendar: Calendar = DEFAULT_CALENDAR,
    configuration: Configuration | None = None,
    outlook: FakeOutlook | None = None,
    bot: Person | None = None,
    public_url: str = "https://mentorbot.example",
    guided: FakeGuided | None = None,
) -> Ports:
    """Everything a feature may look at: fakes that know nothing, except for what the test hands in."""
    return Ports(
        now=now,
        repository=repository or a_repository(),
        github=github or FakeGitHub(),
        people=people or FakePeople(),
        records=records or FakeRecords(),
        timelines=timelines or FakeTimelines(),
        journal=journal or FakeJournal(),
        catalog=catalog or FeatureCatalog(()),
        calendar=calendar,
        configuration=configuration or Configuration(exists=True),
        proposals=FakeProposals(configuration or Configuration(exists=True)),
        outlook=outlook or FakeOutlook(),
        bot=bot or a_person("mentorbot[bot]", is_bot=True),
        public_url=public_url,
        guided=guided or FakeGuided(),
    )
