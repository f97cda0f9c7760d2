"""What corrections in a repository add up to: when nudges of authors stop, and when they go on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from mentorbot.feature_api.records import Record
from mentorbot.features.stalled.learning import learned as module
from mentorbot.features.stalled.learning.learned import LearnedTurns, written_nudge
from mentorbot.features.stalled.records import AuthorNudges, LabelledMoment, WrittenNudge
from tests.builders import NOW
from tests.fakes import FakeRecords
from tests.features.stalled.candidates import DAY, a_past_nudge


def a_nudge(
    number: int, *, at: datetime = NOW, holder: str = "author", demanded: float = 1.0
) -> WrittenNudge:
    return WrittenNudge(
        number=number, key=f"nudge {number}", holder=holder, at=at, node=f"N{number}", demanded=demanded
    )


def a_label(number: int, nudge: str | None = None) -> LabelledMoment:
    """A nudge that was called wrong."""
    key = f"nudge {number}" if nudge is None else nudge
    return LabelledMoment(pull=number, at=NOW, said="author", turn="reviewers", how="reaction", nudge=key)


def nudges(count: int, *, start: int = 1) -> tuple[WrittenNudge, ...]:
    return tuple(a_nudge(number, at=NOW + number * DAY) for number in range(start, start + count))


def in_force(
    *, stopped_at: datetime | None = None, went_on_at: datetime | None = None
) -> Record[AuthorNudges]:
    standing = AuthorNudges(stopped_at=stopped_at, went_on_at=went_on_at)
    return Record("author nudges", "here", standing, 3)


def test_one_correction_stops_nothing_and_two_of_twenty_do() -> None:
    one = LearnedTurns(nudges=nudges(20), labels=(a_label(1),))
    assert one.change(NOW) is None
    two = one.with_label(a_label(20))
    assert two.change(NOW) == AuthorNudges(stopped_at=NOW, corrected=2, written=20)


def test_what_was_corrected_longer_than_twenty_nudges_ago_counts_no_more() -> None:
    assert LearnedTurns(nudges=nudges(21), labels=(a_label(1), a_label(21))).change(NOW) is None


def test_corrected_nudges_of_reviewers_and_labels_without_a_nudge_stop_nothing() -> None:
    theirs = tuple(replace(one, holder="reviewers") for one in nudges(3))
    learned = LearnedTurns(nudges=theirs, labels=(a_label(1), a_label(2), a_label(9, nudge="")))
    assert learned.change(NOW) is None
    assert "" not in learned.disputed


def test_two_corrections_of_one_nudge_are_one() -> None:
    again = replace(a_label(1), at=NOW + DAY, how="command")
    assert LearnedTurns(nudges=nudges(5), labels=(a_label(1), again)).change(NOW) is None


def test_once_stopped_it_stays_so_until_something_lets_it_go_on() -> None:
    learned = LearnedTurns(nudges=nudges(5), labels=(a_label(1), a_label(2)), state=in_force(stopped_at=NOW))
    assert learned.change(NOW + 90 * DAY) is None


def test_what_a_maintainer_let_go_on_counts_from_there() -> None:
    later = NOW + 5 * DAY
    learned = LearnedTurns(
        nudges=nudges(8), labels=(a_label(1), a_label(2)), state=in_force(went_on_at=later)
    )
    assert learned.change(NOW) is None
    late = learned.with_label(a_label(4)).with_label(a_label(7))
    assert late.change(NOW) is None, "the fourth was written before they let it go on"
    assert late.with_label(a_label(8)).change(NOW) == AuthorNudges(stopped_at=NOW, corrected=2, written=3)


def test_nudges_go_on_where_more_certainty_is_demanded_than_when_they_were_wrong() -> None:
    learned = LearnedTurns(
        nudges=tuple(replace(one, demanded=0.5) for one in nudges(5)),
        labels=(a_label(1), a_label(2)),
        state=in_force(stopped_at=NOW),
        demanded=0.9,
    )
    assert learned.change(NOW + DAY) == AuthorNudges(went_on_at=NOW + DAY)
    surer = tuple(replace(one, demanded=0.9) for one in learned.nudges)
    assert replace(learned, nudges=surer).change(NOW + DAY) is None


@pytest.mark.parametrize(
    ("nudge", "labels", "is_read"),
    [
        pytest.param(a_nudge(1), (), True, id="young"),
        pytest.param(a_nudge(1), (a_label(1),), False, id="corrected already"),
        pytest.param(a_nudge(1, at=NOW - 27 * DAY), (), False, id="old"),
        pytest.param(replace(a_nudge(1), node=""), (), False, id="of unknown id"),
    ],
)
def test_votes_are_read_on_young_nudges_that_nobody_corrected(
    nudge: WrittenNudge, labels: tuple[LabelledMoment, ...], is_read: bool
) -> None:
    assert bool(LearnedTurns(nudges=(nudge,), labels=labels).awaiting_votes(NOW + DAY)) is is_read


def test_what_is_remembered_is_bounded() -> None:
    now = NOW + 60 * DAY
    old = nudges(25)
    learned = LearnedTurns(
        nudges=(a_nudge(99, holder="reviewers"), *old, a_nudge(100, at=now)),
        labels=tuple(a_label(number) for number in range(module.LABELS_KEPT + 2)),
    )
    gone = learned.surplus(now)
    assert gone[:7] == (
        ("nudge", "nudge 99"),
        *(("nudge", f"nudge {number}") for number in range(1, 7)),
    )
    assert gone[7:] == (("label", a_label(0).key), ("label", a_label(1).key))
    assert learned.surplus(NOW)[0][0] == "label", "what is young is kept"
    assert LearnedTurns().surplus(now) == ()


async def test_it_is_read_in_order_from_the_records() -> None:
    records = FakeRecords()
    for number in (2, 1):
        at = (NOW + number * DAY).isoformat()
        nudge = {"number": number, "key": f"nudge {number}", "holder": "author", "at": at, "node": "N"}
        records.put("nudge", f"nudge {number}", nudge)
        label = {"pull": number, "at": at, "said": "author", "turn": "external", "how": "command", "by": None}
        records.put("label", f"label {number}", label)
    records.put("author nudges", "here", {"stopped_at": NOW.isoformat(), "corrected": 2, "written": 3})
    learned = await LearnedTurns.of(records)
    assert [one.number for one in learned.nudges] == [1, 2]
    assert [one.pull for one in learned.labels] == [1, 2]
    assert learned.standing.stopped_at == NOW
    assert LearnedTurns().standing == AuthorNudges()


def test_a_label_is_the_same_wherever_the_clock_stands() -> None:
    label = a_label(7)
    elsewhere = replace(label, at=label.at.astimezone(timezone(timedelta(hours=1))))
    assert label.key == elsewhere.key == f"pull request 7 at {NOW:%Y-%m-%dT%H:%M:%S}Z"


def test_a_nudge_is_remembered_with_what_was_demanded_then() -> None:
    past = replace(a_past_nudge(NOW, 1, NOW), number=7, node="IC_1")
    assert written_nudge(past) == WrittenNudge(
        number=7,
        key=past.key,
        holder="author",
        at=NOW,
        node="IC_1",
        demanded=module.certainty_demanded(),
    )
