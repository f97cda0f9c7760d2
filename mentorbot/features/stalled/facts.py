"""What is asked before somebody is nudged: cheap things of all, costly ones only of those that are due."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from mentorbot.core.people import Person
from mentorbot.domain.turns import Holder
from mentorbot.feature_api.feature import Case
from mentorbot.feature_api.ports import Ports
from mentorbot.features.stalled import memory
from mentorbot.features.stalled.config import Stalled
from mentorbot.features.stalled.helpers import Helpers
from mentorbot.features.stalled.looking import Circumstances, chosen_helper, quiet_one
from mentorbot.features.stalled.notes import notes_in
from mentorbot.features.stalled.quiet import MENTIONS_A_DAY, Other, Quiet
from mentorbot.features.stalled.rules import rung_of
from mentorbot.features.stalled.sharing import Morning, in_turn
from mentorbot.features.stalled.whose import Situation

_DAY = timedelta(days=1)
_AT_ONCE = 100
"""Of how many it is asked at once whether their people are away."""


async def open_pull_requests(config: Stalled, ports: Ports) -> AsyncIterator[Case[Quiet]]:
    """Every open pull request. GitHub is asked only where somebody is due: who is away, and who may help."""
    here = Circumstances.of(config, ports, await memory.everything(ports.records))
    due: list[tuple[Quiet, int]] = []
    written_today = 0
    async for timeline in ports.timelines.open():
        written_today += sum(note.at > ports.now - _DAY for note in notes_in(timeline, ports.bot))
        quiet = await quiet_one(timeline, here)
        rung = rung_of(quiet, config)
        if isinstance(rung, int) and _is_business_day(ports):
            due.append((quiet, rung))
        else:
            yield Case(quiet.number, quiet)
    for quiet in await _prepared(due, here, room=max(config.nudges_a_day - written_today, 0)):
        yield Case(quiet.number, quiet)


async def verified(number: int, config: Stalled, ports: Ports) -> Quiet | None:
    """The same pull request once more, by what GitHub says about it just before something is written."""
    timeline = await ports.github.timeline(number)
    if timeline is None:
        return None
    here = Circumstances.of(config, ports, await memory.about(number, ports.records))
    quiet = await quiet_one(timeline, here)
    rung = rung_of(quiet, config)
    mentioned = [await ports.journal.mentions_since(person, ports.now - _DAY) for person in quiet.party]
    # Of one person alone it was known in the morning; of several, not whom the nudge left out.
    asks_who_is_there = quiet.turn.holder is Holder.REVIEWERS and len(quiet.party) > 1
    return replace(
        quiet,
        away=await ports.github.away(quiet.party) if asks_who_is_there else frozenset(),
        muted_until=await ports.journal.muted_until(number),
        tired=frozenset(
            person for person, times in zip(quiet.party, mentioned, strict=True) if times >= MENTIONS_A_DAY
        ),
        helper=chosen_helper(quiet, rung, here) if isinstance(rung, int) else None,
        others=await _others_told_in(quiet, here),
    )


async def _prepared(due: Iterable[tuple[Quiet, int]], here: Circumstances, *, room: int) -> Sequence[Quiet]:
    """Those that are due, with everything that decides about today: looked at in turn, until it is enough."""
    morning, helpers = Morning(mentioned={}, room=room), Helpers(here)
    asked: set[Person] = set()
    away: frozenset[Person] = frozenset()
    for some in _lots(in_turn(due)):
        people = {person for quiet, _ in some for person in quiet.party} - asked
        if people and morning.has_room:
            away |= await here.ports.github.away(people)
            asked |= people
        for quiet, rung in some:
            if morning.has_room:
                await _take(quiet, rung, morning=morning, helpers=helpers, here=here, away=away)
            else:
                morning.take(quiet, rung)
    return morning.shared_out()


async def _take(
    quiet: Quiet,
    rung: int,
    *,
    morning: Morning,
    helpers: Helpers,
    here: Circumstances,
    away: frozenset[Person],
) -> None:
    """Look at one closely, and decide what is to become of it today."""
    ports = here.ports
    for person in quiet.party:
        if not morning.knows(person):
            morning.learn(person, await ports.journal.mentions_since(person, ports.now - _DAY))
    muted_until = await ports.journal.muted_until(quiet.number)
    quiet = replace(quiet, away=away.intersection(quiet.party), muted_until=muted_until)
    if quiet.turn.holder is Holder.REVIEWERS:
        quiet = morning.seen(quiet)
    if not _needs_helper(quiet, rung):
        morning.take(quiet, rung)
        return
    helper = await helpers.find(quiet, chosen_helper(quiet, rung, here))
    if helper is None and rung > 1:
        morning.keep(quiet)  # nobody else to ask, today as tomorrow: others are not to wait for that
    else:
        morning.take(replace(quiet, helper=helper), rung)


def _lots(due: Sequence[tuple[Quiet, int]]) -> Iterator[Sequence[tuple[Quiet, int]]]:
    for start in range(0, len(due), _AT_ONCE):
        yield due[start : start + _AT_ONCE]


def _needs_helper(quiet: Quiet, rung: int) -> bool:
    if quiet.turn.holder is not Holder.REVIEWERS:
        return False
    nobody_there = quiet.situation is Situation.REVIEW and not (quiet.within_reach or quiet.turn.teams)
    return rung > 1 or nobody_there


async def _others_told_in(quiet: Quiet, here: Circumstances) -> tuple[Other, ...]:
    """What the author is to be told of besides, as it was decided in the morning."""
    keys: Collection[str] = {quiet.key(rung) for rung in (1, 2, 3)}
    others = []
    for number, record in here.memory.told_in(quiet.number):
        timeline = await here.ports.timelines.get(number) if record.value["key"] in keys else None
        if timeline is not None and timeline.is_open:
            others.append(Other(number, timeline.url, timeline.title))
    return tuple(others)


def _is_business_day(ports: Ports) -> bool:
    return ports.calendar.is_business_day(ports.calendar.local(ports.now).date())
