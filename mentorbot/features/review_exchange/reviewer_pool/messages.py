"""How a review is asked of somebody in words."""

from __future__ import annotations

from collections.abc import Sequence

from mentorbot.core.markdown import as_text, mention
from mentorbot.features.review_exchange.phrasing import listed
from mentorbot.features.review_exchange.redeem.exchanges import Exchange
from mentorbot.features.review_exchange.reviewer_pool.ranking import Fit


def please_review(exchange: Exchange, fit: Fit) -> str:
    """A review is asked of somebody whom GitHub lets nobody request one from."""
    author = as_text(exchange.author.login)
    what = (
        f"{author} is new here and would be glad of a review."
        if exchange.free
        else f"{author} reviewed others' pull requests and would like a review of this one."
    )
    why = f" I thought of you because {listed(_of_you(fit.reasons[:3]))}." if fit.reasons else ""
    return (
        f"{mention(fit.person)}, {what} Would you have a look?{why} It counts towards a review of your own. "
        "If you have no time, you need not do anything: I ask somebody else in a few days."
    )


def _of_you(reasons: Sequence[str]) -> list[str]:
    """Reasons that go on after a name, said to that person."""
    said = []
    for reason in reasons:
        first, _, rest = reason.partition(" ")
        verb = {"has": "have", "was": "were", "is": "are"}.get(first) or (
            first.removesuffix("s") if first in {"offers", "owes", "knows", "reviews"} else first
        )
        said.append(f"you {verb} {rest}".replace("wasn't", "weren't"))
    return said
