"""How fields of the GraphQL API find their values: by name on our things, or by a function kept here."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from graphql import GraphQLError, GraphQLResolveInfo

from mentorbot.sandbox.acts import Acts
from mentorbot.sandbox.auth import Caller
from mentorbot.sandbox.clock import read_stamp, stamp
from mentorbot.sandbox.limits import CallerLimits
from mentorbot.sandbox.repositories import Repository
from mentorbot.sandbox.state import World


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldContext:
    """Who asks, of what world, and what it costs."""

    world: World
    acts: Acts
    caller: Caller
    limits: CallerLimits
    cost: int = 1
    node_count: int = 0

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
    """Let a field of some types be an attribute of ours (`a.b` for an attribute's attribute)."""
    steps = attribute.split(".")

    def read(thing: Any, _: FieldContext) -> Any:
        for step in steps:
            thing = getattr(thing, step)
        return thing

    field(names, field_name)(read)


def constant(names: str, field_name: str, value: Any) -> None:
    """Let a field of some types always be the same."""
    field(names, field_name)(lambda _, __: value)


def resolve(thing: Any, info: GraphQLResolveInfo[FieldContext], **arguments: Any) -> Any:
    """The value of any field."""
    resolver = RESOLVERS.get((info.parent_type.name, info.field_name))
    if resolver is not None:
        value = resolver(thing, info.context, **arguments)
    elif isinstance(thing, Mapping):
        value = thing.get(info.field_name)
    else:
        value = getattr(thing, _snake(info.field_name))
    return stamp(value) if isinstance(value, datetime) else value


_SNAKES: dict[str, str] = {}


def _snake(name: str) -> str:
    found = _SNAKES.get(name)
    if found is None:
        found = _SNAKES[name] = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class PageInfo:
    """Where a page stands among all."""

    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """One thing with its cursor; `about` is what the connection belongs to."""

    cursor: str
    node: Any
    about: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphConnection:
    """A page of things."""

    items: Sequence[Any]
    start: int
    total: int
    about: Any = None

    @property
    def nodes(self) -> Sequence[Any]:
        """The things."""
        return self.items

    @property
    def edges(self) -> list[Edge]:
        """The things with their cursors."""
        return [
            Edge(cursor=_cursor(self.start + index), node=node, about=self.about)
            for index, node in enumerate(self.items)
        ]

    @property
    def total_count(self) -> int:
        """How many there are on all pages."""
        return self.total

    @property
    def filtered_count(self) -> int:
        """How many there are of the kinds asked for."""
        return self.total

    @property
    def page_count(self) -> int:
        """How many are on this page."""
        return len(self.items)

    @property
    def updated_at(self) -> datetime:
        """When the last change among all was."""
        moment: datetime = self.about.updated_at
        return moment

    @property
    def page_info(self) -> PageInfo:
        """Where this page stands."""
        end = self.start + len(self.items)
        return PageInfo(
            has_next_page=end < self.total,
            has_previous_page=self.start > 0,
            start_cursor=_cursor(self.start) if self.items else None,
            end_cursor=_cursor(end - 1) if self.items else None,
        )


def _cursor(index: int) -> str:
    return base64.b64encode(f"cursor:v2:{index}".encode()).decode()


def _index(cursor: str) -> int:
    try:
        return int(base64.b64decode(cursor).decode().removeprefix("cursor:v2:"))
    except ValueError as error:
        raise GraphProblem(
            "INVALID_CURSOR_ARGUMENTS", f"`{cursor}` does not appear to be a valid cursor."
        ) from error


def connect(
    items: Sequence[Any],
    about: Any = None,
    *,
    first: int | None = None,
    last: int | None = None,
    after: str | None = None,
    before: str | None = None,
    skip: int | None = None,
) -> GraphConnection:
    """The page of `items` that the arguments of a connection ask for."""
    start = (0 if after is None else _index(after) + 1) + (skip or 0)
    end = len(items) if before is None else min(len(items), _index(before))
    if first is not None:
        end = min(end, start + first)
    if last is not None:
        start = max(start, end - last)
    return GraphConnection(items=items[start : max(start, end)], start=start, total=len(items), about=about)


def since(items: Sequence[Any], moment: str | None, *, attribute: str = "created_at") -> list[Any]:
    """What is not older than a stamp; all without one. GraphProblem when it is no time."""
    if moment is None:
        return list(items)
    try:
        start = read_stamp(moment)
    except ValueError as error:
        raise GraphProblem("INVALID_TIME", f"{moment!r} is not a valid DateTime") from error
    return [item for item in items if getattr(item, attribute) >= start]


def in_order(items: list[Any], order: Mapping[str, str] | None) -> list[Any]:
    """Things as `orderBy` wants them; as they are without."""
    if order is None:
        return items
    keys: dict[str, Callable[[Any], Any]] = {
        "CREATED_AT": lambda item: (item.created_at, item.id),
        "UPDATED_AT": lambda item: (item.updated_at, item.id),
        "COMMENTS": lambda item: (len(item.comments), item.id),
        "NAME": lambda item: item.name.lower(),
    }
    return sorted(items, key=keys[order["field"]], reverse=order["direction"] == "DESC")


def home_of(thing: object) -> Repository | None:
    """The repository a thing belongs to, if it does to one."""
    if isinstance(thing, Repository):
        return thing
    for step in ("home", "repository", "thread", "pull_request", "suite"):
        found = getattr(thing, step, None)
        if found is not None:
            return home_of(found)
    return None
