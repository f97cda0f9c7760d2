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
    asked_about = overview.mentor
    is_mentor = command.by.id in command.roster.mentors or bool(command.roster.of_mentor(command.by))
    if not (command.is_maintainer or (is_mentor and asked_about == command.by)):
        because = say("@{by} asked about mentees who are not theirs", by=command.by.login)
        return refuse(
            say(
                "Mentors see their own mentees here, and maintainers see everybody's. Please ask one of them."
            ),
            because=because,
            allowed=False,
        )
    parts = []
    if overview.progress or not command.is_maintainer or command.named:
        parts.append(_mentees(overview))
    if command.is_maintainer and not command.named:
        parts.append(
            messages.programme(command.roster, now=command.now, is_private=overview.is_private),
        )
    if not overview.is_private and command.roster.pairs:
        parts.append(messages.rest_is_private(overview.desk))
    because = say("@{by} asked how the mentees are doing", by=command.by.login)
    shown = plan(Answer(text="\n\n".join(parts)), because=because)
    return with_named_people(shown, everybody_in(command.roster))


def _mentees(overview: MenteesOverview) -> str:
    if not overview.is_private:
        return messages.mentees_in_public(overview.progress)
    return messages.mentees(overview.progress, now=overview.command.now)
