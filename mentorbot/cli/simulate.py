"""`mentorbot simulate`: what would have been said to whom, had the bot been there; nothing is written."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mentorbot.cli.output import AsJson, busy, progress, say, say_json
from mentorbot.feature_api.command_line import CannotGoOn

if TYPE_CHECKING:
    from mentorbot.config.durations import Duration
    from mentorbot.feature_api.survey import ProjectPast

# Spans of the past are days at least: here "6m" can't mean minutes.
_MONTHS = re.compile(r"\s*([0-9]{1,3})\s*m\s*", re.ASCII | re.IGNORECASE)


def simulate(
    repository: Annotated[
        str, typer.Argument(metavar="[OWNER/REPO]", help="Where the App is installed.")
    ] = "",
    *,
    archive: Annotated[
        Path | None, typer.Option(help="Instead: a history as github-metadata-backup saves it.")
    ] = None,
    since: Annotated[
        str,
        typer.Option(
            help="How far back to go: `1y`, `6 months`, `90 days`. `6m` is six months; minutes make no sense."
        ),
    ] = "1y",
    config: Annotated[
        Path | None, typer.Option(help="Try this mentorbot.yml instead of the repository's.")
    ] = None,
    html: Annotated[Path | None, typer.Option(help="Write the whole report to this file, as a page.")] = None,
    write_config: Annotated[
        Path | None, typer.Option(help="Write the config that this is about to this file, to commit it.")
    ] = None,
    names: Annotated[
        bool,
        typer.Option("--names", help="Name people; without it nobody is, but for the newcomers who wait."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Run the rules over the past: what the bot would have said, when, and to whom; nothing is written."""
    from mentorbot.cli.feature_commands import known_features  # noqa: PLC0415 - they take their time
    from mentorbot.cli.report import json_of, page_of, print_report, report_of, tried_config  # noqa: PLC0415

    if bool(repository) == bool(archive):
        raise CannotGoOn("Name a repository as OWNER/REPO, or a file with --archive: one of the two.")
    span = parsed_since(since)
    catalog = known_features()
    tried = tried_config(catalog, file=config) if config is not None else None  # before anything is read
    past = read_past(repository, archive=archive, span=span)
    with progress("Living through it", moment_before(span, past.until), past.until) as reached:
        report = report_of(
            past=past,
            since=moment_before(span, past.until),
            config=tried,
            names=names,
            catalog=catalog,
            progress=reached,
        )
    if html is not None:
        write(html, page_of(report), option="--html")
    if write_config is not None:
        write_new(write_config, report.config.text, option="--write-config")
    if as_json:
        say_json(json_of(report))
        return
    print_report(report)
    for written in filter(None, (html, write_config)):
        say(f"Wrote {written}.")


def read_past(repository: str, *, archive: Path | None, span: Duration) -> ProjectPast:
    """The past in a file, or of a repository. Raises CannotGoOn where it can't be read."""
    if archive is not None:
        from mentorbot.cli.archived_past import archived_past  # noqa: PLC0415

        with busy(f"Reading {archive.name} …"):
            return archived_past(archive)
    from mentorbot.cli.installed_past import installed_past  # noqa: PLC0415

    with busy(f"Reading the past of {repository} …"):
        return installed_past(repository, since=lambda now: moment_before(span, now))


def parsed_since(text: str) -> Duration:
    """A span of the past, a day at least. Raises CannotGoOn."""
    from mentorbot.config.durations import Duration, Unit  # noqa: PLC0415

    try:
        span = Duration.parse(_MONTHS.sub(r"\1 months", text) if _MONTHS.fullmatch(text) else text)
    except ValueError as error:
        raise CannotGoOn(f"--since: {error}.") from error
    if span.unit in {Unit.MINUTE, Unit.HOUR}:
        raise CannotGoOn("--since: write a day or more, as `90 days`, `6m` (months) or `1y`.")
    if not span.amount:
        raise CannotGoOn("--since: write a day or more, as `90 days`, `6m` (months) or `1y`.")
    return span


def write(path: Path, text: str, *, option: str) -> None:
    """Write a report to a file. Raises CannotGoOn."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CannotGoOn(f"{option}: cannot write {path}: {error.strerror}.") from error


def write_new(path: Path, text: str, *, option: str) -> None:
    """The same for a file of which nothing may be lost. Raises CannotGoOn where it is there already."""
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise CannotGoOn(f"{option}: {path} is there already: name another file, or move it away.") from error
    except OSError as error:
        raise CannotGoOn(f"{option}: cannot write {path}: {error.strerror}.") from error


def moment_before(span: Duration, until: datetime) -> datetime:
    """The moment so long before: months and years by the calendar."""
    from mentorbot.config.calendar import DEFAULT_CALENDAR  # noqa: PLC0415
    from mentorbot.config.durations import Unit  # noqa: PLC0415

    months = {Unit.MONTH: 1, Unit.YEAR: 12}.get(span.unit, 0) * span.amount
    if not months:
        return until - (span.after(until, DEFAULT_CALENDAR) - until)
    year, month = divmod(until.year * 12 + until.month - 1 - months, 12)
    return until.replace(year=year, month=month + 1, day=min(until.day, monthrange(year, month + 1)[1]))
