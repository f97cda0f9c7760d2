"""The whole small GitHub as the page shows it: people, repositories with their lists, the time."""

from __future__ import annotations

from dataclasses import asdict

from mentorbot.sandbox import git
from mentorbot.sandbox.answers import Json
from mentorbot.sandbox.clock import stamp
from mentorbot.sandbox.model import Account, Issue, PullRequest, Repository
from mentorbot.sandbox.page.rights import has_role, standing
from mentorbot.sandbox.page.timeline import person, state
from mentorbot.sandbox.simulated_github import SimulatedGitHub
from mentorbot.sandbox.world import World

CONFIG_PATH = ".github/mentorbot.yml"
"""The file of the App that the page offers to edit."""

_MOST_THREADS = 200
_MOST_FILES = 60
_LONGEST_FILE = 20_000


def people(world: World) -> list[Account]:
    """Whom one can act as: people and bots, but not the Apps that act by themselves."""
    apart = {*(app.bot.login for app in world.apps.values()), "ghost"}
    return [one for one in world.accounts.values() if one.type in {"User", "Bot"} and one.login not in apart]


def repositories(world: World) -> list[Repository]:
    """What there is to see; forks show up as the branches of pull requests."""
    return [one for one in world.repositories.values() if one.fork_of is None and not one.is_deleted]


def world(github: SimulatedGitHub) -> Json:
    shown = github.world
    everybody = people(shown)
    return {
        "id": github.id,
        "now": stamp(shown.clock.now()),
        "commands": [asdict(one) for one in github.host.commands],
        "people": [person(one) for one in everybody],
        "repositories": [_repository(github, one, everybody) for one in repositories(shown)],
        "bot": {"login": shown.app.bot.login, "name": shown.app.name, "url": bot_url(github)},
    }


def bot_url(github: SimulatedGitHub) -> str | None:
    """Where the bot's own pages are, taken from where webhooks go."""
    hook = github.webhooks.url
    return None if hook is None else hook.removesuffix("/github/webhook")


def _repository(github: SimulatedGitHub, shown: Repository, everybody: list[Account]) -> Json:
    world = github.world
    tree = git.tree_of(world, shown.branches[shown.default_branch])
    newest = list(shown.threads.values())[: -_MOST_THREADS - 1 : -1]
    return {
        "full_name": shown.full_name,
        "description": shown.description or "",
        "private": shown.is_private,
        "branch": shown.default_branch,
        "installed": bool(world.installations_for(shown)),
        "config": tree.get(CONFIG_PATH),
        "config_path": CONFIG_PATH,
        "files": {path: text for path, text in list(tree.items())[:_MOST_FILES] if len(text) < _LONGEST_FILE},
        "labels": [label.name for label in shown.labels.values()],
        "standings": {one.login: standing(shown, one) for one in everybody},
        "writers": [one.login for one in everybody if has_role(shown, one, "write")],
        "admins": [one.login for one in everybody if has_role(shown, one, "admin")],
        "threads": [_in_list(one) for one in newest],
    }


def _in_list(thread: Issue) -> Json:
    return {
        "number": thread.number,
        "title": thread.title,
        "kind": "pull" if isinstance(thread, PullRequest) else "issue",
        "state": state(thread),
        "author": thread.author.login,
        "opened_at": stamp(thread.created_at),
        "comments": len(thread.comments),
        "labels": [{"name": label.name, "color": label.color} for label in thread.labels.values()],
    }
