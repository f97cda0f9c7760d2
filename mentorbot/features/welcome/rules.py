"""Who is greeted: whoever is certainly new here, or certainly back after a long time, and nobody twice."""

from __future__ import annotations

from datetime import timedelta

from mentorbot.core.actions import Comment, Occasion
from mentorbot.core.people import Association
from mentorbot.core.plan import Plan, leave_alone, plan
from mentorbot.core.translator import phrase, say, say_list, say_plural, translator
from mentorbot.domain.contributor_history import ContributorHistory
from mentorbot.feature_api.records import remember
from mentorbot.features.welcome import messages
from mentorbot.features.welcome.config import Welcome
from mentorbot.features.welcome.facts import Greeted, GreetingOccasion, OpenedThread

TOO_LATE = timedelta(days=7)
_BECAUSE = {
    GreetingOccasion.FIRST_ISSUE: phrase("first issue by @{login}"),
    GreetingOccasion.FIRST_PULL_REQUEST: phrase("first pull request by @{login}"),
    GreetingOccasion.FIRST_PULL_REQUEST_AFTER_AN_ISSUE: phrase(
        "first pull request by @{login}, who had opened an issue before"
    ),
    # Translators: {when} is a day.
    GreetingOccasion.RETURN: phrase("@{login} is back, last seen on {when}"),
}


def welcome(opening: OpenedThread, config: Welcome) -> Plan:  # noqa: PLR0911 - a rule is its guard clauses
    """Greets a person on their first issue, first pull request and, if wanted, their return: once on each."""
    nobody = _nobody_to_greet(opening, config)
    if nobody:
        return leave_alone(nobody)
    author, past, occasion = opening.thread.author, opening.past, opening.occasion(config)
    if author is None or past is None or past.insider:
        return leave_alone(say("@{login} belongs to the project", login=author.login if author else ""))
    if occasion is None:
        did = _what_they_did(opening, past)
        return leave_alone(say("@{login} was here before: {did}", login=author.login, did=did))
    if not past.certain:
        return leave_alone(say("it is not certain yet whether @{login} was here before", login=author.login))
    if opening.may_merge:
        return leave_alone(say("@{login} belongs to the project", login=author.login))
    if opening.greeted is not None and opening.was_greeted_on_what_came_later:
        return leave_alone(
            say(
                "@{login} was greeted in #{number} already, which was opened after this",
                login=author.login,
                number=opening.greeted.value.number,
            )
        )
    thread = opening.thread
    return plan(
        Comment(
            key=_key(occasion, opening, past),
            number=thread.number,
            body=messages.greeting(occasion, opening, config),
            occasion=Occasion.GREETING,
            mentions=(author,),
            is_a_first=occasion is not GreetingOccasion.RETURN,
        ),
        remember(
            Greeted(thread.number, thread.opened_at),
            key=str(author.id),
            expected=opening.greeted.version if opening.greeted else 0,
            whose=author.id,
        ),
        because=say(
            _BECAUSE[occasion],
            login=author.login,
            when=translator().long_date(past.last_seen.date()) if past.last_seen else "",
        ),
    )


def _nobody_to_greet(opening: OpenedThread, config: Welcome) -> str:  # noqa: PLR0911 - as above
    """Why nobody is greeted whoever its author is to the project; empty where somebody may be."""
    thread, author = opening.thread, opening.thread.author
    if not config.greets_on(pull_request=thread.is_pull_request):
        return (
            say("greetings on pull requests are switched off here")
            if thread.is_pull_request
            else say("greetings on issues are switched off here")
        )
    if author is None:
        return say("the account that opened this is gone")
    if author.is_bot:
        return say("@{login} is a bot", login=author.login)
    if author.is_named_like_a_robot or _is_listed(author.login, config):
        return say("@{login} looks like a script with an ordinary account", login=author.login)
    if thread.association is Association.MANNEQUIN:
        return say("@{login} stands in for somebody elsewhere: this was imported", login=author.login)
    if opening.by != author:
        return say(
            "@{login} brought this here, not its author @{author}",
            login=opening.by.login,
            author=author.login,
        )
    if opening.now - thread.opened_at > TOO_LATE:
        return say("this was opened more than a week ago: too late for a greeting")
    return ""


def _is_listed(login: str, config: Welcome) -> bool:
    return login.lower() in {robot.lower().removeprefix("@") for robot in config.robots}


def _key(occasion: GreetingOccasion, opening: OpenedThread, past: ContributorHistory) -> str:
    """What makes this greeting the same as another one: person and occasion, however often it is decided."""
    if occasion is GreetingOccasion.RETURN and past.last_seen is not None:
        return f"person {past.person.id}/back, last seen {past.last_seen:%Y-%m-%d}"
    return f"person {past.person.id}/{opening.kind}"


def _what_they_did(opening: OpenedThread, past: ContributorHistory) -> str:
    did = []
    if past.issues:
        did.append(say_plural("one issue", "{count} issues", past.issues))
    if past.pull_requests:
        did.append(say_plural("one pull request", "{count} pull requests", past.pull_requests))
    if past.reviews:
        did.append(say_plural("one review", "{count} reviews", past.reviews))
    if opening.has_commits_here:
        did.append(say("commits"))
    return say_list(did)
