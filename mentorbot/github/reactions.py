"""Reads who reacted how to many things at once: GitHub sends no event for reactions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mentorbot.feature_api.ports import Reacted
from mentorbot.github import queries
from mentorbot.github.client import Client
from mentorbot.github.graphql_timeline_reader import actor
from mentorbot.github.json_reader import JsonReader
from mentorbot.github.replies import expecting

_MOST = 100
_CONTENTS = {
    "THUMBS_UP": "+1",
    "THUMBS_DOWN": "-1",
    "LAUGH": "laugh",
    "HOORAY": "hooray",
    "CONFUSED": "confused",
    "HEART": "heart",
    "ROCKET": "rocket",
    "EYES": "eyes",
}


async def reactions_to(client: Client, nodes: Sequence[str]) -> Mapping[str, Sequence[Reacted]]:
    """The last 20 reactions to each of these, a question per hundred. Raises what asking raises."""
    found: dict[str, Sequence[Reacted]] = {}
    wanted = sorted(set(nodes))
    for start in range(0, len(wanted), _MOST):
        data = await client.ask(queries.REACTIONS, nodes=wanted[start : start + _MOST])
        with expecting():
            for node in JsonReader(data, "data").each("nodes"):
                found[node.text("id")] = tuple(_given(node))
    return found


def _given(node: JsonReader) -> list[Reacted]:
    reactions = node.maybe("reactions")
    return [
        Reacted(by=by, content=content, at=one.moment("createdAt"))
        for one in (reactions.each("nodes") if reactions else ())
        if (by := actor(one.maybe("user"))) and (content := _CONTENTS.get(one.text("content", "")))
    ]
