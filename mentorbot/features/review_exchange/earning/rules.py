"""Who says that a review was worth something: its author (👍, thanks), a maintainer, or a week of silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mentorbot.core.actions import Answer, Comment, Doable, Occasion
from mentorbot.core.people import Person
from mentorbot.core.plan import Plan, leave_alone, plan, refuse
from mentorbot.features.review_exchange import phrasing
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.earning import messages
from mentorbot.features.review_exchange.earning.facts import Thanks, UnconfirmedReview, Vote
from mentorbot.features.review_exchange.labels.rules import show_balance
from mentorbot.features.review_exchange.ledger.ledger import Entry, EntryKind


def confirm(facts: UnconfirmedReview, section: ReviewExchange) -> Plan:
    """A review is earned by a yes or by silence; a no stops it until a maintainer or time decides."""
    one, who = facts.review, f"@{facts.review.reviewer.login}"
    state = facts.accounts.ledger.state(one.reviewer, facts.place)
    if state is None or state.kind in {EntryKind.EARNED, EntryKind.VOIDED}:
        return plan(one.forgotten(), because=f"The review by {who} needs no confirmation any more")
    yes = [vote for vote in facts.votes if vote.yes and (vote.maintainer or not facts.held)]
    no = [vote for vote in facts.votes if not vote.yes]
    settled = [vote for vote in yes if vote.maintainer] or ([] if no else yes)
    if settled:
        vote = min(settled, key=lambda vote: vote.at)
        return earned(facts, section, by=vote.by, at=vote.at, how="👍")
    if no and one.disputed_at is None:
        return _dispute(facts, min(no, key=lambda vote: vote.at))
    if one.disputed_at is not None and not no:
        return plan(
            replace(one, disputed_at=None).remembered(),
            because=f"Nobody disputes the review by {who} any more",
        )
    return _by_time(facts, section)


def _by_time(facts: UnconfirmedReview, section: ReviewExchange) -> Plan:
    one, who = facts.review, f"@{facts.review.reviewer.login}"
    if one.disputed_at is not None or facts.held:
        since = one.disputed_at or one.since
        if not section.dispute.has_passed(since, facts.now, facts.calendar):
            return leave_alone(f"The review by {who} is to be confirmed by a maintainer")
        entry = _entry(
            facts, EntryKind.VOIDED, at=section.dispute.after(since, facts.calendar), reason="unconfirmed"
        )
        return plan(
            facts.accounts.entry(entry),
            one.forgotten(),
            because=f"Nobody confirmed the review by {who} within {section.dispute}",
        )
    if not section.silence.has_passed(one.since, facts.now, facts.calendar):
        return leave_alone(
            f"The review by {who} counts on {section.silence.after(one.since, facts.calendar):%-d %B}"
        )
    at = section.silence.after(one.since, facts.calendar)
    return earned(facts, section, by=None, at=at, how=f"{section.silence} without an objection")


def earned(
    facts: UnconfirmedReview,
    section: ReviewExchange,
    *,
    by: Person | None,
    at: datetime,
    how: str,
    more: tuple[Doable, ...] = (),
) -> Plan:
    """The part of a credit is in the account from now on."""
    one = facts.review
    # Never before the review itself: a reaction may be older than the remark that made it enough.
    entry = _entry(facts, EntryKind.EARNED, at=max(at, one.since), reason=how, amount=one.value, by=by)
    balance = facts.accounts.ledger.balance(one.reviewer) + one.value
    confirmed = f"confirmed by {f'@{by.login} ({how})' if by else how}"
    return plan(
        facts.accounts.entry(entry),
        one.forgotten(),
        *show_balance(facts.displays, balance, section, since=entry.key),
        *more,
        because=f"The review by @{one.reviewer.login} earned {phrasing.worth(one.value)}, {confirmed}",
    )


def _dispute(facts: UnconfirmedReview, vote: Vote) -> Plan:
    one = facts.review
    entry = _entry(
        facts, EntryKind.DISPUTED, at=max(vote.at, one.since), reason="👎", by=vote.by, what=one.what
    )
    return plan(
        facts.accounts.entry(entry),
        replace(one, disputed_at=entry.at).remembered(),
        Comment(
            key=f"pr{one.number}/why disputed by {vote.by.id}",
            number=one.number,
            body=messages.why_disputed(vote.by, one.reviewer, slash=facts.slash),
            occasion=Occasion.NUDGE,
            mentions=(vote.by,),
        ),
        because=f"@{vote.by.login} disputes that the review by @{one.reviewer.login} helped",
    )


def _entry(
    facts: UnconfirmedReview,
    kind: EntryKind,
    *,
    at: datetime,
    reason: str,
    amount: int = 0,
    by: Person | None = None,
    what: str | None = None,
) -> Entry:
    one = facts.review
    pending = [
        entry
        for entry in facts.accounts.ledger.of(one.reviewer, EntryKind.PENDING, place=facts.place)
        if entry.what == one.what
    ]
    known = pending[-1] if pending else None
    # An earned part has no name of its own: that there can be only one for a reviewer and pull request is its
    # key.
    named = "" if kind is EntryKind.EARNED else what if what is not None else f"after {one.what}"
    return Entry(
        kind=kind,
        person=one.reviewer,
        at=at,
        place=facts.place,
        what=named,
        amount=amount,
        reason=reason,
        about=one.author,
        by=by,
        head=known.head if known else "",
        verdict=known.verdict if known else "",
        words=known.words if known else 0,
        lines=known.lines if known else 0,
        fingerprint=known.fingerprint if known else "",
    )


def thank(facts: Thanks, section: ReviewExchange) -> Plan:
    """Thanks confirm a review at once; where there is nothing to confirm, the answer says why."""
    who, found = f"@{facts.reviewer.login}", facts.found
    asked = f"@{facts.by.login} thanked {who}"
    if facts.reviewer == facts.by:
        return refuse("Thanks go to somebody else.", because=f"{asked}, which is themself")
    if facts.state is not None and facts.state.kind is EntryKind.EARNED:
        return plan(Answer(reaction="heart"), because=f"{asked}, whose review has earned its part already")
    if found is None:
        return refuse(
            messages.nothing_to_thank_for(facts.reviewer, facts.state), because=f"{asked}: nothing waits"
        )
    if found.held and not facts.maintainer:
        return plan(
            Answer(reaction="heart", text=messages.a_maintainer_confirms(facts.reviewer)),
            because=f"{asked}; a maintainer is to confirm it",
        )
    return earned(found, section, by=facts.by, at=facts.now, how="/thanks", more=(Answer(reaction="heart"),))
