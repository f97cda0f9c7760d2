"""Reads files of a repository, and says what they are where they are no text.

https://docs.github.com/en/rest/repos/contents#get-repository-content
"""

from __future__ import annotations

import base64
from urllib.parse import quote

from mentorbot.config.configuration import CONFIG_PATH, Source
from mentorbot.core.entities import Repository
from mentorbot.core.errors import Impossible
from mentorbot.github.client import Client, path_segment
from mentorbot.github.error_mapping import Missing, NotAllowed
from mentorbot.github.installation import InstallationContext
from mentorbot.github.json_reader import JsonReader, UnexpectedJson, parsing_response

OWNERS_REPOSITORY = ".github"
"""Where an owner keeps what holds for all of their repositories."""

_TOO_LARGE = " " * (64 * 1024 + 1)
"""Stands for a file over a megabyte, whose text GitHub leaves out: larger than any config may be."""


async def text_of(client: Client, full_name: str, path: str, *, ref: str = "") -> str | None:
    """The text of a file; None where there is none, or something else (a folder, a submodule) instead.

    GitHub follows symbolic links within the repository. What is not UTF-8 comes with replacement characters.
    """
    if any(step in {"", ".", ".."} for step in path.split("/")):
        return None
    query = f"?ref={path_segment(ref)}" if ref else ""
    try:
        found = await client.read(f"/repos/{full_name}/contents/{quote(path)}{query}")
    except Missing:
        return None
    except Impossible as error:
        # 403 "too_large" over 100 MB, 409 where the repository is still empty.
        return _TOO_LARGE if error.status == 403 else None  # noqa: PLR2004 - forbidden
    if not isinstance(found, dict) or found.get("type") != "file":
        return None
    with parsing_response():
        return _decoded(JsonReader(found, "contents"))


async def config_sources(installation: InstallationContext, repository: Repository) -> tuple[Source, Source]:
    """The repository's own config file and its owner's.

    What we keep is kept by ETag only: after a push, an answer of a minute ago would be the wrong one.
    """
    own = Source(
        origin="repository",
        full_name=repository.full_name,
        path=CONFIG_PATH,
        text=await text_of(installation.client.within(repository.id), repository.full_name, CONFIG_PATH),
    )
    return own, await _owners_file(installation, repository)


async def _owners_file(installation: InstallationContext, repository: Repository) -> Source:
    owner = repository.full_name.partition("/")[0]
    full_name = f"{owner}/{OWNERS_REPOSITORY}"
    text = None
    if full_name.lower() != repository.full_name.lower():  # it would be its own owner's file
        try:
            text = await text_of(installation.client, full_name, CONFIG_PATH)
        except NotAllowed:  # the App is not installed in that repository
            text = None
    return Source(origin="owner", full_name=full_name, path=CONFIG_PATH, text=text)


def _decoded(found: JsonReader) -> str:
    encoding = found.text("encoding", "")
    if encoding != "base64":
        return _TOO_LARGE
    try:
        content = base64.b64decode(found.text("content", ""), validate=False)
    except ValueError as error:
        raise UnexpectedJson(f"contents.content is not base64: {error}") from error
    return content.decode("utf-8", "replace").removeprefix("\ufeff")
