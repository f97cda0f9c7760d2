"""Commands about the review exchange: its queue, and its ledger to export, import and make again."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from mentorbot.cli.output import PROBLEMS_FOUND, CannotGoOn, busy, run, say, say_json, text_of

if TYPE_CHECKING:
    from mentorbot.domain.timeline import PullRequestTimeline
    from mentorbot.features.review_exchange.ledger.entry import Entry
    from mentorbot.features.review_exchange.reconcile import LedgerChanges
    from mentorbot.wiring import Bot

T = TypeVar("T")

_NAME = re.compile(r"[\w.-]+/[\w.-]+")
_FEATURE = "review_exchange"

Where = Annotated[str, typer.Argument(metavar="OWNER/REPO", help="The repository.")]
AsJson = Annotated[bool, typer.Option("--json", help="For scripts.")]


def add_to(app: typer.Typer) -> None:
    """Put these commands into the program."""
    app.command()(queue)
    ledger = typer.Typer(no_args_is_help=True, help="The review exchange's ledger.")
    ledger.command("export")(export)
    ledger.command("import")(import_)
    ledger.command("rebuild")(rebuild)
    ledger.command("clusters")(clusters)
    app.add_typer(ledger, name="ledger")


def queue(repository: Where, *, as_json: AsJson = False) -> None:
    """Tell which pull requests should be reviewed next, with the reasons."""

    async def asked(bot: Bot) -> None:
        from mentorbot.features.review_exchange.queue.facts import queue_in  # noqa: PLC0415

        placed = await queue_in(await bot.engine.ports(repository, _FEATURE))
        if as_json:
            say_json(placed)
            return
        for one in placed:
            exchange = one.exchange
            say(f"{one.place}. #{exchange.number} {exchange.title} (@{exchange.author.login})")
            say(f"   {'; '.join(one.reasons)}")
        if not placed:
            say("Nobody waits for a review they have earned.")

    _with_bot(repository, asked)


def export(
    repository: Where,
    file: Annotated[Path | None, typer.Argument(help="Where to; standard output without it.")] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of CSV.")] = False,
) -> None:
    """Write the ledger down as CSV, or as JSON."""

    async def asked(bot: Bot) -> str:
        from mentorbot.features.review_exchange.ledger.export import (  # noqa: PLC0415
            to_csv,
            to_json,
        )
        from mentorbot.features.review_exchange.ledger.ledger_store import ledger_in  # noqa: PLC0415

        entries = (await ledger_in(await bot.engine.ports(repository, _FEATURE))).entries()
        return to_json(entries) if as_json or _is_json(file) else to_csv(entries)

    text = _with_bot(repository, asked)
    if file is None:
        say(text.rstrip("\n"))
        return
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CannotGoOn(f"Cannot write {file}: {error.strerror}.") from error
    say(f"Written: {file}")


def import_(
    repository: Where, file: Annotated[Path, typer.Argument(help="CSV or JSON of an export.")]
) -> None:
    """Take in entries of an export that are not in the ledger yet."""
    from mentorbot.features.review_exchange.ledger.export import (  # noqa: PLC0415
        Illegible,
        read_csv,
        read_json,
    )

    text = text_of(file)
    try:
        entries = read_json(text) if _is_json(file) else read_csv(text)
    except Illegible as error:
        raise CannotGoOn(f"{file}: {error}") from error

    async def asked(bot: Bot) -> LedgerChanges:
        from mentorbot.features.review_exchange.reconcile import added  # noqa: PLC0415

        changes = await added(entries, await bot.engine.ports(repository, _FEATURE))
        await bot.engine.remember(repository, _FEATURE, changes.records)
        return changes

    try:
        changes = _with_bot(repository, asked)
    except ValueError as error:
        say(f"Nothing was taken in, as the ledger would not add up: {error}.")
        raise typer.Exit(PROBLEMS_FOUND) from error
    say(f"{len(changes.added)} of {len(entries)} entries were new, and are in the ledger now.")


def rebuild(
    repository: Where,
    *,
    since: Annotated[
        str, typer.Option(help="Only pull requests that were open on that day (2026-02-09) or later.")
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would change.")] = False,
) -> None:
    """Make the ledger again from what GitHub remembers; tells what differs from the one that is kept."""
    start = _day(since)

    async def asked(bot: Bot) -> LedgerChanges:
        from mentorbot.features.review_exchange.config import section_of  # noqa: PLC0415
        from mentorbot.features.review_exchange.ledger.ledger_store import ledger_in  # noqa: PLC0415
        from mentorbot.features.review_exchange.reconcile import rebuilt_changes  # noqa: PLC0415

        ports = await bot.engine.ports(repository, _FEATURE)
        shared = section_of(ports).shared_by
        names = shared if shared and shared[0].lower() == repository.lower() else (repository,)
        entries = (await ledger_in(ports)).entries()
        first = start or (entries[0].at if entries else ports.now)
        ports_of = {name: await bot.engine.ports(name, _FEATURE) for name in names}
        timelines = {name: await _timelines(bot, name, since=first) for name in names}
        changes = await rebuilt_changes(ports_of, timelines, tell=say)
        if not dry_run:
            await bot.engine.remember(repository, _FEATURE, changes.records)
        return changes

    changes = _with_bot(repository, asked)
    for sign, found in (("+", changes.added), ("-", changes.gone)):
        for entry in found:
            say(f"{sign} {_line(entry)}")
    if not changes.added and not changes.gone:
        say("The ledger is what GitHub's memory makes of it.")
        return
    say(
        f"{len(changes.added)} entries {'would be' if dry_run else 'were'} added, {len(changes.gone)} taken "
        f"out."
    )
    if dry_run:
        raise typer.Exit(PROBLEMS_FOUND)


def clusters(repository: Where, *, as_json: AsJson = False) -> None:
    """Tell maintainers which few accounts review hardly anybody but each other. Only they can judge."""

    async def asked(bot: Bot) -> None:
        from mentorbot.features.review_exchange.collusion.facts import rings_in  # noqa: PLC0415

        found = await rings_in(await bot.engine.ports(repository, _FEATURE))
        if as_json:
            say_json(found)
            return
        for circle in found:
            people = ", ".join(sorted(f"@{person.login}" for person in circle.members))
            say(
                f"{people}: {circle.inside} of {circle.given} reviews they gave, and of {circle.got} they "
                f"got,"
            )
            say("   stay among them. Their reviews earn nothing until a maintainer confirms them.")
        if not found:
            say("There is no such group.")

    _with_bot(repository, asked)


async def _timelines(bot: Bot, name: str, *, since: datetime) -> Sequence[PullRequestTimeline]:
    """The pull requests that were open then or later, with what GitHub tells and what only we have heard."""
    from mentorbot.db.observations import Observations  # noqa: PLC0415

    ports = await bot.engine.ports(name, _FEATURE)
    numbers = await Observations(bot.store.database).pull_requests(ports.repository.id, since=since)
    found = []
    with busy(f"Reading {len(numbers)} pull requests of {name} from GitHub …"):
        for number in numbers:
            told = await ports.github.timeline(number)
            heard = await ports.timelines.get(number)
            if told is not None:
                found.append(told.with_acts(heard.acts) if heard is not None else told)
    return found


def _with_bot(repository: str, work: Callable[[Bot], Awaitable[T]]) -> T:
    from mentorbot.cli.startup import shared_settings  # noqa: PLC0415

    if not _NAME.fullmatch(repository):
        raise CannotGoOn(f"{repository!r} is no repository: write OWNER/REPO.")
    settings = shared_settings()

    async def opened() -> T:
        from mentorbot.cli.startup import clock_of  # noqa: PLC0415
        from mentorbot.core.plan import Refusal  # noqa: PLC0415
        from mentorbot.features.review_exchange.reconcile import NotKeptHere  # noqa: PLC0415
        from mentorbot.wiring import opened_bot  # noqa: PLC0415

        async with opened_bot(settings, clock=await clock_of(settings)) as bot:
            try:
                return await work(bot)
            except NotKeptHere as error:
                raise CannotGoOn(str(error)) from error
            except Refusal as refusal:
                raise CannotGoOn(refusal.text) from refusal

    return run(opened())


def _is_json(file: Path | None) -> bool:
    return file is not None and file.suffix.lower() == ".json"


def _day(text: str) -> datetime | None:
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError as error:
        raise CannotGoOn(f"{text!r} is no day: write one like 2026-02-09.") from error


def _line(entry: Entry) -> str:
    amount = f" {entry.amount / 100:g}" if entry.amount else ""
    what = f"@{entry.person.login} {entry.kind.value}{amount}"
    return f"{entry.at:%Y-%m-%d %H:%M} {what} in {entry.place} {entry.reason}".rstrip()
