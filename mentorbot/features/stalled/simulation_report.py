"""What `mentorbot simulate` found: as tables on a terminal, as JSON for scripts, as a page with plots."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from mentorbot.config.calendar import Calendar
from mentorbot.core.translator import english_plural
from mentorbot.domain.turns import Holder
from mentorbot.features.stalled.simulation import Said

RUNGS = {
    (Holder.AUTHOR, 1): "author: a reminder",
    (Holder.AUTHOR, 2): "author: an offer of help",
    (Holder.AUTHOR, 3): "author: may somebody carry it on?",
    (Holder.REVIEWERS, 1): "reviewers: those who were asked",
    (Holder.REVIEWERS, 2): "reviewers: somebody else",
}
_BAR = 50
_SHOWN = 20
_HEIGHT, _COLUMN, _GAP, _LEFT, _BELOW = 180, 26, 10, 40, 56


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    name: str
    since: datetime
    until: datetime
    calendar: Calendar
    pulls: int
    said: tuple[Said, ...]

    def months(self) -> list[tuple[str, int, int]]:
        """Each month with its number of nudges to authors and to reviewers; the quiet ones too."""
        counted = Counter((f"{one.at:%Y-%m}", one.holder) for one in self.said)
        months, at = [], self.since.replace(day=1)
        while at <= self.until:
            name = f"{at:%Y-%m}"
            months.append((name, counted[name, Holder.AUTHOR], counted[name, Holder.REVIEWERS]))
            at = (at + timedelta(days=32)).replace(day=1)
        return months


@dataclass(frozen=True, slots=True)
class Row:
    """A rung: how many nudges, how often the nudged party acted next, and how soon (the median)."""

    name: str
    nudges: int
    acted_next: int
    others_first: int
    nobody: int
    median_wait: timedelta | None

    @property
    def share(self) -> float | None:
        """How often the nudged party acted next, of those in which anybody did."""
        known = self.acted_next + self.others_first
        return self.acted_next / known if known else None


def rows(said: Sequence[Said]) -> list[Row]:
    """A row for each rung, and one for all."""
    found = [
        _row(name, [one for one in said if (one.holder, one.rung) == rung]) for rung, name in RUNGS.items()
    ]
    return [*found, _row("all", said)]


def json_of(report: Report) -> dict[str, Any]:
    """The report as JSON has it; waits in seconds."""
    return {
        "repository": report.name,
        "since": report.since,
        "until": report.until,
        "pull_requests": report.pulls,
        "nudges": len(report.said),
        "months": [
            {"month": name, "author": author, "reviewers": reviewers}
            for name, author, reviewers in report.months()
        ],
        "rungs": [
            {
                "rung": row.name,
                "nudges": row.nudges,
                "acted_next": row.acted_next,
                "others_acted_first": row.others_first,
                "nobody_acted": row.nobody,
                "share": row.share,
                "median_wait": _seconds(row.median_wait),
            }
            for row in rows(report.said)
        ],
        "said": [
            {
                "at": one.at,
                "pull_request": one.number,
                "url": one.url,
                "title": one.title,
                "holder": one.holder,
                "rung": one.rung,
                "to": one.to,
                "because": one.because,
                "told_besides": one.others,
                "acted_next": one.acted_next,
                "answered_after": _seconds(one.answered_after),
            }
            for one in report.said
        ],
    }


def print_report(report: Report) -> None:
    """Tables and a plot, on standard output."""
    from rich.console import Console  # noqa: PLC0415
    from rich.markup import escape  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    console = Console(file=sys.stdout)
    console.print(f"[bold]{escape(headline(report))}[/bold]\n")
    summary = Table("What", "Nudges", "They acted next", "Others first", "Nobody yet", "Median wait")
    for row in rows(report.said):
        summary.add_row(
            row.name,
            str(row.nudges),
            f"{row.acted_next}{f' ({row.share:.0%})' if row.share is not None else ''}",
            str(row.others_first),
            str(row.nobody),
            wait_in_words(row.median_wait),
        )
    console.print(summary)
    console.print(EXPLAINED + "\n")
    for line in plotted(report):
        console.print(line)
    if report.said:
        latest = Table("When", "Pull request", "To", "Because", "Next", title="The latest")
        for one in report.said[-_SHOWN:]:
            latest.add_row(
                f"{one.at:%Y-%m-%d}",
                escape(f"#{one.number} {one.title}"),
                escape(", ".join(one.to)),
                escape(one.because),
                outcome(one),
            )
        console.print(latest)


EXPLAINED = (
    "“They acted next” looks at what really happened: the next human who did anything was of the side that "
    "the nudge was for. The nudges themselves were never written, so their effect is not in it."
)


def headline(report: Report) -> str:
    number = len(report.said)
    touched = len({one.number for one in report.said})
    nudges = english_plural("{count} nudge", "{count} nudges", number)
    return (
        f"{report.name}, {report.since:%-d %B %Y} to {report.until:%-d %B %Y}: "
        f"{nudges} in {touched} of {report.pulls} pull requests."
    )


def plotted(report: Report) -> list[str]:
    """A bar for each month, in rich's markup: authors, then reviewers."""
    months = report.months()
    most = max((author + reviewers for _, author, reviewers in months), default=0)
    scale = _BAR / most if most > _BAR else 1
    lines = ["Nudges a month ([yellow]█ authors[/yellow], [green]█ reviewers[/green])"]
    for name, author, reviewers in months:
        bars = (
            f"[yellow]{'█' * _blocks(author, scale)}[/yellow][green]{'█' * _blocks(reviewers, scale)}[/green]"
        )
        lines.append(f"{name}  {bars} {author + reviewers or ''}")
    return lines


