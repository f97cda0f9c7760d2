"""What is asked before somebody is nudged: cheap things of all, costly ones only of those that are due."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from mentorbot.core.nudge_limits import MENTIONS_A_DAY
from mentorbot.core.people import Permission, Person
from mentorbot.core.translator import say
from mentorbot.domain.turns import Holder
from mentorbot.feature_api.feature import Case
from mentorbot.feature_api.ports import Ports
from mentorbot.features.stalled.config import Stalled
from mentorbot.features.stalled.labels.facts import projection_in
from mentorbot.features.stalled.learning.facts import is_voted_down
from mentorbot.features.stalled.nudge_history import PastNudge, past_nudges_in
from mentorbot.features.stalled.nudges.candidate import Candidate, CombinedPullRequest, candidate_of
from mentorbot.features.stalled.nudges.rules.combined_reminders import ENOUGH_TODAY, NudgeBudget
from mentorbot.features.stalled.nudges.rules.nudge import needs_second_reviewer, rung_of
from mentorbot.features.stalled.nudges.rules.rollout import (
    Due,
    Morning,
    after_morning,
    in_order,
    is_put_off,
    picked_today,
    rollout_on,
)
from mentorbot.features.stalled.nudges.second_reviewer import SecondReviewers
from mentorbot.features.stalled.records import Rollout, SecondReviewer, ToldElsewhere
from mentorbot.features.stalled.turn.facts import RepositoryContext, turn_decision_of
from mentorbot.features.stalled.turn.rules.turn_decision import DecidedTurn

_DAY = timedelta(days=1)
_AT_ONCE = 100
"""Of how many it is asked at once whether their people are away."""
_CLOSED_LATELY = timedelta(days=30)
"""For how long after a closing that no webhook told of labels are still taken off."""


async def open_pull_requests(config: Stalled, ports: Ports) -> AsyncIterator[Case[Candidate | Morning]]:
    """Every open pull request, and those closed unheard. GitHub is asked only where somebody is due."""
    context = await RepositoryContext.about_all(config, ports)
    due: list[Due] = []
    written_today: set[int] = set()
    async for timeline in ports.timelines.open():
        if any(_is_today(one.at, ports) for one in past_nudges_in(timeline, ports.bot)):
            written_today.add(timeline.number)
        candidate = await known_candidate(await turn_decision_of(timeline, context), context)
        rung = rung_of(candidate, config)
        if isinstance(rung, int) and candidate.quiet_period.is_on_a_business_day:
            due.append((candidate, rung))
        else:
            yield Case(candidate.number, candidate)
    if ports.calendar.is_business_day(ports.calendar.local(ports.now).date()):
        async for case in _morning(due, written_today, context):
            yield case
    labels = frozenset(config.labels.used.values())
    for timeline in await ports.timelines.closed_with(labels, since=ports.now - _CLOSED_LATELY):
        candidate = await known_candidate(await turn_decision_of(timeline, context), context)
        projection = candidate.projection.once_closed(context.records.keys_of(timeline.number))
        yield Case(candidate.number, replace(candidate, projection=projection))


async def _morning(
    due: Sequence[Due], written_today: Collection[int], context: RepositoryContext
) -> AsyncIterator[Case[Candidate | Morning]]:
    """Those that are due in today's order, and first what the morning chooses of them."""
    ports, config = context.ports, context.config
    record = await ports.records.get(Rollout, Rollout.KEY)
    before = record.value if record is not None else None
    rollout = rollout_on(before, now=ports.now, live_since=ports.live_since)
    chosen = picked_today(rollout, now=ports.now, calendar=ports.calendar)
    room = max(config.a_day - len({*chosen, *written_today}), 0)
    budget = NudgeBudget(mentioned={}, room=room, chosen=chosen)
    ordered = in_order(due, rollout, config, now=ports.now, calendar=ports.calendar)
    prepared = await _prepared(ordered, context, budget=budget)
    kept = after_morning(
        rollout,
        due={candidate.number for candidate, _ in due},
        picked=budget.picked,
        now=ports.now,
        calendar=ports.calendar,
    )
    yield Case(None, Morning(rollout=kept, before=before, due=len(due)))
    for candidate in prepared:
        yield Case(candidate.number, candidate)


def _is_today(moment: datetime, ports: Ports) -> bool:
    """True for a moment of the same day by the repository's clock: it is by days that nudges are counted."""
    return ports.calendar.local(moment).date() == ports.calendar.local(ports.now).date()


async def verified(number: int, config: Stalled, ports: Ports) -> Candidate | None:
    """The same pull request once more, by what GitHub says about it just before something is written."""
    timeline = await ports.github.timeline(number)
    if timeline is None:
        return None
    context = await (await RepositoryContext.about(number, config, ports)).with_learned()
    candidate = await known_candidate(await turn_decision_of(timeline, context), context)
    rung = rung_of(candidate, config)
    if isinstance(rung, int):
        candidate = await _with_permission(candidate, ports)
        rung = rung_of(candidate, config)
    mentioned = [await ports.journal.mentions_since(person, ports.now - _DAY) for person in candidate.party]
    # Of one person alone it was known in the morning; of several, not whom the nudge left out.
    asks_who_is_there = candidate.turn.holder is Holder.REVIEWERS and len(candidate.party) > 1
    past_nudges = candidate.quiet_period.past_nudges
    morning = await ports.records.get(Rollout, Rollout.KEY)
    is_late = morning is not None and is_put_off(
        number, morning.value, now=ports.now, calendar=ports.calendar
    )
    return replace(
        candidate,
        put_off=say(ENOUGH_TODAY) if is_late else "",
        is_disputed=candidate.is_disputed or await is_voted_down(past_nudges, config, ports),
        away=await ports.github.away(candidate.party) if asks_who_is_there else frozenset(),
        muted_until=await ports.journal.muted_until(number),
        mentioned_enough=frozenset(
            person
            for person, times in zip(candidate.party, mentioned, strict=True)
            if times >= MENTIONS_A_DAY
        ),
        second_reviewer=_chosen_before(candidate, rung, context) if isinstance(rung, int) else None,
        others=await _others_told_in(candidate, context),
    )


