"""What a feature may look at while it asks for facts. Reading is a method; writing is a value."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol, overload

from mentorbot.config.calendar import Calendar
from mentorbot.config.configuration import Configuration
from mentorbot.config.desk import DeskSection
from mentorbot.core.actions import Action
from mentorbot.core.entities import Issue, PullRequest, Repository
from mentorbot.core.events import CommandGiven
from mentorbot.core.journal import JournalEntry
from mentorbot.core.people import Permission, Person
from mentorbot.domain.contributor_history import ContributorHistory
from mentorbot.domain.expertise import Expertise
from mentorbot.domain.project_people import ProjectPeople
from mentorbot.domain.response_time import Wait
from mentorbot.domain.timeline import PullRequestTimeline
from mentorbot.feature_api.authorization import Authorization
from mentorbot.feature_api.records import R, Record, StoredRecord


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A file a pull request touches. `status` is GitHub's word: added, modified, removed, renamed."""

    path: str
    status: str
    additions: int
    deletions: int


@dataclass(frozen=True, slots=True)
class Reacted:
    """Somebody's reaction; `content` as in `actions.Reaction`."""

    by: Person
    content: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WouldHaveSaid:
    """Something that would have been done, but for the shadow. `people` are the ids of all it tells of."""

    at: datetime
    feature: str
    action: Action
    because: str
    people: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldOfShadow:
    """A repository, since when it is in shadow (if it is), its desk, and what it would have said since then.

    The latest comes last; of very much only that is told.
    """

    repository: Repository
    desk: DeskSection
    since: datetime | None = None
    said: tuple[WouldHaveSaid, ...] = ()


class GitHub(Protocol):
    """Questions to GitHub about the repository at hand. Answers may be cached; all count against limits.

    Each raises `mentorbot.core.errors.GitHubUnavailable` (limits, outages; the decision is made again
    later) — never an empty answer in place of a failed one. What does not exist (any more) is None or empty.
    """

    async def permission(self, person: Person) -> Permission:
        """What this person may do here; cached for ten minutes."""
        ...

    async def file(self, path: str) -> str | None:
        """The text of a file on the default branch."""
        ...

    async def file_at(self, path: str, ref: str, *, repository_id: int | None = None) -> str | None: ...

    async def issue(self, number: int) -> Issue | PullRequest | None: ...

    async def pull_request(self, number: int) -> PullRequest | None: ...

    async def files(self, number: int) -> Sequence[ChangedFile]: ...

    async def timeline(self, number: int) -> PullRequestTimeline | None:
        """Everything that happened in a pull request (one GraphQL question for most)."""
        ...

    def open_pull_requests(self) -> AsyncIterator[PullRequestTimeline]:
        """All open pull requests with their timelines, 100 a question."""
        ...

    async def open_issues(self, *, labels: Sequence[str], limit: int = 20) -> Sequence[Issue]:
        """Open, unassigned issues with any of these labels, newest first."""
        ...

    async def was_merged_by_commit(self, number: int) -> bool:
        """True where a pull request was closed, not merged, by a commit on its base branch (merge bots)."""
        ...

    async def account(self, login: str) -> Person | None: ...

    async def team_members(self, slug: str) -> Sequence[Person]:
        """The members of a team of the repository's owner; empty where we may not look."""
        ...

    async def can_be_asked_to_review(self, person: Person) -> bool:
        """True where GitHub accepts a review request to this person here, and they do, too."""
        ...

    async def away(self, people: Collection[Person]) -> frozenset[Person]:
        """Those who say in their GitHub status that they are busy, or want to be left alone by the bot.

        One question for a hundred people.
        """
        ...

    async def reactions(
        self, kind: Literal["issue", "issue_comment", "review_comment"], id_: int
    ) -> Sequence[tuple[Person, str]]:
        """Who reacted how (content as in `actions.Reaction`)."""
        ...

    async def reactions_to(self, nodes: Sequence[str]) -> Mapping[str, Sequence[Reacted]]:
        """The latest reactions to many things, by the global ids of what was written (`Act.node`).

        One question per hundred; unlike `reactions` it sees those to reviews. What is gone is missing.
        """
        ...


