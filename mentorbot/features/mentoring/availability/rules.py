"""What people say about themselves: they volunteer, are away, or want nothing of mentoring."""

from __future__ import annotations

from mentorbot.core.actions import Answer, Forget
from mentorbot.core.plan import Plan, Refusal, plan
from mentorbot.core.translator import say, say_day, say_plural
from mentorbot.feature_api.records import remember
from mentorbot.features.mentoring.config import Mentoring
from mentorbot.features.mentoring.facts import MentorCommand, as_area
from mentorbot.features.mentoring.matching.messages import no_area, thank_you_but
from mentorbot.features.mentoring.named_people import says_whom_it_names
from mentorbot.features.mentoring.pairs.messages import sentences
from mentorbot.features.mentoring.pairs.state_machine import DECIDING, PairState
from mentorbot.features.mentoring.records import Absence, OptOut, Volunteer


@says_whom_it_names
def volunteer(command: MentorCommand, config: Mentoring) -> Plan:
    """Somebody who has done enough here may be asked to be a mentor from now on."""
    by = command.by
    if by.id in command.roster.mentors and not command.roster.mentors[by.id].volunteer:
        raise Refusal(say("You are a mentor here already. Thank you!"))
    if config.eligible is None or not command.is_eligible:
        raise Refusal(thank_you_but(config.eligible))
    unknown = [word for word in command.words if as_area(word) not in config.areas]
    if unknown:
        raise Refusal(no_area(unknown[0], config.areas))
    areas = tuple(name for name in map(as_area, (command.area, *command.words)) if name in config.areas)
    thanks = say_plural(
        "Thank you! I ask you when somebody fits, and you have one mentee at a time at most.",
        "Thank you! I ask you when somebody fits, and you have {count} mentees at a time at most.",
        config.capacity,
    )
    ways_out = say("`{slash}mentor away 2 weeks` is a break, and `{slash}mentor opt out` ends it.")
    return plan(
        remember(Volunteer(login=by.login, areas=areas), key=str(by.id), whose=by.id),
        Forget(kind=OptOut.KIND, key=str(by.id)),
        Answer(reaction="heart", text=sentences(thanks, ways_out)),
        because=say("@{by} volunteered as a mentor", by=by.login),
    )


@says_whom_it_names
def be_away(command: MentorCommand, _config: Mentoring) -> Plan:
    """A mentor isn't asked for as long as they say; their mentees stay theirs."""
    by = command.by
    if command.span in {"", "back", "no", "off"}:
        return plan(
            Forget(kind=Absence.KIND, key=str(by.id)), Answer(), because=say("@{by} is back", by=by.login)
        )
    until = command.until()
    told = say("Enjoy your time off! I ask you nothing until {day}.", day=say_day(until))
    if command.roster.mentees_of(by):
        told = sentences(told, say("Until then, others get your mentees' questions where I find somebody."))
    return plan(
        remember(Absence(until=until, login=by.login), key=str(by.id), whose=by.id),
        Answer(text=told),
        because=say("@{by} is away until {day}", by=by.login, day=say_day(until)),
    )


@says_whom_it_names
def opt_out(command: MentorCommand, _config: Mentoring) -> Plan:
    """Whoever wants nothing of this is left alone: not asked, not written to, not counted."""
    by = command.by
    mine = command.roster.of(by)
    if any(pair.has_seat for pair in mine):
        raise Refusal(
            say("You are in a pair at the moment. Please write `{slash}mentor end` first, then this.")
        )
    if any(pair.mentee == by and pair.state in {PairState.ASKED} | DECIDING for pair in mine):
        raise Refusal(say("You are on the waiting list. Please write `{slash}mentor end` first, then this."))
    return plan(
        remember(OptOut(), key=str(by.id), whose=by.id),
        Forget(kind=Volunteer.KIND, key=str(by.id)),
        Answer(text=say("Done: I leave you out of mentoring here. `{slash}mentor opt in` undoes it.")),
        because=say("@{by} opted out of mentoring", by=by.login),
    )


@says_whom_it_names
def opt_in(command: MentorCommand, _config: Mentoring) -> Plan:
    """Whoever had opted out may be asked and written to again."""
    by = command.by
    return plan(
        Forget(kind=OptOut.KIND, key=str(by.id)), Answer(), because=say("@{by} opted in again", by=by.login)
    )
