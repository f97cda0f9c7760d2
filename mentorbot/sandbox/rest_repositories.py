"""REST of repositories: what they are, their files, branches and commits."""

from __future__ import annotations

import base64
import binascii

from mentorbot.sandbox import git, shapes_commits, shapes_pulls
from mentorbot.sandbox import shapes_repositories as shapes
from mentorbot.sandbox.answers import GitHubProblem, Json, Listing, SandboxAnswer, invalid, not_found
from mentorbot.sandbox.clock import read_stamp
from mentorbot.sandbox.repositories import Commit
from mentorbot.sandbox.routes import Call, Routes

ROUTES = Routes()

_RAW = {"application/vnd.github.raw+json", "application/vnd.github.raw", "application/vnd.github.v3.raw"}


@ROUTES.add("GET", "{o}", needs="metadata:read")
def get_repository(call: Call) -> SandboxAnswer:
    """A repository."""
    return SandboxAnswer(json=shapes.full_repository(call.world, call.repository))


def _commit(call: Call, ref: str) -> Commit:
    sha = git.resolve(call.world, call.repository, ref)
    if sha is None:
        raise GitHubProblem(404, f"No commit found for the ref {ref}")
    return call.world.commits[sha]


@ROUTES.add("GET", "{o}/contents/{path:.*}", needs="contents:read")
def get_contents(call: Call) -> SandboxAnswer:
    """A file, raw where the caller asks for that, or what is in a directory."""
    repository, path = call.repository, call.params["path"].strip("/")
    ref = call.query.get("ref", repository.default_branch)
    tree = _commit(call, ref).tree
    if path in tree:
        accepted = call.headers.get("Accept", "").split(";")[0].strip()
        if accepted in _RAW:
            return SandboxAnswer(text=tree[path], content_type=f"{accepted}; charset=utf-8")
        return SandboxAnswer(
            json=shapes_commits.file_with_content(call.world, repository, path, text=tree[path], ref=ref)
        )
    start = f"{path}/" if path else ""
    names = {name.removeprefix(start).partition("/")[0] for name in tree if name.startswith(start)}
    if not names:
        raise not_found()
    entries = [
        shapes_commits.file(call.world, repository, start + name, text=tree.get(start + name), ref=ref)
        for name in sorted(names)
    ]
    return SandboxAnswer(json=entries)


@ROUTES.add("PUT", "{o}/contents/{path:.*}", needs="contents:write")
def put_contents(call: Call) -> SandboxAnswer:
    """Write a file: a commit and a push."""
    repository, path = call.repository, call.params["path"].strip("/")
    branch = call.body.get("branch", repository.default_branch)
    if branch not in repository.branches:
        raise GitHubProblem(404, f"Branch {branch} not found")
    before = git.tree_of(call.world, repository.branches[branch]).get(path)
    try:
        text = base64.b64decode("".join(call.text("content", "Content").split()), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError) as error:
        raise GitHubProblem(422, "content is not valid Base64") from error
    if before is not None and call.body.get("sha") != git.blob_sha(before):
        if "sha" not in call.body:
            raise GitHubProblem(422, 'Invalid request.\n\n"sha" wasn\'t supplied.')
        raise GitHubProblem(409, f"{path} does not match {call.body['sha']}")
    commit = call.acts.push(
        repository, by=call.actor, files={path: text}, branch=branch, message=call.text("message", "Content")
    )
    body: Json = {
        "content": shapes_commits.file(call.world, repository, path, text=text, ref=branch),
        "commit": shapes_commits.git_commit(call.world, repository, commit),
    }
    return SandboxAnswer(status=200 if before is not None else 201, json=body)


@ROUTES.add("GET", "{o}/branches", needs="contents:read")
def list_branches(call: Call) -> Listing:
    """All branches."""
    return Listing(
        items=sorted(call.repository.branches),
        shape=lambda name: shapes_commits.branch(call.world, call.repository, name),
    )


@ROUTES.add("GET", "{o}/branches/{branch:.+}", needs="contents:read")
def get_branch(call: Call) -> SandboxAnswer:
    """One branch."""
    repository, name = call.repository, call.params["branch"]
    if name not in repository.branches:
        raise GitHubProblem(404, "Branch not found")
    url = f"{shapes.api_url(call.world, repository)}/branches/{name}"
    commit = call.world.commits[repository.branches[name]]
    body: Json = {
        "name": name,
        "commit": shapes_commits.commit(call.world, repository, commit),
        "_links": {"self": url, "html": f"{shapes.html_url(call.world, repository)}/tree/{name}"},
        "protected": False,
        "protection": {"enabled": False},
        "protection_url": f"{url}/protection",
    }
    return SandboxAnswer(json=body)


@ROUTES.add("GET", "{o}/git/ref/{ref:.+}", needs="contents:read")
def get_ref(call: Call) -> SandboxAnswer:
    """Where a branch (`heads/main`) points."""
    repository, name = call.repository, call.params["ref"].removeprefix("heads/")
    if not call.params["ref"].startswith("heads/") or name not in repository.branches:
        raise not_found()
    sha, url = repository.branches[name], shapes.api_url(call.world, repository)
    body: Json = {
        "ref": f"refs/heads/{name}",
        "node_id": f"REF_{repository.id}_{name}",
        "url": f"{url}/git/refs/heads/{name}",
        "object": {"type": "commit", "sha": sha, "url": f"{url}/git/commits/{sha}"},
    }
    return SandboxAnswer(json=body)


@ROUTES.add("GET", "{o}/commits", needs="contents:read")
def list_commits(call: Call) -> Listing:
    """Commits of a branch, newest first, perhaps only somebody's, or of one path, or of some time."""
    repository = call.repository
    start = _commit(call, call.query.get("sha", repository.default_branch))
    found = git.history(call.world, start.sha)
    if "author" in call.query:
        found = [commit for commit in found if _is_by(commit, call.query["author"])]
    if "path" in call.query:
        found = [commit for commit in found if _touches(commit, call.query["path"])]
    try:
        since = read_stamp(call.query.get("since", "1970-01-01T00:00:00Z"))
        until = read_stamp(call.query.get("until", "9999-01-01T00:00:00Z"))
    except ValueError as error:
        raise invalid("Query", "since") from error
    found = [commit for commit in found if since <= commit.at <= until]
    return Listing(items=found, shape=lambda one: shapes_commits.commit(call.world, repository, one))


def _is_by(commit: Commit, author: str) -> bool:
    if "@" in author:
        return commit.author_email.lower() == author.lower()
    return commit.author is not None and commit.author.login.lower() == author.lower()


def _touches(commit: Commit, path: str) -> bool:
    return any(file.path == path or file.path.startswith(f"{path}/") for file in commit.changed)


@ROUTES.add("GET", "{o}/commits/{ref}", needs="contents:read")
def get_commit(call: Call) -> SandboxAnswer:
    """One commit with its files."""
    commit = _commit(call, call.params["ref"])
    return SandboxAnswer(json=shapes_commits.commit(call.world, call.repository, commit, with_files=True))


@ROUTES.add("GET", "{o}/commits/{sha}/pulls", needs="pull_requests:read")
def list_pulls_of_commit(call: Call) -> Listing:
    """Pull requests that brought a commit, or whose it is."""
    sha = call.params["sha"]
    found = [
        pull
        for pull in call.repository.pull_requests.values()
        if pull.merge_commit_sha == sha or any(commit.sha == sha for commit in pull.commits)
    ]
    return Listing(
        items=found, shape=lambda one: shapes_pulls.simple_pull_request(call.world, one, in_api=True)
    )
