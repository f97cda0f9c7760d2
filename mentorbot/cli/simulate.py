"""`mentorbot simulate`: what would have been said to whom, had the bot been there; nothing is written."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mentorbot.cli.output import AsJson, busy, progress
from mentorbot.cli.project_options import Archive, Config, Fresh, Html, Names, Repository, Token, WriteConfig
from mentorbot.cli.told_report import Destinations, checked_place, reading, tell
from mentorbot.feature_api.command_line import CannotGoOn

if TYPE_CHECKING:
    from mentorbot.cli.sources import ReadProject
    from mentorbot.config.durations import Duration
    from mentorbot.feature_api.survey import ProjectPast

# Spans of the past are days at least: here "6m" can't mean minutes.
_MONTHS = re.compile(r"\s*([0-9]{1,3})\s*m\s*", re.ASCII | re.IGNORECASE)


def simulate(  # noqa: PLR0913 - each is an option
    repository: Repository = "",
    *,
    token: Token = None,
    archive: Archive = None,
    since: Annotated[
        str,
        typer.Option(
            help="How far back to go: `1y`, `6 months`, `90 days`. `6m` is six months; minutes make no sense."
        ),
    ] = "1y",
    config: Config = None,
    html: Html = None,
    write_config: WriteConfig = None,
    names: Names = False,
    fresh: Fresh = False,
    as_json: AsJson = False,
) -> None:
    """Run the rules over the past: what the bot would have said, when, and to whom; nothing is written.

    It is read by the App where one is set up here and installed there, else with a token as `look` does.
    """
    from mentorbot.cli.feature_commands import known_features  # noqa: PLC0415 - they take their time
    from mentorbot.cli.report import report_of, tried_config  # noqa: PLC0415

    checked_place(repository, archive)
    to = Destinations(html=html, config=write_config, as_json=as_json)
    to.check()
    span = parsed_since(since)
    catalog = known_features()
    tried = tried_config(catalog, file=config) if config is not None else None  # before anything is read
    with reading():
        read = _read_past(repository, archive=archive, span=span, token=token, fresh=fresh)
    past = read.found
    with progress("Living through it", moment_before(span, past.until), past.until) as reached:
        report = report_of(
            past=past,
            since=moment_before(span, past.until),
            config=tried,
            names=names,
            catalog=catalog,
            progress=reached,
        )
    tell(report, to)
    if read.problem:
        typer.echo(f"mentorbot: {read.problem}", err=True)
    raise typer.Exit(read.exit_code)


def _read_past(
    repository: str, *, archive: Path | None, span: Duration, token: str | None, fresh: bool
) -> ReadProject[ProjectPast]:
    """The past in a file, or of a repository. Raises CannotGoOn where it can't be read."""
    from mentorbot.cli import sources  # noqa: PLC0415 - takes its time

    if archive is not None:
        with busy(f"Reading {archive.name} …"):
            return sources.archived_past(archive)
    missing = ""
    if token is None:
        from mentorbot.cli.installed_past import NotInstalled, installed_past  # noqa: PLC0415

        try:
            found = installed_past(repository, since=lambda now: moment_before(span, now))
        except NotInstalled as not_there:
            found, missing = None, f"{not_there} "
        if found is not None:
            return sources.ReadProject(found)
    since = moment_before(span, datetime.now(UTC))
    try:
        return sources.read_past(repository, since=since, token=token, fresh=fresh)
    except CannotGoOn as error:
        raise CannotGoOn(f"{missing}{error}") from error


def parsed_since(text: str) -> Duration:
    """A span of the past, a day at least. Raises CannotGoOn."""
    from mentorbot.config.durations import Duration, Unit  # noqa: PLC0415

    try:
        span = Duration.parse(_MONTHS.sub(r"\1 months", text) if _MONTHS.fullmatch(text) else text)
    except ValueError as error:
        raise CannotGoOn(f"--since: {error}.") from error
    if span.unit in {Unit.MINUTE, Unit.HOUR} or not span.amount:
        raise CannotGoOn("--since: write a day or more, as `90 days`, `6m` (months) or `1y`.")
    return span


def moment_before(span: Duration, until: datetime) -> datetime:
    """The moment so long before: months and years by the calendar."""
    from mentorbot.config.calendar import DEFAULT_CALENDAR  # noqa: PLC0415
    from mentorbot.config.durations import Unit  # noqa: PLC0415

    months = {Unit.MONTH: 1, Unit.YEAR: 12}.get(span.unit, 0) * span.amount
    if not months:
        return until - (span.after(until, DEFAULT_CALENDAR) - until)
    year, month = divmod(until.year * 12 + until.month - 1 - months, 12)
    return until.replace(year=year, month=month + 1, day=min(until.day, monthrange(year, month + 1)[1]))
