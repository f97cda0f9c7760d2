"""What the exchange says unasked: balances among the checks, a first review's thanks, a question."""

from __future__ import annotations

from mentorbot.config.templates import Template
from mentorbot.core.markdown import as_text, code, mention
from mentorbot.core.people import Person
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.ledger import REVIEW, Place

CHECK = "review exchange"
LABELS = {
    "wanted": "Its author has earned a review. Who has a look?",
    "in_review": "Somebody has begun to review it.",
}
GUARDS = {
    "own": "it is of their own pull request",
    "bots": "a bot, or an account that is gone, has a part in it",
    "after_close": "it came after the pull request was merged or closed",
    "old_head": "it was of commits that had been replaced already",
    "edited": "what makes it a review was added only later",
    "recreated": "the same words were deleted and written once more",
    "deleted": "its words were deleted",
    "dismissed": "a maintainer dismissed it",
    "substance": "there is nothing in it yet that its author could use",
    "copied": "the same words were used in another review",
    "same_day_swap": "its author reviewed theirs on the same day, and of two such reviews the first one "
    "counts",
    "daily_cap": "as many as count on one day were counted that day",
    "approve_only": "it is one more approval that asks and finds nothing, after many in a row",
    "pair": "the same two people have reviewed each other very often lately",
    "unconfirmed": "somebody had doubts, and nobody confirmed it in time",
}
"""Why a review doesn't count, by the guard's name; each completes "It doesn't count, as …"."""

TOO_LITTLE = (
    "a few words on what they looked at, a question on a line, or what they tried out would make it one"
)
IS_DRAFT = (
    "This is a draft, so reviewers would look too early. Press **Ready for review** at the end of the page, "
    "then write `/exchange` again."
)
_CHECKLIST = """\
Thank you, @${reviewer}, for your first review in **${repo}**! An author gets further because of you.

${counts}

<details><summary>For your next one, if you like: what helps authors most</summary>

- Say what you looked at, and what you didn't.
- Try it out where you can, and write what you did and what you saw.
- Ask where something is unclear to you: if you stumble, others will.
- Put a remark on the line it is about, and say whether it has to change or is only an idea.
- Say what you liked, too.
- How reviews are done here: ${guide}

</details>
"""
_COUNTS = "It counts towards a credit, with which you get a review yourself. `/credits` shows what you have."
_COUNTS_NOT_YET = (
    "If you add a few words of your own (what you looked at, what you tried, what you wonder), it counts "
    "towards a credit, with which you get a review yourself."
)


def counted(number: int, what: str) -> str:
    """One credit, two credits."""
    return f"one {what}" if number == 1 else f"{number} {what}s"


def worth(amount: int) -> str:
    """An amount in reviews: "one review", "half a review", "0.25 of a review", "1.5 reviews"."""
    if amount == REVIEW // 2:
        return "half a review"
    if 0 < amount < REVIEW:
        return f"{amount / REVIEW:g} of a review"
    return "one review" if amount == REVIEW else f"{amount / REVIEW:g} reviews"


def in_credits(balance: int, section: ReviewExchange) -> str:
    """A balance: "one credit", "no credit yet, and half a review towards the next one"."""
    whole, rest = divmod(balance, section.price)
    have = counted(whole, "credit") if whole else "no credit yet"
    return f"{have}, and {worth(rest)} towards the next one" if rest else have


def next_one(balance: int, section: ReviewExchange) -> str:
    """What would earn the next credit, in a sentence."""
    missing = -(-(section.price - balance % section.price) // REVIEW)
    return (
        f"{'One more review' if missing == 1 else f'{missing} more reviews'} that helped would earn the next."
    )


def check_title(balance: int, section: ReviewExchange, *, free: bool) -> str:
    """The balance in a few words."""
    if free:
        return "A first review is free: write /exchange"
    whole = balance // section.price
    return f"{counted(whole, 'credit').capitalize()} to spend" if whole else "No credit yet"


def check_summary(balance: int, section: ReviewExchange, *, free: bool) -> str:
    """What the author has, what it is for, what would earn the next, and that nothing hangs on it."""
    parts = []
    if free:
        parts.append(
            "As this is your first pull request here, a review of it is on us: write `/exchange` in a "
            "comment, "
            "and somebody is asked."
        )
    else:
        parts.append(f"You have {in_credits(balance, section)}. {next_one(balance, section)}")
    if balance >= section.price and not free:
        parts.append("To spend a credit on this pull request, write `/exchange` in a comment.")
    parts.append("`/suggest reviews` finds three pull requests that suit you.")
    parts.append("This is an offer, not a condition: every pull request gets looked at without it, too.")
    return "\n\n".join(parts)


def checklist(
    reviewer: Person, place: Place, section: ReviewExchange, *, template: Template, counts: bool
) -> str:
    """What is said to somebody at their first review."""
    return template.or_built_in(_CHECKLIST).render(
        reviewer=reviewer.login,
        repo=as_text(place.full_name.partition("/")[2]),
        guide=section.guide,
        counts=_COUNTS if counts else _COUNTS_NOT_YET,
    )


def why_disputed(by: Person, reviewer: Person) -> str:
    """A question to whoever gave a 👎, asked once."""
    return (
        f"{mention(by)}, you gave the review by {as_text(reviewer.login)} a 👎, so it earns nothing for now. "
        f"What "
        "would have helped you more? A sentence is enough, and it helps whoever reviews next. If it was a "
        "slip, "
        "take the 👎 back; and a maintainer can always settle it with "
        f"{code(f'/thanks @{reviewer.login}')}."
    )
