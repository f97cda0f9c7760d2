"""What becomes of a review in the ledger: it counts, is refused by a named guard, or is gone again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mentorbot.core.actions import Comment, Doable, Forget, Occasion
from mentorbot.core.plan import Plan, leave_alone, no_concern_of_ours, plan
from mentorbot.core.translator import say
from mentorbot.features.review_exchange import phrasing
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.earning.pending_reviews import PendingReview, key_of
from mentorbot.features.review_exchange.labels.rules import show_state
from mentorbot.features.review_exchange.ledger.ledger import CLOSED, MERGED, Entry, EntryKind
from mentorbot.features.review_exchange.redeem.exchanges import ExchangeState
from mentorbot.features.review_exchange.refund.rules import refund
from mentorbot.features.review_exchange.reviewer_pool.rules import release
from mentorbot.features.review_exchange.scoring import messages
from mentorbot.features.review_exchange.scoring.facts import GivenReview, ReviewActivity, RunningExchange
from mentorbot.features.review_exchange.scoring.guards import BARE, Appraisal, ReviewCase, appraise

UNTOLD = frozenset({"own", "bots"})
"""Guards that refuse things nobody took for a review: no line in the ledger."""

GONE = frozenset({"deleted", "dismissed"})
"""What becomes of a review that counted is told by these alone: a typo mended later takes nothing away."""


def weigh(activity: ReviewActivity, section: ReviewExchange) -> Plan:
    """A review that has substance counts until it is disputed; what refuses it has a name."""
    actions: list[Doable] = []
    sentences: list[str] = []
    for given in activity.given:
        did, because = _weigh_one(given, section, is_last_look=activity.ended is not None)
        actions += did
        sentences.append(because)
    if activity.running is not None:
        for settle in (_settle, _give_back):
            did, because = settle(activity, activity.running, section)
            actions += did
            sentences += [because] if because else []
    if not sentences:
        return no_concern_of_ours(activity.nothing)
    because = "; ".join(sentences)
    return plan(*actions, because=because) if actions else leave_alone(because)


def _weigh_one(  # noqa: PLR0911 - a rule is its guard clauses
    one: GivenReview, section: ReviewExchange, *, is_last_look: bool
) -> tuple[list[Doable], str]:
    given, who = one.given, f"@{one.given.reviewer.login}"
    state = one.accounts.ledger.state(given.reviewer, one.place)
    if state is not None and state.kind is EntryKind.EARNED:
        return [], say("The review by {name} has earned its credits already", name=who)
    waits = state is not None and state.kind in {EntryKind.PENDING, EntryKind.DISPUTED}
    case = ReviewCase(
        given=given, place=one.place, ledger=one.accounts.ledger, guards=section.guards, calendar=one.calendar
    )
    value = appraise(case)
    if waits and given.enough:
        return [], say("The review by {name} counts already, but is not confirmed yet", name=who)
    if waits and state is not None and value.refused_by in GONE:
        return _void(one, state, value.refused_by)
    if waits:
        return [], say("The review by {name} counted when it was given, and still does", name=who)
    if value.counts:
        return _count(one, value, section)
    if value.refused_by == messages.SUBSTANCE and not is_last_look:
        return [*_coach(one, section, value)], say(
            "What {name} wrote does not count as a review yet: it needs a few words on what was looked at, a "
            "question on a line, or a test",
            name=who,
        )
    because = say(
        "The review by {name} does not count: {why} ({guard})",
        name=who,
        why=say(messages.WHY_REFUSED[value.refused_by]),
        guard=value.refused_by,
    )
    entry = _entry(EntryKind.REFUSED, one, what=value.refused_by, reason=value.refused_by)
    if value.refused_by in UNTOLD or entry.key in one.accounts.ledger:
        return [], because
    return [one.accounts.entry(entry), *_coach(one, section, value)], because


def _count(one: GivenReview, value: Appraisal, section: ReviewExchange) -> tuple[list[Doable], str]:
    given = one.given
    what = f"no{len(one.accounts.ledger.of(given.reviewer, EntryKind.PENDING, place=one.place)) + 1}"
    lessened = ", ".join(value.lessened_by)
    entry = _entry(EntryKind.PENDING, one, what=what, reason=lessened, amount=value.value)
    waiting = PendingReview(
        reviewer=given.reviewer,
        author=given.author,
        number=given.number,
        since=given.at,
        value=value.value,
        what=what,
        nodes=given.nodes,
    )
    who, amount = f"@{given.reviewer.login}", phrasing.in_credits(value.value, section)
    because = (
        say(
            "The review by {name} counts if nobody objects (credits: +{amount}, made less by {guards})",
            name=who,
            amount=amount,
            guards=lessened,
        )
        if lessened
        else say(
            "The review by {name} counts if nobody objects (credits: +{amount})", name=who, amount=amount
        )
    )
    return [one.accounts.entry(entry), waiting.remembered(), *_coach(one, section, value)], because


def _void(one: GivenReview, state: Entry, name: str) -> tuple[list[Doable], str]:
    """A review that counted is gone before anybody confirmed it."""
    given = one.given
    what = f"after {one.accounts.ledger.of(given.reviewer, EntryKind.PENDING, place=one.place)[-1].what}"
    entry = _entry(EntryKind.VOIDED, one, what=what, reason=name)
    entry = replace(entry, at=max(entry.at, state.at))
    waits_no_more = Forget(kind=PendingReview.KIND, key=key_of(given.number, given.reviewer))
    because = say(
        "The review by {name} no longer counts: {why} ({guard})",
        name=f"@{given.reviewer.login}",
        why=say(messages.WHY_REFUSED[name]),
        guard=name,
    )
    return [one.accounts.entry(entry), waits_no_more], because


def _entry(kind: EntryKind, one: GivenReview, *, what: str, reason: str, amount: int = 0) -> Entry:
    given = one.given
    verdict = BARE if given.approves_only else given.verdict.value if given.verdict else "comment"
    return Entry(
        kind=kind,
        person=given.reviewer,
        at=given.at,
        place=one.place,
        about=given.author,
        head=given.head,
        verdict=verdict,
        words=given.words,
        lines=given.lines,
        fingerprint=given.fingerprint,
        what=what,
        reason=reason,
        amount=amount,
    )


def _coach(one: GivenReview, section: ReviewExchange, value: Appraisal) -> Iterator[Doable]:
    """Somebody's first review here is met with thanks and a checklist, once in their life."""
    template = section.checklist
    if not one.is_first_here or template is None:
        return
    reviewer = one.given.reviewer
    yield Comment(
        key=f"person {reviewer.id}/first review",
        number=one.given.number,
        body=messages.checklist(reviewer, one.place, section, template=template, refused_by=value.refused_by),
        occasion=Occasion.CELEBRATION,
        mentions=(reviewer,),
    )


