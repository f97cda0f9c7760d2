"""Recognizes merges that GitHub shows as closed: a bot (or a maintainer) pushed the commit itself."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from mentorbot.core.entities import PullRequest, Repository
from mentorbot.github import entity_reader
from mentorbot.github.client import Client, path_segment
from mentorbot.github.error_mapping import Missing
from mentorbot.github.json_reader import JsonReader, parsing_response

_BEFORE = timedelta(hours=6)  # merge bots test what they have committed before they push it
_AFTER = timedelta(minutes=10)


async def was_merged_by_commit(client: Client, repository: Repository, pull: PullRequest) -> bool:
    """True where a commit on the base branch closed it and is its author's, or a bot's that names it.

    "Fixes #17" in somebody else's commit closes a pull request too, and is no merge of it. Bots that push
    first and close afterwards leave no commit in the closing: then one of the author's that ends in "(#17)".
    """
    if pull.merged or pull.state != "closed":
        return False
    path = f"/repos/{repository.full_name}"
    try:
        events = await client.pages(f"{path}/issues/{pull.number}/events?per_page=100")
    except Missing:
        return False
    with parsing_response():
        closing = _closing(events)
        if closing is None:
            return False
        sha, closer = closing.text("commit_id", ""), entity_reader.person(closing.maybe("actor"))
        closed_at = closing.moment("created_at")
    by_bot = closer is not None and closer.is_bot
    if not sha and not by_bot:
        return False
    commits = await _about_that_time(client, f"{path}/commits", branch=pull.base_ref, at=closed_at)
    with parsing_response():
        if not sha:
            return any(_is_theirs(commit, pull) and _ends_in_its_number(commit, pull) for commit in commits)
        commit = next((one for one in commits if one.text("sha") == sha), None)
        return commit is not None and (_is_theirs(commit, pull) or (by_bot and _names(commit, pull)))


def _closing(events: list[Any]) -> JsonReader | None:
    """The event by which it was closed for good; None where it was opened again since."""
    shapes = [JsonReader(event, "event") for event in events]
    endings = [one for one in shapes if one.text("event", "") in {"closed", "reopened"}]
    return endings[-1] if endings and endings[-1].text("event") == "closed" else None


async def _about_that_time(client: Client, path: str, *, branch: str, at: datetime) -> list[JsonReader]:
    """The commits that came onto this branch about the time when the pull request was closed."""
    since, until = ((at + offset).strftime("%Y-%m-%dT%H:%M:%SZ") for offset in (-_BEFORE, _AFTER))
    query = f"sha={path_segment(branch)}&since={since}&until={until}&per_page=100"
    try:
        commits = await client.pages(f"{path}?{query}")
    except Missing:  # the branch is gone
        return []
    with parsing_response():
        return [JsonReader(commit, "commit") for commit in commits]


def _ends_in_its_number(commit: JsonReader, pull: PullRequest) -> bool:
    """As the commits of merge bots do, and those of GitHub's own squash merges."""
    return commit.at("commit").text("message", "").partition("\n")[0].rstrip().endswith(f"(#{pull.number})")


def _is_theirs(commit: JsonReader, pull: PullRequest) -> bool:
    author = entity_reader.person(commit.maybe("author"))
    return author is not None and author == pull.author


def _names(commit: JsonReader, pull: PullRequest) -> bool:
    message = commit.at("commit").text("message", "")
    return re.search(rf"(?:\(#|/pull/|\bPR[ #]+|[Pp]ull [Rr]equest #?){pull.number}\b", message) is not None
