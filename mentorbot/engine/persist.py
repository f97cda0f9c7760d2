"""Writes decisions down: records, journal, effects and their jobs, all in one transaction or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncConnection

from mentorbot.core.actions import Action, Remember
from mentorbot.db.effects import Effect
from mentorbot.db.journal import DecisionNote
from mentorbot.db.store import Store
from mentorbot.engine.decide import Decision
from mentorbot.engine.person_quota import within_budget
from mentorbot.engine.priorities import act_job, rank_of
from mentorbot.engine.redaction import told_of


async def keep(
    connection: AsyncConnection, store: Store, decisions: Sequence[Decision], *, now: datetime
) -> None:
    """Write decisions down. Raises Conflict where one was built on a record that has changed since."""
    decisions = [await within_budget(connection, store, decision, now=now) for decision in decisions]
    decisions = await told_of(connection, decisions)
    for decision in decisions:
        await _keep_records(connection, store, decision)
    noted = [(decision, _note_of(decision)) for decision in decisions if decision.plan.concerns]
    await store.journal.write(connection, [note for _, note in noted])
    effects = [
        effect_of(decision, action)
        for decision in decisions
        for action in decision.actions
        if action not in decision.replies
    ]
    added = await store.effects.add(connection, effects, now=now)
    await store.jobs.defer(connection, [act_job(id_, effect) for id_, effect in added])
    ids = [id_ for id_, _ in added]
    links: list[tuple[UUID, bytes]] = []
    for decision, note in noted:
        keys = [key_of(decision, action) for action in decision.actions if action not in decision.replies]
        for reply in decision.replies:
            id_, key = await _collect(connection, store, effect_of(decision, reply), decision.part, now=now)
            ids.append(id_)
            keys.append(key)
        if note.decision is not None:
            links += [(note.decision, await store.effects.fingerprint(key)) for key in keys]
    await store.journal.link(connection, links, added=ids)


async def let_answers_go(
    connection: AsyncConnection, store: Store, deliveries: Sequence[str], *, decided: bool = False
) -> None:
    """Have what deliveries are answered said, once everything in them is decided or given up: in one comment.

    Until then it is collected, in the store: whatever comes between, each answer is said once. `decided` says
    that all commands are, though the rest of the delivery is not.
    """
    found = await store.command_replies.let_go(connection, deliveries, decided=decided)
    await store.jobs.defer(connection, [act_job(effect.id, effect) for effect in found])


async def _collect(
    connection: AsyncConnection, store: Store, effect: Effect, part: str, *, now: datetime
) -> tuple[int, str]:
    """Add an answer to those of the same comment; what comes too late for that is said by itself."""
    id_ = await store.command_replies.collect(connection, effect, now=now)
    if id_ is None:
        effect = replace(effect, key=f"{effect.key}, {part}")
        id_ = await store.command_replies.collect(connection, effect, now=now)
    return id_ or 0, effect.key


def is_quiet(decision: Decision) -> bool:
    """True where nothing but a journal entry comes of it."""
    return not decision.plan.actions


def notes_of(decisions: Sequence[Decision]) -> list[DecisionNote]:
    """The journal entries of decisions, as far as they concern anybody."""
    return [_note_of(decision) for decision in decisions if decision.plan.concerns]


def _note_of(decision: Decision) -> DecisionNote:
    """The journal entry of a decision. What a sweep left alone replaces what it said of it the day before."""
    acted = bool(decision.actions)  # a mere note to itself is nothing that people would call acting
    swept = decision.delivery is None and not acted
    return DecisionNote(
        at=decision.at,
        feature=decision.feature,
        acted=acted,
        because=decision.plan.because,
        repository_id=decision.repository.id,
        number=decision.number,
        person_id=decision.person.id if decision.person else None,
        delivery=decision.delivery,
        place=f"{decision.feature} {decision.number}" if swept else None,
        refused=decision.plan.refuses,
        decision=uuid4() if acted else None,
        people=decision.people,
    )


def key_of(decision: Decision, action: Action) -> str:
    """The whole key of an effect, unique over all features and repositories."""
    whose = "answers" if action in decision.replies else decision.feature
    return f"{whose}/{decision.repository.id}/{action.key}"


def effect_of(decision: Decision, action: Action) -> Effect:
    """The effect of one action of a decision."""
    return Effect(
        key=key_of(decision, action),
        feature=decision.feature,
        installation_id=decision.installation_id,
        repository_id=decision.repository.id,
        action=action,
        because=decision.plan.because,
        delivery=decision.delivery,
        recheck={"trigger": decision.recheck} if decision.recheck else None,
        priority=rank_of(action, asked=decision.part.startswith("command")),
        people=decision.people,
    )


async def _keep_records(connection: AsyncConnection, store: Store, decision: Decision) -> None:
    for action in decision.records:
        home = decision.repository.id if action.repository_id is None else action.repository_id
        if isinstance(action, Remember):
            await store.records.remember(connection, decision.feature, home, action)
        else:
            await store.records.forget(connection, decision.feature, home, action)
