"""Runs the command line the way a shell does, in this process: output, errors, exit code."""

from __future__ import annotations

import contextlib
import io
from dataclasses import dataclass

import pytest
from typer.testing import CliRunner

import mentorbot.cli
from mentorbot.feature_api.command_line import CannotGoOn


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str


def command(*words: str, stdin: str = "") -> Ended:
    """Run `mentorbot WORDS` to its end."""
    result = CliRunner().invoke(mentorbot.cli.app, list(words), input=stdin)
    if isinstance(result.exception, CannotGoOn):
        # What `main` does with it; the runner calls the commands below `main`.
        return Ended(2, result.stdout, f"mentorbot: {result.exception}\n")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ended(result.exit_code, result.stdout, result.stderr)


def main_with(*words: str) -> Ended:
    """Run `mentorbot WORDS` from its very beginning."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), pytest.raises(SystemExit) as ended:
        mentorbot.cli.main(words)
    code = ended.value.code
    return Ended(code if isinstance(code, int) else 0, out.getvalue(), err.getvalue())
