"""The report on a terminal: one screen, and nothing in it that a terminal obeys."""

from __future__ import annotations

import pytest

from mentorbot.cli.report import print_report, report_of
from tests.builders import a_person
from tests.cli.report.projects import a_saved_past, a_survey, a_turn, an_open_pull, survey_at_the_end


def printed(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.splitlines()


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


def test_a_look_fits_on_one_screen(capsys: pytest.CaptureFixture[str]) -> None:
    waiting = [
        an_open_pull(
            n,
            turn=a_turn(),
            author=a_person(f"new{n}"),
            is_newcomers=True,
            is_answered=False,
            title="x" * 200,
        )
        for n in range(1, 30)
    ]
    print_report(report_of(a_survey(waiting)))
    lines = printed(capsys)
    assert len(lines) <= 40
    assert max(map(len, lines)) <= 80
    assert sum(line.startswith("  #") for line in lines) == 10


def test_a_year_fits_on_one_screen(capsys: pytest.CaptureFixture[str]) -> None:
    past = a_saved_past()
    print_report(report_of(past=past))
    assert len(printed(capsys)) <= 40
    print_report(report_of(survey_at_the_end(past), past))
    assert len(printed(capsys)) <= 60


def test_titles_can_say_nothing_to_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    odd = an_open_pull(
        1,
        turn=a_turn(),
        title="\x1b[31mred\x07\r\nnext \u202e[bold]line[/bold]",
        is_newcomers=True,
        is_answered=False,
    )
    print_report(report_of(a_survey([odd], is_private=True)))
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\x07" not in out
    assert "\u202e" not in out
    assert "[bold]line[/bold]" in out, "it is no markup of rich's"
    assert "This repository is private" in out
