"""What is said when a pair takes a break, changes or ends by command; each reader has their own paragraph."""

from __future__ import annotations

from mentorbot.core.markdown import mention
from mentorbot.core.people import Person
from mentorbot.core.translator import say, say_day, say_list
from mentorbot.features.mentoring.pairs.messages import (
    about_area,
    mentor_mentioned,
    paragraphs,
    plain,
    sentences,
)
from mentorbot.features.mentoring.pairs.pair import MentoringPair


def withdrawn(pair: MentoringPair, *, by: Person) -> str:
    """To whoever took back a mentee's wish: the mentee, or a maintainer."""
    if by == pair.mentee:
        return say("Done: I no longer look for a mentor for you. `{slash}mentor me` asks again.")
    return say("Done: I no longer look for a mentor for {mentee}.", mentee=plain(pair.mentee))


def ended(pair: MentoringPair, *, by: Person, feedback: str) -> str:
    """To the other side when somebody ends it; to both where a maintainer does."""
    to_mentee = sentences(
        say(
            "{mentee}, your time with {mentor} as your mentor has ended. That is nobody's fault.",
            mentee=mention(pair.mentee),
            mentor=plain(pair.mentor),
        ),
        about_area(pair.area),
        say("If you would like another mentor, write `{slash}mentor me`."),
    )
    to_mentor = sentences(
        say(
            "{mentor}, your time as {mentee}'s mentor has ended. That is nobody's fault. Thank you for your "
            "help!",
            mentor=mentor_mentioned(pair),
            mentee=plain(pair.mentee),
        ),
        about_area(pair.area),
    )
    return paragraphs(
        to_mentee if by != pair.mentee else "", to_mentor if by != pair.mentor else "", _feedback(feedback)
    )


def changed(pair: MentoringPair, *, feedback: str) -> str:
    """To both when one of them wants another match. Who, and why, is not told."""
    return paragraphs(
        sentences(
            say(
                "{mentee}, your time with {mentor} has ended, and that is nobody's fault. You are at the "
                "front of the waiting list for another mentor.",
                mentee=mention(pair.mentee),
                mentor=plain(pair.mentor),
            ),
            about_area(pair.area),
        ),
        say(
            "{mentor}, thank you for your help! There is nothing more for you to do for {mentee}.",
            mentor=mentor_mentioned(pair),
            mentee=plain(pair.mentee),
        ),
        say("Nobody needs to say why: the reason stays with whoever has it."),
        _feedback(feedback),
    )


def graduated(pair: MentoringPair, *, may_volunteer: bool, feedback: str) -> str:
    """To both when the mentee needs no mentor any more."""
    return paragraphs(
        sentences(
            say("{mentee}, you go on without a mentor from here. Well done! 🎓", mentee=mention(pair.mentee)),
            about_area(pair.area),
            say("Would you like to help somebody newer? Write `{slash}mentor volunteer`.")
            if may_volunteer
            else "",
        ),
        say(
            "{mentor}, thank you for your help: {mentee} goes on without a mentor from here.",
            mentor=mentor_mentioned(pair),
            mentee=plain(pair.mentee),
        ),
        _feedback(feedback),
    )


def paused(pair: MentoringPair, *, by: Person) -> str:
    """To the other side when somebody takes a break; to both where a maintainer says so."""
    return sentences(
        say(
            "{people}, your mentoring has a break until {day}. I ask nothing of you until then, and "
            "`{slash}mentor resume` ends it earlier.",
            # Translators: {people} is one name or two, those who are told.
            people=say_list([mention(one) for one in pair.people if one != by]),
            day=say_day(pair.until) if pair.until else "?",
        ),
        about_area(pair.area),
    )


def _feedback(feedback: str) -> str:
    if not feedback:
        return ""
    return say("Would you like to tell in private how it went? You can, here: {where}", where=feedback)
