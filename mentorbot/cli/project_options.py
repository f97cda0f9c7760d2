"""The options of commands that report on a project, whoever tells of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Repository = Annotated[str, typer.Argument(metavar="[OWNER/REPO]", help="A repository on GitHub.")]
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
Config = Annotated[Path | None, typer.Option(help="Try this mentorbot.yml instead of the repository's.")]
Html = Annotated[Path | None, typer.Option(help="Write the whole report to this file, as a page.")]
WriteConfig = Annotated[
    Path | None, typer.Option(help="Write the config that this is about to this file, to commit it.")
]
Names = Annotated[
    bool,
    typer.Option("--names", help="Name people; without it nobody is, but for the newcomers who wait."),
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
