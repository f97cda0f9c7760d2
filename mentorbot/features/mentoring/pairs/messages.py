"""How it stands with a pair, in words, and what happened to it before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from mentorbot.core.markdown import as_text, code, mention
from mentorbot.core.people import Person
from mentorbot.core.translator import phrase, say, say_day, say_plural
from mentorbot.features.mentoring.pairs.pair import MentoringPair, times_together
from mentorbot.features.mentoring.pairs.state_machine import PairState
from mentorbot.features.mentoring.records import Chapter

_MOST_TOLD = 3


def plain(person: Person | None) -> str:
    """Somebody's name without the @ that would notify them."""
    return as_text(person.login) if person is not None else "?"


def mentor_mentioned(pair: MentoringPair) -> str:
    return mention(pair.mentor) if pair.mentor is not None else "?"


def sentences(*parts: str) -> str:
    """One paragraph of these sentences, the empty ones left out."""
    return " ".join(part for part in parts if part)


def paragraphs(*parts: str) -> str:
    """Paragraphs, each for a reader of its own, the empty ones left out."""
    return "\n\n".join(part for part in parts if part)


def about_area(area: str) -> str:
    """Which area it is about, in a sentence of its own, or nothing."""
    return say("It is about {area}.", area=code(area)) if area else ""


def story_so_far(mentee: Person, story: Sequence[Chapter]) -> str:
    """With whom the mentee worked before, so that nobody has to tell it again; nothing of why it ended."""
    told = [
        say(
            "{mentee} worked with {mentor} from {begin} to {end}.",
            mentee=plain(mentee),
            mentor=as_text(one.mentor_login),
            begin=say_day(one.begin),
            end=say_day(one.end),
        )
        for one in times_together(story)
        if one.end is not None
    ]
    return sentences(*told[-_MOST_TOLD:])


_TO_THE_MENTEE = {
    PairState.ASKED: phrase(
        "You are on the waiting list for a mentor, since {day}. I ask the next one who has time."
    ),
    PairState.OFFERED: phrase(
        "I have asked {mentor} to be your mentor. There is no answer yet. If it is no, I ask somebody else."
    ),
    PairState.OFFERED_BACK: phrase(
        "{mentor} offers to be your mentor. Write `{slash}mentor accept` or `{slash}mentor decline`."
    ),
    PairState.PROPOSED: phrase(
        "{mentor} was suggested as your mentor. It begins when both of you write `{slash}mentor accept`."
    ),
    PairState.ACTIVE: phrase(
        "{mentor} is your mentor. To bring them a question, write `{slash}mentor help` above it."
    ),
    PairState.PAUSED: phrase("You and {mentor} take a break. `{slash}mentor resume` ends it."),
    PairState.NOBODY: phrase("You have no mentor here. `{slash}mentor me` asks for one."),
}
_TO_THE_MENTOR = {
    PairState.OFFERED: phrase(
        "You were asked to be {mentee}'s mentor. Write `{slash}mentor accept` or `{slash}mentor decline`."
    ),
    PairState.OFFERED_BACK: phrase(
        "You have offered to be {mentee}'s mentor. It begins when {mentee} says yes."
    ),
    PairState.PROPOSED: phrase(
        "You were suggested as {mentee}'s mentor. It begins when both of you write `{slash}mentor accept`."
    ),
    PairState.ACTIVE: phrase("You are {mentee}'s mentor."),
    PairState.PAUSED: phrase("You and {mentee} take a break. `{slash}mentor resume` ends it."),
}
_TO_OTHERS = {
    PairState.ASKED: phrase("{mentee} waits for a mentor. A mentor can write `{slash}mentor accept` here."),
    PairState.OFFERED: phrase("I have asked {mentor} to be {mentee}'s mentor. There is no answer yet."),
    PairState.OFFERED_BACK: phrase(
        "{mentor} has offered to be {mentee}'s mentor. {mentee} has not answered yet."
    ),
    PairState.PROPOSED: phrase(
        "{mentor} and {mentee} were suggested as a pair. Both have to say yes before it begins."
    ),
    PairState.ACTIVE: phrase("{mentor} is {mentee}'s mentor."),
    PairState.PAUSED: phrase("{mentor} is {mentee}'s mentor, and they take a break."),
    PairState.NOBODY: phrase("{mentee} has no mentor here at the moment."),
}


def how_it_stands(pair: MentoringPair, *, to: Person, now: datetime) -> str:
    """Why what somebody wanted of a pair isn't possible, told to them: in which state it is."""
    state = pair.state if pair.state in _TO_OTHERS else PairState.NOBODY
    told = _TO_OTHERS[state]
    if to == pair.mentee:
        told = _TO_THE_MENTEE[state]
    elif to == pair.mentor:
        told = _TO_THE_MENTOR.get(state, told)
    return sentences(
        say(
            told,
            mentor=plain(pair.mentor),
            mentee=plain(pair.mentee),
            day=say_day(pair.asked_at or now),
        ),
        about_area(pair.area),
    )


def somebody_else_first(pair: MentoringPair, *, now: datetime, until: datetime) -> str:
    """To a mentor who would like to take a request that is for now somebody else's to answer."""
    minutes = max(1, round((until - now).total_seconds() / 60))
    return say_plural(
        "I have asked {mentor} first. In one minute, any mentor can write `{slash}mentor accept` here.",
        "I have asked {mentor} first. In {count} minutes, any mentor can write `{slash}mentor accept` here.",
        minutes,
        mentor=plain(pair.mentor),
    )
