"""Check runs, check suites, statuses and workflow runs as GitHub writes them in JSON."""

from __future__ import annotations

from mentorbot.sandbox.answers import Json
from mentorbot.sandbox.checks import CheckRun, CheckSuite, CommitStatus, WorkflowRun
from mentorbot.sandbox.clock import stamp, stamp_or_none
from mentorbot.sandbox.model import Repository
from mentorbot.sandbox.shapes import accounts, commits, pulls, repositories
from mentorbot.sandbox.world import World


def _pull_requests(world: World, repository: Repository, sha: str) -> list[Json]:
    """Open ones whose head it is; GitHub leaves out those that come from forks."""
    return [
        {
            "url": pulls.api_url(world, pull),
            "id": pull.pull_id,
            "number": pull.number,
            "head": {
                "ref": pull.head_ref,
                "sha": pull.head_sha,
                "repo": repositories.repository_reference(world, repository),
            },
            "base": {
                "ref": pull.base_ref,
                "sha": pull.base_sha,
                "repo": repositories.repository_reference(world, repository),
            },
        }
        for pull in world.pulls_by_head.get(sha, ())
        if pull.state == "open" and pull.head_repository is repository and pull.repository is repository
    ]


def check_suite_in_run(world: World, suite: CheckSuite) -> Json:
    """A check suite as its runs carry it."""
    url = f"{repositories.api_url(world, suite.repository)}/check-suites/{suite.id}"
    branches = [name for name, sha in suite.repository.branches.items() if sha == suite.head_sha]
    return {
        "id": suite.id,
        "node_id": suite.node_id,
        "head_branch": branches[0] if branches else None,
        "head_sha": suite.head_sha,
        "status": suite.status,
        "conclusion": suite.conclusion,
        "url": url,
        "before": None,
        "after": suite.head_sha,
        "pull_requests": _pull_requests(world, suite.repository, suite.head_sha),
        "app": accounts.app(world, suite.app),
        "created_at": stamp(suite.created_at),
        "updated_at": stamp(suite.updated_at),
    }


def check_suite(world: World, suite: CheckSuite) -> Json:
    shape = check_suite_in_run(world, suite)
    return shape | {
        "latest_check_runs_count": len(suite.runs),
        "check_runs_url": f"{shape['url']}/check-runs",
        "head_commit": commits.simple_commit(world.commits[suite.head_sha]),
    }


def check_suite_in_api(world: World, suite: CheckSuite) -> Json:
    repository = repositories.short_repository(world, suite.repository)
    return check_suite(world, suite) | {"repository": repository}


def check_run(world: World, run: CheckRun) -> Json:
    repository = run.suite.repository
    url = f"{repositories.api_url(world, repository)}/check-runs/{run.id}"
    html = f"{repositories.html_url(world, repository)}/runs/{run.id}"
    return {
        "id": run.id,
        "node_id": run.node_id,
        "head_sha": run.head_sha,
        "external_id": run.external_id,
        "url": url,
        "html_url": html,
        "details_url": run.details_url or html,
        "status": run.status,
        "conclusion": run.conclusion,
        "started_at": stamp(run.started_at),
        "completed_at": stamp_or_none(run.completed_at),
        "output": {
            "title": run.title,
            "summary": run.summary,
            "text": run.text,
            "annotations_count": len(run.annotations),
            "annotations_url": f"{url}/annotations",
        },
        "name": run.name,
        "check_suite": check_suite_in_run(world, run.suite),
        "app": accounts.app(world, run.suite.app),
        "pull_requests": _pull_requests(world, repository, run.head_sha),
    }


def status(world: World, status: CommitStatus) -> Json:
    url = f"{repositories.api_url(world, status.repository)}/statuses/{status.sha}"
    return {
        "url": url,
        "avatar_url": f"{world.html_url}/avatars/{status.creator.id}",
        "id": status.id,
        "node_id": status.node_id,
        "state": status.state,
        "description": status.description,
        "target_url": status.target_url,
        "context": status.context,
        "created_at": stamp(status.created_at),
        "updated_at": stamp(status.created_at),
        "creator": accounts.user(world, status.creator),
    }


def workflow(world: World, run: WorkflowRun) -> Json:
    """The workflow that a run is one of."""
    path = workflow_path(run)
    return {
        "badge_url": f"{repositories.html_url(world, run.repository)}/workflows/{run.number}/badge.svg",
        "created_at": stamp(run.repository.created_at),
        "html_url": f"{repositories.html_url(world, run.repository)}/blob/main/{path}",
        "id": 1,
        "name": run.name,
        "node_id": "W_kwDO00000001",
        "path": path,
        "state": "active",
        "updated_at": stamp(run.repository.created_at),
        "url": f"{repositories.api_url(world, run.repository)}/actions/workflows/1",
    }


def workflow_path(run: WorkflowRun) -> str:
    return f".github/workflows/{run.name.lower().replace(' ', '-')}.yml"


def workflow_run(world: World, run: WorkflowRun) -> Json:
    api = repositories.api_url(world, run.repository)
    url = f"{api}/actions/runs/{run.id}"
    suite_url = f"{api}/check-suites/{run.suite.id}"
    actor = accounts.user(world, run.actor)
    return {
        "id": run.id,
        "node_id": run.node_id,
        "name": run.name,
        "display_title": world.commits[run.head_sha].message.splitlines()[0],
        "path": workflow_path(run),
        "head_branch": run.head_branch,
        "head_sha": run.head_sha,
        "head_commit": commits.simple_commit(world.commits[run.head_sha]),
        "run_number": run.number,
        "run_attempt": 1,
        "event": run.event,
        "status": run.status,
        "conclusion": run.conclusion,
        "workflow_id": 1,
        "check_suite_id": run.suite.id,
        "check_suite_node_id": run.suite.node_id,
        "pull_requests": _pull_requests(world, run.repository, run.head_sha),
        "created_at": stamp(run.created_at),
        "updated_at": stamp(run.updated_at),
        "run_started_at": stamp(run.created_at),
        "actor": actor,
        "triggering_actor": actor,
        "url": url,
        "html_url": f"{repositories.html_url(world, run.repository)}/actions/runs/{run.id}",
        "jobs_url": f"{url}/jobs",
        "logs_url": f"{url}/logs",
        "artifacts_url": f"{url}/artifacts",
        "cancel_url": f"{url}/cancel",
        "rerun_url": f"{url}/rerun",
        "previous_attempt_url": None,
        "check_suite_url": suite_url,
        "workflow_url": f"{api}/actions/workflows/1",
        "repository": repositories.short_repository(world, run.repository),
        "head_repository": repositories.short_repository(world, run.head_repository),
    }
