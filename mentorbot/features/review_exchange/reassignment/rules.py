"""While a review is owed: somebody else is asked after a silence, and what bought nothing comes back."""

from __future__ import annotations

from mentorbot.core.plan import Plan, leave_alone, plan
from mentorbot.core.translator import say, say_day
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.reassignment.facts import OwedReview
from mentorbot.features.review_exchange.refund.rules import refund_overdue
from mentorbot.features.review_exchange.reviewer_pool.rules import ask_next


def reassign_or_refund(facts: OwedReview, section: ReviewExchange) -> Plan:
    """Nobody waits for ever: the next one is asked after a silence, and what bought nothing comes back."""
    one = facts.exchange
    if facts.is_over(section):
        return refund_overdue(facts, section)
    if facts.is_draft:
        return leave_alone(say("This is a draft again, so I ask nobody to review it"))
    last = one.asked[-1] if one.asked else None
    asked = f"@{last.person.login}" if last is not None else ""
    if last is not None and facts.answered:
        return leave_alone(say("I asked {name}, who has started", name=asked))
    if last is not None and not facts.is_time_to_ask(section):
        until = section.reassign_after.after(last.at, facts.calendar)
        return leave_alone(
            say(
                "I asked {name} on {day}, and wait until {until}",
                name=asked,
                day=say_day(last.at),
                until=say_day(until),
            )
        )
    if not facts.candidates.fits:
        return leave_alone(
            say("I know nobody else to ask for a review now; {name} is still asked", name=asked)
            if asked
            else say("I know nobody to ask for a review now")
        )
    changed, doing = ask_next(one, facts.candidates, now=facts.now)
    fit = facts.candidates.fits[0]
    who, why = f"@{fit.person.login}", "; ".join(str(reason) for reason in fit.reasons[:2])
    return plan(
        changed.remembered(),
        *doing,
        # Translators: {reasons} go on after a name, such as "offers reviews here".
        because=say(
            "I ask {name} for a review ({reasons}), as {other} did not answer",
            name=who,
            reasons=why,
            other=asked,
        )
        if asked
        else say("I ask {name} for a review ({reasons})", name=who, reasons=why),
    )
