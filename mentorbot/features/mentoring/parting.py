"""What is decided when a pair takes a break, goes on, changes, ends, or has reached its goal."""

from __future__ import annotations

from dataclasses import replace

from mentorbot.config.durations import Duration
from mentorbot.core.actions import Answer
from mentorbot.core.plan import Plan, Refusal, plan
from mentorbot.features.mentoring import messages, messages_partings
from mentorbot.features.mentoring.asking import look_for_mentor
from mentorbot.features.mentoring.config import Mentoring
from mentorbot.features.mentoring.declaring import declares
from mentorbot.features.mentoring.facts import Given
from mentorbot.features.mentoring.language import phrase
from mentorbot.features.mentoring.machine import DECIDING, SEATED, Happening, State
from mentorbot.features.mentoring.pair import Pair
from mentorbot.features.mentoring.steps import Doing, Step, step

_NO_PAIR = phrase("You have no mentor and no mentee here whom this could be about.")


@declares
def end(given: Given, config: Mentoring) -> Plan:
    """Either side ends a pair, or takes back a wish, without a reason."""
    pair = _mine(given, frozenset({State.ASKED}) | DECIDING | SEATED)
    withdrawn = not pair.has_seat
    if withdrawn and pair.mentee != given.by and not given.is_maintainer:
        raise Refusal(
            given.say("There is nothing to end yet: `{slash}mentor decline` says no.", slash=given.slash)
        )
    done = _step(pair, Happening.ENDED, given)
    text = messages_partings.ended(
        given.say, pair, by=given.by, feedback=config.feedback, withdrawn=withdrawn, slash=given.slash
    )
    because = "a wish for a mentor was taken back" if withdrawn else "one of a pair ended it, without fault"
    return plan(*done.records, Answer(text=text), because=because)


@declares
def change(given: Given, config: Mentoring) -> Plan:
    """Either side asks for another match; nobody is told who it was, or why."""
    pair = _mine(given, SEATED)
    done = _step(pair, Happening.CHANGED, given)
    roster = given.roster.with_pair(done.pair)
    if pair.mentor is not None:
        roster = replace(roster, apart=roster.apart | {(pair.mentee.id, pair.mentor.id)})
    search = look_for_mentor(done.pair, roster, given)
    parts = [messages_partings.changed(given.say, pair, feedback=config.feedback)]
    if search.step is not None and search.proposal is not None:
        story = given.stories.get(pair.key, ())
        parts.append(
            messages.asked(given.say, search.step.pair, search.proposal, slash=given.slash, story=story)
        )
    answer = Answer(text="\n\n".join(parts))
    return plan(
        *done.records, *search.records, answer, because="a pair came to its end; the mentee is matched anew"
    )


@declares
def graduate(given: Given, config: Mentoring) -> Plan:
    """Either side says that the mentee goes on alone."""
    pair = _mine(given, SEATED)
    done = _step(pair, Happening.GRADUATED, given)
    text = messages_partings.graduated(given.say, pair, feedback=config.feedback, slash=given.slash)
    return plan(
        *done.records, Answer(reaction="hooray", text=text), because=f"@{pair.mentee.login} has graduated"
    )


@declares
def pause(given: Given, _config: Mentoring) -> Plan:
    """Either side takes a break for as long as they say."""
    pair = _mine(given, SEATED)
    words = " ".join(given.words).lower().removeprefix("for ").strip()
    if not words:
        raise Refusal(given.say("Say for how long: `{slash}mentor pause 2 weeks`.", slash=given.slash))
    try:
        until = Duration.parse(words).after(given.now, given.calendar)
    except ValueError as unreadable:
        raise Refusal(given.say("I could not tell for how long: {why}.", why=str(unreadable))) from unreadable
    done = step(
        pair, Doing(happening=Happening.PAUSED, now=given.now, by=given.by, until=until), given.roster
    )
    text = messages_partings.paused(given.say, done.pair, by=given.by, slash=given.slash)
    return plan(*done.records, Answer(text=text), because=f"a break until {until:%Y-%m-%d}")


@declares
def resume(given: Given, _config: Mentoring) -> Plan:
    """Either side ends a break."""
    pair = _mine(given, frozenset({State.PAUSED}))
    done = _step(pair, Happening.RESUMED, given)
    return plan(*done.records, Answer(), because=f"@{given.by.login} ended a break")


def _step(pair: Pair, happening: Happening, given: Given) -> Step:
    return step(pair, Doing(happening=happening, now=given.now, by=given.by), given.roster)


def _mine(given: Given, states: frozenset[State]) -> Pair:
    """The pair of this person that is meant. Raises Refusal where that isn't clear."""
    say, by = given.say, given.by
    mine = [pair for pair in given.roster.pairs if by in {pair.mentee, pair.mentor}]
    if not any(pair.state in states for pair in mine) and given.is_maintainer and given.named:
        mine = [pair for pair in given.roster.pairs if pair.mentee in given.named]
    fitting = [
        pair
        for pair in mine
        if pair.state in states
        and (not given.area or pair.area == given.area)
        and (not given.named or {pair.mentee, pair.mentor} & set(given.named))
    ]
    here = [pair for pair in fitting if pair.thread == given.thread.number]
    found = here or fitting
    if not found:
        raise Refusal(
            messages.how_it_stands(say, mine[0], now=given.now) if len(mine) == 1 else say(_NO_PAIR)
        )
    if len(found) > 1:
        others = [messages.plain(one.mentor if one.mentee == by else one.mentee) for one in found]
        raise Refusal(
            say(
                "That could be about {people}: name one, with an @ in front, or the area.",
                people=say.listed(sorted(set(others))),
            )
        )
    return found[0]
