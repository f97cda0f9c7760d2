"""`/exchange`: a credit is spent, and somebody is asked for the review it buys."""

from __future__ import annotations

from datetime import timedelta

from mentorbot.core.actions import Answer, Doable
from mentorbot.core.entities import PullRequest
from mentorbot.core.plan import Plan, plan, refuse
from mentorbot.core.translator import say
from mentorbot.features.review_exchange import phrasing
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.labels.facts import BalanceDisplay
from mentorbot.features.review_exchange.labels.rules import show_balance, show_state
from mentorbot.features.review_exchange.ledger.ledger import NEWCOMERS, Entry, EntryKind
from mentorbot.features.review_exchange.queue import queue_of
from mentorbot.features.review_exchange.redeem import messages
from mentorbot.features.review_exchange.redeem.exchanges import Exchange, ExchangeState
from mentorbot.features.review_exchange.redeem.facts import RedeemRequest
from mentorbot.features.review_exchange.reviewer_pool.rules import ask_next

_LATELY = timedelta(days=90)


def redeem(facts: RedeemRequest, section: ReviewExchange) -> Plan:
    """A credit is spent on one's own pull request that is ready; a newcomer's first one is free."""
    who = f"@{facts.by.login}"
    pull, before = facts.pull, facts.before
    if pull is None or pull.state != "open":
        return refuse(
            messages.is_closed(),
            because=say("{name} asked to spend a credit on a closed pull request", name=who),
        )
    if before is not None and before.runs:
        place, length = _place(facts, before, section)
        return refuse(
            messages.runs_already(before, place=place, length=length),
            because=say("{name} asked to spend a second credit on the same pull request", name=who),
        )
    if pull.draft:
        return refuse(messages.is_draft(), because=say("{name} asked to spend a credit on a draft", name=who))
    balance = facts.accounts.ledger.balance(facts.by)
    is_free = _is_free(facts, section)
    if balance < section.price and not is_free:
        has = phrasing.in_credits(balance, section)
        return refuse(
            messages.not_enough(balance, section),
            because=say("{name} asked to spend one credit, but has {amount}", name=who, amount=has),
        )
    exchange = _exchange(facts, pull, section, is_free=is_free)
    gift, spent = _entries(facts, exchange, section)
    left = balance + (gift.amount if gift else 0) - section.price
    doing: list[Doable] = [facts.accounts.entry(gift)] if gift else []
    doing += [facts.accounts.lock(facts.by, facts.now), facts.accounts.entry(spent)]
    doing += show_balance(facts.displays, left, section, since=spent.key)
    doing += show_state(pull.number, None, ExchangeState.WANTED, section, since=f"{exchange.what}/spent")
    ready = section.labels.ready
    if ready is not None and ready in pull.labels:
        shown = BalanceDisplay(number=pull.number, head="", labels=pull.labels, runs=True)
        doing += show_balance([shown], left, section, since=spent.key)
    exchange, asks = ask_next(exchange, facts.candidates, now=facts.now)
    place, length = _place(facts, exchange, section)
    until = section.review_within.after(exchange.since, facts.calendar)
    text = messages.spent(exchange, left, section, place=place, length=length, until=until)
    return plan(
        *doing,
        exchange.remembered(),
        *asks,
        Answer(reaction="hooray", text=text),
        because=say("{name} used their free first review on this pull request", name=who)
        if is_free
        else say("{name} spent one credit on this pull request", name=who),
    )


def _is_free(facts: RedeemRequest, section: ReviewExchange) -> bool:
    """The first pull request of somebody new, once; a gift given before stays theirs until it is spent."""
    given = any(entry.what == NEWCOMERS for entry in facts.accounts.ledger.of(facts.by, EntryKind.GIFTED))
    return section.newcomers_free and facts.is_newcomer and not given


def _exchange(facts: RedeemRequest, pull: PullRequest, section: ReviewExchange, *, is_free: bool) -> Exchange:
    ledger, by, before = facts.accounts.ledger, facts.by, facts.before
    earned = [entry for entry in ledger.of(by, EntryKind.EARNED) if entry.at >= facts.now - _LATELY]
    returned = [entry for entry in ledger.of(by, EntryKind.RETURNED) if entry.at >= facts.now - _LATELY]
    return Exchange(
        number=pull.number,
        title=pull.title,
        author=by,
        since=facts.now,
        state=ExchangeState.WANTED,
        nth=before.nth + 1 if before is not None else 1,
        paid=section.price,
        free=is_free,
        newcomer=facts.is_newcomer,
        earned=sum(entry.amount for entry in earned),
        came_back=len(returned),
        version=before.version if before is not None else 0,
    )


def _entries(facts: RedeemRequest, exchange: Exchange, section: ReviewExchange) -> tuple[Entry | None, Entry]:
    gift = None
    if exchange.free:
        gift = Entry(
            kind=EntryKind.GIFTED,
            person=facts.by,
            at=facts.now,
            place=facts.place,
            what=NEWCOMERS,
            amount=section.price,
            reason=NEWCOMERS,
        )
    spent = Entry(
        kind=EntryKind.SPENT,
        person=facts.by,
        at=facts.now,
        place=facts.place,
        what=exchange.what,
        amount=section.price,
        reason="/exchange",
    )
    return gift, spent


def _place(facts: RedeemRequest, exchange: Exchange, section: ReviewExchange) -> tuple[int, int]:
    """Its place in the queue, and how long the queue is."""
    queue = queue_of([*facts.others, exchange], now=facts.now, price=section.price)
    mine = next(placed for placed in queue if placed.exchange.number == exchange.number)
    return mine.place, len(queue)
