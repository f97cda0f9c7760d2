"""Measures the whole bot on this machine, beside a handler that does nothing.

    python bench/run.py [--seconds 10] [--write]

Web server, each worker, PostgreSQL and the load are processes of their own; the simulated GitHub runs in this
one. `--write` puts the table into `bench/README.md`.
"""

from __future__ import annotations

import argparse
import asyncio
import copy
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

if __package__ in {None, ""}:  # run as a file: the packages are beside its folder
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import aiohttp

from bench.processes import ROOT, answered, free_port, load, mentorbot, resident_mb, running
from mentorbot.db.embedded import EmbeddedPostgres
from mentorbot.sandbox.model import Repository
from mentorbot.sandbox.server import running_github
from mentorbot.sandbox.simulated_github import SimulatedGitHub

CONFIG = "welcome: {}\nfirst_merge: {}\n"
_TABLE = "<!-- figures -->"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What the measurements share: a simulated GitHub with one repository, a database, a web server."""

    github: SimulatedGitHub
    repository: Repository
    env: dict[str, str]
    url: str
    web: asyncio.subprocess.Process
    payloads: Path

    @property
    def webhook(self) -> str:
        """Where deliveries go."""
        return f"{self.url}/github/webhook"

    @property
    def secret(self) -> str:
        """What they are signed with."""
        return self.github.app.webhook_secret


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: what was measured, the figure, what was promised or what it is compared with."""

    what: str
    measured: str
    beside: str


@asynccontextmanager
async def place(folder: Path) -> AsyncIterator[Place]:
    """Everything but workers, running."""
    async with AsyncExitStack() as stack:
        github = await stack.enter_async_context(running_github())
        github.acts.add_user("ada")
        owner = github.acts.add_organization("lab")
        repository = github.acts.create_repository(
            "lab/engine", files={".github/mentorbot.yml": CONFIG, "README.md": "# engine\n"}
        )
        embedded = EmbeddedPostgres(folder / "postgres")
        database = await asyncio.to_thread(embedded.start)
        stack.push_async_callback(asyncio.to_thread, embedded.stop)
        port = free_port()
        env = {
            "GITHUB_APP_ID": str(github.app.id),
            "GITHUB_PRIVATE_KEY": github.app.private_key,
            "GITHUB_WEBHOOK_SECRET": github.app.webhook_secret,
            "GITHUB_API_URL": github.url,
            "DATABASE_URL": database,
            "MENTORBOT_DATA": str(folder),
            "HOST": "127.0.0.1",
            "PORT": str(port),
            "LOG_LEVEL": "WARNING",
        }
        async with running(*mentorbot("migrate"), env=env) as migrating:
            await migrating.wait()
        web = await stack.enter_async_context(running(*mentorbot("serve", "--no-worker"), env=env))
        url = f"http://127.0.0.1:{port}"
        await answered(f"{url}/readyz")
        github.deliver_to(f"{url}/github/webhook")
        github.acts.install(owner)
        await github.settled()
        payloads = folder / "payloads.jsonl"
        payloads.write_text(await _payloads(github, repository), encoding="utf-8")
        yield Place(github=github, repository=repository, env=env, url=url, web=web, payloads=payloads)


