"""What people ask in vain is said kindly, with a way on."""

from __future__ import annotations

import pytest

from tests.builders import a_person
from tests.features.review_exchange.project import a_project


@pytest.mark.parametrize(
    ("by", "line", "says"),
    [
        pytest.param("ada", "/credits @no!body", "is not a GitHub name", id="no name"),
        pytest.param("ada", "/credits @nobody", "can't find `nobody` on GitHub", id="nobody"),
        pytest.param("olga", "/credits give", "Who do you mean?", id="give to whom"),
        pytest.param("olga", "/credits give @ada", "How many credits?", id="give how many"),
        pytest.param("olga", "/credits give @ada 0", "How many credits?", id="none"),
        pytest.param("olga", "/credits give @ada ²", "How many credits?", id="no digit of ours"),
        pytest.param("olga", "/credits give @robot 1", "Bots can't have credits", id="a bot"),
        pytest.param("bob", "/thanks @bob", "You can't thank yourself", id="oneself"),
        pytest.param("bob", "/thanks @ada", "I see no review by ada here yet", id="no review"),
        pytest.param("bob", "/exchange", "This takes one credit, and you have 0.", id="no credit"),
        pytest.param("olga", "/credits give @olga 1", "You can't give credits to yourself", id="to oneself"),
    ],
)
async def test_what_is_impossible_is_said_kindly(by: str, line: str, says: str) -> None:
    project = a_project()
    project.people.met = {
        "ada": a_person("ada"),
        "bob": a_person("bob"),
        "olga": a_person("olga"),
        "robot": a_person("robot[bot]", is_bot=True),
    }
    number = await project.opens("bob")
    await project.says(by, number, line)
    assert says in (project.answers[-1].text if project.answers else project.why[-1])
    assert project.ledger().entries() == []
