"""Who is asked when a mentee has a question, and what people say about themselves as mentors."""

from __future__ import annotations

from datetime import datetime

from mentorbot.config.durations import Duration
from mentorbot.core.actions import Answer, Forget, Remember
from mentorbot.core.markdown import code
from mentorbot.core.people import Person
from mentorbot.core.plan import Plan, Refusal, plan
from mentorbot.features.mentoring import messages
from mentorbot.features.mentoring.config import Mentoring
from mentorbot.features.mentoring.declaring import declares
from mentorbot.features.mentoring.facts import Given
from mentorbot.features.mentoring.gather import AWAY, OPTED_OUT, VOLUNTEER
from mentorbot.features.mentoring.machine import DECIDING, SEATED, State
from mentorbot.features.mentoring.matching import Wish, proposals

_FROM_THE_POOL = 2


@declares
def bring_question(given: Given, _config: Mentoring) -> Plan:
    """A question goes to the mentor; where none is here, to their mentor; else to two from the pool."""
    kind, helpers = _who_helps(given)
    if not helpers:
        raise Refusal(
            given.say(
                "There is nobody I could bring your question to at the moment. It is in the right place: the "
                "maintainers read this thread. `{slash}mentor me` looks for a mentor.",
                slash=given.slash,
            )
        )
    text = messages.question(given.say, given.by, helpers, kind=kind)
    names = " and ".join(f"@{one.login}" for one in helpers)
    return plan(Answer(text=text), because=f"@{given.by.login} had a question, and {names} can help")


def _who_helps(given: Given) -> tuple[str, tuple[Person, ...]]:
    """Whom to bring it to: the first level upwards on which somebody is here."""
    level, kind, seen = given.roster.mentors_of(given.by), "mentor", {given.by}
    while level:
        here = tuple(one for one in level if _is_here(one, given))
        if here:
            return kind, here[:_FROM_THE_POOL]
        seen |= set(level)
        above = {up.id: up for one in level for up in given.roster.mentors_of(one) if up not in seen}
        level, kind = tuple(above.values()), "above"
    found = proposals(Wish(mentee=given.by, area=given.area), given.roster, given.known)
    mine = given.roster.mentors_of(given.by)
    pool = tuple(one.mentor for one in found if one.mentor not in mine)[:_FROM_THE_POOL]
    return ("above" if mine else "pool"), pool or mine


def _is_here(person: Person, given: Given) -> bool:
    seats = given.roster.mentors.get(person.id)
    is_away = seats is not None and seats.is_away(given.now)
    return not is_away and person not in given.known.busy and given.known.is_present(person)


@declares
def volunteer(given: Given, config: Mentoring) -> Plan:
    """Somebody who has done enough here may be asked to be a mentor from now on."""
    say, by = given.say, given.by
    if by.id in given.roster.mentors and not given.roster.mentors[by.id].volunteer:
        raise Refusal(say("You are a mentor here already, thank you: maintainers have named you."))
    if config.eligible is None:
        raise Refusal(
            say("Mentors are named by the maintainers here, in `.github/mentorbot.yml`."), allowed=False
        )
    if not given.is_eligible:
        wanted = [
            say.many("one merged pull request", "{count} merged pull requests", config.eligible.merged),
            say.many(
                "one review of somebody else's work",
                "{count} reviews of others' work",
                config.eligible.reviews,
            ),
        ]
        asked = [
            text
            for text, count in zip(wanted, (config.eligible.merged, config.eligible.reviews), strict=True)
            if count
        ]
        raise Refusal(
            say(
                "That is kind of you. Mentors here have {wanted}; I look forward to asking you then.",
                wanted=say.listed(asked),
            ),
            allowed=False,
        )
    areas = [
        name for word in (given.area, *given.words) if (name := word.lower().rstrip(".,")) in config.areas
    ]
    unknown = [word for word in given.words if word.lower().rstrip(".,") not in config.areas]
    if unknown:
        known = messages.areas_known(say, config.areas)
        raise Refusal(say("{word} is no area here. {known}", word=code(unknown[0], limit=40), known=known))
    return plan(
        Remember(kind=VOLUNTEER, key=str(by.id), value={"login": by.login, "areas": areas}, whose=by.id),
        Forget(kind=OPTED_OUT, key=str(by.id)),
        Answer(
            reaction="heart",
            text=say(
                "Thank you! I ask you when somebody fits, never more than {count} at a time. "
                "`{slash}mentor away 2 weeks` for a break, `{slash}mentor opt out` to leave.",
                count=config.capacity,
                slash=given.slash,
            ),
        ),
        because=f"@{by.login} volunteered as a mentor",
    )


@declares
def be_away(given: Given, _config: Mentoring) -> Plan:
    """A mentor isn't asked for as long as they say; their mentees stay theirs."""
    words = " ".join(given.words).lower().removeprefix("for ").strip()
    if words in {"", "back", "no", "off"}:
        because = f"@{given.by.login} is back"
        return plan(Forget(kind=AWAY, key=str(given.by.id)), Answer(), because=because)
    try:
        until = Duration.parse(words).after(given.now, given.calendar)
    except ValueError as unreadable:
        raise Refusal(given.say("I could not tell for how long: {why}.", why=str(unreadable))) from unreadable
    value = {"until": until.isoformat(), "login": given.by.login}
    return plan(
        Remember(kind=AWAY, key=str(given.by.id), value=value, whose=given.by.id),
        Answer(text=_away_told(given, until)),
        because=f"@{given.by.login} is away until {until:%Y-%m-%d}",
    )


@declares
def opt_out(given: Given, _config: Mentoring) -> Plan:
    """Whoever wants nothing of this is left alone: not asked, not written to, not counted."""
    by = given.by
    open_ = [pair for pair in given.roster.pairs if by in {pair.mentee, pair.mentor} and pair.state in SEATED]
    if open_:
        raise Refusal(
            given.say(
                "You are in a pair at the moment: `{slash}mentor end` first, then this.", slash=given.slash
            )
        )
    waiting = {State.ASKED} | DECIDING
    if any(pair.mentee == by and pair.state in waiting for pair in given.roster.pairs):
        raise Refusal(
            given.say("You are on the waiting list: `{slash}mentor end` first, then this.", slash=given.slash)
        )
    return plan(
        Remember(kind=OPTED_OUT, key=str(by.id), value={}, whose=by.id),
        Forget(kind=VOLUNTEER, key=str(by.id)),
        Answer(
            text=given.say(
                "Done: mentoring leaves you alone. `{slash}mentor opt in` undoes it.", slash=given.slash
            )
        ),
        because=f"@{by.login} opted out of mentoring",
    )


@declares
def opt_in(given: Given, _config: Mentoring) -> Plan:
    """Whoever had opted out may be asked and written to again."""
    return plan(
        Forget(kind=OPTED_OUT, key=str(given.by.id)), Answer(), because=f"@{given.by.login} opted in again"
    )


def _away_told(given: Given, until: datetime) -> str:
    mentees = given.roster.mentees_of(given.by)
    told = given.say("Enjoy it. I ask nothing of you until {day}.", day=given.say.day(until))
    if mentees:
        told += " " + given.say(
            "Your mentees' questions go to your own mentor or the other mentors meanwhile."
        )
    return told
