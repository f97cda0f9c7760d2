"""What is asked when something happens to a pull request: whose turn it is now; nothing of GitHub."""

from __future__ import annotations

from dataclasses import replace

from mentorbot.core.events import ChecksFinished, CommentEvent, PullRequestClosed, PullRequestEvent
from mentorbot.domain.timeline import PullRequestTimeline
from mentorbot.feature_api.ports import Ports
from mentorbot.features.stalled import memory
from mentorbot.features.stalled.config import Stalled
from mentorbot.features.stalled.looking import Circumstances, projected, standing_here
from mentorbot.features.stalled.projection import Projection


async def changed(event: PullRequestEvent, config: Stalled, ports: Ports) -> tuple[Projection, ...]:
    """A pull request to which something happened."""
    return await _projections(await ports.timelines.get(event.thread.number), config, ports)


async def spoken_in(event: CommentEvent, config: Stalled, ports: Ports) -> tuple[Projection, ...]:
    """A pull request in which somebody wrote something; comments on issues are nobody's turn."""
    if not event.thread.is_pull_request:
        return ()
    return await _projections(await ports.timelines.get(event.thread.number), config, ports)


async def checked(event: ChecksFinished, config: Stalled, ports: Ports) -> tuple[Projection, ...]:
    """The open pull requests whose last commit was checked: those GitHub names, and those from forks."""
    by_number = {one.number: one for one in await ports.timelines.with_head(event.head_sha)}
    for number in event.pull_requests:
        timeline = await ports.timelines.get(number)
        if timeline is not None and timeline.is_open:
            by_number[number] = timeline
    found: list[Projection] = []
    for _, timeline in sorted(by_number.items()):
        found += await _projections(timeline, config, ports)
    return tuple(found)


async def closed(event: PullRequestClosed, config: Stalled, ports: Ports) -> tuple[Projection, ...]:
    """A pull request that was closed, and what needs not be remembered about it any more."""
    number = event.thread.number
    known = await memory.about(number, ports.records)
    found = await _projections(await ports.timelines.get(number), config, ports)
    return tuple(replace(one, is_open=False, leftovers=known.of(number)) for one in found)


async def _projections(
    timeline: PullRequestTimeline | None, config: Stalled, ports: Ports
) -> tuple[Projection, ...]:
    if timeline is None:
        return ()
    here = Circumstances.of(config, ports, await memory.about(timeline.number, ports.records))
    return (projected(await standing_here(timeline, here), here),)
