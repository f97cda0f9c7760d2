"""What lies in stores already is read as it was written, and written so that the version before reads it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from mentorbot.core.actions import Remember
from mentorbot.core.people import Person
from mentorbot.feature_api.records import Record, Recordable, remember, typed
from mentorbot.features.review_exchange.earning.pending_reviews import PendingReview
from mentorbot.features.review_exchange.ledger.ledger import Entry, EntryKind, Ledger, Place
from mentorbot.features.review_exchange.ledger.ledger_store import AccountLock, Accounts
from mentorbot.features.review_exchange.redeem.exchanges import Ask, Exchange, ExchangeState, exchange_on
from mentorbot.features.review_exchange.reviewer_pool.facts import PoolLock, ReviewOffer
from tests.fakes import FakeRecords

AT = datetime(2026, 2, 9, 12, 30, tzinfo=UTC)
ADA, EVE, OLGA = Person(7, "ada"), Person(8, "eve-l"), Person(9, "olga")
_ADA, _EVE = {"id": 7, "login": "ada"}, {"id": 8, "login": "eve-l"}
_AT = "2026-02-09T12:30:00+00:00"
HERE = Place(repository_id=1, full_name="acme/rockets", number=12)
_HERE = {"repository_id": 1, "full_name": "acme/rockets", "number": 12, "private": False}

REVIEW = Entry(
    kind=EntryKind.PENDING,
    person=ADA,
    at=AT,
    place=HERE,
    what="no1",
    amount=50,
    reason="pair",
    about=EVE,
    head="abc",
    verdict="approved",
    words=31,
    lines=2,
    fingerprint="0f1e",
)
GIFT = Entry(
    kind=EntryKind.GIFTED,
    person=ADA,
    at=AT,
    place=Place(repository_id=1, full_name="acme/rockets", private=True),
    what="by issue_comment-3",
    amount=400,
    reason="for the docs",
    by=OLGA,
)
REFUSAL = Entry(kind=EntryKind.REFUSED, person=ADA, at=AT, place=HERE, what="old_head", reason="old_head")
EXCHANGE = Exchange(
    number=12,
    title="Speed",
    author=ADA,
    since=AT,
    state=ExchangeState.IN_REVIEW,
    nth=2,
    paid=200,
    free=True,
    newcomer=True,
    earned=100,
    came_back=1,
    asked=(Ask(person=EVE, at=AT, requested=True),),
)
PENDING = PendingReview(
    reviewer=ADA,
    author=EVE,
    number=12,
    since=AT,
    value=100,
    what="no1",
    nodes=("PRR_1",),
    disputed_at=AT,
)

# Written by the version before records had types: the value, the action, and its kind, key and JSON then.
STORED: tuple[tuple[Recordable, Remember, tuple[str, str, dict[str, Any]]], ...] = (
    (REVIEW, REVIEW.remembered(expected=0), ("entry", "7/pending/in1.pr12/no1", {
        "outlives_people": True, "kind": "pending", "person": _ADA, "at": _AT, "place": _HERE, "what": "no1",
        "amount": 50, "reason": "pair", "about": _EVE, "head": "abc", "verdict": "approved", "words": 31,
        "lines": 2, "fingerprint": "0f1e"})),
    (GIFT, GIFT.remembered(expected=0), ("entry", "7/gifted/in1/by issue_comment-3", {
        "outlives_people": True, "kind": "gifted", "person": _ADA, "at": _AT,
        "place": {"repository_id": 1, "full_name": "acme/rockets", "number": 0, "private": True},
        "what": "by issue_comment-3", "amount": 400, "reason": "for the docs",
        "by": {"id": 9, "login": "olga"}})),
    (REFUSAL, REFUSAL.remembered(expected=0), ("entry", "7/refused/in1.pr12/old_head", {
        "outlives_people": True, "kind": "refused", "person": _ADA, "at": _AT, "place": _HERE,
        "what": "old_head", "amount": 0, "reason": "old_head"})),
    (EXCHANGE, EXCHANGE.remembered(), ("exchange", "pr12/7", {
        "outlives_people": True, "number": 12, "title": "Speed", "author": _ADA, "since": _AT,
        "state": "in review", "nth": 2, "paid": 200, "free": True, "newcomer": True, "earned": 100,
        "came_back": 1, "asked": [{"person": _EVE, "at": _AT, "requested": True}]})),
    (PENDING, PENDING.remembered(), ("waiting", "pr12/7", {
        "outlives_people": True, "reviewer": _ADA, "author": _EVE, "number": 12, "since": _AT, "value": 100,
        "what": "no1", "nodes": ["PRR_1"], "disputed_at": _AT})),
    (replace(PENDING, author=None, nodes=(), disputed_at=None),
     replace(PENDING, author=None, nodes=(), disputed_at=None).remembered(), ("waiting", "pr12/7", {
        "outlives_people": True, "reviewer": _ADA, "author": None, "number": 12, "since": _AT, "value": 100,
        "what": "no1", "nodes": [], "disputed_at": None})),
    (AccountLock(AT), Accounts(Ledger(), None, {}).lock(ADA, AT),
     ("account", "7", {"last_taken_from": _AT})),
    (ReviewOffer(person=ADA, at=AT), remember(ReviewOffer(person=ADA, at=AT), key="7"),
     ("offer", "7", {"person": _ADA, "at": _AT})),
    (PoolLock(), remember(PoolLock(), key=PoolLock.KEY), ("pool", "asked", {})),
)  # fmt: skip


@pytest.mark.parametrize(("value", "action", "stored"), STORED, ids=lambda one: type(one).__name__)
def test_what_is_stored_is_read_and_what_is_written_is_the_same(
    value: Recordable, action: Remember, stored: tuple[str, str, dict[str, Any]]
) -> None:
    kind, key, json = stored
    read = typed(Record(kind, key, json, 3), type(value)).value
    assert read == value
    assert (action.kind, action.key, action.value) == stored
    assert list(action.value) == list(json), "exports are read by people, who know the order"


def test_people_are_read_with_their_names() -> None:
    _, _, (kind, key, json) = STORED[0]
    read = typed(Record(kind, key, json, 1), Entry).value
    assert read.about is not None
    assert (read.person.login, read.about.login) == ("ada", "eve-l")
    assert str(read.place) == "acme/rockets#12"
    assert str(GIFT.place) == "acme/rockets"


async def test_those_who_asked_to_be_forgotten_are_null_and_were_not_asked() -> None:
    records = FakeRecords()
    _, _, (kind, key, json) = STORED[3]
    records.put(kind, key, {**json, "asked": [{**json["asked"][0], "person": None}, *json["asked"]]})
    found = await exchange_on(12, records)
    assert found is not None
    assert [ask.person for ask in found.asked] == [EVE]
    assert found.version == 1, "whoever changes it knows which state they saw"
    assert found.remembered().expected == 1
    gone = typed(Record("entry", "7/x", {**STORED[0][2][2], "about": None, "by": None}, 1), Entry).value
    assert (gone.about, gone.by, gone.people) == (None, None, (7,))
