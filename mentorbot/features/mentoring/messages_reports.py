"""What mentoring tells mentors and maintainers about the programme, in English; `language` translates it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from mentorbot.core.markdown import as_text, code, mention, table
from mentorbot.core.people import Person
from mentorbot.domain.turns import Holder
from mentorbot.features.mentoring.config import Rung
from mentorbot.features.mentoring.language import Words, phrase
from mentorbot.features.mentoring.machine import State
from mentorbot.features.mentoring.messages import plain
from mentorbot.features.mentoring.milestones import Deeds, next_milestone, reached
from mentorbot.features.mentoring.pair import Pair
from mentorbot.features.mentoring.progress import Need, OpenPull, Progress
from mentorbot.features.mentoring.roster import Roster

_TURNS = {
    Holder.AUTHOR: phrase("their move since {day}"),
    Holder.REVIEWERS: phrase("the reviewers' move since {day}"),
    Holder.EXTERNAL: phrase("blocked since {day}"),
    Holder.UNKNOWN: phrase("unclear since {day}"),
}
_NEXT = {
    Need.REVIEW: phrase("Have a look at {pull}: it waits for you."),
    Need.HELLO: phrase("Say hello, and ask what they would like to do first."),
    Need.QUIET: phrase("Ask how it goes: nothing was heard of them for a while."),
    Need.STUCK: phrase("Find a reviewer for {pull}."),
}
_MILESTONES = {
    "first issue confirmed": phrase("first issue confirmed"),
    "first pull request": phrase("first pull request"),
    "first review given": phrase("first review given"),
    "first review received": phrase("first review received"),
    "first merge": phrase("first merge"),
    "third merge": phrase("third merge"),
    "tenth merge": phrase("tenth merge"),
    "first person helped": phrase("first person helped"),
    "first mentee": phrase("first mentee"),
}


def milestone(say: Words, name: str) -> str:
    """A milestone in words."""
    return say(_MILESTONES[name])


def mentees(say: Words, progress: Sequence[Progress], *, now: datetime) -> str:
    """A table with a row for each mentee, the one who needs their mentor most first."""
    if not progress:
        return say("You have no mentees at the moment.")
    rows = [
        (
            plain(one.pair.mentee) + (f" ({code(one.pair.area)})" if one.pair.area else ""),
            "<br>".join(_pull(say, pull) for pull in one.pulls) or "–",
            ago(say, one.last_act, now),
            say.listed([milestone(say, name) for name in reached(one.deeds)[-2:]]) or "–",
            next_step(say, one),
        )
        for one in progress
    ]
    heads = (say("Mentee"), say("Open pull requests"), say("Last seen"), say("Milestones"), say("Next step"))
    return table(heads, rows)


def needs_you(say: Words, progress: Sequence[Progress]) -> str:
    """Who needs the mentor today, in a sentence; empty where nobody does."""
    names = [plain(one.pair.mentee) for one in progress if one.need in {Need.REVIEW, Need.HELLO}]
    return say("Today: {names}.", names=say.listed(names)) if names else ""


def next_step(say: Words, one: Progress) -> str:
    """The one thing that helps this mentee most now."""
    if one.pair.state is State.PAUSED:
        until = one.pair.until
        return (
            say("On a break until {day}.", day=say.day(until))
            if until
            else say("Resting until they are back.")
        )
    if one.need is Need.NOTHING:
        coming = next_milestone(one.deeds)
        return (
            say("All is well. Coming up: {milestone}.", milestone=milestone(say, coming))
            if coming
            else say("All is well.")
        )
    waiting = [pull for pull in one.pulls if pull.waits_for_mentor] or [
        pull for pull in one.pulls if pull.turn is Holder.REVIEWERS
    ]
    return say(_NEXT[one.need], pull=_link(waiting[0]) if waiting else "")


def ago(say: Words, moment: datetime | None, now: datetime) -> str:
    """How long ago something was, in days."""
    if moment is None:
        return "–"
    days = (now - moment).days
    return say("today") if days < 1 else say.many("yesterday", "{count} days ago", days)


def programme(say: Words, roster: Roster, *, now: datetime) -> str:
    """For maintainers: who waits since when, how many mentees each mentor has, and which pairs rest."""
    waiting = [pair for pair in roster.pairs if pair.state in {State.ASKED, State.OFFERED}]
    waiting.sort(key=lambda pair: str(pair.asked_at))
    parts = [say.many("One person waits for a mentor.", "{count} people wait for a mentor.", len(waiting))]
    if waiting:
        heads: tuple[str, ...] = (say("Waits"), say("For"), say("Since"), say("How it stands"))
        parts.append(table(heads, [_waiting(say, pair, now) for pair in waiting]))
    mentors = sorted(roster.mentors.values(), key=lambda seats: seats.person.login.lower())
    if mentors:
        heads = (say("Mentor"), say("Mentees"), say("Areas"))
        rows = [
            (
                plain(seats.person) + (" " + say("(away)") if seats.is_away(now) else ""),
                f"{roster.load(seats.person)} / {seats.capacity}",
                say.listed([code(area) for area in sorted(seats.areas)]) or say("any"),
            )
            for seats in mentors
        ]
        parts.append(table(heads, rows))
    risky = [pair for pair in roster.pairs if pair.rung or pair.state is State.PAUSED]
    if risky:
        parts.append(
            say("Pairs that may need a word: {pairs}.", pairs=say.listed([_names(pair) for pair in risky]))
        )
    return "\n\n".join(parts)


def _waiting(say: Words, pair: Pair, now: datetime) -> tuple[str, ...]:
    days = (now - (pair.asked_at or now)).days
    stands = (
        say("{mentor} was asked", mentor=plain(pair.mentor))
        if pair.state is State.OFFERED
        else say("nobody is free")
    )
    since = say("today") if days < 1 else say.many("one day", "{count} days", days)
    return (
        f"{plain(pair.mentee)} (#{pair.thread})",
        code(pair.area) if pair.area else say("anything"),
        since,
        stands,
    )


def _names(pair: Pair) -> str:
    return f"{plain(pair.mentor)} & {plain(pair.mentee)}"


def _pull(say: Words, pull: OpenPull) -> str:
    turn = say(_TURNS.get(pull.turn, _TURNS[Holder.UNKNOWN]), day=say.day(pull.since))
    return f"{_link(pull)} {as_text(pull.title, limit=60)}: {turn}"


def _link(pull: OpenPull) -> str:
    return f"[#{pull.number}]({pull.url})"


def digest(
    say: Words, mentor: Person, progress: Sequence[Progress], *, now: datetime, week: str
) -> tuple[str, str]:
    """Title and text of a mentor's weekly summary: first of all who needs them today."""
    title = say("Your mentees in week {week}: {mentor}", week=week.partition("W")[2], mentor=plain(mentor))
    urgent = [one for one in progress if one.need in {Need.REVIEW, Need.HELLO}]
    first = (
        say("{mentor}, {names} could use you today.", mentor=mention(mentor), names=_mentees(say, urgent))
        if urgent
        else say("{mentor}, nobody needs you today; here is how they are doing.", mentor=mention(mentor))
    )
    last = say("Close this issue when you have read it. Next week's closes it otherwise.")
    return title, "\n\n".join((first, mentees(say, progress, now=now), last))


