"""One issue or pull request as the page shows it: everything said and done there, in order."""

from __future__ import annotations

from dataclasses import asdict

from mentorbot.sandbox.answers import Json
from mentorbot.sandbox.checks import CheckRun
from mentorbot.sandbox.clock import stamp
from mentorbot.sandbox.model import (
    REACTIONS,
    Account,
    Comment,
    Issue,
    PullRequest,
    PushedCommit,
    Review,
    ReviewComment,
    ReviewThread,
    Team,
    TimelineEvent,
    TimelineItem,
)
from mentorbot.sandbox.page.markdown import to_html
from mentorbot.sandbox.page.rights import badge, rights
from mentorbot.sandbox.world import World

_UNTOLD = {"mentioned", "subscribed"}
_VERDICTS = {
    "APPROVED": "approved these changes",
    "CHANGES_REQUESTED": "asked for changes",
    "COMMENTED": "reviewed",
    "DISMISSED": "reviewed; the verdict was dismissed",
}


def person(account: Account) -> Json:
    """Somebody beside an avatar of initials."""
    name = account.name or account.login.removesuffix("[bot]")
    words = [word for word in name.replace("-", " ").split() if word]
    initials = "".join(word[0] for word in words[:2]) if len(words) > 1 else name[:2]
    return {
        "login": account.login,
        "name": account.name or account.login,
        "initials": initials.upper(),
        "hue": account.id % 8,
        "bot": account.type == "Bot",
    }


def thread(world: World, shown: Issue, reader: Account | None) -> Json:
    """An issue or pull request, with what `reader` may do there."""
    pull = shown if isinstance(shown, PullRequest) else None
    items = [_opening(shown), *(_item(item) for item in shown.timeline if _is_told(item))]
    return {
        "reference": shown.reference,
        "full_name": shown.repository.full_name,
        "number": shown.number,
        "title": shown.title,
        "kind": "issue" if pull is None else "pull request",
        "state": state(shown),
        "author": person(shown.author),
        "opened_at": stamp(shown.created_at),
        "labels": [{"name": label.name, "color": label.color} for label in shown.labels.values()],
        "items": items,
        "pull": None if pull is None else _pull(world, pull),
        "may": None if reader is None else asdict(rights(shown, reader)),
    }


def state(shown: Issue) -> str:
    """`open`, `draft`, `merged` or `closed`."""
    if isinstance(shown, PullRequest) and shown.merged_at is not None:
        return "merged"
    if shown.state == "closed":
        return "closed"
    return "draft" if isinstance(shown, PullRequest) and shown.is_draft else "open"


def _pull(world: World, pull: PullRequest) -> Json:
    asked = [one.name if isinstance(one, Team) else one.login for one in pull.requested.values()]
    runs = [run for suite in world.check_suites.get(pull.head_sha, []) for run in suite.runs]
    return {
        "base": pull.base_ref,
        "head": pull.head_ref if pull.head_owner is pull.repository.owner else _from_fork(pull),
        "commits": len(pull.commits),
        "asked": asked,
        "conflicts": pull.mergeable is False,
        "files": [
            {"path": file.path, "added": file.additions, "removed": file.deletions, "patch": file.patch}
            for file in pull.files
        ],
        "checks": [_check(run, pull) for run in runs],
    }


def _from_fork(pull: PullRequest) -> str:
    return f"{pull.head_owner.login}:{pull.head_ref}"


def _check(run: CheckRun, pull: PullRequest) -> Json:
    return {
        "key": f"check {run.id}",
        "name": run.name,
        "app": run.suite.app.name,
        "status": run.status if run.conclusion is None else run.conclusion,
        "title": run.title or "",
        "html": to_html(run.summary, full_name=pull.repository.full_name),
        "annotations": [
            {
                "path": one.get("path", ""),
                "line": one.get("start_line"),
                "title": one.get("title") or "",
                "text": one.get("message", ""),
            }
            for one in run.annotations
        ],
    }


def _is_told(item: TimelineItem) -> bool:
    if isinstance(item, TimelineEvent):
        return item.kind not in _UNTOLD
    return not isinstance(item, ReviewThread)


def _opening(shown: Issue) -> Json:
    return {
        "kind": "comment",
        "key": "opening",
        "did": "opened this",
        **_said(shown, shown, body=shown.body),
        "edit": None,
        "react": {"to": "thread", "id": shown.number},
        "folded": None,
    }


