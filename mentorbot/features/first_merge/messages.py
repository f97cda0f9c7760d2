"""What a celebration says: that the work counts, thanks, and one thing they could do next."""

from __future__ import annotations

from mentorbot.core.languages import SOURCE
from mentorbot.core.markdown import as_text, mention
from mentorbot.core.translator import say, say_plural, translator
from mentorbot.features.first_merge.config import FirstMerge
from mentorbot.features.first_merge.facts import Merge

_ORDINAL_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def celebration(merge: Merge, config: FirstMerge) -> str:
    """The words for a first merge or a milestone: the maintainer's where there are some, else our own."""
    thread = merge.thread
    chosen = config.message if merge.count == 1 else config.milestone_message
    if chosen.is_built_in:
        return _first(merge) if merge.count == 1 else _milestone(merge)
    return chosen.render(
        author=thread.author.login if thread.author else "",
        repo=as_text(merge.repository.name),
        number=str(thread.number),
        title=as_text(thread.title),
        count=str(merge.count),
        ordinal=ordinal(merge.count),
        next_step=next_step(merge),
    )


def _first(merge: Merge) -> str:
    thanks = say(
        "{author}, your first pull request in **{repo}** is merged. Your work is part of the project now. "
        "Thank you for it.",
        author=_author(merge),
        repo=as_text(merge.repository.name),
    )
    return f"{thanks}\n\n{next_step(merge)}"


def _milestone(merge: Merge) -> str:
    return say_plural(
        "{author}, one of your pull requests in **{repo}** is merged now. Thank you for it.",
        "{author}, {count} of your pull requests in **{repo}** are merged now. Thank you for all of them.",
        merge.count,
        author=_author(merge),
        repo=as_text(merge.repository.name),
    )


def _author(merge: Merge) -> str:
    return mention(merge.thread.author) if merge.thread.author else ""


def next_step(merge: Merge) -> str:
    """What they could do next: an issue for beginners, and a look at somebody else's pull request."""
    review = _review(merge)
    if merge.beginner_issue is None:
        return review
    issue = merge.beginner_issue
    # Translators: {issue} is the title of an issue, as a link.
    text = say(
        "Would you like to go on? {issue} is a good next issue.",
        issue=f"[{as_text(issue.title, limit=100)}]({issue.url})",
    )
    return f"{text} {review}" if merge.to_review is not None else text


def _review(merge: Merge) -> str:
    """A pull request to review, with the reasons for it, or the list of all."""
    if merge.to_review is None:
        # Translators: keep [ and ]({where}): the words between them become a link.
        return say(
            "Would you like to help others now? Pick one of the [open pull requests]({where}), try it out, "
            "and write what you found.",
            where=f"{merge.thread.url.rpartition('/pull/')[0]}/pulls",
        )
    timeline = merge.to_review.pull.timeline
    title = f"[{as_text(timeline.title, limit=100)}]({timeline.url})"
    why = "; ".join(as_text(reason, limit=120) for reason in merge.to_review.reasons[:2])
    if not why:
        return say(
            "You can now help somebody else: try out {pull_request}, and write what you found.",
            pull_request=title,
        )
    # Translators: {why} is one or two reasons why this pull request would suit them.
    return say(
        "You can now help somebody else: try out {pull_request}, and write what you found. "
        "Why this one: {why}.",
        pull_request=title,
        why=why,
    )


def ordinal(number: int) -> str:
    """The number as people count in English: 1st, 2nd, 3rd, 4th, 11th, 21st; elsewhere the number itself."""
    if translator().language != SOURCE:
        return str(number)
    last_two, last = number % 100, number % 10
    ending = "th" if last_two in {11, 12, 13} else _ORDINAL_ENDINGS.get(last, "th")
    return f"{number}{ending}"
