"""What came of a chaos run: the line of figures, and what a developer needs to find a cause."""

from __future__ import annotations

from typing import Any

from bench.seen import Difference, Effect
from bench.settling import Late, rows
from bench.troubles import Chaos, Run

_KNOWN = {
    "delivery": """SELECT id, event, action, state, reason, received_at FROM deliveries
                   WHERE repository_id = %(repository)s AND number = %(number)s ORDER BY received_at""",
    "effect": """SELECT id, key, state, attempts, why, delivery, created_at, tried_at, done_at FROM effects
                 WHERE repository_id = %(repository)s AND number = %(number)s ORDER BY id""",
    "journal": """SELECT at, feature, acted, because, delivery FROM journal
                  WHERE repository_id = %(repository)s AND number = %(number)s ORDER BY id""",
}

_OUT_OF_ORDER = """
    WITH decided AS (
        SELECT repository_id, number, received_at, min(decisions.at) AS at
        FROM deliveries JOIN decisions ON decisions.delivery = deliveries.id
        WHERE number IS NOT NULL GROUP BY 1, 2, 3, deliveries.id)
    SELECT DISTINCT full_name, earlier.number
    FROM decided AS earlier
    JOIN decided AS later USING (repository_id, number)
    JOIN repositories ON repositories.id = repository_id
    WHERE earlier.received_at < later.received_at AND earlier.at > later.at"""

_UNSAID = "SELECT key FROM effects WHERE state = 'dropped' AND why LIKE 'it is closed by now%%'"


def figures(quiet: Run, run: Run, difference: Difference, chaos: Chaos, seconds: float) -> dict[str, Any]:
    """The line in the end."""
    late = [one.seconds for one in run.watch.late]
    more: dict[str, Any] = {}
    if "roll" in chaos.troubles:
        more["slowest_stop"] = round(run.slowest_stop, 1)
    if run.limited is not None:
        more["others_p95_while_limited"] = round(run.others_waited(run.limited_span, run.limited), 2)
        more["others_p95_in_quiet"] = round(quiet.others_waited(None, run.limited), 2)
    return {
        "deliveries": run.deliveries,
        "kills": run.kills.total(),
        "faults": run.faults,
        "lost": len(difference.lost),
        "doubled": len(difference.doubled),
        "wrong": len(difference.wrong),
        "decided_late": len(difference.otherwise),
        "settled_seconds_max": round(max(late, default=0.0), 1),
        "left": len(run.left),
        "effects": run.effects.total(),
        "killed": dict(run.kills),
        "answers": len(run.github.requests),
        "faulty_share": round(run.faults / max(len(run.github.requests), 1), 3),
        "attempts": run.attempts,
        "undelivered_attempts": run.failed,
        "outlived_a_kill": len(late),
        "ended_by_themselves": len(run.fell),
        "shape": chaos.shape,
        "seed": chaos.seed,
        "seconds": round(seconds, 1),
        **more,
    }


async def report(quiet: Run, wild: Run, difference: Difference) -> str:
    """What a developer needs to find the cause: which effects, and what the bot knew of them."""
    lines = [f"left undone: {problem}" for problem in wild.left]
    lines += [f"left undone in the quiet run: {problem}" for problem in quiet.left]
    lines += [f"late: {one.seconds:.1f} s, delivery {one.delivery} in {one.thread}" for one in _latest(wild)]
    lines += [f"ended by itself: {name}, see its log" for name in wild.fell]
    for what in ("lost", "doubled", "wrong"):
        for effect in getattr(difference, what):
            lines.append(f"{what}: {effect}")
            lines += [f"    {line}" for line in await _known_of(effect, wild)]
    return "\n".join(lines)


async def heard_out_of_order(run: Run) -> frozenset[str]:
    """The threads in which something was decided after what had happened later: it was fetched back."""
    found = await rows(run.database_url, _OUT_OF_ORDER)
    return frozenset(f"{row['full_name']}#{row['number']}" for row in found)


async def left_unsaid(run: Run) -> frozenset[str]:
    """The keys of what was left unsaid, as its thread was closed by the time it was to be said."""
    return frozenset(str(row["key"]) for row in await rows(run.database_url, _UNSAID))


def _latest(run: Run) -> list[Late]:
    return sorted(run.watch.late, key=lambda one: -one.seconds)[:10]


async def _known_of(effect: Effect, run: Run) -> list[str]:
    """Effects and journal of the thread, as the bot's store has them."""
    full_name, _, number = effect.where.partition("#")
    repository = run.github.world.repository(full_name)
    lines = [
        f"{kind}: " + ", ".join(f"{name}={value}" for name, value in row.items() if value is not None)
        for kind, query in _KNOWN.items()
        for row in await rows(run.database_url, query, repository=repository.id, number=int(number or 0))
    ]
    requests = [
        f"GitHub: {one.at:%H:%M:%S.%f} {one.method} {one.path} → {one.status} {one.fault}"
        for one in run.github.requests
        if f"/{full_name}/" in one.path and f"/{number}/" in one.path and one.method != "GET"
    ]
    return lines + requests
