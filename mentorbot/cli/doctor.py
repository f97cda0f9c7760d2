"""`mentorbot doctor`: what is wrong with credentials, grants, clock, store or queue, and the cure."""

from __future__ import annotations

from typing import Annotated

import typer

from mentorbot.cli.findings import Finding
from mentorbot.cli.output import PROBLEMS_FOUND, run, say, say_json
from mentorbot.settings import Settings


def add_to(app: typer.Typer) -> None:
    """Put this command into the program."""
    app.command()(doctor)


def doctor(*, as_json: Annotated[bool, typer.Option("--json", help="For scripts.")] = False) -> None:
    """Look at everything the bot needs: what is wrong, and how to mend it."""
    from mentorbot.cli.startup import shared_settings  # noqa: PLC0415

    settings = shared_settings()
    findings = run(_examine(settings))
    if as_json:
        say_json(findings)
    else:
        for finding in findings:
            say(f"{'✓' if finding.well else '✗'} {finding.about}: {finding.said}")
            if finding.cure:
                say(f"    → {finding.cure}")
    if not all(finding.well for finding in findings):
        raise typer.Exit(PROBLEMS_FOUND)


async def _examine(settings: Settings) -> list[Finding]:
    from mentorbot.cli.diagnostics import examine  # noqa: PLC0415
    from mentorbot.cli.startup import clock_of  # noqa: PLC0415
    from mentorbot.wiring import opened_bot  # noqa: PLC0415

    clock = await clock_of(settings)
    async with opened_bot(settings, clock=clock) as bot:
        return [finding async for finding in examine(bot, settings, clock())]
