"""What machines do to commits: check runs, statuses and workflow runs begin and end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from mentorbot.sandbox.acts.acting import Acting, Where, Who
from mentorbot.sandbox.apps import App
from mentorbot.sandbox.checks import CheckRun, CheckSuite, CommitStatus, WorkflowRun
from mentorbot.sandbox.clock import read_stamp
from mentorbot.sandbox.model import PullRequest, Repository
from mentorbot.sandbox.shapes import checks as shapes
from mentorbot.sandbox.shapes import commits as shapes_commits
from mentorbot.sandbox.world import NotThereError


class CheckActs(Acting):
    def check_suite(self, repository: Where, sha: str, *, app: App | None = None) -> CheckSuite:
        """The suite of an App (GitHub Actions) for a commit, made when there is none."""
        found, owner = self.where(repository), app or self.world.actions
        if sha not in self.world.commits:
            raise NotThereError(f"No commit found for SHA: {sha}")
        for suite in self.world.check_suites[sha]:
            if suite.app is owner and suite.repository is found and suite.workflow_run is None:
                return suite
        return self._new_suite(found, sha, owner)

    def _new_suite(self, repository: Repository, sha: str, app: App) -> CheckSuite:
        now = self.world.clock.now()
        suite = CheckSuite(
            id=self.world.next_id("check_suite"),
            repository=repository,
            app=app,
            head_sha=sha,
            created_at=now,
            updated_at=now,
        )
        self.world.check_suites[sha].append(suite)
        return suite

    def start_check(self, repository: Where, sha: str, name: str, *, app: App | None = None) -> CheckRun:
        suite = self.check_suite(repository, sha, app=app)
        run = CheckRun(
            id=self.world.next_id("check_run"),
            suite=suite,
            name=name,
            head_sha=sha,
            started_at=self.world.clock.now(),
            status="in_progress",
        )
        suite.runs.append(run)
        self.world.check_runs[run.id] = run
        self._tell_of_run(run, "created")
        return run

    def change_check(
        self,
        run: CheckRun | int,
        changes: Mapping[str, Any],
        *,
        annotations: Iterable[Mapping[str, Any]] = (),
    ) -> CheckRun:
        """Change a check run as its App may: its `status`, `conclusion`, `title`, `summary` and so on.

        A conclusion completes it, and the last of its suite the suite. Annotations are added to the others.
        """
        found = self.found(self.world.check_runs, run, "check run")
        was_complete = found.status == "completed"
        for key, value in changes.items():
            setattr(
                found, key, read_stamp(value) if key.endswith("_at") and isinstance(value, str) else value
            )
        found.annotations.extend(annotations)
        if found.conclusion is not None:
            found.status = "completed"
            found.completed_at = found.completed_at or self.world.clock.now()
        if found.status == "completed" and not was_complete:
            found.suite.updated_at = self.world.clock.now()
            self._tell_of_run(found, "completed")
            self._tell_of_suite(found.suite)
        self.world.changed()
        return found

    def complete_check(
        self,
        repository: Where,
        sha: str,
        name: str = "build",
        *,
        conclusion: str = "success",
        app: App | None = None,
    ) -> CheckRun:
        """A check of a commit ends, having begun unnoticed when it had not."""
        suite = self.check_suite(repository, sha, app=app)
        running = [run for run in suite.runs if run.name == name and run.status != "completed"]
        run = running[0] if running else self.start_check(repository, sha, name, app=app)
        return self.change_check(run, {"conclusion": conclusion})

    def _tell_of_run(self, run: CheckRun, action: str) -> None:
        self.tell(
            "check_run",
            action,
            run.suite.repository,
            sender=run.suite.app.bot,
            body=lambda: {"check_run": shapes.check_run(self.world, run)},
        )

    def _tell_of_suite(self, suite: CheckSuite) -> None:
        if suite.status == "completed":
            self.tell(
                "check_suite",
                "completed",
                suite.repository,
                sender=suite.app.bot,
                body=lambda: {"check_suite": shapes.check_suite(self.world, suite)},
            )

    def set_commit_status(
        self,
        repository: Where,
        sha: str,
        state: str,
        *,
        by: Who,
        context: str = "ci",
        description: str | None = None,
        target_url: str | None = None,
    ) -> CommitStatus:
        """A commit status: `pending`, `success`, `failure` or `error`."""
        found, creator = self.where(repository), self.who(by)
        commit = self.world.commits[sha]
        status = CommitStatus(
            id=self.world.next_id("status"),
            repository=found,
            sha=sha,
            state=state,
            context=context,
            creator=creator,
            created_at=self.world.clock.now(),
            description=description,
            target_url=target_url,
        )
        self.world.statuses[sha].append(status)
        shape = shapes.status(self.world, status)
        self.tell(
            "status",
            None,
            found,
            sender=creator,
            body=lambda: {
                **{key: shape[key] for key in ("id", "avatar_url", "target_url", "context", "description")},
                **{key: shape[key] for key in ("state", "created_at", "updated_at")},
                "sha": sha,
                "name": found.full_name,
                "commit": shapes_commits.commit_in_status(self.world, found, commit),
                "branches": [
                    shapes_commits.branch(self.world, found, name)
                    for name, head in found.branches.items()
                    if head == sha
                ],
            },
        )
        return status

    def run_workflow(self, pull: PullRequest, name: str = "CI", *, waits: bool = False) -> WorkflowRun:
        """A pull request asks for a workflow; that of a first-timer `waits` for a maintainer's approval."""
        suite = self._new_suite(pull.repository, pull.head_sha, self.world.actions)
        now = self.world.clock.now()
        run = WorkflowRun(
            id=self.world.next_id("workflow_run"),
            repository=pull.repository,
            suite=suite,
            name=name,
            event="pull_request",
            head_branch=pull.head_ref,
            head_sha=pull.head_sha,
            actor=pull.author,
            number=len(self.world.workflow_runs) + 1,
            created_at=now,
            updated_at=now,
            head_repository=pull.head_repository or pull.repository,
            status="completed" if waits else "queued",
            conclusion="action_required" if waits else None,
        )
        suite.workflow_run = run
        self.world.workflow_runs[run.id] = run
        self._tell_of_workflow(run, "requested")
        if waits:
            self._tell_of_workflow(run, "completed")
        return run

    def _tell_of_workflow(self, run: WorkflowRun, action: str) -> None:
        self.tell(
            "workflow_run",
            action,
            run.repository,
            sender=run.actor,
            body=lambda: {
                "workflow": shapes.workflow(self.world, run),
                "workflow_run": shapes.workflow_run(self.world, run),
            },
        )
