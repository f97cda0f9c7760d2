"""The sandbox's GraphQL schema is a part of GitHub's, and what the bot asks of it has an answer."""

from __future__ import annotations

import re
from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLUnionType,
)

from mentorbot.github import queries, survey_queries
from mentorbot.github.queries import MOST_NODES
from mentorbot.github.survey_queries import MOST_REST
from mentorbot.sandbox.acts import Acts
from mentorbot.sandbox.graphql import api as graph
from tests.contract.graphql import schema
from tests.sandbox.receiving import Caller

DOCUMENTS = {**queries.DOCUMENTS, **survey_queries.DOCUMENTS}
ISSUE, PULL = "octo/hello#1", "octo/hello#2"


def _differences() -> list[str]:
    """How the sandbox's schema is not a part of GitHub's."""
    ours, theirs, found = graph.schema(), schema(), []
    for name, kind in ours.type_map.items():
        if name.startswith("__"):
            continue
        other: Any = theirs.type_map.get(name)
        if type(other).__name__ != type(kind).__name__:
            found.append(f"{name} is {type(kind).__name__}, there {type(other).__name__}")
        elif isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            found += [
                f"{name} is no {one}" for one in kind.interfaces if str(one) not in map(str, other.interfaces)
            ]
            found += _differing_fields(name, kind, other)
        elif isinstance(kind, GraphQLInputObjectType):
            found += [
                f"{name}.{key}: {one.type}"
                for key, one in kind.fields.items()
                if key not in other.fields or str(other.fields[key].type) != str(one.type)
            ]
        elif isinstance(kind, GraphQLUnionType):
            found += [f"{name} has no {one}" for one in kind.types if str(one) not in map(str, other.types)]
        elif isinstance(kind, GraphQLEnumType):
            found += [f"{name} has no {one}" for one in kind.values if one not in other.values]
    return found


def _differing_fields(name: str, kind: GraphQLObjectType | GraphQLInterfaceType, other: Any) -> list[str]:
    found = []
    for key, one in kind.fields.items():
        there = other.fields.get(key)
        if there is None or str(there.type) != str(one.type):
            found.append(f"{name}.{key}: {one.type}, there {there and there.type}")
            continue
        for argument, given in one.args.items():
            if argument not in there.args or str(there.args[argument].type) != str(given.type):
                found.append(f"{name}.{key}({argument}: {given.type})")
    return found


def test_the_schema_is_a_part_of_github_s() -> None:
    assert _differences() == []


@pytest.mark.parametrize("name", DOCUMENTS)
async def test_everything_the_bot_asks_for_has_an_answer(busy: Acts, api: Caller, name: str) -> None:
    said = [busy.world.comments[4_000_001], busy.world.review_comments[6_000_001]]
    everything = {
        "owner": "octo",
        "name": "hello",
        "number": 2,
        "size": 100,
        "nodes": [one.node_id for one in (busy.thread(ISSUE), busy.pull(PULL), *said)],
        "subject": said[0].node_id,
        "content": "ROCKET",
        "reason": "OUTDATED",
        **{f"login{place}": "ada" for place in range(MOST_NODES)},
        "pulls": "repo:octo/hello is:pr updated:>=2020-01-01",
        "issues": "repo:octo/hello is:issue created:>=2020-01-01",
        **{f"number{place}": 2 for place in range(MOST_REST)},
        **{f"{what}{place}": 10 for what in ("items", "threads") for place in range(MOST_REST)},
        **{
            f"wants{what}{place}": True
            for what in ("Items", "Threads", "Checks")
            for place in range(MOST_REST)
        },
    }
    document = DOCUMENTS[name]
    if "owners:" in document:
        busy.create_repository("octo/.github", files={".github/mentorbot.yml": "welcome: {}\n"}, by="grace")
    strings = set(re.findall(r"\$(\w+): String\b", document))  # cursors, where others have numbers
    given = {one: value for one, value in everything.items() if isinstance(value, str) or one not in strings}
    found = await api.graphql(document, **given)
    assert "errors" not in found
    assert None not in found["data"].values()
