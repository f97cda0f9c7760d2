"""Which commands of mentoring do something for somebody in a thread now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mentorbot.core.events import CommandGiven
from mentorbot.core.people import Person
from mentorbot.feature_api.authorization import Authorization
from mentorbot.feature_api.ports import Ports
from mentorbot.features.mentoring.config import Mentoring
from mentorbot.features.mentoring.pairs.pair import MentoringPair, pairs_in
from mentorbot.features.mentoring.pairs.state_machine import PairState
from mentorbot.features.mentoring.records import BondRecord, ListedMentor, PairRecord, Volunteer
from mentorbot.features.mentoring.roster.facts import guided


async def useful_commands(
    event: CommandGiven, authorization: Authorization, config: Mentoring, ports: Ports
) -> Sequence[str]:
    """What waits for their answer, what their pairs can do, a mentor for who has none; by records alone."""
    pairs = pairs_in(await ports.records.all(PairRecord), await ports.records.all(BondRecord), {})
    is_mentor = await _is_mentor(event.by, config, ports)
    wants_mentor = not is_mentor and event.by.id not in await guided(ports)
    useful = _useful(event, authorization, pairs, is_mentor=is_mentor, wants_mentor=wants_mentor)
    return tuple(dict.fromkeys(useful))


async def _is_mentor(person: Person, config: Mentoring, ports: Ports) -> bool:
    """True where requests can be taken by them: named in the config, or a volunteer."""
    if person.login.lower() in {entry.whom.login.lower() for entry in config.entries}:
        return True
    listed = await ports.records.all(ListedMentor)
    is_volunteer = await ports.records.get(Volunteer, str(person.id)) is not None
    return is_volunteer or any(one.value.id == person.id for one in listed)


def _useful(
    event: CommandGiven,
    authorization: Authorization,
    pairs: Sequence[MentoringPair],
    *,
    is_mentor: bool,
    wants_mentor: bool,
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
    here = [pair for pair in pairs if pair.state is PairState.ASKED and pair.thread == number]
    if is_mentor and any(pair.mentee != by for pair in here):
        yield "mentor accept"
    if authorization.permission.is_maintainer:
        yield "mentor pair"
    elif wants_mentor:
        yield "mentor me"
