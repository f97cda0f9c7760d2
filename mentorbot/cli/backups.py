"""`mentorbot backup` and `mentorbot restore`: the store saved and brought back."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mentorbot import __version__
from mentorbot.cli.output import busy, run, say
from mentorbot.feature_api.command_line import PROBLEMS_FOUND, CannotGoOn

if TYPE_CHECKING:
    from mentorbot.db.backup import BackupKeys
    from mentorbot.settings import Settings


def backup(
    file: Annotated[Path, typer.Argument(help="Where to save the store; FILE.key goes beside it.")],
) -> None:
    """Save the store while the bot goes on: in FILE, and its keys in FILE.key, to be kept elsewhere."""
    from mentorbot.db.backup import keys_of  # noqa: PLC0415

    settings = _settings()
    with busy(f"Saving the store in {file} …"):
        size = run(_backup(settings, file))
    say(f"Saved the store in {file} ({size / 1e6:.1f} MB) and its keys in {keys_of(file)}.")
    say("Keep the keys apart from it: `mentorbot restore` needs both, and whoever has both knows everything.")


def restore(
    file: Annotated[Path, typer.Argument(help="What `mentorbot backup` wrote.")],
    *,
    key: Annotated[
        Path | None, typer.Option(help="Where the backup's keys are; unset = beside it, in FILE.key.")
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Throw away what is in the store now.")] = False,
) -> None:
    """Bring the store back from a backup, as a whole or not at all. No bot may run on it meanwhile."""
    from mentorbot.db.backup import BackupFailed, keys_of, read_keys  # noqa: PLC0415

    settings = _settings()
    try:
        keys = read_keys(key or keys_of(file))
    except BackupFailed as failed:
        raise CannotGoOn(str(failed)) from failed
    asked = f"Replace everything in the store with the backup of {keys.made_at}?"
    if replace and sys.stdin.isatty() and not typer.confirm(asked):
        raise typer.Exit(PROBLEMS_FOUND)
    with busy(f"Restoring the store from {file} …"):
        run(_restore(settings, file, keys, replace=replace))
    say(f"Restored the store as it was at {keys.made_at}. Start mentorbot: it catches up with the rest.")


def _settings() -> Settings:
    from mentorbot.cli.startup import ready_settings  # noqa: PLC0415

    settings = ready_settings(quiet=True)
    if not settings.has_credentials:
        raise CannotGoOn(
            "There is only the sandbox's store here, which begins afresh each time: run this with the "
            "settings of the real bot (GITHUB_APP_ID and the like, or its .env file)."
        )
    return settings


async def _backup(settings: Settings, file: Path) -> int:
    from mentorbot.db.backup import BackupFailed, back_up  # noqa: PLC0415
    from mentorbot.wiring import now, store_address  # noqa: PLC0415

    async with store_address(settings, own=False) as url:
        try:
            return await asyncio.to_thread(back_up, url, file, release=__version__, now=now())
        except BackupFailed as failed:
            raise CannotGoOn(str(failed)) from failed


async def _restore(settings: Settings, file: Path, keys: BackupKeys, *, replace: bool) -> None:
    from mentorbot.db.backup import BackupFailed  # noqa: PLC0415
    from mentorbot.db.restore import restore  # noqa: PLC0415
    from mentorbot.wiring import store_address  # noqa: PLC0415

    async with store_address(settings, own=True) as url:
        try:
            await restore(url, file, keys, replace=replace)
        except BackupFailed as failed:
            raise CannotGoOn(str(failed)) from failed
