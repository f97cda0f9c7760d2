"""What is asked to learn from people: who voted on a nudge, as GitHub tells of no reaction by itself."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from mentorbot.core.events import CommandGiven, Commented
from mentorbot.core.people import Permission, Person
from mentorbot.domain.timeline import ActKind
from mentorbot.domain.turns import Holder
from mentorbot.feature_api.feature import Case
from mentorbot.feature_api.ports import Ports, Reacted
from mentorbot.feature_api.records import Record
from mentorbot.features.stalled.config import Stalled
from mentorbot.features.stalled.learning.learned import LearnedTurns, written_nudge
from mentorbot.features.stalled.nudge_history import PastNudge, nudge_in
from mentorbot.features.stalled.records import AuthorNudges, LabelledMoment, WrittenNudge

_ASKED_ABOUT_FOR = timedelta(days=7)
"""How old a reaction may be for GitHub to be asked whether who gave it may merge: once a morning, each."""


@dataclass(frozen=True, slots=True)
class HeardNudge:
    """A comment; `nudge` is set where it is a nudge of ours."""

    nudge: WrittenNudge | None


@dataclass(frozen=True, slots=True)
class VotedNudge:
    """A nudge of ours that somebody with a say gave a 👎."""

    by: Person
    label: LabelledMoment


@dataclass(frozen=True, slots=True)
class LearnedByNow:
    """All that was learned here, where something follows from it."""

    now: datetime
    learned: LearnedTurns


@dataclass(frozen=True, slots=True, kw_only=True)
class GoOnRequest:
    """A maintainer wants authors to be nudged again."""

    by: Person
    at: datetime
    state: Record[AuthorNudges] | None


async def comment(event: Commented, _config: Stalled, ports: Ports) -> HeardNudge:
    """Our own comment has come back to us: a nudge that certainly stands there."""
    if event.by != ports.bot:
        return HeardNudge(None)
    written = event.comment
    nudge = nudge_in(written.body, at=written.written_at, node=written.node_id)
    return HeardNudge(written_nudge(nudge) if nudge is not None else None)


async def votes(config: Stalled, ports: Ports) -> AsyncIterator[Case[VotedNudge | LearnedByNow]]:
    """The nudges that were voted down, and what follows from all corrections together.

    One question to GitHub for a hundred nudges of the last weeks; none where nothing was nudged.
    """
    learned = await LearnedTurns.of(ports.records)
    awaiting = learned.awaiting_votes(ports.now)
    given = await _votes_on(awaiting, config, ports)
    for nudge in awaiting:
        by = await _voter(nudge, given[nudge.node], ports)
        if by is not None:
            label = _label(nudge, by)
            learned = learned.with_label(label)
            yield Case(nudge.number, VotedNudge(by, label))
    if learned.change(ports.now) is not None or learned.surplus(ports.now):
        yield Case(None, LearnedByNow(ports.now, learned))


async def is_voted_down(nudges: Sequence[PastNudge], config: Stalled, ports: Ports) -> bool:
    """True where one of these was given a 👎 by now: for a last look before another one is written."""
    asked = [written_nudge(nudge) for nudge in nudges if nudge.node]
    given = await _votes_on(asked, config, ports)
    return any([await _voter(nudge, given[nudge.node], ports) for nudge in asked])


async def going_on(event: CommandGiven, _config: Stalled, ports: Ports) -> GoOnRequest:
    state = await ports.records.get(AuthorNudges, AuthorNudges.KEY)
    return GoOnRequest(by=event.by, at=event.at, state=state)


async def _votes_on(
    nudges: Sequence[WrittenNudge], config: Stalled, ports: Ports
) -> Mapping[str, Sequence[Reacted]]:
    """Every 👎 that people gave these nudges, by the ids of the comments."""
    if not nudges:
        return {}
    rules, given = config.turn_rules(), await ports.github.reactions_to([one.node for one in nudges])
    return {
        nudge.node: [
            one for one in given.get(nudge.node, ()) if one.content == "-1" and not rules.is_bot(one.by)
        ]
        for nudge in nudges
    }


async def _voter(nudge: WrittenNudge, down: Sequence[Reacted], ports: Ports) -> Person | None:
    """Who of those who gave it a 👎 has a say: the author, who was asked for a review, who may merge."""
    if not down:
        return None
    parties = await _parties(nudge.number, ports)
    for one in down:
        if one.by in parties:
            return one.by
    for one in down:
        is_new = one.at > ports.now - _ASKED_ABOUT_FOR
        if is_new and await ports.github.permission(one.by) >= Permission.WRITE:
            return one.by
    return None


async def _parties(number: int, ports: Ports) -> frozenset[Person]:
    """The author, and everybody who was asked for a review, unless that was taken back."""
    timeline = await ports.timelines.get(number)
    if timeline is None:
        return frozenset()
    parties = {timeline.author}
    for act in timeline.acts:
        if act.kind is ActKind.REVIEW_REQUESTED:
            parties.add(act.subject)
        elif act.kind is ActKind.REVIEW_REQUEST_REMOVED and act.subject != timeline.author:
            parties.discard(act.subject)
    return frozenset(person for person in parties if person is not None)


def _label(nudge: WrittenNudge, by: Person) -> LabelledMoment:
    """A 👎 says only that it wasn't that side; of the two that are nudged, it is taken for the other one."""
    other = Holder.REVIEWERS if nudge.holder == Holder.AUTHOR else Holder.AUTHOR
    return LabelledMoment(
        pull=nudge.number,
        at=nudge.at,
        said=nudge.holder,
        turn=str(other),
        how="reaction",
        nudge=nudge.key,
        by=by,
    )
