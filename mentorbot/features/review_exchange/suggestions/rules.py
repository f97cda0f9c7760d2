"""`/suggest reviews`: three pull requests that fit whoever asks, each with its reasons."""

from __future__ import annotations

from mentorbot.core.actions import Answer
from mentorbot.core.plan import Plan, plan
from mentorbot.core.translator import say_plural
from mentorbot.feature_api.records import remember
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.reviewer_pool.facts import ReviewOffer
from mentorbot.features.review_exchange.suggestions import messages
from mentorbot.features.review_exchange.suggestions.facts import Suggestions


def propose(facts: Suggestions, section: ReviewExchange) -> Plan:
    """Whoever looks for a review to give gets three, and may be asked for others for a while."""
    who = facts.by
    offer = remember(ReviewOffer(person=who, at=facts.now), key=str(who.id), whose=who.id)
    return plan(
        offer,
        Answer(text=messages.suggestions(facts.found, section)),
        because=say_plural(
            "{name} asked for reviews to give, and I found one",
            "{name} asked for reviews to give, and I found {count}",
            len(facts.found),
            name=f"@{who.login}",
        ),
        about=[one.pull.timeline.author for one in facts.found],
    )
