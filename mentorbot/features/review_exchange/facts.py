"""What is asked when somebody says something on a pull request: is it a review, what do the books know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mentorbot.config.calendar import Calendar
from mentorbot.core.events import (
    CommentEvent,
    PullRequestClosed,
    PullRequestEvent,
    PullRequestPushed,
    ReviewDismissed,
    ReviewEdited,
    ReviewSubmitted,
)
from mentorbot.core.people import Person
from mentorbot.domain.contributor_history import ContributorHistory
from mentorbot.domain.expertise import is_human
from mentorbot.domain.timeline import PullRequestTimeline
from mentorbot.feature_api.ports import Ports
from mentorbot.features.review_exchange.books import Books, Page, books_of, place_of
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.evidence import Contribution, contribution_of, says_something
from mentorbot.features.review_exchange.exchanges import Exchange, exchange_on
from mentorbot.features.review_exchange.ledger import Entry, Kind, Place
from mentorbot.features.review_exchange.showing import OpenPull, open_pulls_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What somebody has given to a pull request so far, and what the books know of them and its author.

    `for_exchange` is what they gave since a credit was spent on it. `is_first_here` is true where this is the
    first review of somebody who doesn't belong to the project.
    """

    given: Contribution
    place: Place
    page: Page
    calendar: Calendar
    for_exchange: Contribution | None = None
    is_first_here: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """Something happened on a pull request: what each person concerned has given to it, and what is owed.

    `ended` is set where it was closed. `nothing` is the sentence for the journal where there is nothing to
    weigh.
    """

    now: datetime
    number: int
    given: Sequence[Given] = ()
    exchange: Exchange | None = None
    ended: datetime | None = None
    merged: bool = False
    author: Person | None = None
    page: Page | None = None
    place: Place | None = None
    pulls: Sequence[OpenPull] = ()
    remarks_since: bool = False
    nothing: str = "There is no review here that isn't in the books"


Remark = ReviewSubmitted | ReviewEdited | ReviewDismissed | CommentEvent


async def remark(event: Remark, section: ReviewExchange, ports: Ports) -> Heard:
    """Somebody reviewed or commented, or changed or lost what they had said: their review is read anew."""
    number = event.thread.number
    writer = event.comment.author if isinstance(event, CommentEvent) else event.review.author
    if not event.thread.is_pull_request:
        return Heard(now=ports.now, number=number, nothing="It is no pull request")
    if writer is None or writer.is_bot or not is_human(writer):
        return Heard(now=ports.now, number=number, nothing="Bots don't take part in the review exchange")
    if writer == event.thread.author and not isinstance(event, ReviewSubmitted):
        return Heard(now=ports.now, number=number, nothing="Its author talks here, which is no review")
    return await heard(number, [writer], section, ports, is_new=isinstance(event, ReviewSubmitted))


async def pushed(event: PullRequestPushed, section: ReviewExchange, ports: Ports) -> Heard:
    """New commits may be what reviewers asked for: then their requests were worth something."""
    return await heard(event.thread.number, None, section, ports)


async def closed(event: PullRequestClosed, section: ReviewExchange, ports: Ports) -> Heard:
    """A pull request is closed or merged: what was not enough by now stays so, what was owed comes back."""
    thread = event.thread
    ended = thread.closed_at or event.at
    return await heard(thread.number, None, section, ports, ended=ended, merged=thread.merged)


