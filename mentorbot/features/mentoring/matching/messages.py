"""What is said while a pair comes about: to the mentee, and to the mentor in a paragraph of their own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mentorbot.core.markdown import as_text, code, mention
from mentorbot.core.people import Person
from mentorbot.core.translator import say, say_list, say_plural
from mentorbot.features.mentoring.config import Eligible
from mentorbot.features.mentoring.matching.candidates import Proposal, Shortage
from mentorbot.features.mentoring.pairs.messages import (
    about_area,
    mentor_mentioned,
    paragraphs,
    plain,
    sentences,
    story_so_far,
)
from mentorbot.features.mentoring.pairs.pair import MentoringPair
from mentorbot.features.mentoring.records import Chapter


def asked(pair: MentoringPair, proposal: Proposal, *, story: Sequence[Chapter] = ()) -> str:
    """To a mentee who asked for a mentor and, below, to the mentor whom the bot found."""
    return paragraphs(_mentor_found(pair, proposal), _would_you_mentor(pair, proposal.mentor, story))


def suggested(pair: MentoringPair, mentor: Person, *, story: Sequence[Chapter] = ()) -> str:
    """The same where a maintainer thought of the mentor, for a mentee who had asked for one."""
    return paragraphs(
        say(
            "{mentee}, a maintainer suggests {mentor} as your mentor. I ask them now, and you need not do "
            "anything.",
            mentee=mention(pair.mentee),
            mentor=plain(mentor),
        ),
        _would_you_mentor(pair, mentor, story),
    )


def _mentor_found(pair: MentoringPair, proposal: Proposal) -> str:
    # What others wrote in a reason does nothing once it is put through `as_text`.
    reasons = [as_text(str(reason)) for reason in proposal.reasons]
    return sentences(
        say(
            "{mentee}, I have asked {mentor} to be your mentor.",
            mentee=mention(pair.mentee),
            mentor=plain(proposal.mentor),
        ),
        # Translators: {reasons} is a list such as "has reviewed 3 pull requests and has room for 2 more".
        say("Why {mentor}: {reasons}.", mentor=plain(proposal.mentor), reasons=say_list(reasons))
        if reasons
        else "",
        say(
            "If the answer is no, I look for somebody else: you need not do anything. "
            "You can already ask questions right here."
        ),
    )


def _would_you_mentor(pair: MentoringPair, mentor: Person, story: Sequence[Chapter]) -> str:
    return sentences(
        say(
            "{mentor}, would you like to be {mentee}'s mentor? They could ask you questions, and you would "
            "look in about once a week.",
            mentor=mention(mentor),
            mentee=plain(pair.mentee),
        ),
        about_area(pair.area),
        story_so_far(pair.mentee, story),
        say(
            "Please write `{slash}mentor accept` or `{slash}mentor decline` on a line of its own. "
            "A no is fine and needs no reason."
        ),
    )


def wait_in_queue(pair: MentoringPair, shortage: Shortage, *, place: int) -> str:
    """To a mentee for whom nobody can be asked at the moment."""
    return sentences(
        why_nobody(pair, shortage),
        say(
            "You are number {place} on the waiting list. I ask the first mentor who has time, and if it "
            "takes long, I ask the maintainers for help in this thread.",
            place=place,
        ),
        say("You can already ask questions right here."),
        say("`{slash}mentor me` without an area looks for somebody for questions of any kind.")
        if pair.area and not shortage.is_covered
        else "",
    )


def why_nobody(pair: MentoringPair, shortage: Shortage) -> str:
    """Why nobody can be asked about a mentee just now, as it is; empty where all who fit were asked before.

    Of those it is nobody's business whether they said no, or did not answer, or worked with the mentee.
    """
    if not shortage.is_covered:
        return (
            say("Nobody here offers help with {area} at the moment.", area=code(pair.area))
            if pair.area
            else say("Nobody here offers to be a mentor at the moment.")
        )
    if shortage.deciding:
        return say_plural(
            "One mentor who would fit was asked about somebody else and has not answered yet.",
            "{count} mentors who would fit were asked about others and have not answered yet.",
            shortage.deciding,
        )
    if shortage.off_today:
        return say("The mentors who would fit have a day off. I ask one of them on their next working day.")
    if not shortage.is_anybody_left:
        return ""
    return say("All mentors who would fit are busy or away at the moment.")


def thanks_for_answer(mentor: Person) -> str:
    """To a mentor who said no."""
    return say("{mentor}, thank you for your answer.", mentor=plain(mentor))


def keep_looking(pair: MentoringPair, *, by: Person, place: int) -> str:
    """To a mentor who said no, and to the mentee for whom there is nobody else yet."""
    return paragraphs(
        thanks_for_answer(by),
        say(
            "{mentee}, I have found nobody else yet, and I keep looking. You are number {place} on the "
            "waiting list, and need not do anything.",
            mentee=mention(pair.mentee),
            place=place,
        ),
    )


def offer(pair: MentoringPair) -> str:
    """To a mentee to whom somebody offers to be their mentor."""
    return sentences(
        say(
            "{mentee}, {mentor} offers to be your mentor: somebody you can ask anything, big or small.",
            mentee=mention(pair.mentee),
            mentor=plain(pair.mentor),
        ),
        about_area(pair.area),
        _yes_or_no(),
    )


def proposal(pair: MentoringPair) -> str:
    """To both when a maintainer suggests a pair."""
    return paragraphs(
        sentences(
            say(
                "{mentee}, a maintainer suggests {mentor} as your mentor: somebody you can ask anything, big "
                "or small.",
                mentee=mention(pair.mentee),
                mentor=plain(pair.mentor),
            ),
            about_area(pair.area),
            _yes_or_no(),
        ),
        say(
            "{mentor}, you would be {mentee}'s mentor: they could ask you questions, and you would look in "
            "about once a week. Please write `{slash}mentor accept` or `{slash}mentor decline`, too. It "
            "starts when both of you have said yes.",
            mentor=mentor_mentioned(pair),
            mentee=plain(pair.mentee),
        ),
    )


def _yes_or_no() -> str:
    return say(
        "If you would like that, write `{slash}mentor accept` on a line of its own. If not, write "
        "`{slash}mentor decline`: that is fine and needs no reason."
    )


def introduction(pair: MentoringPair, *, guide: str = "", story: Sequence[Chapter] = ()) -> str:
    """To both when they are a pair."""
    mentee, mentor = plain(pair.mentee), plain(pair.mentor)
    return paragraphs(
        sentences(
            say("{mentee}, meet {mentor}, your mentor. 🎉", mentee=mention(pair.mentee), mentor=mentor),
            about_area(pair.area),
            say(
                "Say in a sentence or two what you would like to do first. You can ask anything: "
                "`{slash}mentor help` above a question brings it to {mentor}.",
                mentor=mentor,
            ),
            say("This page helps at the start: {guide}", guide=guide) if guide else "",
        ),
        sentences(
            say(
                "{mentor}, this is {mentee}. A short hello from you helps most now. `{slash}mentees` shows "
                "what your mentees work on.",
                mentor=mentor_mentioned(pair),
                mentee=mentee,
            ),
            story_so_far(pair.mentee, story),
        ),
        say(
            "{mentee}, {mentor}: `{slash}mentor pause 2 weeks` is a break, and `{slash}mentor end` ends it. "
            "Neither needs a reason.",
            mentee=mentee,
            mentor=mentor,
        ),
    )


def no_area(word: str, names: Iterable[str]) -> str:
    """To somebody who named an area that there is not."""
    areas = [code(name) for name in names]
    return sentences(
        say("There is no area {word} here.", word=code(word, limit=40)),
        say("The areas are {areas}.", areas=say_list(areas))
        if areas
        else say("This project has no areas: leave the word out."),
    )


def thank_you_but(wanted: Eligible | None) -> str:
    """To somebody who offers to be a mentor, and can't be one yet: how they can."""
    if wanted is None:
        return say(
            "Thank you for offering! A maintainer has to add you as a mentor first, in "
            "`.github/mentorbot.yml`. You can help in any thread right away."
        )
    return say(
        "Thank you for offering! Mentors here first need {wanted}. You can help in any thread right away.",
        wanted=say_list(_wanted(wanted)),
    )


