"""Pull requests, reviews and comments on lines as GitHub writes them in JSON."""

from __future__ import annotations

from mentorbot.sandbox.answers import Json
from mentorbot.sandbox.clock import stamp, stamp_or_none
from mentorbot.sandbox.model import (
    Account,
    ChangedFile,
    PullRequest,
    Repository,
    Review,
    ReviewComment,
    ReviewThread,
    Team,
)
from mentorbot.sandbox.shapes import accounts, issues, repositories
from mentorbot.sandbox.world import World


def api_url(world: World, pull: PullRequest) -> str:
    return f"{repositories.api_url(world, pull.repository)}/pulls/{pull.number}"


def simple_pull_request(world: World, pull: PullRequest, *, in_api: bool = False) -> Json:
    """The form of lists and of review events."""
    url, html = api_url(world, pull), issues.html_url(world, pull)
    issue_url, repository_url = issues.api_url(world, pull), repositories.api_url(world, pull.repository)
    assignees = [accounts.user(world, one) for one in pull.assignees.values()]
    team = accounts.team_in_api if in_api else accounts.team
    asked = list(pull.requested.values())
    links = {
        "self": url,
        "html": html,
        "issue": issue_url,
        "comments": f"{issue_url}/comments",
        "review_comments": f"{url}/comments",
        "review_comment": f"{repository_url}/pulls/comments{{/number}}",
        "commits": f"{url}/commits",
        "statuses": f"{repository_url}/statuses/{pull.head_sha}",
    }
    return {
        "url": url,
        "id": pull.pull_id,
        "node_id": pull.node_id,
        "html_url": html,
        "diff_url": f"{html}.diff",
        "patch_url": f"{html}.patch",
        "issue_url": issue_url,
        "number": pull.number,
        "state": pull.state,
        "locked": pull.is_locked,
        "title": pull.title,
        "user": accounts.user(world, pull.author),
        "body": pull.body,
        "created_at": stamp(pull.created_at),
        "updated_at": stamp(pull.updated_at),
        "closed_at": stamp_or_none(pull.closed_at),
        "merged_at": stamp_or_none(pull.merged_at),
        "merge_commit_sha": pull.merge_commit_sha,
        "assignee": assignees[0] if assignees else None,
        "assignees": assignees,
        "requested_reviewers": [accounts.user(world, one) for one in asked if isinstance(one, Account)],
        "requested_teams": [team(world, one) for one in asked if isinstance(one, Team)],
        "labels": [repositories.label(world, pull.repository, one) for one in pull.labels.values()],
        "milestone": None,
        "draft": pull.is_draft,
        **{f"{name}_url": link for name, link in links.items() if name not in {"self", "html", "issue"}},
        "head": _end(world, pull.head_repository, pull.head_owner, ref=pull.head_ref, sha=pull.head_sha),
        "base": _end(world, pull.repository, pull.repository.owner, ref=pull.base_ref, sha=pull.base_sha),
        "_links": {name: {"href": link} for name, link in links.items()},
        "author_association": pull.repository.association(pull.author, in_api=in_api, to_pull=True),
        "auto_merge": None,
        "active_lock_reason": None,
    }


def _end(world: World, repository: Repository | None, owner: Account, *, ref: str, sha: str) -> Json:
    return {
        "label": f"{owner.login}:{ref}",
        "ref": ref,
        "sha": sha,
        "user": accounts.user(world, owner),
        "repo": repository and repositories.repository(world, repository),
    }


def pull_request(world: World, pull: PullRequest, *, in_api: bool = False) -> Json:
    """The full form."""
    return simple_pull_request(world, pull, in_api=in_api) | {
        "merged": pull.merged_at is not None,
        "mergeable": pull.mergeable if pull.state == "open" else None,
        "rebaseable": pull.mergeable if pull.state == "open" else None,
        "mergeable_state": {True: "clean", False: "dirty", None: "unknown"}[pull.mergeable],
        "merged_by": accounts.user_or_none(world, pull.merged_by),
        "comments": len(pull.comments),
        "review_comments": len(pull.review_comments),
        "maintainer_can_modify": pull.head_repository is not pull.repository,
        "commits": len(pull.commits),
        "additions": sum(file.additions for file in pull.files),
        "deletions": sum(file.deletions for file in pull.files),
        "changed_files": len(pull.files),
    }


