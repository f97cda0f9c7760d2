"""REST of repositories: what they are, their files and commits."""

from __future__ import annotations

from mentorbot.sandbox import git, shapes_commits
from mentorbot.sandbox import shapes_repositories as shapes
from mentorbot.sandbox.answers import GitHubProblem, Listing, SandboxAnswer, invalid, not_found
from mentorbot.sandbox.clock import read_stamp
from mentorbot.sandbox.model import Commit
from mentorbot.sandbox.routes import Call, Routes

ROUTES = Routes()


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
    """A file, or what is in a directory."""
    repository, path = call.repository, call.params["path"].strip("/")
    ref = call.query.get("ref", repository.default_branch)
    tree = _commit(call, ref).tree
    if path in tree:
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


@ROUTES.add("GET", "{o}/commits", needs="contents:read")
def list_commits(call: Call) -> Listing:
    """Commits of a branch, newest first, perhaps only those of some time."""
    repository = call.repository
    start = _commit(call, call.query.get("sha", repository.default_branch))
    found = git.history(call.world, start.sha)
    try:
        since = read_stamp(call.query.get("since", "1970-01-01T00:00:00Z"))
        until = read_stamp(call.query.get("until", "9999-01-01T00:00:00Z"))
    except ValueError as error:
        raise invalid("Query", "since") from error
    found = [commit for commit in found if since <= commit.at <= until]
    return Listing(items=found, shape=lambda one: shapes_commits.commit(call.world, repository, one))
