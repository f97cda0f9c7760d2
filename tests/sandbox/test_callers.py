"""The sandbox keeps what somebody asks for: a route or field that the bot does not ask for must go."""

from __future__ import annotations

from graphql import GraphQLInputObjectType, GraphQLInterfaceType, GraphQLObjectType

from mentorbot.sandbox.addresses import all_routes, find
from mentorbot.sandbox.graphql import api as graph
from mentorbot.sandbox.graphql.fields import RESOLVERS
from tests.sandbox.callers import asked_over_graphql, asked_over_rest


def test_every_route_has_a_caller() -> None:
    asked = {find(method, path)[0].handler for method, path in asked_over_rest()}
    assert {f"{one.method} {one.path}" for one in all_routes() if one.handler not in asked} == set()


def test_every_graphql_field_argument_and_input_has_a_caller() -> None:
    schema = graph.schema()
    there: set[tuple[str, str]] = set()
    for name, kind in schema.type_map.items():
        if name.startswith("__") or not isinstance(
            kind, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType
        ):
            continue
        there |= {(name, field) for field in kind.fields}
        if not isinstance(kind, GraphQLInputObjectType):
            there |= {(f"{name}.{field}", one) for field, it in kind.fields.items() for one in it.args}
    assert there - asked_over_graphql(schema) == set()


def test_every_resolver_has_its_field() -> None:
    types = graph.schema().type_map
    fields = {(name, one) for name, kind in types.items() for one in getattr(kind, "fields", ())}
    assert RESOLVERS.keys() - fields == set()
