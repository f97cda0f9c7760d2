"""When a thread is silent, and when no more. What follows from it is `engine/write_limits`'s to keep."""

from __future__ import annotations

from datetime import datetime

from mentorbot.config.durations import Duration
from mentorbot.core.actions import Answer, Forget
from mentorbot.core.plan import Plan, plan, refuse
from mentorbot.core.translator import say
from mentorbot.feature_api.muting import Mute
from mentorbot.feature_api.records import remember
from mentorbot.features.help import messages
from mentorbot.features.help.config import Help
from mentorbot.features.help.muting.facts import MuteRequest


def mute(facts: MuteRequest, _section: Help) -> Plan:
    """A thread is quiet for as long as its author or a maintainer says; for good, if they don't say."""
    words = facts.wanted.lower().removeprefix("for ").strip()
    until = None
    if words and words not in {"good", "ever", "forever"}:
        try:
            until = Duration.parse(words).after(facts.now, facts.calendar)
        except ValueError:
            return refuse(
                say("For how long? Write a time such as `2 weeks`. Without one I stay quiet for good."),
                because=say(
                    "@{login} asked for silence, but not for how long in words I know", login=facts.by.login
                ),
            )
    silence = Mute(until)
    return plan(
        remember(silence, key=str(facts.number)),
        Answer(text=messages.silence_told(silence.ends, facts.calendar)),
        because=_because(until, facts),
    )


def unmute(facts: MuteRequest, _section: Help) -> Plan:
    """Silence ends when somebody who may ask for it asks for its end."""
    if facts.muted_until is None:
        return refuse(
            say("Nobody has asked me to be quiet here, so there is nothing to end."),
            because=say("@{login} wanted to end a silence that there is not", login=facts.by.login),
        )
    return plan(
        Forget(kind=Mute.KIND, key=str(facts.number)),
        Answer(),
        because=say("@{login} ended the silence here", login=facts.by.login),
    )


def _because(until: datetime | None, facts: MuteRequest) -> str:
    if until is None:
        return say("@{login} asked for silence here for good", login=facts.by.login)
    return say(
        "@{login} asked for silence here until {when}",
        login=facts.by.login,
        when=messages.moment(until, facts.calendar),
    )
