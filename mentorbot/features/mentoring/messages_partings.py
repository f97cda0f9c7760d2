"""What mentoring says when a pair rests, changes, ends or falls silent; `language` translates it."""

from __future__ import annotations

from mentorbot.core.markdown import code, mention
from mentorbot.core.people import Person
from mentorbot.features.mentoring.language import Words, phrase
from mentorbot.features.mentoring.messages import in_area, plain
from mentorbot.features.mentoring.pair import Pair


def ended(say: Words, pair: Pair, *, by: Person, feedback: str, withdrawn: bool, slash: str) -> str:
    """To both when one of them ends it; who is thanked is the one it is told to."""
    if withdrawn:
        return say(
            "Done: I don't look for a mentor for you any more. `{slash}mentor me` starts again.", slash=slash
        )
    parts = [
        say(
            "{other}, {by} has ended the mentoring{area}. Things end, and it is nobody's fault: thank you "
            "both for the time. A new pair is never more than `{slash}mentor me` or `{slash}mentor offer` "
            "away.",
            other=_others(say, pair, by),
            by=plain(by),
            area=in_area(say, pair.area),
            slash=slash,
        )
    ]
    return "\n\n".join([*parts, *_feedback(say, feedback)])


def changed(say: Words, pair: Pair, *, feedback: str) -> str:
    """To both when one of them wants another match. Who, and why, is not told."""
    told = say(
        "{mentee}, {mentor}: this pair has come to its end, and that is nobody's fault. Thank you both for "
        "the time. {mentee_name} goes to the front of the queue for another mentor{area}.",
        mentee=mention(pair.mentee),
        mentor=mention(pair.mentor) if pair.mentor else "?",
        mentee_name=plain(pair.mentee),
        area=in_area(say, pair.area),
    )
    return "\n\n".join([told, *_feedback(say, feedback)])


def graduated(say: Words, pair: Pair, *, feedback: str, slash: str) -> str:
    """To both when the mentee needs no mentor any more."""
    told = say(
        "🎓 {mentee} goes on without a mentor{area} from here: well done, both of you. Thank you, {mentor}. "
        "And {mentee_name}, somebody newer would be lucky to have you: `{slash}mentor volunteer`.",
        mentee=mention(pair.mentee),
        mentee_name=plain(pair.mentee),
        mentor=mention(pair.mentor) if pair.mentor else "?",
        area=in_area(say, pair.area),
        slash=slash,
    )
    return "\n\n".join([told, *_feedback(say, feedback)])


def paused(say: Words, pair: Pair, *, by: Person, slash: str) -> str:
    """To both when one of them takes a break."""
    return say(
        "{other}, {by} takes a break from mentoring{area} until {day}. I ask nothing of you two until then; "
        "`{slash}mentor resume` ends it earlier.",
        other=_others(say, pair, by),
        by=plain(by),
        area=in_area(say, pair.area),
        day=say.day(pair.until) if pair.until else "?",
        slash=slash,
    )


def _others(say: Words, pair: Pair, by: Person) -> str:
    """Those of a pair who are told what `by` did."""
    return say.listed([mention(one) for one in (pair.mentee, pair.mentor) if one is not None and one != by])


def _feedback(say: Words, feedback: str) -> list[str]:
    if not feedback:
        return []
    return [say("If you would like to say in private how it went: {where}. You need not.", where=feedback)]


def mentor_asked(say: Words, pair: Pair, *, nth: int, slash: str) -> str:
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
        mentor=mention(pair.mentor) if pair.mentor else "?",
        mentee=plain(pair.mentee),
        area=in_area(say, pair.area),
        slash=slash,
    )


def mentor_relieved(say: Words, pair: Pair) -> str:
    """To the mentee whose mentor has fallen silent; the mentor reads it when they are back."""
    return say(
        "{mentee}, {mentor} hasn't been here for some weeks. That happens, and it has nothing to do with "
        "you. You are at the front of the queue for another mentor{area}, and I tell them what happened so "
        "far. {mentor}, thank you for your time; you are welcome back whenever it suits you.",
        mentee=mention(pair.mentee),
        mentor=plain(pair.mentor),
        area=in_area(say, pair.area),
    )


def mentor_left(say: Words, pair: Pair, *, requeued: bool, slash: str) -> str:
    """To the mentee whose mentor is no longer one here."""
    if not requeued:
        return say(
            "{mentee}, your mentor{area} is no longer a mentor here. When you are back, `{slash}mentor me` "
            "finds somebody else.",
            mentee=mention(pair.mentee),
            area=in_area(say, pair.area),
            slash=slash,
        )
    return say(
        "{mentee}, your mentor{area} is no longer a mentor here; it has nothing to do with you. You are at "
        "the front of the queue for another one, and you need not do anything.",
        mentee=mention(pair.mentee),
        area=in_area(say, pair.area),
    )


def mentee_asked(say: Words, pair: Pair, *, slash: str) -> str:
    """To a mentee who has done nothing here for a while, and to their mentor what may help."""
    return say(
        "{mentee}, how are you doing? No hurry at all: if something is in your way, say what it is, even if "
        "it seems small. If you are busy elsewhere, `{slash}mentor pause 4 weeks` keeps your mentor for "
        "you.\n\n{mentor}, it is often one small obstacle. A question that can be answered in a sentence "
        "helps most, such as “What did you try last?”",
        mentee=mention(pair.mentee),
        mentor=mention(pair.mentor) if pair.mentor else "?",
        slash=slash,
    )


def mentee_rests(say: Words, pair: Pair) -> str:
    """To both when a mentee has been silent for long."""
    return say(
        "{mentee}, {mentor}: I let the two of you rest. It goes on by itself as soon as {mentee_name} does "
        "anything here, and nothing is expected of anybody until then.",
        mentee=mention(pair.mentee),
        mentor=mention(pair.mentor) if pair.mentor else "?",
        mentee_name=plain(pair.mentee),
    )


def rest_over(say: Words, pair: Pair, *, slash: str) -> str:
    """To both when nobody came back from a rest."""
    return say(
        "{mentor}, I give the seat of {mentee} to somebody else. Thank you for having kept it. {mentee}, the "
        "door stays open: `{slash}mentor me` starts again, with what you have done so far.",
        mentor=plain(pair.mentor),
        mentee=plain(pair.mentee),
        slash=slash,
    )


def somebody_waits(say: Words, pair: Pair, maintainers: list[Person], *, days: int) -> str:
    """To the maintainers when somebody waits for a mentor for too long; read by the mentee, too."""
    who = say.listed([mention(one) for one in maintainers]) or say("Maintainers")
    area = code(pair.area) if pair.area else ""
    parts = [
        say(
            "{who}: {mentee} has been waiting for a mentor for {days} days, and nobody is free. Could one of "
            "you step in, or name somebody in `.github/mentorbot.yml`?",
            who=who,
            mentee=plain(pair.mentee),
            days=days,
        )
    ]
    if area:
        parts.append(say("They asked for {area}.", area=area))
    parts.append(say("{mentee}, you are not forgotten.", mentee=plain(pair.mentee)))
    return " ".join(parts)
