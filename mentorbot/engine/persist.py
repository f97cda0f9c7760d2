"""Writes decisions down: records, journal, effects and their jobs, all in one transaction or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID, uuid4

from mentorbot.core.actions import (
    Action,
    DecideGreetings,
    Doable,
    Forget,
    LeaveAlone,
    MinimizeComment,
    Remember,
)
from mentorbot.core.events import CommandGiven
from mentorbot.db.connection import AsyncConnection
from mentorbot.db.effects import Effect
from mentorbot.db.journal import DecisionNote
from mentorbot.db.silence import keep_wish
from mentorbot.db.store import Store
from mentorbot.engine.command_quota import within_quota
from mentorbot.engine.commands import collect_reply
from mentorbot.engine.decide import Decision
from mentorbot.engine.forgotten_people import without_forgotten_people
from mentorbot.engine.held_greetings import decide_greetings
from mentorbot.engine.jobs import act_job
from mentorbot.engine.priorities import rank_of
from mentorbot.feature_api.muting import SILENCES


async def persist(
    connection: AsyncConnection, store: Store, decisions: Sequence[Decision], *, now: datetime
) -> None:
    """Write decisions down. Raises Conflict where one was built on a record that has changed since."""
    decisions = [
        await within_quota(connection, store, decision, decision.event, now=now)
        if isinstance(decision.event, CommandGiven)
        else decision
        for decision in decisions
    ]
    decisions = await without_forgotten_people(connection, decisions)
    await _persist_wishes(connection, store, decisions, now=now)
    for decision in decisions:
        home = decision.repository.id
        await persist_records(
            connection,
            store,
            decision.feature,
            decision.records,
            home=home,
            shadow_of=home if decision.shadow else 0,
        )
    noted = [(decision, _journal_note(decision)) for decision in decisions if decision.plan.concerns]
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
            id_, key = await collect_reply(
                connection, store, effect_of(decision, reply), decision.part, now=now
            )
            ids.append(id_)
            keys.append(key)
        if note.decision is not None:
            links += [
                (note.decision, await store.effects.fingerprint(key, within=connection)) for key in keys
            ]
    await store.journal.link(connection, links, added=ids)


async def _persist_wishes(
    connection: AsyncConnection, store: Store, decisions: Sequence[Decision], *, now: datetime
) -> None:
    """What people want left unsaid; before all else, as whoever begins an effect waits for it."""
    if any(_changes_silence(action) for decision in decisions for action in decision.plan.actions):
        await store.silence.begin_change(connection)
    for decision in decisions:
        for action in decision.plan.actions:
            if isinstance(action, LeaveAlone):
                await keep_wish(connection, action)
            elif isinstance(action, DecideGreetings):
                await decide_greetings(connection, store, decision.repository.id, action, now=now)


def _changes_silence(action: Doable) -> bool:
    return isinstance(action, LeaveAlone) or (
        isinstance(action, Remember | Forget) and action.kind in SILENCES
    )


def is_journal_only(decision: Decision) -> bool:
    """True where nothing but a journal entry comes of it."""
    return not decision.plan.actions


def journal_notes(decisions: Sequence[Decision]) -> list[DecisionNote]:
    """The journal entries of decisions, as far as they concern anybody."""
    return [_journal_note(decision) for decision in decisions if decision.plan.concerns]


def _journal_note(decision: Decision) -> DecisionNote:
    """The journal entry of a decision. What a sweep left alone replaces what it said of it the day before.

    Where it kept something in mind, it says so for good.
    """
    acted = bool(decision.actions)  # a mere note to itself is nothing that people would call acting
    swept = decision.delivery is None and not decision.plan.acts
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
    return Effect(
        key=key_of(decision, action),
        feature=decision.feature,
        installation_id=decision.installation_id,
        repository_id=decision.repository.id,
        action=action,
        because=decision.plan.because,
        delivery=decision.delivery,
        recheck={"trigger": decision.recheck} if decision.recheck and not _is_noted(action) else None,
        priority=rank_of(action, asked=_is_asked_for(decision)),
        people=decision.people,
        asked=_is_asked_for(decision),
        shadow=decision.shadow,
    )


def _is_noted(action: Action) -> bool:
    """True for what the same decision notes as done: asked once more, its rule would find nothing to do."""
    return isinstance(action, MinimizeComment)


def _is_asked_for(decision: Decision) -> bool:
    """True where somebody's command led to it."""
    return decision.part.startswith("command")


async def persist_records(
    connection: AsyncConnection,
    store: Store,
    feature: str,
    records: Iterable[Remember | Forget],
    *,
    home: int,
    shadow_of: int = 0,
) -> None:
    """Keep and forget records of a feature, in the repository `home` unless they name another one.

    Those of a repository in shadow (`shadow_of`) are seen by its own decisions alone.

    Raises Conflict.
    """
    for action in records:
        place = home if action.repository_id is None else action.repository_id
        if isinstance(action, Remember):
            await store.records.remember(connection, feature, place, action, shadow_of=shadow_of)
        else:
            await store.records.forget(connection, feature, place, action, shadow_of=shadow_of)
