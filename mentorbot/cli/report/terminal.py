"""A report on one screen of a terminal: what matters most; the page has the rest."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from mentorbot.cli.report.open_work import AGES, OpenWork
from mentorbot.cli.report.report import Report
from mentorbot.cli.report.words import counted, duration, percent
from mentorbot.cli.report.year import Year
from mentorbot.core.actions import Occasion
from mentorbot.core.markdown import one_line

if TYPE_CHECKING:
    from rich.console import Console

_BAR = 28
_SHADES = "█▓▒░·"
_HELPED = 10
_TITLE = 60


def print_report(report: Report) -> None:
    """Write the report to standard output, as wide as the terminal is."""
    from rich.console import Console  # noqa: PLC0415 - only where somebody looks
    from rich.text import Text  # noqa: PLC0415

    console = Console(file=sys.stdout, highlight=False, soft_wrap=False)
    title = f"{report.repository}, {report.at:%-d %B %Y}"
    console.print(Text(one_line(title), style="bold"))
    if report.is_private:
        console.print(Text("This repository is private: what follows isn't for everybody.", style="bold red"))
    for sentence in report.headlines:
        console.print(Text(f"• {one_line(sentence)}"))
    if report.open_work is not None:
        _print_turns(console, report.open_work)
        _print_newcomers(console, report.open_work)
    console.print(Text(f"\nWaiting for a first answer: {report.waits.sentence}"))
    if report.year is not None:
        _print_year(console, report.year)
    _print_first_days(console, report)
    for sentence in report.not_read:
        console.print(Text(f"Not read: {one_line(sentence)}", style="yellow"))
    console.print(Text(f"The config this is about: {one_line(report.config.origin)}"))


def _print_turns(console: Console, work: OpenWork) -> None:
    from rich.text import Text  # noqa: PLC0415

    if not work.total_pulls:
        return
    legend = "  ".join(f"{shade} {name}" for shade, (name, _) in zip(_SHADES, AGES, strict=True))
    console.print(Text(f"\nWhose turn, and for how long ({legend})"))
    widest = max(max(row.count for row in work.rows), work.not_read, 1)
    for row in work.rows:
        bar = "".join(
            shade * _blocks(count, widest) for shade, count in zip(_SHADES, row.ages, strict=True) if count
        )
        console.print(Text(f"  {row.name:<24} {row.count:>6,}  {bar}"))
    if work.not_read:
        console.print(Text(f"  {'not read':<24} {work.not_read:>6,}"))


def _blocks(count: int, widest: int) -> int:
    return max(round(count * _BAR / widest), 1)


def _print_newcomers(console: Console, work: OpenWork) -> None:
    from rich.text import Text  # noqa: PLC0415

    found = work.newcomers
    if not found.most_helped:
        return
    console.print(Text("\nWhere ten minutes help most"))
    for one in found.most_helped[:_HELPED]:
        title = one_line(one.title)
        title = title if len(title) <= _TITLE else title[: _TITLE - 1] + "…"
        console.print(Text(f"  #{one.number} {title} (@{one.author}, {one.opened_at:%-d %b %Y})"))


def _print_year(console: Console, year: Year) -> None:
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    if Occasion.NUDGE not in year.occasions:
        console.print(Text("\nReminders are off in this config."))
        return
    table = Table("What", "Nudges", "They acted next", "Others first", "Nobody yet", "Median wait")
    for row in year.rows:
        acted = percent(row.acted_next, row.acted_next + row.others_first)
        table.add_row(
            row.name, str(row.nudges), acted, str(row.others_first), str(row.nobody), duration(row.median_wait)
        )
    if year.rows:
        console.print(table)
    mentions = year.mentions
    console.print(
        Text(
            f"{counted(mentions.people, 'person would', 'people would')} have been mentioned, the most often "
            f"mentioned {counted(mentions.most, 'time')}."
        )
    )


def _print_first_days(console: Console, report: Report) -> None:
    from rich.text import Text  # noqa: PLC0415

    if report.first_days is not None:
        console.print(Text(report.first_days.sentence))