def outcome(one: Said) -> str:
    """Who acted next, and how soon the nudged side did."""
    if one.acted_next is None:
        return "nobody yet"
    if one.answered_after is None:
        return "only others"
    who = "they did" if one.acted_next else "others did, they"
    return f"{who} after {wait_in_words(one.answered_after)}"


def wait_in_words(wait: timedelta | None) -> str:
    if wait is None:
        return "–"
    hours = round(wait / timedelta(hours=1))
    if hours < 48:  # noqa: PLR2004 - two days
        return f"{hours} h"
    return f"{round(wait / timedelta(days=1))} days"


def page_of(report: Report) -> str:
    """The report as one HTML file with nothing to load, its plot drawn as SVG."""
    from jinja2 import Environment, FileSystemLoader  # noqa: PLC0415 - only for those who want a page

    templates = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)
    return templates.get_template("simulation_report.html").render(
        headline=headline(report),
        explained=EXPLAINED,
        rows=rows(report.said),
        said=report.said,
        wait=wait_in_words,
        outcome=outcome,
        plot=plot_of(report),
    )


def plot_of(report: Report) -> dict[str, object]:
    """Where the bars of each month stand in the drawing, and the lines behind them."""
    months = report.months()
    most = max((author + reviewers for _, author, reviewers in months), default=0) or 1
    step = next(one for one in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, most) if most / one <= 6)  # noqa: PLR2004 - lines
    bars = []
    for place, (name, author, reviewers) in enumerate(months):
        tall, taller = author / most * _HEIGHT, reviewers / most * _HEIGHT
        x = _LEFT + _GAP + place * (_COLUMN + _GAP)
        bars.append(
            {
                "month": name,
                "x": x,
                "middle": x + _COLUMN / 2,
                "author": author,
                "reviewers": reviewers,
                "author_y": round(_HEIGHT - tall, 1),
                "author_height": round(tall, 1),
                "reviewers_y": round(_HEIGHT - tall - taller, 1),
                "reviewers_height": round(taller, 1),
            }
        )
    lines = [
        {"y": round(_HEIGHT - value / most * _HEIGHT, 1), "value": value}
        for value in range(0, most + 1, step)
    ]
    width = _LEFT + _GAP + len(months) * (_COLUMN + _GAP)
    return {
        "bars": bars, "lines": lines, "width": width, "height": _HEIGHT + _BELOW, "column": _COLUMN,
        "bottom": _HEIGHT, "left": _LEFT,
    }  # fmt: skip


def _row(name: str, said: Sequence[Said]) -> Row:
    waits = [one.answered_after.total_seconds() for one in said if one.answered_after is not None]
    return Row(
        name=name,
        nudges=len(said),
        acted_next=sum(one.acted_next is True for one in said),
        others_first=sum(one.acted_next is False for one in said),
        nobody=sum(one.acted_next is None for one in said),
        median_wait=timedelta(seconds=median(waits)) if waits else None,
    )


def _blocks(number: int, scale: float) -> int:
    return max(round(number * scale), 1) if number else 0


def _seconds(wait: timedelta | None) -> int | None:
    return None if wait is None else round(wait.total_seconds())
