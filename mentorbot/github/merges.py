"""Recognizes merges that GitHub shows as closed: a bot (or a maintainer) pushed the commit itself."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from mentorbot.core.places import PullRequest, Repository
from mentorbot.github import places
from mentorbot.github.client import Client
from mentorbot.github.failures import Missing
from mentorbot.github.installation import part
from mentorbot.github.replies import expecting
from mentorbot.github.shapes import Shape

_BEFORE = timedelta(hours=6)  # merge bots test what they have committed before they push it
_AFTER = timedelta(minutes=10)


async def was_merged_by_commit(client: Client, repository: Repository, pull: PullRequest) -> bool:
    """True where a commit on the base branch closed it and is its author's, or a bot's that names it.

    "Fixes #17" in somebody else's commit closes a pull request too, and is no merge of it.
    """
    if pull.merged or pull.state != "closed":
        return False
    path = f"/repos/{repository.full_name}"
    events = await client.pages(f"{path}/issues/{pull.number}/events?per_page=100")
    with expecting():
        shapes = [Shape(event, "event") for event in events]
        endings = [one for one in shapes if one.text("event", "") in {"closed", "reopened"}]
        if not endings or endings[-1].text("event") != "closed" or "commit_id" not in endings[-1]:
            return False
        closing = endings[-1]
        sha, closer = closing.text("commit_id"), places.person(closing.maybe("actor"))
        closed_at = closing.moment("created_at")
    commit = await _on_branch(client, f"{path}/commits", branch=pull.base_ref, sha=sha, at=closed_at)
    if commit is None:
        return False
    by_bot = closer is not None and closer.is_bot
    with expecting():
        return _is_theirs(commit, pull) or (by_bot and _names(commit, pull))


async def _on_branch(client: Client, path: str, *, branch: str, sha: str, at: datetime) -> Shape | None:
    """The commit, where it came onto this branch about the time when it closed the pull request."""
    since, until = ((at + offset).strftime("%Y-%m-%dT%H:%M:%SZ") for offset in (-_BEFORE, _AFTER))
    query = f"sha={part(branch)}&since={since}&until={until}&per_page=100"
    try:
        commits = await client.pages(f"{path}?{query}")
    except Missing:  # the branch is gone
        return None
    with expecting():
        shapes = [Shape(commit, "commit") for commit in commits]
        return next((commit for commit in shapes if commit.text("sha") == sha), None)


def _is_theirs(commit: Shape, pull: PullRequest) -> bool:
    author = places.person(commit.maybe("author"))
    return author is not None and author == pull.author


def _names(commit: Shape, pull: PullRequest) -> bool:
    message = commit.at("commit").text("message", "")
    return re.search(rf"(?:\(#|/pull/|\bPR[ #]+|[Pp]ull [Rr]equest #?){pull.number}\b", message) is not None
