from __future__ import annotations

import pytest
from graphql import OperationDefinitionNode, parse

from mentorbot.github.queries import DOCUMENTS
from mentorbot.sandbox.graph_cost import cost_of
from tests.contract.graphql import problems_of_document, schema


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_document_is_one_that_github_understands(name: str) -> None:
    assert problems_of_document(DOCUMENTS[name]) == []


def test_a_page_of_open_pull_requests_costs_25_points_of_5000_an_hour() -> None:
    document = parse(DOCUMENTS["OPEN_PULL_REQUESTS"])
    (operation,) = (one for one in document.definitions if isinstance(one, OperationDefinitionNode))
    cost = cost_of(schema(), document, operation, {"size": 100})
    assert cost.problems == []
    assert cost.nodes <= 500_000
    assert cost.points <= 25
