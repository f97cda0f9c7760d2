"""The world the sandbox simulates: everything that exists, and how to find it quickly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from mentorbot.sandbox.apps import App, Installation
from mentorbot.sandbox.checks import CheckRun, CheckSuite, CommitStatus, WorkflowRun
from mentorbot.sandbox.clock import Clock
from mentorbot.sandbox.model import (
    Account,
    AccountType,
    Comment,
    Commit,
    Issue,
    Label,
    Organization,
    PullRequest,
    Repository,
    Review,
    ReviewComment,
    Team,
)

_FIRST_IDS = {
    "account": 1_001,
    "team": 20_001,
    "repository": 40_001,
    "installation": 70_001,
    "app": 80_001,
    "label": 100_001,
    "issue": 2_000_001,
    "pull": 3_000_001,
    "comment": 4_000_001,
    "review": 5_000_001,
    "review_comment": 6_000_001,
    "review_thread": 6_500_001,
    "reaction": 7_000_001,
    "event": 8_000_001,
    "check_suite": 9_000_001,
    "check_run": 9_300_001,
    "status": 9_600_001,
    "workflow_run": 9_800_001,
    "delivery": 11_000_001,
    "commit": 1,
}
"""Where each kind starts counting: far apart, so that an id used for the wrong kind finds nothing."""


class NotThereError(LookupError):
    """Something was asked for that the sandbox's world does not have."""


