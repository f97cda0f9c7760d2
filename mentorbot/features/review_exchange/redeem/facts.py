"""What is asked when somebody wants to spend a credit on their pull request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mentorbot.config.calendar import DEFAULT_CALENDAR, Calendar
from mentorbot.core.entities import PullRequest
from mentorbot.core.events import CommandGiven
from mentorbot.core.people import Person
from mentorbot.feature_api.ports import Ports
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.labels.facts import BalanceDisplay, balance_displays
from mentorbot.features.review_exchange.ledger.ledger import Place
from mentorbot.features.review_exchange.ledger.ledger_store import Accounts, ledger_store_of, place_of
from mentorbot.features.review_exchange.redeem.exchanges import Exchange, exchange_on, is_newcomers_first
from mentorbot.features.review_exchange.reviewer_pool.facts import (
    Candidates,
    candidates_for,
    outstanding_requests,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RedeemRequest:
    """Somebody wants a review of their pull request. `others` are the pull requests in the queue already.

    `before` is the exchange that was on this pull request before, if any. `candidates` is who could be asked.
    """

    now: datetime
    by: Person
    pull: PullRequest | None
    place: Place
    accounts: Accounts
    before: Exchange | None
    others: Sequence[Exchange]
    is_newcomer: bool
    candidates: Candidates
    displays: Sequence[BalanceDisplay] = ()
    calendar: Calendar = DEFAULT_CALENDAR


async def redeem_request(event: CommandGiven, section: ReviewExchange, ports: Ports) -> RedeemRequest:
    """Everything that decides whether a credit can be spent here. A comment's payload doesn't tell drafts."""
    number = event.thread.number
    pull = await ports.github.pull_request(number)
    store = await ledger_store_of(section, ports)
    asked = await outstanding_requests(ports)
    before = await exchange_on(number, ports.records)
    may_spend = pull is not None and pull.state == "open" and not (before is not None and before.runs)
    return RedeemRequest(
        now=event.at,
        by=event.by,
        pull=pull,
        place=place_of(ports, number),
        accounts=await store.accounts(event.by),
        before=before,
        others=[one for one in asked.exchanges if one.number != number],
        is_newcomer=await is_newcomers_first(
            event.by, ports, opened_at=event.thread.opened_at, number=number
        ),
        candidates=await candidates_for(number, store, asked, section, ports) if may_spend else Candidates(),
        displays=await balance_displays(event.by, section, ports, but=number) if may_spend else (),
        calendar=ports.calendar,
    )
