"""What is said to people who want the bot to be quiet."""

from __future__ import annotations

from datetime import datetime

from mentorbot.config.calendar import Calendar
from mentorbot.core.translator import say, say_day, say_plural


def left_alone() -> str:
    return say(
        "I leave you alone now, in every repository where I work: no mention, no reminder, no request. "
        "Your own commands still get an answer. GitHub may still tell you what I write to others in threads "
        "that you follow. `/mentorbot talk to me` ends this."
    )


def talked_to() -> str:
    return say(
        "I talk to you, in every repository where I work. If it gets too much: `/mentorbot leave me alone`."
    )


def paused(until: str) -> str:
    return say(
        "I say nothing unasked in this repository until {moment}. Commands still get an answer. "
        "`/mentorbot resume` ends this.",
        moment=until,
    )


def pause_how_long() -> str:
    return say("Please say for how long, for instance `/mentorbot pause 1 week`.")


def greet_whom() -> str:
    return say("Please write `/mentorbot greet all` or `/mentorbot greet none`.")


def greetings_decided(count: int, *, send: bool) -> str:
    if send:
        return say_plural("I send one greeting now.", "I send {count} greetings now.", count)
    return say("I greet nobody of those who wait.")


def moment(at: datetime, calendar: Calendar) -> str:
    """A moment on the repository's clock: "2 March 2026, 11:00 CET"."""
    # Translators: a day, and a time with its zone, as in "2 March 2026, 11:00 CET".
    return say("{day}, {time}", day=say_day(at), time=f"{calendar.local(at):%H:%M %Z}")
