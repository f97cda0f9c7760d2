"""What is said when a pair takes a break, changes or ends by command."""

from __future__ import annotations

from mentorbot.core.markdown import mention
from mentorbot.core.people import Person
from mentorbot.core.translator import say, say_day, say_list
from mentorbot.features.mentoring.pairs.messages import in_area, mentor_mentioned, plain
from mentorbot.features.mentoring.pairs.pair import MentoringPair


def withdrawn() -> str:
    """To a mentee who doesn't look for a mentor any more."""
    return say("Done: I don't look for a mentor for you any more. `{slash}mentor me` starts again.")


def ended(pair: MentoringPair, *, by: Person, feedback: str) -> str:
    """To both when one of them ends it; who is thanked is the one it is told to."""
    told = say(
        "{other}, {by} has ended the mentoring{area}. Things end, and it is nobody's fault: thank you "
        "both for the time. A new pair is never more than `{slash}mentor me` or `{slash}mentor offer` "
        "away.",
        other=_others(pair, by),
        by=plain(by),
        area=in_area(pair.area),
    )
    return "\n\n".join([told, *_feedback(feedback)])


def changed(pair: MentoringPair, *, feedback: str) -> str:
    """To both when one of them wants another match. Who, and why, is not told."""
    told = say(
        "{mentee}, {mentor}: this pair has come to its end, and that is nobody's fault. Thank you both for "
        "the time. {mentee_name} goes to the front of the queue for another mentor{area}.",
        mentee=mention(pair.mentee),
        mentor=mentor_mentioned(pair),
        mentee_name=plain(pair.mentee),
        area=in_area(pair.area),
    )
    return "\n\n".join([told, *_feedback(feedback)])


def graduated(pair: MentoringPair, *, feedback: str) -> str:
    """To both when the mentee needs no mentor any more."""
    told = say(
        "🎓 {mentee} goes on without a mentor{area} from here: well done, both of you. Thank you, {mentor}. "
        "And {mentee_name}, somebody newer would be lucky to have you: `{slash}mentor volunteer`.",
        mentee=mention(pair.mentee),
        mentee_name=plain(pair.mentee),
        mentor=mentor_mentioned(pair),
        area=in_area(pair.area),
    )
    return "\n\n".join([told, *_feedback(feedback)])


def paused(pair: MentoringPair, *, by: Person) -> str:
    """To both when one of them takes a break."""
    return say(
        "{other}, {by} takes a break from mentoring{area} until {day}. I ask nothing of you two until then; "
        "`{slash}mentor resume` ends it earlier.",
        other=_others(pair, by),
        by=plain(by),
        area=in_area(pair.area),
        day=say_day(pair.until) if pair.until else "?",
    )


def _others(pair: MentoringPair, by: Person) -> str:
    """Those of a pair who are told what `by` did."""
    return say_list([mention(one) for one in pair.people if one != by])


def _feedback(feedback: str) -> list[str]:
    if not feedback:
        return []
    return [say("If you would like to say in private how it went: {where}. You need not.", where=feedback)]
