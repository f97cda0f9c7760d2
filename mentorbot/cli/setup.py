"""`mentorbot setup`: makes the App by GitHub's manifest flow, and then goes on as its bot."""

from __future__ import annotations

import asyncio
import base64
import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mentorbot.cli.output import announce, run
from mentorbot.feature_api.command_line import CannotGoOn

if TYPE_CHECKING:
    from mentorbot.cli.doctor_checks import Finding
    from mentorbot.core.clock import Clock
    from mentorbot.github.registration import NewApp
    from mentorbot.settings import Settings
    from mentorbot.web.setup.choices import Choices
    from mentorbot.web.setup.last_page import Kept, Made
    from mentorbot.web.setup.pages import Keep
    from mentorbot.wiring import Bot

ENV_FILE = Path(".env")
_CREDENTIALS = (
    "GITHUB_APP_ID",
    "GITHUB_PRIVATE_KEY",
    "GITHUB_PRIVATE_KEY_PATH",
    "GITHUB_WEBHOOK_SECRET",
    "GITHUB_CLIENT_ID",
    "GITHUB_CLIENT_SECRET",
)
_ASK_AGAIN = 3.0  # seconds between questions whether it is installed by now


def setup(
    *,
    show: Annotated[
        bool, typer.Option("--show", help="Show the credentials once instead of writing .env.")
    ] = False,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Make another App, and have it take the place of the present one."),
    ] = False,
) -> None:
    """Make the GitHub App with two clicks in a browser; then run the bot."""
    from mentorbot.cli.startup import ready_settings  # noqa: PLC0415

    settings = ready_settings(quiet=True)
    _check_place(settings, replace=replace)
    run(_set_up(settings.model_copy(update=_NOBODY), show=show, replace=replace))


def _check_place(settings: Settings, *, replace: bool) -> None:
    from mentorbot.settings import given_by_environment  # noqa: PLC0415

    if not settings.has_credentials:
        return
    if not replace:
        raise CannotGoOn(
            f"There is an App already: GITHUB_APP_ID is {settings.github_app_id}. `mentorbot doctor` tells "
            "how it is doing, and `mentorbot serve` runs it. To make another one in its place: "
            "`mentorbot setup --replace`."
        )
    if fixed := [name for name in _CREDENTIALS if name in given_by_environment()]:
        raise CannotGoOn(
            f"The environment sets {' and '.join(fixed)}, and goes before .env: take what belongs to the "
            "present App out of there first."
        )


_NOBODY = {name.lower(): None for name in _CREDENTIALS}


async def _set_up(settings: Settings, *, show: bool, replace: bool) -> None:
    from mentorbot.cli.serve import stopping_on_signals  # noqa: PLC0415
    from mentorbot.cli.startup import clock_of  # noqa: PLC0415
    from mentorbot.settings import read_settings  # noqa: PLC0415
    from mentorbot.web.server import bound  # noqa: PLC0415
    from mentorbot.web.setup.guard import SetupGuard  # noqa: PLC0415
    from mentorbot.web.setup.last_page import SetupDone  # noqa: PLC0415
    from mentorbot.web.setup.server import running_setup  # noqa: PLC0415
    from mentorbot.wiring import running_bot  # noqa: PLC0415

    async with stopping_on_signals():
        clock = await clock_of(settings)
        values: dict[str, str] = {}
        guard = SetupGuard(public_url=settings.public_url, announce=_Announced())
        keep = _keeping(settings, values, show=show, replace=replace)
        with bound(settings.listens_on, settings.port) as place:
            async with running_setup(settings, guard=guard, keep=keep, clock=clock, place=place) as pages:
                made = await pages.finished()
            _tell(made)
            ready = read_settings(more={"GITHUB_PRIVATE_KEY_PATH": "", **values})

            def last_page(bot: Bot) -> SetupDone:
                return SetupDone(
                    made,
                    guard=guard,
                    examine=lambda: _examined(bot, ready, clock),
                    server_url=ready.server_url,
                )

            # It was reached here until now, so it is from now on: the next start goes by HOST again.
            here = ready.model_copy(update={"host": settings.listens_on})
            async with running_bot(here, clock=clock, setup=last_page, place=place) as bot:
                announce(f"Mentorbot is ready: {bot.url}")
                announce("Ctrl-C stops it; `mentorbot serve` (or `make run`) starts it again.")
                doctor = asyncio.create_task(_tell_when_installed(bot, ready, clock))
                try:
                    await bot.run()
                finally:
                    doctor.cancel()
                    await asyncio.wait([doctor])


