"""GitHub's GraphQL schema, to hold documents and our own subset of it against."""

from __future__ import annotations

from functools import cache

from graphql import GraphQLSchema, build_schema, parse, validate

from tests.contract.published import published


@cache
def schema() -> GraphQLSchema:
    """GitHub's whole schema, built once per process."""
    return build_schema(published("schema.graphql"), assume_valid=True)


def problems_of_document(document: str) -> list[str]:
    """What GitHub would find wrong with a query or mutation, in words; empty when nothing."""
    return [error.message for error in validate(schema(), parse(document))]
