from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from mentorbot.cli.output import key, progress

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


@contextlib.contextmanager
def _typed(text: io.StringIO) -> Iterator[None]:
    before, sys.stdin = sys.stdin, text
    try:
        yield
    finally:
        sys.stdin = before
