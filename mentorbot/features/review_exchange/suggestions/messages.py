"""What `/suggest reviews` answers."""

from __future__ import annotations

from collections.abc import Sequence

from mentorbot.core.markdown import as_text
from mentorbot.domain.suggested_reviews import SuggestedReview
from mentorbot.features.review_exchange import phrasing
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.phrasing import listed

_NOBODY_YET = "nobody has reviewed it yet"


def suggestions(found: Sequence[SuggestedReview], section: ReviewExchange) -> str:
    if not found:
        return (
            "Just now there is nothing here that waits for a review and is not yours. Thank you for asking!"
        )
    lines = [
        f"{place}. [#{one.pull.timeline.number}]({one.pull.timeline.url}) "
        f"{as_text(one.pull.timeline.title, limit=100)}: {listed(one.reasons) or _NOBODY_YET}"
        for place, one in enumerate(found, start=1)
    ]
    opening = "These would suit you:" if len(found) > 1 else "This one would suit you:"
    ending = (
        f"Every {phrasing.counted(section.give, 'review').removeprefix('one ')} that helped"
        f" earn{'s' if section.give == 1 else ''} you {phrasing.counted(section.get, 'review')} of your own."
    )
    return "\n".join((opening, "", *lines, "", ending))
