"""How each mentee is doing: open pull requests with whose turn it is, the last word, what is needed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from mentorbot.config.desk import desk_in
from mentorbot.core.events import CommandGiven
from mentorbot.core.people import Person
from mentorbot.domain.expertise import Expertise
from mentorbot.domain.timeline import PullRequestTimeline
from mentorbot.domain.turns import Holder, Turn, TurnSettings, whose_turn
from mentorbot.feature_api.ports import Ports
from mentorbot.features.mentoring.config import Mentoring
from mentorbot.features.mentoring.facts import MentorCommand, mentor_command_with_rights
from mentorbot.features.mentoring.inactivity.facts import LastActivity, last_activity_of
from mentorbot.features.mentoring.mentees.need import MenteePullRequest, Need, need_of
from mentorbot.features.mentoring.milestones.reached import ContributionCounts
from mentorbot.features.mentoring.pairs.pair import MentoringPair
from mentorbot.features.mentoring.roster.roster import Roster

_URGENCY = {need: place for place, need in enumerate(Need)}


@dataclass(frozen=True, slots=True, kw_only=True)
class MenteeProgress:
    pair: MentoringPair
    pulls: tuple[MenteePullRequest, ...]
    last_act: datetime | None
    counts: ContributionCounts
    need: Need

    @property
    def waits_for_mentor(self) -> MenteePullRequest | None:
        return next((pull for pull in self.pulls if pull.waits_for_mentor), None)

    @property
    def waits_longest(self) -> MenteePullRequest | None:
        """The one that has waited for a review for longest."""
        waiting = [pull for pull in self.pulls if pull.turn is Holder.REVIEWERS]
        return min(waiting, key=lambda pull: pull.since, default=None)

    @property
    def urgency(self) -> tuple[int, str]:
        """Sorts who needs the mentor first to the front."""
        return _URGENCY[self.need], self.pair.key


@dataclass(frozen=True, slots=True, kw_only=True)
class MenteesOverview:
    """What `/mentees` is answered with.

    `is_private` tells that no passer-by reads the answer; `desk` is the address of the private place where
    the rest is told, empty where there is none.
    """

    command: MentorCommand
    mentor: Person
    progress: tuple[MenteeProgress, ...]
    is_private: bool = False
    desk: str = ""


async def mentees_overview(event: CommandGiven, config: Mentoring, ports: Ports) -> MenteesOverview:
    """How the mentees of whoever asks are doing, or of the mentor they name."""
    command = await mentor_command_with_rights(event, config, ports)
    mentor = command.named[0] if command.named else command.by
    progress = await progress_of(command.roster.mentees_of(mentor), command.roster, config, ports)
    return MenteesOverview(
        command=command,
        mentor=mentor,
        progress=progress,
        is_private=ports.repository.private,
        desk=_desk(command.thread.url, config, ports),
    )


def _desk(thread_url: str, config: Mentoring, ports: Ports) -> str:
    """The address of the desk's issues, on the server that this thread is on."""
    server, found, _ = thread_url.partition(f"/{ports.repository.full_name}/")
    desk = config.desk or desk_in(ports.configuration.sections).at
    return f"{server}/{desk}/issues" if found and desk and config.digest == "desk" else ""


async def progress_of(
    pairs: Sequence[MentoringPair], roster: Roster, config: Mentoring, ports: Ports
) -> tuple[MenteeProgress, ...]:
    """How these mentees are doing, the ones who need their mentor most first; no question to GitHub."""
    past = await ports.people.expertise()
    timelines = await _open_by({pair.mentee for pair in pairs}, ports) if pairs else {}
    found = []
    for pair in pairs:
        pulls = tuple(
            _pull(timeline, pair, roster, ports.now) for timeline in timelines.get(pair.mentee.id, ())
        )
        activity = LastActivity(
            mentor=last_activity_of(pair.mentor, past, roster.seen, now=ports.now) if pair.mentor else None,
            mentee=last_activity_of(pair.mentee, past, roster.seen, now=ports.now),
            word_to_mentee=_last_word(pair, roster, past, ports.now),
        )
        found.append(
            MenteeProgress(
                pair=pair,
                pulls=pulls,
                last_act=activity.mentee,
                counts=await contribution_counts_of(pair.mentee, roster, past, ports),
                need=need_of(pair, pulls, activity, config, now=ports.now, calendar=ports.calendar),
            )
        )
    return tuple(sorted(found, key=lambda one: one.urgency))


def _last_word(pair: MentoringPair, roster: Roster, past: Expertise, now: datetime) -> datetime | None:
    """When the mentor last wrote to the mentee; a review is a word, too."""
    if pair.mentor is None:
        return None
    reviews = past.reviews_for.get(pair.mentee, {}).get(pair.mentor)
    moments = (roster.words.get((pair.mentee.id, pair.mentor.id)), reviews.last(now) if reviews else None)
    return max((moment for moment in moments if moment is not None), default=None)


async def contribution_counts_of(
    person: Person, roster: Roster, past: Expertise, ports: Ports
) -> ContributionCounts:
    known = await ports.people.contributor_history(person, before=ports.now, number=0)
    received = past.reviews_for.get(person)
    return ContributionCounts(
        issues=known.issues,
        pull_requests=known.pull_requests,
        merged=known.merged,
        reviews=known.reviews,
        reviews_received=len(received) if received is not None else 0,
        helped=sum(1 for reviewers in past.reviews_for.values() if person in reviewers),
        mentees=len({pair.mentee.id for pair in roster.mentees_of(person)}),
    )


async def _open_by(people: Collection[Person], ports: Ports) -> dict[int, list[PullRequestTimeline]]:
    found: dict[int, list[PullRequestTimeline]] = {}
    async for timeline in ports.timelines.open():
        if timeline.author is not None and timeline.author in people:
            found.setdefault(timeline.author.id, []).append(timeline)
    return found


def _pull(
    timeline: PullRequestTimeline, pair: MentoringPair, roster: Roster, now: datetime
) -> MenteePullRequest:
    turn = whose_turn(timeline, TurnSettings(maintainers=frozenset(roster.mentors)), now=now)
    return MenteePullRequest(
        number=timeline.number,
        title=timeline.title,
        url=timeline.url,
        turn=turn.told,
        since=turn.since,
        waits_for_mentor=_waits_for(pair.mentor, turn),
    )


def _waits_for(mentor: Person | None, turn: Turn) -> bool:
    """True where it is the reviewers' turn, and the mentor is one of those asked, or nobody is."""
    if mentor is None or turn.holder is not Holder.REVIEWERS:
        return False
    return mentor in turn.reviewers or not (turn.reviewers or turn.teams)
