"""The weekly summaries: a mentor's, and the maintainers'; `translator` translates them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from mentorbot.core.markdown import as_text, mention
from mentorbot.core.people import Person
from mentorbot.core.translator import say, say_list, say_plural
from mentorbot.features.mentoring.config import Rung
from mentorbot.features.mentoring.mentees.facts import MenteeProgress
from mentorbot.features.mentoring.mentees.messages import (
    mentees,
    mentees_in_public,
    needs_mentor,
    programme,
    rest_is_private,
)
from mentorbot.features.mentoring.milestones.reached import ContributionCounts
from mentorbot.features.mentoring.pairs.messages import plain
from mentorbot.features.mentoring.roster.roster import Roster


def mentors_summary(
    mentor: Person, progress: Sequence[MenteeProgress], *, now: datetime, week: str, is_public: bool
) -> tuple[str, str]:
    """Title and text of a mentor's weekly summary: first of all who needs them, where that is private."""
    title = say("Your mentees in week {week}: {mentor}", week=week.partition("W")[2], mentor=plain(mentor))
    last = say("You can close this issue when you have read it. Next week I close it and open a new one.")
    if is_public:
        hello = say("{mentor}, this is what your mentees work on.", mentor=mention(mentor))
        return title, "\n\n".join((hello, mentees_in_public(progress), rest_is_private(""), last))
    names = needs_mentor(progress)
    first = (
        say_plural(
            "{mentor}, somebody could use a word from you: {names}.",
            "{mentor}, {count} people could use a word from you: {names}.",
            len(names),
            mentor=mention(mentor),
            names=say_list(names),
        )
        if names
        else say("{mentor}, nothing waits for you, as far as I can see.", mentor=mention(mentor))
    )
    return title, "\n\n".join((first, mentees(progress, now=now), last))


def newer_one() -> str:
    """The last word in a summary when the next one is there."""
    return say("There is a newer summary now.")


def maintainers_summary(
    roster: Roster, evidence: Sequence[str], *, now: datetime, week: str
) -> tuple[str, str]:
    """Title and text of the maintainers' weekly summary."""
    title = say("Mentoring in week {week}", week=week.partition("W")[2])
    parts = [programme(roster, now=now)]
    if evidence:
        lines = "\n".join(f"- {line}" for line in evidence)
        first = say("These people do what you ask of a step on the ladder:")
        note = say("What follows from this is up to you. I have told nobody else.")
        parts.append(f"{first}\n\n{lines}\n\n{note}")
    return title, "\n\n".join(parts)


def rung_met(person: Person, rung: Rung, counts: ContributionCounts) -> str:
    figures = {
        "merged": say_plural("one merged pull request", "{count} merged pull requests", counts.merged),
        "reviews": say_plural("one review given", "{count} reviews given", counts.reviews),
        "helped": say_plural("one person helped", "{count} people helped", counts.helped),
        "mentees": say_plural("one mentee", "{count} mentees", counts.mentees),
    }
    return say(
        "{person}, for {rung}: {figures}.",
        person=plain(person),
        rung=as_text(rung.name),
        figures=say_list([figures[name] for name in rung.wants]) or "–",
    )
