"""`mentorbot simulate`: what would have been said to whom, had the bot been there; nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from mentorbot.config.calendar import DEFAULT_CALENDAR
from mentorbot.config.configuration import CONFIG_PATH, Configuration, Source
from mentorbot.config.durations import Duration
from mentorbot.domain.timeline import PullRequestTimeline
from mentorbot.feature_api.command_line import CannotGoOn, CommandLine, InstalledRepositories
from mentorbot.features.stalled.config import Stalled
from mentorbot.features.stalled.simulation import Said, end_of, simulate
from mentorbot.features.stalled.simulation_report import Report, json_of, page_of, print_report
from mentorbot.features.stalled.turns_command_line import add_turns_commands


def add_commands(app: typer.Typer, command_line: CommandLine) -> None:
    app.command()(SimulateCommand(command_line).simulate)
    add_turns_commands(app, command_line)


@dataclass(frozen=True, slots=True)
class RecordedPast:
    """A repository's past: its name, its pull requests, when it ends, and its config files where known."""

    name: str
    pulls: tuple[PullRequestTimeline, ...]
    until: datetime
    sources: Sequence[Source] = ()


@dataclass(frozen=True, slots=True)
class SimulateCommand:
    line: CommandLine

    def simulate(
        self,
        repository: Annotated[
            str, typer.Argument(metavar="[OWNER/REPO]", help="Where the App is installed.")
        ] = "",
        *,
        archive: Annotated[
            Path | None, typer.Option(help="Instead: a history as github-metadata-backup saves it.")
        ] = None,
        since: Annotated[str, typer.Option(help="How far back to go: `1y`, `6 months`.")] = "1y",
        config: Annotated[
            Path | None, typer.Option(help="Try this mentorbot.yml instead of the repository's.")
        ] = None,
        html: Annotated[
            Path | None, typer.Option(help="Write a report with plots to this file, too.")
        ] = None,
        as_json: Annotated[bool, typer.Option("--json", help="For scripts.")] = False,
    ) -> None:
        """Run the rules for quiet pull requests over the past: what would have been said, when, and to whom."""  # noqa: E501 - a sentence of --help
        if bool(repository) == bool(archive):
            raise CannotGoOn("Name a repository as OWNER/REPO, or a file with --archive: one of the two.")
        try:
            span = Duration.parse(since)
        except ValueError as error:
            raise CannotGoOn(f"--since: {error}.") from error
        past = self._saved(archive) if archive else self._told_by_github(repository, span)
        configuration = self._configuration(config, past.sources)
        start = _back(span, past.until)
        report = Report(
            name=past.name,
            since=start,
            until=past.until,
            calendar=configuration.calendar,
            pulls=len(past.pulls),
            said=self._said(past, configuration, start),
        )
        if html is not None:
            html.write_text(page_of(report), encoding="utf-8")
        if as_json:
            self.line.say_json(json_of(report))
            return
        print_report(report)
        if html is not None:
            self.line.say(f"Wrote {html}.")

    def _saved(self, archive: Path) -> RecordedPast:
        """The past in a file. Raises CannotGoOn where it can't be read."""
        with self.line.busy(f"Reading {archive.name} …"):
            pulls = self.line.archived_pull_requests(archive)
        if not pulls:
            raise CannotGoOn(f"There is no pull request in {archive}.")
        return RecordedPast(name=archive.name.partition(".")[0], pulls=pulls, until=end_of(pulls))

    def _told_by_github(self, repository: str, span: Duration) -> RecordedPast:
        """The past as GitHub tells it, with the repository's own config."""

        async def asked(repositories: InstalledRepositories) -> RecordedPast:
            now = repositories.now
            with self.line.busy(f"Reading the past of {repository} …"):
                found = await repositories.history(repository, _back(span, now))
            if found is None:
                raise CannotGoOn(
                    f"The App is not installed in {repository}: install it there (it writes nothing as long "
                    "as there is no config file), or use --archive."
                )
            return RecordedPast(name=repository, pulls=found.pull_requests, until=now, sources=found.config)

        return self.line.run(asked)

    def _configuration(self, file: Path | None, sources: Sequence[Source]) -> Configuration:
        """The file that is tried, else the repository's own. Raises CannotGoOn for mistakes."""
        if file is not None:
            sources = [Source("repository", "", str(file), self.line.text_of(file))]
        found = self.line.configuration_of(sources or [Source("repository", "", CONFIG_PATH, None)])
        problems = [one for one in found.problems if one.section in {"", "stalled", "calendar"}]
        if problems:
            first = problems[0]
            raise CannotGoOn(f"{file or CONFIG_PATH}:{first.line}:{first.column}: {first.message}")
        return found

    def _said(self, past: RecordedPast, configuration: Configuration, start: datetime) -> tuple[Said, ...]:
        section = configuration.section("stalled")
        if not isinstance(section, Stalled):
            raise TypeError("the section `stalled` belongs to another feature")
        with self.line.progress("Living through it", start, past.until) as reached:
            return simulate(
                past.pulls,
                section,
                calendar=configuration.calendar,
                since=start,
                until=past.until,
                progress=reached,
            )


def _back(span: Duration, until: datetime) -> datetime:
    return until - (span.after(until, DEFAULT_CALENDAR) - until)
