"""The past of a repository in which the App is installed, as GitHub tells it to the App."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from mentorbot.cli import output
from mentorbot.cli.startup import clock_of, settings_of_app
from mentorbot.core.entities import Repository
from mentorbot.domain.timeline import PullRequestTimeline
from mentorbot.feature_api.command_line import checked_full_name
from mentorbot.feature_api.survey import ProjectPast

if TYPE_CHECKING:
    from mentorbot.wiring import Bot


class NotInstalled(Exception):  # noqa: N818 - says what is the case, as callers read it
    """There is an App, but not in this repository; the text says so."""


def installed_past(repository: str, *, since: Callable[[datetime], datetime]) -> ProjectPast | None:
    """Its pull requests that were open since then, and its config files; None where no App is set up.

    `since` is told the present moment, which is another one in the sandbox. Raises NotInstalled, CannotGoOn.
    """
    full_name = checked_full_name(repository)
    settings = settings_of_app()
    if settings is None:
        return None

    async def asked() -> ProjectPast:
        from mentorbot.github.archive import with_references  # noqa: PLC0415
        from mentorbot.wiring import opened_bot  # noqa: PLC0415 - it imports so much else

        clock = await clock_of(settings)
        async with opened_bot(settings, clock=clock) as bot:
            now = clock()
            here = await _found(bot, full_name)
            if here is None:
                raise NotInstalled(f"The App is not installed in {full_name}.")
            reader = bot.app.reader(here.installation_id, here.repository)
            found = [one async for one in reader.past_pull_requests(since(now))]
            return ProjectPast(
                repository=here.repository.full_name,
                until=now,
                is_private=here.repository.private,
                pulls=tuple(one for one in with_references(found) if isinstance(one, PullRequestTimeline)),
                has_issues=False,
                known_since=since(now),
                config=await reader.config_sources(),
            )

    with output.busy(f"Reading the past of {full_name} …"):
        return output.run(asked())


@dataclass(frozen=True, slots=True)
class _Installed:
    installation_id: int
    repository: Repository


async def _found(bot: Bot, full_name: str) -> _Installed | None:
    """Where the App is installed under this name; None where it isn't."""
    for grant in await bot.app.installations():
        if grant.suspended or grant.account.login.lower() != full_name.partition("/")[0].lower():
            continue
        for one in await bot.app.repositories(grant.installation_id):
            if one.full_name.lower() == full_name.lower():
                return _Installed(grant.installation_id, one)
    return None
