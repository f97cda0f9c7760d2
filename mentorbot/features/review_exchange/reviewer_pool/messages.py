"""How a review is asked of somebody in words."""

from __future__ import annotations

from mentorbot.core.markdown import mention
from mentorbot.core.translator import phrase, say
from mentorbot.features.review_exchange.phrasing import listed, login
from mentorbot.features.review_exchange.redeem.exchanges import Exchange
from mentorbot.features.review_exchange.reviewer_pool.ranking import Fit

_MOST_REASONS = 3


def please_review(exchange: Exchange, fit: Fit) -> str:
    """A review is asked of somebody whom GitHub lets nobody request one from."""
    name, author = mention(fit.person), login(exchange.author)
    parts = [say(_request(exchange), name=name, author=author)]
    if fit.reasons:
        reasons = listed([reason.to_them() for reason in fit.reasons[:_MOST_REASONS]])
        parts.append(say("Why I ask you: {reasons}.", reasons=reasons))
    parts.append(
        say("It counts towards a review of your own. No time? Then do nothing, and I look for somebody else.")
    )
    return "\n\n".join(parts)


def _request(exchange: Exchange) -> str:
    """The request with what speaks for the author: a gift of a maintainer is no review they gave."""
    if exchange.free:
        return phrase("{name}, would you review this pull request? {author} is new here.")
    if exchange.earned:
        return phrase("{name}, would you review this pull request? {author} has reviewed others' work.")
    return phrase("{name}, would you review this pull request? {author} has spent a credit on it.")
