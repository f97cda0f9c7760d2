"""REST of issues, and of pull requests as far as they are issues: comments, labels, reactions, timelines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mentorbot.sandbox.answers import GitHubProblem, Listing, SandboxAnswer, existing, invalid
from mentorbot.sandbox.model import REACTIONS, Comment, Issue, ReviewComment, TimelineEvent
from mentorbot.sandbox.routes import Call, Routes
from mentorbot.sandbox.shapes import issues as shapes
from mentorbot.sandbox.shapes import repositories as shapes_repositories
from mentorbot.sandbox.shapes import timeline as shapes_timeline

ROUTES = Routes()


@ROUTES.add("GET", "{o}/issues", needs="issues:read|pull_requests:read")
def list_issues(call: Call) -> Listing:
    """Issues and pull requests, newest first unless asked otherwise."""
    repository, state = call.repository, call.query.get("state", "open")
    if state not in {"open", "closed", "all"}:
        raise invalid("Issue", "state")
    found = list(repository.threads.values())
    if "creator" in call.query:
        creator = call.world.find_account(call.query["creator"])
        if creator is None:
            raise invalid("Issue", "creator", message="The listed users cannot be searched")
        found = repository.threads_by_author.get(creator.id, [])
    if state != "all":
        found = [thread for thread in found if thread.state == state]
    wanted = [name.lower() for name in call.query.get("labels", "").split(",") if name]
    if wanted:
        found = [thread for thread in found if all(name in thread.labels for name in wanted)]
    if call.query.get("assignee") == "none":
        found = [thread for thread in found if not thread.assignees]
    found = call.sorted(found)
    return Listing(items=found, shape=lambda one: shapes.issue(call.world, one, in_api=True))


@ROUTES.add("POST", "{o}/issues", needs="issues:write")
def create_issue(call: Call) -> SandboxAnswer:
    title, body, labels = call.text("title", "Issue"), call.body.get("body"), call.body.get("labels")
    issue = call.acts.open_issue(
        call.repository, by=call.actor, title=title, body=body, labels=tuple(labels or ())
    )
    return SandboxAnswer(status=201, json=shapes.issue(call.world, issue, in_api=True))


@ROUTES.add("GET", "{o}/issues/{issue_number}", needs="thread:read")
def get_issue(call: Call) -> SandboxAnswer:
    return SandboxAnswer(json=shapes.issue(call.world, call.thread, in_api=True))


@ROUTES.add("PATCH", "{o}/issues/{issue_number}", needs="thread:write")
def change_issue(call: Call) -> SandboxAnswer:
    thread, actor, body = call.thread, call.actor, call.body
    call.acts.edit(thread, by=actor, title=body.get("title"), body=body.get("body"))
    if body.get("state") == "closed":
        call.acts.close(thread, by=actor, reason=body.get("state_reason") or "completed")
    elif body.get("state") == "open":
        call.acts.reopen(thread, by=actor)
    elif "state" in body:
        raise invalid("Issue", "state")
    return SandboxAnswer(json=shapes.issue(call.world, thread, in_api=True))


@ROUTES.add("GET", "{o}/issues/{issue_number}/timeline", needs="thread:read")
def list_timeline(call: Call) -> Listing:
    return Listing(
        items=call.thread.timeline, shape=lambda item: shapes_timeline.timeline_item(call.world, item)
    )


@ROUTES.add("GET", "{o}/issues/{issue_number}/events", needs="thread:read")
def list_events(call: Call) -> Listing:
    """What was done, leaving out what was said, oldest first."""
    events = [item for item in call.thread.timeline if isinstance(item, TimelineEvent)]
    shown = [event for event in events if event.kind != "cross-referenced"]
    return Listing(items=shown, shape=lambda event: shapes_timeline.event(call.world, event))


# comments


@ROUTES.add("GET", "{o}/issues/{issue_number}/comments", needs="thread:read")
def list_comments(call: Call) -> Listing:
    found = list(call.thread.comments.values())
    return Listing(items=found, shape=lambda one: shapes.comment(call.world, one, in_api=True))


@ROUTES.add("POST", "{o}/issues/{issue_number}/comments", needs="thread:write")
def create_comment(call: Call) -> SandboxAnswer:
    comment = call.acts.comment(call.thread, by=call.actor, body=call.text("body", "IssueComment"))
    return SandboxAnswer(status=201, json=shapes.comment(call.world, comment, in_api=True))


@ROUTES.add("PATCH", "{o}/issues/comments/{comment_id}", needs="thread:write")
def change_comment(call: Call) -> SandboxAnswer:
    body = call.text("body", "IssueComment")
    call.acts.edit_comment(call.comment, body, by=call.actor)
    return SandboxAnswer(json=shapes.comment(call.world, call.comment, in_api=True))


@ROUTES.add("DELETE", "{o}/issues/comments/{comment_id}", needs="thread:write")
def delete_comment(call: Call) -> SandboxAnswer:
    call.acts.delete_comment(call.comment, by=call.actor)
    return SandboxAnswer(status=204)


# labels


@ROUTES.add("POST", "{o}/labels", needs="issues:write|pull_requests:write")
def create_label(call: Call) -> SandboxAnswer:
    """Make a label; 422 when there is one of that name."""
    name = call.text("name", "Label")
    if name.lower() in call.repository.labels:
        raise invalid("Label", "name", code="already_exists")
    label = call.acts.create_label(
        call.repository,
        name,
        by=call.actor,
        color=call.body.get("color", "ededed"),
        description=call.body.get("description"),
    )
    return SandboxAnswer(status=201, json=shapes_repositories.label(call.world, call.repository, label))


@ROUTES.add("GET", "{o}/labels/{name}", needs="issues:read|pull_requests:read")
def get_label(call: Call) -> SandboxAnswer:
    found = existing(call.repository.labels.get(call.params["name"].lower()))
    return SandboxAnswer(json=shapes_repositories.label(call.world, call.repository, found))


@ROUTES.add("POST", "{o}/issues/{issue_number}/labels", needs="thread:write")
def add_labels(call: Call) -> SandboxAnswer:
    """Put labels on a thread; labels that the repository lacks are made."""
    given: Any = call.body.get("labels")
    if not isinstance(given, list):
        raise invalid("Label", "labels", code="missing_field")
    for name in given:
        call.acts.label(call.thread, str(name), by=call.actor)
    return _labels_of_thread(call)


@ROUTES.add("DELETE", "{o}/issues/{issue_number}/labels/{name}", needs="thread:write")
def remove_label(call: Call) -> SandboxAnswer:
    """Take a label off; 404 when it is not on."""
    if call.params["name"].lower() not in call.thread.labels:
        raise GitHubProblem(404, "Label does not exist")
    call.acts.unlabel(call.thread, call.params["name"], by=call.actor)
    return _labels_of_thread(call)


def _labels_of_thread(call: Call) -> SandboxAnswer:
    labels = call.thread.labels.values()
    return SandboxAnswer(json=[shapes_repositories.label(call.world, call.repository, one) for one in labels])


# reactions


def _reactions(path: str, needs: str, target: Callable[[Call], Issue | Comment | ReviewComment]) -> None:
    """Answer what is asked of reactions to the things at `path`."""

    @ROUTES.add("GET", f"{{o}}/{path}/reactions", needs=f"{needs}:read")
    def list_reactions(call: Call) -> Listing:
        found = list(target(call).reactions.values())
        return Listing(items=found, shape=lambda one: shapes.reaction(call.world, one))

    @ROUTES.add("POST", f"{{o}}/{path}/reactions", needs=f"{needs}:write")
    def create_reaction(call: Call) -> SandboxAnswer:
        """201, or 200 when that reaction was there."""
        to, content = target(call), call.body.get("content")
        if content not in REACTIONS:
            raise invalid("Reaction", "content")
        before = len(to.reactions)
        reaction = call.acts.react(to, content, by=call.actor)
        status = 201 if len(to.reactions) > before else 200
        return SandboxAnswer(status=status, json=shapes.reaction(call.world, reaction))


_reactions("issues/{issue_number}", "thread", lambda call: call.thread)
_reactions("issues/comments/{comment_id}", "thread", lambda call: call.comment)
_reactions("pulls/comments/{comment_id}", "pull_requests", lambda call: call.review_comment)
