"""What `/suggest reviews` answers."""

from __future__ import annotations

from collections.abc import Sequence

from mentorbot.core.markdown import as_text
from mentorbot.core.translator import say, say_plural
from mentorbot.domain.suggested_reviews import SuggestedReview
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.ledger.ledger import REVIEW
from mentorbot.features.review_exchange.phrasing import in_credits, listed


def suggestions(found: Sequence[SuggestedReview], section: ReviewExchange) -> str:
    if not found:
        return say("Thank you for asking! No pull request waits for your review right now.")
    today = say("it was opened or changed today")
    lines = [
        f"{place}. [#{one.pull.timeline.number}]({one.pull.timeline.url}) "
        f"{as_text(one.pull.timeline.title, limit=100)}: "
        f"{listed(one.reasons) or today}"
        for place, one in enumerate(found, start=1)
    ]
    opening = say_plural("You could review this one:", "You could review these:", len(found))
    ending = say(
        "Each review that helps adds {amount} to your credits. One credit gets you a review of your own pull "
        "request.",
        amount=in_credits(REVIEW, section),
    )
    return "\n".join((opening, "", *lines, "", ending))
