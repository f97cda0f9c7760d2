"""The GraphQL API: reads a question, counts its cost, answers it from the world."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    OperationDefinitionNode,
    build_schema,
    execute_sync,
    get_operation_ast,
    parse,
    validate,
)

from mentorbot.sandbox.answers import GitHubProblem, Json, SandboxAnswer
from mentorbot.sandbox.checks import CheckRun, CommitStatus
from mentorbot.sandbox.graphql import (
    resolvers,
    surveying,  # noqa: F401 - brings its resolvers
)
from mentorbot.sandbox.graphql.cost import cost_of
from mentorbot.sandbox.graphql.fields import FieldContext, GraphProblem, resolve
from mentorbot.sandbox.graphql.files import Blob, Tree
from mentorbot.sandbox.model import (
    Account,
    Comment,
    Commit,
    Issue,
    PullRequest,
    PushedCommit,
    Review,
    ReviewComment,
    Team,
    TimelineEvent,
)
from mentorbot.sandbox.routes import Call, Routes

ROUTES = Routes()

_TYPES: dict[type, str] = {
    Blob: "Blob",
    CheckRun: "CheckRun",
    Commit: "Commit",
    CommitStatus: "StatusContext",
    Issue: "Issue",
    PullRequest: "PullRequest",
    ReviewComment: "PullRequestReviewComment",
    Team: "Team",
    Tree: "Tree",
}


def _type_of(thing: Any, *_: Any) -> str | None:
    """Which type something is where the schema leaves that open."""
    if isinstance(thing, Account):
        return thing.type
    if isinstance(thing, Comment | Review | PushedCommit | TimelineEvent):
        return resolvers.item_type(thing)
    return _TYPES[type(thing)]


@cache
def schema() -> GraphQLSchema:
    """The sandbox's schema with its resolvers, built once per process."""
    text = files("mentorbot.sandbox.graphql").joinpath("schema.graphql").read_text()
    built = build_schema(text)
    for kind in built.type_map.values():
        if isinstance(kind, GraphQLUnionType | GraphQLInterfaceType):
            kind.resolve_type = _type_of
        elif isinstance(kind, GraphQLObjectType) and not kind.name.startswith("__"):
            for one in kind.fields.values():
                one.resolve = resolve
    return built


@cache
def _document(query: str) -> DocumentNode | tuple[GraphQLError, ...]:
    """A question read and held against the schema, or what is wrong with it; the same ones come often."""
    try:
        document = parse(query)
    except GraphQLError as error:
        return (error,)
    return tuple(validate(schema(), document)) or document


@ROUTES.add("POST", "/graphql", needs="somebody")
def answer(call: Call) -> SandboxAnswer:
    """Answer one question; GitHub says 200 whatever is wrong with it."""
    query, variables = call.body.get("query"), call.body.get("variables") or {}
    if not isinstance(query, str):
        raise GitHubProblem(400, "A query attribute must be specified and must be a string.")
    document = _document(query)
    if not isinstance(document, DocumentNode):
        return SandboxAnswer(json={"errors": [_error(one) for one in document]})
    operation = get_operation_ast(document, call.body.get("operationName"))
    if operation is None:
        return SandboxAnswer(json={"errors": [{"message": "An operation name is required"}]})
    return SandboxAnswer(json=_execute(call, document, operation, variables))


def _execute(call: Call, document: DocumentNode, operation: OperationDefinitionNode, variables: Json) -> Json:
    cost = cost_of(schema(), document, operation, variables)
    if cost.problems:
        return {"errors": [{"message": one} for one in cost.problems]}
    call.limits.window(call.caller.key, "graphql").used += cost.points
    result = execute_sync(
        schema(),
        document,
        context_value=FieldContext(world=call.world, acts=call.acts, caller=call.caller, limits=call.limits),
        variable_values=variables,
        operation_name=call.body.get("operationName"),
    )
    body: Json = {"data": result.data}
    if result.errors:
        for one in result.errors:
            if one.original_error is not None and not isinstance(one.original_error, GraphQLError):
                raise one.original_error
        body["errors"] = [_error(one) for one in result.errors]
    return body


def _error(error: GraphQLError) -> Json:
    """An error as GitHub writes it: with its `type` beside its message."""
    shape: Json = dict(error.formatted)
    cause = error if isinstance(error, GraphProblem) else error.original_error
    if isinstance(cause, GraphProblem):
        shape = {"type": cause.kind} | shape
    return shape
