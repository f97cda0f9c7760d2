"""What shows where somebody stands: labels and a check on their open pull requests, following the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mentorbot.core.actions import Action, AddLabel, PublishCheckRun, RemoveLabel
from mentorbot.core.people import Person
from mentorbot.domain.timeline import PullRequestTimeline
from mentorbot.feature_api.ports import Ports
from mentorbot.features.review_exchange import messages
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.exchanges import State, exchange_on

MOST_PULLS = 5
"""On so many of somebody's open pull requests their balance is kept up to date, the latest first."""

_COLORS = {"ready": "c2e0c6", "wanted": "fbca04", "in_review": "bfd4f2"}


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPull:
    """An open pull request, ready for review. `runs` tells whether a review of it is owed already."""

    number: int
    head: str
    labels: frozenset[str]
    runs: bool


async def open_pulls_of(
    person: Person, section: ReviewExchange, ports: Ports, *, but: int = 0
) -> Sequence[OpenPull]:
    """Where this person's balance is shown; nowhere where nothing is to be shown."""
    if not section.check_run and section.labels.ready is None:
        return ()
    pulls = [pull for pull in await ports.timelines.open_by(person) if not pull.is_draft]
    latest = sorted((pull for pull in pulls if pull.number != but), key=lambda pull: -pull.number)
    return [await _shown(pull, ports) for pull in latest[:MOST_PULLS]]


async def _shown(pull: PullRequestTimeline, ports: Ports) -> OpenPull:
    exchange = await exchange_on(pull.number, ports.records)
    return OpenPull(
        number=pull.number,
        head=pull.current_head,
        labels=pull.labels,
        runs=exchange is not None and exchange.runs,
    )


def show_balance(
    pulls: Sequence[OpenPull], balance: int, section: ReviewExchange, *, since: str
) -> Iterator[Action]:
    """Bring label and check of these pull requests up to date. `since` names the entry that changed it."""
    ready = section.labels.ready
    for pull in pulls:
        if section.check_run and pull.head:
            yield check_run(pull.number, pull.head, balance, section, since=since)
        if ready is None:
            continue
        wanted = balance >= section.price and not pull.runs
        if wanted and ready not in pull.labels:
            yield AddLabel(
                key=f"label ready since {since}/pr{pull.number}",
                number=pull.number,
                label=ready,
                color=_COLORS["ready"],
                description="Its author has earned a review by reviewing others' pull requests.",
            )
        elif not wanted and ready in pull.labels:
            yield RemoveLabel(
                key=f"unlabel ready since {since}/pr{pull.number}", number=pull.number, label=ready
            )


def check_run(
    number: int, head: str, balance: int, section: ReviewExchange, *, since: str, free: bool = False
) -> PublishCheckRun:
    """The author's balance among the checks. It never fails: nobody is gated."""
    return PublishCheckRun(
        key=f"balance on {head} since {since}",
        number=number,
        head_sha=head,
        name=messages.CHECK,
        conclusion="neutral",
        title=messages.check_title(balance, section, free=free),
        summary=messages.check_summary(balance, section, free=free),
    )


def show_state(
    number: int, before: State | None, after: State, section: ReviewExchange, *, since: str
) -> Iterator[Action]:
    """Change the label that tells where a pull request stands."""
    old = _label_of(before, section) if before is not None else None
    new = _label_of(after, section)
    if old is not None and old != new:
        yield RemoveLabel(key=f"pr{number}/unlabel {before} since {since}", number=number, label=old)
    if new is not None and old != new:
        name = "wanted" if after is State.WANTED else "in_review"
        yield AddLabel(
            key=f"pr{number}/label {after} since {since}",
            number=number,
            label=new,
            color=_COLORS[name],
            description=messages.LABELS[name],
        )


def _label_of(state: State, section: ReviewExchange) -> str | None:
    return {State.WANTED: section.labels.wanted, State.IN_REVIEW: section.labels.in_review}.get(state)
