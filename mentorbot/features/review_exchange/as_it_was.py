"""The past as it was at a moment: what GitHub, the store and the journal would have said then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import overload

from mentorbot.core.actions import Doable, Forget, Remember
from mentorbot.core.entities import PullRequest
from mentorbot.core.people import Association, Permission, Person
from mentorbot.domain.contributor_history import ContributorHistory
from mentorbot.domain.expertise import Expertise
from mentorbot.domain.timeline import PullRequestTimeline
from mentorbot.feature_api.ports import ChangedFile, Ports, Reacted
from mentorbot.feature_api.records import R, Record, StoredRecord, name_of, typed
from mentorbot.features.review_exchange.ledger import ENTRY, Entry, Ledger


@dataclass(slots=True)
class Memory:
    """Records that live as long as the rebuilding does, the ledger among them as what it is."""

    repository_id: int
    kept: dict[str, dict[str, StoredRecord]] = field(default_factory=dict)
    ledger: Ledger = field(default_factory=Ledger)
    changes: int = 0

    @overload
    async def get(self, kind: type[R], key: str) -> Record[R] | None: ...

    @overload
    async def get(self, kind: str, key: str) -> StoredRecord | None: ...

    async def get(self, kind: type[R] | str, key: str) -> Record[R] | StoredRecord | None:
        """One record."""
        found = self.kept.get(name_of(kind), {}).get(key)
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
            for key, record in sorted(self.kept.get(name_of(kind), {}).items())
            if key.startswith(starting)
        ]
        return found if isinstance(kind, str) else [typed(record, kind) for record in found]

    async def elsewhere(self, full_name: str) -> Memory | None:  # noqa: ARG002 - as the port has it
        """Every shared ledger is this one."""
        return self

    def take(self, actions: Iterable[Doable]) -> None:
        """Keep and forget what a plan says."""
        for action in actions:
            self.changes += isinstance(action, Remember | Forget)
            if isinstance(action, Remember) and action.kind == ENTRY:
                self.ledger.add(Entry.from_json(action.value))
            elif isinstance(action, Remember):
                of = self.kept.setdefault(action.kind, {})
                version = of[action.key].version + 1 if action.key in of else 1
                of[action.key] = Record(action.kind, action.key, action.value, version)
            elif isinstance(action, Forget):
                self.kept.get(action.kind, {}).pop(action.key, None)


@dataclass(slots=True)
class Then:
    """What GitHub, the store and the journal would have said at a moment of the past."""

    ports: Ports
    timelines: Mapping[int, PullRequestTimeline]
    reactions: Mapping[str, Sequence[Reacted]]
    now: datetime

    async def get(self, number: int) -> PullRequestTimeline | None:
        """One pull request as far as it had come."""
        found = self.timelines.get(number)
        return found.until(self.now) if found is not None else None

    async def open_by(self, _: Person) -> Sequence[PullRequestTimeline]:
        """Labels and checks of the past need no showing."""
        return ()

    async def pull_request(self, number: int) -> PullRequest | None:
        """The same in GitHub's words."""
        found = await self.get(number)
        return as_pull_request(found) if found is not None else None

    async def files(self, _: int) -> Sequence[ChangedFile]:
        """Nobody is asked for reviews of the past."""
        return ()

    async def away(self, _: Iterable[Person]) -> frozenset[Person]:
        """The same."""
        return frozenset()

    async def can_be_asked_to_review(self, _: Person) -> bool:
        """The same."""
        return False

    async def mentions_since(self, *_: object) -> int:
        """The same: everybody was bothered enough."""
        return 1_000_000  # nobody is asked for reviews of the past

    async def permission(self, person: Person) -> Permission:
        """What they may do now; the past is not known."""
        return await self.ports.github.permission(person)

    async def account(self, login: str) -> Person | None:
        """The account with this login."""
        return await self.ports.github.account(login)

    async def named(self, login: str) -> Person | None:
        """Somebody we met."""
        return await self.ports.people.named(login)

    async def contributor_history(
        self, person: Person, *, before: datetime, number: int
    ) -> ContributorHistory:
        """What they had done here before."""
        return await self.ports.people.contributor_history(person, before=before, number=number)

    async def expertise(self) -> Expertise:
        """Nobody is asked for reviews of the past."""
        return Expertise()

    async def reactions_to(self, nodes: Sequence[str]) -> Mapping[str, Sequence[Reacted]]:
        """The reactions that had been given by then."""
        return {
            node: tuple(one for one in self.reactions.get(node, ()) if one.at <= self.now) for node in nodes
        }


def as_pull_request(timeline: PullRequestTimeline) -> PullRequest:
    """A pull request as its timeline tells."""
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
