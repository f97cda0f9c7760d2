"""The weekly summaries: a mentor's, and the maintainers'; `translator` translates them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from mentorbot.core.markdown import as_text, mention
from mentorbot.core.people import Person
from mentorbot.core.translator import say, say_list, say_plural
from mentorbot.features.mentoring.config import Rung
from mentorbot.features.mentoring.mentees.facts import MenteeProgress
from mentorbot.features.mentoring.mentees.messages import mentees, programme
from mentorbot.features.mentoring.milestones.reached import ContributionCounts
from mentorbot.features.mentoring.pairs.messages import plain
from mentorbot.features.mentoring.roster.roster import Roster


def mentors_summary(
    mentor: Person, progress: Sequence[MenteeProgress], *, now: datetime, week: str
) -> tuple[str, str]:
    """Title and text of a mentor's weekly summary: first of all who needs them today."""
    title = say("Your mentees in week {week}: {mentor}", week=week.partition("W")[2], mentor=plain(mentor))
    urgent = [plain(one.pair.mentee) for one in progress if one.need.is_urgent]
    first = (
        say("{mentor}, {names} could use you today.", mentor=mention(mentor), names=say_list(urgent))
        if urgent
        else say("{mentor}, nobody needs you today; here is how they are doing.", mentor=mention(mentor))
    )
    last = say("Close this issue when you have read it. Next week's closes it otherwise.")
    return title, "\n\n".join((first, mentees(progress, now=now), last))


def maintainers_summary(
    roster: Roster, evidence: Sequence[str], *, now: datetime, week: str
) -> tuple[str, str]:
    """Title and text of the maintainers' weekly summary."""
    title = say("Mentoring in week {week}", week=week.partition("W")[2])
    parts = [programme(roster, now=now)]
    if evidence:
        lines = "\n".join(f"- {line}" for line in evidence)
        note = say("You decide what follows from this; I tell nobody else.")
        first = say("On the ladder:")
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
        "{person} meets what is asked of a {rung}: {figures}.",
        person=plain(person),
        rung=as_text(rung.name),
        figures=say_list([figures[name] for name in rung.wants]) or "–",
    )
