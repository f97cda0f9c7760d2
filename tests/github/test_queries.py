from __future__ import annotations

import pytest
from graphql import OperationDefinitionNode, parse

from mentorbot.github import queries, survey_queries
from mentorbot.sandbox.graphql.cost import cost_of
from tests.contract.graphql import deprecated_in, problems_of_document, schema

DOCUMENTS = {**queries.DOCUMENTS, **survey_queries.DOCUMENTS}

STILL_NEEDED: dict[str, str] = {}
"""Fields that are asked for though GitHub is to remove them, each with the reason."""


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_document_is_one_that_github_understands(name: str) -> None:
    assert problems_of_document(DOCUMENTS[name]) == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_document_asks_for_what_github_is_to_remove(name: str) -> None:
    assert deprecated_in(DOCUMENTS[name]) - set(STILL_NEEDED) == set()


def test_what_github_is_to_remove_is_seen_wherever_it_stands() -> None:
    asked = """query($id: ID!) { node(id: $id) {
        ... on PullRequestReview { databaseId }
        ... on PullRequestReviewComment { databaseId fullDatabaseId }
    } }"""
    assert deprecated_in(asked) == {"PullRequestReview.databaseId", "PullRequestReviewComment.databaseId"}


def test_a_page_of_open_pull_requests_costs_25_points_of_5000_an_hour() -> None:
    document = parse(DOCUMENTS["OPEN_PULL_REQUESTS"])
    (operation,) = (one for one in document.definitions if isinstance(one, OperationDefinitionNode))
    cost = cost_of(schema(), document, operation, {"size": 100})
    assert cost.problems == []
    assert cost.nodes <= 500_000
    assert cost.points <= 25


@pytest.mark.parametrize("name", ["LIGHT_OPEN", "LIGHT_PAST"])
def test_a_light_page_of_pull_requests_costs_11_points(name: str) -> None:
    document = parse(DOCUMENTS[name])
    (operation,) = (one for one in document.definitions if isinstance(one, OperationDefinitionNode))
    cost = cost_of(schema(), document, operation, {"size": 100})
    assert cost.problems == []
    assert cost.nodes <= 20_000
    assert cost.points <= 11