def _wanted(wanted: Eligible) -> list[str]:
    asked = []
    if wanted.merged:
        asked.append(say_plural("one merged pull request", "{count} merged pull requests", wanted.merged))
    if wanted.reviews:
        asked.append(say_plural("one review for somebody else", "{count} reviews for others", wanted.reviews))
    return asked


def circle(mentee: Person, mentor: Person, *, to: Person) -> str:
    """Why these two can't be a pair: it is the other way round already, if only by way of others."""
    if to == mentor:
        return say(
            "{mentee} is your mentor, or the mentor of your mentor. You can't be theirs as well.",
            mentee=plain(mentee),
        )
    if to == mentee:
        return say(
            "You are {mentor}'s mentor, or the mentor of their mentor. They can't be yours as well.",
            mentor=plain(mentor),
        )
    return say(
        "{mentee} is {mentor}'s mentor, or the mentor of their mentor. Please choose somebody else.",
        mentee=plain(mentee),
        mentor=plain(mentor),
    )


def not_again(mentee: Person, mentor: Person, *, to: Person) -> str:
    """Why these two are not matched any more; nothing of who wanted it so."""
    if to in {mentee, mentor}:
        return say(
            "You and {other} were a pair before, or were asked to be one. I do not match the same two people "
            "again. Somebody else can take this.",
            other=plain(mentor if to == mentee else mentee),
        )
    return say(
        "{mentor} and {mentee} were a pair before, or were asked to be one. I do not match the same two "
        "people again. Please choose somebody else.",
        mentor=plain(mentor),
        mentee=plain(mentee),
    )


def not_so_soon(mentee: Person, mentor: Person, *, to: Person) -> str:
    """Why these two are not matched for now."""
    if to == mentee:
        return say(
            "{mentor} was your mentor, or was asked to be, within the last month. I wait a month before I "
            "ask again.",
            mentor=plain(mentor),
        )
    return say(
        "{mentor} was {mentee}'s mentor, or was asked to be, within the last month. Please choose somebody "
        "else, or wait a month.",
        mentor=plain(mentor),
        mentee=plain(mentee),
    )


def no_room(mentor: Person, *, taken: int, room: int, to: Person) -> str:
    """Why somebody can take nobody else, and who can change that."""
    if to == mentor:
        return say(
            "You have no free seat: {taken} of {room} are taken or offered. A maintainer can raise your "
            "`capacity` in `.github/mentorbot.yml`.",
            taken=taken,
            room=room,
        )
    return say(
        "{mentor} has no free seat: {taken} of {room} are taken or offered. A maintainer can raise their "
        "`capacity` in `.github/mentorbot.yml`.",
        mentor=plain(mentor),
        taken=taken,
        room=room,
    )
