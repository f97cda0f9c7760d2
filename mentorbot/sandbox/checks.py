"""What machines say about commits in the sandbox: check runs, check suites, statuses and workflow runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from mentorbot.sandbox.apps import App
from mentorbot.sandbox.model import Account, Node, Repository


@dataclass(slots=True, eq=False, kw_only=True)
class CheckSuite(Node):
    """All check runs of one App on one commit; each run of a workflow has a suite of its own."""

    NODE: ClassVar[str] = "CS"
    id: int
    repository: Repository
    app: App
    head_sha: str
    created_at: datetime
    updated_at: datetime
    runs: list[CheckRun] = field(default_factory=list)
    workflow_run: WorkflowRun | None = None

    @property
    def status(self) -> str:
        """`completed` once every run is, or the workflow."""
        if self.workflow_run is not None:
            return self.workflow_run.status
        if not self.runs:
            return "queued"
        return "completed" if all(run.status == "completed" for run in self.runs) else "in_progress"

    @property
    def conclusion(self) -> str | None:
        """The workflow's, or the worst conclusion of its runs; None while one is under way."""
        if self.workflow_run is not None:
            return self.workflow_run.conclusion
        if self.status != "completed":
            return None
        conclusions = {run.conclusion for run in self.runs}
        for bad in ("action_required", "timed_out", "cancelled", "failure"):
            if bad in conclusions:
                return bad
        return "success" if "success" in conclusions else "neutral"


@dataclass(slots=True, eq=False, kw_only=True)
class CheckRun(Node):
    """One check of a commit; `annotations` are the lines it points at, as the App gave them."""

    NODE: ClassVar[str] = "CR"
    id: int
    suite: CheckSuite
    name: str
    head_sha: str
    started_at: datetime
    status: str = "queued"
    conclusion: str | None = None
    completed_at: datetime | None = None
    external_id: str = ""
    details_url: str | None = None
    title: str | None = None
    summary: str | None = None
    text: str | None = None
    annotations: list[Mapping[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CommitStatus(Node):
    """One commit status; a later one of the same context stands for it."""

    NODE: ClassVar[str] = "SC"
    id: int
    repository: Repository
    sha: str
    state: str
    context: str
    creator: Account
    created_at: datetime
    description: str | None = None
    target_url: str | None = None


@dataclass(slots=True, eq=False, kw_only=True)
class WorkflowRun(Node):
    """One run of a workflow; those of first-timers wait as `action_required` for a maintainer."""

    NODE: ClassVar[str] = "WFR"
    id: int
    repository: Repository
    suite: CheckSuite
    name: str
    event: str
    head_branch: str
    head_sha: str
    actor: Account
    number: int
    created_at: datetime
    updated_at: datetime
    head_repository: Repository
    status: str = "queued"
    conclusion: str | None = None
