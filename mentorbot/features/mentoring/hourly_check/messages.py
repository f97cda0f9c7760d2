"""What is said where somebody is silent, gone, or waits for too long; each reader has their own paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from mentorbot.core.markdown import mention
from mentorbot.core.people import Person
from mentorbot.core.translator import phrase, say, say_day, say_list, say_plural
from mentorbot.features.mentoring.pairs.messages import (
    about_area,
    mentor_mentioned,
    paragraphs,
    plain,
    sentences,
)
from mentorbot.features.mentoring.pairs.pair import MentoringPair

_FIRST = phrase(
    "{mentor}, how is it going with {mentee}? If you have little time, that is fine: "
    "`{slash}mentor pause 2 weeks` is a break, and with `{slash}mentor change` I look for somebody else. "
    "Neither needs a reason."
)
_AGAIN = phrase(
    "{mentor}, do you still have time for {mentee}? A short comment is enough. `{slash}mentor pause 2 weeks` "
    "is a break, and with `{slash}mentor change` I look for somebody else. If nothing happens for much "
    "longer, I do that without being asked."
)


def mentor_asked(pair: MentoringPair, *, nth: int) -> str:
    """To a mentor who has done nothing here for a while."""
    return say(
        _FIRST if nth == 1 else _AGAIN,
        mentor=mentor_mentioned(pair),
        mentee=plain(pair.mentee),
    )


def mentor_relieved(pair: MentoringPair) -> str:
    """To the mentee whose mentor has fallen silent; the mentor reads it when they are back."""
    return paragraphs(
        sentences(
            say(
                "{mentee}, {mentor} has not been here for a while. That has nothing to do with you.",
                mentee=mention(pair.mentee),
                mentor=plain(pair.mentor),
            ),
            _in_front(),
        ),
        say(
            "{mentor}, thank you for your time. You are welcome back whenever you like.",
            mentor=plain(pair.mentor),
        ),
    )


def mentor_left(pair: MentoringPair, *, requeued: bool) -> str:
    """To the mentee whose mentor is no longer one here."""
    return sentences(
        say(
            "{mentee}, your mentor is no longer a mentor here. That has nothing to do with you.",
            mentee=mention(pair.mentee),
        ),
        about_area(pair.area),
        _in_front() if requeued else say("When you are back, `{slash}mentor me` looks for somebody else."),
    )


def _in_front() -> str:
    return say("You are at the front of the waiting list for another mentor, and need not do anything.")


def mentee_asked(pair: MentoringPair) -> str:
    """To a mentee who has done nothing here for a while, and to their mentor what may help."""
    return paragraphs(
        say(
            "{mentee}, how are you doing? There is no hurry. If something is in your way, say what it is, "
            "even if it seems small. If you are busy, `{slash}mentor pause 4 weeks` keeps your mentor.",
            mentee=mention(pair.mentee),
        ),
        say(
            "{mentor}, a small question often helps, such as “What did you try last?”",
            mentor=mentor_mentioned(pair),
        ),
    )


def mentee_rests(pair: MentoringPair, *, until: datetime) -> str:
    """To both when a mentee has been silent for long."""
    return paragraphs(
        say(
            "{mentee}, I keep your mentor for you until {day}, and ask you nothing more. When you are back, "
            "a comment here is enough to go on.",
            mentee=mention(pair.mentee),
            day=say_day(until),
        ),
        say("{mentor}, there is nothing for you to do until then.", mentor=mentor_mentioned(pair)),
    )


def rest_over(pair: MentoringPair) -> str:
    """To both when nobody came back from a rest."""
    return paragraphs(
        say(
            "{mentee}, you are welcome back at any time: `{slash}mentor me` asks for a mentor again.",
            mentee=plain(pair.mentee),
        ),
        say(
            "{mentor}, you have room for somebody else now. Thank you for waiting for {mentee}.",
            mentor=plain(pair.mentor),
            mentee=plain(pair.mentee),
        ),
    )


def somebody_waits(
    pair: MentoringPair, maintainers: Sequence[Person], *, days: int, why: str, asked: int
) -> str:
    """To the maintainers when somebody waits for a mentor for too long, and below to the mentee.

    `why` is why nobody can be asked now, `asked` how many mentors were asked so far.
    """
    who = say_list([mention(one) for one in maintainers]) or say("Maintainers")
    so_far = (
        say_plural(
            "I have asked one mentor so far, and have no yes yet.",
            "I have asked {count} mentors so far, and have no yes yet.",
            asked,
        )
        if asked
        else ""
    )
    return paragraphs(
        sentences(
            say_plural(
                "{who}, {mentee} has been waiting for a mentor for {count} day.",
                "{who}, {mentee} has been waiting for a mentor for {count} days.",
                days,
                who=who,
                mentee=plain(pair.mentee),
            ),
            about_area(pair.area),
            so_far,
            why,
            say("Could one of you help, or add a mentor in `.github/mentorbot.yml`?"),
        ),
        sentences(
            say("{mentee}, you are not forgotten: I keep looking.", mentee=plain(pair.mentee)),
            so_far,
        ),
    )