class World:
    """All that exists, with indices; `nodes` can be reacted to, by GraphQL ids. The rules are in the acts.

    `gives_webhook_secrets` is whether a new App with a webhook gets a secret for it; `server_version`
    is an Enterprise Server's, and `unknown_to_manifests` the permissions and events that it doesn't know.
    """

    def __init__(self, clock: Clock | None = None) -> None:
        self.clock = clock or Clock()
        self.api_url = "http://127.0.0.1"
        self.html_url = "http://127.0.0.1"
        self.accounts: dict[int, Account] = {}
        self.repositories: dict[int, Repository] = {}
        self.apps: dict[int, App] = {}
        self.installations: dict[int, Installation] = {}
        self.commits: dict[str, Commit] = {}
        self.comments: dict[int, Comment] = {}
        self.reviews: dict[int, Review] = {}
        self.review_comments: dict[int, ReviewComment] = {}
        self.check_runs: dict[int, CheckRun] = {}
        self.check_suites: dict[str, list[CheckSuite]] = defaultdict(list)
        self.statuses: dict[str, list[CommitStatus]] = defaultdict(list)
        self.workflow_runs: dict[int, WorkflowRun] = {}
        self.pulls_by_head: dict[str, list[PullRequest]] = defaultdict(list)
        self.pulls_by_branch: dict[tuple[int, str], list[PullRequest]] = defaultdict(list)
        self.nodes: dict[str, Issue | Comment | Review | ReviewComment] = {}
        self._account_ids: dict[str, int] = {}
        self._repository_ids: dict[str, int] = {}
        self._next_ids = dict(_FIRST_IDS)
        self.ghost = self.add_account(Account, "ghost", account_id=10137)
        github = self.add_account(Organization, "github")
        self.app = self.add_app(slug="mentorbot", name="Mentorbot", app_id=4242, owner=github)
        self.actions = self.add_app(slug="github-actions", name="GitHub Actions", app_id=15368, owner=github)
        self.gives_webhook_secrets = True
        self.server_version: str | None = None
        self.unknown_to_manifests: frozenset[str] = frozenset()
        self.watchers: list[Callable[[], None]] = []

    def next_id(self, kind: str) -> int:
        """A fresh id of that kind; the same acts in the same order always get the same ids."""
        number = self._next_ids[kind]
        self._next_ids[kind] = number + 1
        return number

    # accounts

    def add_account(
        self,
        make: type[Account],
        login: str,
        *,
        kind: AccountType = "User",
        name: str | None = None,
        account_id: int | None = None,
    ) -> Account:
        """A new account; ValueError when the login is taken."""
        if login.lower() in self._account_ids:
            raise ValueError(f"the login {login!r} is taken: choose another")
        account = make(
            id=account_id or self.next_id("account"),
            login=login,
            type="Organization" if make is Organization else kind,
            name=name,
            created_at=self.clock.now(),
        )
        self.accounts[account.id] = account
        self._account_ids[login.lower()] = account.id
        return account

    def find_account(self, login: str) -> Account | None:
        """Who goes by that login, in any case."""
        found = self._account_ids.get(login.lower())
        return None if found is None else self.accounts[found]

    def account(self, login: str) -> Account:
        """Who goes by that login; NotThereError when nobody does."""
        found = self.find_account(login)
        if found is None:
            raise NotThereError(f"nobody is called {login!r} here: add them with acts.add_user({login!r})")
        return found

    def organization(self, login: str) -> Organization:
        found = self.find_account(login)
        if not isinstance(found, Organization):
            raise NotThereError(f"no organisation is called {login!r}: use acts.add_organization({login!r})")
        return found

    def team(self, reference: str) -> Team:
        """The team `organisation/slug`; NotThereError when there is none."""
        login, _, slug = reference.partition("/")
        team = self.organization(login).teams.get(slug)
        if team is None:
            raise NotThereError(f"no team is called {reference!r}: add it with acts.add_team(…)")
        return team

    def rename_account(self, account: Account, login: str) -> None:
        """Give an account another login; links to its repositories under the old one go on working."""
        for repository in self.repositories.values():
            if repository.owner is account:
                self._repository_ids[f"{login}/{repository.name}".lower()] = repository.id
        del self._account_ids[account.login.lower()]
        account.login = login
        self._account_ids[login.lower()] = account.id

    def forget_login(self, account: Account) -> None:
        """Let nobody go by an account's login any more."""
        self._account_ids.pop(account.login.lower(), None)

    # repositories

    def add_repository(self, repository: Repository) -> None:
        self.repositories[repository.id] = repository
        self.name_repository(repository)

    def name_repository(self, repository: Repository) -> None:
        """Make it known under its present name too; the names it had before go on leading to it."""
        self._repository_ids[repository.full_name.lower()] = repository.id

    def find_repository(self, full_name: str) -> Repository | None:
        """The repository of that name, or the one that had it before it was renamed or transferred."""
        found = self._repository_ids.get(full_name.lower())
        repository = None if found is None else self.repositories.get(found)
        return None if repository is None or repository.is_deleted else repository

    def repository(self, full_name: str) -> Repository:
        """The same; NotThereError when there is none."""
        found = self.find_repository(full_name)
        if found is None:
            raise NotThereError(f"no repository is called {full_name!r}: use acts.create_repository(…)")
        return found

    def thread(self, reference: str) -> Issue:
        """The issue or pull request `owner/name#5`; NotThereError when there is none."""
        full_name, _, number = reference.partition("#")
        found = self.repository(full_name).threads.get(int(number))
        if found is None:
            raise NotThereError(f"{reference} does not exist: open it first")
        return found

    def label(self, repository: Repository, name: str) -> Label:
        """A label of that repository, made when it has none of that name (labels compare without case)."""
        found = repository.labels.get(name.lower())
        return found or self.add_label(repository, name)

    def add_label(self, repository: Repository, name: str, *, color: str = "ededed") -> Label:
        label = Label(id=self.next_id("label"), repository=repository, name=name, color=color)
        repository.labels[name.lower()] = label
        return label

    # threads

    def add_thread(self, thread: Issue) -> None:
        repository = thread.repository
        repository.threads[thread.number] = thread
        repository.threads_by_author.setdefault(thread.author.id, []).append(thread)
        repository.open_count += 1
        self.nodes[thread.node_id] = thread
        if isinstance(thread, PullRequest):
            repository.pull_requests[thread.number] = thread
            self.pulls_by_head[thread.head_sha].append(thread)
            if thread.head_repository is not None:
                self.pulls_by_branch[thread.head_repository.id, thread.head_ref].append(thread)

    def move_head(self, pull: PullRequest, sha: str) -> None:
        self.pulls_by_head[pull.head_sha].remove(pull)
        pull.head_sha = sha
        self.pulls_by_head[sha].append(pull)

    # Apps and their installations

    def add_app(self, *, slug: str, name: str, owner: Account, app_id: int | None = None) -> App:
        """A new App with its bot; ValueError when the slug is taken."""
        app = App(
            id=app_id or self.next_id("app"),
            slug=slug,
            name=name,
            owner=owner,
            bot=self.add_account(Account, f"{slug}[bot]", kind="Bot"),
            created_at=self.clock.now(),
        )
        self.apps[app.id] = app
        return app

    def app_known_as(self, issuer: str) -> App | None:
        """The App with this number or client id."""
        return next((app for app in self.apps.values() if issuer in {str(app.id), app.client_id}), None)

    def app_called(self, slug: str) -> App | None:
        return next((app for app in self.apps.values() if app.slug == slug), None)

    def installations_on(self, account: Account) -> list[Installation]:
        return [one for one in self.installations.values() if one.account is account]

    def installation_on(self, account: Account, *, app: App | None = None) -> Installation | None:
        """Where an App (unset: any) is installed on an account."""
        return next((one for one in self.installations_on(account) if app in {None, one.app}), None)

    def installations_for(self, repository: Repository) -> list[Installation]:
        return [one for one in self.installations_on(repository.owner) if one.covers(repository)]

    def installation_for(self, repository: Repository) -> Installation | None:
        """The first of them."""
        return next(iter(self.installations_for(repository)), None)

    def app_of(self, actor: Account) -> App | None:
        """The App whose bot this is, None for people."""
        return next((app for app in self.apps.values() if actor is app.bot), None)

    def changed(self) -> None:
        """Tell whoever watches (the page) that something happened."""
        for watcher in self.watchers:
            watcher()
