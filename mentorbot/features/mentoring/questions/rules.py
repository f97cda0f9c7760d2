"""Who is asked when a mentee has a question."""

from __future__ import annotations

from collections.abc import Sequence

from mentorbot.core.actions import Answer
from mentorbot.core.markdown import mention
from mentorbot.core.people import Person
from mentorbot.core.plan import Plan, Refusal, plan
from mentorbot.core.translator import phrase, say, say_list
from mentorbot.features.mentoring.config import Mentoring
from mentorbot.features.mentoring.facts import MentorCommand
from mentorbot.features.mentoring.matching.candidates import MentorRequest, proposals
from mentorbot.features.mentoring.named_people import says_whom_it_names
from mentorbot.features.mentoring.pairs.messages import plain

_FROM_THE_POOL = 2
_MENTOR = phrase("{helpers}, {by} has a question for you here.")
_ABOVE = phrase("{helpers}, {by} has a question here, and their own mentor is away. Could you help?")
_POOL = phrase("{helpers}, {by} has a question here, and no mentor yet. Could you help?")


@says_whom_it_names
def bring_question(command: MentorCommand, _config: Mentoring) -> Plan:
    """A question goes to the mentor; where none is here, to their mentor; else to two from the pool."""
    by = command.by
    text, helpers = _who_helps(command)
    if not helpers:
        raise Refusal(
            say(
                "I know nobody who can take your question right now. Please leave it here for others to see. "
                "`{slash}mentor me` asks for a mentor.",
            )
        )
    asked = say(text, helpers=say_list([mention(one) for one in helpers]), by=plain(by))
    because = say(
        "@{by} had a question, and I brought it to {helpers}",
        by=by.login,
        helpers=say_list([f"@{one.login}" for one in helpers]),
    )
    return plan(Answer(text=asked), because=because)


def _who_helps(command: MentorCommand) -> tuple[str, Sequence[Person]]:
    """Whom to bring it to, and what to say: the first level upwards on which somebody is here."""
    roster = command.roster
    mine = roster.mentors_of(command.by)
    level, text, seen = mine, _MENTOR, {command.by}
    while level:
        here = [one for one in level if _is_here(one, command)]
        if here:
            return text, here[:_FROM_THE_POOL]
        seen |= set(level)
        above = {up.id: up for one in level for up in roster.mentors_of(one) if up not in seen}
        level, text = tuple(above.values()), _ABOVE
    found = proposals(MentorRequest(mentee=command.by, area=command.area), roster, command.known)
    pool = [one.mentor for one in found if one.mentor not in mine][:_FROM_THE_POOL]
    if not pool:
        return _MENTOR, mine
    return (_ABOVE if mine else _POOL), pool


def _is_here(person: Person, command: MentorCommand) -> bool:
    seats = command.roster.mentors.get(person.id)
    is_away = seats is not None and seats.is_away(command.now)
    return not is_away and person not in command.known.busy and command.known.is_present(person)