class Writer(Protocol):
    """Performs actions in one installation. Only the engine has one."""

    async def perform(
        self,
        action: Action,
        *,
        repository: Repository,
        key: str,
        attempt: int,
        made: Mapping[str, Any] | None,
    ) -> Mapping[str, Any]:
        """Do it and return what GitHub made of it: {"id", "node_id", "url", "number"}, as far as it has them.

        `key` is the effect's whole key, hidden in the text of comments and issues; where `attempt` > 1 it is
        looked for before writing again. `made` is what the action referred to (the comment to edit) returned
        when it was done. Raises `GitHubUnavailable`, `LimitReached`, `AccessLost`, `Impossible` (see
        `core.errors`).
        """
        ...

    async def keep_one(
        self, action: Action, *, repository: Repository, key: str, made: Mapping[str, Any]
    ) -> tuple[Mapping[str, Any], int]:
        """Where an action was performed twice after all, take the younger one back.

        `made` is what `perform` returned; returns the same of what was kept, and how many were taken back.
        """
        ...


class People(Protocol):
    """Who was here before, in the repository at hand."""

    async def contributor_history(
        self, person: Person, *, before: datetime, number: int
    ) -> ContributorHistory:
        """What this person had done here before the issue or pull request `number`, opened at `before`.

        Known from webhooks and backfill; until that has finished GitHub is asked once per person. Where
        even that leaves a doubt, `certain` is False.
        """
        ...

    async def waits(self, *, since: datetime) -> Sequence[Wait]:
        """How long pull requests opened since then waited for a first answer; the unanswered ones too."""
        ...

    async def named(self, login: str) -> Person | None:
        """Somebody we have met in this repository, by present login."""
        ...

    async def expertise(self) -> Expertise:
        """Who knows what here, from what we were told and have read; no question to GitHub.

        At most an hour old, and bounded: the latest pull requests of the last two years. The bot's own labels
        say nothing in it.
        """
        ...

    async def project_people(self) -> ProjectPeople:
        """Who has a name here by what they did, as far as we were told; at most an hour old."""
        ...


class Records(Protocol):
    """What this feature remembers about a repository: the one at hand, or one asked for by `elsewhere`."""

    @property
    def repository_id(self) -> int:
        """Whose records these are: `Remember(repository_id=…)` writes there."""
        ...

    @overload
    async def get(self, kind: type[R], key: str) -> Record[R] | None: ...

    @overload
    async def get(self, kind: str, key: str) -> StoredRecord | None: ...

    async def get(self, kind: type[R] | str, key: str) -> Record[R] | StoredRecord | None:
        """One record: as a class of the feature, or as it lies in the store by the name of its kind."""
        ...

    @overload
    async def all(self, kind: type[R], *, starting: str = "") -> Sequence[Record[R]]: ...

    @overload
    async def all(self, kind: str, *, starting: str = "") -> Sequence[StoredRecord]: ...

    async def all(
        self, kind: type[R] | str, *, starting: str = ""
    ) -> Sequence[Record[R]] | Sequence[StoredRecord]:
        """All records of a kind whose keys start like this, by key."""
        ...

    async def elsewhere(self, full_name: str) -> Records | None:
        """What this feature remembers about another repository of the owner; None: we aren't there."""
        ...


