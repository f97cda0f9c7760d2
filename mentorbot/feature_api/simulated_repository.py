"""A repository of the past: what happened in it, and what could have been asked at each moment of it.

What GitHub says of people is of today: who belongs to the project now is taken to have belonged to it then,
so that nobody is greeted who shouldn't be. Who wasn't let in yet is told by deeds.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import AsyncIterator, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any, Literal

from mentorbot.config.configuration import Configuration
from mentorbot.core.entities import Issue, PullRequest, Repository
from mentorbot.core.events import CommandGiven, IssueOpened, PullRequestClosed, PullRequestOpened
from mentorbot.core.people import Association, Permission, Person
from mentorbot.domain.contributor_history import ContributorHistory
from mentorbot.domain.expertise import Expertise
from mentorbot.domain.project_people import PastOfPeople, ProjectPeople
from mentorbot.domain.response_time import Wait
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline
from mentorbot.feature_api.authorization import Authorization
from mentorbot.feature_api.empty_journal import EmptyJournal
from mentorbot.feature_api.ports import Catalog, ChangedFile, Ports, Reacted
from mentorbot.feature_api.replay import ReplayedRecords, TimelinesThen, as_pull_request
from mentorbot.feature_api.survey import PastIssue, ProjectPast

BOT = Person(id=0, login="mentorbot[bot]", is_bot=True)
Happened = IssueOpened | PullRequestOpened | PullRequestClosed

_REVIEWS = frozenset({ActKind.REVIEWED, ActKind.LINE_COMMENTED})
_ENDS = frozenset({ActKind.CLOSED, ActKind.MERGED})


class SimulatedRepository:
    """What happened in a repository, and what could have been asked at each moment."""

    def __init__(self, past: ProjectPast, configuration: Configuration, catalog: Catalog) -> None:
        self._past = past
        self._here = Repository(
            id=0,
            full_name=past.repository,
            owner=Person(id=0, login=past.repository.partition("/")[0]),
            private=past.is_private,
        )
        self._people = PeopleOfThePast(past)
        self._pulls = {pull.number: pull for pull in past.pulls}
        self._nobody = _Nobody(configuration)
        self._configuration = configuration
        self._catalog = catalog
        self.records = ReplayedRecords(0)

    def ports_at(self, moment: datetime) -> Ports:
        """What a feature would have seen then; asking for a moment is being there."""
        self._people.now = moment
        return Ports(
            now=moment,
            repository=self._here,
            github=_GitHubThen(self._people),
            people=self._people,
            records=self.records,
            timelines=TimelinesThen(self),
            journal=EmptyJournal(),
            catalog=self._catalog,
            calendar=self._configuration.calendar,
            configuration=self._configuration,
            proposals=self._nobody,
            outlook=self._nobody,
            bot=BOT,
            public_url="",
            guided=self._nobody,
        )

    def timeline(self, number: int) -> PullRequestTimeline | None:
        found = self._pulls.get(number)
        return found.until(self._people.now) if found is not None else None

    def open(self) -> Iterator[PullRequestTimeline]:
        now = self._people.now
        begun = (pull.until(now) for pull in self._past.pulls if pull.opened_at <= now)
        return (pull for pull in begun if pull.is_open)

    def events(self, *, since: datetime) -> list[Happened]:
        """What was opened and closed since then, oldest first."""
        found: list[Happened] = [*self._issues(), *self._pull_requests()]
        span = [event for event in found if since <= event.at <= self._past.until]
        return sorted(span, key=lambda event: (event.at, event.thread.number, type(event).__name__))

    def _issues(self) -> Iterator[IssueOpened]:
        for issue in self._past.issues:
            if issue.author is not None:
                yield IssueOpened(**self._when(issue.opened_at, issue.author), thread=_as_issue(issue))

    def _pull_requests(self) -> Iterator[PullRequestOpened | PullRequestClosed]:
        for pull in self._past.pulls:
            if pull.author is None:
                continue
            opened = _thread(pull, pull.opened_at)
            yield PullRequestOpened(**self._when(pull.opened_at, pull.author), thread=opened)
            merged = next((act for act in pull.acts if act.kind is ActKind.MERGED), None)
            for act in pull.acts:
                # A merge is told by two acts: it is merged, and it is closed.
                is_end = act is merged or (
                    act.kind is ActKind.CLOSED and (merged is None or act.at < merged.at)
                )
                if is_end:
                    by = act.by or pull.author
                    thread = _thread(pull, act.at, merged_at=act.at if act is merged else None)
                    yield PullRequestClosed(**self._when(act.at, by), thread=thread)

    def _when(self, at: datetime, by: Person) -> dict[str, Any]:
        return {"at": at, "by": by, "repository": self._here, "delivery": "", "installation_id": 0}


def _as_issue(issue: PastIssue) -> Issue:
    return Issue(
        number=issue.number,
        author=issue.author,
        association=_association_then(issue.association),
        title=issue.title,
        url=issue.url,
        opened_at=issue.opened_at,
    )


def _thread(pull: PullRequestTimeline, at: datetime, *, merged_at: datetime | None = None) -> PullRequest:
    found = as_pull_request(pull.until(at))
    return replace(
        found,
        association=_association_then(pull.association),
        head_ref=pull.head.partition(":")[2],
        base_ref=pull.base,
        state="closed" if merged_at else found.state,
        closed_at=None if found.state == "open" else at,
        merged=merged_at is not None,
        merged_at=merged_at,
    )


def association_of(told: str) -> Association:
    """As GitHub says it; NONE for what isn't known."""
    return Association(told) if told in Association.__members__ else Association.NONE


