"""Where the bot is measured: a simulated GitHub, a PostgreSQL, and settings for the bot's own processes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, LiteralString

import psycopg

from bench.processes import answered, free_port, mentorbot, running
from bench.signed import as_lines, comments_like
from mentorbot.db.embedded import EmbeddedPostgres
from mentorbot.sandbox.model import Repository
from mentorbot.sandbox.server import running_github
from mentorbot.sandbox.simulated_github import SimulatedGitHub

CONFIG = "welcome: {}\nfirst_merge: {}\n"
_QUIET = 3.0
_PATIENCE = 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What measurements share. None of the bot's processes runs, unless within `serving`."""

    github: SimulatedGitHub
    repositories: tuple[Repository, ...]
    env: Mapping[str, str]
    url: str
    payloads: Path

    @property
    def repository(self) -> Repository:
        """The one where things happen."""
        return self.repositories[0]

    @property
    def webhook(self) -> str:
        """Where deliveries go."""
        return f"{self.url}/github/webhook"

    @property
    def secret(self) -> str:
        """What they are signed with."""
        return self.github.app.webhook_secret

    @property
    def database(self) -> str:
        """PostgreSQL's address."""
        return self.env["DATABASE_URL"]

    @asynccontextmanager
    async def serving(self, *words: str) -> AsyncIterator[asyncio.subprocess.Process]:
        """`mentorbot serve` with these options during the block, once it is ready."""
        async with running(*mentorbot("serve", *words), env=self.env) as web:
            await answered(f"{self.url}/readyz", by=web)
            yield web

    @asynccontextmanager
    async def connected(self) -> AsyncIterator[psycopg.AsyncConnection[Any]]:
        """A connection to the bot's database, for whoever wants to look."""
        async with await psycopg.AsyncConnection.connect(self.database, autocommit=True) as connection:
            yield connection

    async def execute(self, statement: LiteralString, *values: Any) -> list[Any]:
        """What a statement says to the bot's database."""
        async with self.connected() as connection:
            cursor = await connection.execute(statement, values)
            return await cursor.fetchall() if cursor.description else []

    async def worked_off(self) -> int:
        """How many deliveries are done."""
        [(done,)] = await self.execute("SELECT count(*) FROM deliveries WHERE state <> 'received'")
        return int(done)

    async def waiting(self) -> int:
        """How many are not."""
        [(left,)] = await self.execute("SELECT count(*) FROM deliveries WHERE state = 'received'")
        return int(left)

    async def forget_deliveries(self) -> None:
        """Begin anew, with nothing waiting: no process of the bot may run."""
        await self.forget_waiting()
        await self.execute("TRUNCATE journal CASCADE")

    async def forget_waiting(self) -> None:
        """The same, but for the journal."""
        await self.execute("TRUNCATE deliveries, decisions, procrastinate_jobs CASCADE")

    async def knows_repositories(self) -> None:
        """Wait until the worker has heard of all of them: beside other work that takes its time."""
        async with asyncio.timeout(_PATIENCE):
            while await self._known() < len(self.repositories):  # noqa: ASYNC110 - another process's work
                await asyncio.sleep(0.5)

    async def _known(self) -> int:
        [(known,)] = await self.execute("SELECT count(*) FROM repositories")
        return int(known)

    async def quiet(self) -> None:
        """Wait until the worker has read the past of repositories and catches up with nothing any more."""
        before = -1
        while before != len(self.github.requests):
            before = len(self.github.requests)
            await asyncio.sleep(_QUIET)


@asynccontextmanager
async def place(folder: Path, *, config: str = CONFIG, installations: int = 1) -> AsyncIterator[Place]:
    """A GitHub where so many organisations have installed the App, and a bot that knows their past."""
    async with AsyncExitStack() as stack:
        github = await stack.enter_async_context(running_github())
        github.acts.add_user("ada")
        names = ["lab", *(f"lab-{number}" for number in range(1, installations))]
        repositories = tuple(_repository(github, name, config) for name in names)
        embedded = EmbeddedPostgres(folder / "postgres")
        database = await asyncio.to_thread(embedded.start)
        stack.push_async_callback(asyncio.to_thread, embedded.stop)
        port = free_port()
        at = Place(
            github=github,
            repositories=repositories,
            env={**app_settings(github, folder), "DATABASE_URL": database, "PORT": str(port)},
            url=f"http://127.0.0.1:{port}",
            payloads=folder / "payloads.jsonl",
        )
        async with running(*mentorbot("migrate"), env=at.env) as migrating:
            await migrating.wait()
        async with at.serving():
            github.deliver_to(at.webhook)
            for name in names:
                github.acts.install(name)
            await github.settled()
            payloads = [await _comment_in(github, repository) for repository in repositories]
            await at.knows_repositories()
            await at.quiet()
        lines = as_lines("issue_comment", comments_like(payloads))
        await asyncio.to_thread(at.payloads.write_text, lines, encoding="utf-8")
        yield at


def app_settings(github: SimulatedGitHub, folder: Path) -> dict[str, str]:
    """The environment with which the bot takes the simulated GitHub for the real one."""
    return {
        "GITHUB_APP_ID": str(github.app.id),
        "GITHUB_PRIVATE_KEY": github.app.private_key,
        "GITHUB_WEBHOOK_SECRET": github.app.webhook_secret,
        "GITHUB_API_URL": github.url,
        "MENTORBOT_DATA": str(folder),
        "HOST": "127.0.0.1",
        "LOG_LEVEL": "WARNING",
    }


def _repository(github: SimulatedGitHub, owner: str, config: str) -> Repository:
    github.acts.add_organization(owner)
    return github.acts.create_repository(
        f"{owner}/engine", files={".github/mentorbot.yml": config, "README.md": "# engine\n"}
    )


async def _comment_in(github: SimulatedGitHub, repository: Repository) -> dict[str, Any]:
    """What GitHub delivers of a comment there."""
    issue = github.acts.open_issue(repository, by="ada", title="It fails")
    github.acts.comment(issue, by="ada", body="It fails here, too.")
    await github.settled()
    return next(
        json.loads(one.body) for one in reversed(github.webhooks.log.values()) if one.event == "issue_comment"
    )
