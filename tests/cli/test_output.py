from __future__ import annotations

import contextlib
import io
from datetime import UTC, datetime, timedelta

from mentorbot.cli.output import progress

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
