"""What a celebration says: that the work counts, thanks, and one thing they could do next."""

from __future__ import annotations

from mentorbot.core.markdown import as_text
from mentorbot.features.first_merge.config import FirstMerge
from mentorbot.features.first_merge.facts import Merge

_FIRST = """\
@${author}, your first pull request in **${repo}** is merged: your work is part of the project now. \
Thank you for it.

If you feel like going on: ${next_step}
"""
_MILESTONE = """\
@${author}, this was your ${ordinal} merged pull request in **${repo}**. Thank you for all of them.
"""
_ORDINAL_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def celebration(merge: Merge, config: FirstMerge) -> str:
    """The words for a first merge or a milestone: the maintainer's where there are some, else our own."""
    thread = merge.thread
    chosen = (
        config.message.or_built_in(_FIRST)
        if merge.count == 1
        else config.milestone_message.or_built_in(_MILESTONE)
    )
    return chosen.render(
        author=thread.author.login if thread.author else "",
        repo=as_text(merge.repository.name),
        number=str(thread.number),
        title=as_text(thread.title),
        count=str(merge.count),
        ordinal=ordinal(merge.count),
        next_step=next_step(merge),
    )


def next_step(merge: Merge) -> str:
    """What they could do next: an issue for beginners, and a look at somebody else's pull request."""
    review = _review(merge)
    if merge.beginner_issue is None:
        return f"somebody else may be glad of your eyes. {review}"
    issue = merge.beginner_issue
    text = f"[{as_text(issue.title, limit=100)}]({issue.url}) is open, and it suits people who are new here."
    return f"{text} Or give somebody a first review. {review}" if merge.to_review is not None else text


def _review(merge: Merge) -> str:
    """A pull request to review, with the reasons for it, or the list of all."""
    if merge.to_review is None:
        pull_requests = f"{merge.thread.url.rpartition('/pull/')[0]}/pulls"
        return f"Pick one of the [open pull requests]({pull_requests}), try it out, and write what you found."
    timeline = merge.to_review.pull.timeline
    why = "; ".join(as_text(reason, limit=120) for reason in merge.to_review.reasons[:2])
    return (
        f"[{as_text(timeline.title, limit=100)}]({timeline.url}) would suit you{f' ({why})' if why else ''}: "
        "try it out, and write what you found."
    )


def ordinal(number: int) -> str:
    """The number as people count: 1st, 2nd, 3rd, 4th, 11th, 21st."""
    last_two, last = number % 100, number % 10
    ending = "th" if last_two in {11, 12, 13} else _ORDINAL_ENDINGS.get(last, "th")
    return f"{number}{ending}"
