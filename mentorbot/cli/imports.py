"""`mentorbot import`: a `mentorbot.yml` made of the settings of stale, welcome and triage bots."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mentorbot.cli.output import AsJson, say, say_json
from mentorbot.feature_api.command_line import PROBLEMS_FOUND, CannotGoOn

if TYPE_CHECKING:
    from mentorbot.config.other_bots.importing import Imported

_MOST_WORKFLOWS = 500
_MOST_LISTED = 10_000
_MOST_LINES = 60


def import_settings(
    folder: Annotated[Path, typer.Argument(help="A checkout of the repository.")] = Path(),
    *,
    force: Annotated[bool, typer.Option("--force", help="Write over a mentorbot.yml that is there.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", "--print", help="Print the file instead of writing it.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write a `.github/mentorbot.yml` from the settings of other bots: stale, welcome and triage bots.

    Reads .github/stale.yml, config.yml, boring-cyborg.yml and no-response.yml, triagebot.toml, workflows with
    actions/stale, actions/first-interaction or greetings, and, in a checkout of zulipbot, its config.
    """
    from mentorbot.config.other_bots.importing import import_from  # noqa: PLC0415 - it reads YAML

    checkout = _read(folder)
    imported = import_from(checkout.texts)
    unreadable = {**checkout.refused, **imported.unreadable}
    target = folder / ".github" / "mentorbot.yml"
    writes = bool(imported.text) and not dry_run
    if writes:
        _check_target(checkout.root, target, force=force)
        _check(imported.text)
        _write(target, imported.text)
    if as_json:
        say_json(
            {**_as_plain(imported), "unreadable": unreadable, "written": str(target) if writes else None}
        )
    elif dry_run and imported.text:
        say(imported.text.rstrip("\n"))
        _tell_unreadable(unreadable)
    else:
        _tell(imported, unreadable, target if writes else None, folder)
    if unreadable or not imported.text:
        raise typer.Exit(PROBLEMS_FOUND)


@dataclass(slots=True)
class _Checkout:
    """The files of other bots in a folder, by path; `refused` are those that were not read, and why."""

    root: Path
    texts: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)


def _read(folder: Path) -> _Checkout:
    from mentorbot.config.other_bots import files  # noqa: PLC0415 - as above

    try:
        root = folder.resolve(strict=True)
        if not root.is_dir():
            raise CannotGoOn(f"{folder} is no folder: name a checkout of your repository.")
    except (OSError, RuntimeError) as error:
        raise CannotGoOn(f"There is no folder {folder}: name a checkout of your repository.") from error
    checkout = _Checkout(root)
    for path in (*files.ROOT_FILES, *files.ZULIPBOT, *_workflows(checkout, files.WORKFLOWS)):
        _read_file(checkout, path)
    return checkout


def _workflows(checkout: _Checkout, folder: str) -> list[str]:
    from mentorbot.config.other_bots.files import is_workflow  # noqa: PLC0415 - as above

    where = checkout.root / folder
    if not where.exists():
        return []
    if not where.resolve().is_relative_to(checkout.root):
        checkout.refused[folder] = "it leads out of the checkout: put the files themselves there"
        return []
    try:
        with os.scandir(where) as entries:
            found = sorted(f"{folder}/{entry.name}" for entry in islice(entries, _MOST_LISTED))
    except OSError as error:
        checkout.refused[folder] = f"it can't be listed ({error.strerror}): may you read it?"
        return []
    workflows = [path for path in found if is_workflow(path)]
    if len(workflows) > _MOST_WORKFLOWS:
        checkout.refused[folder] = (
            f"only the first {_MOST_WORKFLOWS} of its workflows are read: move those of bots elsewhere"
        )
    return workflows[:_MOST_WORKFLOWS]


