"""REST of check runs, check suites and statuses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mentorbot.sandbox import git
from mentorbot.sandbox.answers import GitHubProblem, Json, Listing, SandboxAnswer, invalid, not_found
from mentorbot.sandbox.routes import Call, Routes
from mentorbot.sandbox.shapes import checks as shapes
from mentorbot.sandbox.shapes import repositories as shapes_repositories

ROUTES = Routes()

_CONCLUSIONS = {
    "action_required",
    "cancelled",
    "failure",
    "neutral",
    "success",
    "skipped",
    "stale",
    "timed_out",
}
_STATUSES = {"queued", "in_progress", "completed"}
_MOST_ANNOTATIONS = 50


def _sha(call: Call) -> str:
    sha = git.resolve(call.world, call.repository, call.params["ref"])
    if sha is None:
        raise GitHubProblem(422, f"No commit found for SHA: {call.params['ref']}")
    return sha


def _changes(body: Json) -> Json:
    """What a body says of a check run, in our words; 422 when GitHub would not take it."""
    output: Json = body.get("output") or {}
    if body.get("status", "queued") not in _STATUSES:
        raise invalid("CheckRun", "status")
    if body.get("conclusion") is not None and body["conclusion"] not in _CONCLUSIONS:
        raise invalid("CheckRun", "conclusion")
    if body.get("status") == "completed" and body.get("conclusion") is None:
        raise invalid("CheckRun", "conclusion", code="missing_field")
    if output and "summary" not in output:
        raise invalid("CheckRun", "summary", code="missing_field")
    if len(output.get("annotations") or ()) > _MOST_ANNOTATIONS:
        raise GitHubProblem(422, f"Only {_MOST_ANNOTATIONS} annotations can be given at a time.")
    given = {key: body[key] for key in _OWN if body.get(key) is not None}
    return given | {key: output[key] for key in ("title", "summary", "text") if key in output}


_OWN = ("name", "status", "conclusion", "details_url", "external_id", "started_at", "completed_at")


def _annotations(body: Json) -> list[Mapping[str, Any]]:
    return list((body.get("output") or {}).get("annotations") or ())


@ROUTES.add("POST", "{o}/check-runs", needs="checks:write")
def create_check_run(call: Call) -> SandboxAnswer:
    changes, app = _changes(call.body), call.app
    name, sha = call.text("name", "CheckRun"), call.text("head_sha", "CheckRun")
    if sha not in call.world.commits:
        raise GitHubProblem(422, f"No commit found for SHA: {sha}")
    run = call.acts.start_check(call.repository, sha, name, app=app)
    run.status = "queued"
    call.acts.change_check(run, changes, annotations=_annotations(call.body))
    return SandboxAnswer(status=201, json=shapes.check_run(call.world, run))


@ROUTES.add("PATCH", "{o}/check-runs/{check_run_id}", needs="checks:write")
def change_check_run(call: Call) -> SandboxAnswer:
    """Change a check run; only the App that made it may."""
    run = call.world.check_runs.get(call.number("check_run_id"))
    if run is None or run.suite.repository is not call.repository:
        raise not_found()
    if run.suite.app is not call.app:
        raise GitHubProblem(
            403, "Invalid app_id `` - check run can only be modified by the GitHub App that created it."
        )
    call.acts.change_check(run, _changes(call.body), annotations=_annotations(call.body))
    return SandboxAnswer(json=shapes.check_run(call.world, run))


@ROUTES.add("GET", "{o}/commits/{ref}/check-runs", needs="checks:read")
def list_check_runs(call: Call) -> Listing:
    """All check runs of a commit, or those of one name."""
    runs = [
        run
        for suite in call.world.check_suites.get(_sha(call), ())
        for run in suite.runs
        if suite.repository is call.repository and call.query.get("check_name", run.name) == run.name
    ]
    return Listing(items=runs, shape=lambda one: shapes.check_run(call.world, one), under="check_runs")


@ROUTES.add("GET", "{o}/commits/{ref}/check-suites", needs="checks:read")
def list_check_suites(call: Call) -> Listing:
    suites = [
        suite for suite in call.world.check_suites.get(_sha(call), ()) if suite.repository is call.repository
    ]
    return Listing(
        items=suites, shape=lambda one: shapes.check_suite_in_api(call.world, one), under="check_suites"
    )


@ROUTES.add("GET", "{o}/commits/{ref}/status", needs="statuses:read")
def get_combined_status(call: Call) -> SandboxAnswer:
    found = [one for one in call.world.statuses.get(_sha(call), ()) if one.repository is call.repository]
    latest = {one.context: one for one in found}.values()
    states = {one.state for one in latest}
    state = "failure" if states & {"failure", "error"} else "success" if states == {"success"} else "pending"
    url = f"{shapes_repositories.api_url(call.world, call.repository)}/commits/{_sha(call)}"
    body: Json = {
        "state": state,
        "statuses": [shapes.status(call.world, one) for one in latest],
        "sha": _sha(call),
        "total_count": len(latest),
        "repository": shapes_repositories.short_repository(call.world, call.repository),
        "commit_url": url,
        "url": f"{url}/status",
    }
    return SandboxAnswer(json=body)
