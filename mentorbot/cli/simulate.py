"""`mentorbot simulate`: what would have been said to whom, had the bot been there; nothing is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mentorbot.cli.output import CannotGoOn, busy, run, say, say_json, text_of

if TYPE_CHECKING:
    from mentorbot.config.configuration import Configuration, Source
    from mentorbot.config.durations import Duration
    from mentorbot.domain.timeline import PullRequestTimeline
    from mentorbot.settings import Settings


@dataclass(frozen=True, slots=True)
class Material:
    """A repository's past: its pull requests, when it ends, its name, and its config files where known."""

    name: str
    pulls: tuple[PullRequestTimeline, ...]
    until: datetime
    sources: tuple[Source, ...] = ()


def add_to(app: typer.Typer) -> None:
    """Put this command into the program."""
    app.command()(simulate)


def simulate(
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
    html: Annotated[Path | None, typer.Option(help="Write a report with plots to this file, too.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For scripts.")] = False,
) -> None:
    """Run the rules for quiet pull requests over the past: what would have been said, when, and to whom."""
    from mentorbot.cli.simulate_report import Report, json_of, page, print_report  # noqa: PLC0415
    from mentorbot.config.calendar import DEFAULT_CALENDAR  # noqa: PLC0415
    from mentorbot.config.durations import Duration  # noqa: PLC0415

    if bool(repository) == bool(archive):
        raise CannotGoOn("Name a repository as OWNER/REPO, or a file with --archive: one of the two.")
    try:
        span = Duration.parse(since)
    except ValueError as error:
        raise CannotGoOn(f"--since: {error}.") from error
    material = _saved(archive) if archive else run(_asked(repository, span))
    configuration = _configuration(config, material.sources)
    start = _back(span, material.until)
    calendar = configuration.calendar if configuration.is_on("calendar") else DEFAULT_CALENDAR
    report = Report(
        name=material.name,
        since=start,
        until=material.until,
        calendar=calendar,
        pulls=len(material.pulls),
        said=_said(material, configuration, start),
    )
    if html is not None:
        html.write_text(page(report), encoding="utf-8")
    if as_json:
        say_json(json_of(report))
    else:
        print_report(report)
        if html is not None:
            say(f"Wrote {html}.")


def _saved(archive: Path) -> Material:
    """The past in a file. Raises CannotGoOn where it can't be read."""
    from mentorbot.domain.timeline import PullRequestTimeline  # noqa: PLC0415
    from mentorbot.github.archive import read  # noqa: PLC0415

    with busy(f"Reading {archive.name} …"):
        try:
            found = read(archive)
        except OSError as error:
            raise CannotGoOn(f"Cannot read {archive}: {error.strerror or error}.") from error
        except ValueError as error:
            raise CannotGoOn(str(error)) from error
    pulls = tuple(one for one in found if isinstance(one, PullRequestTimeline))
    if not pulls:
        raise CannotGoOn(f"There is no pull request in {archive}.")
    # Commits bear dates of their writers' clocks, which may be wrong; what GitHub stamped is not.
    stamped = [act.at for pull in pulls for act in pull.acts if not act.is_push]
    until = max((*stamped, *(pull.opened_at for pull in pulls)))
    return Material(name=archive.name.partition(".")[0], pulls=pulls, until=until)


async def _asked(repository: str, span: Duration) -> Material:
    """The past as GitHub tells it, with the repository's own config."""
    from mentorbot.cli.startup import clock_of, shared_settings  # noqa: PLC0415
    from mentorbot.domain.timeline import PullRequestTimeline  # noqa: PLC0415
    from mentorbot.github.archive import with_references  # noqa: PLC0415
    from mentorbot.wiring import opened_bot  # noqa: PLC0415

    settings: Settings = shared_settings()
    clock = await clock_of(settings)
    async with opened_bot(settings, clock=clock) as bot:
        reader = await _reader(bot, repository)
        now = clock()
        with busy(f"Reading the past of {repository} …"):
            found = [one async for one in reader.past_pull_requests(_back(span, now))]
            sources = await reader.config_sources()
    pulls = tuple(one for one in with_references(found) if isinstance(one, PullRequestTimeline))
    return Material(name=repository, pulls=pulls, until=now, sources=sources)


async def _reader(bot: Any, repository: str) -> Any:
    """Questions about a repository of an installation of ours. Raises CannotGoOn where there is none."""
    for grant in await bot.app.installations():
        if grant.suspended or grant.account.login.lower() != repository.partition("/")[0].lower():
            continue
        for one in await bot.app.repositories(grant.installation_id):
            if one.full_name.lower() == repository.lower():
                return bot.app.reader(grant.installation_id, one)
    raise CannotGoOn(
        f"The App is not installed in {repository}: install it there (it writes nothing as long as there is "
        "no config file), or use --archive."
    )


def _configuration(file: Path | None, sources: Iterable[Source]) -> Configuration:
    """What is in force: the file that is tried, else the repository's own. Raises CannotGoOn for mistakes."""
    from mentorbot.config.configuration import CONFIG_PATH, Source, read_configuration  # noqa: PLC0415
    from mentorbot.feature_api.feature_catalog import FeatureCatalog  # noqa: PLC0415
    from mentorbot.features import load  # noqa: PLC0415

    if file is not None:
        sources = [Source("repository", "", str(file), text_of(file))]
    found = read_configuration(
        list(sources) or [Source("repository", "", CONFIG_PATH, None)],
        sections=FeatureCatalog(load()).sections(),
        last_good={},
    )
    problems = [one for one in found.problems if one.section in {"", "stalled", "calendar"}]
    if problems:
        first = problems[0]
        raise CannotGoOn(f"{file or CONFIG_PATH}:{first.line}:{first.column}: {first.message}")
    return found


def _said(material: Material, configuration: Configuration, start: datetime) -> tuple[Any, ...]:
    from mentorbot.cli.progress import ticking  # noqa: PLC0415
    from mentorbot.features.stalled.config import Stalled  # noqa: PLC0415
    from mentorbot.features.stalled.simulation import simulate as run_over  # noqa: PLC0415

    section = configuration.section("stalled")
    if not isinstance(section, Stalled):
        raise TypeError("the section `stalled` belongs to another feature")
    with ticking("Living through it", start, material.until) as progress:
        return run_over(
            material.pulls,
            section,
            calendar=configuration.calendar,
            since=start,
            until=material.until,
            progress=progress,
        )


def _back(span: Duration, until: datetime) -> datetime:
    """So long before `until`."""
    from mentorbot.config.calendar import DEFAULT_CALENDAR  # noqa: PLC0415

    return until - (span.after(until, DEFAULT_CALENDAR) - until)