def _item(item: TimelineItem) -> Json:
    if isinstance(item, Comment):
        return _comment(item)
    if isinstance(item, Review):
        return _review(item)
    if isinstance(item, PushedCommit):
        return _commit(item)
    if isinstance(item, TimelineEvent):
        return _event(item)
    raise TypeError(f"a {type(item).__name__} is shown with its review")


def _said(shown: Issue, by: Issue | Comment | ReviewComment, *, body: str | None) -> Json:
    """What all texts that can be reacted to have in common."""
    who: dict[str, list[str]] = {content: [] for content in REACTIONS}
    for reaction in by.reactions.values():
        who[reaction.content].append(reaction.user.login)
    return {
        "author": person(by.author),
        "badge": badge(shown, by.author),
        "at": stamp(by.created_at),
        "html": to_html(body, full_name=shown.repository.full_name),
        "raw": body or "",
        "reactions": [{"content": one, "by": who[one]} for one in REACTIONS if who[one]],
    }


def _comment(comment: Comment) -> Json:
    return {
        "kind": "comment",
        "key": f"comment {comment.id}",
        "did": "commented",
        **_said(comment.thread, comment, body=comment.body),
        "edit": comment.id,
        "react": {"to": "comment", "id": comment.id},
        "folded": comment.minimized_reason,
    }


def _review(review: Review) -> Json:
    pull = review.pull_request
    return {
        "kind": "review",
        "key": f"review {review.id}",
        "verdict": review.state.lower(),
        "did": _VERDICTS[review.state],
        "author": person(review.author),
        "badge": badge(pull, review.author),
        "at": stamp(review.created_at),
        "html": to_html(review.body, full_name=pull.repository.full_name),
        "outdated": review.commit_sha != pull.head_sha,
        "lines": [_line(pull, one) for one in review.comments],
    }


def _line(pull: PullRequest, comment: ReviewComment) -> Json:
    return {
        "key": f"line {comment.id}",
        "path": comment.thread.path,
        "line": comment.thread.line,
        **_said(pull, comment, body=comment.body),
        "react": {"to": "review_comment", "id": comment.id},
        "folded": comment.minimized_reason,
    }


def _commit(pushed: PushedCommit) -> Json:
    commit = pushed.commit
    return {
        "kind": "event",
        "key": f"commit {commit.sha}",
        "sign": "commit",
        "who": commit.author.login if commit.author else commit.author_name,
        "did": f"pushed “{commit.message.splitlines()[0]}”",
        "detail": commit.sha[:7],
        "at": stamp(commit.at),
    }


def _event(event: TimelineEvent) -> Json:
    return {
        "kind": "event",
        "key": f"event {event.id}",
        "sign": event.kind,
        "who": event.actor.login,
        "did": _deed(event),
        "label": None if event.label is None else {"name": event.label.name, "color": event.label.color},
        "at": stamp(event.created_at),
    }


def _deed(event: TimelineEvent) -> str:
    """What was done, as the rest of a sentence that begins with who did it."""
    asked = event.requested.name if isinstance(event.requested, Team) else event.requested
    login = asked.login if isinstance(asked, Account) else asked
    words = {
        "labeled": "added the label",
        "unlabeled": "removed the label",
        "assigned": f"assigned {event.assignee.login}" if event.assignee else "assigned somebody",
        "unassigned": f"unassigned {event.assignee.login}" if event.assignee else "unassigned somebody",
        "closed": "closed this",
        "reopened": "reopened this",
        "merged": "merged this",
        "renamed": f"changed the title to “{event.renamed_to}”",
        "review_requested": f"asked {login} for a review",
        "review_request_removed": f"no longer asks {login} for a review",
        "review_dismissed": f"dismissed a review: {event.message}",
        "ready_for_review": "marked this as ready for review",
        "convert_to_draft": "turned this into a draft",
        "head_ref_force_pushed": "rewrote the branch",
        "cross-referenced": f"mentioned this in #{event.source.number}" if event.source else "mentioned this",
        "locked": "locked the conversation",
        "unlocked": "unlocked the conversation",
    }
    return words.get(event.kind, event.kind.replace("_", " "))
