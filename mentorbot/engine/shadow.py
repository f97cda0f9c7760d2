"""In shadow everything is decided as ever, and nothing is done: what that takes, in one place.

What is decided is meant for a world in which it was done: a repository in shadow remembers apart
(`db/records`), sees in its timelines what it would have written, and ends each effect as what it would have
said. When it goes live, all of that goes, and what is decided from then on is about what really is so. The
keys of effects stay: an occasion that came in shadow is past.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, cast

import structlog

from mentorbot.config.configuration import Configuration
from mentorbot.core.actions import (
    AddLabel,
    Answer,
    Comment,
    LeaveAlone,
    RemoveLabel,
    RemoveReviewRequest,
    RequestReview,
)
from mentorbot.core.entities import Repository
from mentorbot.core.events import Event
from mentorbot.core.markers import marked
from mentorbot.core.people import Person
from mentorbot.core.plan import Plan
from mentorbot.core.translator import say
from mentorbot.db.connection import AsyncConnection
from mentorbot.db.effects import Effect
from mentorbot.db.store import Store
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline
from mentorbot.feature_api.feature_catalog import FeatureCatalog
from mentorbot.feature_api.ports import GitHub, Timelines

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)

log = structlog.get_logger("engine.shadow")


def decides_in_shadow(
    feature: str, catalog: FeatureCatalog, configuration: Configuration, event: Event | None = None
) -> bool:
    """True where what a feature decides is never done: in shadow, and about what happened before it ended."""
    if catalog.written_in_shadow(feature):
        return False
    since = configuration.live_since
    return configuration.is_shadow or (since is not None and event is not None and event.at < since)


def without_answer(plan: Plan) -> Plan:
    """What is left of a command in shadow: whoever gave it gets no answer, and nothing comes of it.

    Nobody was told of a bot that has them, or that they do anything: a pair that was asked for by somebody
    who never got a word would begin to act once it is live. Only a wish to be left alone is kept: it asks for
    nothing but silence, and holds everywhere.
    """
    kept = tuple(action for action in plan.actions if isinstance(action, LeaveAlone))
    told = any(isinstance(action, Answer) for action in plan.actions)
    because = plan.because.rstrip(".。")
    why = say("{because}; I answer no commands in shadow mode", because=because) if told else plan.because
    return replace(plan, actions=kept, because=why, refuses=False)


def is_written_anyway(effect: Effect, catalog: FeatureCatalog) -> bool:
    """True for what is done in shadow, too: the check of the config file, and the issue at a desk."""
    return isinstance(effect.action, catalog.written_in_shadow(effect.feature))


async def change_mode(
    connection: AsyncConnection, store: Store, repository_id: int, *, shadow: bool, now: datetime
) -> None:
    """Begin anew where a repository enters or leaves the shadow; nothing is begun meanwhile.

    Called before the configuration is put, in the same transaction.
    """
    if bool(await store.configs.is_in_shadow(repository_id, within=connection)) is shadow:
        return
    await store.silence.begin_change(connection)
    if bool(await store.configs.is_in_shadow(repository_id, within=connection)) is shadow:
        return  # another worker was faster
    past = await store.shadow.clear(connection, repository_id, now=now)
    log.info("mode_changed", repository=repository_id, shadow=shadow, never_said=past)


@dataclass(frozen=True, slots=True)
class AsIfSaid:
    """Puts into timelines what a repository would have written in shadow, as GitHub would tell it."""

    store: Store
    repository_id: int
    since: datetime
    bot: Person

    async def onto(self, timelines: Sequence[PullRequestTimeline]) -> list[PullRequestTimeline]:
        said = await self.said_in([one.number for one in timelines])
        return [_with(one, said) for one in timelines]

    async def onto_one(self, timeline: PullRequestTimeline | None) -> PullRequestTimeline | None:
        return (await self.onto([timeline]))[0] if timeline is not None else None

    async def said_in(self, numbers: Collection[int] | None) -> Mapping[int, Sequence[Act]]:
        """By number; in all threads where none are named."""
        found: dict[int, list[Act]] = {}
        for effect in await self.store.shadow.said(self.repository_id, since=self.since, numbers=numbers):
            act = _act(effect, self.bot)
            if act is not None:
                found.setdefault(effect.number, []).append(act)
        return found


def _with(timeline: PullRequestTimeline, said: Mapping[int, Sequence[Act]]) -> PullRequestTimeline:
    return timeline.with_acts(said[timeline.number]) if timeline.number in said else timeline


def _act(effect: Effect, bot: Person) -> Act | None:
    """What GitHub would tell of this; None for what a timeline does not show."""
    action, told = effect.action, _told(effect)
    if told is None:
        return None
    # Of a comment, its key is what features know it by.
    body = marked("", effect.key) if isinstance(action, Comment) else ""
    at = effect.done_at or LONG_AGO
    return Act(id=f"shadow-{effect.id}", at=at, by=bot, body=body, **told)


def _told(effect: Effect) -> dict[str, Any] | None:
    action = effect.action
    if isinstance(action, Comment):
        return {"kind": ActKind.COMMENTED}
    if isinstance(action, AddLabel | RemoveLabel):
        kind = ActKind.LABELED if isinstance(action, AddLabel) else ActKind.UNLABELED
        return {"kind": kind, "label": action.label}
    if isinstance(action, RequestReview):
        return {"kind": ActKind.REVIEW_REQUESTED, "subject": action.reviewer, "team": action.team or ""}
    if isinstance(action, RemoveReviewRequest):
        return {"kind": ActKind.REVIEW_REQUEST_REMOVED, "subject": action.reviewer}
    return None


@dataclass(frozen=True, slots=True)
class _TimelinesAsIfSaid:
    """The timelines we know, with what would have been written; what tells of none is passed on."""

    timelines: Timelines
    as_if: AsIfSaid

    def __getattr__(self, name: str) -> Any:
        return getattr(self.timelines, name)

    async def get(self, number: int) -> PullRequestTimeline | None:
        return await self.as_if.onto_one(await self.timelines.get(number))

    async def open(self) -> AsyncIterator[PullRequestTimeline]:
        said = await self.as_if.said_in(None)
        async for timeline in self.timelines.open():
            yield _with(timeline, said)

    async def open_by(self, person: Person) -> Sequence[PullRequestTimeline]:
        return await self.as_if.onto(await self.timelines.open_by(person))

    async def with_head(self, sha: str) -> Sequence[PullRequestTimeline]:
        return await self.as_if.onto(await self.timelines.with_head(sha))

    async def closed_with(self, labels: Collection[str], *, since: datetime) -> Sequence[PullRequestTimeline]:
        worn = {label.lower() for label in labels}
        found = await self.as_if.onto(await self.timelines.closed_with(labels, since=since))
        return [one for one in found if not {label.lower() for label in one.labels}.isdisjoint(worn)]


@dataclass(frozen=True, slots=True)
class _GitHubAsIfSaid:
    """GitHub's answers, with what would have been written; what tells of no timeline is passed on."""

    github: GitHub
    as_if: AsIfSaid

    def __getattr__(self, name: str) -> Any:
        return getattr(self.github, name)

    async def timeline(self, number: int) -> PullRequestTimeline | None:
        return await self.as_if.onto_one(await self.github.timeline(number))

    async def open_pull_requests(self) -> AsyncIterator[PullRequestTimeline]:
        said = await self.as_if.said_in(None)
        async for found in self.github.open_pull_requests():
            yield _with(found, said)


def as_if_said(
    github: GitHub,
    timelines: Timelines,
    configuration: Configuration,
    *,
    store: Store,
    repository: Repository,
    bot: Person,
) -> tuple[GitHub, Timelines]:
    """What features look at: as it is, and in shadow as it would be."""
    if not configuration.is_shadow:
        return github, timelines
    as_if = AsIfSaid(store, repository.id, configuration.mode_since or LONG_AGO, bot)
    return (
        cast("GitHub", _GitHubAsIfSaid(github, as_if)),
        cast("Timelines", _TimelinesAsIfSaid(timelines, as_if)),
    )


def shadow_of(repository: Repository, configuration: Configuration) -> int:
    """Whose shadow decisions in a repository see; 0 for none."""
    return repository.id if configuration.is_shadow else 0
