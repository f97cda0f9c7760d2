"""Shows things as people say them: when something was, where in a file it is, and what is code."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from markupsafe import Markup, escape

from mentorbot.config.configuration import ConfigProblem

_STEPS = (
    (timedelta(days=365), "year"),
    (timedelta(days=30), "month"),
    (timedelta(days=7), "week"),
    (timedelta(days=1), "day"),
    (timedelta(hours=1), "hour"),
    (timedelta(minutes=1), "minute"),
)


def ago(moment: datetime, now: datetime) -> str:
    """How long ago it was: "3 minutes ago"; "just now" also for what another clock puts a little ahead."""
    passed = now - moment
    for step, name in _STEPS:
        if passed >= step:
            count = passed // step
            return f"{count} {name}{'s' if count > 1 else ''} ago"
    return "just now"


def with_code(text: str) -> Markup:
    """Text in which `words between backticks` are shown as code, and all else as it is."""
    parts = text.split("`")
    if len(parts) % 2 == 0:  # one backtick too many: nothing is meant as code
        return escape(text)
    return Markup().join(
        Markup("<code>{}</code>").format(part) if place % 2 else escape(part)
        for place, part in enumerate(parts)
    )


def position(problem: ConfigProblem) -> str:
    home = "" if problem.origin == "repository" else "the owner's .github repository, "
    return f"{home}line {problem.line}, column {problem.column}"


def moment_tag(moment: datetime, now: datetime) -> Markup:
    """How long ago it was, as HTML that carries the exact time along."""
    exact = moment.astimezone(UTC)
    return Markup('<time datetime="{}" title="{}">{}</time>').format(
        exact.isoformat(timespec="seconds"), exact.strftime("%Y-%m-%d %H:%M UTC"), ago(moment, now)
    )
