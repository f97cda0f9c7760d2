"""What is asked when somebody says something on a pull request: is it a review, what does the ledger know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mentorbot.config.calendar import Calendar
from mentorbot.core.events import (
    CommentEvent,
    PullRequestClosed,
    PullRequestPushed,
    ReviewDismissed,
    ReviewEdited,
    ReviewSubmitted,
)
from mentorbot.core.people import Person
from mentorbot.domain.expertise import is_human
from mentorbot.domain.timeline import PullRequestTimeline
from mentorbot.feature_api.ports import Ports
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.labels.facts import BalanceDisplay, balance_displays
from mentorbot.features.review_exchange.ledger.ledger import Entry, EntryKind, Place
from mentorbot.features.review_exchange.ledger.ledger_store import (
    Accounts,
    LedgerStore,
    ledger_store_of,
    place_of,
)
from mentorbot.features.review_exchange.redeem.exchanges import Exchange, exchange_on
from mentorbot.features.review_exchange.scoring.contribution import (
    Contribution,
    contribution_of,
    says_something,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenReview:
    """What somebody has given to a pull request so far, and what the ledger knows of them and its author.

    `for_exchange` is what they gave since a credit was spent on it. `is_first_here` is true where this is the
    first review of somebody who doesn't belong to the project.
    """

    given: Contribution
    place: Place
    accounts: Accounts
    calendar: Calendar
    for_exchange: Contribution | None = None
    is_first_here: bool = False

    def settles(self, exchange: Exchange) -> bool:
        """True where it is a review by somebody else that came after the credit was spent."""
        gave = self.for_exchange
        return gave is not None and gave.enough and gave.reviewer != exchange.author


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningExchange:
    """A review that is owed on the pull request; `has_begun` tells that somebody said something about it."""

    exchange: Exchange
    place: Place
    accounts: Accounts
    has_begun: bool
    displays: Sequence[BalanceDisplay] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewActivity:
    """Something happened on a pull request: what each person concerned has given to it, and what is owed.

    `ended` is set where it was closed. `nothing` is the sentence for the journal where there is nothing to
    weigh.
    """

    number: int
    given: Sequence[GivenReview] = ()
    running: RunningExchange | None = None
    ended: datetime | None = None
    merged: bool = False
    nothing: str = "There is no review here that isn't in the books"


Remark = ReviewSubmitted | ReviewEdited | ReviewDismissed | CommentEvent


async def remark(event: Remark, section: ReviewExchange, ports: Ports) -> ReviewActivity:
    """Somebody reviewed or commented, or changed or lost what they had said: their review is read anew."""
    number = event.thread.number
    writer = event.comment.author if isinstance(event, CommentEvent) else event.review.author
    if not event.thread.is_pull_request:
        return ReviewActivity(number=number, nothing="It is no pull request")
    if writer is None or writer.is_bot or not is_human(writer):
        return ReviewActivity(number=number, nothing="Bots don't take part in the review exchange")
    if writer == event.thread.author and not isinstance(event, ReviewSubmitted):
        return ReviewActivity(number=number, nothing="Its author talks here, which is no review")
    return await activity_on(number, [writer], section, ports, is_new=isinstance(event, ReviewSubmitted))


async def pushed(event: PullRequestPushed, section: ReviewExchange, ports: Ports) -> ReviewActivity:
    """New commits may be what reviewers asked for: then their requests were worth something."""
    return await activity_on(event.thread.number, None, section, ports)


async def closed(event: PullRequestClosed, section: ReviewExchange, ports: Ports) -> ReviewActivity:
    """A pull request is closed or merged: what was not enough by now stays so, what was owed comes back."""
    thread = event.thread
    ended = thread.closed_at or event.at
    return await activity_on(thread.number, None, section, ports, ended=ended, merged=thread.merged)


async def activity_on(
    number: int,
    reviewers: Sequence[Person] | None,
    section: ReviewExchange,
    ports: Ports,
    *,
    is_new: bool = False,
    ended: datetime | None = None,
    merged: bool = False,
) -> ReviewActivity:
    """What these people (None: everybody) have given to a pull request, and what the ledger knows."""
    timeline, anew = await ports.timelines.get(number), reviewers is not None
    if timeline is None:
        return ReviewActivity(number=number, nothing="I have not seen this pull request from its start")
    store = await ledger_store_of(section, ports)
    exchange = await exchange_on(number, ports.records)
    owed = exchange if exchange is not None and exchange.runs else None
    given = [
        one
        for reviewer in (_reviewers(timeline) if reviewers is None else reviewers)
        if (one := await _given(timeline, reviewer, owed, store, section, ports, is_new=is_new, anew=anew))
    ]
    running = None
    if owed is not None:
        ends = ended is not None
        running = RunningExchange(
            exchange=owed,
            place=place_of(ports, number),
            accounts=await store.accounts(owed.author),
            has_begun=_somebody_began(timeline, owed),
            displays=await balance_displays(owed.author, section, ports, but=number) if ends else (),
        )
    return ReviewActivity(number=number, given=given, running=running, ended=ended, merged=merged)


async def _given(
    timeline: PullRequestTimeline,
    reviewer: Person,
    exchange: Exchange | None,
    store: LedgerStore,
    section: ReviewExchange,
    ports: Ports,
    *,
    is_new: bool,
    anew: bool,
) -> GivenReview | None:
    guards, calendar = section.guards, ports.calendar
    accounts = await store.accounts(reviewer, timeline.author)
    state = accounts.ledger.state(reviewer, place_of(ports, timeline.number))
    if exchange is None and state is not None and _is_settled(state, anew=anew):
        return None
    found = contribution_of(timeline, reviewer, guards, calendar=calendar)
    if found is None:
        return None
    since = None
    if exchange is not None and exchange.author == timeline.author:
        since = contribution_of(timeline, reviewer, guards, calendar=calendar, since=exchange.since)
    return GivenReview(
        given=found,
        place=place_of(ports, timeline.number),
        accounts=accounts,
        calendar=calendar,
        for_exchange=since,
        is_first_here=is_new and await _is_first(found, accounts, section, ports),
    )


def _is_settled(state: Entry, *, anew: bool) -> bool:
    """True where nothing can change: it is earned, or counts and nobody touched what was said."""
    return state.kind is EntryKind.EARNED or (
        not anew and state.kind in {EntryKind.PENDING, EntryKind.DISPUTED}
    )


async def _is_first(found: Contribution, accounts: Accounts, section: ReviewExchange, ports: Ports) -> bool:
    """True for the first review of somebody who doesn't belong here; asked only where it may be."""
    if section.checklist is None or found.reviewer == found.author or accounts.ledger.of(found.reviewer):
        return False
    past = await ports.people.contributor_history(found.reviewer, before=found.at, number=found.number)
    return past.certain and not (past.reviews or past.insider)


def _reviewers(timeline: PullRequestTimeline) -> Sequence[Person]:
    remarks = (act.by for act in timeline.acts if act.is_remark and act.by is not None)
    return [person for person in dict.fromkeys(remarks) if person != timeline.author and is_human(person)]


def _somebody_began(timeline: PullRequestTimeline, exchange: Exchange) -> bool:
    return any(
        act.at > exchange.since and act.by != exchange.author and is_human(act.by) and says_something(act)
        for act in timeline.acts
    )
