"""What happened in a thread as GitHub's timeline and events APIs write it in JSON."""

from __future__ import annotations

from mentorbot.sandbox.answers import Json
from mentorbot.sandbox.clock import stamp
from mentorbot.sandbox.model import Comment, PushedCommit, Review, Team, TimelineEvent, TimelineItem
from mentorbot.sandbox.shapes import accounts, commits, issues, pulls, repositories
from mentorbot.sandbox.world import World


def timeline_item(world: World, item: TimelineItem) -> Json:
    if isinstance(item, Comment):
        shape = issues.comment(world, item, in_api=True)
        return shape | {"event": "commented", "actor": shape["user"]}
    if isinstance(item, Review):
        shape = pulls.review(world, item, in_api=True)
        return shape | {"event": "reviewed", "state": item.state.lower()}
    if isinstance(item, PushedCommit):
        shape = commits.git_commit(world, item.pull_request.repository, item.commit)
        return shape | {"event": "committed"}
    return event(world, item)


def event(world: World, event: TimelineEvent) -> Json:
    actor = accounts.user(world, event.actor)
    if event.kind == "cross-referenced" and event.source is not None:
        return {
            "event": event.kind,
            "actor": actor,
            "created_at": stamp(event.created_at),
            "updated_at": stamp(event.created_at),
            "source": {"type": "issue", "issue": issues.issue(world, event.source, in_api=True)},
        }
    url = repositories.api_url(world, event.thread.repository)
    return {
        "id": event.id,
        "node_id": event.node_id,
        "url": f"{url}/issues/events/{event.id}",
        "actor": actor,
        "event": event.kind,
        "commit_id": event.commit_sha,
        "commit_url": event.commit_sha and f"{url}/commits/{event.commit_sha}",
        "created_at": stamp(event.created_at),
        "performed_via_github_app": None,
        **_details(world, event),
    }


def _details(world: World, event: TimelineEvent) -> Json:
    if event.assignee is not None or event.requested is not None:
        return _person(world, event)
    shape: Json = {}
    if event.label is not None:
        shape = {"label": {"name": event.label.name, "color": event.label.color}}
    elif event.renamed_from is not None:
        shape = {"rename": {"from": event.renamed_from, "to": event.renamed_to}}
    elif event.review is not None:
        dismissed = {"state": (event.review_state or "").lower(), "review_id": event.review.id}
        shape = {"dismissed_review": dismissed | {"dismissal_message": event.message}}
    elif event.kind in {"locked", "unlocked"}:
        shape = {"lock_reason": None}
    elif event.kind in {"closed", "reopened"}:
        shape = {"state_reason": event.state_reason}
    return shape


def _person(world: World, event: TimelineEvent) -> Json:
    """Who was assigned, or asked for a review, and by whom."""
    actor = accounts.user(world, event.actor)
    if event.assignee is not None:
        return {"assignee": accounts.user(world, event.assignee), "assigner": actor}
    if isinstance(event.requested, Team):
        return {"requested_team": accounts.team_in_api(world, event.requested), "review_requester": actor}
    reviewer = accounts.user_or_none(world, event.requested)
    return {"requested_reviewer": reviewer, "review_requester": actor}
