"""What is said where somebody is silent, gone, or waits for too long."""

from __future__ import annotations

from collections.abc import Sequence

from mentorbot.core.markdown import code, mention
from mentorbot.core.people import Person
from mentorbot.core.translator import phrase, say, say_list, say_plural
from mentorbot.features.mentoring.pairs.messages import in_area, mentor_mentioned, plain
from mentorbot.features.mentoring.pairs.pair import MentoringPair


def mentor_asked(pair: MentoringPair, *, nth: int) -> str:
    """To a mentor who has done nothing here for a while."""
    first = phrase(
        "{mentor}, how is it going with {mentee}{area}? I haven't seen you here for a while. If life is "
        "full, that is fine: `{slash}mentor pause 2 weeks` for a break, or `{slash}mentor change`, and I "
        "find somebody else for {mentee}."
    )
    again = phrase(
        "{mentor}, are you still {mentee}'s mentor{area}? A word here is enough. "
        "`{slash}mentor pause 2 weeks` and `{slash}mentor change` need no reason; if I see nothing of you "
        "for much longer, I look for somebody else."
    )
    return say(
        first if nth == 1 else again,
        mentor=mentor_mentioned(pair),
        mentee=plain(pair.mentee),
        area=in_area(pair.area),
    )


def mentor_relieved(pair: MentoringPair) -> str:
    """To the mentee whose mentor has fallen silent; the mentor reads it when they are back."""
    return say(
        "{mentee}, {mentor} hasn't been here for some weeks. That happens, and it has nothing to do with "
        "you. You are at the front of the queue for another mentor{area}, and I tell them what happened so "
        "far. {mentor}, thank you for your time; you are welcome back whenever it suits you.",
        mentee=mention(pair.mentee),
        mentor=plain(pair.mentor),
        area=in_area(pair.area),
    )


def mentor_left(pair: MentoringPair, *, requeued: bool) -> str:
    """To the mentee whose mentor is no longer one here."""
    if not requeued:
        return say(
            "{mentee}, your mentor{area} is no longer a mentor here. When you are back, `{slash}mentor me` "
            "finds somebody else.",
            mentee=mention(pair.mentee),
            area=in_area(pair.area),
        )
    return say(
        "{mentee}, your mentor{area} is no longer a mentor here; it has nothing to do with you. You are at "
        "the front of the queue for another one, and you need not do anything.",
        mentee=mention(pair.mentee),
        area=in_area(pair.area),
    )


def mentee_asked(pair: MentoringPair) -> str:
    """To a mentee who has done nothing here for a while, and to their mentor what may help."""
    return say(
        "{mentee}, how are you doing? No hurry at all: if something is in your way, say what it is, even if "
        "it seems small. If you are busy elsewhere, `{slash}mentor pause 4 weeks` keeps your mentor for "
        "you.\n\n{mentor}, it is often one small obstacle. A question that can be answered in a sentence "
        "helps most, such as “What did you try last?”",
        mentee=mention(pair.mentee),
        mentor=mentor_mentioned(pair),
    )


def mentee_rests(pair: MentoringPair) -> str:
    """To both when a mentee has been silent for long."""
    return say(
        "{mentee}, {mentor}: I let the two of you rest. It goes on by itself as soon as {mentee_name} does "
        "anything here, and nothing is expected of anybody until then.",
        mentee=mention(pair.mentee),
        mentor=mentor_mentioned(pair),
        mentee_name=plain(pair.mentee),
    )


def rest_over(pair: MentoringPair) -> str:
    """To both when nobody came back from a rest."""
    return say(
        "{mentor}, I give the seat of {mentee} to somebody else. Thank you for having kept it. {mentee}, the "
        "door stays open: `{slash}mentor me` starts again, with what you have done so far.",
        mentor=plain(pair.mentor),
        mentee=plain(pair.mentee),
    )


def somebody_waits(pair: MentoringPair, maintainers: Sequence[Person], *, days: int) -> str:
    """To the maintainers when somebody waits for a mentor for too long; read by the mentee, too."""
    who = say_list([mention(one) for one in maintainers]) or say("Maintainers")
    parts = [
        say_plural(
            "{who}: {mentee} has been waiting for a mentor for {count} day, and nobody is free. Could one of "
            "you step in, or name somebody in `.github/mentorbot.yml`?",
            "{who}: {mentee} has been waiting for a mentor for {count} days, and nobody is free. Could one "
            "of you step in, or name somebody in `.github/mentorbot.yml`?",
            days,
            who=who,
            mentee=plain(pair.mentee),
        )
    ]
    if pair.area:
        parts.append(say("They asked for {area}.", area=code(pair.area)))
    parts.append(say("{mentee}, you are not forgotten.", mentee=plain(pair.mentee)))
    return " ".join(parts)
