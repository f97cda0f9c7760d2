"""Credits that bought no review come back."""

from __future__ import annotations

from typing import Any

import pytest

from mentorbot.features.review_exchange.config import Guards, ReviewExchange
from mentorbot.features.review_exchange.ledger.ledger import INTEREST, EntryKind
from tests.builders import a_person
from tests.features.review_exchange.project import Project, a_project


async def test_what_was_closed_unheard_comes_back_without_interest() -> None:
    project = Project(section=ReviewExchange(check_run=False, checklist=None))
    number = await project.opens("ada")
    await project.says("ada", number, "/exchange")
    closed = project.timelines.seen[number]
    await project.closes(number)
    before = dict(project.records.kept)
    assert project.balance("ada") == 200
    project.records.kept = {key: record for key, record in before.items() if "returned" not in key[1]}
    exchange = next(key for key in before if key[0] == "exchange")
    project.records.put(*exchange, {**before[exchange].value, "state": "wanted"})
    await project.wait(hours=1)
    assert closed.number == number
    assert project.balance("ada") == 200
    assert project.why[-1] == "@ada gets the credit back: it was closed before a review"


@pytest.mark.parametrize(
    ("settings", "interest"),
    [
        pytest.param({}, [100], id="once a month"),
        pytest.param({"interest": 0}, [], id="none, where the section says so"),
        pytest.param({"guards": Guards(interest=None)}, [100, 100], id="each time, without the guard"),
    ],
)
async def test_interest_comes_with_what_nobody_reviewed_in_time(
    settings: dict[str, Any], interest: list[int]
) -> None:
    project = a_project(**settings)
    project.people.met["ada"] = a_person("ada")
    number = await project.opens("ada")
    await project.says("olga", number, "/credits give @ada 1")
    for _ in range(2):
        await project.says("ada", number, "/exchange")
        await project.wait(days=22)
        assert "@ada gets the credit back" in project.why[-1]
        assert "nobody reviewed it until" in project.why[-1]
    gifts = project.ledger().of(a_person("ada"), EntryKind.GIFTED)
    assert [gift.amount for gift in gifts if gift.what.startswith(INTEREST)] == interest
    assert project.balance("ada") == 200 + sum(interest)
    assert project.ledger().problems() == []
