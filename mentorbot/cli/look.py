"""`mentorbot look`: whose turn all open pull requests are, with a token of one's own or a saved history."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mentorbot.cli.output import AsJson, say, say_json
from mentorbot.feature_api.command_line import PROBLEMS_FOUND, CannotGoOn

if TYPE_CHECKING:
    from mentorbot.feature_api.survey import Survey

Token = Annotated[
    str | None,
    typer.Option(
        "--token",
        metavar="TOKEN",
        help="A GitHub token, used for reading only; `-` reads it from standard input. Without it: "
        "GITHUB_TOKEN, GH_TOKEN, or what `gh auth token` prints. Others on this machine can see the words of "
        "a running command, so a variable is better than this option.",
    ),
]
Archive = Annotated[
    Path | None, typer.Option(help="Instead of GitHub: a history as github-metadata-backup saves it.")
]
Fresh = Annotated[
    bool,
    typer.Option(
        "--fresh",
        help="Ask everything anew. Else what GitHub has answered is kept for 7 days in your cache folder "
        "(by token, for your eyes only): an interrupted reading goes on where it was, a finished one is "
        "shown again without asking, with the age of what it shows.",
    ),
]
Config = Annotated[Path | None, typer.Option(help="Try this mentorbot.yml instead of the repository's.")]


def look(
    repository: Annotated[str, typer.Argument(metavar="[OWNER/REPO]", help="A repository on GitHub.")] = "",
    *,
    token: Token = None,
    archive: Archive = None,
    config: Config = None,
    fresh: Fresh = False,
    as_json: AsJson = False,
) -> None:
    """Tell whose turn each open pull request is, and who waits for a first answer. Only reads; needs no App.

    GITHUB_API_URL leads to an Enterprise Server, as https://github.example.com/api/v3. Exit code 1 where not
    everything could be read this time, 2 where that is for you to mend.
    """
    from mentorbot.cli import sources  # noqa: PLC0415 - takes its time

    if bool(repository) == bool(archive):
        raise CannotGoOn("Name a repository as OWNER/REPO, or a file with --archive: one of the two.")
    try:
        read = (
            sources.archived_survey(archive)
            if archive is not None
            else sources.read_survey(repository, token=token, fresh=fresh)
        )
    except sources.NothingRead as nothing:
        sys.stderr.write(f"mentorbot: {nothing}\n")
        raise typer.Exit(PROBLEMS_FOUND) from nothing
    read = sources.with_config(read, config)
    _tell(read.found, as_json=as_json)
    if read.problem:
        sys.stderr.write(f"mentorbot: {read.problem}\n")
    if read.exit_code:
        raise typer.Exit(read.exit_code)


def _tell(survey: Survey, *, as_json: bool) -> None:
    """A plain summary, until `cli/report` tells all of it (`report_of`, `print_report`, `json_of`)."""
    if as_json:
        say_json(_summary(survey))
        return
    told = _summary(survey)
    say(f"{survey.repository}, {survey.at:%Y-%m-%d %H:%M} UTC: {told['open']:,} open pull requests.")
    for holder, count in told["turns"].items():
        say(f"  {count:,} {holder}")
    say(f"  {told['not_read']:,} not read")
    say(f"{told['newcomers_unanswered']:,} newcomers' threads have no answer yet.")
    if survey.incomplete:
        say(f"Not everything was read: {survey.incomplete}")


def _summary(survey: Survey) -> dict[str, Any]:
    turns = Counter(str(one.turn.told) for one in survey.pulls if one.turn is not None)
    return {
        "repository": survey.repository,
        "at": survey.at,
        "read_from": survey.read_from,
        "open": survey.total_pulls,
        "turns": dict(sorted(turns.items())),
        "not_read": survey.total_pulls - sum(turns.values()),
        "newcomers_unanswered": sum(
            one.is_newcomers and one.is_answered is False for one in (*survey.pulls, *survey.issues)
        ),
        "base": {
            "pull_requests": survey.base.pull_requests,
            "authors": len(survey.base.authors),
            "since": survey.base.since,
            "is_all": survey.base.is_all,
        },
        "issues": survey.total_issues,
        "requests": survey.requests,
        "incomplete": survey.incomplete,
        "caveats": survey.caveats,
    }
