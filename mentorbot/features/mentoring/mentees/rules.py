"""`/mentees`: a mentor sees how their mentees are doing, a maintainer how the whole programme is."""

from __future__ import annotations

from mentorbot.core.actions import Answer
from mentorbot.core.plan import Plan, plan, refuse
from mentorbot.core.translator import say
from mentorbot.features.mentoring.config import Mentoring
from mentorbot.features.mentoring.mentees import messages
from mentorbot.features.mentoring.mentees.facts import MenteesOverview
from mentorbot.features.mentoring.named_people import everybody_in, with_named_people


def show_mentees(overview: MenteesOverview, _config: Mentoring) -> Plan:
    """Mentors see their own mentees; maintainers see anybody's, and the programme where they have none."""
    command = overview.command
    is_mentor = command.by.id in command.roster.mentors or bool(command.roster.of_mentor(command.by))
    if not (is_mentor or command.is_maintainer) or (
        overview.mentor != command.by and not command.is_maintainer
    ):
        return refuse(
            say("This is for mentors, about their own mentees, and for maintainers."),
            because=f"@{command.by.login} asked about somebody else's mentees",
            allowed=False,
        )
    parts = []
    if overview.progress or not command.is_maintainer or command.named:
        parts += [
            messages.needs_you(overview.progress),
            messages.mentees(overview.progress, now=command.now),
        ]
    if command.is_maintainer and not command.named:
        parts.append(messages.programme(command.roster, now=command.now))
    text = "\n\n".join(part for part in parts if part)
    shown = plan(Answer(text=text), because=f"@{command.by.login} asked how the mentees are doing")
    return with_named_people(shown, everybody_in(command.roster))
