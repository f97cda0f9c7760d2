"""`/exchange`: a credit is spent, and somebody is asked for the review it buys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from mentorbot.core.actions import Answer, Doable
from mentorbot.core.entities import PullRequest
from mentorbot.core.events import CommandGiven
from mentorbot.core.people import Person
from mentorbot.core.plan import Plan, plan, refuse
from mentorbot.feature_api.ports import Ports
from mentorbot.features.review_exchange import answers, messages
from mentorbot.features.review_exchange.asking import Asking, ask_next, what_is_asked, whom_to_ask
from mentorbot.features.review_exchange.books import Page, books_of, place_of
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.exchanges import Exchange, State, exchange_on
from mentorbot.features.review_exchange.facts import is_newcomers_first
from mentorbot.features.review_exchange.ledger import Entry, Kind, Place
from mentorbot.features.review_exchange.queue import queue_of
from mentorbot.features.review_exchange.showing import OpenPull, open_pulls_of, show_balance, show_state

_LATELY = timedelta(days=90)
NEWCOMERS = "newcomer"
"""What the gift for a newcomer's first pull request is called in the ledger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Somebody wants a review of their pull request. `others` are the pull requests in the queue already.

    `before` is the exchange that was on this pull request before, if any. `asking` is who could be asked.
    """

    now: datetime
    by: Person
    pull: PullRequest | None
    place: Place
    page: Page
    before: Exchange | None
    others: Sequence[Exchange]
    is_newcomer: bool
    asking: Asking
    pulls: Sequence[OpenPull] = ()


async def wish(event: CommandGiven, section: ReviewExchange, ports: Ports) -> Wish:
    """Everything that decides whether a credit can be spent here. A comment's payload doesn't tell drafts."""
    number = event.thread.number
    pull = await ports.github.pull_request(number)
    books = await books_of(section, ports)
    asked = await what_is_asked(ports)
    past = await ports.people.contributor_history(event.by, before=event.thread.opened_at, number=number)
    before = await exchange_on(number, ports.records)
    may_spend = pull is not None and pull.state == "open" and not (before is not None and before.runs)
    return Wish(
        now=event.at,
        by=event.by,
        pull=pull,
        place=place_of(ports, number),
        page=await books.page(event.by),
        before=before,
        others=[one for one in asked.exchanges if one.number != number],
        is_newcomer=is_newcomers_first(past),
        asking=await whom_to_ask(number, books, asked, section, ports) if may_spend else Asking(),
        pulls=await open_pulls_of(event.by, section, ports, but=number) if may_spend else (),
    )


def spend(facts: Wish, section: ReviewExchange) -> Plan:
    """A credit is spent on one's own pull request that is ready; a newcomer's first one is free."""
    who, asked = f"@{facts.by.login}", f"@{facts.by.login} asked to spend a credit"
    pull, before = facts.pull, facts.before
    if pull is None or pull.state != "open":
        return refuse(
            "This pull request is closed, so a review can't help it any more.",
            because=f"{asked} on a closed one",
        )
    if before is not None and before.runs:
        return refuse(answers.runs_already(before, _place(facts, before, section)), because=f"{asked} twice")
    if pull.draft:
        return refuse(messages.IS_DRAFT, because=f"{asked} on a draft")
    balance = facts.page.ledger.balance(facts.by)
    is_free = _is_free(facts, section)
    if balance < section.price and not is_free:
        return refuse(
            answers.not_enough(balance, section),
            because=f"{asked}, but has {messages.in_credits(balance, section)}",
        )
    exchange = _exchange(facts, pull, section, is_free=is_free)
    gift, spent = _entries(facts, exchange, section)
    left = balance + (gift.amount if gift else 0) - section.price
    doing: list[Doable] = [facts.page.entry(gift)] if gift else []
    doing += [facts.page.lock(facts.by, facts.now), facts.page.entry(spent)]
    doing += show_balance(facts.pulls, left, section, since=spent.key)
    doing += show_state(pull.number, None, State.WANTED, section, since=f"{exchange.what}/spent")
    ready = section.labels.ready
    if ready is not None and ready in pull.labels:
        shown = OpenPull(number=pull.number, head="", labels=pull.labels, runs=True)
        doing += show_balance([shown], left, section, since=spent.key)
    exchange, asks = ask_next(exchange, facts.asking, now=facts.now)
    place = _place(facts, exchange, section)
    text = answers.spent(exchange, place, left, section, fits=facts.asking.fits)
    return plan(
        *doing,
        exchange.remembered(),
        *asks,
        Answer(reaction="hooray", text=text),
        because=f"{who} spent {'their free first review' if is_free else 'a credit'} on this pull request",
    )


def _is_free(facts: Wish, section: ReviewExchange) -> bool:
    """The first pull request of somebody new, once; a gift given before stays theirs until it is spent."""
    given = any(entry.what == NEWCOMERS for entry in facts.page.ledger.of(facts.by, Kind.GIFTED))
    return section.newcomers_free and facts.is_newcomer and not given


def _exchange(facts: Wish, pull: PullRequest, section: ReviewExchange, *, is_free: bool) -> Exchange:
    ledger, by, before = facts.page.ledger, facts.by, facts.before
    earned = [entry for entry in ledger.of(by, Kind.EARNED) if entry.at >= facts.now - _LATELY]
    returned = [entry for entry in ledger.of(by, Kind.RETURNED) if entry.at >= facts.now - _LATELY]
    return Exchange(
        number=pull.number,
        title=pull.title,
        author=by,
        since=facts.now,
        state=State.WANTED,
        nth=before.nth + 1 if before is not None else 1,
        paid=section.price,
        free=is_free,
        newcomer=facts.is_newcomer,
        earned=sum(entry.amount for entry in earned),
        came_back=len(returned),
        version=before.version if before is not None else 0,
    )


def _entries(facts: Wish, exchange: Exchange, section: ReviewExchange) -> tuple[Entry | None, Entry]:
    gift = None
    if exchange.free:
        gift = Entry(
            kind=Kind.GIFTED,
            person=facts.by,
            at=facts.now,
            place=facts.place,
            what=NEWCOMERS,
            amount=section.price,
            reason="a newcomer's first pull request",
        )
    spent = Entry(
        kind=Kind.SPENT,
        person=facts.by,
        at=facts.now,
        place=facts.place,
        what=exchange.what,
        amount=section.price,
        reason="/exchange",
    )
    return gift, spent


def _place(facts: Wish, exchange: Exchange, section: ReviewExchange) -> tuple[int, tuple[str, ...], int]:
    """Its place in the queue, the reasons, and how long the queue is."""
    queue = queue_of([*facts.others, exchange], now=facts.now, price=section.price)
    mine = next(placed for placed in queue if placed.exchange.number == exchange.number)
    return mine.place, mine.reasons, len(queue)
