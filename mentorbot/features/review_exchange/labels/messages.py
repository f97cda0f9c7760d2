"""What labels and the check among the checks say: an offer, never a gate."""

from __future__ import annotations

from mentorbot.core.translator import phrase, say
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.phrasing import in_credits, next_credit

CHECK = "review exchange"

LABELS = {
    "ready": phrase("The author has a credit for a review."),
    "wanted": phrase("The author has spent a credit on a review. Would you like to give it?"),
    "in_review": phrase("Somebody has started a review."),
}


def label_description(name: str) -> str:
    return say(LABELS[name])


def check_title(balance: int, section: ReviewExchange, *, free: bool) -> str:
    if free:
        return say("Optional: get a free first review")
    return say("Optional: use a credit") if balance >= section.price else say("Optional: earn a review")


def check_summary(balance: int, section: ReviewExchange, *, free: bool) -> str:
    """What the author has, what it is for, what would earn the next, and that nothing hangs on it."""
    if free:
        parts = [
            say(
                "This is your first pull request here, so a review is free. Write `{slash}exchange` in a "
                "comment, and I ask somebody for it."
            )
        ]
    else:
        has = say("Your credits: **{amount}**.", amount=in_credits(balance, section))
        parts = [f"{has} {next_credit(balance, section)}"]
        if balance >= section.price:
            parts.append(say("To spend one here, write `{slash}exchange` in a comment."))
    parts.append(say("`{slash}suggest reviews` finds pull requests that you can review."))
    parts.append(say("You don't have to do anything: nobody needs a credit to be reviewed."))
    return "\n\n".join(parts)
