"""The weekly report: what would have been said in a project, to whom, where and why, the text folded.

Nobody is notified by it, and nothing in it points back to the project: names have no @, threads are told in
code, as GitHub would show a link to one in the project itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from mentorbot.core.actions import Comment, OpenIssue, RequestReview
from mentorbot.core.entities import Repository
from mentorbot.core.markdown import as_quote, as_text, code, folded
from mentorbot.core.people import Person
from mentorbot.core.translator import say, say_day, say_list, say_plural
from mentorbot.feature_api.ports import WouldHaveSaid
from mentorbot.features.desk.facts import WeekInShadow

_MOST_SHOWN = 45_000
"""Characters of all that is shown, of the 65,536 that an issue has."""

_MOST_OF_ONE = 2_000


def report(found: WeekInShadow, repository: Repository) -> tuple[str, str]:
    """Title and text."""
    said = found.said
    title = say(
        "What I would have said in week {week}: {name}",
        week=found.week.partition("W")[2],
        name=repository.full_name,
    )
    words = [one for one in said if isinstance(one.action, Comment | OpenIssue | RequestReview)]
    lines: list[str] = []
    for one in words:
        line = _line(one, repository, found.public_url)
        if sum(map(len, lines)) + len(line) > _MOST_SHOWN:
            break
        lines.append(line)
    first = say(
        "{name} is in shadow mode: I wrote nothing there. Since {day} I would have said this:",
        name=code(repository.full_name),
        day=say_day(found.since or found.now),
    )
    if not words:
        first = say("{name} is in shadow mode: I wrote nothing there.", name=code(repository.full_name))
    return title, "\n\n".join(
        filter(
            None,
            (
                first,
                "\n\n".join(lines),
                _more(len(words) - len(lines)),
                _others(len(said) - len(words)),
                _last(),
            ),
        )
    )


def newer_one() -> str:
    """The last word in a report when the next one is there."""
    return say("There is a newer report now.")


def is_live(full_name: str) -> str:
    return say("{name} is live now, so this was the last report.", name=code(full_name))


def _line(one: WouldHaveSaid, repository: Repository, public_url: str) -> str:
    told = say(
        "{day}, {where}: {what}. Why: {why}.",
        day=say_day(one.at),
        where=_where(one, repository, public_url),
        what=_what(one),
        why=as_text(one.because.rstrip(".。"), limit=500),
    )
    body = getattr(one.action, "body", "")
    return f"- {told}" + (
        f"\n\n{folded(say('The text'), as_quote(body, limit=_MOST_OF_ONE))}" if body else ""
    )


def _where(one: WouldHaveSaid, repository: Repository, public_url: str) -> str:
    if not one.action.number:
        return code(repository.full_name)
    name = code(f"{repository.full_name}#{one.action.number}")
    return f"[{name}]({public_url}/{repository.full_name}/{one.action.number})" if public_url else name


def _what(one: WouldHaveSaid) -> str:
    action = one.action
    if isinstance(action, RequestReview):
        whom = _names([action.reviewer] if action.reviewer else []) or as_text(action.team or "")
        return say("a review request to {names}", names=whom)
    if isinstance(action, OpenIssue):
        return say("an issue, “{title}”", title=as_text(action.title))
    names = _names(action.mentions) if isinstance(action, Comment) else ""
    return say("a comment to {names}", names=names) if names else say("a comment to whoever reads there")


def _names(people: Sequence[Person]) -> str:
    return say_list([as_text(person.login) for person in people])


def _more(count: int) -> str:
    if not count:
        return ""
    return say_plural("One more is on the page.", "{count} more are on the page.", count)


def _others(count: int) -> str:
    """What has no words of its own: labels, reactions, what is folded away."""
    if not count:
        return ""
    return say_plural(
        "I would also have made one change without words, such as a label.",
        "I would also have made {count} changes without words, such as labels.",
        count,
    )


def _last() -> str:
    return say(
        "You can close this issue when you have read it. To let me write there, set {mode}.",
        mode=code("mode: live"),
    )
