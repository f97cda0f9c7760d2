"""What mentoring says to people about their pair, in English; `language` translates it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from mentorbot.core.markdown import as_text, code, mention
from mentorbot.core.people import Person
from mentorbot.features.mentoring.language import Words, phrase
from mentorbot.features.mentoring.machine import Happening, State
from mentorbot.features.mentoring.matching import Proposal
from mentorbot.features.mentoring.pair import Chapter, Pair


def plain(person: Person | None) -> str:
    """Somebody's name without the @ that would notify them."""
    return as_text(person.login) if person is not None else "?"


def in_area(say: Words, area: str) -> str:
    """The area as it goes into a sentence, or nothing."""
    return say(" for {area}", area=code(area)) if area else ""


def asked(
    say: Words,
    pair: Pair,
    proposal: Proposal,
    *,
    slash: str,
    story: Sequence[Chapter] = (),
    by: Person | None = None,
) -> str:
    """To the mentor who is asked, read by the mentee, too; `by` is the maintainer who thought of it."""
    reasons = [say.reason(reason) for reason in proposal.reasons]
    parts = [
        say(
            "{mentor}, would you like to be {mentee}'s mentor{area}? "
            "It means being the one to ask, and looking in once a week or so.",
            mentor=mention(proposal.mentor),
            mentee=mention(pair.mentee),
            area=in_area(say, pair.area),
        )
    ]
    if reasons:
        parts.append(
            say(
                "I ask you because {mentor} {reasons}.",
                mentor=plain(proposal.mentor),
                reasons=say.listed(reasons),
            )
        )
    if by is not None:
        parts.append(say("{by} thought of you.", by=plain(by)))
    if told := story_so_far(say, story):
        parts.append(told)
    parts.append(
        say(
            "Write `{slash}mentor accept` or `{slash}mentor decline` on a line of its own. "
            "No is a good answer, too: I then ask somebody else.",
            slash=slash,
        )
    )
    return "\n\n".join(parts)


def wait_for_answer(say: Words, mentor: Person) -> str:
    """To a mentee whose wish was just passed on."""
    return say(
        "Good that you ask. I have asked {mentor}. If they have no time, I ask somebody else, and you need "
        "not do anything. Until then, questions are welcome right here.",
        mentor=plain(mentor),
    )


def wait_in_queue(say: Words, pair: Pair, *, area_is_covered: bool, place: int, slash: str) -> str:
    """To a mentee for whom there is nobody at the moment."""
    if not area_is_covered:
        why = (
            say("Nobody here offers help with {area} at the moment.", area=code(pair.area))
            if pair.area
            else say("Nobody here offers to be a mentor at the moment.")
        )
    else:
        why = say("All mentors who would fit have their hands full or are away at the moment.")
    next_ = say(
        "You are number {place} on the waiting list, I ask the first who has time, and the maintainers are "
        "told if it takes long. Meanwhile, questions are welcome right here.",
        place=place,
    )
    other = (
        say("`{slash}mentor me` without an area finds somebody for questions of any kind.", slash=slash)
        if pair.area and not area_is_covered
        else ""
    )
    return " ".join(part for part in (why, next_, other) if part)


def offer(say: Words, pair: Pair, *, slash: str) -> str:
    """To a mentee to whom somebody offers to be their mentor."""
    return say(
        "{mentee}, {mentor} offers to be your mentor{area}: somebody to ask anything, big or small, who "
        "looks in now and then. You would like that? Write `{slash}mentor accept` on a line of its own. If "
        "not, `{slash}mentor decline`, and nobody minds.",
        mentee=mention(pair.mentee),
        mentor=plain(pair.mentor),
        area=in_area(say, pair.area),
        slash=slash,
    )


def proposal(say: Words, pair: Pair, by: Person, *, slash: str) -> str:
    """To both when a maintainer proposes a pair."""
    return say(
        "{by} thinks that {mentor} and {mentee} could work well together, with {mentor_name} as the "
        "mentor{area}. It begins when both of you write `{slash}mentor accept`. If you would rather not, "
        "`{slash}mentor decline` needs no reason.",
        by=plain(by),
        mentor=mention(pair.mentor) if pair.mentor else "?",
        mentee=mention(pair.mentee),
        mentor_name=plain(pair.mentor),
        area=in_area(say, pair.area),
        slash=slash,
    )