def weekly(
    say: Words, roster: Roster, evidence: Sequence[str], *, now: datetime, week: str
) -> tuple[str, str]:
    """Title and text of the maintainers' weekly summary."""
    title = say("Mentoring in week {week}", week=week.partition("W")[2])
    parts = [programme(say, roster, now=now)]
    if evidence:
        lines = "\n".join(f"- {line}" for line in evidence)
        note = say("You decide what follows from this; I tell nobody else.")
        first = say("On the ladder:")
        parts.append(f"{first}\n\n{lines}\n\n{note}")
    return title, "\n\n".join(parts)


def rung_met(say: Words, person: Person, rung: Rung, deeds: Deeds) -> str:
    """Who meets which rung, with the figures that show it."""
    counted = {
        "merged": say.many("one merged pull request", "{count} merged pull requests", deeds.merged),
        "reviews": say.many("one review given", "{count} reviews given", deeds.reviews),
        "helped": say.many("one person helped", "{count} people helped", deeds.helped),
        "mentees": say.many("one mentee", "{count} mentees", deeds.mentees),
    }
    figures = [counted[name] for name in rung.wants]
    return say(
        "{person} meets what is asked of a {rung}: {figures}.",
        person=plain(person),
        rung=as_text(rung.name),
        figures=say.listed(figures) or "–",
    )


def congratulation(say: Words, pair: Pair, names: Sequence[str]) -> str:
    """To a mentee who has reached something for the first time."""
    return say(
        "🎉 {mentee}: {milestones}! Well done, and thank you.",
        mentee=mention(pair.mentee),
        milestones=say.listed([milestone(say, name) for name in names]),
    )


def guide(say: Words, mentee: Person, *, check: str, address: str) -> str:
    """To a mentee for whom a check failed for the first time."""
    return say(
        "{mentee}, the check {check} failed. That happens to everybody at first, and this page explains what "
        "it wants: {address}. If it doesn't help, ask your mentor.",
        mentee=mention(mentee),
        check=code(check),
        address=address,
    )


def _mentees(say: Words, progress: Sequence[Progress]) -> str:
    return say.listed([plain(one.pair.mentee) for one in progress])
