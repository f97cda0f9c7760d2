"""Where the balance of an author is shown: on which of their pull requests, and what these show now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mentorbot.core.events import PullRequestEvent
from mentorbot.core.people import Person
from mentorbot.domain.expertise import is_human
from mentorbot.domain.timeline import PullRequestTimeline
from mentorbot.feature_api.ports import Ports
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.ledger.ledger_store import Accounts, ledger_store_of
from mentorbot.features.review_exchange.redeem.exchanges import exchange_on, is_newcomers_first

MOST_PULLS = 5
"""On so many of somebody's open pull requests their balance is kept up to date, the latest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceDisplay:
    """An open pull request, ready for review. `runs` tells whether a review of it is owed already."""

    number: int
    head: str
    labels: frozenset[str]
    runs: bool


async def balance_displays(
    person: Person, section: ReviewExchange, ports: Ports, *, but: int = 0
) -> Sequence[BalanceDisplay]:
    """Where this person's balance is shown; nowhere where nothing is to be shown."""
    if not section.check_run and section.labels.ready is None:
        return ()
    pulls = [pull for pull in await ports.timelines.open_by(person) if not pull.is_draft]
    latest = sorted((pull for pull in pulls if pull.number != but), key=lambda pull: -pull.number)
    return [await _display(pull, ports) for pull in latest[:MOST_PULLS]]


async def _display(pull: PullRequestTimeline, ports: Ports) -> BalanceDisplay:
    exchange = await exchange_on(pull.number, ports.records)
    return BalanceDisplay(
        number=pull.number,
        head=pull.current_head,
        labels=pull.labels,
        runs=exchange is not None and exchange.runs,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorBalance:
    """A pull request on which its author's balance is to be shown; `accounts` is None where it is not."""

    number: int
    head: str
    draft: bool
    author: Person | None
    accounts: Accounts | None = None
    labels: frozenset[str] = frozenset()
    runs: bool = False
    since: str = ""
    free: bool = False


async def author_balance(event: PullRequestEvent, section: ReviewExchange, ports: Ports) -> AuthorBalance:
    """What a pull request that is opened, pushed to or marked ready says about its author's balance."""
    thread = event.thread
    found = AuthorBalance(
        number=thread.number, head=thread.head_sha, draft=thread.draft, author=thread.author
    )
    wants_anything = section.check_run or section.labels.ready is not None
    if not wants_anything or thread.author is None or thread.draft or not is_human(thread.author):
        return found
    store = await ledger_store_of(section, ports)
    accounts = await store.accounts(thread.author)
    exchange = await exchange_on(thread.number, ports.records)
    entries = accounts.ledger.of(thread.author)
    may_be_free = section.newcomers_free and not entries
    free = may_be_free and await is_newcomers_first(
        thread.author, ports, opened_at=thread.opened_at, number=thread.number
    )
    return replace(
        found,
        accounts=accounts,
        labels=thread.labels,
        runs=exchange is not None and exchange.runs,
        since=entries[-1].key if entries else "the beginning",
        free=free,
    )
