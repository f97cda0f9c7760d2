"""What is asked when something happens to a pull request: whose turn it is now; nothing of GitHub."""

from __future__ import annotations

from mentorbot.core.events import ChecksFinished, CommentEvent, PullRequestClosed, PullRequestEvent
from mentorbot.domain.timeline import PullRequestTimeline
from mentorbot.feature_api.ports import Ports
from mentorbot.features.stalled.config import Stalled
from mentorbot.features.stalled.labels.rules import Projection, projection_of
from mentorbot.features.stalled.records import FoldedNudges
from mentorbot.features.stalled.turn.facts import RepositoryContext, turn_decision_of
from mentorbot.features.stalled.turn.rules.turn_decision import DecidedTurn


async def changed(
    event: PullRequestEvent | CommentEvent, config: Stalled, ports: Ports
) -> tuple[Projection, ...]:
    """A pull request to which something happened; comments on issues are nobody's turn."""
    if not event.thread.is_pull_request:
        return ()
    found = await _projections(await ports.timelines.get(event.thread.number), config, ports)
    # That it was closed may have been told by nobody but this event.
    return found if event.thread.state == "open" else tuple(one.once_closed(()) for one in found)


async def checked(event: ChecksFinished, config: Stalled, ports: Ports) -> tuple[Projection, ...]:
    """The open pull requests whose last commit was checked: those GitHub names, and those from forks."""
    by_number = {one.number: one for one in await ports.timelines.with_head(event.head_sha)}
    closed = await ports.timelines.closed(event.pull_requests)
    for number in event.pull_requests:
        timeline = await ports.timelines.get(number) if number not in closed else None
        if timeline is not None and timeline.is_open:
            by_number[number] = timeline
    found: list[Projection] = []
    for _, timeline in sorted(by_number.items()):
        found += await _projections(timeline, config, ports)
    return tuple(found)


async def closed(event: PullRequestClosed, config: Stalled, ports: Ports) -> tuple[Projection, ...]:
    """A pull request that was closed, and what needs not be remembered about it any more."""
    timeline = await ports.timelines.get(event.thread.number)
    if timeline is None:
        return ()
    context = await RepositoryContext.about(timeline.number, config, ports)
    found = projection_in(await turn_decision_of(timeline, context), context)
    return (found.once_closed(context.records.keys_of(timeline.number)),)


async def _projections(
    timeline: PullRequestTimeline | None, config: Stalled, ports: Ports
) -> tuple[Projection, ...]:
    if timeline is None:
        return ()
    context = await RepositoryContext.about(timeline.number, config, ports)
    return (projection_in(await turn_decision_of(timeline, context), context),)


def projection_in(decision: DecidedTurn, context: RepositoryContext) -> Projection:
    folded = context.records.get(FoldedNudges, decision.timeline.number)
    return projection_of(
        decision.timeline, decision.turn, context.config, bot=context.ports.bot, folded=folded
    )
