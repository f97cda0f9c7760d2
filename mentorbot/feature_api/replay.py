"""A repository's past, played once more to a feature's own rules: what they would have decided, and when.

Nothing here decides, or knows a feature. `play` tells each player what happened, in order of time, and lets
the clock's moments pass in between. The rules look at `Replay.ports_at`, which answer as they would have
then, as far as the past tells; what they decide is taken into records that live as long as the replay does.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import AsyncIterator, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import takewhile
from typing import Any, Literal, Protocol, overload

from mentorbot.core.actions import Doable, Forget, Remember
from mentorbot.core.entities import Issue, PullRequest
from mentorbot.core.events import CommandGiven, Reactable
from mentorbot.core.people import Association, Permission, Person
from mentorbot.domain.command_parser import commands_in
from mentorbot.domain.contributor_history import ContributorHistory
from mentorbot.domain.expertise import Expertise
from mentorbot.domain.project_people import ProjectPeople
from mentorbot.domain.response_time import Wait
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline
from mentorbot.feature_api.authorization import Authorization, Who
from mentorbot.feature_api.empty_journal import EmptyJournal
from mentorbot.feature_api.ports import ChangedFile, Ports, Reacted
from mentorbot.feature_api.records import R, Record, StoredRecord, name_of, typed

_KINDS = {"comment": "issue_comment", "line": "review_comment", "review": "review"}
OPENING = "opening"
"""The id of the act that stands for the opening of a pull request, whose text may hold commands."""


class Player(Protocol):
    """What a feature does with the past of one repository."""

    @property
    def replay(self) -> Replay: ...

    async def hear(self, timeline: PullRequestTimeline, act: Act) -> None:
        """Somebody did something."""
        ...

    async def next_due(self) -> datetime | None:
        """When it wants to look at the clock next."""
        ...

    async def look(self, due: datetime) -> None: ...


async def play(players: Sequence[Player], *, until: datetime) -> None:
    happened = [
        (act.at, place, timeline.number, act.place, timeline, act)
        for place, player in enumerate(players)
        for timeline in player.replay.timelines.values()
        for act in _acts(timeline)
        if act.at <= until
    ]
    for at, place, _, _, timeline, act in sorted(happened, key=lambda of: of[:4]):
        await _let_pass(players, until=at)
        await players[place].hear(timeline, act)
    await _let_pass(players, until=until)


async def _let_pass(players: Sequence[Player], *, until: datetime) -> None:
    while True:
        dues = [(due, place) for place, one in enumerate(players) if (due := await one.next_due())]
        if not dues or min(dues)[0] > until:
            return
        due, place = min(dues)
        await players[place].look(due)


def _acts(timeline: PullRequestTimeline) -> Iterator[Act]:
    """What happened, and first of all the opening."""
    yield Act(
        kind=ActKind.RETITLED, at=timeline.opened_at, id=OPENING, by=timeline.author, body=timeline.body
    )
    yield from (act for act in timeline.acts if act.at >= timeline.opened_at)


class ReplayedRecords:
    """Records that live as long as the replay does. `others` are those of other repositories, by name.

    `changes` counts what was kept and forgotten.
    """

    def __init__(self, repository_id: int) -> None:
        self.repository_id = repository_id
        self.others: dict[str, ReplayedRecords] = {}
        self.changes = 0
        self._kept: dict[str, dict[str, StoredRecord]] = {}
        self._keys: dict[str, list[str]] = {}
        self._typed: dict[tuple[str, str], Record[Any]] = {}

    @overload
    async def get(self, kind: type[R], key: str) -> Record[R] | None: ...

    @overload
    async def get(self, kind: str, key: str) -> StoredRecord | None: ...

    async def get(self, kind: type[R] | str, key: str) -> Record[R] | StoredRecord | None:
        found = self._kept.get(name_of(kind), {}).get(key)
        return found if found is None or isinstance(kind, str) else self._as(kind, found)

    @overload
    async def all(self, kind: type[R], *, starting: str = "") -> Sequence[Record[R]]: ...

    @overload
    async def all(self, kind: str, *, starting: str = "") -> Sequence[StoredRecord]: ...

    async def all(
        self, kind: type[R] | str, *, starting: str = ""
    ) -> Sequence[Record[R]] | Sequence[StoredRecord]:
        keys, kept = self._keys.get(name_of(kind), []), self._kept.get(name_of(kind), {})
        of = takewhile(lambda key: key.startswith(starting), keys[bisect_left(keys, starting) :])
        found = [kept[key] for key in of]
        return found if isinstance(kind, str) else [self._as(kind, record) for record in found]

    async def elsewhere(self, full_name: str) -> ReplayedRecords | None:
        """Those of another repository whose past is played as well."""
        return self.others.get(full_name.lower())

    def take(self, actions: Iterable[Doable]) -> None:
        for action in actions:
            if not isinstance(action, Remember | Forget):
                continue
            of = (one for one in self.others.values() if one.repository_id == action.repository_id)
            next(of, self).take_own(action)

    def take_own(self, action: Remember | Forget) -> None:
        self.changes += 1
        kept, keys = self._kept.setdefault(action.kind, {}), self._keys.setdefault(action.kind, [])
        before = kept.get(action.key)
        self._typed.pop((action.kind, action.key), None)
        if isinstance(action, Remember):
            version = before.version + 1 if before else 1
            kept[action.key] = Record(action.kind, action.key, action.value, version)
            if before is None:
                insort(keys, action.key)
        elif before is not None:
            del kept[action.key]
            keys.remove(action.key)

    def _as(self, kind: type[R], record: StoredRecord) -> Record[R]:
        known = self._typed.get((record.kind, record.key))
        if known is None:
            known = self._typed[record.kind, record.key] = typed(record, kind)
        return known


@dataclass(slots=True)
class Replay:
    """The past of one repository, at the moment `now` of it.

    `present` are the ports that answer what the past doesn't tell: who may do what, who was new.
    `reactions` are by the ids of what was written (`Act.node`).
    """

    present: Ports
    timelines: Mapping[int, PullRequestTimeline]
    reactions: Mapping[str, Sequence[Reacted]]
    records: ReplayedRecords
    now: datetime = field(init=False)

    def __post_init__(self) -> None:
        opened = (timeline.opened_at for timeline in self.timelines.values())
        self.now = min(opened, default=self.present.now)

    def ports_at(self, moment: datetime) -> Ports:
        """What a feature would have seen then; asking for a moment is being there."""
        self.now = moment
        return replace(
            self.present,
            now=moment,
            records=self.records,
            timelines=TimelinesThen(self),
            github=_GitHub(self),
            people=_People(self),
            journal=EmptyJournal(),
        )

    def timeline(self, number: int) -> PullRequestTimeline | None:
        found = self.timelines.get(number)
        return found.until(self.now) if found is not None else None

    def open(self) -> Iterator[PullRequestTimeline]:
        begun = (one.until(self.now) for one in self.timelines.values() if one.opened_at <= self.now)
        return (timeline for timeline in begun if timeline.is_open)

    def commands(
        self, timeline: PullRequestTimeline, act: Act, *, known: Collection[str]
    ) -> Iterator[CommandGiven]:
        """The commands, of these names, that somebody gave in what they wrote or edited."""
        if act.by is None or act.by.is_bot or "/" not in act.body or not _are_own_words(timeline, act):
            return
        kind, _, id_ = (act.about or act.id).partition("-")
        before = _words_before(timeline, act)
        for command in commands_in(act.body, known=known, short=known, before=before):
            if command.name:
                yield CommandGiven(
                    at=act.at,
                    delivery="",
                    installation_id=0,
                    repository=self.present.repository,
                    by=act.by,
                    thread=as_pull_request(timeline.until(act.at)),
                    name=command.name,
                    words=command.words,
                    line=command.line,
                    source=Reactable(
                        kind=_KINDS.get(kind, "issue"),
                        id=int(id_) if id_.isdigit() else timeline.number,
                        node_id=act.node,
                        url=act.url,
                    ),
                )

    async def may(self, who: Who, given: CommandGiven) -> bool:
        """True where they may give this command today; what they might do then is not known."""
        if Authorization.of(given.by, thread=given.thread, permission=Permission.READ).may(who):
            return True
        permission = await self.present.github.permission(given.by)
        return Authorization.of(given.by, thread=given.thread, permission=permission).may(who)


def _are_own_words(timeline: PullRequestTimeline, act: Act) -> bool:
    """False where somebody edited what another one wrote: that runs nobody's commands."""
    if act.kind is not ActKind.COMMENT_EDITED:
        return True
    return any(one.id == act.about and one.by == act.by for one in timeline.acts)