def _association_then(told: str) -> Association:
    """A contributor of today needn't have been one then: what they did tells that."""
    found = association_of(told)
    return found if found.is_insider or found is Association.MANNEQUIN else Association.NONE


@dataclass(slots=True)
class _Deeds:
    """What somebody did, in order; reviews with the pull request they are of."""

    issues: list[tuple[datetime, int]] = field(default_factory=list)
    pulls: list[tuple[datetime, int]] = field(default_factory=list)
    merges: list[tuple[datetime, int]] = field(default_factory=list)
    reviews: list[tuple[datetime, int]] = field(default_factory=list)
    words: list[datetime] = field(default_factory=list)
    insider: bool = False
    contributor: bool = False

    def sort(self) -> None:
        for deeds in (self.issues, self.pulls, self.merges, self.reviews, self.words):
            deeds.sort()


class PeopleOfThePast:
    """Who was here before, and how long people waited, as it could be known at `now`."""

    def __init__(self, past: ProjectPast) -> None:
        self.now = past.until
        self._pulls = past.pulls
        self._earlier = past.earlier.authors
        self._names = PastOfPeople(past.pulls)
        self._deeds: dict[int, _Deeds] = defaultdict(_Deeds)
        for issue in past.issues:
            if issue.author is not None:
                deeds = self._deeds[issue.author.id]
                deeds.issues.append((issue.opened_at, issue.number))
                self._learn(deeds, issue.association)
        for pull in past.pulls:
            self._learn_pull(pull)
        for deeds in self._deeds.values():
            deeds.sort()

    def _learn_pull(self, pull: PullRequestTimeline) -> None:
        if pull.author is not None:
            deeds = self._deeds[pull.author.id]
            deeds.pulls.append((pull.opened_at, pull.number))
            deeds.merges += [(act.at, pull.number) for act in pull.acts if act.kind is ActKind.MERGED][:1]
            self._learn(deeds, pull.association)
        for act in pull.acts:
            if act.by is None or act.by == pull.author or not act.is_remark:
                continue
            deeds = self._deeds[act.by.id]
            deeds.words.append(act.at)
            if act.kind in _REVIEWS:
                deeds.reviews.append((act.at, pull.number))

    @staticmethod
    def _learn(deeds: _Deeds, association: str) -> None:
        found = association_of(association)
        deeds.insider |= found.is_insider
        deeds.contributor |= found is Association.CONTRIBUTOR

    async def contributor_history(
        self, person: Person, *, before: datetime, number: int
    ) -> ContributorHistory:
        deeds = self._deeds.get(person.id, _Deeds())
        here = before, number
        issues, pulls = (bisect_left(opened, here) for opened in (deeds.issues, deeds.pulls))
        merged = [place for place in deeds.merges if place < here and place[1] != number]
        reviews = [place for place in deeds.reviews if place[0] <= before and place[1] != number]
        seen = [
            *(at for at, _ in (*deeds.issues[:issues], *deeds.pulls[:pulls], *merged, *reviews)),
            *deeds.words[: bisect_left(deeds.words, before)],
        ]
        # Who is a contributor though none of their pull requests was merged has commits from elsewhere.
        has_commits = person.id in self._earlier or (deeds.contributor and not deeds.merges)
        return ContributorHistory(
            person=person,
            issues=issues,
            pull_requests=pulls,
            reviews=len(reviews),
            merged=len(merged),
            insider=deeds.insider or person.id in self._names.until(before).trusted,
            contributor=has_commits,
            last_seen=max(seen, default=None),
        )

    async def waits(self, *, since: datetime) -> Sequence[Wait]:
        return self.waits_since(since)

    def waits_since(self, since: datetime) -> list[Wait]:
        now, trusted = self.now, self._names.until(self.now).trusted
        return [
            _known_at(wait, now)
            for opened_at, author, wait in self._waits[bisect_left(self._openings, since) :]
            if opened_at < now and author not in trusted
        ]

    @cached_property
    def _openings(self) -> list[datetime]:
        return [opened_at for opened_at, *_ in self._waits]

    @cached_property
    def _waits(self) -> list[tuple[datetime, int, Wait]]:
        return [
            (
                pull.opened_at,
                pull.author.id,
                wait_of(pull, until=datetime.max.replace(tzinfo=self.now.tzinfo)),
            )
            for pull in sorted(self._pulls, key=lambda pull: pull.opened_at)
            if pull.author is not None
            and not _is_script(pull.author)
            and not association_of(pull.association).is_insider
        ]

    def permission(self, person: Person) -> Permission:
        may = self._deeds.get(person.id, _Deeds()).insider or person.id in self._names.until(self.now).trusted
        return Permission.WRITE if may else Permission.READ

    async def named(self, login: str) -> Person | None:  # noqa: ARG002 - as the port has it
        return None

    async def expertise(self) -> Expertise:
        return Expertise()  # who knew what then can't be told any more

    async def project_people(self) -> ProjectPeople:
        return self._names.until(self.now)


