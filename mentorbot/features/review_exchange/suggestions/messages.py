"""What `/suggest reviews` answers."""

from __future__ import annotations

from collections.abc import Sequence

from mentorbot.core.markdown import as_text
from mentorbot.core.translator import english_plural
from mentorbot.domain.suggested_reviews import SuggestedReview
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.phrasing import listed, number_of_reviews

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
    opening = english_plural("This one would suit you:", "These would suit you:", len(found))
    ending = english_plural(
        "Every review that helped earns you {reviews} of your own.",
        "Every {count} reviews that helped earn you {reviews} of your own.",
        section.give,
        reviews=number_of_reviews(section.get),
    )
    return "\n".join((opening, "", *lines, "", ending))