class Timelines(Protocol):
    """The projection of open pull requests that webhooks keep up to date; no question to GitHub."""

    async def get(self, number: int) -> PullRequestTimeline | None:
        """One pull request's timeline, as far as we know it; None where we have never seen it."""
        ...

    def open(self) -> AsyncIterator[PullRequestTimeline]:
        """All open pull requests.

        Raises `NotRead` for schedules and commands while some may be missing; events get what is known.
        """
        ...

    async def unknown(self) -> str:
        """What could not be read of this repository (yet), in sentences; empty where all is known."""
        ...

    async def open_by(self, person: Person) -> Sequence[PullRequestTimeline]:
        """The open pull requests of one person, by number."""
        ...

    async def with_head(self, sha: str) -> Sequence[PullRequestTimeline]:
        """The open pull requests whose branch ends with this commit (GitHub names none for forks)."""
        ...

    async def closed(self, numbers: Collection[int]) -> Mapping[int, datetime]:
        """Which of these issues and pull requests are closed as far as we know, and since when."""
        ...

    async def closed_with(self, labels: Collection[str], *, since: datetime) -> Sequence[PullRequestTimeline]:
        """The pull requests closed after `since` that wear one of these labels, as far as we know."""
        ...


class Journal(Protocol):
    """What the bot did and did not do here, and why."""

    async def about(self, number: int, *, limit: int = 50) -> Sequence[JournalEntry]:
        """Entries on an issue or pull request, newest first."""
        ...

    async def muted_until(self, number: int, *, thread_only: bool = False) -> datetime | None:
        """Until when people asked for silence on this thread, or (unless `thread_only`) everywhere here."""
        ...

    async def held_greetings(self) -> int:
        """How many greetings wait here until maintainers say what becomes of them."""
        ...

    async def mentions_since(self, person: Person, since: datetime) -> int:
        """How often this person was mentioned in nudges, over all repositories."""
        ...

    async def would_have_said(self, full_name: str) -> ToldOfShadow | None:
        """What would have been done in another repository of the owner, but for its shadow.

        None: we aren't there.
        """
        ...


class Proposals(Protocol):
    """Config files that somebody proposes; reading one may take a while, and nobody else waits for it."""

    async def configuration(self, text: str | None) -> Configuration:
        """What would be in force with this file; see `config.configuration.proposed_configuration`."""
        ...


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A feature in the menu: its name, what it is for, and whether it is on in the repository at hand."""

    name: str
    summary: str
    is_on: bool


class Catalog(Protocol):
    """What all features together offer, made of their cards (`feature_catalog` has it)."""

    def help_for(
        self,
        authorization: Authorization,
        configuration: Configuration,
        *,
        on_pull_request: bool,
        useful: Mapping[str, Sequence[str]],
    ) -> str:
        """What somebody can ask of the bot in this thread, as Markdown.

        `useful` are the names of commands that would do something for them now, by feature, the best first.
        """
        ...

    def menu(self, configuration: Configuration) -> Sequence[MenuEntry]: ...


class Guided(Protocol):
    """To whom nothing of what sections have for newcomers is to be offered, as they have it already."""

    async def people(self) -> frozenset[int]:
        """Their ids: who has a mentor, waits for one or is one. No question to GitHub."""
        ...


class Outlook(Protocol):
    """What all features that are on have in mind for a thread; each looks at its own records for that."""

    async def coming(self, event: CommandGiven) -> Sequence[str]:
        """What they will do here if nothing happens, in sentences."""
        ...

    async def useful_commands(
        self, event: CommandGiven, authorization: Authorization
    ) -> Mapping[str, Sequence[str]]:
        """Which commands would do something for who asks, by feature, as far as the features know."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """Everything a feature may look at, for one repository and one moment."""

    now: datetime
    repository: Repository
    github: GitHub
    people: People
    records: Records
    timelines: Timelines
    journal: Journal
    catalog: Catalog
    calendar: Calendar
    configuration: Configuration
    proposals: Proposals
    outlook: Outlook
    bot: Person
    public_url: str
    guided: Guided

    @property
    def live_since(self) -> datetime | None:
        """When the repository left the shadow: what happened before is past. None where it never was in it.

        None while it is in shadow, too (`configuration.is_shadow`).
        """
        return self.configuration.live_since
