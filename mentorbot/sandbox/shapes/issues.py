"""Issues, comments and reactions as GitHub writes them in JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from mentorbot.sandbox.answers import Json
from mentorbot.sandbox.clock import stamp, stamp_or_none
from mentorbot.sandbox.model import REACTIONS, Comment, Issue, PullRequest, Reaction
from mentorbot.sandbox.shapes import accounts, repositories
from mentorbot.sandbox.world import World


def reaction(world: World, reaction: Reaction) -> Json:
    return {
        "id": reaction.id,
        "node_id": reaction.node_id,
        "user": accounts.user(world, reaction.user),
        "content": reaction.content,
        "created_at": stamp(reaction.created_at),
    }


def reactions(url: str, found: Mapping[int, Reaction]) -> Json:
    """How often each reaction was given to the thing at `url`."""
    counts = Counter(one.content for one in found.values())
    return {
        "url": f"{url}/reactions",
        "total_count": len(found),
        **{content: counts[content] for content in REACTIONS},
    }


def api_url(world: World, thread: Issue) -> str:
    return f"{repositories.api_url(world, thread.repository)}/issues/{thread.number}"


def html_url(world: World, thread: Issue) -> str:
    kind = "pull" if isinstance(thread, PullRequest) else "issues"
    return f"{repositories.html_url(world, thread.repository)}/{kind}/{thread.number}"


def issue(world: World, thread: Issue, *, in_api: bool = False) -> Json:
    """An issue, or a pull request seen as one."""
    url = api_url(world, thread)
    assignees = [accounts.user(world, one) for one in thread.assignees.values()]
    shape: Json = {
        "url": url,
        "repository_url": repositories.api_url(world, thread.repository),
        "labels_url": f"{url}/labels{{/name}}",
        "comments_url": f"{url}/comments",
        "events_url": f"{url}/events",
        "html_url": html_url(world, thread),
        "id": thread.id,
        "node_id": thread.node_id,
        "number": thread.number,
        "title": thread.title,
        "user": accounts.user(world, thread.author),
        "labels": [repositories.label(world, thread.repository, one) for one in thread.labels.values()],
        "state": thread.state,
        "locked": thread.is_locked,
        "assignee": assignees[0] if assignees else None,
        "assignees": assignees,
        "milestone": None,
        "comments": len(thread.comments),
        "created_at": stamp(thread.created_at),
        "updated_at": stamp(thread.updated_at),
        "closed_at": stamp_or_none(thread.closed_at),
        "author_association": thread.repository.association(
            thread.author, in_api=in_api, to_pull=isinstance(thread, PullRequest)
        ),
        "active_lock_reason": None,
        "body": thread.body,
        "reactions": reactions(url, thread.reactions),
        "timeline_url": f"{url}/timeline",
        "performed_via_github_app": accounts.app_or_none(world, world.app_of(thread.author)),
        "state_reason": thread.state_reason,
    }
    if isinstance(thread, PullRequest):
        shape["draft"] = thread.is_draft
        shape["pull_request"] = _pull_request_links(world, thread)
    if in_api:
        shape["closed_by"] = accounts.user_or_none(world, thread.closed_by)
    return shape


def _pull_request_links(world: World, pull: PullRequest) -> Json:
    html = html_url(world, pull)
    return {
        "url": f"{repositories.api_url(world, pull.repository)}/pulls/{pull.number}",
        "html_url": html,
        "diff_url": f"{html}.diff",
        "patch_url": f"{html}.patch",
        "merged_at": stamp_or_none(pull.merged_at),
    }


def comment(world: World, comment: Comment, *, in_api: bool = False) -> Json:
    thread = comment.thread
    url = f"{repositories.api_url(world, thread.repository)}/issues/comments/{comment.id}"
    return {
        "url": url,
        "html_url": f"{html_url(world, thread)}#issuecomment-{comment.id}",
        "issue_url": api_url(world, thread),
        "id": comment.id,
        "node_id": comment.node_id,
        "user": accounts.user(world, comment.author),
        "created_at": stamp(comment.created_at),
        "updated_at": stamp(comment.updated_at),
        "author_association": thread.repository.association(
            comment.author, in_api=in_api, to_pull=isinstance(thread, PullRequest)
        ),
        "body": comment.body,
        "reactions": reactions(url, comment.reactions),
        "performed_via_github_app": accounts.app_or_none(world, world.app_of(comment.author)),
    }
