"""Labels and a check on pull requests that show where people stand, following the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mentorbot.core.actions import Action, AddLabel, Doable, PublishCheckRun, RemoveLabel
from mentorbot.core.plan import Plan, leave_alone, no_concern_of_ours, plan
from mentorbot.core.translator import say
from mentorbot.features.review_exchange import phrasing
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.labels import messages
from mentorbot.features.review_exchange.labels.facts import AuthorBalance, BalanceDisplay
from mentorbot.features.review_exchange.redeem.exchanges import ExchangeState

_COLORS = {"ready": "c2e0c6", "wanted": "fbca04", "in_review": "bfd4f2"}


def show(shown: AuthorBalance, section: ReviewExchange) -> Plan:
    """Authors see on their own pull requests what they have, and what would earn the next review."""
    if shown.author is None or shown.accounts is None:
        if shown.draft:
            return leave_alone(say("Drafts don't show credits"))
        return no_concern_of_ours("credits are shown on nothing here")
    balance = shown.accounts.ledger.balance(shown.author)
    actions: list[Doable] = []
    if section.check_run:
        actions.append(check_run(shown, balance, section, since=shown.since, free=shown.free))
    ready = section.labels.ready
    if ready is not None and balance >= section.price and not shown.runs and ready not in shown.labels:
        actions.append(_ready_label(shown.number, ready, since=shown.since))
    amount = phrasing.in_credits(balance, section)
    has = say("Credits of {name}: {amount}", name=f"@{shown.author.login}", amount=amount)
    return plan(*actions, because=has, about=[shown.author]) if actions else leave_alone(has)


def show_balance(
    displays: Sequence[BalanceDisplay], balance: int, section: ReviewExchange, *, since: str
) -> Iterator[Action]:
    """Bring label and check of these pull requests up to date. `since` names the entry that changed it."""
    ready = section.labels.ready
    for pull in displays:
        if section.check_run and pull.head:
            yield check_run(pull, balance, section, since=since)
        if ready is None:
            continue
        wanted = balance >= section.price and not pull.runs
        if wanted and ready not in pull.labels:
            yield _ready_label(pull.number, ready, since=since)
        elif not wanted and ready in pull.labels:
            yield RemoveLabel(
                key=f"unlabel ready since {since}/pr{pull.number}", number=pull.number, label=ready
            )


def _ready_label(number: int, label: str, *, since: str) -> AddLabel:
    return AddLabel(
        key=f"label ready since {since}/pr{number}",
        number=number,
        label=label,
        color=_COLORS["ready"],
        description=messages.label_description("ready"),
    )


def check_run(
    pull: AuthorBalance | BalanceDisplay,
    balance: int,
    section: ReviewExchange,
    *,
    since: str,
    free: bool = False,
) -> PublishCheckRun:
    """The author's balance among the checks. It never fails: nobody is gated."""
    return PublishCheckRun(
        key=f"balance on {pull.head} since {since}",
        number=pull.number,
        head_sha=pull.head,
        name=messages.CHECK,
        conclusion="neutral",
        title=messages.check_title(balance, section, free=free),
        summary=messages.check_summary(balance, section, free=free),
    )


def show_state(
    number: int, before: ExchangeState | None, after: ExchangeState, section: ReviewExchange, *, since: str
) -> Iterator[Action]:
    old = _label_of(before, section) if before is not None else None
    new = _label_of(after, section)
    if old is not None and old != new:
        yield RemoveLabel(key=f"pr{number}/unlabel {before} since {since}", number=number, label=old)
    if new is not None and old != new:
        name = "wanted" if after is ExchangeState.WANTED else "in_review"
        yield AddLabel(
            key=f"pr{number}/label {after} since {since}",
            number=number,
            label=new,
            color=_COLORS[name],
            description=messages.label_description(name),
        )


def _label_of(state: ExchangeState, section: ReviewExchange) -> str | None:
    return {
        ExchangeState.WANTED: section.labels.wanted,
        ExchangeState.IN_REVIEW: section.labels.in_review,
    }.get(state)