def _settle(
    activity: ReviewActivity, running: RunningExchange, section: ReviewExchange
) -> tuple[list[Doable], str]:
    """A review with substance is what a credit was spent for, whoever gives it and whatever it earns them."""
    exchange = running.exchange
    gave = next((one.for_exchange for one in activity.given if one.settles(exchange)), None)
    if gave is not None:
        entry = Entry(
            kind=EntryKind.SETTLED,
            person=exchange.author,
            at=gave.at,
            place=running.place,
            what=exchange.what,
            reason="reviewed",
            by=gave.reviewer,
        )
        is_asked = bool(exchange.asked) and exchange.asked[-1].person == gave.reviewer
        since, settled = f"{exchange.what}/settled", ExchangeState.SETTLED
        return [
            running.accounts.entry(entry),
            exchange.remembered(state=settled),
            *(() if is_asked else release(exchange)),
            *show_state(activity.number, exchange.state, settled, section, since=since),
        ], say(
            "{name} got the review that a credit was spent for, from {reviewer}",
            name=f"@{exchange.author.login}",
            reviewer=f"@{gave.reviewer.login}",
        )
    if running.has_begun and exchange.state is ExchangeState.WANTED and activity.ended is None:
        since, begun = f"{exchange.what}/begun", ExchangeState.IN_REVIEW
        return [
            exchange.remembered(state=begun),
            *show_state(activity.number, ExchangeState.WANTED, begun, section, since=since),
        ], say("somebody has started to review it")
    return [], ""


def _give_back(
    activity: ReviewActivity, running: RunningExchange, section: ReviewExchange
) -> tuple[list[Doable], str]:
    """What was spent on a pull request that ended without a review comes back."""
    if activity.ended is None:
        return [], ""
    if any(one.for_exchange is not None and one.for_exchange.enough for one in activity.given):
        return [], ""
    name = f"@{running.exchange.author.login}"
    actions = refund(
        running.exchange,
        running.accounts,
        section,
        at=activity.ended,
        place=running.place,
        reason=MERGED if activity.merged else CLOSED,
        displays=running.displays,
    )
    if activity.merged:
        return actions, say("{name} gets the credit back: it was merged before a review", name=name)
    return actions, say("{name} gets the credit back: it was closed before a review", name=name)