async def known_candidate(decision: DecidedTurn, context: RepositoryContext) -> Candidate:
    """A pull request with everything about it that can be known without a question to GitHub."""
    return candidate_of(
        decision,
        context.repository,
        rules=context.rules,
        projection=projection_in(decision, context),
        told_elsewhere=await told_elsewhere(decision.timeline.number, context),
        learned=context.learned,
        released=context.released,
    )


async def _with_permission(candidate: Candidate, ports: Ports) -> Candidate:
    """The same, knowing whether its author may merge: GitHub does not say of all members that they are."""
    author = candidate.author
    if candidate.turn.holder is not Holder.AUTHOR or candidate.author_belongs or author is None:
        return candidate
    may_merge = not author.is_nameless and await ports.github.permission(author) >= Permission.WRITE
    return replace(candidate, author_belongs=may_merge)


async def told_elsewhere(number: int, context: RepositoryContext) -> tuple[PastNudge, ...]:
    """The nudge that the author got in another pull request, if it was really written there."""
    record = context.records.get(ToldElsewhere, number)
    there = await context.ports.timelines.get(record.value.number) if record is not None else None
    if record is None or there is None:
        return ()
    return tuple(
        replace(one, holder=Holder.AUTHOR, rung=record.value.rung)
        for one in past_nudges_in(there, context.ports.bot)
        if one.key == record.value.key
    )


def _chosen_before(candidate: Candidate, rung: int, context: RepositoryContext) -> SecondReviewer | None:
    """Whom we chose for this very nudge already."""
    record = context.records.get(SecondReviewer, candidate.number)
    return record.value if record is not None and record.value.key == candidate.key(rung) else None


async def _prepared(
    due: Sequence[Due], context: RepositoryContext, *, budget: NudgeBudget
) -> Sequence[Candidate]:
    """Those that are due, with everything that decides about today: looked at in turn, until it is enough."""
    second_reviewers = SecondReviewers(context)
    asked: set[Person] = set()
    away: frozenset[Person] = frozenset()
    for some in _lots(due):
        people = {person for candidate, _ in some for person in candidate.party} - asked
        if people and any(budget.has_room_for(candidate) for candidate, _ in some):
            away |= await context.ports.github.away(people)
            asked |= people
        for candidate, rung in some:
            if budget.has_room_for(candidate):
                await _take(
                    candidate,
                    rung,
                    budget=budget,
                    second_reviewers=second_reviewers,
                    context=context,
                    away=away,
                )
            else:
                budget.take(candidate, rung)
    return budget.shared_out()


async def _take(
    candidate: Candidate,
    rung: int,
    *,
    budget: NudgeBudget,
    second_reviewers: SecondReviewers,
    context: RepositoryContext,
    away: frozenset[Person],
) -> None:
    """Look at one closely, and decide what is to become of it today."""
    ports = context.ports
    for person in candidate.party:
        if not budget.knows(person):
            budget.learn(person, await ports.journal.mentions_since(person, ports.now - _DAY))
    muted_until = await ports.journal.muted_until(candidate.number)
    candidate = replace(candidate, away=away.intersection(candidate.party), muted_until=muted_until)
    if candidate.turn.holder is Holder.REVIEWERS:
        candidate = budget.seen(candidate)
    elif not candidate.is_muted and not candidate.away:
        candidate = await _with_permission(candidate, ports)
        still_due = rung_of(candidate, context.config)
        if isinstance(still_due, str):
            budget.keep(candidate)
            return
        rung = still_due
    if not needs_second_reviewer(candidate, rung):
        budget.take(candidate, rung)
        return
    second_reviewer = await second_reviewers.find(candidate, _chosen_before(candidate, rung, context))
    if second_reviewer is None and rung > 1:
        budget.keep(candidate)  # nobody else to ask, today as tomorrow: others are not to wait for that
    else:
        budget.take(replace(candidate, second_reviewer=second_reviewer), rung)


def _lots(due: Sequence[Due]) -> Iterator[Sequence[Due]]:
    for start in range(0, len(due), _AT_ONCE):
        yield due[start : start + _AT_ONCE]


async def _others_told_in(
    candidate: Candidate, context: RepositoryContext
) -> tuple[CombinedPullRequest, ...]:
    """What the author is to be told of besides, as it was decided in the budget."""
    keys: Collection[str] = {candidate.key(rung) for rung in (1, 2, 3)}
    others = []
    for number, told in context.records.told_in(candidate.number):
        timeline = await context.ports.timelines.get(number) if told.key in keys else None
        if timeline is not None and timeline.is_open:
            others.append(CombinedPullRequest(number, timeline.url, timeline.title))
    return tuple(others)
