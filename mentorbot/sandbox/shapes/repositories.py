"""Repositories and labels as GitHub writes them in JSON."""

from __future__ import annotations

from mentorbot.sandbox.answers import Json
from mentorbot.sandbox.clock import stamp
from mentorbot.sandbox.model import ROLES, Label, Repository, Role
from mentorbot.sandbox.shapes.accounts import user
from mentorbot.sandbox.world import World

_LINKS = {
    "archive_url": "{archive_format}{/ref}",
    "assignees_url": "assignees{/user}",
    "blobs_url": "git/blobs{/sha}",
    "branches_url": "branches{/branch}",
    "collaborators_url": "collaborators{/collaborator}",
    "comments_url": "comments{/number}",
    "commits_url": "commits{/sha}",
    "compare_url": "compare/{base}...{head}",
    "contents_url": "contents/{+path}",
    "contributors_url": "contributors",
    "deployments_url": "deployments",
    "downloads_url": "downloads",
    "events_url": "events",
    "forks_url": "forks",
    "git_commits_url": "git/commits{/sha}",
    "git_refs_url": "git/refs{/sha}",
    "git_tags_url": "git/tags{/sha}",
    "hooks_url": "hooks",
    "issue_comment_url": "issues/comments{/number}",
    "issue_events_url": "issues/events{/number}",
    "issues_url": "issues{/number}",
    "keys_url": "keys{/key_id}",
    "labels_url": "labels{/name}",
    "languages_url": "languages",
    "merges_url": "merges",
    "milestones_url": "milestones{/number}",
    "notifications_url": "notifications{?since,all,participating}",
    "pulls_url": "pulls{/number}",
    "releases_url": "releases{/id}",
    "stargazers_url": "stargazers",
    "statuses_url": "statuses/{sha}",
    "subscribers_url": "subscribers",
    "subscription_url": "subscription",
    "tags_url": "tags",
    "teams_url": "teams",
    "trees_url": "git/trees{/sha}",
}

_SETTINGS: Json = {
    "homepage": None,
    "size": 1,
    "stargazers_count": 0,
    "watchers_count": 0,
    "language": None,
    "has_issues": True,
    "has_projects": False,
    "has_downloads": True,
    "has_wiki": False,
    "has_pages": False,
    "has_discussions": False,
    "mirror_url": None,
    "disabled": False,
    "license": None,
    "allow_forking": True,
    "is_template": False,
    "web_commit_signoff_required": False,
    "topics": [],
    "watchers": 0,
    "custom_properties": {},
}


def api_url(world: World, repository: Repository) -> str:
    return f"{world.api_url}/repos/{repository.full_name}"


def html_url(world: World, repository: Repository) -> str:
    return f"{world.html_url}/{repository.full_name}"


def short_repository(world: World, repository: Repository) -> Json:
    """The form with links but without settings (workflow runs carry it)."""
    url = api_url(world, repository)
    return {
        "id": repository.id,
        "node_id": repository.node_id,
        "name": repository.name,
        "full_name": repository.full_name,
        "private": repository.is_private,
        "owner": user(world, repository.owner),
        "html_url": html_url(world, repository),
        "description": repository.description,
        "fork": repository.fork_of is not None,
        "url": url,
        **{name: f"{url}/{rest}" for name, rest in _LINKS.items()},
    }


def repository(world: World, repository: Repository) -> Json:
    """The form of webhooks and lists."""
    html = html_url(world, repository)
    return (
        short_repository(world, repository)
        | _SETTINGS
        | {
            "created_at": stamp(repository.created_at),
            "updated_at": stamp(repository.updated_at),
            "pushed_at": stamp(repository.pushed_at),
            "git_url": f"{html.replace('http', 'git', 1)}.git",
            "ssh_url": f"git@127.0.0.1:{repository.full_name}.git",
            "clone_url": f"{html}.git",
            "svn_url": html,
            "forks_count": repository.fork_count,
            "forks": repository.fork_count,
            "archived": repository.is_archived,
            "open_issues_count": repository.open_count,
            "open_issues": repository.open_count,
            "visibility": "private" if repository.is_private else "public",
            "default_branch": repository.default_branch,
        }
    )


def full_repository(world: World, one: Repository) -> Json:
    """The form of `GET /repos/{owner}/{repo}`."""
    shape = repository(world, one) | {"subscribers_count": 0, "network_count": 0, "temp_clone_token": None}
    if one.organization is not None:
        shape["organization"] = user(world, one.organization)
    if one.fork_of is not None:
        shape["parent"] = shape["source"] = repository(world, one.fork_of)
    return shape


def named_repository(repository: Repository) -> Json:
    """The form of installation events: just enough to know which."""
    return {
        "id": repository.id,
        "node_id": repository.node_id,
        "name": repository.name,
        "full_name": repository.full_name,
        "private": repository.is_private,
    }


def repository_reference(world: World, repository: Repository) -> Json:
    """The form inside the pull requests of checks."""
    return {"id": repository.id, "url": api_url(world, repository), "name": repository.name}


def permissions(role: Role) -> Json:
    rank = ROLES.index(role)
    return {
        "pull": rank >= ROLES.index("read"),
        "triage": rank >= ROLES.index("triage"),
        "push": rank >= ROLES.index("write"),
        "maintain": rank >= ROLES.index("maintain"),
        "admin": rank >= ROLES.index("admin"),
    }


def label(world: World, repository: Repository, label: Label) -> Json:
    return {
        "id": label.id,
        "node_id": label.node_id,
        "url": f"{api_url(world, repository)}/labels/{label.name.replace(' ', '%20')}",
        "name": label.name,
        "color": label.color,
        "default": label.is_default,
        "description": label.description,
    }
