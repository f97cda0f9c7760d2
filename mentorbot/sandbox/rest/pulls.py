"""REST of pull requests: listing, looking into them, and asking for reviews."""

from __future__ import annotations

from collections.abc import Callable

from mentorbot.sandbox.answers import GitHubProblem, Listing, SandboxAnswer, invalid
from mentorbot.sandbox.model import Account, Team
from mentorbot.sandbox.routes import Call, Routes
from mentorbot.sandbox.shapes import pulls as shapes

ROUTES = Routes()

_MOST_REVIEWERS = 15


@ROUTES.add("GET", "{o}/pulls", needs="pull_requests:read")
def list_pulls(call: Call) -> Listing:
    """Pull requests, newest first unless asked otherwise."""
    state = call.query.get("state", "open")
    if state not in {"open", "closed", "all"}:
        raise invalid("PullRequest", "state")
    pulls = call.repository.pull_requests.values()
    found = call.sorted([pull for pull in pulls if state in {"all", pull.state}])
    return Listing(items=found, shape=lambda one: shapes.simple_pull_request(call.world, one, in_api=True))


@ROUTES.add("GET", "{o}/pulls/{pull_number}", needs="pull_requests:read")
def get_pull(call: Call) -> SandboxAnswer:
    return SandboxAnswer(json=shapes.pull_request(call.world, call.pull, in_api=True))


@ROUTES.add("GET", "{o}/pulls/{pull_number}/files", needs="pull_requests:read")
def list_files(call: Call) -> Listing:
    pull = call.pull
    return Listing(
        items=pull.files,
        shape=lambda one: shapes.changed_file(call.world, pull.repository, one, sha=pull.head_sha),
    )


@ROUTES.add("GET", "{o}/pulls/{pull_number}/comments", needs="pull_requests:read")
def list_review_comments(call: Call) -> Listing:
    return Listing(
        items=call.pull.review_comments,
        shape=lambda one: shapes.review_comment(call.world, one, in_api=True),
    )


@ROUTES.add("POST", "{o}/pulls/{pull_number}/requested_reviewers", needs="pull_requests:write")
def request_reviewers(call: Call) -> SandboxAnswer:
    """Ask for reviews; one person who is no collaborator, and the whole request fails."""
    pull, asked = call.pull, _reviewers(call, _collaborator)
    if len(asked) > _MOST_REVIEWERS:
        raise GitHubProblem(422, f"Could not request more than {_MOST_REVIEWERS} reviewers.")
    if pull.author in asked:
        raise GitHubProblem(422, "Review cannot be requested from pull request author.")
    call.acts.request_review(pull, asked, by=call.actor)
    return SandboxAnswer(status=201, json=shapes.simple_pull_request(call.world, pull, in_api=True))


@ROUTES.add("DELETE", "{o}/pulls/{pull_number}/requested_reviewers", needs="pull_requests:write")
def remove_requested(call: Call) -> SandboxAnswer:
    for one in _reviewers(call, lambda call, login: call.world.find_account(login)):
        call.acts.remove_review_request(call.pull, one, by=call.actor)
    return SandboxAnswer(json=shapes.simple_pull_request(call.world, call.pull, in_api=True))


def _collaborator(call: Call, login: str) -> Account | None:
    found = call.world.find_account(login)
    return found if found is not None and call.repository.has_collaborator(found) else None


def _reviewers(call: Call, find: Callable[[Call, str], Account | None]) -> list[Account | Team]:
    """The people and teams a body names; 422 when one is nobody to ask."""
    asked: list[Account | Team] = []
    for login in call.body.get("reviewers") or ():
        person = find(call, login)
        if person is None:
            raise _no_collaborator(call, "reviewers")
        asked.append(person)
    organization = call.repository.organization
    for slug in call.body.get("team_reviewers") or ():
        if organization is None or slug not in call.repository.team_roles:
            raise _no_collaborator(call, "teams")
        asked.append(organization.teams[slug])
    return asked


def _no_collaborator(call: Call, what: str) -> GitHubProblem:
    name = call.repository.full_name
    return GitHubProblem(
        422,
        "Reviews may only be requested from collaborators. One or more of the "
        f"{what} you specified is not a collaborator of the {name} repository.",
    )
