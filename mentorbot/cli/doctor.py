"""`mentorbot doctor`: what is wrong with credentials, grants, clock, store or queue, and the cure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import typer

from mentorbot.cli.feature_commands import ProgramCommands
from mentorbot.cli.output import AsJson, run, say, say_json
from mentorbot.feature_api.command_line import PROBLEMS_FOUND

if TYPE_CHECKING:
    from mentorbot.cli.doctor_checks import Finding
    from mentorbot.settings import Settings


def doctor(context: typer.Context, *, as_json: AsJson = False) -> None:
    """Look at everything the bot needs: what is wrong, and how to mend it."""
    from mentorbot.cli.startup import shared_settings  # noqa: PLC0415

    settings = shared_settings()
    program = context.find_root().command
    refused = program.bring() if isinstance(program, ProgramCommands) else {}
    findings = run(_examine(settings, refused))
    if as_json:
        say_json(findings)
    else:
        say_findings(findings)
    if not all(finding.well for finding in findings):
        raise typer.Exit(PROBLEMS_FOUND)


def say_findings(findings: Iterable[Finding]) -> None:
    for finding in findings:
        say(f"{'✓' if finding.well else '✗'} {finding.about}: {finding.said}")
        if finding.cure:
            say(f"    → {finding.cure}")


async def _examine(settings: Settings, refused: Mapping[str, str]) -> list[Finding]:
    from mentorbot.cli.doctor_checks import examine, of_commands  # noqa: PLC0415
    from mentorbot.cli.startup import clock_of  # noqa: PLC0415
    from mentorbot.wiring import opened_bot  # noqa: PLC0415

    clock = await clock_of(settings)
    async with opened_bot(settings, clock=clock) as bot:
        found = [finding async for finding in examine(bot, settings, clock())]
    return [*found, *of_commands(refused)]
