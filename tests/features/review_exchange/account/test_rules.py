"""What `/credits` tells, gives and lets expire."""

from __future__ import annotations

from typing import Any

import pytest

from mentorbot.config.calendar import DEFAULT_CALENDAR
from mentorbot.config.durations import Duration
from mentorbot.features.review_exchange.account.facts import AccountStatement
from mentorbot.features.review_exchange.account.messages import statement
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.ledger.ledger import Entry, EntryKind, Ledger, Place
from mentorbot.features.review_exchange.ledger.ledger_store import Accounts
from tests.builders import NOW, a_person
from tests.features.review_exchange.project import a_project


async def test_credits_tells_what_somebody_has_and_why() -> None:
    project = a_project()
    project.people.met["ada"] = a_person("ada")
    his, hers = await project.opens("bob"), await project.opens("cyd")
    await project.wait(hours=1)
    await project.reviews("ada", his)
    await project.says("bob", his, "/thanks @ada")
    await project.reviews("ada", hers)
    await project.says("ada", hers, "/credits")
    text = project.answers[-1].text
    assert text.startswith(
        "Your credits: **½**. One more review that helps earns you the next credit. `/suggest reviews`"
    )
    assert "Not confirmed yet: #2 (" in text
    assert "· +½ · for a review of #1" in text
    await project.says("bob", hers, "/credits @ada")
    assert project.answers[-1].text.startswith("Credits of ada: **½**.")


async def test_refusals_are_told_to_oneself_only() -> None:
    project = a_project()
    number = await project.opens("bob")
    await project.closes(number)
    await project.wait(hours=1)
    await project.reviews("ada", number)
    await project.says("ada", number, "/credits")
    assert "#1: it came after the pull request was closed (`after_close`)" in project.answers[-1].text
    await project.says("bob", number, "/credits @ada")
    assert "did not count" not in project.answers[-1].text


async def test_gifts_have_a_giver_and_a_reason() -> None:
    project = a_project()
    project.people.met["ada"] = a_person("ada")
    number = await project.opens("bob")
    await project.says("olga", number, "/credits give @ada 2 for the @docs team")
    (entry,) = project.ledger().of(a_person("ada"), EntryKind.GIFTED)
    assert (entry.amount, entry.reason, entry.by) == (400, "for the @docs team", a_person("olga"))
    assert "@ada, olga gave you 2 credits. Your credits: **2**." in project.answers[-1].text
    await project.says("ada", number, "/credits")
    assert "@docs" not in project.answers[-1].text, "what users write mentions nobody"


async def test_credits_expire_where_a_maintainer_wants_that() -> None:
    project = a_project(expire_after=Duration.parse("90 days"))
    project.people.met["ada"] = a_person("ada")
    number = await project.opens("ada")
    await project.says("olga", number, "/credits give @ada 1")
    await project.wait(days=60)
    await project.says("olga", number, "/credits give @ada 1")
    await project.says("ada", number, "/exchange")
    await project.wait(days=40)
    assert project.balance("ada") == 400 + 100, "the older one was spent, came back, and is young again"
    await project.wait(days=60)
    assert project.balance("ada") <= 300
    await project.wait(days=60)
    assert project.balance("ada") == 0
    assert project.ledger().problems() == []


async def test_the_same_gift_is_given_once_however_often_it_is_decided() -> None:
    project = a_project()
    project.people.met["ada"] = a_person("ada")
    number = await project.opens("bob")
    again, plan = await project.decides("olga", number, "/credits give @ada 1")
    project.take(plan)
    _, second = await again()
    assert second.because == "@olga gave this gift already"
    assert not second.acts
    assert project.balance("ada") == 200


async def test_nothing_expires_that_was_spent_already() -> None:
    project = a_project(expire_after=Duration.parse("10 days"))
    project.people.met["ada"] = a_person("ada")
    number = await project.opens("ada")
    await project.says("olga", number, "/credits give @ada 1")
    await project.says("ada", number, "/exchange")
    await project.wait(days=11)
    assert "The credits of @ada are not old enough to expire" in project.why
    assert project.ledger().of(a_person("ada"), EntryKind.EXPIRED) == []


def _entry(kind: EntryKind, **more: Any) -> Entry:
    place = more.pop("place", Place(repository_id=1, full_name="acme/rockets", number=7))
    return Entry(kind=kind, person=a_person("ada"), at=NOW, place=place, amount=200, **more)


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (_entry(EntryKind.EARNED, reason="👍"), "+1 · for a review of #7"),
        (_entry(EntryKind.SPENT, reason="/exchange"), "−1 · spent on #7"),
        (_entry(EntryKind.RETURNED, reason="merged"), "+1 · back from #7: it was merged before a review"),
        pytest.param(
            _entry(EntryKind.RETURNED, reason="nobody reviewed it within 21 days"),
            "+1 · back from #7",
            id="as an older version wrote it",
        ),
        (_entry(EntryKind.EXPIRED), "−1 · expired, as nobody spent it in time"),
        (_entry(EntryKind.GIFTED, what="newcomer"), "+1 · for a first pull request, #7"),
        (
            _entry(EntryKind.GIFTED, what="interest no1"),
            "+1 · for waiting, as nobody reviewed #7 in time",
        ),
        pytest.param(_entry(EntryKind.GIFTED, what="by comment-1"), "+1 · a gift", id="giver is forgotten"),
        (_entry(EntryKind.GIFTED, by=a_person("olga")), "+1 · a gift from olga"),
        (_entry(EntryKind.GIFTED, by=a_person("olga"), reason="docs"), "+1 · a gift from olga: “docs”"),
        pytest.param(
            _entry(
                EntryKind.EARNED, place=Place(repository_id=2, full_name="acme/x", number=3, private=True)
            ),
            "+1 · for a review of a private pull request",
            id="of other repositories only what everybody may know",
        ),
    ],
)
def test_each_move_is_told_with_where_it_comes_from(entry: Entry, told: str) -> None:
    facts = AccountStatement(
        asked_by=a_person("ada"),
        person=a_person("ada"),
        here=Place(repository_id=1, full_name="acme/rockets"),
        accounts=Accounts(Ledger([entry]), None, {}),
        waiting=(),
        calendar=DEFAULT_CALENDAR,
    )
    (line,) = [line for line in statement(facts, ReviewExchange()).splitlines() if line.startswith("- ")]
    assert line.partition(" · ")[2] == told
