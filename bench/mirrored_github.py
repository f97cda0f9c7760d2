"""Keeps the simulated GitHub in step with a replay: whatever the bot asks or writes finds its place there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bench.deliveries_of import ToldThen
from bench.saved_history import GHOST, Json, moment
from mentorbot.sandbox import git
from mentorbot.sandbox.model import Account, Issue, Organization, PullRequest, Repository
from mentorbot.sandbox.simulated_github import SimulatedGitHub
from mentorbot.sandbox.world import World

CONFIG = """\
welcome: {}
first_merge: {}
"""

_ANY_JUMP = timedelta(days=365 * 50)
"""Time jumps while the bot's requests are on their way: by months, where nothing much happened."""


@dataclass(slots=True)
class People:
    """The simulated accounts of a history's people, by the ids these have on the real GitHub."""

    world: World
    known: dict[int, Account] = field(default_factory=dict)

    def of(self, shown: Json) -> Account:
        """Their account, under another id or login where the simulated GitHub had given theirs away."""
        if shown["id"] not in self.known:
            login, id_ = shown["login"], shown["id"]
            self.known[id_] = self.world.add_account(
                Organization if shown.get("type") == "Organization" else Account,
                login if self.world.find_account(login) is None else f"{login}-{id_}",
                kind="Bot" if shown.get("type") == "Bot" else "User",
                account_id=None if id_ in self.world.accounts else id_,
            )
        return self.known[shown["id"]]


@dataclass(slots=True)
class Mirror:
    """One repository of a history inside the simulated GitHub: its people, issues and pull requests."""

    github: SimulatedGitHub
    repository: Repository
    people: People
    threads: dict[int, Issue] = field(default_factory=dict)

    def take_in(self, told: ToldThen) -> None:
        """Let what a webhook tells be so: threads open and close; anything else the bot does not look at."""
        shown = told.payload.get("pull_request") or told.payload.get("issue")
        if shown is None or told.event not in {"issues", "pull_request"}:
            return
        thread = self.threads.get(shown["number"])
        if thread is None:
            thread = self._opened(shown)
        if told.payload["action"] == "closed":
            self._closed(thread, told)
        thread.state, thread.title = shown["state"], shown["title"]
        thread.labels = {
            label["name"].lower(): self.github.world.label(self.repository, label["name"])
            for label in shown["labels"]
        }

    def _opened(self, shown: Json) -> Issue:
        author = self.people.of(shown.get("user") or GHOST)
        number, opened = shown["number"], moment(shown["created_at"])
        world = self.github.world
        if "head" not in shown:
            thread = Issue(
                id=world.next_id("issue"),
                number=number,
                repository=self.repository,
                author=author,
                title=shown["title"],
                body=shown.get("body"),
                created_at=opened,
                updated_at=opened,
            )
        else:
            base = self.repository.branches[self.repository.default_branch]
            thread = PullRequest(
                id=world.next_id("issue"),
                pull_id=world.next_id("pull"),
                number=number,
                repository=self.repository,
                author=author,
                title=shown["title"],
                body=shown.get("body"),
                created_at=opened,
                updated_at=opened,
                base_ref=self.repository.default_branch,
                base_sha=base,
                head_ref=shown["head"]["ref"] or f"patch-{number}",
                head_sha=shown["head"]["sha"] or base,
                head_repository=None,
                head_owner=author,
                is_draft=bool(shown.get("draft")),
            )
        world.add_thread(thread)
        self.threads[number] = thread
        self.repository.last_number = max(self.repository.last_number, number)
        return thread

    def _closed(self, thread: Issue, told: ToldThen) -> None:
        actor = self.people.of(told.payload["sender"])
        thread.closed_at, thread.closed_by = told.at, actor
        landed = self._landed(thread, actor, told) if told.closing_commit else None
        self.github.acts.note(thread, "closed", actor, commit_sha=landed)
        if isinstance(thread, PullRequest) and told.payload["pull_request"]["merged"]:
            thread.merged_at, thread.merged_by = told.at, actor
            self.repository.committers.add(thread.author.id)

    def _landed(self, thread: Issue, actor: Account, told: ToldThen) -> str:
        """The commit that closed it. The file doesn't say whose it was: for a pull request, its author's."""
        world, branch = self.github.world, self.repository.default_branch
        made = git.commit(
            world,
            self.repository,
            {f"landed/{thread.number}": told.closing_commit},
            parents=(self.repository.branches[branch],),
            author=thread.author if isinstance(thread, PullRequest) else actor,
            committer=actor,
            message=f"{thread.title} (#{thread.number})",
        )
        git.point(world, self.repository, branch, made.sha)
        return made.sha


def mirror(github: SimulatedGitHub, shown: Json, *, at: datetime, config: str = CONFIG) -> Mirror:
    """The history's repository as of `at`, empty but for the bot's config; the App is not installed yet."""
    github.clock.freeze(at)
    github.tokens.grace = _ANY_JUMP
    world = github.world
    people = People(world)
    owner = people.of(shown["owner"])
    branch = shown["default_branch"]
    repository = Repository(
        id=shown["id"],
        owner=owner,
        name=shown["name"],
        created_at=at,
        updated_at=at,
        pushed_at=at,
        is_private=bool(shown["private"]),
        default_branch=branch,
    )
    world.add_repository(repository)
    first = git.commit(
        world,
        repository,
        {".github/mentorbot.yml": config},
        parents=(),
        author=owner,
        message="Welcome people",
    )
    git.point(world, repository, branch, first.sha)
    return Mirror(github=github, repository=repository, people=people)
