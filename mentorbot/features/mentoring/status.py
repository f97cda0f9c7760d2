"""`/mentees`: a mentor sees how their mentees are doing, a maintainer how the whole programme is."""

from __future__ import annotations

from dataclasses import dataclass

from mentorbot.core.actions import Answer
from mentorbot.core.events import CommandGiven
from mentorbot.core.people import Person
from mentorbot.core.plan import Plan, plan, refuse
from mentorbot.feature_api.ports import Ports
from mentorbot.features.mentoring import messages_reports
from mentorbot.features.mentoring.config import Mentoring
from mentorbot.features.mentoring.declaring import everybody_in, told
from mentorbot.features.mentoring.facts import Given, given_with_rights
from mentorbot.features.mentoring.progress import Progress, progress_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Who wants to know, about whose mentees, and how those are doing."""

    given: Given
    mentor: Person
    progress: tuple[Progress, ...]


async def overview(event: CommandGiven, config: Mentoring, ports: Ports) -> Overview:
    """How the mentees of whoever asks are doing, or of the mentor they name."""
    given = await given_with_rights(event, config, ports)
    mentor = given.named[0] if given.named else given.by
    progress = await progress_of(given.roster.mentees_of(mentor), given.roster, config, ports)
    return Overview(given=given, mentor=mentor, progress=progress)


def show_mentees(facts: Overview, _config: Mentoring) -> Plan:
    """Mentors see their own mentees; maintainers see anybody's, and the programme where they have none."""
    given, say = facts.given, facts.given.say
    is_mentor = given.by.id in given.roster.mentors or bool(given.roster.of_mentor(given.by))
    if not (is_mentor or given.is_maintainer) or (facts.mentor != given.by and not given.is_maintainer):
        return refuse(
            say("This is for mentors, about their own mentees, and for maintainers."),
            because=f"@{given.by.login} asked about somebody else's mentees",
            allowed=False,
        )
    parts = []
    if facts.progress or not given.is_maintainer or given.named:
        parts += [
            messages_reports.needs_you(say, facts.progress),
            messages_reports.mentees(say, facts.progress, now=given.now),
        ]
    if given.is_maintainer and not given.named:
        parts.append(messages_reports.programme(say, given.roster, now=given.now))
    text = "\n\n".join(part for part in parts if part)
    told_of = plan(Answer(text=text), because=f"@{given.by.login} asked how the mentees are doing")
    return told(told_of, everybody_in(given.roster))
