"""GraphQL of commits and of what machines say about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mentorbot.sandbox import git, shapes_repositories
from mentorbot.sandbox.accounts import Account
from mentorbot.sandbox.apps import App
from mentorbot.sandbox.checks import CheckRun, CheckSuite, CommitStatus, WorkflowRun
from mentorbot.sandbox.clock import read_stamp
from mentorbot.sandbox.graph_fields import FieldContext, GraphConnection, alias, connect, field
from mentorbot.sandbox.graph_fields import since as not_older
from mentorbot.sandbox.repositories import Commit, Repository


@dataclass(frozen=True, slots=True, kw_only=True)
class GitActor:
    """Somebody as git knows them; `user` is None when the address belongs to no account."""

    name: str
    email: str
    date: datetime
    user: Account | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rollup:
    """What all checks and statuses of a commit say together."""

    commit: Commit
    contexts: tuple[CheckRun | CommitStatus, ...]

    @property
    def state(self) -> str:
        """The worst of all, as GitHub counts."""
        states = {_as_status(one) for one in self.contexts}
        return next(one for one in ("ERROR", "FAILURE", "PENDING", "EXPECTED", "SUCCESS") if one in states)


def _as_status(one: CheckRun | CommitStatus) -> str:
    if isinstance(one, CommitStatus):
        return one.state.upper()
    if one.status != "completed":
        return "PENDING"
    return "SUCCESS" if one.conclusion in {"success", "neutral", "skipped"} else "FAILURE"


def rollup_of(world_commit: Commit, asking: FieldContext) -> Rollup | None:
    """What is known of a commit; None when nothing is."""
    runs = [run for suite in asking.world.check_suites.get(world_commit.sha, ()) for run in suite.runs]
    statuses = {one.context: one for one in asking.world.statuses.get(world_commit.sha, ())}
    contexts: tuple[CheckRun | CommitStatus, ...] = (*runs, *statuses.values())
    return Rollup(commit=world_commit, contexts=contexts) if contexts else None


for _type in ("CheckRun", "CheckSuite", "StatusContext", "WorkflowRun", "App"):
    alias(_type, "id", "node_id")
for _type in ("CheckRun", "CheckSuite", "WorkflowRun", "App"):
    alias(_type, "databaseId", "id")
alias("Commit", "oid", "sha")
alias("Commit", "repository", "home")
alias("Commit", "committedDate", "at")
alias("Commit", "authoredDate", "at")
alias("CheckRun", "checkSuite", "suite")
alias("WorkflowRun", "runNumber", "number")


@field("Commit", "abbreviatedOid")
def _short(commit: Commit, _: FieldContext) -> str:
    return commit.sha[:7]


@field("Commit", "messageHeadline")
def _headline(commit: Commit, _: FieldContext) -> str:
    return commit.message.partition("\n")[0]


@field("Commit", "messageBody")
def _message_body(commit: Commit, _: FieldContext) -> str:
    return commit.message.partition("\n")[2].strip()


@field("Commit", "url")
def _url(commit: Commit, asking: FieldContext) -> str:
    return f"{shapes_repositories.html_url(asking.world, commit.home)}/commit/{commit.sha}"


field("Commit", "commitUrl")(_url)


@field("Commit", "author")
def _author(commit: Commit, _: FieldContext) -> GitActor:
    person = commit.author
    return GitActor(name=commit.author_name, email=commit.author_email, date=commit.at, user=person)


@field("Commit", "authors")
def _authors(commit: Commit, asking: FieldContext, **page: Any) -> GraphConnection:
    return connect([_author(commit, asking)], **page)


@field("Commit", "committer")
def _committer(commit: Commit, asking: FieldContext) -> GitActor:
    person = commit.committer
    if person is None:
        return _author(commit, asking)
    return GitActor(name=person.name or person.login, email=person.email, date=commit.at, user=person)


@field("GitActor", "avatarUrl")
def _avatar(actor: GitActor, asking: FieldContext, size: int | None = None) -> str:
    number = 0 if actor.user is None else actor.user.id
    return f"{asking.world.html_url}/avatars/{number}" + (f"?s={size}" if size else "")


@field("Commit", "additions")
def _additions(commit: Commit, _: FieldContext) -> int:
    return sum(file.additions for file in commit.changed)


@field("Commit", "deletions")
def _deletions(commit: Commit, _: FieldContext) -> int:
    return sum(file.deletions for file in commit.changed)


@field("Commit", "changedFilesIfAvailable")
def _changed_files(commit: Commit, _: FieldContext) -> int:
    return len(commit.changed)


@field("Commit", "parents")
def _parents(commit: Commit, asking: FieldContext, **page: Any) -> GraphConnection:
    return connect([asking.world.commits[sha] for sha in commit.parents], **page)


@field("Commit", "associatedPullRequests")
def _pulls(commit: Commit, asking: FieldContext, **page: Any) -> GraphConnection:
    found = [
        pull
        for pull in commit.home.pull_requests.values()
        if pull.merge_commit_sha == commit.sha or commit in pull.commits
    ]
    asking.need("pull_requests:read")
    return connect(found, **page)


@field("Commit", "history")
def _history(
    commit: Commit,
    asking: FieldContext,
    *,
    author: Mapping[str, Any] | None = None,
    path: str | None = None,
    since: str | None = None,
    until: str | None = None,
    **page: Any,
) -> GraphConnection:
    asking.need("contents:read")
    found = git.history(asking.world, commit.sha)
    if author is not None:
        found = [one for one in found if _is_by(one, author)]
    if path is not None:
        start = f"{path}/"
        found = [
            one
            for one in found
            if any(file.path == path or file.path.startswith(start) for file in one.changed)
        ]
    found = not_older(found, since, attribute="at")
    if until is not None:
        found = [one for one in found if one.at <= read_stamp(until)]
    return connect(found, **page)


def _is_by(commit: Commit, author: Mapping[str, Any]) -> bool:
    by_id = commit.author is not None and commit.author.node_id == author.get("id")
    return by_id or commit.author_email in (author.get("emails") or ())


@field("Commit", "checkSuites")
def _check_suites(commit: Commit, asking: FieldContext, **page: Any) -> GraphConnection:
    asking.need("checks:read")
    return connect(asking.world.check_suites.get(commit.sha, []), **page)


@field("Commit", "statusCheckRollup")
def _rollup(commit: Commit, asking: FieldContext) -> Rollup | None:
    asking.need("checks:read|statuses:read")
    return rollup_of(commit, asking)


@field("StatusCheckRollup", "id")
def _rollup_id(rollup: Rollup, _: FieldContext) -> str:
    return f"SCR_{rollup.commit.sha}"


@field("StatusCheckRollup", "contexts")
def _contexts(rollup: Rollup, _: FieldContext, **page: Any) -> GraphConnection:
    return connect(rollup.contexts, **page)


@field("Commit", "status")
def _status(commit: Commit, asking: FieldContext) -> Rollup | None:
    asking.need("statuses:read")
    latest = {one.context: one for one in asking.world.statuses.get(commit.sha, ())}
    return Rollup(commit=commit, contexts=tuple(latest.values())) if latest else None


@field("Status", "id")
def _status_id(rollup: Rollup, _: FieldContext) -> str:
    return f"ST_{rollup.commit.sha}"


@field("Status", "context")
def _status_context(rollup: Rollup, _: FieldContext, name: str) -> CommitStatus | None:
    found = [one for one in rollup.contexts if isinstance(one, CommitStatus) and one.context == name]
    return found[0] if found else None


@field("StatusContext", "state")
def _context_state(status: CommitStatus, _: FieldContext) -> str:
    return status.state.upper()


@field("StatusContext CheckSuite", "commit")
def _commit_of(thing: CommitStatus | CheckSuite, asking: FieldContext) -> Commit:
    sha = thing.sha if isinstance(thing, CommitStatus) else thing.head_sha
    return asking.world.commits[sha]


@field("CheckRun CheckSuite", "status")
def _check_status(check: CheckRun | CheckSuite, _: FieldContext) -> str:
    return check.status.upper()


@field("CheckRun CheckSuite", "conclusion")
def _conclusion(check: CheckRun | CheckSuite, _: FieldContext) -> str | None:
    return None if check.conclusion is None else check.conclusion.upper()


@field("CheckSuite", "checkRuns")
def _check_runs(suite: CheckSuite, _: FieldContext, **page: Any) -> GraphConnection:
    return connect(suite.runs, **page)


@field("WorkflowRun", "workflow")
def _workflow(run: WorkflowRun, _: FieldContext) -> dict[str, str]:
    return {"id": "W_kwDO00000001", "name": run.name}


@field("CheckRun CheckSuite WorkflowRun App", "url")
def _machine_url(thing: CheckRun | CheckSuite | WorkflowRun | App, asking: FieldContext) -> str:
    if isinstance(thing, App):
        return f"{asking.world.html_url}/apps/{thing.slug}"
    home: Repository = thing.suite.repository if isinstance(thing, CheckRun) else thing.repository
    kind = {CheckRun: "runs", CheckSuite: "suites", WorkflowRun: "actions/runs"}[type(thing)]
    return f"{shapes_repositories.html_url(asking.world, home)}/{kind}/{thing.id}"
