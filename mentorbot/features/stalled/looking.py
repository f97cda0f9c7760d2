"""Looks at one pull request: everything about it that can be known without a question to GitHub."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from mentorbot.config.calendar import DEFAULT_CALENDAR, Calendar
from mentorbot.core.people import Association, Person
from mentorbot.domain.timeline import PullRequestTimeline
from mentorbot.domain.turns import Holder, TurnRules
from mentorbot.feature_api.ports import Ports
from mentorbot.features.stalled.config import Stalled
from mentorbot.features.stalled.corrections import CORRECTION, acts_in
from mentorbot.features.stalled.ladder import Silence, quiet_since
from mentorbot.features.stalled.memory import Memory
from mentorbot.features.stalled.notes import Note, belongs_to, notes_in
from mentorbot.features.stalled.projection import FOLDED, Projection, projection_of
from mentorbot.features.stalled.quiet import Helper, Quiet
from mentorbot.features.stalled.rules import HELPER, TOLD
from mentorbot.features.stalled.whose import (
    Standing,
    approvers,
    asked_now,
    numbers_waited_for,
    situation_of,
    standing_of,
    with_closed,
)

_CLOCKS_DIFFER = timedelta(minutes=5)
_INSIDERS = frozenset({Association.OWNER, Association.MEMBER, Association.COLLABORATOR})


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What is the same for all pull requests of a repository at a moment; see `quiet.Quiet`."""

    bot: Person
    now: datetime
    calendar: Calendar = DEFAULT_CALENDAR
    owner: str = ""
    slash: str = "/"
    has_mentoring: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """A repository at a moment: its config, what is remembered, and where to look."""

    config: Stalled
    rules: TurnRules
    ports: Ports
    memory: Memory
    around: Around

    @classmethod
    def of(cls, config: Stalled, ports: Ports, memory: Memory) -> Circumstances:
        """The circumstances of a repository as of now."""
        catalog, configuration = ports.catalog, ports.configuration
        is_short = "snooze" in catalog.spoken_names(configuration)[1]
        around = Around(
            bot=ports.bot,
            now=ports.now,
            calendar=ports.calendar,
            owner=ports.repository.full_name.partition("/")[0],
            slash="/" if is_short else "/mentorbot ",
            has_mentoring=catalog.has_command("mentor me", configuration),
        )
        return cls(config=config, rules=config.turn_rules(), ports=ports, memory=memory, around=around)


async def standing_here(timeline: PullRequestTimeline, here: Circumstances) -> Standing:
    """Whose turn it is, what commands said and what is closed by now taken into account."""
    said = acts_in(here.memory.get(CORRECTION, timeline.number))
    now = moment_of(timeline, here.ports.now)
    standing = standing_of(timeline, said, here.config, rules=here.rules, now=now)
    numbers = numbers_waited_for(standing)
    if not numbers:
        return standing
    closed = await here.ports.timelines.closed(numbers)
    return with_closed(standing, closed, rules=here.rules, now=now)


def moment_of(timeline: PullRequestTimeline, now: datetime) -> datetime:
    """Now, by the later of our clock and GitHub's: what was just heard must not seem to lie ahead."""
    ahead = [act.at for act in timeline.acts if now < act.at <= now + _CLOCKS_DIFFER]
    return max((now, *ahead))


async def quiet_one(timeline: PullRequestTimeline, here: Circumstances) -> Quiet:
    """A pull request with all that its past tells about whether somebody is to be nudged."""
    standing = await standing_here(timeline, here)
    elsewhere = await _told_elsewhere(timeline.number, here)
    showing = projected(standing, here)
    return quiet_of(standing, here.around, rules=here.rules, projection=showing, told_elsewhere=elsewhere)


def quiet_of(
    standing: Standing,
    around: Around,
    *,
    rules: TurnRules,
    projection: Projection,
    told_elsewhere: tuple[Note, ...] = (),
) -> Quiet:
    """The same, from what is known already."""
    known, turn = standing.timeline, standing.turn
    notes = (*notes_in(known, around.bot), *told_elsewhere)
    silence = Silence(
        holder=turn.holder,
        since=quiet_since(known, turn, rules),
        now=around.now,
        calendar=around.calendar,
        notes=tuple(sorted((one for one in notes if belongs_to(one, turn)), key=lambda one: one.at)),
    )
    return Quiet(
        number=known.number,
        url=known.url,
        title=known.title,
        author=known.author,
        turn=turn,
        silence=silence,
        situation=situation_of(standing),
        projection=projection,
        is_draft=known.is_draft,
        asked=asked_now(known),
        approvers=approvers(standing),
        insiders=_insiders(known),
        slash=around.slash,
        has_mentoring=around.has_mentoring,
        owner=around.owner,
    )


def projected(standing: Standing, here: Circumstances) -> Projection:
    """What the pull request shows of its turn."""
    folded = here.memory.get(FOLDED, standing.timeline.number)
    return projection_of(standing.timeline, standing.turn, here.config, bot=here.ports.bot, folded=folded)


def chosen_helper(quiet: Quiet, rung: int, here: Circumstances) -> Helper | None:
    """Whom we chose for this very nudge already."""
    record = here.memory.get(HELPER, quiet.number)
    if record is None or record.value["key"] != quiet.key(rung):
        return None
    chosen = record.value["person"]
    return Helper(
        person=Person(chosen["id"], chosen["login"]) if chosen else None,
        team=record.value["team"],
        why=record.value["why"],
        key=record.value["key"],
    )


async def _told_elsewhere(number: int, here: Circumstances) -> tuple[Note, ...]:
    """The nudge that the author got in another pull request, if it was really written there."""
    record = here.memory.get(TOLD, number)
    if record is None:
        return ()
    there = await here.ports.timelines.get(record.value["in"])
    if there is None:
        return ()
    return tuple(
        Note(note.key, Holder.AUTHOR, record.value["rung"], note.at)
        for note in notes_in(there, here.ports.bot)
        if note.key == record.value["key"]
    )


def _insiders(timeline: PullRequestTimeline) -> frozenset[Person]:
    return frozenset(act.by for act in timeline.acts if act.by is not None and act.association in _INSIDERS)
