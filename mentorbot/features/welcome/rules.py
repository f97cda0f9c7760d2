"""Who is greeted: whoever is certainly new here, or certainly back after a long time, and nobody twice."""

from __future__ import annotations

import re
from datetime import timedelta

from mentorbot.core.actions import Comment, Occasion
from mentorbot.core.people import Association
from mentorbot.core.plan import Plan, leave_alone, plan
from mentorbot.core.translator import english_plural
from mentorbot.domain.contributor_history import ContributorHistory
from mentorbot.features.welcome import messages
from mentorbot.features.welcome.config import Welcome
from mentorbot.features.welcome.facts import OpenedThread
from mentorbot.features.welcome.messages import GreetingOccasion

TOO_LATE = timedelta(days=7)
_NAMED_LIKE_A_ROBOT = re.compile(r".+[-_]bot", re.IGNORECASE)


def welcome(opening: OpenedThread, config: Welcome) -> Plan:  # noqa: C901, PLR0911 - a rule is its guard clauses
    """Greets a person on their first issue, first pull request and, if wanted, their return: once on each."""
    author, thread, past = opening.thread.author, opening.thread, opening.past
    if not config.greets_on(pull_request=thread.is_pull_request):
        return leave_alone(f"greetings on {opening.kind}s are switched off here")
    if author is None:
        return leave_alone(f"the account that opened this {opening.kind} is gone")
    if author.is_bot:
        return leave_alone(f"@{author.login} is a bot")
    if _is_a_robot(author.login, config):
        return leave_alone(f"@{author.login} looks like a script with an ordinary account")
    if thread.association is Association.MANNEQUIN:
        return leave_alone(
            f"@{author.login} stands in for somebody elsewhere: this {opening.kind} was imported"
        )
    if opening.by != author:
        return leave_alone(
            f"@{opening.by.login} brought this {opening.kind} here, not its author @{author.login}"
        )
    if opening.now - thread.opened_at > TOO_LATE:
        return leave_alone(
            f"this {opening.kind} is more than {TOO_LATE.days} days old: too late for a greeting"
        )
    if past is None or past.insider:
        return leave_alone(f"@{author.login} belongs to the project")
    occasion = _occasion(opening, past, config)
    if occasion is None:
        return leave_alone(f"@{author.login} was here before: {_what_they_did(opening, past)}")
    if not past.certain:
        return leave_alone(f"it is not certain yet whether @{author.login} was here before")
    return plan(
        Comment(
            key=_key(occasion, opening, past),
            number=thread.number,
            body=messages.greeting(occasion, opening, config),
            occasion=Occasion.GREETING,
            mentions=(author,),
        ),
        because=_because(occasion, author.login, past),
    )


def _is_a_robot(login: str, config: Welcome) -> bool:
    listed = login.lower() in {robot.lower().removeprefix("@") for robot in config.robots}
    return listed or _NAMED_LIKE_A_ROBOT.fullmatch(login) is not None


def _occasion(opening: OpenedThread, past: ContributorHistory, config: Welcome) -> GreetingOccasion | None:
    """Why this is a moment for a greeting; None where it isn't."""
    is_new = past.is_new_to_pull_requests and not opening.has_commits_here
    if opening.thread.is_pull_request and is_new:
        return (
            GreetingOccasion.FIRST_PULL_REQUEST_AFTER_AN_ISSUE
            if past.issues
            else GreetingOccasion.FIRST_PULL_REQUEST
        )
    if not opening.thread.is_pull_request and is_new and past.opened_nothing_and_reviewed_nothing:
        return GreetingOccasion.FIRST_ISSUE
    if config.back is None or config.back_after is None or past.last_seen is None:
        return None
    is_back = config.back_after.has_passed(past.last_seen, opening.thread.opened_at, opening.calendar)
    return GreetingOccasion.RETURN if is_back else None


def _key(occasion: GreetingOccasion, opening: OpenedThread, past: ContributorHistory) -> str:
    """What makes this greeting the same as another one: person and occasion, however often it is decided."""
    if occasion is GreetingOccasion.RETURN and past.last_seen is not None:
        return f"person {past.person.id}/back, last seen {past.last_seen:%Y-%m-%d}"
    return f"person {past.person.id}/{opening.kind}"


def _what_they_did(opening: OpenedThread, past: ContributorHistory) -> str:
    counted = (
        (past.issues, "{count} issue", "{count} issues"),
        (past.pull_requests, "{count} pull request", "{count} pull requests"),
        (past.reviews, "{count} review", "{count} reviews"),
    )
    did = [english_plural(one, more, number) for number, one, more in counted if number]
    return ", ".join([*did, "commits"] if opening.has_commits_here else did)


def _because(occasion: GreetingOccasion, login: str, past: ContributorHistory) -> str:
    if occasion is GreetingOccasion.RETURN:
        return f"@{login} is back, last seen on {past.last_seen:%Y-%m-%d}"
    if occasion is GreetingOccasion.FIRST_PULL_REQUEST_AFTER_AN_ISSUE:
        return f"first pull request by @{login}, who had opened an issue before"
    return f"first {occasion} by @{login}"