async def heard(
    number: int,
    reviewers: Sequence[Person] | None,
    section: ReviewExchange,
    ports: Ports,
    *,
    is_new: bool = False,
    ended: datetime | None = None,
    merged: bool = False,
) -> Heard:
    """What these people (None: everybody) have given to a pull request, and what the books know."""
    timeline, anew = await ports.timelines.get(number), reviewers is not None
    if timeline is None:
        return Heard(now=ports.now, number=number, nothing="I have not seen this pull request from its start")
    books = await books_of(section, ports)
    exchange = await exchange_on(number, ports.records)
    running = exchange if exchange is not None and exchange.runs else None
    given = [
        one
        for reviewer in (_reviewers(timeline) if reviewers is None else reviewers)
        if (one := await _given(timeline, reviewer, running, books, section, ports, is_new=is_new, anew=anew))
    ]
    comes_back = running is not None and ended is not None
    return Heard(
        now=ports.now,
        number=number,
        given=given,
        exchange=running,
        ended=ended,
        merged=merged,
        author=timeline.author,
        place=place_of(ports, number),
        page=await books.page(running.author) if running is not None else None,
        pulls=await open_pulls_of(running.author, section, ports, but=number)
        if running is not None and comes_back
        else (),
        remarks_since=running is not None and _somebody_began(timeline, running),
    )


async def _given(
    timeline: PullRequestTimeline,
    reviewer: Person,
    exchange: Exchange | None,
    books: Books,
    section: ReviewExchange,
    ports: Ports,
    *,
    is_new: bool,
    anew: bool,
) -> Given | None:
    guards, calendar = section.guards, ports.calendar
    page = await books.page(reviewer, timeline.author)
    state = page.ledger.state(reviewer, place_of(ports, timeline.number))
    if exchange is None and state is not None and _is_settled(state, anew=anew):
        return None
    found = contribution_of(timeline, reviewer, guards, calendar=calendar)
    if found is None:
        return None
    since = None
    if exchange is not None and exchange.author == timeline.author:
        since = contribution_of(timeline, reviewer, guards, calendar=calendar, since=exchange.since)
    return Given(
        given=found,
        place=place_of(ports, timeline.number),
        page=page,
        calendar=calendar,
        for_exchange=since,
        is_first_here=is_new and await _is_first(found, page, section, ports),
    )


def _is_settled(state: Entry, *, anew: bool) -> bool:
    """True where nothing can change: it is earned, or counts and nobody touched what was said."""
    return state.kind is Kind.EARNED or (not anew and state.kind in {Kind.PENDING, Kind.DISPUTED})


async def _is_first(found: Contribution, page: Page, section: ReviewExchange, ports: Ports) -> bool:
    """True for the first review of somebody who doesn't belong here; asked only where it may be."""
    if section.checklist is None or found.reviewer == found.author or page.ledger.of(found.reviewer):
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


async def shown(event: PullRequestEvent, section: ReviewExchange, ports: Ports) -> Shown:
    """What a pull request that is opened, pushed to or marked ready says about its author's balance."""
    thread = event.thread
    found = Shown(number=thread.number, head=thread.head_sha, draft=thread.draft, author=thread.author)
    wants_anything = section.check_run or section.labels.ready is not None
    if not wants_anything or thread.author is None or thread.draft or not is_human(thread.author):
        return found
    books = await books_of(section, ports)
    page = await books.page(thread.author)
    exchange = await exchange_on(thread.number, ports.records)
    entries = page.ledger.of(thread.author)
    free = section.newcomers_free and not entries and await _is_newcomer(thread.author, event, ports)
    return Shown(
        number=thread.number,
        head=thread.head_sha,
        draft=False,
        author=thread.author,
        page=page,
        labels=thread.labels,
        runs=exchange is not None and exchange.runs,
        since=entries[-1].key if entries else "the beginning",
        free=free,
    )


async def _is_newcomer(person: Person, event: PullRequestEvent, ports: Ports) -> bool:
    thread = event.thread
    past = await ports.people.contributor_history(person, before=thread.opened_at, number=thread.number)
    return is_newcomers_first(past)


def is_newcomers_first(past: ContributorHistory) -> bool:
    """True where somebody's first pull request is free; reviews given before don't matter."""
    here_before = past.pull_requests or past.contributor or past.insider
    return past.certain and not here_before


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A pull request on which its author's balance is to be shown; `page` is None where it is not."""

    number: int
    head: str
    draft: bool
    author: Person | None
    page: Page | None = None
    labels: frozenset[str] = frozenset()
    runs: bool = False
    since: str = ""
    free: bool = False
