"""`mentorbot look`: whose turn all open pull requests are, with a token of one's own or a saved history."""

from __future__ import annotations

import typer

from mentorbot.cli.output import AsJson, progress
from mentorbot.cli.project_options import Archive, Config, Fresh, Html, Names, Repository, Token, WriteConfig
from mentorbot.cli.told_report import Destinations, checked_place, reading, tell


def look(  # noqa: PLR0913 - each is an option
    repository: Repository = "",
    *,
    token: Token = None,
    archive: Archive = None,
    config: Config = None,
    html: Html = None,
    write_config: WriteConfig = None,
    names: Names = False,
    fresh: Fresh = False,
    as_json: AsJson = False,
) -> None:
    """Tell whose turn each open pull request is, and who waits for a first answer. Only reads; needs no App.

    GITHUB_API_URL leads to an Enterprise Server, as https://github.example.com/api/v3. Exit code 1 where not
    everything could be read this time, 2 where that is for you to mend.
    """
    from mentorbot.cli import sources  # noqa: PLC0415 - takes its time
    from mentorbot.cli.feature_commands import known_features  # noqa: PLC0415
    from mentorbot.cli.report import FIRST_WEEK, report_of, tried_config  # noqa: PLC0415

    checked_place(repository, archive)
    to = Destinations(html=html, config=write_config, as_json=as_json)
    to.check()
    catalog = known_features()
    tried = tried_config(catalog, file=config) if config is not None else None  # before anything is read
    with reading():
        read = (
            sources.archived_survey(archive)
            if archive is not None
            else sources.read_survey(repository, token=token, fresh=fresh)
        )
    with progress("Looking a week ahead", read.found.at, read.found.at + FIRST_WEEK) as reached:
        report = report_of(survey=read.found, config=tried, names=names, catalog=catalog, progress=reached)
    tell(report, to)
    if read.problem:
        typer.echo(f"mentorbot: {read.problem}", err=True)
    raise typer.Exit(read.exit_code)
