"""Commits, branches and files as GitHub writes them in JSON."""

from __future__ import annotations

import base64

from mentorbot.sandbox.answers import Json
from mentorbot.sandbox.clock import stamp
from mentorbot.sandbox.git import blob_sha
from mentorbot.sandbox.model import Commit, Repository
from mentorbot.sandbox.shapes import accounts, repositories
from mentorbot.sandbox.world import World

_UNSIGNED: Json = {
    "verified": False,
    "reason": "unsigned",
    "signature": None,
    "payload": None,
    "verified_at": None,
}


def _signature(commit: Commit) -> Json:
    return {"name": commit.author_name, "email": commit.author_email, "date": stamp(commit.at)}


def _parents(world: World, repository: Repository, commit: Commit) -> list[Json]:
    return [
        {"sha": sha, "url": f"{url}/commits/{sha}", "html_url": f"{html}/commit/{sha}"}
        for url, html in [(repositories.api_url(world, repository), repositories.html_url(world, repository))]
        for sha in commit.parents
    ]


def commit(world: World, repository: Repository, commit: Commit) -> Json:
    """A commit as the commits API has it."""
    url = repositories.api_url(world, repository)
    return {
        "url": f"{url}/commits/{commit.sha}",
        "sha": commit.sha,
        "node_id": commit.node_id,
        "html_url": f"{repositories.html_url(world, repository)}/commit/{commit.sha}",
        "comments_url": f"{url}/commits/{commit.sha}/comments",
        "commit": {
            "url": f"{url}/git/commits/{commit.sha}",
            "author": _signature(commit),
            "committer": _signature(commit),
            "message": commit.message,
            "comment_count": 0,
            "tree": {"sha": commit.tree_sha, "url": f"{url}/git/trees/{commit.tree_sha}"},
            "verification": _UNSIGNED,
        },
        "author": accounts.user_or_none(world, commit.author),
        "committer": accounts.user_or_none(world, commit.committer),
        "parents": _parents(world, repository, commit),
    }


def commit_in_status(world: World, repository: Repository, one: Commit) -> Json:
    """A commit as the `status` event has it: unlike the API's, its verification bears no date."""
    shape = commit(world, repository, one)
    verification = {key: value for key, value in _UNSIGNED.items() if key != "verified_at"}
    shape["commit"] = shape["commit"] | {"verification": verification}
    return shape


def git_commit(world: World, repository: Repository, commit: Commit) -> Json:
    """A commit as timelines and answers to writing a file have it."""
    url, html = repositories.api_url(world, repository), repositories.html_url(world, repository)
    return {
        "sha": commit.sha,
        "node_id": commit.node_id,
        "url": f"{url}/git/commits/{commit.sha}",
        "html_url": f"{html}/commit/{commit.sha}",
        "author": _signature(commit),
        "committer": _signature(commit),
        "message": commit.message,
        "tree": {"sha": commit.tree_sha, "url": f"{url}/git/trees/{commit.tree_sha}"},
        "parents": _parents(world, repository, commit),
        "verification": _UNSIGNED,
    }


def pushed_commit(world: World, repository: Repository, commit: Commit) -> Json:
    """A commit as `push` events have it."""
    person: Json = {"name": commit.author_name, "email": commit.author_email}
    if commit.author is not None:
        person["username"] = commit.author.login
    return simple_commit(commit) | {
        "distinct": True,
        "timestamp": stamp(commit.at),
        "url": f"{repositories.html_url(world, repository)}/commit/{commit.sha}",
        "author": person,
        "committer": person,
        "added": [file.path for file in commit.changed if file.status == "added"],
        "modified": [file.path for file in commit.changed if file.status == "modified"],
        "removed": [file.path for file in commit.changed if file.status == "removed"],
    }


def simple_commit(commit: Commit) -> Json:
    """A commit as check suites and workflow runs have it."""
    person = {"name": commit.author_name, "email": commit.author_email}
    return {
        "id": commit.sha,
        "tree_id": commit.tree_sha,
        "message": commit.message,
        "timestamp": stamp(commit.at),
        "author": person,
        "committer": person,
    }


def branch(world: World, repository: Repository, name: str) -> Json:
    """A branch in a list."""
    sha = repository.branches[name]
    url = f"{repositories.api_url(world, repository)}/commits/{sha}"
    return {"name": name, "commit": {"sha": sha, "url": url}, "protected": False}


def file(world: World, repository: Repository, path: str, *, text: str | None, ref: str) -> Json:
    """A file, with its content when `text` is not None, or else a directory."""
    url = f"{repositories.api_url(world, repository)}/contents/{path}?ref={ref}"
    html = repositories.html_url(world, repository)
    sha = blob_sha(text or "")
    git_url = f"{repositories.api_url(world, repository)}/git/blobs/{sha}"
    links = {"self": url, "git": git_url, "html": f"{html}/blob/{ref}/{path}"}
    return {
        "type": "dir" if text is None else "file",
        "size": len((text or "").encode()),
        "name": path.rpartition("/")[2],
        "path": path,
        "sha": sha,
        "url": url,
        "git_url": git_url,
        "html_url": links["html"],
        "download_url": f"{html}/raw/{ref}/{path}",
        "_links": links,
    }


def file_with_content(world: World, repository: Repository, path: str, *, text: str, ref: str) -> Json:
    """One file with its content in base64, broken into lines as GitHub does."""
    content = base64.encodebytes(text.encode()).decode()
    return file(world, repository, path, text=text, ref=ref) | {"encoding": "base64", "content": content}
