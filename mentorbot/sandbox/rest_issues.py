"""REST of issues: listing, opening, changing them, their assignees, and what happened to them."""

from __future__ import annotations

from typing import Any

from mentorbot.sandbox import shapes_accounts, shapes_timeline
from mentorbot.sandbox import shapes_issues as shapes
from mentorbot.sandbox.answers import Listing, SandboxAnswer, invalid, not_found
from mentorbot.sandbox.repositories import Repository
from mentorbot.sandbox.routes import Call, Routes
from mentorbot.sandbox.shapes_repositories import milestone as milestone_shape
from mentorbot.sandbox.threads import Issue, TimelineEvent

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
    assignee = call.query.get("assignee")
    if assignee is not None:
        found = [thread for thread in found if _is_assigned(thread, assignee)]
    found = call.sorted(call.since(found))
    return Listing(items=found, shape=lambda one: shapes.issue(call.world, one, in_api=True))


def _is_assigned(thread: Issue, to: str) -> bool:
    if to in {"*", "none"}:
        return bool(thread.assignees) == (to == "*")
    return any(one.login.lower() == to.lower() for one in thread.assignees.values())


@ROUTES.add("POST", "{o}/issues", needs="issues:write")
def create_issue(call: Call) -> SandboxAnswer:
    """Open an issue."""
    labels = tuple(_name(label) for label in call.body.get("labels") or ())
    title, body = call.text("title", "Issue"), call.body.get("body")
    issue = call.acts.open_issue(call.repository, by=call.actor, title=title, body=body, labels=labels)
    _assign(call, issue, call.body.get("assignees") or [])
    return SandboxAnswer(status=201, json=shapes.issue(call.world, issue, in_api=True))


def _name(label: Any) -> str:
    return str(label["name"] if isinstance(label, dict) else label)


@ROUTES.add("GET", "{o}/issues/{issue_number}", needs="thread:read")
def get_issue(call: Call) -> SandboxAnswer:
    """One issue, or a pull request as one."""
    return SandboxAnswer(json=shapes.issue(call.world, call.thread, in_api=True))


@ROUTES.add("PATCH", "{o}/issues/{issue_number}", needs="thread:write")
def change_issue(call: Call) -> SandboxAnswer:
    """Change title, body, state, labels, assignees or milestone."""
    thread, actor, body = call.thread, call.actor, call.body
    call.acts.edit(thread, by=actor, title=body.get("title"), body=body.get("body"))
    if body.get("state") == "closed":
        call.acts.close(thread, by=actor, reason=body.get("state_reason") or "completed")
    elif body.get("state") == "open":
        call.acts.reopen(thread, by=actor)
    elif "state" in body:
        raise invalid("Issue", "state")
    if "labels" in body:
        set_labels(call, [_name(label) for label in body["labels"]])
    if "assignees" in body:
        for person in list(thread.assignees.values()):
            if person.login not in body["assignees"]:
                call.acts.unassign(thread, person, by=actor)
        _assign(call, thread, body["assignees"])
    if "milestone" in body:
        number = body["milestone"]
        if number is not None and number not in call.repository.milestones:
            raise invalid("Issue", "milestone")
        milestone = None if number is None else call.repository.milestones[number]
        call.acts.set_milestone(thread, milestone, by=actor)
    return SandboxAnswer(json=shapes.issue(call.world, thread, in_api=True))


def set_labels(call: Call, names: list[str]) -> None:
    """Let a thread have these labels and no others."""
    wanted = {name.lower() for name in names}
    for label in list(call.thread.labels.values()):
        if label.name.lower() not in wanted:
            call.acts.unlabel(call.thread, label.name, by=call.actor)
    for name in names:
        call.acts.label(call.thread, name, by=call.actor)


def _assignable(repository: Repository, call: Call) -> list[Any]:
    return [
        account
        for account in call.world.accounts.values()
        if account.type == "User" and repository.has_collaborator(account)
    ]


def _assign(call: Call, thread: Issue, logins: list[str]) -> None:
    """Assign those who can be; GitHub silently leaves out the others."""
    for login in logins:
        account = call.world.find_account(login)
        if account is not None and (
            thread.repository.has_collaborator(account)
            or any(comment.author is account for comment in thread.comments.values())
        ):
            call.acts.assign(thread, account, by=call.actor)


@ROUTES.add("GET", "{o}/assignees", needs="issues:read|pull_requests:read")
def list_assignees(call: Call) -> Listing:
    """Who can be assigned."""
    return Listing(
        items=_assignable(call.repository, call), shape=lambda one: shapes_accounts.user(call.world, one)
    )


@ROUTES.add("GET", "{o}/assignees/{username}", needs="issues:read|pull_requests:read")
def check_assignee(call: Call) -> SandboxAnswer:
    """204 when somebody can be assigned, 404 when not."""
    if not call.repository.has_collaborator(call.account):
        raise not_found()
    return SandboxAnswer(status=204)


@ROUTES.add("POST", "{o}/issues/{issue_number}/assignees", needs="thread:write")
def add_assignees(call: Call) -> SandboxAnswer:
    """Assign people."""
    _assign(call, call.thread, call.body.get("assignees") or [])
    return SandboxAnswer(status=201, json=shapes.issue(call.world, call.thread, in_api=True))


@ROUTES.add("DELETE", "{o}/issues/{issue_number}/assignees", needs="thread:write")
def remove_assignees(call: Call) -> SandboxAnswer:
    """Unassign people."""
    for login in call.body.get("assignees") or ():
        call.acts.unassign(call.thread, login, by=call.actor)
    return SandboxAnswer(json=shapes.issue(call.world, call.thread, in_api=True))


@ROUTES.add("GET", "{o}/issues/{issue_number}/timeline", needs="thread:read")
def list_timeline(call: Call) -> Listing:
    """All that happened, oldest first."""
    return Listing(
        items=call.thread.timeline, shape=lambda item: shapes_timeline.timeline_item(call.world, item)
    )


@ROUTES.add("GET", "{o}/issues/{issue_number}/events", needs="thread:read")
def list_events(call: Call) -> Listing:
    """What was done, leaving out what was said, oldest first."""
    events = [item for item in call.thread.timeline if isinstance(item, TimelineEvent)]
    shown = [event for event in events if event.kind != "cross-referenced"]
    return Listing(items=shown, shape=lambda event: shapes_timeline.event(call.world, event))


@ROUTES.add("GET", "{o}/milestones", needs="issues:read|pull_requests:read")
def list_milestones(call: Call) -> Listing:
    """Milestones, open ones unless asked otherwise."""
    state = call.query.get("state", "open")
    found = [one for one in call.repository.milestones.values() if state in {"all", one.state}]
    return Listing(items=found, shape=lambda one: milestone_shape(call.world, call.repository, one))
