"""What people say about themselves: they volunteer, are away, or want nothing of mentoring."""

from __future__ import annotations

from mentorbot.core.actions import Answer, Forget
from mentorbot.core.plan import Plan, Refusal, plan
from mentorbot.core.translator import say, say_day, say_list, say_plural
from mentorbot.feature_api.records import remember
from mentorbot.features.mentoring.config import Eligible, Mentoring
from mentorbot.features.mentoring.facts import MentorCommand, as_area
from mentorbot.features.mentoring.matching.messages import no_area
from mentorbot.features.mentoring.named_people import says_whom_it_names
from mentorbot.features.mentoring.pairs.state_machine import DECIDING, PairState
from mentorbot.features.mentoring.records import Absence, OptOut, Volunteer


@says_whom_it_names
def volunteer(command: MentorCommand, config: Mentoring) -> Plan:
    """Somebody who has done enough here may be asked to be a mentor from now on."""
    by = command.by
    if by.id in command.roster.mentors and not command.roster.mentors[by.id].volunteer:
        raise Refusal(say("You are a mentor here already, thank you: maintainers have named you."))
    if config.eligible is None:
        raise Refusal(
            say("Mentors are named by the maintainers here, in `.github/mentorbot.yml`."), allowed=False
        )
    if not command.is_eligible:
        raise Refusal(_not_yet(config.eligible), allowed=False)
    unknown = [word for word in command.words if as_area(word) not in config.areas]
    if unknown:
        raise Refusal(no_area(unknown[0], config.areas))
    areas = tuple(name for name in map(as_area, (command.area, *command.words)) if name in config.areas)
    return plan(
        remember(Volunteer(login=by.login, areas=areas), key=str(by.id), whose=by.id),
        Forget(kind=OptOut.KIND, key=str(by.id)),
        Answer(
            reaction="heart",
            text=say(
                "Thank you! I ask you when somebody fits, never more than {count} at a time. "
                "`{slash}mentor away 2 weeks` for a break, `{slash}mentor opt out` to leave.",
                count=config.capacity,
            ),
        ),
        because=f"@{by.login} volunteered as a mentor",
    )


def _not_yet(wanted: Eligible) -> str:
    asked = []
    if wanted.merged:
        asked.append(say_plural("one merged pull request", "{count} merged pull requests", wanted.merged))
    if wanted.reviews:
        asked.append(
            say_plural(
                "one review of somebody else's work", "{count} reviews of others' work", wanted.reviews
            )
        )
    return say(
        "That is kind of you. Mentors here have {wanted}; I look forward to asking you then.",
        wanted=say_list(asked),
    )


@says_whom_it_names
def be_away(command: MentorCommand, _config: Mentoring) -> Plan:
    """A mentor isn't asked for as long as they say; their mentees stay theirs."""
    by = command.by
    if command.span in {"", "back", "no", "off"}:
        return plan(Forget(kind=Absence.KIND, key=str(by.id)), Answer(), because=f"@{by.login} is back")
    until = command.until()
    told = say("Enjoy it. I ask nothing of you until {day}.", day=say_day(until))
    if command.roster.mentees_of(by):
        told += " " + say("Your mentees' questions go to your own mentor or the other mentors meanwhile.")
    return plan(
        remember(Absence(until=until, login=by.login), key=str(by.id), whose=by.id),
        Answer(text=told),
        because=f"@{by.login} is away until {until:%Y-%m-%d}",
    )


@says_whom_it_names
def opt_out(command: MentorCommand, _config: Mentoring) -> Plan:
    """Whoever wants nothing of this is left alone: not asked, not written to, not counted."""
    by = command.by
    mine = command.roster.of(by)
    if any(pair.has_seat for pair in mine):
        raise Refusal(say("You are in a pair at the moment: `{slash}mentor end` first, then this."))
    if any(pair.mentee == by and pair.state in {PairState.ASKED} | DECIDING for pair in mine):
        raise Refusal(say("You are on the waiting list: `{slash}mentor end` first, then this."))
    return plan(
        remember(OptOut(), key=str(by.id), whose=by.id),
        Forget(kind=Volunteer.KIND, key=str(by.id)),
        Answer(text=say("Done: mentoring leaves you alone. `{slash}mentor opt in` undoes it.")),
        because=f"@{by.login} opted out of mentoring",
    )


@says_whom_it_names
def opt_in(command: MentorCommand, _config: Mentoring) -> Plan:
    """Whoever had opted out may be asked and written to again."""
    by = command.by
    return plan(Forget(kind=OptOut.KIND, key=str(by.id)), Answer(), because=f"@{by.login} opted in again")
