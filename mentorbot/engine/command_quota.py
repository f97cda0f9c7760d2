"""How many commands of one person are answered and carried out: the bot's writes are there for everybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mentorbot.core.actions import Answer
from mentorbot.core.events import CommandGiven
from mentorbot.core.plan import Plan
from mentorbot.core.translator import phrase, say, speaking
from mentorbot.db.command_quota import CommandRequest, QuotaUsage
from mentorbot.db.connection import AsyncConnection
from mentorbot.db.store import Store
from mentorbot.engine.decide import Decision

TEXT_REPLIES_PER_THREAD = 5
"""Comments of one person in one thread that are answered in words, within 10 minutes."""
TEXT_REPLIES_LATELY, TEXT_REPLIES_AN_HOUR = 10, 20
"""The same in a whole installation, within 10 minutes and within an hour."""
REPLIES_LATELY = 20
"""Commands of one person in an installation that are answered at all, within 10 minutes."""
COMMANDS_AN_HOUR = 60
"""Commands of one person in an installation that are carried out, within an hour."""

_ONLY_REACTIONS = phrase(
    "I have said a lot to you lately. For a while I only answer with reactions; what you ask is still done."
)
_NO_REPLIES = phrase("You have asked a lot of me lately. For a while I do what you ask without answering.")
_NO_COMMANDS = phrase("You gave me {limit} commands within an hour. I take the next one a little later.")


_MUCH_HERE = phrase("not answered in words, as {who} had {limit} answers here within 10 minutes")
_MUCH_LATELY = phrase("not answered in words, as {who} had {limit} answers within 10 minutes")
_MUCH_IN_AN_HOUR = phrase("not answered in words, as {who} had {limit} answers within an hour")


async def within_quota(
    connection: AsyncConnection, store: Store, decision: Decision, event: CommandGiven, *, now: datetime
) -> Decision:
    """The decision about a command as far as whoever gave it may still have it; it is counted.

    First words become few, then reactions, and in the end commands are not carried out; each step is said
    once, and from then on the journal tells.
    """
    request = CommandRequest(
        delivery=event.delivery,
        part=decision.part,
        person_id=event.by.id,
        installation_id=event.installation_id,
        repository_id=event.repository.id,
        number=event.thread.number,
        at=now,
    )
    spent = await store.command_quota.spent(connection, request)
    with speaking(decision.translator):
        plan = _within(decision.plan, event, spent)
    if spent.commands_in_an_hour <= COMMANDS_AN_HOUR:
        in_words = any(isinstance(one, Answer) and one.text for one in plan.actions)
        await store.command_quota.add(connection, request, in_words=in_words)
    return replace(decision, plan=plan)


def _within(plan: Plan, event: CommandGiven, spent: QuotaUsage) -> Plan:
    who = f"@{event.by.login}"
    if spent.commands_in_an_hour >= COMMANDS_AN_HOUR:
        why = say(
            "not carried out, as {who} gave {limit} commands within an hour", who=who, limit=COMMANDS_AN_HOUR
        )
        last = (Answer(reaction="confused", text=say(_NO_COMMANDS, limit=COMMANDS_AN_HOUR)),)
        is_last = spent.commands_in_an_hour == COMMANDS_AN_HOUR
        return Plan(actions=last if is_last else (), because=f"{plan.because}; {why}", refuses=True)
    if spent.commands_lately >= REPLIES_LATELY:
        why = say(
            "not answered, as {who} gave {limit} commands within 10 minutes", who=who, limit=REPLIES_LATELY
        )
        return _with_reply(plan, why, _NO_REPLIES if spent.commands_lately == REPLIES_LATELY else None)
    if not any(isinstance(action, Answer) and action.text for action in plan.actions):
        return plan
    for count, most, told in (
        (spent.words_here_lately, TEXT_REPLIES_PER_THREAD, _MUCH_HERE),
        (spent.words_lately, TEXT_REPLIES_LATELY, _MUCH_LATELY),
        (spent.words_in_an_hour, TEXT_REPLIES_AN_HOUR, _MUCH_IN_AN_HOUR),
    ):
        if count >= most:
            why = say(told, who=who, limit=most)
            return _with_reply(plan, why, _ONLY_REACTIONS if count == most and not spent.words_beside else "")
    return plan


def _with_reply(plan: Plan, why: str, text: str | None) -> Plan:
    actions = tuple(
        replace(action, text=say(text) if text else "") if isinstance(action, Answer) else action
        for action in plan.actions
        if not isinstance(action, Answer) or text is not None
    )
    return replace(plan, actions=actions, because=f"{plan.because}; {why}")