def _read_file(checkout: _Checkout, path: str) -> None:
    """Read one file, if it is there. What is no plain file of the checkout is refused, and never opened."""
    from mentorbot.config.yaml_reader import MOST_BYTES  # noqa: PLC0415 - as above

    file = checkout.root / path
    try:
        if not os.path.lexists(file):
            return
        real = file.resolve(strict=True)
        about = real.stat()
        if not real.is_relative_to(checkout.root):
            checkout.refused[path] = "it leads out of the checkout: put the file itself there"
        elif not stat.S_ISREG(about.st_mode):
            checkout.refused[path] = "it is no file: remove it, or put the file itself there"
        elif about.st_size > MOST_BYTES:
            checkout.refused[path] = f"it is larger than {MOST_BYTES // 1024} KiB: shorten it"
        else:
            checkout.texts[path] = real.read_bytes()[: MOST_BYTES + 1].decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        checkout.refused[path] = "it is not UTF-8 text: save it as that"
    except (OSError, RuntimeError) as error:
        why = getattr(error, "strerror", None) or "its links go in a circle"
        checkout.refused[path] = f"it can't be read ({why}): may you read it?"


def _check_target(root: Path, target: Path, *, force: bool) -> None:
    home = target.parent
    if home.exists() and not (home.is_dir() and home.resolve().is_relative_to(root)):
        raise CannotGoOn(f"{home} leads out of the checkout, or is no folder: nothing is written there.")
    if not os.path.lexists(target):
        return
    if not force:
        raise CannotGoOn(
            f"{target} is there already, and stays as it is. See what would be written with --dry-run, or "
            "write over it with --force."
        )
    if target.is_symlink() or not target.is_file():
        raise CannotGoOn(f"{target} is a link, or no file: remove it, and run this again.")


def _check(text: str) -> None:
    """What is written passes `mentorbot check`; a file that wouldn't is a mistake of ours."""
    from mentorbot.cli.feature_commands import known_features  # noqa: PLC0415 - it loads the features
    from mentorbot.config.configuration import Source, read_configuration  # noqa: PLC0415 - as above

    sections = known_features().sections()
    source = Source(origin="repository", full_name="", path="", text=text)
    problems = read_configuration([source], sections=sections, last_good={}).problems
    wrong = [problem for problem in problems if problem.section != "mode" or "mode" in sections]
    if wrong:
        raise CannotGoOn(
            f"What came out would not work (line {wrong[0].line}: {wrong[0].fact}), so nothing is written. "
            "See it with --dry-run, and please report it."
        )


def _write(target: Path, text: str) -> None:
    """All of it, or nothing."""
    try:
        target.parent.mkdir(exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".mentorbot-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            Path(name).chmod(0o644)
            Path(name).replace(target)
        finally:
            with contextlib.suppress(FileNotFoundError):
                Path(name).unlink()
    except OSError as error:
        raise CannotGoOn(f"{target} can't be written: {error.strerror}. May you write there?") from error


def _tell(imported: Imported, unreadable: dict[str, str], written: Path | None, folder: Path) -> None:
    _tell_unreadable(unreadable)
    if not imported.text:
        say(
            "Nothing in the settings of other bots here is something that mentorbot does: no file is written."
            if imported.bots or imported.left_out
            else f"No settings of other bots are in {folder}: is it the top of a checkout?"
        )
    _tell_list(
        "Carried over:",
        (
            f"{'.'.join(one.place)} from {one.path}, line {one.line}: {one.key}"
            for one in imported.carried
            if one.key
        ),
    )
    _tell_list(
        "Not carried over:",
        (f"{one.path}, line {one.line}: {one.key}: {one.why}" for one in imported.left_out),
    )
    if written is None:
        return
    say(f"Wrote {written}. It starts in shadow: nothing is said here until you write `mode: live`.")
    _tell_list(
        "To delete once it is live:",
        (f"{one.path} ({one.only})" if one.only else one.path for one in imported.to_delete),
    )


def _tell_unreadable(unreadable: dict[str, str]) -> None:
    for path, why in sorted(unreadable.items()):
        typer.echo(f"{_printable(path)} is left out: {_printable(why)}", err=True)


def _tell_list(title: str, lines: Iterable[str]) -> None:
    every: Sequence[str] = list(lines)
    if not every:
        return
    say(title)
    for line in every[:_MOST_LINES]:
        say(f"  {_printable(line)}")
    if len(every) > _MOST_LINES:
        say(f"  … and {len(every) - _MOST_LINES} more (all with --json)")


def _printable(text: str) -> str:
    """Without what would do something to a terminal."""
    return "".join(char for char in text if char.isprintable())


def _as_plain(imported: Imported) -> dict[str, object]:
    return {
        "text": imported.text,
        "carried": imported.carried,
        "left_out": imported.left_out,
        "bots": imported.bots,
        "to_delete": imported.to_delete,
    }
