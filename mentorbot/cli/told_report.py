"""What commands that report on a project have in common: where it is read from, and where the report goes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from mentorbot.cli.output import say, say_json
from mentorbot.feature_api.command_line import PROBLEMS_FOUND, CannotGoOn

if TYPE_CHECKING:
    from mentorbot.cli.report import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Destinations:
    """Where a report goes, beside the terminal: a page, its config; or standard output as JSON."""

    html: Path | None
    config: Path | None
    as_json: bool

    def check(self) -> None:
        """Raise CannotGoOn for what can be known before: nobody reads for minutes, and then gets nothing."""
        for option, path in (("--html", self.html), ("--write-config", self.config)):
            if path is not None and not path.parent.is_dir():
                raise CannotGoOn(f"{option}: cannot write {path}: there is no folder {path.parent}.")
            if path is not None and path.is_dir():
                raise CannotGoOn(f"{option}: cannot write {path}: it is a folder.")
        if self.config is not None and self.config.exists():
            raise _is_there("--write-config", self.config)


def checked_place(repository: str, archive: Path | None) -> None:
    """Raise CannotGoOn unless one place to read from is named."""
    if bool(repository) == bool(archive):
        raise CannotGoOn("Name a repository as OWNER/REPO, or a file with --archive: one of the two.")


@contextmanager
def reading() -> Iterator[None]:
    """Where nothing was read this time, the command says why and ends with exit code 1."""
    from mentorbot.cli.sources import NothingRead  # noqa: PLC0415 - takes its time

    try:
        yield
    except NothingRead as nothing:
        typer.echo(f"mentorbot: {nothing}", err=True)
        raise typer.Exit(PROBLEMS_FOUND) from nothing


def tell(report: Report, to: Destinations) -> None:
    """Tell the report. Raises CannotGoOn where a file can't be written."""
    from mentorbot.cli.report import json_of, page_of, print_report  # noqa: PLC0415

    if to.html is not None:
        write(to.html, page_of(report), option="--html")
    if to.config is not None:
        write_new(to.config, report.config.text, option="--write-config")
    if to.as_json:
        say_json(json_of(report))
        return
    print_report(report)
    for written in filter(None, (to.html, to.config)):
        say(f"Wrote {written}.")


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
        raise _is_there(option, path) from error
    except OSError as error:
        raise CannotGoOn(f"{option}: cannot write {path}: {error.strerror}.") from error


def _is_there(option: str, path: Path) -> CannotGoOn:
    return CannotGoOn(f"{option}: {path} is there already: name another file, or move it away.")
