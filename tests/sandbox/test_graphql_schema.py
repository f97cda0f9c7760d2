"""The sandbox's GraphQL schema is a part of GitHub's, and every field of it has an answer."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLUnionType,
)

from mentorbot.sandbox import graph
from mentorbot.sandbox.acts import Acts
from tests.contract.graphql import problems_of_document, schema
from tests.sandbox.receiving import Caller


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


def _all_fields(kind: Any, depth: int) -> str:
    """Everything of a type that can be asked for, `depth` levels down."""
    if isinstance(kind, GraphQLUnionType):
        return "__typename " + " ".join(f"... on {one} {{ {_all_fields(one, depth)} }}" for one in kind.types)
    asked = ["__typename"]
    for name, one in kind.fields.items():
        inner: Any = one.type
        while hasattr(inner, "of_type"):
            inner = inner.of_type
        given = ", ".join(f"{key}: {_GIVEN[key]}" for key in one.args if key in _GIVEN)
        arguments = f"({given})" if given else ""
        alias = f"{kind}_{name}"
        if hasattr(inner, "fields") or isinstance(inner, GraphQLUnionType):
            if depth > 0 and name not in _LEFT_OUT:
                asked.append(f"{alias}: {name}{arguments} {{ {_all_fields(inner, depth - 1)} }}")
        else:
            asked.append(f"{alias}: {name}{arguments}")
    return " ".join(asked)


_GIVEN = {
    "first": 3,
    "number": 2,
    "name": '"bug"',
    "slug": '"core"',
    "expression": '"main:README.md"',
    "qualifiedName": '"refs/heads/main"',
    "author": "{emails: []}",
    "path": '"src"',
    "size": 10,
}
_LEFT_OUT = {"issue", "node", "nodes", "reviews", "edges"}


@pytest.mark.parametrize(
    ("field", "kind", "depth"),
    [
        pytest.param('repository(owner: "octo", name: "hello")', "Repository", 1, id="repository"),
        pytest.param('user(login: "ada")', "User", 2, id="user"),
        pytest.param('organization(login: "octo")', "Organization", 2, id="organization"),
        pytest.param("rateLimit", "RateLimit", 1, id="rate limit"),
        pytest.param("viewer", "User", 1, id="viewer"),
    ],
)
async def test_every_field_has_an_answer(busy: Acts, api: Caller, field: str, kind: str, depth: int) -> None:
    query = f"{{ {field} {{ {_all_fields(graph.schema().type_map[kind], depth)} }} }}"
    assert problems_of_document(query) == []
    found = await api.graphql(query)
    assert "errors" not in found


@pytest.mark.parametrize(
    ("number", "kind"),
    [pytest.param(1, "Issue", id="issue"), pytest.param(2, "PullRequest", id="pull request")],
)
async def test_every_field_of_everything_in_a_thread_has_an_answer(
    busy: Acts, api: Caller, number: int, kind: str
) -> None:
    types = graph.schema().type_map
    thread = busy.thread(f"octo/hello#{number}")
    ids = [thread.node_id, *(item.node_id for item in thread.timeline)]
    ids += [
        node
        for node in busy.world.nodes
        if node.startswith(("PRRT_", "PRRC_", "CR_", "SC_", "CS_", "LA_", "MI_", "C_"))
    ]
    union: Any = types[f"{kind}TimelineItems"]
    more = [
        types[one]
        for one in ("PullRequestReviewComment", "CheckRun", "StatusContext", "CheckSuite", "Label", "Commit")
    ]
    parts = [types[kind], types["Milestone"], *union.types, *more]
    asked = " ".join(f"... on {one} {{ {_all_fields(one, 1)} }}" for one in dict.fromkeys(parts))
    found = await api.graphql(f"query($ids: [ID!]!) {{ nodes(ids: $ids) {{ __typename {asked} }} }}", ids=ids)
    assert "errors" not in found
    assert all(found["data"]["nodes"])