def waits_in(past: ProjectPast, *, since: datetime) -> list[Wait]:
    """How long what was opened since then waited for a first answer; bots' and insiders' left out."""
    people = PeopleOfThePast(past)
    return people.waits_since(since)


def wait_of(pull: PullRequestTimeline, *, until: datetime) -> Wait:
    """How long a pull request waited for its first word by another human, as known at `until`."""
    answers = (act.at for act in pull.acts if act.is_remark and _is_answer(act, pull))
    ends = (act.at for act in pull.acts if act.kind in _ENDS and act.at <= until)
    answered = next((at for at in answers if at <= until), None)
    return Wait(pull.opened_at, answered, next(ends, until))


def _known_at(wait: Wait, now: datetime) -> Wait:
    answered = wait.answered_at if wait.answered_at is not None and wait.answered_at <= now else None
    return Wait(wait.opened_at, answered, min(wait.until, now))


def _is_answer(act: Act, pull: PullRequestTimeline) -> bool:
    answers = act.by is not None and act.by != pull.author and not _is_script(act.by)
    return answers and act.at >= pull.opened_at


def _is_script(person: Person) -> bool:
    return person.is_bot or person.is_named_like_a_robot


@dataclass(frozen=True, slots=True)
class _GitHubThen:
    """What could be asked of GitHub, as far as the past tells; what it doesn't tell is empty."""

    people: PeopleOfThePast

    async def permission(self, person: Person) -> Permission:
        return self.people.permission(person)

    async def was_merged_by_commit(self, number: int) -> bool:  # noqa: ARG002
        return False  # a commit's way onto the base branch isn't in a pull request's past

    async def file(self, path: str) -> str | None:  # noqa: ARG002
        return None

    async def file_at(self, path: str, ref: str, *, repository_id: int | None = None) -> str | None:  # noqa: ARG002
        return None

    async def issue(self, number: int) -> Issue | PullRequest | None:  # noqa: ARG002
        return None

    async def pull_request(self, number: int) -> PullRequest | None:  # noqa: ARG002
        return None

    async def files(self, number: int) -> Sequence[ChangedFile]:  # noqa: ARG002
        return ()

    async def timeline(self, number: int) -> PullRequestTimeline | None:  # noqa: ARG002
        return None

    async def open_pull_requests(self) -> AsyncIterator[PullRequestTimeline]:
        return
        yield

    async def open_issues(self, *, labels: Sequence[str], limit: int = 20) -> Sequence[Issue]:  # noqa: ARG002
        return ()

    async def account(self, login: str) -> Person | None:  # noqa: ARG002
        return None

    async def team_members(self, slug: str) -> Sequence[Person]:  # noqa: ARG002
        return ()

    async def can_be_asked_to_review(self, person: Person) -> bool:  # noqa: ARG002
        return False

    async def away(self, people: Collection[Person]) -> frozenset[Person]:  # noqa: ARG002
        return frozenset()

    async def reactions(
        self,
        kind: Literal["issue", "issue_comment", "review_comment"],  # noqa: ARG002
        id_: int,  # noqa: ARG002
    ) -> Sequence[tuple[Person, str]]:
        return ()

    async def reactions_to(self, nodes: Sequence[str]) -> Mapping[str, Sequence[Reacted]]:  # noqa: ARG002
        return {}


@dataclass(frozen=True, slots=True)
class _Nobody:
    """What only a running bot has: nobody is mentored yet, nothing is proposed or planned."""

    configuration_at_hand: Configuration

    async def people(self) -> frozenset[int]:
        return frozenset()

    async def configuration(self, text: str | None) -> Configuration:  # noqa: ARG002
        return self.configuration_at_hand

    async def coming(self, event: CommandGiven) -> Sequence[str]:  # noqa: ARG002
        return ()

    async def useful_commands(
        self,
        event: CommandGiven,  # noqa: ARG002
        authorization: Authorization,  # noqa: ARG002
    ) -> Mapping[str, Sequence[str]]:
        return {}
