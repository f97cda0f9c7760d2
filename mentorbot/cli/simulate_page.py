"""The report of `mentorbot simulate` as a page: one file, its plot drawn as SVG, nothing to load."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader

if TYPE_CHECKING:
    from mentorbot.cli.simulate_report import Report

_HEIGHT, _COLUMN, _GAP, _LEFT, _BELOW = 180, 26, 10, 40, 56


def page_of(report: Report) -> str:
    """The page as HTML."""
    from mentorbot.cli import simulate_report  # noqa: PLC0415 - it asks for this page

    templates = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)
    return templates.get_template("simulate.html").render(
        headline=simulate_report.headline(report),
        explained=simulate_report.EXPLAINED,
        rows=simulate_report.rows(report.said),
        said=report.said,
        wait=simulate_report.wait_in_words,
        outcome=simulate_report.outcome,
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
