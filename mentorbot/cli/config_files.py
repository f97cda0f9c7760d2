"""Commands about files: check a config, print its JSON Schema, write the App manifest."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from mentorbot.cli.feature_commands import known_features
from mentorbot.cli.output import AsJson, say, say_json, text_of
from mentorbot.feature_api.command_line import PROBLEMS_FOUND, CannotGoOn

MANIFEST = Path("app.yaml")


def check(
    file: Annotated[Path, typer.Argument(help="A mentorbot.yml, wherever it lies.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Validate a config file: each problem with its line and column."""
    from mentorbot.config.configuration import Source, read_configuration  # noqa: PLC0415

    catalog = known_features()
    text = text_of(file)
    source = Source(origin="repository", full_name="", path=str(file), text=text)
    configuration = read_configuration([source], sections=catalog.sections(), last_good={})
    on = [name for name in catalog.sections() if configuration.is_on(name)]
    if as_json:
        problems = [{"kind": "Problem", **asdict(problem)} for problem in configuration.problems]
        say_json({"on": on, "problems": problems})
    else:
        for problem in configuration.problems:
            say(f"{file}:{problem.line}:{problem.column}: {problem.message}")
        if not configuration.problems:
            say(f"{file}: in order. On: {', '.join(on) or 'nothing'}.")
    if configuration.problems:
        raise typer.Exit(PROBLEMS_FOUND)


def schema() -> None:
    """Print the config file's JSON Schema, for editors."""
    say_json(known_features().json_schema())


def manifest(
    *,
    compare: Annotated[
        bool, typer.Option("--check", help="Only tell whether app.yaml is up to date.")
    ] = False,
    write: Annotated[bool, typer.Option("--write", help="Write app.yaml.")] = False,
    file: Annotated[Path, typer.Option(help="Where the manifest lies.")] = MANIFEST,
) -> None:
    """Print the App manifest, derived from what features declare."""
    from mentorbot.github.manifest import manifest_yaml  # noqa: PLC0415

    if compare and write:
        raise CannotGoOn("Choose --check or --write, not both.")
    fresh = manifest_yaml(known_features())
    if write:
        file.write_text(fresh, encoding="utf-8")
        say(f"Wrote {file}.")
    elif not compare:
        say(fresh.rstrip("\n"))
    elif text_of(file) != fresh:
        say(f"{file} is out of date: run `mentorbot manifest --write`.")
        raise typer.Exit(PROBLEMS_FOUND)
    else:
        say(f"{file} is up to date.")
