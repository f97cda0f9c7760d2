"""How fields of the GraphQL API find their values: by name on our things, or by a function kept here."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from graphql import GraphQLError, GraphQLResolveInfo

from mentorbot.sandbox.acts import Acts
from mentorbot.sandbox.auth import Caller
from mentorbot.sandbox.clock import stamp
from mentorbot.sandbox.limits import CallerLimits
from mentorbot.sandbox.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldContext:
    """Who asks, and of what world."""

    world: World
    acts: Acts
    caller: Caller
    limits: CallerLimits

    def need(self, permission: str) -> None:
        """GraphProblem FORBIDDEN unless the caller has one of the permissions (joined by `|`)."""
        if not any(self.caller.may(*one.split(":")) for one in permission.split("|")):
            raise GraphProblem("FORBIDDEN", "Resource not accessible by integration")


class GraphProblem(GraphQLError):  # noqa: N818 — as `Problem` of REST
    """An error with the `type` that GitHub's errors have."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


Resolver = Callable[..., Any]
_R = TypeVar("_R", bound=Resolver)

RESOLVERS: dict[tuple[str, str], Resolver] = {}
"""By the names of type and field: `resolver(thing, asking, **arguments)`."""


def field(names: str, field_name: str) -> Callable[[_R], _R]:
    """Let the decorated function give a field of some types (their names with spaces between)."""

    def keep(resolver: _R) -> _R:
        for name in names.split():
            RESOLVERS[name, field_name] = resolver
        return resolver

    return keep


def alias(names: str, field_name: str, attribute: str) -> None:
    """Let a field of some types be an attribute of ours."""
    field(names, field_name)(lambda thing, _: getattr(thing, attribute))


def listing(names: str, field_name: str, attribute: str | None = None) -> None:
    """Let a connection of some types be a list of ours, or what a dict of ours holds."""

    def read(thing: Any, _: FieldContext, **page: Any) -> GraphConnection:
        found = getattr(thing, attribute or field_name)
        return connect(list(found.values()) if isinstance(found, Mapping) else found, **page)

    field(names, field_name)(read)


def resolve(thing: Any, info: GraphQLResolveInfo[FieldContext], **arguments: Any) -> Any:
    resolver = RESOLVERS.get((info.parent_type.name, info.field_name))
    if resolver is not None:
        value = resolver(thing, info.context, **arguments)
    elif isinstance(thing, Mapping):
        value = thing.get(info.field_name)
    else:
        value = getattr(thing, _snake(info.field_name))
    return stamp(value) if isinstance(value, datetime) else value


@cache
def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageInfo:
    has_next_page: bool
    end_cursor: str | None
    has_previous_page: bool
    start_cursor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphConnection:
    nodes: Sequence[Any]
    page_info: PageInfo
    total_count: int


def connect(
    items: Sequence[Any],
    *,
    first: int | None = None,
    last: int | None = None,
    after: str | None = None,
    before: str | None = None,
) -> GraphConnection:
    """The page of `items` that the arguments of a connection ask for."""
    start = 0 if after is None else _index(after) + 1
    end = len(items) if before is None else min(len(items), _index(before))
    if first is not None:
        end = min(end, start + first)
    if last is not None:
        start = max(start, end - last)
    page_info = PageInfo(
        has_next_page=end < len(items),
        end_cursor=_cursor(end - 1) if end > start else None,
        has_previous_page=start > 0,
        start_cursor=_cursor(start) if end > start else None,
    )
    return GraphConnection(nodes=items[start:end], page_info=page_info, total_count=len(items))


def _cursor(index: int) -> str:
    return base64.b64encode(f"cursor:v2:{index}".encode()).decode()


def _index(cursor: str) -> int:
    try:
        return int(base64.b64decode(cursor).decode().removeprefix("cursor:v2:"))
    except ValueError as error:
        raise GraphProblem(
            "INVALID_CURSOR_ARGUMENTS", f"`{cursor}` does not appear to be a valid cursor."
        ) from error
