"""Why a review doesn't count, and the thanks and the checklist that meet a first one."""

from __future__ import annotations

from mentorbot.config.templates import Template
from mentorbot.core.markdown import as_text
from mentorbot.core.people import Person
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.ledger.ledger import Entry, Place

WHY_REFUSED = {
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
_COUNTS = (
    "It counts towards a credit, with which you get a review yourself. `{slash}credits` shows what you have."
)
_COUNTS_NOT_YET = (
    "If you add a few words of your own (what you looked at, what you tried, what you wonder), it counts "
    "towards a credit, with which you get a review yourself."
)


def checklist(
    reviewer: Person,
    place: Place,
    section: ReviewExchange,
    *,
    template: Template,
    counts: bool,
    slash: str,
) -> str:
    return template.or_built_in(_CHECKLIST).render(
        reviewer=reviewer.login,
        repo=as_text(place.full_name.partition("/")[2]),
        guide=section.guide,
        counts=_COUNTS.format(slash=slash) if counts else _COUNTS_NOT_YET,
    )


def why_refused(entry: Entry) -> str:
    return WHY_REFUSED.get(entry.reason, entry.reason)
