"""Holds greetings back where too many people come at once, and asks maintainers what becomes of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mentorbot.core.actions import CloseIssue, DecideGreetings, OpenIssue
from mentorbot.core.translator import say, say_plural
from mentorbot.db.connection import AsyncConnection
from mentorbot.db.effects import Effect
from mentorbot.db.held_greetings import KEPT, Crowd
from mentorbot.db.store import Store
from mentorbot.engine.jobs import act_job
from mentorbot.engine.priorities import Rank

MOST_OPEN_PULL_REQUESTS = 3
"""Of somebody of whom nothing was merged yet."""

MOST_NEWCOMERS_IN_AN_HOUR = 20


async def held_back(
    connection: AsyncConnection, store: Store, effect: Effect, *, now: datetime
) -> str | None:
    """Hold a greeting back where too many came at once, and ask maintainers, once; why it is held.

    None where it may be sent. Called within the transaction that would begin it.
    """
    why = _why(await store.held_greetings.crowd(connection, effect))
    if why is None:
        return None
    batch = await store.held_greetings.hold(connection, effect, why=why)
    asked = replace(
        effect, people=(), delivery=None, recheck=None, because=why, priority=Rank.CORRECTION, held=None
    )
    issue = OpenIssue(
        key=_issue(batch), title=say("Many newcomers: shall I greet them?"), body=_question(why)
    )
    await _add(connection, store, _with(asked, issue), now=now)
    return why


async def decide_greetings(
    connection: AsyncConnection, store: Store, repository_id: int, decided: DecideGreetings, *, now: datetime
) -> None:
    """Send what is held back in a repository, or don't; and close the issue in which that was asked."""
    if decided.send:
        batch, greetings = await store.held_greetings.let_go(connection, repository_id)
        await store.jobs.defer(connection, [act_job(one.id, one) for one in greetings])
    else:
        batch, greetings = await store.held_greetings.drop(connection, repository_id, why=decided.because)
    if not greetings:
        return
    told = replace(
        greetings[0],
        people=(),
        recheck=None,
        because=decided.because,
        priority=Rank.CORRECTION,
        held=None,
    )
    close = CloseIssue(key=f"{_issue(batch)} are decided", issue=_issue(batch), body=decided.word)
    await _add(connection, store, _with(told, close), now=now)


def _why(crowd: Crowd) -> str | None:
    if crowd.open_pull_requests > MOST_OPEN_PULL_REQUESTS:
        return say_plural(
            "one person who is new here has one open pull request",
            "one person who is new here has {count} open pull requests",
            crowd.open_pull_requests,
        )
    if crowd.newcomers > MOST_NEWCOMERS_IN_AN_HOUR:
        return say_plural(
            "more than one new person came within an hour",
            "more than {count} new people came within an hour",
            MOST_NEWCOMERS_IN_AN_HOUR,
        )
    return None


def _question(why: str) -> str:
    question = say(
        "I hold my greetings back: {why}. Is that junk, or are they welcome? Please look at the newest "
        "issues and pull requests, and write one of these in a comment here:\n\n"
        "- `/mentorbot greet all`: I greet them now.\n"
        "- `/mentorbot greet none`: I do not.",
        why=why,
    )
    end = say_plural(
        "After one day without an answer I greet nobody.",
        "After {count} days without an answer I greet nobody.",
        KEPT.days,
    )
    return f"{question}\n\n{end}"


def _issue(batch: str) -> str:
    return f"greetings {batch}"


def _with(effect: Effect, action: OpenIssue | CloseIssue) -> Effect:
    return replace(effect, action=action, key=f"{effect.feature}/{effect.repository_id}/{action.key}")


async def _add(connection: AsyncConnection, store: Store, effect: Effect, *, now: datetime) -> None:
    added = await store.effects.add(connection, [effect], now=now)
    await store.jobs.defer(connection, [act_job(id_, one) for id_, one in added])
