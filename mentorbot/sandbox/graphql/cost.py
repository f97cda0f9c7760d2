"""What a GraphQL question costs, and whether it asks for too much, before it is answered.

https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    get_named_type,
    value_from_ast_untyped,
)

MOST_NODES = 500_000
LARGEST_PAGE = 100
_REQUESTS_A_POINT = 100


@dataclass(slots=True)
class Cost:
    """What was found so far: connections asked for, things in them, and what is wrong."""

    requests: int
    nodes: int
    problems: list[str]

    @property
    def points(self) -> int:
        """What is taken from the limit."""
        return max(1, round(self.requests / _REQUESTS_A_POINT))


def cost_of(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Mapping[str, Any],
) -> Cost:
    """The cost of an operation of a valid document, as GitHub counts it."""
    fragments = {
        one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)
    }
    cost = Cost(requests=0, nodes=0, problems=[])
    root = schema.get_root_type(operation.operation)
    _Walk(schema, fragments, variables, cost).into(operation.selection_set, root, times=1)
    if cost.nodes > MOST_NODES:
        cost.problems.append(
            f"This query requests up to {cost.nodes:,} possible nodes which exceeds the maximum limit of "
            f"{MOST_NODES:,}."
        )
    return cost


@dataclass(frozen=True, slots=True)
class _Walk:
    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: Mapping[str, Any]
    cost: Cost

    def into(self, selected: SelectionSetNode | None, parent: Any, *, times: int) -> None:
        """Count what is selected of a type, `times` over."""
        for selection in () if selected is None else selected.selections:
            if isinstance(selection, FieldNode):
                self._field(selection, parent, times)
            elif isinstance(selection, FragmentSpreadNode):
                fragment = self.fragments[selection.name.value]
                on = self.schema.get_type(fragment.type_condition.name.value)
                self.into(fragment.selection_set, on, times=times)
            elif isinstance(selection, InlineFragmentNode):
                condition = selection.type_condition
                on = parent if condition is None else self.schema.get_type(condition.name.value)
                self.into(selection.selection_set, on, times=times)

    def _field(self, selected: FieldNode, parent: Any, times: int) -> None:
        if not isinstance(parent, GraphQLObjectType | GraphQLInterfaceType):
            return
        definition = parent.fields.get(selected.name.value)
        if definition is None:  # __typename
            return
        kind = get_named_type(definition.type)
        if kind.name.endswith("Connection"):
            size = self._size(selected)
            self.cost.requests += times
            self.cost.nodes += times * size
            times *= size
        self.into(selected.selection_set, kind, times=times)

    def _size(self, selected: FieldNode) -> int:
        given = {
            one.name.value: value_from_ast_untyped(one.value, dict(self.variables))
            for one in selected.arguments or ()
            if one.name.value in {"first", "last"}
        }
        size = given.get("first") if given.get("first") is not None else given.get("last")
        name = selected.name.value
        if size is None:
            self.cost.problems.append(
                f"You must provide a `first` or `last` value to properly paginate the `{name}` connection."
            )
            return 1
        if not 1 <= size <= LARGEST_PAGE:
            self.cost.problems.append(
                f"Requesting {size} records on the `{name}` connection exceeds the `first` limit of "
                f"{LARGEST_PAGE} records."
            )
        return int(size)
