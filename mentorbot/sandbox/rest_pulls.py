"""REST of pull requests: listing, looking into, opening, changing, merging them, and asking for reviews."""

from __future__ import annotations

from collections.abc import Callable

from mentorbot.sandbox import shapes_accounts, shapes_commits
from mentorbot.sandbox import shapes_pulls as shapes
from mentorbot.sandbox.accounts import Account, Team
from mentorbot.sandbox.answers import GitHubProblem, Json, Listing, SandboxAnswer, invalid, not_found
from mentorbot.sandbox.routes import Call, Routes

ROUTES = Routes()

_MOST_REVIEWERS = 15


@ROUTES.add("GET", "{o}/pulls", needs="pull_requests:read")
def list_pulls(call: Call) -> Listing:
    """Pull requests, newest first unless asked otherwise."""
    state = call.query.get("state", "open")
    if state not in {"open", "closed", "all"}:
        raise invalid("PullRequest", "state")
    head, base = call.query.get("head"), call.query.get("base")
    found = [
        pull
        for pull in call.repository.pull_requests.values()
        if state in {"all", pull.state}
        and head in {None, f"{pull.head_owner.login}:{pull.head_ref}"}
        and base in {None, pull.base_ref}
    ]
    sort = call.query.get("sort", "created")
    found = call.sorted(found, direction="desc" if sort == "created" else "asc")
    return Listing(items=found, shape=lambda one: shapes.simple_pull_request(call.world, one, in_api=True))


@ROUTES.add("POST", "{o}/pulls", needs="pull_requests:write")
def create_pull(call: Call) -> SandboxAnswer:
    """Open a pull request from a branch of this repository."""
    pull = call.acts.open_pull_request(
        call.repository,
        by=call.actor,
        title=call.text("title", "PullRequest"),
        body=call.body.get("body"),
        branch=call.text("head", "PullRequest"),
        base=call.text("base", "PullRequest"),
        draft=bool(call.body.get("draft")),
    )
    return SandboxAnswer(status=201, json=shapes.pull_request(call.world, pull, in_api=True))


@ROUTES.add("GET", "{o}/pulls/{pull_number}", needs="pull_requests:read")
def get_pull(call: Call) -> SandboxAnswer:
    """One pull request."""
    return SandboxAnswer(json=shapes.pull_request(call.world, call.pull, in_api=True))


@ROUTES.add("PATCH", "{o}/pulls/{pull_number}", needs="pull_requests:write")
def change_pull(call: Call) -> SandboxAnswer:
    """Change title, body or state."""
    pull, actor, body = call.pull, call.actor, call.body
    call.acts.edit(pull, by=actor, title=body.get("title"), body=body.get("body"))
    if body.get("state") == "closed":
        call.acts.close(pull, by=actor)
    if body.get("state") == "open":
        call.acts.reopen(pull, by=actor)
    return SandboxAnswer(json=shapes.pull_request(call.world, pull, in_api=True))


@ROUTES.add("GET", "{o}/pulls/{pull_number}/files", needs="pull_requests:read")
def list_files(call: Call) -> Listing:
    """What it changes."""
    pull = call.pull
    return Listing(
        items=pull.files,
        shape=lambda one: shapes.changed_file(call.world, pull.repository, one, sha=pull.head_sha),
    )


@ROUTES.add("GET", "{o}/pulls/{pull_number}/commits", needs="pull_requests:read")
def list_commits(call: Call) -> Listing:
    """Its commits, oldest first."""
    pull = call.pull
    return Listing(
        items=pull.commits, shape=lambda one: shapes_commits.commit(call.world, pull.repository, one)
    )


@ROUTES.add("GET", "{o}/pulls/{pull_number}/merge", needs="pull_requests:read")
def check_merged(call: Call) -> SandboxAnswer:
    """204 when it was merged, 404 when not."""
    if call.pull.merged_at is None:
        raise not_found()
    return SandboxAnswer(status=204)


@ROUTES.add("PUT", "{o}/pulls/{pull_number}/merge", needs="contents:write")
def merge(call: Call) -> SandboxAnswer:
    """Merge it."""
    pull, body = call.pull, call.body
    if pull.state == "closed" or pull.is_draft or pull.mergeable is False:
        raise GitHubProblem(405, "Pull Request is not mergeable")
    if body.get("sha") not in {None, pull.head_sha}:
        raise GitHubProblem(409, "Head branch was modified. Review and try the merge again.")
    method, message = body.get("merge_method", "merge"), body.get("commit_title")
    landed = call.acts.merge(pull, by=call.actor, method=method, message=message)
    result: Json = {"sha": landed.sha, "merged": True, "message": "Pull Request successfully merged"}
    return SandboxAnswer(json=result)


@ROUTES.add("GET", "{o}/pulls/{pull_number}/requested_reviewers", needs="pull_requests:read")
def list_requested(call: Call) -> SandboxAnswer:
    """Whose reviews are asked for and not there yet."""
    asked = list(call.pull.requested.values())
    body: Json = {
        "users": [shapes_accounts.user(call.world, one) for one in asked if isinstance(one, Account)],
        "teams": [shapes_accounts.team_in_api(call.world, one) for one in asked if isinstance(one, Team)],
    }
    return SandboxAnswer(json=body)


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
    """Take requests for reviews back."""
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
