"""Reads the files by which other bots are set up in a repository: one question, whoever asks it.

Where a file says `text: null` it is no text, or longer than GitHub tells.
https://docs.github.com/en/graphql/reference/objects#blob
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from mentorbot.config.other_bots.files import ROOT_FILES, WORKFLOWS, is_workflow
from mentorbot.github import queries
from mentorbot.github.json_reader import JsonReader, parsing_response

MOST_FILES = 200
LARGEST_FILE = 64 * 1024  # as of `mentorbot.yml` itself
LARGEST_TOGETHER = 2 * 1024 * 1024


class GraphQLClient(Protocol):
    """Whoever can ask GitHub's GraphQL: the App's client, or one with a plain token."""

    async def query(self, document: str, **variables: Any) -> dict[str, Any]: ...


async def other_bots_files(client: GraphQLClient, full_name: str) -> Mapping[str, str] | None:
    """Their texts on the default branch by path, as many and as large as can be made sense of.

    None where GitHub does not tell: we may not read files here, or there is nothing at all yet. Raises what
    `mentorbot.core.errors` names.
    """
    owner, _, name = full_name.partition("/")
    data = await client.query(queries.OTHER_BOTS_FILES, owner=owner, name=name)
    with parsing_response():
        return _texts(JsonReader(data, "data").maybe("repository"))


def _texts(repository: JsonReader | None) -> dict[str, str] | None:
    """What is not allowed is null in the answer as what isn't there is; but the newest commit always is."""
    if repository is None or "head" not in repository:
        return None
    found = {path: repository.maybe(f"file{place}") for place, path in enumerate(ROOT_FILES)}
    for entry in repository.or_empty("workflows").each("entries"):
        path = f"{WORKFLOWS}/{entry.text('name')}"
        if is_workflow(path):
            found[path] = entry.maybe("object")
    texts: dict[str, str] = {}
    left = LARGEST_TOGETHER
    for path, blob in found.items():
        if blob is None or "text" not in blob or blob.flag("isTruncated") or len(texts) == MOST_FILES:
            continue
        size = blob.number("byteSize", 0)
        if size <= min(LARGEST_FILE, left):
            texts[path] = blob.text("text")
            left -= size
    return texts
