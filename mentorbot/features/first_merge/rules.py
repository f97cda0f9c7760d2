"""What is celebrated: a newcomer's first merged pull request, and anybody's milestones, each once."""

from __future__ import annotations

from datetime import timedelta

from mentorbot.core.actions import Comment, Occasion, Remember
from mentorbot.core.people import Person
from mentorbot.core.plan import Plan, leave_alone, plan
from mentorbot.core.translator import say, say_plural
from mentorbot.feature_api.records import remember
from mentorbot.features.first_merge import messages
from mentorbot.features.first_merge.config import FirstMerge
from mentorbot.features.first_merge.facts import Landed, Merge

TOO_LATE = timedelta(days=7)


def celebrate(merge: Merge, config: FirstMerge) -> Plan:  # noqa: C901, PLR0911 - a rule is its guard clauses
    """Celebrates a newcomer's first merged pull request and the milestones a maintainer named: once each.

    Members and collaborators know the place: their first merge is no occasion, but their milestones are.
    """
    author, past = merge.thread.author, merge.past
    if author is None:
        return leave_alone(say("the account that opened this is gone"))
    if author.is_bot:
        return leave_alone(say("@{login} is a bot", login=author.login))
    if author.is_named_like_a_robot:
        return leave_alone(say("@{login} looks like a script with an ordinary account", login=author.login))
    if not merge.merged:
        return leave_alone(say("it was closed without being merged"))
    if past is None or not past.certain:
        return leave_alone(
            say("it is not certain yet how much of @{login}'s work was merged before", login=author.login)
        )
    counted = _counted(merge, author)
    which = say_plural(
        "first merged pull request by @{login}",
        "merged pull request number {count} by @{login}",
        merge.count,
        login=author.login,
    )
    if not merge.is_an_occasion(config) and counted:
        return plan(
            *counted, because=say("{which}, by a commit; it counts, but is no milestone", which=which)
        )
    if not merge.is_an_occasion(config):
        return leave_alone(say("{which}: neither their first nor a milestone", which=which))
    if merge.now - merge.at > TOO_LATE:
        return leave_alone(say("it was merged more than a week ago: too late for a celebration"))
    if merge.count == 1 and merge.is_by_an_insider:
        return leave_alone(
            say("@{login} belongs to the project: a first merge is nothing new to them", login=author.login)
        )
    if merge.count == 1 and past.contributor:
        return leave_alone(
            say(
                "@{login} had commits here before, which came without a merged pull request",
                login=author.login,
            )
        )
    return plan(
        Comment(
            key=f"person {author.id}/merged {merge.count}",
            number=merge.thread.number,
            body=messages.celebration(merge, config),
            occasion=Occasion.CELEBRATION,
            mentions=(author,),
            is_a_first=merge.count == 1,
        ),
        *counted,
        because=which,
    )


def _counted(merge: Merge, author: Person) -> tuple[Remember, ...]:
    """What to remember of a merge that GitHub itself doesn't count, so that milestones come out right."""
    if not merge.by_commit:
        return ()
    return (
        remember(
            Landed(tuple(sorted({*merge.earlier_landed, merge.thread.number}))),
            key=str(author.id),
            expected=merge.landed.version if merge.landed else 0,
            whose=author.id,
        ),
    )
