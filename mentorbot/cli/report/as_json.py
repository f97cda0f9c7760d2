"""A report for scripts. docs/report.md tells each key; keys are a promise: they may come, and don't go.

Moments are ISO 8601, spans whole seconds. Null is what wasn't read or can't be said; it is never zero.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from mentorbot.cli.report import stale_action
from mentorbot.cli.report.accuracy import MEASURED, CountRange
from mentorbot.cli.report.open_work import AGES, OpenWork
from mentorbot.cli.report.report import FirstDays, Report
from mentorbot.cli.report.waits import Waits
from mentorbot.cli.report.year import StaleYear, Told, Year
from mentorbot.core.actions import Occasion


def json_of(report: Report) -> dict[str, Any]:
    return {
        "repository": report.repository,
        "at": _moment(report.at),
        "private": report.is_private,
        "names": report.names,
        "headlines": list(report.headlines),
        "not_read": list(report.not_read),
        "requests": report.requests,
        "open": _open(report.open_work) if report.open_work is not None else None,
        "waits": _waits(report.waits),
        "first_days": _first_days(report.first_days) if report.first_days is not None else None,
        "year": _year(report.year) if report.year is not None else None,
        "other_bots": [
            {"name": one.name, "file": one.path, "line": one.line, "does": list(one.habits)}
            for one in report.other_bots
        ],
        "config": {"origin": report.config.origin, "text": report.config.text},
    }


def _open(work: OpenWork) -> dict[str, Any]:
    new, stale = work.newcomers, work.stale
    return {
        "pull_requests": work.total_pulls,
        "pull_requests_not_read": work.not_read,
        "issues": work.total_issues,
        "issues_not_read": work.issues_not_read,
        "wait_for_review": _estimate(work.waiting_for_review),
        "wait_for_author": _estimate(work.waiting_for_author),
        "turns": [
            {
                "turn": row.key,
                "count": row.count,
                "ages": dict(zip((name for name, _ in AGES), row.ages, strict=True)),
            }
            for row in work.rows
        ],
        "accuracy": {
            side.value: {"right": sum(right for right, _ in of), "said": sum(said for _, said in of)}
            for side, of in MEASURED.items()
        },
        "stale": {
            "idle_days": stale_action.IDLE_UNTIL_CLOSED.days,
            "pull_requests": stale.pulls,
            "turns": stale.by_side,
            "issues": stale.issues,
        },
        "newcomers": {
            "people": new.people,
            "pull_requests": new.pulls,
            "issues": new.issues,
            "not_read": new.not_read,
            "base": new.base,
            "most_helped": [
                {
                    "number": one.number,
                    "pull_request": one.is_pull_request,
                    "title": one.title,
                    "url": one.url,
                    "author": one.author,
                    "opened_at": _moment(one.opened_at),
                    "evidence": list(one.evidence),
                }
                for one in new.most_helped
            ],
        },
    }


def _estimate(found: CountRange) -> dict[str, int]:
    return {"told": found.told, "about": found.about, "low": found.low, "high": found.high}


def _waits(waits: Waits) -> dict[str, Any]:
    found = waits.estimate
    return {
        "pull_requests": waits.pull_requests,
        "unanswered": waits.unanswered,
        "half_within": _seconds(found.half_within if found is not None else None),
        "most_within": _seconds(found.most_within if found is not None else None),
        "half_beyond": _seconds(found.half_beyond if found is not None else None),
        "still_waiting": [{"after": step.after, "share": step.waiting} for step in waits.steps],
    }


def _first_days(days: FirstDays) -> dict[str, Any]:
    return {
        "looked_at": days.looked_at,
        "pull_requests": days.total,
        "first_morning": days.first,
        "first_week": days.week,
        "mornings": [{"at": _moment(at), "reminders": count} for at, count in days.mornings],
    }


def _year(year: Year) -> dict[str, Any]:
    return {
        "since": _moment(year.since),
        "until": _moment(year.until),
        "pull_requests": year.pulls,
        "opened": year.opened,
        "openers": year.openers,
        "on": sorted(occasion.value for occasion in year.occasions),
        "nudges": len(year.nudges) if Occasion.NUDGE in year.occasions else None,
        "nudged_pull_requests": year.nudged_pulls if Occasion.NUDGE in year.occasions else None,
        "rows": [
            {
                "kind": row.name,
                "nudges": row.nudges,
                "acted_next": row.acted_next,
                "others_acted_first": row.others_first,
                "nobody_acted": row.nobody,
                "median_wait": _seconds(row.median_wait),
            }
            for row in year.rows
        ],
        "months": [
            {"month": month.name, "authors": month.authors, "reviewers": month.reviewers}
            for month in year.months
        ],
        "mentions": {
            "people": year.mentions.people,
            "most": year.mentions.most,
            "somebody_else": year.mentions.unknown,
            "times": [
                {"least": row.least, "most": row.most, "people": row.people} for row in year.mentions.rows
            ],
        },
        "said": _all_told(year.nudges),
        "greetings": _all_told(year.greetings) if Occasion.GREETING in year.occasions else None,
        "celebrations": _all_told(year.celebrations) if Occasion.CELEBRATION in year.occasions else None,
        "stale": _stale(year.stale),
    }


def _all_told(told: Iterable[Told]) -> list[dict[str, Any]]:
    return [
        {
            "at": _moment(one.at),
            "kind": one.what,
            "number": one.number,
            "pull_request": one.is_pull_request,
            "title": one.title,
            "url": one.url,
            "turn": one.side or None,
            "to": one.to,
            "because": one.because,
            "text": one.text,
            "told_besides": one.others,
            "acted_next": one.acted_next,
            "answered_after": _seconds(one.answered_after),
            "certain": one.is_certain,
        }
        for one in told
    ]


def _stale(stale: StaleYear) -> dict[str, Any]:
    return {
        "source": stale_action.SOURCE,
        "pull_requests": stale.pulls,
        "issues": stale.issues if stale.were_issues_read else None,
        "issues_not_read": stale.issues_not_read,
        "labelled_pull_requests": stale.labelled_pulls,
        "labelled_issues": stale.labelled_issues if stale.were_issues_read else None,
        "closed_pull_requests": stale.closed_pulls,
        "closed_issues": stale.closed_issues if stale.were_issues_read else None,
        "closed_turns": dict(stale.sides),
        "closed_and_merged_later": stale.merged_later,
    }


def _moment(moment: datetime) -> str:
    return moment.isoformat()


def _seconds(span: timedelta | None) -> int | None:
    return round(span.total_seconds()) if span is not None else None
