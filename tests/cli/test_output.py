from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import typer

from mentorbot.cli.output import key, progress, run
from mentorbot.core.errors import AccessLost, GitHubUnavailable, Impossible
from mentorbot.feature_api.command_line import CannotGoOn

START = datetime(2026, 1, 1, tzinfo=UTC)


class Terminal(io.StringIO):
    """Somebody looks."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_a_bar_that_moves() -> None:
    with contextlib.redirect_stderr(Terminal()) as seen:
        with progress("Living through it", START, START + timedelta(days=10)) as reached:
            reached(START + timedelta(days=5))
        assert "Living through it" in seen.getvalue()


def test_a_script_gets_one_plain_line() -> None:
    with contextlib.redirect_stderr(io.StringIO()) as seen:
        with progress("Living through it", START, START + timedelta(days=10)) as reached:
            reached(START + timedelta(days=5))
        assert seen.getvalue() == "Living through it …\n"


def test_of_what_is_piped_in_each_character_that_shows_is_a_key() -> None:
    with _typed(io.StringIO("a\n r")):
        assert [key(), key(), key(), key()] == ["a", "r", "", ""]


def test_a_github_that_gives_no_answer_is_one_sentence_and_exit_code_1() -> None:
    with contextlib.redirect_stderr(io.StringIO()) as seen, pytest.raises(typer.Exit) as ended:
        run(_failing(GitHubUnavailable("No answer to GET /app: connection refused")))
    assert ended.value.exit_code == 1
    assert seen.getvalue() == (
        "mentorbot: GitHub can't be asked now (No answer to GET /app: connection refused). "
        "Try again in some minutes; `mentorbot doctor` tells whether something is wrong here.\n"
    )


@pytest.mark.parametrize("error", [AccessLost("suspended"), Impossible("404 for /app", status=404)])
def test_what_github_refuses_a_command_is_one_sentence_that_names_the_doctor(error: Exception) -> None:
    with pytest.raises(CannotGoOn, match="mentorbot doctor"):
        run(_failing(error))


async def _failing(error: Exception) -> None:
    raise error


@contextlib.contextmanager
def _typed(text: io.StringIO) -> Iterator[None]:
    before, sys.stdin = sys.stdin, text
    try:
        yield
    finally:
        sys.stdin = before
