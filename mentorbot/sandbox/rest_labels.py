"""REST of labels: a repository's, and those of an issue or pull request."""

from __future__ import annotations

from typing import Any

from mentorbot.sandbox import shapes_repositories as shapes
from mentorbot.sandbox.answers import GitHubProblem, Listing, SandboxAnswer, invalid, not_found
from mentorbot.sandbox.repositories import Label
from mentorbot.sandbox.rest_issues import set_labels
from mentorbot.sandbox.routes import Call, Routes

ROUTES = Routes()


def _listing(call: Call, labels: list[Label]) -> Listing:
    return Listing(items=labels, shape=lambda one: shapes.label(call.world, call.repository, one))


def _all_of_thread(call: Call) -> SandboxAnswer:
    labels = [shapes.label(call.world, call.repository, one) for one in call.thread.labels.values()]
    return SandboxAnswer(json=labels)


@ROUTES.add("GET", "{o}/labels", needs="issues:read|pull_requests:read")
def list_labels(call: Call) -> Listing:
    """A repository's labels."""
    return _listing(call, list(call.repository.labels.values()))


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
    return SandboxAnswer(status=201, json=shapes.label(call.world, call.repository, label))


@ROUTES.add("GET", "{o}/labels/{name}", needs="issues:read|pull_requests:read")
def get_label(call: Call) -> SandboxAnswer:
    """One label."""
    found = call.repository.labels.get(call.params["name"].lower())
    if found is None:
        raise not_found()
    return SandboxAnswer(json=shapes.label(call.world, call.repository, found))


@ROUTES.add("GET", "{o}/issues/{issue_number}/labels", needs="thread:read")
def list_thread_labels(call: Call) -> Listing:
    """The labels of a thread."""
    return _listing(call, list(call.thread.labels.values()))


def _names(call: Call) -> list[str]:
    given: Any = call.body.get("labels", call.body.get(""))
    if not isinstance(given, list):
        raise invalid("Label", "labels", code="missing_field")
    return [str(one["name"] if isinstance(one, dict) else one) for one in given]


@ROUTES.add("POST", "{o}/issues/{issue_number}/labels", needs="thread:write")
def add_labels(call: Call) -> SandboxAnswer:
    """Put labels on a thread; labels that the repository lacks are made."""
    for name in _names(call):
        call.acts.label(call.thread, name, by=call.actor)
    return _all_of_thread(call)


@ROUTES.add("PUT", "{o}/issues/{issue_number}/labels", needs="thread:write")
def replace_labels(call: Call) -> SandboxAnswer:
    """Let a thread have these labels and no others."""
    set_labels(call, _names(call))
    return _all_of_thread(call)


@ROUTES.add("DELETE", "{o}/issues/{issue_number}/labels/{name}", needs="thread:write")
def remove_label(call: Call) -> SandboxAnswer:
    """Take a label off; 404 when it is not on."""
    if call.params["name"].lower() not in call.thread.labels:
        raise GitHubProblem(404, "Label does not exist")
    call.acts.unlabel(call.thread, call.params["name"], by=call.actor)
    return _all_of_thread(call)


@ROUTES.add("DELETE", "{o}/issues/{issue_number}/labels", needs="thread:write")
def remove_all_labels(call: Call) -> SandboxAnswer:
    """Take all labels off."""
    set_labels(call, [])
    return SandboxAnswer(status=204)