class _Announced:
    """Says the link on the console: what it is for, and later how to let another browser in."""

    def __init__(self) -> None:
        self._said = False

    def __call__(self, link: str) -> None:
        announce(
            "To let another browser in:" if self._said else "Open this link in your browser, to make the App:"
        )
        announce(f"  {link}")
        self._said = True


def _keeping(settings: Settings, values: dict[str, str], *, show: bool, replace: bool) -> Keep:
    """What keeps the credentials of a new App: in `values` for this process, in .env for the next one."""

    def keep(app: NewApp, choices: Choices) -> Kept:
        from mentorbot.env_file import CannotKeep, EnvFile, lines_of  # noqa: PLC0415
        from mentorbot.web.setup.last_page import Kept  # noqa: PLC0415

        values.update(settings_of(app, choices, settings))
        try:
            _check_file(show=show, replace=replace)
            EnvFile(ENV_FILE).keep(values, without=["GITHUB_PRIVATE_KEY_PATH"])
        except (CannotKeep, OSError, RuntimeError, ValueError) as cannot:  # they can't be had again
            return Kept(to_show=lines_of(values), note=f"They are written nowhere: {cannot}.")
        return Kept(file=str(ENV_FILE.resolve()), note="The App is yours.")

    return keep


def _check_file(*, show: bool, replace: bool) -> None:
    """Raises CannotKeep where nobody wants .env to be written, it would not last, or has an App by now."""
    from dotenv import dotenv_values  # noqa: PLC0415

    from mentorbot.env_file import CannotKeep  # noqa: PLC0415
    from mentorbot.settings import platform_without_lasting_files  # noqa: PLC0415

    if show:
        raise CannotKeep("you asked to be shown them")
    if platform := platform_without_lasting_files():
        raise CannotKeep(f"files don't last on {platform}, so set them as its variables")
    if not replace and ENV_FILE.is_file() and dotenv_values(ENV_FILE).get("GITHUB_APP_ID"):
        raise CannotKeep(f"{ENV_FILE.resolve()} names another App by now, which stays as it is")


def settings_of(app: NewApp, choices: Choices, settings: Settings) -> Mapping[str, str]:
    """The variables by which a bot is this App, where this one is; all on one line, and without quotes."""
    from mentorbot.settings import PUBLIC_API  # noqa: PLC0415

    session = settings.session_secret
    values = {
        "GITHUB_APP_ID": str(app.id),
        "GITHUB_PRIVATE_KEY": base64.b64encode(app.private_key.encode()).decode(),
        "GITHUB_WEBHOOK_SECRET": app.webhook_secret or "",
        "GITHUB_CLIENT_ID": app.client_id,
        "GITHUB_CLIENT_SECRET": app.client_secret,
        "SESSION_SECRET": secrets.token_hex(32) if session is None else session.get_secret_value(),
        "PUBLIC_URL": choices.public_url or settings.public_url or "",
        "GITHUB_API_URL": "" if settings.github_api_url == PUBLIC_API else settings.github_api_url,
        "GITHUB_GRAPHQL_URL": settings.github_graphql_url or "",
        "GITHUB_SERVER_URL": settings.github_server_url or "",
    }
    return {name: value for name, value in values.items() if value}


def _tell(made: Made) -> None:
    announce(f"{made.app.name} is there.")
    if made.kept.file:
        announce(f"Its credentials are in {made.kept.file}.")
    announce(f"Install it: {made.app.install_url}")


async def _tell_when_installed(bot: Bot, settings: Settings, clock: Clock) -> None:
    """Say what the doctor says, once there is a place where the bot works."""
    from mentorbot.cli.doctor import say_findings  # noqa: PLC0415
    from mentorbot.core.errors import AccessLost, GitHubUnavailable, Impossible  # noqa: PLC0415

    while True:
        with suppress(GitHubUnavailable, Impossible, AccessLost):
            if await bot.app.installations():
                break
        await asyncio.sleep(_ASK_AGAIN)
    announce("It is installed. What the doctor says:")
    say_findings(await _examined(bot, settings, clock))


async def _examined(bot: Bot, settings: Settings, clock: Clock) -> Sequence[Finding]:
    from mentorbot.cli.doctor_checks import examine  # noqa: PLC0415

    return [finding async for finding in examine(bot, settings, clock())]
