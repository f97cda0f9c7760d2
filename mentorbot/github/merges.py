"""Recognizes merges that GitHub shows as closed: a bot (or a maintainer) pushed the commit itself."""

from __future__ import annotations

import re

from mentorbot.core.places import PullRequest, Repository
from mentorbot.github import places
from mentorbot.github.client import Client
from mentorbot.github.installation import part
from mentorbot.github.refusals import Missing
from mentorbot.github.replies import expecting, legible
from mentorbot.github.shapes import Shape

_ON_THE_BRANCH = frozenset({"behind", "identical"})


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
    try:
        commit = await client.read(f"{path}/commits/{part(sha)}")
        compared = await client.read(f"{path}/compare/{part(pull.base_ref)}...{part(sha)}?per_page=1")
    except Missing:  # pushed to another repository, or gone
        return False
    if legible(compared, "comparison", lambda found: found.text("status", "")) not in _ON_THE_BRANCH:
        return False
    by_bot = closer is not None and closer.is_bot
    return legible(
        commit, "commit", lambda found: _is_theirs(found, pull) or (by_bot and _names(found, pull))
    )


def _is_theirs(commit: Shape, pull: PullRequest) -> bool:
    author = places.person(commit.maybe("author"))
    return author is not None and author == pull.author


def _names(commit: Shape, pull: PullRequest) -> bool:
    message = commit.at("commit").text("message", "")
    return re.search(rf"(?:\(#|/pull/|\bPR[ #]+|[Pp]ull [Rr]equest #?){pull.number}\b", message) is not None
