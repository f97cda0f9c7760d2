"""How fast and how many deliveries are stored and answered, beside handlers that store nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from pathlib import Path

from bench.figures import Figure, median
from bench.generator import Answers, load
from bench.others import bare, installed_probot, probot
from bench.place import Place

RATE = 300
_WARM_UP = 2.0
_GOALS = {"no_worker": 0.5, "default": 0.3}
_NAMES = {
    "bare": "bare aiohttp + gidgethub, storing nothing",
    "no_worker": "`serve --no-worker`",
    "default": "default `serve`: web and worker",
    "probot": "Probot 14, storing nothing",
}

Contender = Callable[[], AbstractAsyncContextManager[str]]


async def full_load(at: Place, *, seconds: float, rounds: int) -> tuple[list[Figure], list[str]]:
    """Acknowledged per second at full load, as ratios to the bare handler of the same round."""
    contenders, notes = await _contenders(at)
    seen: dict[str, list[Answers]] = {name: [] for name in contenders}
    done: list[float] = []
    for _ in range(rounds):
        for name, contender in contenders.items():
            await at.forget_deliveries()
            async with contender() as url:
                await _load(at, url, seconds=_WARM_UP)
                before = await at.worked_off()
                seen[name].append(await _load(at, url, seconds=seconds))
                if name == "default":
                    done.append((await at.worked_off() - before) / seconds)
    figures = [_at_full_load(name, answers, seen["bare"]) for name, answers in seen.items()]
    figures.append(
        Figure(
            key="worked_off_meanwhile",
            what="worked off meanwhile by default `serve`",
            measured=f"{median(done):,.0f}/s",
            values={"per_second": round(median(done), 1)},
        )
    )
    return figures, notes


async def steady(at: Place, *, seconds: float, rounds: int) -> list[Figure]:
    """How long GitHub waits at a rate far below the limit, while the worker has more than it can do."""
    figures = []
    for name, words in (("default", ()), ("no_worker", ("--no-worker",))):
        seen, done = [], []
        for _ in range(rounds):
            await at.forget_deliveries()
            async with at.serving(*words):
                await _load(at, at.webhook, seconds=_WARM_UP)  # this leaves work for the worker, too
                before = await at.worked_off()
                seen.append(await _load(at, at.webhook, seconds=seconds, rate=RATE))
                done.append((await at.worked_off() - before) / seconds)
        p50, p99 = median([one.p50_ms for one in seen]), median([one.p99_ms for one in seen])
        meanwhile = f", {median(done):,.0f}/s worked off meanwhile" if name == "default" else ""
        figures.append(
            Figure(
                key=f"steady_{name}",
                what=f"acknowledged at {RATE}/s, p99, {_NAMES[name]}",
                measured=f"{p99:.1f} ms (p50 {p50:.1f}{meanwhile})",
                goal="< 20 ms",
                ok=p99 < 20,
                values={
                    "p50_ms": p50,
                    "p99_ms": p99,
                    "max_ms": median([one.max_ms for one in seen]),
                    "refused": sum(one.refused for one in seen),
                    "worked_off_per_second": round(median(done), 1),
                },
            )
        )
    return figures


async def _contenders(at: Place) -> tuple[dict[str, Contender], list[str]]:
    contenders: dict[str, Contender] = {
        "bare": partial(bare, at),
        "no_worker": partial(_served, at, "--no-worker"),
        "default": partial(_served, at),
    }
    found = await installed_probot()
    if isinstance(found, Path):
        contenders["probot"] = partial(probot, at, found)
        return contenders, []
    return contenders, [found]


@asynccontextmanager
async def _served(at: Place, *words: str) -> AsyncIterator[str]:
    async with at.serving(*words):
        yield at.webhook


async def _load(at: Place, url: str, *, seconds: float, rate: float = 0) -> Answers:
    return await load(url, secret=at.secret, payloads=at.payloads, seconds=seconds, rate=rate)


def _at_full_load(name: str, answers: list[Answers], floor: list[Answers]) -> Figure:
    per_second = median([one.per_second for one in answers])
    p99 = median([one.p99_ms for one in answers])
    refused = sum(one.refused for one in answers)
    ratio = median([one.per_second / it.per_second for one, it in zip(answers, floor, strict=True)])
    goal = _GOALS.get(name)
    return Figure(
        key=f"full_{name}",
        what=f"full load, {_NAMES[name]}",
        measured=f"{per_second:,.0f}/s (p99 {p99:.0f} ms, {refused} refused)",
        ratio=f"{ratio:.2f} ×",
        goal="" if goal is None else f"≥ {goal} ×",
        ok=None if goal is None else ratio >= goal and not refused,
        values={
            "per_second": round(per_second, 1),
            "p99_ms": p99,
            "refused": refused,
            "ratio": round(ratio, 3),
            "rounds": [one.per_second for one in answers],
        },
    )
