"""Publishes check runs, with as many annotations as there are: GitHub takes fifty at a time.

https://docs.github.com/en/rest/checks/runs#create-a-check-run
"""

from __future__ import annotations

from typing import Any

from mentorbot.core.actions import Annotation, PublishCheckRun
from mentorbot.core.markers import cut
from mentorbot.github.client import Client
from mentorbot.github.installation import part
from mentorbot.github.replies import legible

_AT_ONCE = 50
_MOST_CHARACTERS = 65_535


async def publish(client: Client, *, path: str, action: PublishCheckRun, key: str, look_first: bool) -> Any:
    """Create the check run; with `look_first` go on with the one an earlier attempt may have created.

    Returns GitHub's check run. Raises what `mentorbot.core.outcomes` names.
    """
    annotations = [_shape(annotation) for annotation in action.annotations]
    output = {"title": action.title, "summary": cut(action.summary, _MOST_CHARACTERS)}
    found = await _find(client, path=path, action=action, key=key) if look_first else None
    if found is None:
        data = {
            "name": action.name,
            "head_sha": action.head_sha,
            "external_id": key,
            "status": "completed",
            "conclusion": action.conclusion,
            "output": {**output, "annotations": annotations[:_AT_ONCE]},
        }
        found = await client.write("POST", f"{path}/check-runs", data)
        done = _AT_ONCE
    else:
        done = legible(found, "check_run", lambda run: run.at("output").number("annotations_count", 0))
    number = legible(found, "check_run", lambda run: run.number("id"))
    # Each update adds its annotations to those that are there.
    for start in range(done, len(annotations), _AT_ONCE):
        more = {"output": {**output, "annotations": annotations[start : start + _AT_ONCE]}}
        await client.write("PATCH", f"{path}/check-runs/{number}", more)
    return found


async def _find(client: Client, *, path: str, action: PublishCheckRun, key: str) -> Any:
    query = f"check_name={part(action.name)}&filter=all&per_page=100"
    for run in await client.pages(f"{path}/commits/{part(action.head_sha)}/check-runs?{query}"):
        if isinstance(run, dict) and run.get("external_id") == key:
            return run
    return None


def _shape(annotation: Annotation) -> dict[str, Any]:
    shape: dict[str, Any] = {
        "path": annotation.path,
        "start_line": annotation.line,
        "end_line": annotation.line,
        "annotation_level": annotation.level,
        "message": annotation.message,
        "title": annotation.title[:255],
    }
    if annotation.column is not None:
        shape |= {"start_column": annotation.column, "end_column": annotation.column}
    return shape
