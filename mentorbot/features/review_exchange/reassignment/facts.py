"""What is asked about reviews that are owed: has whoever was asked begun, who could be asked instead."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mentorbot.config.calendar import Calendar
from mentorbot.domain.timeline import PullRequestTimeline
from mentorbot.feature_api.feature import Case
from mentorbot.feature_api.ports import Ports
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.labels.facts import BalanceDisplay, balance_displays
from mentorbot.features.review_exchange.ledger.ledger import Place
from mentorbot.features.review_exchange.ledger.ledger_store import Accounts, ledger_store_of, place_of
from mentorbot.features.review_exchange.redeem.exchanges import Exchange
from mentorbot.features.review_exchange.reviewer_pool.facts import (
    NOBODY,
    Candidates,
    candidates_for,
    outstanding_requests,
)
from mentorbot.features.review_exchange.scoring.contribution import says_something


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedReview:
    """A review that is owed.

    `answered` tells whether whoever was asked last has said anything since; `candidates` is filled where
    somebody else is to be asked. `is_open` is False where the pull request was closed without our hearing of
    it.
    """

    now: datetime
    calendar: Calendar
    exchange: Exchange
    place: Place
    accounts: Accounts
    is_draft: bool = False
    is_open: bool = True
    answered: bool = False
    candidates: Candidates = NOBODY
    displays: Sequence[BalanceDisplay] = ()

    def is_late(self, section: ReviewExchange) -> bool:
        return section.review_within.has_passed(self.exchange.since, self.now, self.calendar)

    def is_over(self, section: ReviewExchange) -> bool:
        """True where no review is waited for any more."""
        return self.is_late(section) or not self.is_open

    def is_time_to_ask(self, section: ReviewExchange) -> bool:
        """True where nobody is asked yet, or whoever was asked has kept silent for too long."""
        if self.is_draft or self.answered:
            return False
        asked = self.exchange.asked
        return not asked or section.reassign_after.has_passed(asked[-1].at, self.now, self.calendar)


async def owed_reviews(section: ReviewExchange, ports: Ports) -> AsyncIterator[Case[OwedReview]]:
    """Every pull request on which a credit was spent and that waits for its review."""
    asked = await outstanding_requests(ports)
    running = [one for one in asked.exchanges if one.runs]
    if not running:
        return
    store = await ledger_store_of(section, ports)
    for one in running:
        timeline = await ports.timelines.get(one.number)
        facts = OwedReview(
            now=ports.now,
            calendar=ports.calendar,
            exchange=one,
            place=place_of(ports, one.number),
            accounts=await store.accounts(one.author),
            is_draft=timeline is not None and timeline.is_draft,
            is_open=timeline is None or timeline.is_open,
            answered=timeline is not None and _answered(timeline, one),
        )
        if facts.is_over(section):
            facts = replace(
                facts, displays=await balance_displays(one.author, section, ports, but=one.number)
            )
        elif facts.is_time_to_ask(section):
            facts = replace(facts, candidates=await candidates_for(one.number, store, asked, section, ports))
            if facts.candidates.fits:  # those further back must not ask the same person for one too many
                asked = asked.after(facts.candidates.first_asked(one, now=facts.now))
        yield Case(one.number, facts)


def _answered(timeline: PullRequestTimeline, exchange: Exchange) -> bool:
    last = exchange.asked[-1] if exchange.asked else None
    return last is not None and any(
        act.by == last.person and act.at > last.at and says_something(act) for act in timeline.acts
    )