async def _payloads(github: SimulatedGitHub, repository: Repository) -> str:
    """Comments on 200 issues, made from one that GitHub delivered: 24 KB each, as real ones."""
    issue = github.acts.open_issue(repository, by="ada", title="It fails")
    github.acts.comment(issue, by="ada", body="It fails here, too.")
    await github.settled()
    delivered = next(
        json.loads(one.body) for one in reversed(github.webhooks.log.values()) if one.event == "issue_comment"
    )
    told = []
    for number in range(400):
        payload = copy.deepcopy(delivered)
        payload["issue"]["number"] = 1000 + number % 200
        payload["issue"]["id"] = 900_000 + number % 200
        payload["comment"]["id"] = 500_000 + number
        payload["comment"]["body"] = "It fails here, too. " * ((24_000 - len(json.dumps(payload))) // 20)
        told.append({"event": "issue_comment", "payload": payload})
    return "\n".join(json.dumps(one) for one in told)


async def acknowledgements(at: Place, *, seconds: float) -> list[Figure]:
    """How fast and how many deliveries are stored and answered, beside a handler that stores nothing."""
    port = free_port()
    bare = (sys.executable, str(ROOT / "bench" / "bare.py"), str(port), at.secret)
    async with running(*bare, env=at.env):
        url = f"http://127.0.0.1:{port}/github/webhook"
        await answered(url, status=405)
        floor = json.loads(await load(url, secret=at.secret, payloads=at.payloads, seconds=seconds))
    steady = json.loads(
        await load(at.webhook, secret=at.secret, payloads=at.payloads, seconds=seconds, rate=300)
    )
    full = json.loads(await load(at.webhook, secret=at.secret, payloads=at.payloads, seconds=seconds))
    return [
        Figure("acknowledged at 300/s, p99", f"{steady['p99_ms']} ms (median {steady['p50_ms']})", "< 50 ms"),
        Figure(
            "acknowledged at full load, 24 KB",
            f"{full['per_second']}/s (p99 {full['p99_ms']} ms, {full['refused']} refused)",
            f"≥ 1,200/s; aiohttp + gidgethub doing nothing: {floor['per_second']}/s",
        ),
    ]


async def worked_off(at: Place, *, workers: int, seconds: float) -> float:
    """Deliveries worked off per second by this many worker processes, nothing to write."""
    async with AsyncExitStack() as stack:
        for _ in range(workers):
            await stack.enter_async_context(running(*mentorbot("worker"), env=at.env))
        before = await _waiting(at)
        # They start, and set themselves up, before anything counts.
        while (under_way := await _waiting(at)) == before:  # noqa: ASYNC110 - another process's work
            await asyncio.sleep(0.05)
        started = time.perf_counter()
        await asyncio.sleep(seconds)
        return (under_way - await _waiting(at)) / (time.perf_counter() - started)


async def _waiting(at: Place) -> int:
    async with aiohttp.ClientSession() as session, session.get(f"{at.url}/metrics") as answer:
        lines = (await answer.text()).splitlines()
    return int(float(next(line.split()[1] for line in lines if line.startswith("mentorbot_jobs_waiting "))))


async def effects(at: Place, *, newcomers: int = 40) -> list[Figure]:
    """How long until a newcomer reads their welcome on an idle server, and what it costs in requests."""
    acts, took, asked = at.github.acts, [], []
    for number in range(newcomers):
        person = acts.add_user(f"newcomer-{number}")
        before, started = len(at.github.requests), time.perf_counter()
        pull_request = acts.open_pull_request(
            at.repository, by=person, title="Fix a typo", files={"README.md": f"# {number}"}
        )
        # A page would poll, too; the comment comes from another process.
        while not pull_request.comments and time.perf_counter() - started < 10:  # noqa: ASYNC110
            await asyncio.sleep(0.002)
        took.append(time.perf_counter() - started)
        asked.append(_requests_since(at, before))
        await asyncio.sleep(0.05)
    quantiles = statistics.quantiles(took, n=20)
    before = len(at.github.requests)
    acts.push_to(pull_request, files={"README.md": "# engine"})
    acts.comment(pull_request, by=person, body="Done.")
    await at.github.settled()
    await asyncio.sleep(1)
    return [
        Figure(
            "effect visible after a delivery, idle, p95",
            f"{quantiles[18] * 1000:.0f} ms (median {quantiles[9] * 1000:.0f})",
            "< 300 ms",
        ),
        Figure("requests, first pull request ever (cold)", str(asked[0]), "≤ 4"),
        Figure("requests, further first pull requests", str(max(asked[1:])), "≤ 4"),
        Figure("requests, later events of known people", str(_requests_since(at, before)), "0"),
    ]


async def _quiet(at: Place) -> None:
    """Wait until the worker has looked at the repository's past and catches up with nothing any more."""
    before = -1
    while before != len(at.github.requests):
        before = len(at.github.requests)
        await asyncio.sleep(3)


def _requests_since(at: Place, position: int) -> int:
    return sum(not request.path.endswith("/access_tokens") for request in at.github.requests[position:])


async def starting(folder: Path) -> list[Figure]:
    """How long until a fresh process is ready, on an embedded store: the first time, and later."""
    times = []
    async with running_github() as github:
        for _ in range(2):
            env = {
                "GITHUB_APP_ID": str(github.app.id),
                "GITHUB_PRIVATE_KEY": github.app.private_key,
                "GITHUB_WEBHOOK_SECRET": github.app.webhook_secret,
                "GITHUB_API_URL": github.url,
                "MENTORBOT_DATA": str(folder),
                "HOST": "127.0.0.1",
                "PORT": str(free_port()),
                "LOG_LEVEL": "WARNING",
            }
            env.pop("DATABASE_URL", None)
            started = time.perf_counter()
            async with running(*mentorbot("serve"), env=env):
                await answered(f"http://127.0.0.1:{env['PORT']}/readyz")
                times.append(time.perf_counter() - started)
    first, later = times
    return [Figure("start to ready, embedded store", f"{later:.1f} s (first time {first:.1f} s)", "< 3 s")]


async def measure(*, seconds: float) -> list[Figure]:
    """All figures, in the order of the table."""
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="mentorbot-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # noqa: ASYNC240 - as root, PostgreSQL runs as somebody else
        figures += await starting(_sub(folder, "starting"))
        async with place(_sub(folder, "place")) as at:
            async with running(*mentorbot("worker"), env=at.env) as worker:
                await _quiet(at)
                figures += await effects(at)
                memory = {"web": resident_mb(at.web.pid), "worker": resident_mb(worker.pid)}
            figures += await acknowledgements(at, seconds=seconds)
            one = await worked_off(at, workers=1, seconds=seconds)
            two = await worked_off(at, workers=2, seconds=seconds)
            figures.append(Figure("worked off by one worker, nothing to write", f"{one:.0f}/s", "≥ 200/s"))
            figures.append(Figure("by two workers", f"{two:.0f}/s, {two / one:.2f} ×", "≥ 1.7 ×"))
            memory["web after full load"] = resident_mb(at.web.pid)
            told = ", ".join(f"{what} {size:.0f} MB" for what, size in memory.items())
            figures.append(Figure("memory", told, "< 150 MB"))
    return figures


def _sub(folder: Path, name: str) -> Path:
    sub = folder / name
    sub.mkdir()
    return sub


def table(figures: list[Figure]) -> str:
    """The figures as Markdown, with the machine they are from."""
    rows = "\n".join(f"| {one.what} | {one.measured} | {one.beside} |" for one in figures)
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    head = "| what | measured | promised, or beside it |\n| --- | --- | --- |"
    return f"{head}\n{rows}\n\nMeasured on {machine}, Python {platform.python_version()}.\n"


def write(text: str) -> None:
    """Put the table into `bench/README.md`."""
    page = ROOT / "bench" / "README.md"
    before, _, _ = page.read_text(encoding="utf-8").partition(_TABLE)
    page.write_text(f"{before}{_TABLE}\n\n{text}", encoding="utf-8")


def main() -> None:
    """Measure, print, and with `--write` keep the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10, help="how long each load lasts")
    parser.add_argument("--write", action="store_true", help="put the table into bench/README.md")
    asked: Any = parser.parse_args()
    figures = asyncio.run(measure(seconds=asked.seconds))
    print(table(figures))
    if asked.write:
        write(table(figures))


if __name__ == "__main__":
    main()
