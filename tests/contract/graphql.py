"""GitHub's GraphQL schema, to hold documents and our own subset of it against."""

from __future__ import annotations

from functools import cache
from typing import Any

from graphql import GraphQLSchema, TypeInfo, TypeInfoVisitor, Visitor, build_schema, parse, validate, visit

from tests.contract.published import published


@cache
def schema() -> GraphQLSchema:
    """GitHub's whole schema, built once per process."""
    return build_schema(published("schema.graphql"), assume_valid=True)


def problems_of_document(document: str) -> list[str]:
    """What GitHub would find wrong with a query or mutation, in words; empty when nothing."""
    return [error.message for error in validate(schema(), parse(document))]


def deprecated_in(document: str) -> set[str]:
    """The fields, arguments and enum values that a document asks for though GitHub is to remove them."""
    types = TypeInfo(schema())
    noted = _Deprecated(types)
    visit(parse(document), TypeInfoVisitor(types, noted))
    return noted.found


class _Deprecated(Visitor):
    """Notes what is deprecated on its way through a document."""

    def __init__(self, types: TypeInfo) -> None:
        super().__init__()
        self._types = types
        self.found: set[str] = set()

    def enter_field(self, node: Any, *_: Any) -> None:
        field = self._types.get_field_def()
        if field is not None and field.deprecation_reason:
            self.found.add(f"{self._types.get_parent_type()}.{node.name.value}")

    def enter_argument(self, node: Any, *_: Any) -> None:
        argument = self._types.get_argument()
        if argument is not None and argument.deprecation_reason:
            self.found.add(f"{self._types.get_parent_type()}({node.name.value})")

    def enter_enum_value(self, node: Any, *_: Any) -> None:
        value = self._types.get_enum_value()
        if value is not None and value.deprecation_reason:
            self.found.add(str(node.value))
