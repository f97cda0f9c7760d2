"""Which commands of the review exchange `/mentorbot help` shows first."""

from __future__ import annotations

import pytest

from mentorbot.core.events import CommandGiven
from mentorbot.core.people import Permission
from mentorbot.feature_api.authorization import Authorization
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.useful_commands import useful_commands
from tests.builders import a_pull_request, an_event, an_issue
from tests.fakes import some_ports

PULL, CLOSED, ISSUE = a_pull_request(), a_pull_request(state="closed"), an_issue()


@pytest.mark.parametrize(
    ("event", "authorization", "first"),
    [
        pytest.param(
            an_event(CommandGiven, thread=PULL), Authorization(is_author=True), "exchange", id="its author"
        ),
        pytest.param(
            an_event(CommandGiven, thread=CLOSED),
            Authorization(is_author=True),
            "suggest reviews",
            id="its author, where it is closed",
        ),
        pytest.param(
            an_event(CommandGiven, thread=PULL), Authorization(), "suggest reviews", id="somebody else"
        ),
        pytest.param(
            an_event(CommandGiven, thread=ISSUE), Authorization(), "suggest reviews", id="in an issue"
        ),
    ],
)
async def test_authors_can_ask_for_a_review_and_everybody_can_give_one(
    event: CommandGiven, authorization: Authorization, first: str
) -> None:
    found = await useful_commands(event, authorization, ReviewExchange(), some_ports())
    assert found[0] == first


async def test_maintainers_can_give_credits() -> None:
    maintainer = Authorization(permission=Permission.TRIAGE)
    event = an_event(CommandGiven, thread=PULL)
    assert "credits give" in await useful_commands(event, maintainer, ReviewExchange(), some_ports())
