"""Commands about files: check a config, print its JSON Schema, write the App manifest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mentorbot.cli.feature_commands import known_features
from mentorbot.cli.output import AsJson, say, say_json, text_of
from mentorbot.feature_api.command_line import PROBLEMS_FOUND, CannotGoOn

if TYPE_CHECKING:
    from mentorbot.config.configuration import Configuration

MANIFEST = Path("app.yaml")


def check(
    file: Annotated[
        Path | None,
        typer.Argument(help="A mentorbot.yml, wherever it lies; .github/mentorbot.yml without it."),
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Validate a config file: each problem with its line and column."""
    from mentorbot.config.configuration import CONFIG_PATH, Source, read_configuration  # noqa: PLC0415

    if file is None:
        file = Path(CONFIG_PATH)
        if not file.exists():
            raise CannotGoOn(
                f"There is no {file} in this folder: go to the folder of a repository that has one, or name "
                "a file."
            )
    catalog = known_features()
    text = text_of(file)
    source = Source(origin="repository", full_name="", path=str(file), text=text)
    configuration = read_configuration([source], sections=catalog.sections(), last_good={})
    on = [name for name in catalog.sections() if configuration.is_on(name)]
    warnings = list(_warnings(configuration))
    # The file may name another language; whoever types commands has them in English.
    found = [replace(problem, message=problem.fact, english="") for problem in configuration.problems]
    if as_json:
        problems = [{"kind": "Problem", **asdict(problem)} for problem in found]
        say_json({"on": on, "problems": problems, "warnings": warnings})
    else:
        for problem in found:
            say(f"{file}:{problem.line}:{problem.column}: {problem.message}")
        for warning in warnings:
            say(f"{file}: warning: {warning}")
        if not configuration.problems:
            say(f"{file}: in order. On: {', '.join(on) or 'nothing'}.")
    if configuration.problems:
        raise typer.Exit(PROBLEMS_FOUND)


def _warnings(configuration: Configuration) -> Iterator[str]:
    """What works, and yet is worth knowing."""
    from mentorbot.config.language import LANGUAGE, NamesLanguage  # noqa: PLC0415
    from mentorbot.core.languages import LANGUAGES, unreviewed  # noqa: PLC0415

    language = configuration.language
    if unreviewed(language):
        yield (
            f"nobody who speaks {LANGUAGES[language]} ({language}) has read all of its texts yet. They work; "
            "docs/translate.md says how to read them."
        )
    for former, present in configuration.renamed:
        yield f"`{former}` is the former name of `{present}`: it goes on working; write `{present}`."
    for name, section in configuration.sections.items():
        if name != LANGUAGE and isinstance(section, NamesLanguage) and section.language:
            yield (
                f"`{name}.language` is gone with the next version: write `language: {section.language}` "
                "above all sections instead."
            )


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
