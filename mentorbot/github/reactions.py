"""Reads who reacted how, as GitHub sends no webhook for reactions, and knows what REST and GraphQL call them.

https://docs.github.com/en/rest/reactions/reactions
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mentorbot.core.people import Person
from mentorbot.feature_api.ports import Reacted
from mentorbot.github import entity_reader, queries
from mentorbot.github.client import Client
from mentorbot.github.error_mapping import Missing
from mentorbot.github.graphql_timeline_reader import actor
from mentorbot.github.json_reader import JsonReader, parse_items, parsing_response

_PATHS = {
    "issue": "issues/{id}/reactions",
    "issue_comment": "issues/comments/{id}/reactions",
    "review_comment": "pulls/comments/{id}/reactions",
}
GRAPHQL_CONTENTS = {
    "+1": "THUMBS_UP",
    "-1": "THUMBS_DOWN",
    "laugh": "LAUGH",
    "confused": "CONFUSED",
    "heart": "HEART",
    "hooray": "HOORAY",
    "rocket": "ROCKET",
    "eyes": "EYES",
}
"""GraphQL's words for the reactions of REST."""

_REST_CONTENTS = {graphql: rest for rest, graphql in GRAPHQL_CONTENTS.items()}


def reactions_path(repository_path: str, kind: str, id_: int) -> str:
    """Where REST has the reactions to an issue or a comment; it has none to reviews."""
    return f"{repository_path}/{_PATHS[kind].format(id=id_)}"


async def reactions_over_rest(client: Client, path: str) -> Sequence[tuple[Person, str]]:
    """Everybody's reactions to one thing, whose reactions are at this path."""
    try:
        found = await client.pages(f"{path}?per_page=100")
    except Missing:
        return ()
    given = parse_items(found, "reaction", _reaction)
    return tuple((by, content) for by, content in given if by is not None)


async def reactions_to(client: Client, nodes: Sequence[str]) -> Mapping[str, Sequence[Reacted]]:
    """The last 20 reactions to each of these, a question per hundred. Raises what asking raises."""
    found: dict[str, Sequence[Reacted]] = {}
    wanted = sorted(set(nodes))
    for start in range(0, len(wanted), queries.MOST_NODES):
        data = await client.query(queries.REACTIONS, nodes=wanted[start : start + queries.MOST_NODES])
        with parsing_response():
            for node in JsonReader(data, "data").each("nodes"):
                found[node.text("id")] = tuple(_given(node))
    return found


def _given(node: JsonReader) -> list[Reacted]:
    reactions = node.maybe("reactions")
    return [
        Reacted(by=by, content=content, at=one.moment("createdAt"))
        for one in (reactions.each("nodes") if reactions else ())
        if (by := actor(one.maybe("user"))) and (content := _REST_CONTENTS.get(one.text("content", "")))
    ]


def _reaction(found: JsonReader) -> tuple[Person | None, str]:
    return entity_reader.person(found.maybe("user")), found.text("content")