def changed_file(world: World, repository: Repository, file: ChangedFile, *, sha: str) -> Json:
    """One file of a diff, as it is at the commit `sha`."""
    html = repositories.html_url(world, repository)
    return {
        "sha": file.blob_sha,
        "filename": file.path,
        "status": file.status,
        "additions": file.additions,
        "deletions": file.deletions,
        "changes": file.additions + file.deletions,
        "blob_url": f"{html}/blob/{sha}/{file.path}",
        "raw_url": f"{html}/raw/{sha}/{file.path}",
        "contents_url": f"{repositories.api_url(world, repository)}/contents/{file.path}?ref={sha}",
        "patch": file.patch,
    }


def review(world: World, review: Review, *, in_api: bool = False) -> Json:
    """A review. Webhooks write its state in small letters and no body as null."""
    pull = review.pull_request
    html = f"{issues.html_url(world, pull)}#pullrequestreview-{review.id}"
    return {
        "id": review.id,
        "node_id": review.node_id,
        "user": accounts.user(world, review.author),
        "body": review.body if in_api else review.body or None,
        "commit_id": review.commit_sha,
        "submitted_at": stamp(review.submitted_at),
        "state": review.state if in_api else review.state.lower(),
        "html_url": html,
        "pull_request_url": api_url(world, pull),
        "author_association": pull.repository.association(review.author, in_api=in_api, to_pull=True),
        "_links": {"html": {"href": html}, "pull_request": {"href": api_url(world, pull)}},
    }


def review_comment(world: World, comment: ReviewComment, *, in_api: bool = False) -> Json:
    thread, pull = comment.thread, comment.thread.pull_request
    url = f"{repositories.api_url(world, pull.repository)}/pulls/comments/{comment.id}"
    html = f"{issues.html_url(world, pull)}#discussion_r{comment.id}"
    shape: Json = {
        "url": url,
        "pull_request_review_id": comment.review.id,
        "id": comment.id,
        "node_id": comment.node_id,
        "diff_hunk": hunk(thread),
        "path": thread.path,
        "position": thread.line,
        "original_position": thread.line,
        "commit_id": pull.head_sha,
        "original_commit_id": comment.original_commit_sha,
        "user": accounts.user(world, comment.author),
        "body": comment.body,
        "created_at": stamp(comment.created_at),
        "updated_at": stamp(comment.updated_at),
        "html_url": html,
        "pull_request_url": api_url(world, pull),
        "author_association": pull.repository.association(comment.author, in_api=in_api, to_pull=True),
        "_links": {
            "self": {"href": url},
            "html": {"href": html},
            "pull_request": {"href": api_url(world, pull)},
        },
        "reactions": issues.reactions(url, comment.reactions),
        "start_line": None,
        "original_start_line": None,
        "start_side": None,
        "line": thread.line,
        "original_line": thread.line,
        "side": "RIGHT",
        "subject_type": "line",
    }
    if comment.in_reply_to is not None:
        shape["in_reply_to_id"] = comment.in_reply_to.id
    return shape


def hunk(thread: ReviewThread) -> str:
    """The lines of the diff that a conversation begins at."""
    for file in thread.pull_request.files:
        if file.path == thread.path:
            return "\n".join(file.patch.splitlines()[:4])
    return "@@ -1 +1 @@"


def review_thread(world: World, thread: ReviewThread) -> Json:
    return {
        "node_id": thread.node_id,
        "comments": [review_comment(world, comment) for comment in thread.comments],
    }