def introduction(
    say: Words, pair: Pair, *, slash: str, guide: str = "", story: Sequence[Chapter] = ()
) -> str:
    """To both when they are a pair."""
    parts = [
        say(
            "{mentee}, meet {mentor}, your mentor{area}. 🎉",
            mentee=mention(pair.mentee),
            mentor=mention(pair.mentor) if pair.mentor else "?",
            area=in_area(say, pair.area),
        ),
        say(
            "- {mentee}: say in a sentence or two what you would like to do first. Ask anything; "
            "`{slash}mentor help` before a question brings it to {mentor}.\n"
            "- {mentor}: `{slash}mentees` shows how your mentees are doing and what waits for you.\n"
            "- Both: `{slash}mentor pause 2 weeks` for a break, `{slash}mentor change` for another match and "
            "`{slash}mentor end` work at any time, without a reason.",
            mentee=plain(pair.mentee),
            mentor=plain(pair.mentor),
            slash=slash,
        ),
    ]
    if guide:
        parts.insert(1, say("How things are done there: {guide}", guide=guide))
    if told := story_so_far(say, story):
        parts.append(told)
    return "\n\n".join(parts)


_TELLABLE = {
    Happening.ASKED: phrase("asked for a mentor on {day}"),
    Happening.MENTOR_ACCEPTED: phrase("worked with {mentor} from {day}"),
    Happening.MENTEE_ACCEPTED: phrase("worked with {mentor} from {day}"),
    Happening.OFFERED: phrase("was offered help by {mentor} on {day}"),
    Happening.MENTOR_SILENT: phrase("lost touch with {mentor} by {day}"),
    Happening.MENTOR_LEFT: phrase("lost {mentor}, who is no longer a mentor here, by {day}"),
    Happening.PAUSED: phrase("took a break on {day}"),
}


def story_so_far(say: Words, story: Sequence[Chapter]) -> str:
    """What happened before, so that nobody has to tell it again; nothing of why a pair came to its end."""
    told = [
        say(_TELLABLE[Happening(one.happening)], day=say.day(one.at), mentor=as_text(one.mentor_login))
        for one in story
        if Happening(one.happening) in _TELLABLE
    ]
    if len(told) < 2:  # noqa: PLR2004 - that somebody asked is no story yet
        return ""
    return say("The story so far: they {story}.", story=say.listed(told[-6:]))


def how_it_stands(say: Words, pair: Pair, *, now: datetime, until: datetime | None = None) -> str:
    """Why what somebody wanted of a pair isn't possible: in which state it is."""
    area = in_area(say, pair.area)
    mentee, mentor = plain(pair.mentee), plain(pair.mentor)
    if pair.state is State.ASKED:
        return say(
            "{mentee} is on the waiting list for a mentor{area} since {day}.",
            mentee=mentee,
            area=area,
            day=say.day(pair.asked_at or now),
        )
    if pair.state is State.OFFERED:
        told = say(
            "{mentor} was asked to be {mentee}'s mentor{area}, and thinks about it.",
            mentor=mentor,
            mentee=mentee,
            area=area,
        )
        if until is not None and until > now:
            minutes = max(1, round((until - now).total_seconds() / 60))
            told += " " + say.many(
                "It is theirs to answer for one more minute.",
                "It is theirs to answer for {count} more minutes.",
                minutes,
            )
        return told
    return say(_STANDS.get(pair.state, _STANDS[State.NOBODY]), mentor=mentor, mentee=mentee, area=area)


_STANDS = {
    State.OFFERED_BACK: phrase(
        "{mentor} has offered to be {mentee}'s mentor{area}; {mentee} is to say yes or no."
    ),
    State.PROPOSED: phrase("{mentor} and {mentee} were proposed as a pair{area}; both are to say yes or no."),
    State.ACTIVE: phrase("{mentor} is {mentee}'s mentor{area}."),
    State.PAUSED: phrase("{mentor} and {mentee} are a pair{area} that takes a break."),
    State.NOBODY: phrase("{mentee} has no mentor{area}, and hasn't asked for one."),
}


def declined(say: Words, *, asks_next: bool) -> str:
    """To somebody who said no."""
    if asks_next:
        return say("Thank you for saying so, that helps. I ask somebody else.")
    return say("Thank you for saying so, that helps. I keep looking.")


def agreed_so_far(say: Words, other: Person) -> str:
    """To the first of two who said yes."""
    return say("Lovely. As soon as {other} says yes, too, you are a pair.", other=plain(other))


_QUESTIONS = {
    "mentor": phrase("{helpers}, {by} has a question for you, just above."),
    "above": phrase(
        "{helpers}, {by} has a question, just above. Their own mentor isn't here at the moment: could you "
        "help?"
    ),
    "pool": phrase("{helpers}, {by} has a question, just above, and no mentor yet. Could one of you help?"),
}


def question(say: Words, by: Person, helpers: Iterable[Person], *, kind: str) -> str:
    """To whoever can help with a question of `by`: their mentor, that one's mentor, or others."""
    named = say.listed([mention(one) for one in helpers])
    return say(_QUESTIONS[kind], helpers=named, by=plain(by))


def areas_known(say: Words, names: Iterable[str]) -> str:
    """Which areas there are."""
    known = [code(name) for name in names]
    if not known:
        return say("This project has no areas: leave the word out.")
    return say("The areas here are {areas}.", areas=say.listed(known))