def _words_before(timeline: PullRequestTimeline, act: Act) -> str | None:
    """What an edit replaced; None for anything that is no edit."""
    if act.kind is not ActKind.COMMENT_EDITED:
        return None
    told = [one for one in timeline.acts if one.at < act.at and act.about in {one.id, one.about} and one.body]
    return told[-1].body if told else ""


def as_pull_request(timeline: PullRequestTimeline) -> PullRequest:
    return PullRequest(
        number=timeline.number,
        author=timeline.author,
        association=Association.NONE,
        title=timeline.title,
        url=timeline.url,
        opened_at=timeline.opened_at,
        body=timeline.body,
        state="open" if timeline.is_open else "closed",
        labels=timeline.labels,
        head_sha=timeline.current_head,
        draft=timeline.is_draft,
    )


class KnownTimelines(Protocol):
    """Pull requests as they were at a moment."""

    def timeline(self, number: int) -> PullRequestTimeline | None: ...

    def open(self) -> Iterator[PullRequestTimeline]: ...


@dataclass(frozen=True, slots=True)
class TimelinesThen:
    """The port through which features see them."""

    replay: KnownTimelines

    async def get(self, number: int) -> PullRequestTimeline | None:
        return self.replay.timeline(number)

    async def open(self) -> AsyncIterator[PullRequestTimeline]:
        for timeline in self.replay.open():
            yield timeline

    async def unknown(self) -> str:
        return ""

    async def open_by(self, person: Person) -> Sequence[PullRequestTimeline]:
        return [timeline for timeline in self.replay.open() if timeline.author == person]

    async def with_head(self, sha: str) -> Sequence[PullRequestTimeline]:
        return [timeline for timeline in self.replay.open() if timeline.current_head == sha]

    async def closed(self, numbers: Collection[int]) -> Mapping[int, datetime]:
        found = {number: self.replay.timeline(number) for number in numbers}
        ends = {ActKind.CLOSED, ActKind.MERGED}
        return {
            number: max(act.at for act in timeline.acts if act.kind in ends)
            for number, timeline in found.items()
            if timeline is not None and not timeline.is_open
        }

    async def closed_with(self, labels: Collection[str], *, since: datetime) -> Sequence[PullRequestTimeline]:  # noqa: ARG002
        return ()  # in a past that is told as a whole, nothing is closed unheard


