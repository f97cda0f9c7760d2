"""A report as one HTML file: nothing to load, no script, drawn with SVG, readable on paper and on a phone."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

import nh3
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup

from mentorbot.cli.report import stale_action, words
from mentorbot.cli.report.accuracy import RIGHT
from mentorbot.cli.report.open_work import AGES, SIDES, sides_in_words
from mentorbot.cli.report.report import Report
from mentorbot.core.actions import Occasion
from mentorbot.domain.turns import Holder

MOST_SHOWN = 250
"""Of more messages than these a page would take its time; `--json` has them all."""

_TAGS = {
    "a", "blockquote", "br", "code", "del", "details", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li",
    "ol", "p", "pre", "strong", "summary", "ul",
}  # fmt: skip
_HERE = Path(__file__).parent


def page_of(report: Report) -> str:
    """The report as a page that says nothing to anybody else: its policy lets it load nothing."""
    style = (_HERE / "page.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        _environment()
        .get_template("page.html")
        .render(
            report=report,
            style=Markup(style),  # noqa: S704 - our own sheet
            policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
            ages=[name for name, _ in AGES],
            sides={side.value: name for side, name in SIDES.items()},
            right=RIGHT,
            holder=Holder,
            occasion=Occasion,
            stale_source=stale_action.SOURCE,
            most_shown=MOST_SHOWN,
            said=_said(report),
        )
    )


def _said(report: Report) -> list[dict[str, Any]]:
    """The parts of what would have been said: title, whether it is on, and the messages, newest first."""
    year = report.year
    if year is None:
        return []
    parts = (
        ("Reminders", "reminders", Occasion.NUDGE, year.nudges),
        ("Welcomes", "welcomes", Occasion.GREETING, year.greetings),
        ("Merges celebrated", "merges", Occasion.CELEBRATION, year.celebrations),
    )
    return [
        {"title": title, "id": id_, "is_on": occasion in year.occasions, "messages": messages[::-1]}
        for title, id_, occasion, messages in parts
    ]


def rendered(text: str) -> Markup:
    """Markdown of a comment as HTML that can do nothing but lead to http(s) addresses."""
    html = nh3.clean(
        _markdown().render(text),
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https"},
        link_rel="noopener noreferrer",
    )
    return Markup(html)  # noqa: S704 - cleaned just now


def address(url: str) -> str:
    """The address where it leads to the web; empty for any other, which is not made a link."""
    return url if url.startswith(("https://", "http://")) else ""


def shares(parts: list[int], whole: int) -> list[dict[str, float]]:
    """Where the parts of a bar begin and how wide they are, in percent of the whole."""
    found, begin = [], 0
    for part in parts:
        found.append({"x": round(100 * begin / whole, 2), "width": round(100 * part / whole, 2)})
        begin += part
    return found


@cache
def _markdown() -> MarkdownIt:
    # Comments keep their line breaks on GitHub. Our own texts fold parts away with HTML; nh3 judges it all.
    return MarkdownIt("commonmark", {"html": True, "breaks": True})


@cache
def _environment() -> Environment:
    found = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters.update(
        markdown=rendered, address=address, day=words.day, duration=words.duration, number="{:,}".format
    )
    found.globals.update(
        percent=words.percent, counted=words.counted, shares=shares, sides_in_words=sides_in_words
    )
    return found
