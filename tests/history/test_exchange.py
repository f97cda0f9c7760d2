"""What the exchange would have made of a real project's reviews: each counted or refused by name."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bench.exchange import figures, play
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline
from mentorbot.features.review_exchange.config import Guards, ReviewExchange
from mentorbot.features.review_exchange.ledger.ledger import EntryKind, Ledger
from mentorbot.features.review_exchange.scoring.guards import GUARDS
from mentorbot.github.archive import stream

ARCHIVE = Path(__file__).parents[3] / "shared" / "history" / "secp256k1.jsonl.gz"
STRETCH = Path(__file__).parent / "secp256k1-1765-1850.jsonl.gz"
# The stretch comes without people's words, so that nothing in it would have any substance.
WORDLESS = ReviewExchange(guards=Guards(substance=None, copied=False))


def pulls_of(path: Path, *, most: int = 10_000) -> list[PullRequestTimeline]:
    return [one for one in stream(path) if isinstance(one, PullRequestTimeline)][:most]


def comparable(ledger: Ledger) -> list[tuple[str, int, str]]:
    return [(entry.key, entry.amount, entry.at.isoformat()) for entry in ledger.entries()]


@pytest.fixture(scope="module")
def stretch() -> list[PullRequestTimeline]:
    return pulls_of(STRETCH)


def test_every_review_is_counted_or_refused_by_a_named_guard(stretch: list[PullRequestTimeline]) -> None:
    ledger = asyncio.run(play(stretch, WORDLESS))
    found = figures(stretch, ledger, WORDLESS)
    assert found["problems"] == []
    assert found["reviews"] > 80
    assert set(found["outcomes"]) <= {"earned", "unconfirmed", *GUARDS}
    assert found["outcomes"]["earned"] > 40
    assert found["people_who_earned"] >= 10


def test_nobody_earns_twice_for_a_pull_request(stretch: list[PullRequestTimeline]) -> None:
    ledger = asyncio.run(play(stretch, WORDLESS))
    earned = [(e.person, e.place.key) for e in ledger.entries() if e.kind is EntryKind.EARNED]
    assert len(set(earned)) == len(earned)


def test_the_same_past_always_makes_the_same_ledger(stretch: list[PullRequestTimeline]) -> None:
    once = comparable(asyncio.run(play(stretch, WORDLESS)))
    assert comparable(asyncio.run(play(list(reversed(stretch)), WORDLESS))) == once


def test_credits_that_are_spent_in_the_past_add_up_too(stretch: list[PullRequestTimeline]) -> None:
    """Every author asks for an exchange an hour after opening; those who had earned nothing are refused."""
    wishes = [
        pull.with_acts(
            [
                Act(
                    kind=ActKind.COMMENTED,
                    at=pull.opened_at,
                    id=f"comment-{10**9 + pull.number}",
                    by=pull.author,
                    body="/exchange",
                )
            ]
        )
        for pull in stretch
    ]
    ledger = asyncio.run(play([replace(pull) for pull in wishes], WORDLESS))
    assert ledger.problems() == []
    kinds = [entry.kind for entry in ledger.entries()]
    assert kinds.count(EntryKind.SPENT) > 5
    assert kinds.count(EntryKind.SETTLED) + kinds.count(EntryKind.RETURNED) == kinds.count(EntryKind.SPENT)


@pytest.mark.skipif(not ARCHIVE.exists(), reason=f"needs {ARCHIVE.name} in {ARCHIVE.parent}")
def test_with_peoples_words_the_distribution_is_plausible() -> None:
    pulls, section = pulls_of(ARCHIVE, most=500), ReviewExchange()
    found = figures(pulls, asyncio.run(play(pulls, section)), section)
    assert found["problems"] == []
    assert set(found["outcomes"]) <= {"earned", "unconfirmed", *GUARDS}
    assert 0.3 < found["counted_share"] < 0.7, "bare approvals are many, but most who say something are paid"
    assert found["outcomes"]["substance"] / found["reviews"] < 0.5
    assert found["people_who_earned"] > 30
