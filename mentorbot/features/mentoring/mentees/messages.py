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
    Holder.AUTHOR: phrase("their turn since {day}"),
    Holder.REVIEWERS: phrase("waits for a review since {day}"),
    Holder.EXTERNAL: phrase("blocked since {day}"),
    Holder.UNCLEAR: phrase("unclear whose turn since {day}"),
}


_NEXT = {
    Need.REVIEW: phrase("Review {pull}: it waits for you."),
    Need.STUCK: phrase("Stuck: please find a reviewer for {pull}."),
    Need.QUIET: phrase("Quiet since {day}: ask how it goes."),
    Need.HELLO: phrase("New: say hello. I have not seen you write to them yet."),
}


def mentees(progress: Sequence[MenteeProgress], *, now: datetime) -> str:
    """All about the mentees, who needs their mentor most first: for readers whom it concerns."""
    if not progress:
        return _none()
    rows = [
        (_who(one), _pulls(one), ago(one.last_act, now), _milestones(one), next_step(one)) for one in progress
    ]
    return table(
        (say("Mentee"), say("Open pull requests"), say("Last seen"), say("Milestones"), say("Next step")),
        rows,
    )


def mentees_in_public(progress: Sequence[MenteeProgress]) -> str:
    """What everybody can see of the mentees anyway, by name: no order tells who is quiet."""
    if not progress:
        return _none()
    by_name = sorted(progress, key=lambda one: (one.pair.mentee.login.lower(), one.pair.area))
    rows = [(_who(one), _pulls(one), _milestones(one)) for one in by_name]
    return table((say("Mentee"), say("Open pull requests"), say("Milestones")), rows)


def rest_is_private(desk: str) -> str:
    """Where the rest is: everybody can read what is written here."""
    if desk:
        return say(
            "Everybody can read this, so I leave out how people are doing. "
            "The weekly summary has it: {address}",
            address=desk,
        )
    return say(
        "Everybody can read this, so I leave out how people are doing. For that, a maintainer can name a "
        "private repository in `.github/mentorbot.yml`: `desk`."
    )


def _none() -> str:
    return say("There are no mentees at the moment.")


def _who(one: MenteeProgress) -> str:
    return plain(one.pair.mentee) + (f" ({code(one.pair.area)})" if one.pair.area else "")


def _pulls(one: MenteeProgress) -> str:
    return "<br>".join(_pull(pull) for pull in one.pulls) or "–"


def _milestones(one: MenteeProgress) -> str:
    return say_list([milestone(name) for name in reached(one.counts)[-2:]]) or "–"


def needs_mentor(progress: Sequence[MenteeProgress]) -> list[str]:
    """The names of those who need their mentor now, most urgent first."""
    return [plain(one.pair.mentee) for one in progress if one.need is not Need.NOTHING]


def next_step(one: MenteeProgress) -> str:
    """What the mentor can do next for a mentee: one thing."""
    if one.pair.state is PairState.PAUSED:
        until = one.pair.until
        return (
            say("On a break until {day}.", day=say_day(until))
            if until
            else say("On a break until they are back.")
        )
    if one.need is Need.NOTHING:
        coming = next_milestone(one.counts)
        return (
            say("Nothing waits for you. Next milestone: {milestone}.", milestone=milestone(coming))
            if coming
            else say("Nothing waits for you.")
        )
    since = max((at for at in (one.last_act, one.pair.since) if at is not None), default=None)
    return say(
        _NEXT[one.need],
        pull=_link(one.waits_for_mentor or one.waits_longest),
        day=say_day(since) if since is not None else "–",
    )


def ago(moment: datetime | None, now: datetime) -> str:
    if moment is None:
        return "–"
    days = (now - moment).days
    if days < 1:
        return say("today")
    return say("yesterday") if days == 1 else translator().days_ago(days)


def programme(roster: Roster, *, now: datetime, is_private: bool = True) -> str:
    """For maintainers: who waits since when, and how many mentees each mentor has.

    Which pairs may be in trouble is told where it is private only.
    """
    waiting = [pair for pair in roster.pairs if pair.state in {PairState.ASKED, PairState.OFFERED}]
    waiting.sort(key=lambda pair: str(pair.asked_at))
    parts = [
        say_plural("One person waits for a mentor.", "{count} people wait for a mentor.", len(waiting))
        if waiting
        else say("Nobody waits for a mentor.")
    ]
    if waiting:
        heads: tuple[str, ...] = (say("Who waits"), say("Area"), say("Since"), say("How it stands"))
        parts.append(table(heads, [_waiting(pair, now) for pair in waiting]))
    mentors = sorted(roster.mentors.values(), key=lambda seats: seats.person.login.lower())
    if mentors:
        heads = (say("Mentor"), say("Mentees"), say("Areas"))
        rows = [
            (
                say("{mentor} (away)", mentor=plain(seats.person))
                if seats.is_away(now)
                else plain(seats.person),
                f"{roster.load(seats.person)} / {seats.capacity}",
                say_list([code(area) for area in sorted(seats.areas)]) or say("any"),
            )
            for seats in mentors
        ]
        parts.append(table(heads, rows))
    risky = [pair for pair in roster.pairs if pair.reminder or pair.state is PairState.PAUSED]
    if risky and is_private:
        parts.append(
            say(
                "Pairs that may need a word from you: {pairs}.",
                pairs=say_list([_names(pair) for pair in risky]),
            )
        )
    return "\n\n".join(parts)


def _waiting(pair: MentoringPair, now: datetime) -> tuple[str, ...]:
    days = (now - (pair.asked_at or now)).days
    stands = (
        say("{mentor} was asked", mentor=plain(pair.mentor))
        if pair.state is PairState.OFFERED
        else say("nobody asked just now")
    )
    since = say("today") if days < 1 else translator().days_ago(days)
    return (
        f"{plain(pair.mentee)} (#{pair.thread})",
        code(pair.area) if pair.area else say("any"),
        since,
        stands,
    )


def _names(pair: MentoringPair) -> str:
    return f"{plain(pair.mentor)} & {plain(pair.mentee)}"


def _pull(pull: MenteePullRequest) -> str:
    turn = say(_TURNS.get(pull.turn, _TURNS[Holder.UNCLEAR]), day=say_day(pull.since))
    return f"{_link(pull)} {as_text(pull.title, limit=60)}: {turn}"


def _link(pull: MenteePullRequest | None) -> str:
    if pull is None:
        return "–"
    return f"[#{pull.number}]({pull.url})"
