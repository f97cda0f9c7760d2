"""What is said while a pair comes about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mentorbot.core.markdown import as_text, code, mention
from mentorbot.core.people import Person
from mentorbot.core.translator import say, say_list
from mentorbot.features.mentoring.matching.candidates import Proposal
from mentorbot.features.mentoring.pairs.messages import in_area, mentor_mentioned, plain, story_so_far
from mentorbot.features.mentoring.pairs.pair import MentoringPair
from mentorbot.features.mentoring.records import Chapter


def asked(
    pair: MentoringPair,
    proposal: Proposal,
    *,
    story: Sequence[Chapter] = (),
    by: Person | None = None,
) -> str:
    """To the mentor who is asked, read by the mentee, too; `by` is the maintainer who thought of it."""
    reasons = [as_text(str(reason)) for reason in proposal.reasons]
    parts = [
        say(
            "{mentor}, would you like to be {mentee}'s mentor{area}? "
            "It means being the one to ask, and looking in once a week or so.",
            mentor=mention(proposal.mentor),
            mentee=mention(pair.mentee),
            area=in_area(pair.area),
        )
    ]
    if reasons:
        parts.append(
            say(
                "I ask you because {mentor} {reasons}.",
                mentor=plain(proposal.mentor),
                reasons=say_list(reasons),
            )
        )
    if by is not None:
        parts.append(say("{by} thought of you.", by=plain(by)))
    if told := story_so_far(story):
        parts.append(told)
    parts.append(
        say(
            "Write `{slash}mentor accept` or `{slash}mentor decline` on a line of its own. "
            "No is a good answer, too: I then ask somebody else.",
        )
    )
    return "\n\n".join(parts)


def wait_for_answer(mentor: Person) -> str:
    """To a mentee whose wish was just passed on."""
    return say(
        "Good that you ask. I have asked {mentor}. If they have no time, I ask somebody else, and you need "
        "not do anything. Until then, questions are welcome right here.",
        mentor=plain(mentor),
    )


def wait_in_queue(pair: MentoringPair, *, area_is_covered: bool, place: int) -> str:
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
        say("`{slash}mentor me` without an area finds somebody for questions of any kind.")
        if pair.area and not area_is_covered
        else ""
    )
    return " ".join(part for part in (why, next_, other) if part)


def offer(pair: MentoringPair) -> str:
    """To a mentee to whom somebody offers to be their mentor."""
    return say(
        "{mentee}, {mentor} offers to be your mentor{area}: somebody to ask anything, big or small, who "
        "looks in now and then. You would like that? Write `{slash}mentor accept` on a line of its own. If "
        "not, `{slash}mentor decline`, and nobody minds.",
        mentee=mention(pair.mentee),
        mentor=plain(pair.mentor),
        area=in_area(pair.area),
    )


def proposal(pair: MentoringPair, by: Person) -> str:
    """To both when a maintainer proposes a pair."""
    return say(
        "{by} thinks that {mentor} and {mentee} could work well together, with {mentor_name} as the "
        "mentor{area}. It begins when both of you write `{slash}mentor accept`. If you would rather not, "
        "`{slash}mentor decline` needs no reason.",
        by=plain(by),
        mentor=mentor_mentioned(pair),
        mentee=mention(pair.mentee),
        mentor_name=plain(pair.mentor),
        area=in_area(pair.area),
    )


def introduction(pair: MentoringPair, *, guide: str = "", story: Sequence[Chapter] = ()) -> str:
    """To both when they are a pair."""
    parts = [
        say(
            "{mentee}, meet {mentor}, your mentor{area}. 🎉",
            mentee=mention(pair.mentee),
            mentor=mentor_mentioned(pair),
            area=in_area(pair.area),
        ),
        say(
            "- {mentee}: say in a sentence or two what you would like to do first. Ask anything; "
            "`{slash}mentor help` before a question brings it to {mentor}.\n"
            "- {mentor}: `{slash}mentees` shows how your mentees are doing and what waits for you.\n"
            "- Both: `{slash}mentor pause 2 weeks` for a break, `{slash}mentor change` for another match and "
            "`{slash}mentor end` work at any time, without a reason.",
            mentee=plain(pair.mentee),
            mentor=plain(pair.mentor),
        ),
    ]
    if guide:
        parts.insert(1, say("How things are done there: {guide}", guide=guide))
    if told := story_so_far(story):
        parts.append(told)
    return "\n\n".join(parts)


def no_area(word: str, names: Iterable[str]) -> str:
    """To somebody who named an area that there is not."""
    areas = [code(name) for name in names]
    known = (
        say("The areas here are {areas}.", areas=say_list(areas))
        if areas
        else say("This project has no areas: leave the word out.")
    )
    return say("{word} is no area here. {known}", word=code(word, limit=40), known=known)
