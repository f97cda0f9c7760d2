"""What a greeting says: that they are seen, who looks, how long it takes, what they can do, whom to ask."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from math import ceil

from mentorbot.core.entities import PullRequest
from mentorbot.core.markdown import as_text, code
from mentorbot.core.translator import english_plural
from mentorbot.domain.response_time import Estimate
from mentorbot.features.welcome.config import Welcome
from mentorbot.features.welcome.facts import OpenedThread


class GreetingOccasion(StrEnum):
    FIRST_ISSUE = "issue"
    FIRST_PULL_REQUEST = "pull request"
    FIRST_PULL_REQUEST_AFTER_AN_ISSUE = "pull request after an issue"
    RETURN = "return"


# A line whose values are all empty is left out (see `Template.render`).
_HELLO_TO_AN_ISSUE = """\
Hi @${author}, thank you for your first issue in **${repo}**. It is good to have you here.

"""
_HELLO_TO_A_PULL_REQUEST = """\
Hi @${author}, thank you for your first pull request in **${repo}**. It is good to have you here.

"""
_HELLO_AGAIN = """\
Hi @${author}, good to see you again, and thank you for your first pull request in **${repo}**.

"""
_HELLO_AFTER_A_LONG_TIME = """\
Hi @${author}, welcome back to **${repo}**, and thank you for this ${thread}. Some things may have changed \
while you were away: if anything surprises you, just say so.

"""
_WHAT_HAPPENS_NEXT = """\
- **What happens next:** ${who} will look at it. If that takes long, it says nothing about your work. ${eta}
- **Your draft:** ${draft}
"""
_UNTIL_THEN_IN_A_PULL_REQUEST = """\
- **Until then** nothing is needed from you. If you want to change something, add it to ${branch}: it shows \
up here by itself.
"""
_UNTIL_THEN_IN_AN_ISSUE = """\
- **Until then** nothing is needed from you. If you think of something that helps others to see what you saw \
(what you did, what happened, what you had expected), add it in a comment.
"""
_WHOM_TO_ASK = """\
- **Questions?** Ask in a comment right here, whatever it is about. People read it; I am only the bot that \
says hello.
- **How things are done here:** ${guide}
- **A mentor:** ${mentor}
- **Office hours:** ${office_hours}
"""
_BUILT_IN = {
    GreetingOccasion.FIRST_ISSUE: _HELLO_TO_AN_ISSUE
    + _WHAT_HAPPENS_NEXT
    + _UNTIL_THEN_IN_AN_ISSUE
    + _WHOM_TO_ASK,
    GreetingOccasion.FIRST_PULL_REQUEST: (
        _HELLO_TO_A_PULL_REQUEST + _WHAT_HAPPENS_NEXT + _UNTIL_THEN_IN_A_PULL_REQUEST + _WHOM_TO_ASK
    ),
    GreetingOccasion.FIRST_PULL_REQUEST_AFTER_AN_ISSUE: (
        _HELLO_AGAIN + _WHAT_HAPPENS_NEXT + _UNTIL_THEN_IN_A_PULL_REQUEST + _WHOM_TO_ASK
    ),
    GreetingOccasion.RETURN: _HELLO_AFTER_A_LONG_TIME + _WHAT_HAPPENS_NEXT + _WHOM_TO_ASK,
}
_DRAFT = (
    "people usually look once you press **Ready for review** at the end of this page. "
    "If you would like an opinion before, say so in a comment."
)

_UNITS = (
    (timedelta(hours=1), "an hour", "{count} hours", 20),
    (timedelta(days=1), "a day", "{count} days", 13),
    (timedelta(weeks=1), "a week", "{count} weeks", 9),
    (timedelta(days=30), "a month", "{count} months", None),
)
"""The units waits are told in, each with its number up to which it is taken."""


def greeting(occasion: GreetingOccasion, opening: OpenedThread, config: Welcome) -> str:
    """The greeting: the maintainer's text where there is one, else the built-in one."""
    thread = opening.thread
    pull_request = thread if isinstance(thread, PullRequest) else None
    chosen = config.text_for(pull_request=pull_request is not None, back=occasion is GreetingOccasion.RETURN)
    return chosen.or_built_in(_BUILT_IN[occasion]).render(
        author=thread.author.login if thread.author else "",
        repo=as_text(opening.repository.name),
        thread=opening.kind,
        number=str(thread.number),
        title=as_text(thread.title),
        who=config.who,
        eta=eta(opening.waits) if opening.waits else "",
        draft=_DRAFT if pull_request and pull_request.draft else "",
        branch=f"your branch {code(pull_request.head_ref)}" if pull_request and pull_request.head_ref else "",
        guide=opening.guidance.guide or config.guide,
        mentor=config.mentor or opening.guidance.mentor,
        office_hours=config.office_hours,
    )


def eta(waits: Estimate) -> str:
    """How long a first answer takes, in a sentence that promises no more than what was seen."""
    if waits.half_within is None:
        return (
            "In the last year fewer than half of the pull requests here got an answer, so please be patient."
        )
    half = in_words(waits.half_within)
    if waits.most_within is None:
        return f"Half of the pull requests here get a first answer within {half}; others wait much longer."
    most = in_words(waits.most_within)
    if half == most:
        return f"Most pull requests here get a first answer within {most}."
    return f"Half of the pull requests here get a first answer within {half}, four out of five within {most}."


def in_words(wait: timedelta) -> str:
    """A wait as people would put it, rounded up: "an hour", "9 hours", "13 days", "6 weeks", "4 months"."""
    unit, one, more = next(
        (unit, one, more) for unit, one, more, at_most in _UNITS if at_most is None or wait <= at_most * unit
    )
    return english_plural(one, more, max(ceil(wait / unit), 1))
