"""Who says that a review was worth something: its author (👍, thanks), a maintainer, or a week of silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mentorbot.core.actions import Answer, Comment, Doable, Occasion
from mentorbot.core.people import Person
from mentorbot.core.plan import Plan, leave_alone, plan, refuse
from mentorbot.core.translator import say, say_day
from mentorbot.features.review_exchange import phrasing
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.earning import messages
from mentorbot.features.review_exchange.earning.facts import Thanks, UnconfirmedReview, Vote
from mentorbot.features.review_exchange.labels.rules import show_balance
from mentorbot.features.review_exchange.ledger.ledger import Entry, EntryKind

SILENCE = "silence"
"""How a review is confirmed to which nobody objects in time."""


def confirm(facts: UnconfirmedReview, section: ReviewExchange) -> Plan:
    """A review is earned by a yes or by silence; a no stops it until a maintainer or time decides."""
    one, who = facts.review, f"@{facts.review.reviewer.login}"
    state = facts.accounts.ledger.state(one.reviewer, facts.place)
    if state is None or state.kind in {EntryKind.EARNED, EntryKind.VOIDED}:
        return plan(one.forgotten(), because=say("The review by {name} is settled already", name=who))
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
            because=say("Nobody objects to the review by {name} any more", name=who),
        )
    return _by_time(facts, section)


def _by_time(facts: UnconfirmedReview, section: ReviewExchange) -> Plan:
    one, who = facts.review, f"@{facts.review.reviewer.login}"
    if one.disputed_at is not None or facts.held:
        since = one.disputed_at or one.since
        if not section.dispute.has_passed(since, facts.now, facts.calendar):
            return leave_alone(say("A maintainer has to confirm the review by {name}", name=who))
        at = section.dispute.after(since, facts.calendar)
        entry = _entry(facts, EntryKind.VOIDED, at=at, reason="unconfirmed")
        return plan(
            facts.accounts.entry(entry),
            one.forgotten(),
            because=say("Nobody confirmed the review by {name} until {day}", name=who, day=say_day(at)),
        )
    at = section.silence.after(one.since, facts.calendar)
    if at > facts.now:
        return leave_alone(
            say("The review by {name} counts on {day} if nobody objects", name=who, day=say_day(at))
        )
    return earned(facts, section, by=None, at=at, how=SILENCE)


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
    amount, name = phrasing.in_credits(one.value, section), f"@{one.reviewer.login}"
    because = (
        say(
            "Credits for the review by {name}: +{amount}, as {by} confirmed it ({how})",
            name=name,
            amount=amount,
            by=f"@{by.login}",
            how=how,
        )
        if by is not None
        else say("Credits for the review by {name}: +{amount}, as nobody objected", name=name, amount=amount)
    )
    return plan(
        facts.accounts.entry(entry),
        one.forgotten(),
        *show_balance(facts.displays, balance, section, since=entry.key),
        *more,
        because=because,
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
            body=messages.why_disputed(vote.by, one.reviewer),
            occasion=Occasion.NUDGE,
            mentions=(vote.by,),
        ),
        because=say(
            "{by} objects to the review by {name} (👎)",
            by=f"@{vote.by.login}",
            name=f"@{one.reviewer.login}",
        ),
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
    found, by, who = facts.found, f"@{facts.by.login}", f"@{facts.reviewer.login}"
    if facts.reviewer == facts.by:
        return refuse(messages.to_oneself(), because=say("{name} thanked themself", name=by))
    if facts.state is not None and facts.state.kind is EntryKind.EARNED:
        return plan(
            Answer(reaction="heart"),
            because=say("{by} thanked {name}, whose review has earned its credits already", by=by, name=who),
        )
    if found is None:
        return refuse(
            messages.nothing_to_thank_for(facts.reviewer, facts.state),
            because=say("{by} thanked {name}, but no review waits to be confirmed", by=by, name=who),
        )
    if found.held and not facts.maintainer:
        return plan(
            Answer(reaction="heart", text=messages.a_maintainer_confirms(facts.reviewer)),
            because=say("{by} thanked {name}, but a maintainer has to confirm it", by=by, name=who),
        )
    return earned(found, section, by=facts.by, at=facts.now, how="/thanks", more=(Answer(reaction="heart"),))
