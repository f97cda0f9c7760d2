"""What is decided when a pair takes a break, goes on, changes, ends, or has reached its goal."""

from __future__ import annotations

from collections.abc import Collection

from mentorbot.core.actions import Answer
from mentorbot.core.plan import Plan, Refusal, plan
from mentorbot.core.translator import say, say_day, say_list
from mentorbot.features.mentoring.config import Mentoring
from mentorbot.features.mentoring.facts import MentorCommand
from mentorbot.features.mentoring.matching.candidates import find_mentor
from mentorbot.features.mentoring.matching.rules import applied, request_to
from mentorbot.features.mentoring.named_people import says_whom_it_names
from mentorbot.features.mentoring.pairs.messages import how_it_stands, plain
from mentorbot.features.mentoring.pairs.pair import MentoringPair
from mentorbot.features.mentoring.pairs.state_machine import DECIDING, SEATED, PairEvent, PairState
from mentorbot.features.mentoring.pausing_and_ending import messages


@says_whom_it_names
def pause(command: MentorCommand, _config: Mentoring) -> Plan:
    """Either side takes a break for as long as they say."""
    pair = _meant(command, SEATED)
    if not command.span:
        raise Refusal(say("For how long? Write for example `{slash}mentor pause 2 weeks`."))
    until = command.until()
    done = applied(pair, PairEvent.PAUSED, command, until=until)
    text = messages.paused(done.pair, by=command.by)
    return plan(
        *done.records, Answer(text=text), because=say("they take a break until {day}", day=say_day(until))
    )


@says_whom_it_names
def resume(command: MentorCommand, _config: Mentoring) -> Plan:
    """Either side ends a break."""
    done = applied(_meant(command, {PairState.PAUSED}), PairEvent.RESUMED, command)
    return plan(*done.records, Answer(), because=say("@{by} ended a break", by=command.by.login))


@says_whom_it_names
def change(command: MentorCommand, config: Mentoring) -> Plan:
    """Either side asks for another match; no reason is asked for, or told."""
    pair = _meant(command, SEATED)
    done = applied(pair, PairEvent.CHANGED, command)
    found = find_mentor(done.pair, done.roster_after(command.roster), command.known)
    parts = [messages.changed(pair, feedback=config.feedback)]
    if found is not None:
        parts.append(request_to(found, command))
    return plan(
        *done.records,
        *(found.applied.records if found is not None else ()),
        Answer(text="\n\n".join(parts)),
        because=say("a pair came to its end, and I look for another mentor"),
    )


@says_whom_it_names
def graduate(command: MentorCommand, config: Mentoring) -> Plan:
    """Either side says that the mentee goes on alone."""
    pair = _meant(command, SEATED)
    done = applied(pair, PairEvent.GRADUATED, command)
    may_volunteer = pair.mentee.id in command.may_volunteer
    text = messages.graduated(pair, may_volunteer=may_volunteer, feedback=config.feedback)
    because = say("@{mentee} goes on without a mentor", mentee=pair.mentee.login)
    return plan(*done.records, Answer(reaction="hooray", text=text), because=because)


@says_whom_it_names
def end(command: MentorCommand, config: Mentoring) -> Plan:
    """Either side ends a pair, or takes back a wish, without a reason."""
    by = command.by
    pair = _meant(command, {PairState.ASKED} | DECIDING | SEATED)
    if pair.has_seat:
        text = messages.ended(pair, by=by, feedback=config.feedback)
        because = say("a pair was ended, without fault")
    elif pair.mentee == by or command.is_maintainer:
        text = messages.withdrawn(pair, by=by)
        because = say("a wish for a mentor was taken back")
    else:
        raise Refusal(say("It has not begun, so there is nothing to end. `{slash}mentor decline` says no."))
    done = applied(pair, PairEvent.ENDED, command)
    return plan(*done.records, Answer(text=text), because=because)


def _meant(command: MentorCommand, states: Collection[PairState]) -> MentoringPair:
    """The pair of this person that is meant. Raises Refusal where that isn't clear."""
    by = command.by
    mine = command.roster.of(by)
    if not any(pair.state in states for pair in mine) and command.is_maintainer and command.named:
        mine = tuple(pair for pair in command.roster.pairs if pair.mentee in command.named)
    fitting = [
        pair
        for pair in mine
        if pair.state in states
        and (not command.area or pair.area == command.area)
        and any(command.names(one) for one in pair.people)
    ]
    here = [pair for pair in fitting if pair.thread == command.thread.number]
    found = here or fitting
    if not found and len(mine) == 1:
        raise Refusal(how_it_stands(mine[0], to=by, now=command.now))
    if not found:
        raise Refusal(say("You have no mentor and no mentee here. `{slash}mentor me` asks for a mentor."))
    if len(found) > 1:
        others = {plain(one.mentor if one.mentee == by else one.mentee) for one in found}
        raise Refusal(
            say(
                "This could be about {people}. Please add one of the names, with an @ in front, or the area.",
                people=say_list(sorted(others)),
            )
        )
    return found[0]