@dataclass(frozen=True, slots=True)
class _GitHub:
    """Pull requests and reactions as they were; nobody can be asked for anything any more.

    Who may do what, and what is in files, is as it is at present.
    """

    replay: Replay

    async def permission(self, person: Person) -> Permission:
        return await self.replay.present.github.permission(person)

    async def file(self, path: str) -> str | None:
        return await self.replay.present.github.file(path)

    async def file_at(self, path: str, ref: str, *, repository_id: int | None = None) -> str | None:
        return await self.replay.present.github.file_at(path, ref, repository_id=repository_id)

    async def issue(self, number: int) -> Issue | PullRequest | None:
        return await self.pull_request(number) or await self.replay.present.github.issue(number)

    async def pull_request(self, number: int) -> PullRequest | None:
        found = self.replay.timeline(number)
        return as_pull_request(found) if found is not None else None

    async def files(self, number: int) -> Sequence[ChangedFile]:  # noqa: ARG002 - as the port has it
        return ()

    async def timeline(self, number: int) -> PullRequestTimeline | None:
        return self.replay.timeline(number)

    async def open_pull_requests(self) -> AsyncIterator[PullRequestTimeline]:
        for timeline in self.replay.open():
            yield timeline

    async def open_issues(self, *, labels: Sequence[str], limit: int = 20) -> Sequence[Issue]:  # noqa: ARG002
        return ()

    async def was_merged_by_commit(self, number: int) -> bool:
        return await self.replay.present.github.was_merged_by_commit(number)

    async def account(self, login: str) -> Person | None:
        return await self.replay.present.github.account(login)

    async def team_members(self, slug: str) -> Sequence[Person]:
        return await self.replay.present.github.team_members(slug)

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

    async def reactions_to(self, nodes: Sequence[str]) -> Mapping[str, Sequence[Reacted]]:
        given = self.replay.reactions
        return {node: [one for one in given.get(node, ()) if one.at <= self.replay.now] for node in nodes}


@dataclass(frozen=True, slots=True)
class _People:
    """Who was here before; who knew what then can't be told any more."""

    replay: Replay

    async def contributor_history(
        self, person: Person, *, before: datetime, number: int
    ) -> ContributorHistory:
        return await self.replay.present.people.contributor_history(person, before=before, number=number)

    async def waits(self, *, since: datetime) -> Sequence[Wait]:  # noqa: ARG002
        return ()

    async def named(self, login: str) -> Person | None:
        return await self.replay.present.people.named(login)

    async def expertise(self) -> Expertise:
        return Expertise()

    async def project_people(self) -> ProjectPeople:
        return await self.replay.present.people.project_people()
