"""Publishes check runs, with as many annotations as there are: GitHub takes fifty at a time.

https://docs.github.com/en/rest/checks/runs#create-a-check-run
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from mentorbot.core.actions import Annotation, PublishCheckRun
from mentorbot.core.markers import cut
from mentorbot.core.people import Person
from mentorbot.github.client import Client, path_segment
from mentorbot.github.json_reader import parse_response

_AT_ONCE = 50
_MOST_CHARACTERS = 65_535


Bot = Callable[[], Awaitable[Person]]


async def publish(client: Client, *, path: str, action: PublishCheckRun, key: str, bot: Bot | None) -> Any:
    """Create the check run; with `bot` (who we are) go on with the one an earlier attempt may have created.

    Returns GitHub's check run. Raises what `mentorbot.core.errors` names.
    """
    annotations = [_shape(annotation) for annotation in action.annotations]
    output = {"title": action.title, "summary": cut(action.summary, _MOST_CHARACTERS)}
    found = await find(client, path=path, action=action, key=key, bot=bot) if bot else None
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
        done = parse_response(found, "check_run", lambda run: run.at("output").number("annotations_count", 0))
    number = parse_response(found, "check_run", lambda run: run.number("id"))
    # Each update adds its annotations to those that are there.
    for start in range(done, len(annotations), _AT_ONCE):
        more = {"output": {**output, "annotations": annotations[start : start + _AT_ONCE]}}
        await client.write("PATCH", f"{path}/check-runs/{number}", more)
    return found


async def find(client: Client, *, path: str, action: PublishCheckRun, key: str, bot: Bot) -> Any:
    """The newest check run of ours under this key, which is the one that people see; None without any."""
    query = f"check_name={path_segment(action.name)}&filter=all&per_page=100"
    runs = await client.pages(f"{path}/commits/{path_segment(action.head_sha)}/check-runs?{query}")
    login = (await bot()).login.lower() if runs else ""
    ours = [run for run in runs if isinstance(run, dict) and _is_ours(run, key=key, login=login)]
    return max(ours, key=lambda run: int(run.get("id") or 0), default=None)


def _is_ours(run: dict[str, Any], *, key: str, login: str) -> bool:
    app = run.get("app")
    slug = str(app.get("slug") or "").lower() if isinstance(app, dict) else ""
    is_known = bool(login and slug)  # GitHub doesn't always tell who we are
    return run.get("external_id") == key and (not is_known or login == f"{slug}[bot]")


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
