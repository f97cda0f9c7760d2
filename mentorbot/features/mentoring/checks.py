"""What stands in the way of a pair: rights, the short lock of whoever was asked first, room, circles."""

from __future__ import annotations

from mentorbot.core.people import Person
from mentorbot.core.plan import Refusal
from mentorbot.features.mentoring import messages
from mentorbot.features.mentoring.config import Mentoring
from mentorbot.features.mentoring.facts import Given
from mentorbot.features.mentoring.language import phrase
from mentorbot.features.mentoring.machine import DECIDING, State
from mentorbot.features.mentoring.pair import Pair


def must_be_mentor(given: Given) -> None:
    """Raises Refusal for those who may not be a mentor here."""
    if given.by.id in given.roster.mentors or given.is_eligible:
        return
    text = given.say(
        "This is for mentors. Maintainers can name you in `.github/mentorbot.yml` (`mentoring: mentors:`)."
    )
    raise Refusal(text, allowed=False)


def check_lock(pair: Pair, given: Given, config: Mentoring) -> None:
    """Raises Refusal while somebody else alone may decide about a request."""
    if pair.state is not State.OFFERED or pair.mentor in {None, given.by} or pair.since is None:
        return
    until = config.lock.after(pair.since, given.calendar)
    if until > given.now:
        raise Refusal(messages.how_it_stands(given.say, pair, now=given.now, until=until))


def check_match(pair: Pair, mentor: Person, given: Given) -> None:
    """Raises Refusal where these two can't be a pair: no room, a circle, or they are kept apart."""
    say, roster, mentee = given.say, given.roster, pair.mentee
    if mentor == mentee:
        raise Refusal(say("Nobody can be their own mentor."))
    if roster.is_above(mentee, mentor):
        text = phrase("{mentee} mentors {mentor} already, or somebody who does: that would make a circle.")
        raise Refusal(say(text, mentee=messages.plain(mentee), mentor=messages.plain(mentor)))
    two = (mentee.id, mentor.id)
    if two in roster.parted or (two in roster.apart and mentor != given.by):
        raise Refusal(say("I can't match these two."))
    count = _taken(pair, mentor, given)
    if count >= roster.room_of(mentor):
        text = say(
            "{mentor} has no seat free at the moment ({count} taken or offered). Maintainers can raise "
            "`capacity` in `.github/mentorbot.yml`.",
            mentor=messages.plain(mentor),
            count=count,
        )
        raise Refusal(text)


def _taken(pair: Pair, mentor: Person, given: Given) -> int:
    """How many seats of the mentor's are taken for this pair: open offers to others count as taken.

    Mentors may choose otherwise than they are asked to, but not give their word twice; and the seat that
    is offered in this pair already is its own.
    """
    if given.by == mentor:
        return given.roster.promised(mentor)
    is_offered_here = pair.mentor == mentor and pair.state in DECIDING
    return given.roster.load(mentor) if is_offered_here else given.roster.claims(mentor)
