"""What a process loads is what it does: modules cost time at every start, and memory as long as it runs."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest

from mentorbot.sandbox.server import running_github
from mentorbot.settings import Settings
from mentorbot.wiring import running_web
from tests.living import settings_for

ROOT = Path(__file__).parent.parent
ONLY_TO_MIGRATE = {"alembic", "mako", "sqlalchemy"}
ONLY_FOR_VISITORS = {"jinja2", "mentorbot.web.pages", "mentorbot.web.login"}
ONLY_TO_PLAY = {"graphql", "mentorbot.sandbox"}
ONLY_TO_WORK = {
    "cryptography",
    "gidgethub",
    "jwt",
    "markdown_it",
    "mentorbot.config.configuration",
    "mentorbot.db.store",
    "mentorbot.domain",
    "mentorbot.engine.engine",
    "mentorbot.features",
    "mentorbot.github.payloads",
    "procrastinate",
    "psycopg_pool",
    "ruamel",
}
ONLY_TO_SAY_DAYS_AND_LISTS = {"babel"}
ONLY_WHERE_NAMED = {"holidays", "sentry_sdk"}
ONLY_TO_DRAW = {"pygments", "rich"}
ONLY_TO_SERVE = {
    "aiohttp",
    "cryptography",
    "mentorbot.db",
    "mentorbot.engine",
    "mentorbot.github",
    "mentorbot.web",
    "procrastinate",
    "psycopg",
}
NEVER = ONLY_TO_MIGRATE | ONLY_TO_PLAY | ONLY_TO_SAY_DAYS_AND_LISTS | ONLY_WHERE_NAMED | ONLY_TO_DRAW


@pytest.fixture
async def settings(database_url: str) -> AsyncIterator[Settings]:
    async with running_github() as github:
        yield settings_for(github, database_url)


WEB = "running_web(settings, clock=now)"
WORKER = "running_worker(settings, clock=now, health_port=0)"


def _loaded_by_running(what: str, settings: Settings, *, then: str = "pass") -> set[str]:
    """What a process of its own has loaded once it runs, and has done something."""
    code = f"""
import aiohttp, asyncio, json, sys
from mentorbot.cli.startup import ready_settings
from mentorbot.wiring import now, running_web, running_worker

async def main():
    async with {what} as it:
        {then}
        print(json.dumps(sorted(sys.modules)))

settings = ready_settings()
asyncio.run(main())
"""
    variables = {
        "DATABASE_URL": settings.database_url or "",
        "GITHUB_API_URL": "http://127.0.0.1:9",  # nobody
        "GITHUB_APP_ID": str(settings.github_app_id),
        "GITHUB_PRIVATE_KEY": settings.private_key,
        "GITHUB_WEBHOOK_SECRET": settings.webhook_secret,
        "HOST": "127.0.0.1",
        "PORT": "0",
    }
    return _loaded_by(code, variables=variables)


def _loaded_by(code: str, *, variables: Mapping[str, str] | None = None, folder: Path = ROOT) -> set[str]:
    finished = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code],
        cwd=folder,
        env={**os.environ, **(variables or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    return set(json.loads(finished.stdout.splitlines()[-1]))


def _within(loaded: set[str], unwanted: set[str]) -> set[str]:
    return {one for one in unwanted if any(f"{name}.".startswith(f"{one}.") for name in loaded)}


async def test_a_web_server_loads_nothing_that_only_workers_and_visitors_need(settings: Settings) -> None:
    loaded = await asyncio.to_thread(_loaded_by_running, WEB, settings)

    assert _within(loaded, NEVER | ONLY_FOR_VISITORS | ONLY_TO_WORK) == set()


async def test_a_web_server_that_shows_pages_loads_nothing_to_sign_or_log_in_with(settings: Settings) -> None:
    look = 'async with aiohttp.request("GET", it.url + "/acme/widgets") as page: await page.read()'
    loaded = await asyncio.to_thread(_loaded_by_running, WEB, settings, then=look)

    assert _within(loaded, {"mentorbot.web.pages"})
    assert _within(loaded, NEVER | {"cryptography", "jwt", "mentorbot.web.login"}) == set()


async def test_a_worker_loads_no_pages_and_nothing_to_migrate_with(settings: Settings) -> None:
    loaded = await asyncio.to_thread(_loaded_by_running, WORKER, settings)

    assert _within(loaded, NEVER | ONLY_FOR_VISITORS) == set()


@pytest.mark.parametrize(
    "words", [pytest.param(["schema"], id="schema"), pytest.param(["check", "mentorbot.yml"], id="check")]
)
def test_a_command_about_files_loads_no_database_and_no_network(words: list[str], tmp_path: Path) -> None:
    (tmp_path / "mentorbot.yml").write_text("welcome: on\n", encoding="utf-8")
    code = f"""
import json, sys
from mentorbot.cli import main
try:
    main({words!r})
except SystemExit as ended:
    assert not ended.code
sys.stdout.write("\\n" + json.dumps(sorted(sys.modules)))
"""

    loaded = _loaded_by(code, folder=tmp_path)

    assert _within(loaded, NEVER | ONLY_FOR_VISITORS | ONLY_TO_SERVE) == set()


async def test_a_web_server_without_an_engine_shows_its_pages_all_the_same(
    settings: Settings,
) -> None:
    async with (
        running_web(settings, clock=lambda: datetime.now(UTC)) as web,
        aiohttp.ClientSession() as http,
    ):
        pages = await asyncio.gather(
            *(_page(http, f"{web.url}{path}") for path in ("/", "/acme/widgets", "/no/no/no"))
        )

    assert [status for status, _ in pages] == [200, 404, 404]
    assert "Mentorbot" in pages[0][1]


async def _page(http: aiohttp.ClientSession, url: str) -> tuple[int, str]:
    async with http.get(url) as answer:
        return answer.status, await answer.text()
