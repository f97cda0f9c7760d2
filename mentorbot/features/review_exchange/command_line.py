"""`mentorbot queue` and `mentorbot ledger`: export, import and rebuild of the ledger, and its clusters."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from mentorbot.core.translator import english_plural
from mentorbot.domain.timeline import PullRequestTimeline
from mentorbot.feature_api.command_line import (
    PROBLEMS_FOUND,
    CannotGoOn,
    CommandLine,
    InstalledRepositories,
    checked_full_name,
)
from mentorbot.features.review_exchange.collusion.facts import rings_in
from mentorbot.features.review_exchange.collusion.rings import CollusionRing
from mentorbot.features.review_exchange.config import section_of
from mentorbot.features.review_exchange.ledger import export
from mentorbot.features.review_exchange.ledger.ledger import Entry
from mentorbot.features.review_exchange.ledger.ledger_store import ledger_in
from mentorbot.features.review_exchange.queue import Placed, queue_of
from mentorbot.features.review_exchange.reconcile import LedgerChanges, NotKeptHere, added, rebuilt_changes
from mentorbot.features.review_exchange.redeem.exchanges import exchanges_in

T = TypeVar("T")

Where = Annotated[str, typer.Argument(metavar="OWNER/REPO", help="The repository.")]
AsJson = Annotated[bool, typer.Option("--json", help="For scripts.")]


def add_commands(app: typer.Typer, command_line: CommandLine) -> None:
    commands = ExchangeCommands(command_line)
    app.command()(commands.queue)
    ledger = typer.Typer(no_args_is_help=True, help="The review exchange's ledger.")
    ledger.command("export")(commands.export)
    ledger.command("import")(commands.import_)
    ledger.command("rebuild")(commands.rebuild)
    ledger.command("clusters")(commands.clusters)
    app.add_typer(ledger, name="ledger")


@dataclass(frozen=True, slots=True)
class ExchangeCommands:
    line: CommandLine

    def queue(self, repository: Where, *, as_json: AsJson = False) -> None:
        """Tell which pull requests should be reviewed next, with the reasons."""

        async def asked(repositories: InstalledRepositories) -> list[Placed]:
            ports = await repositories.ports(repository)
            if not ports.configuration.is_on("review_exchange"):
                raise CannotGoOn(
                    f"The review exchange is off in {repository}: put a section `review_exchange:` into its "
                    ".github/mentorbot.yml."
                )
            waiting = await exchanges_in(ports.records)
            return queue_of(waiting, now=ports.now, price=section_of(ports).price)

        placed = self._run(repository, asked)
        if as_json:
            self.line.say_json(placed)
            return
        for one in placed:
            exchange = one.exchange
            self.line.say(f"{one.place}. #{exchange.number} {exchange.title} (@{exchange.author.login})")
            self.line.say(f"   {'; '.join(one.reasons)}")
        if not placed:
            self.line.say("Nobody waits for a review they have earned.")

    def export(
        self,
        repository: Where,
        file: Annotated[Path | None, typer.Argument(help="Where to; standard output without it.")] = None,
        *,
        as_json: Annotated[bool, typer.Option("--json", help="JSON instead of CSV.")] = False,
    ) -> None:
        """Write the ledger down as CSV, or as JSON."""

        async def asked(repositories: InstalledRepositories) -> str:
            entries = (await ledger_in(await repositories.ports(repository))).entries()
            return export.to_json(entries) if as_json or _is_json(file) else export.to_csv(entries)

        text = self._run(repository, asked)
        if file is None:
            self.line.say(text.rstrip("\n"))
            return
        try:
            file.write_text(text, encoding="utf-8")
        except OSError as error:
            raise CannotGoOn(f"Cannot write {file}: {error.strerror}.") from error
        self.line.say(f"Written: {file}")

    def import_(
        self, repository: Where, file: Annotated[Path, typer.Argument(help="CSV or JSON of an export.")]
    ) -> None:
        """Take in entries of an export that are not in the ledger yet."""
        text = self.line.text_of(file)
        try:
            entries = export.read_json(text) if _is_json(file) else export.read_csv(text)
        except export.Illegible as error:
            raise CannotGoOn(f"{file}: {error}") from error

        async def asked(repositories: InstalledRepositories) -> LedgerChanges:
            changes = await added(entries, await repositories.ports(repository))
            await repositories.remember(repository, changes.records)
            return changes

        try:
            changes = self._run(repository, asked)
        except ValueError as error:
            self.line.say(f"Nothing was taken in, as the ledger would not add up: {error}.")
            raise typer.Exit(PROBLEMS_FOUND) from error
        self.line.say(
            english_plural(
                "{count} of {all} entries was new, and is in the ledger now.",
                "{count} of {all} entries were new, and are in the ledger now.",
                len(changes.added),
                all=len(entries),
            )
        )

    def rebuild(
        self,
        repository: Where,
        *,
        since: Annotated[
            str, typer.Option(help="Only pull requests that were open on that day (2026-02-09) or later.")
        ] = "",
        dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would change.")] = False,
    ) -> None:
        """Make the ledger again from what GitHub remembers; tells what differs from the one that is kept."""
        start = _day(since)

        async def asked(repositories: InstalledRepositories) -> LedgerChanges:
            ports = await repositories.ports(repository)
            shared = section_of(ports).shared_by
            names = shared if shared and shared[0].lower() == repository.lower() else (repository,)
            entries = (await ledger_in(ports)).entries()
            first = start or (entries[0].at if entries else ports.now)
            ports_of = {name: await repositories.ports(name) for name in names}
            timelines = {name: await self._timelines(repositories, name, since=first) for name in names}
            changes = await rebuilt_changes(ports_of, timelines, tell=self.line.say)
            if not dry_run:
                await repositories.remember(repository, changes.records)
            return changes

        changes = self._run(repository, asked)
        for sign, found in (("+", changes.added), ("-", changes.gone)):
            for entry in found:
                self.line.say(f"{sign} {_in_words(entry)}")
        if not changes.added and not changes.gone:
            self.line.say("The ledger is what GitHub's memory makes of it.")
            return
        was, were = ("would be", "would be") if dry_run else ("was", "were")
        added_ones = english_plural(f"{{count}} entry {was}", f"{{count}} entries {were}", len(changes.added))
        self.line.say(f"{added_ones} added, {len(changes.gone)} taken out.")
        if dry_run:
            raise typer.Exit(PROBLEMS_FOUND)

    def clusters(self, repository: Where, *, as_json: AsJson = False) -> None:
        """Tell maintainers which few accounts review hardly anybody but each other. Only they can judge."""

        async def asked(repositories: InstalledRepositories) -> list[CollusionRing]:
            return await rings_in(await repositories.ports(repository))

        found = self._run(repository, asked)
        if as_json:
            self.line.say_json([{"kind": "Cluster", **asdict(ring)} for ring in found])
            return
        for circle in found:
            people = ", ".join(sorted(f"@{person.login}" for person in circle.members))
            shares = english_plural(
                "{inside} of {count} review they gave, and of {got} they got",
                "{inside} of {count} reviews they gave, and of {got} they got",
                circle.given,
                inside=circle.inside,
                got=circle.got,
            )
            self.line.say(f"{people}: {shares},")
            self.line.say("   stay among them. Their reviews earn nothing until a maintainer confirms them.")
        if not found:
            self.line.say("There is no such group.")

    async def _timelines(
        self, repositories: InstalledRepositories, name: str, *, since: datetime
    ) -> Sequence[PullRequestTimeline]:
        """The pull requests that were open then or later, with what GitHub tells and what only we heard."""
        ports = await repositories.ports(name)
        numbers = await repositories.pull_requests_since(name, since)
        found = []
        reading = english_plural(
            "Reading {count} pull request of {name} from GitHub …",
            "Reading {count} pull requests of {name} from GitHub …",
            len(numbers),
            name=name,
        )
        with self.line.busy(reading):
            for number in numbers:
                told = await ports.github.timeline(number)
                heard = await ports.timelines.get(number)
                if told is not None:
                    found.append(told.with_acts(heard.acts) if heard is not None else told)
        return found

    def _run(self, repository: str, work: Callable[[InstalledRepositories], Awaitable[T]]) -> T:
        checked_full_name(repository)
        try:
            return self.line.run(work)
        except NotKeptHere as error:
            raise CannotGoOn(str(error)) from error


def _is_json(file: Path | None) -> bool:
    return file is not None and file.suffix.lower() == ".json"


def _day(text: str) -> datetime | None:
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError as error:
        raise CannotGoOn(f"{text!r} is no day: write one like 2026-02-09.") from error


def _in_words(entry: Entry) -> str:
    amount = f" {entry.amount / 100:g}" if entry.amount else ""
    what = f"@{entry.person.login} {entry.kind.value}{amount}"
    return f"{entry.at:%Y-%m-%d %H:%M} {what} in {entry.place} {entry.reason}".rstrip()
