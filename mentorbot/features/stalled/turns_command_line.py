"""`mentorbot turns`: labels of whose turn it was: those that corrections gave, and those people make."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from mentorbot.core.translator import english_plural
from mentorbot.feature_api.command_line import (
    CannotGoOn,
    CommandLine,
    InstalledRepositories,
    checked_full_name,
)
from mentorbot.features.stalled.annotation import LabelFile, annotate, sampled
from mentorbot.features.stalled.learning.learned import LearnedTurns
from mentorbot.features.stalled.records import LabelledMoment
from mentorbot.features.stalled.simulation import end_of


def add_turns_commands(app: typer.Typer, command_line: CommandLine) -> None:
    commands = TurnsCommands(command_line)
    turns = typer.Typer(no_args_is_help=True, help="Whose turn it was: labels for judging the answers.")
    turns.command("export")(commands.export)
    turns.command("annotate")(commands.annotate)
    app.add_typer(turns, name="turns")


@dataclass(frozen=True, slots=True)
class TurnsCommands:
    line: CommandLine

    def export(
        self,
        repository: Annotated[str, typer.Argument(metavar="OWNER/REPO", help="The repository.")],
        *,
        logins: Annotated[bool, typer.Option("--logins", help="Say who corrected the bot, too.")] = False,
    ) -> None:
        """Write what people corrected as labels, one JSON object a line: ids and turns, no words."""
        full_name = checked_full_name(repository)

        async def asked(repositories: InstalledRepositories) -> LearnedTurns:
            return await LearnedTurns.of((await repositories.ports(full_name)).records)

        for label in self.line.run(asked).labels:
            self.line.say(json.dumps(_exported(label, logins=logins)))

    def annotate(
        self,
        archive: Annotated[Path, typer.Argument(help="A history as github-metadata-backup saves it.")],
        *,
        labels: Annotated[
            Path | None, typer.Option(help="Where to; turns-ARCHIVE.jsonl here without it.")
        ] = None,
        count: Annotated[int, typer.Option(min=1, help="How many moments in all.")] = 100,
        seed: Annotated[int, typer.Option(help="The same one brings the same moments.")] = 1,
    ) -> None:
        """Say whose turn it was at moments of a project, with one key each; goes on where you stopped."""
        with self.line.busy(f"Reading {archive.name} …"):
            pulls = self.line.archived_pull_requests(archive)
        if not pulls:
            raise CannotGoOn(f"There is no pull request in {archive}.")
        file = LabelFile(labels or Path(f"turns-{archive.name.partition('.')[0]}.jsonl"))
        if file.path.exists():
            file.read(self.line.text_of(file.path))
        moments = sampled(pulls, until=end_of(pulls), seed=seed, count=count)
        left = annotate(moments, file, key=self.line.key, tell=self.line.say)
        some = f", {left} of these moments have none yet" if left else ""
        kept = english_plural("{count} label", "{count} labels", len(file))
        self.line.say(f"{kept} in {file.path}{some}.")


def _exported(label: LabelledMoment, *, logins: bool) -> dict[str, Any]:
    """A label as `bench/accuracy.py` reads it, with what the bot said and how it was corrected."""
    said = {
        "pull": label.pull,
        "at": label.at.isoformat(),
        "turn": label.turn,
        "said": label.said,
        "how": label.how,
    }
    return {**said, "by": label.by.login if label.by is not None else None} if logins else said
