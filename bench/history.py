"""Replays a project's saved history through the whole bot, and says whom it greeted and celebrated.

    python bench/history.py --archive secp256k1.jsonl.gz [--limit-to-years 2] [--twice] [--json]

Web server, PostgreSQL, worker and the simulated GitHub all run; each delivery is signed and sent over HTTP,
and the bot's clock follows what happens. Standard output is one line: a JSON object with the figures.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

if __package__ in {None, ""}:  # run as a file: the packages are beside its folder
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pydantic import SecretStr

from bench.deliveries_of import ToldThen, deliveries_of, repository_of
from bench.mirrored_github import Mirror, mirror
from bench.replaying import Outcome, replay
from bench.saved_history import SavedThread, read
from mentorbot.cli.serve import fast_event_loop
from mentorbot.db.embedded import EmbeddedPostgres
from mentorbot.observability.logs import set_up_logging
from mentorbot.sandbox.server import running_github
from mentorbot.sandbox.simulated_github import SimulatedGitHub
from mentorbot.settings import Settings
from mentorbot.wiring import Bot, run_missing_migrations, running_bot

_YEAR = timedelta(days=365.25)


@asynccontextmanager
async def prepared(
    threads: Sequence[SavedThread], *, data: Path, database_url: str | None = None
) -> AsyncIterator[tuple[Mirror, Bot]]:
    """The bot and its GitHub, shortly before anything happened in this history, with the App installed."""
    start = min(thread.happenings[0].at for thread in threads) - timedelta(minutes=1)
    async with running_github(start=start) as github:
        place = mirror(github, repository_of(threads), at=start)
        settings = settings_for(github, data=data, database_url=database_url)
        async with running_bot(settings, clock=github.clock.precise) as bot:
            github.deliver_to(f"{bot.url}/github/webhook")
            github.acts.install(place.repository.owner)
            await github.settled()
            await bot.engine.settled()
            yield place, bot


@asynccontextmanager
async def forgetful_postgres(folder: Path) -> AsyncIterator[str]:
    """A PostgreSQL that doesn't wait for the disk: nobody needs its data after a replay."""
    await asyncio.to_thread(folder.chmod, 0o755)  # its account is another one
    embedded = EmbeddedPostgres(folder, settings={"fsync": "off", "full_page_writes": "off"})
    url = await asyncio.to_thread(embedded.start)
    try:
        await run_missing_migrations(url)
        yield url
    finally:
        await asyncio.to_thread(embedded.stop)


def settings_for(github: SimulatedGitHub, *, data: Path, database_url: str | None) -> Settings:
    """Settings with which the bot takes the simulated GitHub for the real one."""
    return Settings(
        _env_file=None,
        github_app_id=github.app.id,
        github_private_key=SecretStr(github.app.private_key),
        github_webhook_secret=SecretStr(github.app.webhook_secret),
        github_api_url=github.url,
        database_url=database_url,
        mentorbot_data=data,
        host="127.0.0.1",
        port=0,
        log_level="ERROR",
    )


def told(threads: Sequence[SavedThread], place: Mirror, *, years: float | None = None) -> Iterator[ToldThen]:
    """The history's webhooks, or those of its first years."""
    installation = place.github.world.installation_for(place.repository)
    assert installation is not None
    start = min(thread.happenings[0].at for thread in threads)
    for delivery in deliveries_of(threads, installation_id=installation.id):
        if years is not None and delivery.at > start + years * _YEAR:
            return
        yield delivery


async def play(archive: Path, *, years: float | None, twice: bool, data: Path) -> dict[str, Any]:
    """Replay an archive and return the figures; with `twice`, those of the second time are under `again`."""
    threads = tuple(read(archive))
    if not threads:
        raise ValueError(f"{archive} holds no issue or pull request")
    async with (
        forgetful_postgres(data) as database_url,
        prepared(threads, data=data, database_url=database_url) as (place, bot),
    ):
        outcome = await replay(told(threads, place, years=years), place, bot, progress=_progress)
        _complain(outcome)
        figures = outcome.as_json()
        if twice:
            again = await replay(told(threads, place, years=years), place, bot, progress=_progress)
            new = len(again.written) - len(outcome.written)
            figures["again"] = {
                "comments": new,
                "deliveries": again.deliveries,
                "seconds": round(again.seconds, 1),
            }
        return figures


def _progress(sent: int, at: datetime) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{at:%Y-%m-%d}  {sent:,} deliveries")
        sys.stderr.flush()


def _complain(outcome: Outcome) -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\n")
    for error in outcome.errors[:50]:
        sys.stderr.write(f"{error}\n")


def _in_words(figures: dict[str, Any]) -> str:
    greeted, merges = len(figures["greeted"]), len(figures["first_merges"])
    return (
        f"{figures['deliveries']:,} deliveries in {figures['seconds']} s: "
        f"{greeted} greetings, {merges} first merges, {figures['errors']} errors\n"
    )


def main() -> int:
    """The command line. 0: replayed without an error; 1: with errors; 2: the archive is not usable."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--archive", type=Path, required=True, help="what github-metadata-backup wrote (.jsonl.gz)"
    )
    parser.add_argument("--limit-to-years", type=float, help="replay only this many years from the first one")
    parser.add_argument(
        "--twice", action="store_true", help="then the same deliveries again: nothing may happen"
    )
    parser.add_argument("--json", action="store_true", help="no words beside it")
    arguments = parser.parse_args()
    set_up_logging(level="ERROR")
    with tempfile.TemporaryDirectory(prefix="mentorbot-history-") as folder:
        Path(folder).chmod(0o755)  # as root, PostgreSQL runs as somebody else
        try:
            with asyncio.Runner(loop_factory=fast_event_loop()) as runner:
                figures = runner.run(
                    play(
                        arguments.archive,
                        years=arguments.limit_to_years,
                        twice=arguments.twice,
                        data=Path(folder),
                    )
                )
        except (OSError, ValueError) as error:
            sys.stderr.write(f"{error}\n")
            return 2
    if not arguments.json:
        sys.stderr.write(_in_words(figures))
    print(json.dumps(figures))
    return 1 if figures["errors"] else 0


if __name__ == "__main__":
    raise SystemExit(main())
