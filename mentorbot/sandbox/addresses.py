"""Which route an address belongs to: one table for the whole API, read once per process."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from urllib.parse import unquote

from mentorbot.sandbox.answers import SandboxAnswer, not_found
from mentorbot.sandbox.graphql import api
from mentorbot.sandbox.rest import apps, checks, issues, pulls, repositories
from mentorbot.sandbox.routes import Call, Route

_TOPICS = (
    apps,
    repositories,
    issues,
    pulls,
    checks,
    api,
)


def all_routes() -> list[Route]:
    """Everything the API answers, what is more literal first."""
    return sorted((route for topic in _TOPICS for route in topic.ROUTES.found), key=_literal_first)


def _literal_first(route: Route) -> list[int]:
    """Of routes that match the first is taken: `/pulls/comments` must come before `/pulls/{pull_number}`."""
    return [2 if ":." in part else 1 if "{" in part else 0 for part in route.path.split("/")]


@cache
def _table() -> Mapping[str, list[tuple[re.Pattern[str], Route]]]:
    table: dict[str, list[tuple[re.Pattern[str], Route]]] = {}
    for route in all_routes():
        base = "(?:/api)?" if route.path == "/graphql" else "(?:/api/v3)?"
        table.setdefault(route.method, []).append((re.compile(base + _pattern(route.path)), route))
    return table


def _pattern(path: str) -> str:
    """`{name}` stands for one part of an address, `{name:.*}` for all the rest."""
    pieces = re.split(r"(\{[^}]+\})", path)
    found = ""
    for piece in pieces:
        if piece.startswith("{"):
            name, _, rest = piece[1:-1].partition(":")
            found += f"(?P<{name}>{rest or '[^/]+'})"
        else:
            found += re.escape(piece)
    return found


def find(method: str, raw_path: str) -> tuple[Route, Mapping[str, str]]:
    """The route of a request with what its address fills in; one that answers 404 when there is none."""
    for pattern, route in _table().get(method, ()):
        matched = pattern.fullmatch(raw_path)
        if matched is not None:
            return route, {name: unquote(value) for name, value in matched.groupdict().items()}
    return _NOTHING, {}


def _nothing_there(_: Call) -> SandboxAnswer:
    raise not_found()


_NOTHING = Route(method="*", path="/", needs="anyone", handler=_nothing_there)
