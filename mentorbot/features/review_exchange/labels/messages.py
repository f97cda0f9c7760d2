"""What labels and the check among the checks say."""

from __future__ import annotations

from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.phrasing import in_credits, next_one, number_of_credits

CHECK = "review exchange"

LABELS = {
    "ready": "Its author has earned a review by reviewing others' pull requests.",
    "wanted": "Its author has earned a review. Who has a look?",
    "in_review": "Somebody has begun to review it.",
}


def check_title(balance: int, section: ReviewExchange, *, free: bool, slash: str) -> str:
    if free:
        return f"A first review is free: write {slash}exchange"
    whole = balance // section.price
    return f"{number_of_credits(whole).capitalize()} to spend" if whole else "No credit yet"


def check_summary(balance: int, section: ReviewExchange, *, free: bool, slash: str) -> str:
    """What the author has, what it is for, what would earn the next, and that nothing hangs on it."""
    parts = []
    if free:
        parts.append(
            f"As this is your first pull request here, a review of it is on us: write `{slash}exchange` in a "
            "comment, and somebody is asked."
        )
    else:
        parts.append(f"You have {in_credits(balance, section)}. {next_one(balance, section)}")
    if balance >= section.price and not free:
        parts.append(f"To spend a credit on this pull request, write `{slash}exchange` in a comment.")
    parts.append(f"`{slash}suggest reviews` finds three pull requests that suit you.")
    parts.append("This is an offer, not a condition: every pull request gets looked at without it, too.")
    return "\n\n".join(parts)
