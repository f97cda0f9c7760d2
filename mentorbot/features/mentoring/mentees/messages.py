"""What mentors and maintainers read about the mentees and the programme."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from mentorbot.core.markdown import as_text, code, table
from mentorbot.core.translator import phrase, say, say_day, say_list, say_plural, translator
from mentorbot.domain.turns import Holder
from mentorbot.features.mentoring.mentees.facts import MenteeProgress
from mentorbot.features.mentoring.mentees.need import MenteePullRequest, Need
from mentorbot.features.mentoring.milestones.messages import milestone
from mentorbot.features.mentoring.milestones.reached import next_milestone, reached
from mentorbot.features.mentoring.pairs.messages import plain
from mentorbot.features.mentoring.pairs.pair import MentoringPair
from mentorbot.features.mentoring.pairs.state_machine import PairState
from mentorbot.features.mentoring.roster.roster import Roster

_TURNS = {
    Holder.AUTHOR: phrase("their move since {day}"),
    Holder.REVIEWERS: phrase("the reviewers' move since {day}"),
    Holder.EXTERNAL: phrase("blocked since {day}"),
    Holder.UNCLEAR: phrase("unclear since {day}"),
}


_NEXT = {
    Need.REVIEW: phrase("Have a look at {pull}: it waits for you."),
    Need.HELLO: phrase("Say hello, and ask what they would like to do first."),
    Need.QUIET: phrase("Ask how it goes: nothing was heard of them for a while."),
    Need.STUCK: phrase("Find a reviewer for {pull}."),
}


def mentees(progress: Sequence[MenteeProgress], *, now: datetime) -> str:
    if not progress:
        return say("You have no mentees at the moment.")
    rows = [
        (
            plain(one.pair.mentee) + (f" ({code(one.pair.area)})" if one.pair.area else ""),
            "<br>".join(_pull(pull) for pull in one.pulls) or "–",
            ago(one.last_act, now),
            say_list([milestone(name) for name in reached(one.counts)[-2:]]) or "–",
            next_step(one),
        )
        for one in progress
    ]
    heads = (say("Mentee"), say("Open pull requests"), say("Last seen"), say("Milestones"), say("Next step"))
    return table(heads, rows)


def needs_you(progress: Sequence[MenteeProgress]) -> str:
    """Who needs the mentor today, in a sentence; empty where nobody does."""
    names = [plain(one.pair.mentee) for one in progress if one.need.is_urgent]
    return say("Today: {names}.", names=say_list(names)) if names else ""


def next_step(one: MenteeProgress) -> str:
    if one.pair.state is PairState.PAUSED:
        until = one.pair.until
        return (
            say("On a break until {day}.", day=say_day(until))
            if until
            else say("Resting until they are back.")
        )
    if one.need is Need.NOTHING:
        coming = next_milestone(one.counts)
        return (
            say("All is well. Coming up: {milestone}.", milestone=milestone(coming))
            if coming
            else say("All is well.")
        )
    waiting = [pull for pull in one.pulls if pull.waits_for_mentor] or [
        pull for pull in one.pulls if pull.turn is Holder.REVIEWERS
    ]
    return say(_NEXT[one.need], pull=_link(waiting[0]) if waiting else "")


def ago(moment: datetime | None, now: datetime) -> str:
    if moment is None:
        return "–"
    days = (now - moment).days
    if days < 1:
        return say("today")
    return say("yesterday") if days == 1 else translator().days_ago(days)


def programme(roster: Roster, *, now: datetime) -> str:
    """For maintainers: who waits since when, how many mentees each mentor has, and which pairs rest."""
    waiting = [pair for pair in roster.pairs if pair.state in {PairState.ASKED, PairState.OFFERED}]
    waiting.sort(key=lambda pair: str(pair.asked_at))
    parts = [say_plural("One person waits for a mentor.", "{count} people wait for a mentor.", len(waiting))]
    if waiting:
        heads: tuple[str, ...] = (say("Waits"), say("For"), say("Since"), say("How it stands"))
        parts.append(table(heads, [_waiting(pair, now) for pair in waiting]))
    mentors = sorted(roster.mentors.values(), key=lambda seats: seats.person.login.lower())
    if mentors:
        heads = (say("Mentor"), say("Mentees"), say("Areas"))
        rows = [
            (
                plain(seats.person) + (" " + say("(away)") if seats.is_away(now) else ""),
                f"{roster.load(seats.person)} / {seats.capacity}",
                say_list([code(area) for area in sorted(seats.areas)]) or say("any"),
            )
            for seats in mentors
        ]
        parts.append(table(heads, rows))
    risky = [pair for pair in roster.pairs if pair.reminder or pair.state is PairState.PAUSED]
    if risky:
        parts.append(
            say("Pairs that may need a word: {pairs}.", pairs=say_list([_names(pair) for pair in risky]))
        )
    return "\n\n".join(parts)


def _waiting(pair: MentoringPair, now: datetime) -> tuple[str, ...]:
    days = (now - (pair.asked_at or now)).days
    stands = (
        say("{mentor} was asked", mentor=plain(pair.mentor))
        if pair.state is PairState.OFFERED
        else say("nobody is free")
    )
    since = say("today") if days < 1 else say_plural("one day", "{count} days", days)
    return (
        f"{plain(pair.mentee)} (#{pair.thread})",
        code(pair.area) if pair.area else say("anything"),
        since,
        stands,
    )


def _names(pair: MentoringPair) -> str:
    return f"{plain(pair.mentor)} & {plain(pair.mentee)}"


def _pull(pull: MenteePullRequest) -> str:
    turn = say(_TURNS.get(pull.turn, _TURNS[Holder.UNCLEAR]), day=say_day(pull.since))
    return f"{_link(pull)} {as_text(pull.title, limit=60)}: {turn}"


def _link(pull: MenteePullRequest) -> str:
    return f"[#{pull.number}]({pull.url})"
