"""Which commands of mentoring do something for somebody in a thread now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mentorbot.core.events import CommandGiven
from mentorbot.feature_api.authorization import Authorization
from mentorbot.feature_api.ports import Ports
from mentorbot.features.mentoring.config import Mentoring
from mentorbot.features.mentoring.pairs.pair import MentoringPair, pairs_in
from mentorbot.features.mentoring.pairs.state_machine import PairState
from mentorbot.features.mentoring.records import BondRecord, PairRecord


async def useful_commands(
    event: CommandGiven, authorization: Authorization, _config: Mentoring, ports: Ports
) -> Sequence[str]:
    """What waits for their answer, what their pairs can do, a mentor for who has none; by records alone."""
    pairs = pairs_in(await ports.records.all(PairRecord), await ports.records.all(BondRecord), {})
    return tuple(dict.fromkeys(_useful(event, authorization, pairs)))


def _useful(
    event: CommandGiven, authorization: Authorization, pairs: Sequence[MentoringPair]
) -> Iterator[str]:
    by, number = event.by, event.thread.number
    own = [pair for pair in pairs if by in pair.people]
    if any(pair.waits_for(by) for pair in own):
        yield from ("mentor accept", "mentor decline")
    if any(pair.has_seat and pair.mentee == by for pair in own):
        yield "mentor help"
    if any(pair.has_seat and pair.mentor == by for pair in own):
        yield "mentees"
    if any(pair.state is PairState.PAUSED for pair in own):
        yield "mentor resume"
    if any(pair.state is PairState.ACTIVE for pair in own):
        yield "mentor pause"
    if any(pair.state is PairState.ASKED and pair.mentee == by for pair in own):
        yield "mentor end"
    if any(pair.state is PairState.ASKED and pair.mentee != by and pair.thread == number for pair in pairs):
        yield "mentor accept"
    if authorization.permission.is_maintainer:
        yield "mentor pair"
    elif not own:
        yield "mentor me"
