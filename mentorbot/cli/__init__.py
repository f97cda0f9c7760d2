"""The command line: exit code 0 when all is well, 1 when problems were found, 2 for usage or set-up.

Commands import what they need when they run: `mentorbot schema` starts no database, `serve` no table drawing.
Those about one feature are on its card (`feature_api/command_line.py`).
"""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from mentorbot import __version__
from mentorbot.cli import (
    backups,
    config_files,
    decisions,
    doctor,
    forget,
    imports,
    look,
    parked,
    serve,
    setup,
    simulate,
    tidy,
)
from mentorbot.cli.feature_commands import ProgramCommands
from mentorbot.cli.output import say
from mentorbot.feature_api.command_line import CannotGoOn


def _tell_version(asked: bool) -> None:  # noqa: FBT001 - how Typer calls it
    if asked:
        say(f"mentorbot {__version__}")
        raise typer.Exit


app = typer.Typer(
    name="mentorbot",
    cls=ProgramCommands,
    help="A GitHub App that helps newcomers become contributors, and spares maintainers the bookkeeping.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


_VERSION = typer.Option("--version", help="Tell the version.", callback=_tell_version, is_eager=True)


@app.callback()
def program(*, version: Annotated[bool, _VERSION] = False) -> None:
    """What can be said without a command; the program's help is told above."""


for command in (
    *(serve.serve, serve.worker, serve.migrate, serve.sandbox),
    *(decisions.sweep, decisions.explain, decisions.replay),
    forget.forget,
    tidy.tidy,
    *(config_files.check, config_files.schema, config_files.manifest),
    *(look.look, simulate.simulate),
    *(setup.setup, doctor.doctor),
    *(backups.backup, backups.restore),
):
    app.command()(command)
app.command("import")(imports.import_settings)
app.add_typer(parked.parked, name="parked")


def main(words: Sequence[str] | None = None) -> None:
    """Run `mentorbot WORDS`; without any, those of the command line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal may lack letters: that ends no command
    try:
        app(words)
    except CannotGoOn as error:
        sys.stderr.write(f"mentorbot: {error}\n")
        raise SystemExit(2) from error
