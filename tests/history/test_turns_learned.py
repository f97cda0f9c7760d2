"""What webhooks teach act by act, and what a saved history tells of the whole, are the same turns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bench.deliveries_of import deliveries_of
from bench.saved_history import read as read_saved
from mentorbot.domain.timeline import ActKind, PullRequestTimeline
from mentorbot.domain.turns import Turn, TurnSettings, whose_turn
from mentorbot.github.archive import read
from mentorbot.github.payloads import parse_webhook

STRETCH = Path(__file__).parent / "secp256k1-1765-1850.jsonl.gz"
WHOLE = Path(__file__).parents[3] / "shared" / "history" / "secp256k1.jsonl.gz"
RULES = TurnSettings()


def learned(archive: Path) -> dict[int, PullRequestTimeline]:
    """Each pull request's timeline, folded from one webhook after the other."""
    known: dict[int, PullRequestTimeline] = {}
    for told in deliveries_of(read_saved(archive), installation_id=1):
        parsed = parse_webhook(told.event, told.payload)
        if parsed.opened is not None:
            known.setdefault(parsed.opened.number, parsed.opened)
        for number, act in parsed.acts:
            if number in known:
                known[number] = known[number].with_acts([act])
    return known


def without_standing(timeline: PullRequestTimeline) -> PullRequestTimeline:
    """The file knows how people belonged to the project when it was saved, webhooks how they did then."""
    return replace(timeline, acts=tuple(replace(act, association="") for act in timeline.acts))


def compared(archive: Path, *, every: int) -> Iterator[tuple[int, Turn, Turn]]:
    """Number, turn by the whole and turn by what was learned, at every so manieth act of each."""
    by_webhooks = learned(archive)
    for whole in read(archive):
        if not isinstance(whole, PullRequestTimeline):
            continue
        # That something it speaks of was closed is known from elsewhere in the store.
        closings = [act for act in whole.acts if act.kind is ActKind.REFERENCE_CLOSED]
        by_acts = without_standing(by_webhooks[whole.number].with_acts(closings))
        told = without_standing(whole)
        # Several commits within minutes are one push.
        for at in sorted({act.at for act in told.acts if act.at >= told.opened_at and not act.is_push})[
            ::every
        ]:
            moment = at + timedelta(minutes=5)
            yield whole.number, whose_turn(told, RULES, now=moment), whose_turn(by_acts, RULES, now=moment)


def test_over_a_stretch_of_real_history_both_say_the_same_to_the_day() -> None:
    for number, whole, act_by_act in compared(STRETCH, every=3):
        assert (number, act_by_act.holder, act_by_act.reviewers) == (number, whole.holder, whole.reviewers)
        assert abs(act_by_act.since - whole.since) < timedelta(days=1)


@pytest.mark.long
@pytest.mark.skipif(not WHOLE.exists(), reason=f"needs {WHOLE.name} in {WHOLE.parent}")
def test_over_a_whole_history_only_rewritten_branches_differ() -> None:
    """A file has the dates of commits, which a rebase renews; webhooks have those of pushes."""
    same = Counter(whole.holder is act_by_act.holder for _, whole, act_by_act in compared(WHOLE, every=12))
    assert same[True] > 2_000
    assert same[False] <= same[True] / 500
