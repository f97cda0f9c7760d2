"""How it stands with a pair, in words, and what happened to it before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from mentorbot.core.markdown import as_text, code, mention
from mentorbot.core.people import Person
from mentorbot.core.translator import phrase, say, say_day, say_list, say_plural
from mentorbot.features.mentoring.pairs.pair import MentoringPair
from mentorbot.features.mentoring.pairs.state_machine import PairEvent, PairState
from mentorbot.features.mentoring.records import Chapter


def plain(person: Person | None) -> str:
    """Somebody's name without the @ that would notify them."""
    return as_text(person.login) if person is not None else "?"


def mentor_mentioned(pair: MentoringPair) -> str:
    return mention(pair.mentor) if pair.mentor is not None else "?"


def in_area(area: str) -> str:
    """The area as it goes into a sentence, or nothing."""
    return say(" for {area}", area=code(area)) if area else ""


_TELLABLE = {
    PairEvent.ASKED: phrase("asked for a mentor on {day}"),
    PairEvent.MENTOR_ACCEPTED: phrase("worked with {mentor} from {day}"),
    PairEvent.MENTEE_ACCEPTED: phrase("worked with {mentor} from {day}"),
    PairEvent.OFFERED: phrase("was offered help by {mentor} on {day}"),
    PairEvent.MENTOR_SILENT: phrase("lost touch with {mentor} by {day}"),
    PairEvent.MENTOR_LEFT: phrase("lost {mentor}, who is no longer a mentor here, by {day}"),
    PairEvent.PAUSED: phrase("took a break on {day}"),
}


def story_so_far(story: Sequence[Chapter]) -> str:
    """What happened before, so that nobody has to tell it again; nothing of why a pair came to its end."""
    told = [
        say(_TELLABLE[one.event], day=say_day(one.at), mentor=as_text(one.mentor_login))
        for one in story
        if one.event in _TELLABLE
    ]
    if len(told) < 2:  # noqa: PLR2004 - that somebody asked is no story yet
        return ""
    return say("The story so far: they {story}.", story=say_list(told[-6:]))


_STANDS = {
    PairState.OFFERED_BACK: phrase(
        "{mentor} has offered to be {mentee}'s mentor{area}; {mentee} is to say yes or no."
    ),
    PairState.PROPOSED: phrase(
        "{mentor} and {mentee} were proposed as a pair{area}; both are to say yes or no."
    ),
    PairState.ACTIVE: phrase("{mentor} is {mentee}'s mentor{area}."),
    PairState.PAUSED: phrase("{mentor} and {mentee} are a pair{area} that takes a break."),
    PairState.NOBODY: phrase("{mentee} has no mentor{area}, and hasn't asked for one."),
}


def how_it_stands(pair: MentoringPair, *, now: datetime, until: datetime | None = None) -> str:
    """Why what somebody wanted of a pair isn't possible: in which state it is."""
    area = in_area(pair.area)
    mentee, mentor = plain(pair.mentee), plain(pair.mentor)
    if pair.state is PairState.ASKED:
        return say(
            "{mentee} is on the waiting list for a mentor{area} since {day}.",
            mentee=mentee,
            area=area,
            day=say_day(pair.asked_at or now),
        )
    if pair.state is PairState.OFFERED:
        told = say(
            "{mentor} was asked to be {mentee}'s mentor{area}, and thinks about it.",
            mentor=mentor,
            mentee=mentee,
            area=area,
        )
        if until is not None and until > now:
            minutes = max(1, round((until - now).total_seconds() / 60))
            told += " " + say_plural(
                "It is theirs to answer for one more minute.",
                "It is theirs to answer for {count} more minutes.",
                minutes,
            )
        return told
    return say(_STANDS.get(pair.state, _STANDS[PairState.NOBODY]), mentor=mentor, mentee=mentee, area=area)
