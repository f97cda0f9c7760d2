"""A report on one screen of a terminal: what matters most; the page has the rest."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mentorbot.cli.report.open_work import AGES, OpenWork
from mentorbot.cli.report.report import Report
from mentorbot.cli.report.words import counted, duration, percent
from mentorbot.cli.report.year import Year
from mentorbot.core.actions import Occasion
from mentorbot.core.markdown import one_line

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

_BAR = 28
_SHADES = "█▓▒░·"


def print_report(report: Report) -> None:
    """Write the report to standard output, as wide as the terminal is."""
    from rich.console import Console  # noqa: PLC0415 - only where somebody looks

    console = Console(file=sys.stdout, highlight=False)
    for line in _lines(report):
        if isinstance(line, _Cut):
            console.print(line.text, no_wrap=True, overflow="ellipsis")
        else:
            console.print(line)


def _lines(report: Report) -> Iterator[RenderableType | _Cut]:
    yield _cut(f"{report.repository}, {report.at:%-d %B %Y}", style="bold")
    if report.is_private:
        yield _text("This repository is private: what follows isn't for everybody.", style="bold red")
    yield _sentences(report.headlines)
    if report.open_work is not None:
        yield from _turns(report.open_work)
        yield from _newcomers(report.open_work)
    yield _text("")
    yield _sentences([f"A first answer: {report.waits.sentence[0].lower()}{report.waits.sentence[1:]}"])
    if report.year is not None:
        yield from _year(report.year)
    if report.first_days is not None:
        yield _sentences([report.first_days.sentence])
    if report.other_bots:
        told = "; ".join(f"{one.name} ({one.path}) {', '.join(one.habits)}" for one in report.other_bots)
        yield _text(f"Other bots here: {told}. What they do, this one leaves to them.")
    for sentence in report.not_read:
        yield _text(f"Not read: {sentence}", style="yellow")
    yield _text(
        f"The config is {report.config.origin} `--write-config FILE` writes it, `--html FILE` tells more."
    )


def _text(text: str, style: str = "") -> Text:
    from rich.text import Text  # noqa: PLC0415

    return Text(one_line(text), style=style)


@dataclass(frozen=True, slots=True)
class _Cut:
    """A line that is laid out, and cut where the terminal ends."""

    text: Text


def _cut(text: str, style: str = "") -> _Cut:
    from rich.text import Text  # noqa: PLC0415

    indent = len(text) - len(text.lstrip())
    plain = text.lstrip().replace("\N{NO-BREAK SPACE}", " ")
    # Nothing of a title may be what terminals obey.
    return _Cut(Text(" " * indent + "".join(char for char in plain if char.isprintable()), style=style))


def _sentences(sentences: Iterable[str]) -> Table:
    from rich.table import Table  # noqa: PLC0415

    table = Table.grid(padding=(0, 1))
    for sentence in sentences:
        table.add_row("•", _text(sentence))
    return table


def _turns(work: OpenWork) -> Iterator[_Cut]:
    if not work.total_pulls:
        return
    legend = "  ".join(f"{shade} {name}" for shade, (name, _) in zip(_SHADES, AGES, strict=True))
    yield _cut("")
    yield _cut(f"Whose turn (for up to: {legend})", style="bold")
    widest = max(1, *(row.count for row in work.rows))
    for row in work.rows:
        bar = "".join(
            shade * _blocks(count, widest) for shade, count in zip(_SHADES, row.ages, strict=True) if count
        )
        yield _cut(f"  {row.name:<24} {row.count:>6,}  {bar}")
    if work.not_read:
        yield _cut(f"  {'not read':<24} {work.not_read:>6,}")


def _blocks(count: int, widest: int) -> int:
    return max(round(count * _BAR / widest), 1)


def _newcomers(work: OpenWork) -> Iterator[_Cut]:
    found = work.newcomers.most_helped
    if not found:
        return
    yield _cut("")
    yield _cut("Where ten minutes help most", style="bold")
    for one in found:
        yield _cut(f"  {f'#{one.number}':<7} {one.opened_at:%Y-%m-%d}  @{one.author}: {one.title}")


def _year(year: Year) -> Iterator[RenderableType | _Cut]:
    if Occasion.NUDGE not in year.occasions:
        yield _sentences(["Reminders are switched off in this config."])
        return
    for row in year.rows:
        acted = percent(row.acted_next, row.acted_next + row.others_first)
        yield _cut(
            f"  {row.name:<28} {row.nudges:>5,}  acted next {acted}, median {duration(row.median_wait)}"
        )
    mentions = year.mentions
    if mentions.people:
        people = counted(mentions.people, "person would", "people would")
        yield _sentences(
            [f"{people} have been mentioned in them, nobody more than {counted(mentions.most, 'time')}."]
        )
