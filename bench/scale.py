"""Computes what all of public GitHub would take, from the figures in `bench/figures.json`.

    python bench/scale.py [--figures FILE] [--write]

Prints the tables of `docs/scale.md`; `--write` puts them there. What GitHub's own traffic is estimated from
stands at the top of this file, with its source.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).resolve().parent.parent
PAGE = _ROOT / "docs" / "scale.md"
FIGURES = _ROOT / "bench" / "figures.json"

_DAY = 86_400

# GH Archive's events by type, as counted by ClickHouse: https://clickhouse.com/blog/clickhouse-release-24-10
ALL_EVENTS = 693_137_012
PULL_REQUESTS, COMMENTS, REVIEWS, ISSUES, LINE_COMMENTS = (
    55_578_642, 32_985_638, 17_029_889, 14_236_189, 10_285_596,
)  # fmt: skip

# 4.7 to 4.85 billion events in nearly seven weeks of 2022: https://ossinsight.io/blog/github-data-is-booming/
EVENTS_A_DAY_2022 = 150_000_000 / 49

# https://github.blog/news-insights/octoverse/octoverse-a-new-developer-joins-github-every-second-as-ai-leads-typescript-to-1/
MERGED_A_MONTH_2025 = 43_200_000
PUBLIC_SHARE = 1 - 0.815
GROWTH = 1.23
MERGED_OF_OPENED = 0.7
"""944 of 1,308 in secp256k1, 332 of 537 in core-gui."""

WEBHOOKS_AN_EVENT = 1.45
"""Pushes to pull requests, labels, edits, review requests: webhooks, but no events. See the page."""

PEAK = 3
"""Times the mean, in the busiest hour of a working day."""

APP_REQUESTS_AN_HOUR = 5_000
DELIVERIES_A_PAGE = 100
PAYLOAD_DAYS, ID_DAYS, JOURNAL_DAYS = 14, 30, 180


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: what, the figure, how it comes about."""

    what: str
    figure: str
    how: str


def of_events() -> float:
    """Deliveries a second in 2026, from the feed of public events."""
    share = (PULL_REQUESTS + COMMENTS + REVIEWS + ISSUES + LINE_COMMENTS) / ALL_EVENTS
    return EVENTS_A_DAY_2022 / _DAY * share * WEBHOOKS_AN_EVENT * GROWTH**4


def of_merges() -> float:
    """Deliveries a second in 2026, from what GitHub says of merged pull requests."""
    opened = MERGED_A_MONTH_2025 * PUBLIC_SHARE / MERGED_OF_OPENED / 30 / _DAY
    ours = PULL_REQUESTS + COMMENTS + REVIEWS + ISSUES + LINE_COMMENTS
    events_each = ours / (PULL_REQUESTS / 2)  # opened and closed
    return opened * events_each * WEBHOOKS_AN_EVENT * GROWTH


def rate() -> float:
    """Deliveries a second that the rest is computed for: the higher of both, rounded up to tens."""
    return math.ceil(max(of_events(), of_merges()) / 10) * 10


def traffic() -> list[Row]:
    """How much there is."""
    return [
        Row("from public events", f"{of_events():.0f}/s", "OSS Insight's events a day, GH Archive's shares"),
        Row("from merged pull requests", f"{of_merges():.0f}/s", "Octoverse's merges, GH Archive's shares"),
        Row("computed with", f"{rate():.0f}/s", "the higher of both, rounded up"),
        Row("that is, a day", f"{rate() * _DAY / 1e6:.1f} million", ""),
        Row("in the busiest hour", f"{rate() * PEAK:.0f}/s", f"{PEAK} times the mean"),
    ]  # fmt: skip


def needs(figures: Mapping[str, Any]) -> list[Row]:
    """What the bot takes for that."""
    mean, peak = rate(), rate() * PEAK
    web, worker = figures["full_no_worker"], figures["worked_off_by_one"]
    both, disk = figures["full_default"], figures["storage"]
    cpu = (worker["worker_cpu_ms"] + worker["postgres_cpu_ms"]) / 1000
    day = mean * _DAY
    kept = disk["delivery_bytes"] * PAYLOAD_DAYS + disk["dropped_bytes"] * (ID_DAYS - PAYLOAD_DAYS)
    journal = disk["journal_bytes"] * JOURNAL_DAYS
    log = disk["wal_taken_bytes"] + disk["wal_done_bytes"]
    pages = mean * 3600 / DELIVERIES_A_PAGE
    return [
        Row("web servers", _machines(peak / web["per_second"]),
            f"{peak:.0f}/s at the peak; one acknowledges {web['per_second']:,.0f}/s"),
        Row("workers", _machines(peak / worker["per_second"]),
            f"{peak:.0f}/s at the peak; one works off {worker['per_second']:,.0f}/s"),
        Row("cores of workers and PostgreSQL", f"{peak * cpu:.1f} busy at the peak",
            f"{cpu * 1000:.2f} ms of processor time a delivery"),
        Row("machines of the measured kind, default `serve`", _machines(peak / both["per_second"]),
            f"it acknowledges {both['per_second']:,.0f}/s; what isn't worked off at once waits"),
        Row("database, deliveries", _bytes(kept * day),
            f"{PAYLOAD_DAYS} days with payload, {ID_DAYS} days of ids"),
        Row("database, journal", _bytes(journal * day), f"{JOURNAL_DAYS} days, one entry a delivery at most"),
        Row("written a day", _bytes(log * day), "write-ahead log; tables about as much again"),
        Row("written at the peak", f"{log * peak / 1e6:.1f} MB/s", "the same"),
        Row("looking for missed deliveries", f"{pages:,.0f} requests/h",
            f"of the App's {APP_REQUESTS_AN_HOUR:,}: {pages / APP_REQUESTS_AN_HOUR:.0%}, "
            f"{pages * PEAK / APP_REQUESTS_AN_HOUR:.0%} at the peak"),
        Row("catching up with three days", f"{pages * 72 / APP_REQUESTS_AN_HOUR:.0f} h",
            f"{pages * 72:,.0f} pages before the first one is fetched back"),
    ]  # fmt: skip


def _machines(share: float) -> str:
    return f"{math.ceil(share)} ({share:.0%} of one)" if share < 1 else f"{math.ceil(share)}"


def _bytes(count: float) -> str:
    return f"{count / 1e12:.1f} TB" if count >= 1e12 else f"{count / 1e9:.0f} GB"


def table(rows: Sequence[Row]) -> str:
    """As Markdown."""
    lines = "\n".join(f"| {row.what} | {row.figure} | {row.how} |" for row in rows)
    return f"| what | figure | from |\n| --- | --- | --- |\n{lines}"


def written_into(page: str, figures: Mapping[str, Any]) -> str:
    """The page with its tables as they are computed today."""
    for name, rows in (("traffic", traffic()), ("needs", needs(figures))):
        before, _, rest = page.partition(f"<!-- computed: {name} -->")
        _, _, after = rest.partition("<!-- end -->")
        page = f"{before}<!-- computed: {name} -->\n{table(rows)}\n<!-- end -->{after}"
    return page


def main() -> None:
    """Compute, print, and with `--write` keep it in the page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--figures", type=Path, default=FIGURES, help="what `bench/run.py --write` kept")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/scale.md")
    asked: Any = parser.parse_args()
    figures = json.loads(asked.figures.read_text(encoding="utf-8"))
    print(f"{table(traffic())}\n\n{table(needs(figures))}")
    if asked.write:
        PAGE.write_text(written_into(PAGE.read_text(encoding="utf-8"), figures), encoding="utf-8")


if __name__ == "__main__":
    main()
