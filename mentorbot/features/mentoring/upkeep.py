"""What the clock brings: who is asked next, who has fallen silent, who waits for too long."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mentorbot.config.principals import resolve_principals
from mentorbot.core.actions import Remember
from mentorbot.core.journal import JournalEntry, Outcome
from mentorbot.core.people import Person
from mentorbot.feature_api.feature import Case
from mentorbot.feature_api.ports import Ports
from mentorbot.features.mentoring.config import Mentoring
from mentorbot.features.mentoring.facts import slash_of
from mentorbot.features.mentoring.gather import LISTED, knowledge_of, newly_listed, roster_of
from mentorbot.features.mentoring.language import Words
from mentorbot.features.mentoring.liveness import LastActs
from mentorbot.features.mentoring.machine import OVER, Happening, State
from mentorbot.features.mentoring.matching import Knowledge, Proposal, proposals, wish_of
from mentorbot.features.mentoring.pair import STORY, Chapter, Pair, chapters_in
from mentorbot.features.mentoring.roster import Roster
from mentorbot.features.mentoring.steps import Doing, step

_TRY_AGAIN_AFTER = timedelta(hours=20)  # what was one comment too many is tried again once a day


def about_again(pair: Pair) -> str:
    """How the journal's sentence begins where somebody is asked or told again about a pair."""
    return f"asked again about @{pair.mentee.login}{f' in {pair.area}' if pair.area else ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Upkeep:
    """A pair, and what decides whether something is due for it.

    `proposal` is who would be asked now for a mentee who waits, `held_back` tells that the last question was
    never written, as it would have been one too many.
    """

    pair: Pair
    now: datetime
    say: Words
    roster: Roster
    acts: LastActs = field(default_factory=LastActs)
    proposal: Proposal | None = None
    story: tuple[Chapter, ...] = ()
    maintainers: tuple[Person, ...] = ()
    held_back: bool = False
    slash: str = "/"

    @property
    def mentor_has_left(self) -> bool:
        """True where the mentor was one of those who may be asked, and is none any more."""
        mentor = self.pair.mentor
        if self.pair.lost_its_mentor:
            return True
        is_certain = self.roster.is_complete and bool(self.roster.mentors)
        return (
            is_certain and self.pair.is_listed and mentor is not None and mentor.id not in self.roster.mentors
        )

    @property
    def is_business_day(self) -> bool:
        """True where people may be expected to answer today."""
        calendar = self.say.calendar
        return calendar.is_business_day(calendar.local(self.now).date())


async def pairs(config: Mentoring, ports: Ports) -> AsyncIterator[Case[Upkeep]]:
    """Every pair that is not over; those who wait come last, in their order, and share the mentors."""
    past = await ports.people.expertise()
    roster = await roster_of(config, ports, past)
    if not roster.pairs:
        return
    known = await knowledge_of(config, ports, past, roster)
    for pair in roster.pairs:
        if pair.state not in OVER | {State.ASKED}:
            yield Case(pair.thread, await _upkeep(pair, roster, known, config, ports))
    queue = roster.queue()
    maintainers = await resolve_principals(config.maintainers, ports.github) if queue else ()
    for pair in queue:
        proposal = next(iter(proposals(wish_of(pair, ports.now), roster, known)), None)
        facts = await _upkeep(pair, roster, known, config, ports, proposal=proposal, maintainers=maintainers)
        if proposal is not None:
            doing = Doing(happening=Happening.FOUND, now=ports.now, mentor=proposal.mentor)
            roster = roster.with_pair(step(pair, doing, roster).pair, asked_at=ports.now)
        yield Case(pair.thread, facts)


async def listed(config: Mentoring, ports: Ports) -> AsyncIterator[Case[Sequence[Remember]]]:
    """Whom the config names and whose number isn't known yet."""
    known = await ports.records.all(LISTED)
    wanted = {entry.whom.login.lower() for entry in config.entries if entry.whom.login}
    if wanted - {record.key for record in known}:
        roster = await roster_of(config, ports, await ports.people.expertise())
        yield Case(None, newly_listed(config, roster, known))


async def _upkeep(
    pair: Pair,
    roster: Roster,
    known: Knowledge,
    config: Mentoring,
    ports: Ports,
    *,
    proposal: Proposal | None = None,
    maintainers: tuple[Person, ...] = (),
) -> Upkeep:
    story: tuple[Chapter, ...] = ()
    if proposal is not None and pair.chapters > 1:
        story = chapters_in(await ports.records.all(STORY, starting=f"{pair.key}/"))
    asked_at = pair.rung_at or pair.told_at
    entries = await ports.journal.about(pair.thread) if asked_at is not None else ()
    seats = roster.mentors.get(pair.mentor.id) if pair.mentor is not None else None
    return Upkeep(
        pair=pair,
        now=ports.now,
        say=Words(config.language, ports.calendar),
        roster=roster,
        acts=LastActs(
            mentor=known.last_act(pair.mentor) if pair.mentor is not None else None,
            mentee=known.last_act(pair.mentee),
            away_until=seats.away_until if seats is not None else None,
        ),
        proposal=proposal,
        story=story,
        maintainers=maintainers,
        held_back=asked_at is not None
        and ports.now - asked_at >= _TRY_AGAIN_AFTER
        and was_held_back(entries, pair, asked_at),
        slash=slash_of(ports),
    )


def was_held_back(entries: Sequence[JournalEntry], pair: Pair, asked_at: datetime) -> bool:
    """True where the journal says that what was to be asked about this pair was not written."""
    again = (about_again(pair) + ": ", about_again(pair) + " for help: ")
    return any(
        entry.outcome in {Outcome.DROPPED, Outcome.FAILED}
        and entry.at >= asked_at
        and entry.because.startswith(again)
        for entry in entries
    )
