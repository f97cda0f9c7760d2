"""How each mentee is doing: open pull requests with whose turn it is, the last word, what is needed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mentorbot.core.people import Person
from mentorbot.domain.contributor_history import ContributorHistory
from mentorbot.domain.expertise import Expertise
from mentorbot.domain.timeline import PullRequestTimeline
from mentorbot.domain.turns import Holder, Turn, TurnRules, whose_turn
from mentorbot.feature_api.ports import Ports
from mentorbot.features.mentoring.config import Mentoring
from mentorbot.features.mentoring.machine import State
from mentorbot.features.mentoring.matching import last_act
from mentorbot.features.mentoring.milestones import Deeds
from mentorbot.features.mentoring.pair import Pair
from mentorbot.features.mentoring.roster import Roster


class Need(StrEnum):
    """What a mentee needs of their mentor, most urgent first."""

    REVIEW = "review"  # a pull request waits for this mentor
    HELLO = "hello"  # the pair is new, and the mentor hasn't been heard of since
    QUIET = "quiet"  # nothing was heard of the mentee for a while
    STUCK = "stuck"  # a pull request waits for others for long
    NOTHING = "nothing"


_URGENCY = {need: place for place, need in enumerate(Need)}


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPull:
    """An open pull request of a mentee, and whose turn it is since when."""

    number: int
    title: str
    url: str
    turn: Holder
    since: datetime
    waits_for_mentor: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How one mentee is doing."""

    pair: Pair
    pulls: tuple[OpenPull, ...]
    last_act: datetime | None
    deeds: Deeds
    need: Need

    @property
    def urgency(self) -> tuple[int, str]:
        """Sorts who needs the mentor first to the front."""
        return _URGENCY[self.need], self.pair.key


async def progress_of(
    pairs: Sequence[Pair], roster: Roster, config: Mentoring, ports: Ports
) -> tuple[Progress, ...]:
    """How these mentees are doing, the ones who need their mentor most first; no question to GitHub."""
    past = await ports.people.expertise()
    timelines = await _open_by({pair.mentee for pair in pairs}, ports) if pairs else {}
    found = []
    for pair in pairs:
        deeds = await deeds_of(pair.mentee, roster, past, ports)
        pulls = tuple(
            _pull(timeline, pair, roster, ports.now) for timeline in timelines.get(pair.mentee.id, ())
        )
        last = last_act(pair.mentee, past, roster.seen, now=ports.now)
        mentor_last = last_act(pair.mentor, past, roster.seen, now=ports.now) if pair.mentor else None
        need = _need(
            pair,
            pulls,
            last=last,
            mentor_last=mentor_last,
            config=config,
            ports=ports,
        )
        found.append(Progress(pair=pair, pulls=pulls, last_act=last, deeds=deeds, need=need))
    return tuple(sorted(found, key=lambda one: one.urgency))


async def deeds_of(person: Person, roster: Roster, past: Expertise, ports: Ports) -> Deeds:
    """What somebody has done here so far, in numbers."""
    known: ContributorHistory = await ports.people.contributor_history(person, before=ports.now, number=0)
    helped = sum(1 for reviewers in past.reviews_for.values() if person in reviewers)
    received = past.reviews_for.get(person)
    mentees = {pair.mentee.id for pair in roster.of_mentor(person) if pair.has_seat}
    return Deeds(
        issues=known.issues,
        pull_requests=known.pull_requests,
        merged=known.merged,
        reviews=known.reviews,
        reviews_received=len(received) if received is not None else 0,
        helped=helped,
        mentees=len(mentees),
    )


async def _open_by(people: Collection[Person], ports: Ports) -> dict[int, list[PullRequestTimeline]]:
    found: dict[int, list[PullRequestTimeline]] = {}
    async for timeline in ports.timelines.open():
        if timeline.author is not None and timeline.author in people:
            found.setdefault(timeline.author.id, []).append(timeline)
    return found


def _pull(timeline: PullRequestTimeline, pair: Pair, roster: Roster, now: datetime) -> OpenPull:
    turn = whose_turn(timeline, TurnRules(maintainers=frozenset(roster.mentors)), now=now)
    return OpenPull(
        number=timeline.number,
        title=timeline.title,
        url=timeline.url,
        turn=turn.holder,
        since=turn.since,
        waits_for_mentor=_waits_for(pair.mentor, turn),
    )


def _waits_for(mentor: Person | None, turn: Turn) -> bool:
    """True where it is the reviewers' turn, and the mentor is one of those asked, or nobody is."""
    if mentor is None or turn.holder is not Holder.REVIEWERS:
        return False
    return mentor in turn.reviewers or not (turn.reviewers or turn.teams)


def _need(
    pair: Pair,
    pulls: Sequence[OpenPull],
    *,
    last: datetime | None,
    mentor_last: datetime | None,
    config: Mentoring,
    ports: Ports,
) -> Need:
    if pair.state is State.PAUSED or pair.since is None:
        return Need.NOTHING
    if any(pull.waits_for_mentor for pull in pulls):
        return Need.REVIEW
    if mentor_last is None or mentor_last < pair.since:
        return Need.HELLO
    if config.check_in.has_passed(max(last or pair.since, pair.since), ports.now, ports.calendar):
        return Need.QUIET
    waiting = [pull for pull in pulls if pull.turn is Holder.REVIEWERS]
    if any(config.waiting.has_passed(pull.since, ports.now, ports.calendar) for pull in waiting):
        return Need.STUCK
    return Need.NOTHING
