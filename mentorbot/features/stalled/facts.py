"""What is asked before somebody is nudged: cheap things of all, costly ones only of those that are due."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from mentorbot.core.feature import Case
from mentorbot.core.ports import Ports
from mentorbot.core.turns import Holder
from mentorbot.features.stalled import memory
from mentorbot.features.stalled.config import Stalled
from mentorbot.features.stalled.helpers import Helpers
from mentorbot.features.stalled.looking import Circumstances, chosen_helper, quiet_one
from mentorbot.features.stalled.notes import notes_in
from mentorbot.features.stalled.quiet import MENTIONS_A_DAY, Other, Quiet
from mentorbot.features.stalled.rules import rung_of
from mentorbot.features.stalled.sharing import ENOUGH_TODAY, share_out
from mentorbot.features.stalled.whose import Situation

_DAY = timedelta(days=1)
_SPARE = 50
"""How many more than can be nudged today are looked at closely: some are muted, or their people away."""


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


async def _prepared(due: Sequence[tuple[Quiet, int]], here: Circumstances, *, room: int) -> Sequence[Quiet]:
    """Those that are due, with everything that decides about today."""
    in_turn = sorted(due, key=lambda one: (one[0].silence.since, one[0].number))
    today, later = in_turn[: room + _SPARE] if room else [], in_turn[room + _SPARE if room else 0 :]
    ports = here.ports
    people = {person for quiet, _ in today for person in quiet.party}
    away = await ports.github.away(people) if people else frozenset()
    looked_at = [
        (
            replace(
                quiet,
                away=away.intersection(quiet.party),
                muted_until=await ports.journal.muted_until(quiet.number),
            ),
            rung,
        )
        for quiet, rung in today
    ]
    mentioned = {person: await ports.journal.mentions_since(person, ports.now - _DAY) for person in people}
    shared = share_out(looked_at, mentioned=mentioned, room=room)
    helped = await _with_helpers(shared, {quiet.number: rung for quiet, rung in today}, here)
    return (*helped, *(replace(quiet, put_off=ENOUGH_TODAY) for quiet, _ in later))


async def _with_helpers(
    shared: Iterable[Quiet], rungs: dict[int, int], here: Circumstances
) -> Sequence[Quiet]:
    """The same, with somebody else to ask where that is what is due."""
    helpers = Helpers(here)
    helped = []
    for quiet in shared:
        rung = rungs[quiet.number]
        needs_one = _needs_helper(quiet, rung)
        chosen = chosen_helper(quiet, rung, here) if needs_one else None
        helped.append(replace(quiet, helper=await helpers.find(quiet, chosen)) if needs_one else quiet)
    return helped


def _needs_helper(quiet: Quiet, rung: int) -> bool:
    if quiet.turn.holder is not Holder.REVIEWERS or quiet.put_off:
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
