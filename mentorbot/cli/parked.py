"""`mentorbot parked`: what was put aside, and another try for it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from mentorbot.cli.output import AsJson, Ask, is_wanted, run, say, say_json
from mentorbot.core.translator import english_plural
from mentorbot.feature_api.command_line import PROBLEMS_FOUND, CannotGoOn

if TYPE_CHECKING:
    from mentorbot.engine.parked import ParkedWork, Retried
    from mentorbot.settings import Settings

parked = typer.Typer(invoke_without_command=True, no_args_is_help=False)


@parked.callback()
def list_parked(context: typer.Context, *, as_json: AsJson = False) -> None:
    """List what was put aside, as it failed again and again: exit code 1 where there is something."""
    if context.invoked_subcommand is not None:
        return
    from mentorbot.cli.startup import shared_settings  # noqa: PLC0415

    found, now = run(_parked(shared_settings()))
    if as_json:
        say_json([_as_plain(work, now) for work in found])
    else:
        for work in found:
            say(_line(work, now))
        say(f"{len(found)} parked." if found else "Nothing is parked.")
    if found:
        raise typer.Exit(PROBLEMS_FOUND)


@parked.command()
def retry(
    id_: Annotated[str, typer.Argument(metavar="[ID]", help="As `mentorbot parked` shows it.")] = "",
    *,
    everything: Annotated[bool, typer.Option("--all", help="All that is parked.")] = False,
    ask: Ask = None,
    as_json: AsJson = False,
) -> None:
    """Try it again, after showing how old it is and what would be written.

    What would come too late is given up: answers after a day, other comments after a week.
    """
    from mentorbot.cli.startup import shared_settings  # noqa: PLC0415

    if bool(id_) == everything:
        raise CannotGoOn("Say what to try again: an ID that `mentorbot parked` shows, or --all.")
    settings = shared_settings()
    found, now = run(_parked(settings))
    wanted = [work for work in found if everything or work.id == id_]
    if not wanted:
        say(f"{id_} is not parked." if id_ else "Nothing is parked.")
        raise typer.Exit(PROBLEMS_FOUND if id_ else 0)
    if not as_json:
        _show(wanted, now)
    if not is_wanted("Try again?", ask=ask):
        say("Nothing was tried.")
        raise typer.Exit(PROBLEMS_FOUND)
    retried = run(_retry(settings, [work.id for work in wanted]))
    if as_json:
        say_json(retried)
    else:
        _tell(retried)
    if retried.failed:
        raise typer.Exit(PROBLEMS_FOUND)


async def _parked(settings: Settings) -> tuple[Sequence[ParkedWork], datetime]:
    from mentorbot.cli.startup import clock_of  # noqa: PLC0415
    from mentorbot.wiring import opened_bot  # noqa: PLC0415

    clock = await clock_of(settings)
    async with opened_bot(settings, clock=clock) as bot:
        return await bot.engine.parked.all(), clock()


async def _retry(settings: Settings, ids: Collection[str]) -> Retried:
    from mentorbot.cli.startup import clock_of  # noqa: PLC0415
    from mentorbot.wiring import opened_bot  # noqa: PLC0415

    async with opened_bot(settings, clock=await clock_of(settings)) as bot:
        return await bot.engine.parked.retry(ids)


def _show(wanted: Sequence[ParkedWork], now: datetime) -> None:
    for work in wanted:
        say(_line(work, now))
        for line in work.text.splitlines():
            say(f"    | {_printable(line)}")


def _tell(retried: Retried) -> None:
    for id_ in retried.dropped:
        say(f"{id_} would come too late: what it teaches is learned, and it is given up.")
    for id_ in retried.failed:
        say(f"{id_} could not be tried now and stays parked; the log says why.")
    say(f"{len(retried.again)} will be tried again by the running bot.")


def _line(work: ParkedWork, now: datetime) -> str:
    return f"{work.id}  {work.kind} in {work.where}, {_age(work, now)} old: {_printable(work.reason)}"


def _printable(text: str) -> str:
    """Without what would do something to a terminal."""
    return "".join(character for character in text if character.isprintable())


def _age(work: ParkedWork, now: datetime) -> str:
    hours = max(0, int((now - work.at).total_seconds() // 3600))
    if hours >= 48:  # noqa: PLR2004 - two days
        return english_plural("{count} day", "{count} days", hours // 24)
    return english_plural("{count} hour", "{count} hours", hours)


def _as_plain(work: ParkedWork, now: datetime) -> dict[str, object]:
    """Without what people or we wrote: a list is for looking around."""
    return {
        "id": work.id,
        "kind": work.kind,
        "where": work.where,
        "at": work.at,
        "age_seconds": max(0, int((now - work.at).total_seconds())),
        "reason": work.reason,
    }
