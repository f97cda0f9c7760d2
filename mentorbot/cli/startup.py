"""What each command that needs settings does first: read them, switch logging and crash reports on."""

from __future__ import annotations

import contextlib
import json
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from mentorbot import __version__
from mentorbot.feature_api.command_line import CannotGoOn
from mentorbot.settings import Settings, UnusableSettings, load_settings, read_settings

if TYPE_CHECKING:
    from mentorbot.core.clock import Clock

SANDBOX = "sandbox"
"""The sandbox's folder within MENTORBOT_DATA."""

_NOTE = "playing.json"
_ROUNDING = timedelta(seconds=2)


def ready_settings(*, quiet: bool = False) -> Settings:
    """The settings; with `quiet` only warnings are logged, for commands that speak for themselves."""
    from mentorbot.observability.logs import set_up_logging  # noqa: PLC0415

    settings = load_settings()
    report_crash = None
    if settings.sentry_dsn:
        from mentorbot.observability.crash_reports import start_crash_reports  # noqa: PLC0415 - it takes its time

        report_crash = start_crash_reports(settings.sentry_dsn, release=__version__)
    level = "WARNING" if quiet and settings.log_level == "INFO" else settings.log_level
    set_up_logging(level=level, shape=settings.log_format, report_crash=report_crash)
    return settings


def shared_settings(*, needs_github: bool = True) -> Settings:
    """Settings for a command beside a running bot: of the real one, or of the sandbox that plays here.

    A command that only needs the store goes to DATABASE_URL where that is set: no sandbox is ever there.
    Raises CannotGoOn where the command needs GitHub and there is neither.
    """
    settings = ready_settings(quiet=True)
    if settings.has_credentials or (settings.database_url and not needs_github):
        return settings
    note = settings.mentorbot_data / SANDBOX / _NOTE
    with contextlib.suppress(OSError, ValueError):
        return settings.model_copy(update=_as_settings(json.loads(note.read_text(encoding="utf-8"))))
    if needs_github:
        raise CannotGoOn(
            "This needs GitHub: set GITHUB_APP_ID, GITHUB_PRIVATE_KEY and GITHUB_WEBHOOK_SECRET, "
            "make an App with `mentorbot setup`, or start the sandbox with `mentorbot serve` in another "
            "terminal."
        )
    return settings.model_copy(update={"mentorbot_data": settings.mentorbot_data / SANDBOX})


def settings_of_app() -> Settings | None:
    """The same for a command that can do without an App; None where none is set up here.

    Commands that read with a token are run in other people's folders, whose `.env` may mean something else.
    """
    try:
        settings = read_settings()
    except UnusableSettings:
        return None
    is_here = settings.has_credentials or (settings.mentorbot_data / SANDBOX / _NOTE).is_file()
    return shared_settings() if is_here else None


def _as_settings(said: dict[str, str | int]) -> dict[str, object]:
    """What `playing.json` says, in the types of the settings. Raises ValueError."""
    from pydantic import SecretStr  # noqa: PLC0415

    secret = {"github_private_key", "github_webhook_secret"}
    known: dict[str, object] = {
        name: SecretStr(str(value)) if name in secret else value for name, value in said.items()
    }
    return known


def save_sandbox_settings(folder: Path, settings: Settings) -> Path:
    """Leave a note for other commands on how to reach the sandbox that plays; only its owner can read it."""
    note = folder / _NOTE
    folder.mkdir(parents=True, exist_ok=True)
    note.touch(mode=0o600)
    note.write_text(
        json.dumps(
            {
                "github_app_id": settings.github_app_id,
                "github_private_key": settings.private_key,
                "github_webhook_secret": settings.webhook_secret,
                "github_api_url": settings.github_api_url,
                "database_url": settings.database_url,
            }
        ),
        encoding="utf-8",
    )
    return note


def is_sandbox(settings: Settings) -> bool:
    """True where these settings lead to the sandbox that plays here, and not to any other server."""
    note = settings.mentorbot_data / SANDBOX / _NOTE
    with contextlib.suppress(OSError, ValueError):
        said = json.loads(note.read_text(encoding="utf-8"))
        return isinstance(said, dict) and said.get("github_api_url") == settings.github_api_url
    return False


async def clock_of(settings: Settings) -> Clock:
    """The clock to go by: the sandbox's where that is the GitHub at hand, else the real one.

    Raises CannotGoOn where the sandbox has gone.
    """
    from mentorbot.core.errors import GitHubUnavailable  # noqa: PLC0415
    from mentorbot.github.clock_skew import clock_skew  # noqa: PLC0415
    from mentorbot.wiring import now  # noqa: PLC0415

    if not is_sandbox(settings):
        return now
    try:
        ahead = await clock_skew(settings.github_api_url, now)
    except GitHubUnavailable as error:
        raise CannotGoOn(
            f"The sandbox does not answer at {settings.github_api_url}: start it with `mentorbot serve`."
        ) from error
    moved = ahead if abs(ahead) > _ROUNDING else timedelta(0)
    return lambda: now() + moved
