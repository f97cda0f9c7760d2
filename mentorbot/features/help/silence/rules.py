"""Who is left alone, and where the bot pauses. What follows from it is `engine/silence`'s to keep."""

from __future__ import annotations

from mentorbot.config.durations import Duration
from mentorbot.core.actions import Answer, DecideGreetings, Forget, LeaveAlone
from mentorbot.core.plan import Plan, plan, refuse
from mentorbot.core.translator import say
from mentorbot.feature_api.muting import Pause
from mentorbot.feature_api.records import remember
from mentorbot.features.help.config import Help
from mentorbot.features.help.silence import messages
from mentorbot.features.help.silence.facts import ContactWish, GreetingsDecision, PauseRequest

_ALL, _NONE = "all", "none"


def leave_alone(wish: ContactWish, _section: Help) -> Plan:
    """Whoever wants it is left alone in all repositories, until they say otherwise; nobody asks why."""
    return plan(
        LeaveAlone(person=wish.by, wanted=True, said_at=wish.said_at),
        Answer(text=messages.left_alone()),
        because=say("@{login} wants to be left alone", login=wish.by.login),
    )


def talk_again(wish: ContactWish, _section: Help) -> Plan:
    """Whoever wants to be talked to again is; to anybody else that changes nothing."""
    return plan(
        LeaveAlone(person=wish.by, wanted=False, said_at=wish.said_at),
        Answer(text=messages.talked_to()),
        because=say("@{login} wants to be talked to", login=wish.by.login),
    )


def pause(request: PauseRequest, _section: Help) -> Plan:
    """A repository is quiet for as long as somebody who may merge says; they always say for how long."""
    try:
        until = Duration.parse(request.wanted.lower().removeprefix("for ")).after(
            request.now, request.calendar
        )
    except ValueError:
        return refuse(
            messages.pause_how_long(),
            because=say("@{login} wants a pause, but said no time that I know", login=request.by.login),
        )
    told = messages.moment(until, request.calendar)
    return plan(
        remember(Pause(until), key=Pause.KEY),
        Answer(text=messages.paused(told)),
        because=say("@{login} wants a pause here until {moment}", login=request.by.login, moment=told),
    )


def resume(request: PauseRequest, _section: Help) -> Plan:
    """A pause ends when somebody who may ask for one says so."""
    if request.paused_until is None:
        return refuse(
            say("There is no pause here, so there is nothing to end."),
            because=say("@{login} wants to end a pause that there is not", login=request.by.login),
        )
    return plan(
        Forget(kind=Pause.KIND, key=Pause.KEY),
        Answer(),
        because=say("@{login} ended the pause here", login=request.by.login),
    )


def decide_greetings(decision: GreetingsDecision, _section: Help) -> Plan:
    """Greetings that wait are sent, or not, as a maintainer says: all of them at once."""
    by, wanted = decision.by, decision.wanted.strip().lower()
    if wanted not in {_ALL, _NONE}:
        return refuse(
            messages.greet_whom(),
            because=say("@{login} did not say which greetings to send", login=by.login),
        )
    if not decision.waiting:
        return refuse(
            say("No greeting waits here."),
            because=say("@{login} decided about greetings, but none waits", login=by.login),
        )
    if wanted == _ALL:
        because = say("@{login} wants those greeted who wait", login=by.login)
    else:
        because = say("@{login} wants nobody greeted who waits", login=by.login)
    word = messages.greetings_decided(decision.waiting, send=wanted == _ALL)
    decided = DecideGreetings(send=wanted == _ALL, word=word, because=because)
    return plan(decided, Answer(), because=because)
