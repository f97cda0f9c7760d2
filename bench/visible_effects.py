"""How long until a newcomer reads their welcome on an idle server, and what events cost in requests."""

from __future__ import annotations

import asyncio
import statistics
import time
from datetime import timedelta

from bench.figures import Figure
from bench.place import Place

_NEWCOMERS = 40
_ONE_EVERY = timedelta(minutes=4)  # greetings of more than twenty within an hour would be held back
_WITHIN = 10.0


async def visible_effects(at: Place) -> list[Figure]:
    """Measured with default `serve`: web and worker, and nothing else to do."""
    await at.forget_deliveries()
    async with at.serving():
        await at.quiet()
        took, asked = await _welcomes(at)
        later = await _later_requests(at)
    quantiles = statistics.quantiles(took, n=20)
    p50, p95 = quantiles[9] * 1000, quantiles[18] * 1000
    return [
        Figure(
            key="effect_visible",
            what="effect visible after a delivery, idle, p95",
            measured=f"{p95:.0f} ms (median {p50:.0f})",
            goal="< 60 ms",
            ok=p95 < 60,
            values={"p50_ms": round(p50, 1), "p95_ms": round(p95, 1)},
        ),
        _requests("requests_cold", "requests, first pull request ever (cold)", asked[0], most=4),
        _requests("requests_further", "requests, further first pull requests", max(asked[1:]), most=4),
        _requests("requests_later", "requests, later events of known people", later, most=0),
    ]


async def _welcomes(at: Place) -> tuple[list[float], list[int]]:
    took, asked = [], []
    for number in range(_NEWCOMERS):
        person = at.github.acts.add_user(f"newcomer-{number}")
        before, started = len(at.github.requests), time.perf_counter()
        with at.github.clock.at(at.github.clock.now() - (_NEWCOMERS - number) * _ONE_EVERY):
            pull_request = at.github.acts.open_pull_request(
                at.repository, by=person, title="Fix a typo", files={"README.md": f"# {number}"}
            )
        # A page would poll, too; the comment comes from another process.
        while not pull_request.comments and time.perf_counter() - started < _WITHIN:  # noqa: ASYNC110
            await asyncio.sleep(0.002)
        took.append(time.perf_counter() - started)
        asked.append(_requests_since(at, before))
        await asyncio.sleep(0.05)
    return took, asked


async def _later_requests(at: Place) -> int:
    person = at.github.acts.add_user("newcomer-known-by-now")
    pull_request = at.github.acts.open_pull_request(
        at.repository, by=person, title="Fix a typo", files={"README.md": "# a typo"}
    )
    await at.quiet()
    before = len(at.github.requests)
    at.github.acts.push_to(pull_request, files={"README.md": "# engine"})
    at.github.acts.comment(pull_request, by=person, body="Done.")
    await at.github.settled()
    await asyncio.sleep(1)
    return _requests_since(at, before)


def _requests_since(at: Place, position: int) -> int:
    return sum(not request.path.endswith("/access_tokens") for request in at.github.requests[position:])


def _requests(key: str, what: str, count: int, *, most: int) -> Figure:
    goal = f"≤ {most}" if most else "0"
    return Figure(
        key=key, what=what, measured=str(count), goal=goal, ok=count <= most, values={"count": count}
    )
