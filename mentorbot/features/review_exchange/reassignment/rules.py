"""While a review is owed: somebody else is asked after a silence, and what bought nothing comes back."""

from __future__ import annotations

from mentorbot.core.plan import Plan, leave_alone, plan
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
        return leave_alone("It is a draft again: nobody is asked to review it")
    last = one.asked[-1] if one.asked else None
    if last is not None and facts.answered:
        return leave_alone(f"@{last.person.login} was asked and has begun")
    if last is not None and not facts.is_time_to_ask(section):
        return leave_alone(
            f"@{last.person.login} was asked on {last.at:%-d %B} and has time until after "
            f"{section.reassign_after}"
        )
    if not facts.candidates.fits:
        still = f"; @{last.person.login} still is" if last is not None else ""
        return leave_alone(f"There is nobody (else) who could be asked for a review now{still}")
    changed, doing = ask_next(one, facts.candidates, now=facts.now)
    fit = facts.candidates.fits[0]
    why = "; ".join(fit.reasons[:2]) or "takes part in the exchange"
    silent = f", as @{last.person.login} kept silent" if last is not None else ""
    return plan(
        changed.remembered(),
        *doing,
        because=f"@{fit.person.login} is asked for a review{silent}: {why}",
    )
