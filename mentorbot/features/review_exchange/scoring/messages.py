"""Why a review doesn't count, and the thanks and the checklist that meet a first one."""

from __future__ import annotations

from mentorbot.config.templates import Template
from mentorbot.core.markdown import as_text, folded, mention
from mentorbot.core.people import Person
from mentorbot.core.translator import phrase, say
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.ledger.ledger import Entry, Place

WHY_REFUSED = {
    # Translators: these say why a review does not count. They follow a colon, and have no full stop.
    "own": phrase("it is about one's own pull request"),
    "bots": phrase("a bot or a deleted account takes part in it"),
    "after_close": phrase("it came after the pull request was closed"),
    "old_head": phrase("it is about commits that had been replaced before"),
    "edited": phrase("the words that matter were added too late"),
    "recreated": phrase("the same words were deleted and written again"),
    "deleted": phrase("its words were deleted"),
    "dismissed": phrase("a maintainer dismissed it"),
    "substance": phrase("it has nothing yet that the author can use"),
    "copied": phrase("another review has the same words"),
    "same_day_swap": phrase("two people reviewed each other on one day, and only the first review counts"),
    "daily_cap": phrase("enough other reviews counted on that day"),
    "approve_only": phrase("it only approves, like many in a row before it"),
    "pair": phrase("the same person has reviewed the same author very often lately"),
    "unconfirmed": phrase("somebody objected, and nobody confirmed it in time"),
}
"""Why a review doesn't count, by the guard's name."""


SUBSTANCE = "substance"
"""The guard whose refusal a few more words can turn."""


def checklist(
    reviewer: Person,
    place: Place,
    section: ReviewExchange,
    *,
    template: Template,
    refused_by: str,
) -> str:
    """Thanks for a first review, and what would help with the next; a maintainer's own words win."""
    repo = as_text(place.full_name.partition("/")[2])
    if not template.is_built_in:
        return template.render(
            reviewer=reviewer.login, repo=repo, guide=section.guide, counts=_counts(refused_by)
        )
    thanks = say(
        "{name}, thank you for your first review in **{repo}**! Reviews help authors a lot.",
        name=mention(reviewer),
        repo=repo,
    )
    hints = [
        say("Say what you looked at, and what you didn't."),
        say("Try it out if you can. Write what you did and what you saw."),
        say("Ask when something is not clear to you: others will wonder, too."),
        say("Put a remark on the line it is about. Say if it must change or is only an idea."),
        say("Say what you liked, too."),
    ]
    if section.guide:
        hints.append(say("How reviews are done here: {guide}", guide=section.guide))
    more = folded(
        say("What helps authors most: ideas for your next review"), "\n".join(f"- {hint}" for hint in hints)
    )
    return f"{thanks}\n\n{_counts(refused_by)}\n\n{more}"


def _counts(refused_by: str) -> str:
    """Whether it counts towards a credit, and what would make it count where something would."""
    if not refused_by:
        return say(
            "If nobody objects, it counts towards a credit, which gets you a review. `{slash}credits` shows "
            "what you have."
        )
    if refused_by == SUBSTANCE:
        return say(
            "Would you add a few words: what you looked at, what you tried, what is not clear? Then it can "
            "count towards a credit, which gets you a review."
        )
    return say(
        "Reviews can count towards a credit, which gets you a review. This one can't: {why}.",
        why=say(WHY_REFUSED[refused_by]),
    )


def why_refused(entry: Entry) -> str:
    why = WHY_REFUSED.get(entry.reason)
    return say(why) if why is not None else entry.reason
