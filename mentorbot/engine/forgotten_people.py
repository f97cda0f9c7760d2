"""What GitHub answers, without those who asked to be forgotten: features can't choose or name them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from mentorbot.core.people import Person
from mentorbot.db.store import Store
from mentorbot.domain.timeline import PullRequestTimeline
from mentorbot.feature_api.ports import GitHub, Reacted


def discreet(github: GitHub, store: Store, repository_id: int) -> GitHub:
    """The same answers about people who don't mind."""
    return cast("GitHub", _Discreet(github, store, repository_id))


@dataclass(frozen=True, slots=True)
class _Discreet:
    """Asks, and leaves people out of the answers; what tells of nobody is passed on as it is."""

    github: GitHub
    store: Store
    repository_id: int

    def __getattr__(self, name: str) -> Any:
        return getattr(self.github, name)

    async def account(self, login: str) -> Person | None:
        found = await self.github.account(login)
        return next(iter(await self._others((found,) if found is not None else ())), None)

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
