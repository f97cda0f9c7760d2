"""What a thumb down on a nudge teaches, whose counts, and what is kept of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import pytest

from mentorbot.core.actions import Remember
from mentorbot.core.people import Permission, Person
from mentorbot.domain.timeline import ActKind, PullRequestTimeline
from mentorbot.feature_api.feature import Case
from mentorbot.feature_api.ports import Reacted
from mentorbot.features.stalled.learning import facts
from mentorbot.features.stalled.learning.facts import HeardNudge, LearnedByNow, VotedNudge
from mentorbot.features.stalled.learning.learned import written_nudge
from mentorbot.features.stalled.learning.rules import (
    keep_nudge,
    learn,
)
from mentorbot.features.stalled.nudge_history import past_nudges_in
from mentorbot.features.stalled.records import LabelledMoment, WrittenNudge
from tests.builders import NOW, a_person
from tests.domain.pasts import act, says
from tests.fakes import FakeGitHub, FakeRecords, FakeTimelines, some_ports
from tests.features.stalled.candidates import ADA, BOB, BOT, CAROL, DAY
from tests.features.stalled.test_learned import a_nudge
from tests.features.stalled.test_learning import (
    BOT_OF_OTHERS,
    CONFIG,
    EVE,
    HOUR,
    NUDGED,
    nudged,
)


def a_vote(by: Person, content: str = "-1", *, at: datetime = NOW + 15 * DAY) -> Reacted:
    return Reacted(by=by, content=content, at=at)


async def cases(
    *given: Reacted,
    past: PullRequestTimeline | None = NUDGED,
    permissions: dict[str, Permission] | None = None,
    records: FakeRecords | None = None,
) -> tuple[list[Case[VotedNudge | LearnedByNow]], FakeGitHub]:
    """What is found on the next morning, where the nudge in it got these reactions."""
    remembered = records or FakeRecords()
    remembered.remember([_kept(written_nudge(one)) for one in past_nudges_in(NUDGED, BOT)])
    github = FakeGitHub(reacted_to={"IC_1": given}, permissions=permissions or {})
    timelines = FakeTimelines({7: past} if past is not None else {})
    ports = some_ports(now=NOW + 16 * DAY, github=github, records=remembered, timelines=timelines, bot=BOT)
    return [case async for case in facts.votes(CONFIG, ports)], github


def _kept(nudge: WrittenNudge) -> Remember:
    (record,) = keep_nudge(HeardNudge(nudge), CONFIG).actions
    assert isinstance(record, Remember)
    return record


ASKED = NUDGED.with_acts(
    [
        act(ActKind.REVIEW_REQUESTED, "ada", subject=BOB, at=NOW + HOUR, id="asked bob"),
        act(ActKind.REVIEW_REQUESTED, "ada", subject=CAROL, at=NOW + HOUR, id="asked carol"),
        act(ActKind.REVIEW_REQUEST_REMOVED, "ada", subject=CAROL, at=NOW + 2 * HOUR, id="not carol"),
        act(ActKind.REVIEW_REQUESTED, "ada", team="triage", at=NOW + 2 * HOUR, id="asked a team"),
    ]
)


@pytest.mark.parametrize(
    ("given", "past", "voter"),
    [
        pytest.param([a_vote(ADA)], NUDGED, ADA, id="the author"),
        pytest.param([a_vote(ADA)], replace(NUDGED, author=None), None, id="an author who has left"),
        pytest.param([a_vote(BOB)], ASKED, BOB, id="who was asked for a review"),
        pytest.param([a_vote(CAROL)], ASKED, None, id="who was asked no more"),
        pytest.param([a_vote(EVE)], NUDGED, None, id="a stranger"),
        pytest.param([a_vote(a_person("olga"))], NUDGED, a_person("olga"), id="who may merge"),
        pytest.param([a_vote(a_person("tess"))], NUDGED, None, id="who may only triage"),
        pytest.param([a_vote(EVE), a_vote(ADA)], NUDGED, ADA, id="a stranger before the author"),
        pytest.param([a_vote(a_person("olga"))], None, a_person("olga"), id="where the past is gone"),
        pytest.param([a_vote(ADA, "+1"), a_vote(ADA, "confused")], NUDGED, None, id="other reactions"),
        pytest.param([a_vote(BOT_OF_OTHERS)], NUDGED, None, id="a bot"),
        pytest.param([a_vote(a_person("script"))], NUDGED, None, id="a script with an ordinary account"),
        pytest.param([], NUDGED, None, id="nobody"),
    ],
)
async def test_a_thumb_down_counts_from_who_has_a_say(
    given: Sequence[Reacted], past: PullRequestTimeline | None, voter: Person | None
) -> None:
    can = {
        "olga": Permission.WRITE,
        "tess": Permission.TRIAGE,
        "other[bot]": Permission.ADMIN,
        "script": Permission.ADMIN,
    }
    found, _ = await cases(*given, past=past, permissions=can)
    voted = [case.facts for case in found if isinstance(case.facts, VotedNudge)]
    assert [one.by for one in voted] == ([voter] if voter is not None else [])


async def test_a_thumb_down_is_kept_as_a_label_of_the_nudges_moment() -> None:
    (case,), github = await cases(a_vote(ADA))
    assert case.number == 7
    plan = learn(case.facts, CONFIG)
    (record,) = plan.actions
    assert isinstance(record, Remember)
    assert (record.value["said"], record.value["turn"], record.value["how"]) == (
        "author",
        "reviewers",
        "reaction",
    )
    assert record.value["at"] == (NOW + 15 * DAY).isoformat()
    assert plan.because == (
        "@ada gave my reminder a 👎; "
        "I was corrected: I said “It is the author's turn”, and they say that this is wrong"
    )
    assert github.asked == ["reactions to IC_1"]
    records = FakeRecords()
    records.remember(plan.actions)
    again, github = await cases(a_vote(ADA), records=records)
    assert (again, github.asked) == ([], []), "what was corrected is not asked about again"


async def test_whether_strangers_may_merge_is_asked_for_a_week_only() -> None:
    _, github = await cases(a_vote(EVE, at=NOW + 8 * DAY))
    assert github.asked == ["reactions to IC_1"]
    _, github = await cases(a_vote(EVE))
    assert github.asked == ["reactions to IC_1", "permission eve"]


async def test_nothing_is_asked_where_nothing_was_nudged() -> None:
    github = FakeGitHub()
    assert [case async for case in facts.votes(CONFIG, some_ports(github=github))] == []
    assert github.asked == []


async def test_the_second_thumb_down_stops_nudges_of_authors() -> None:
    records = FakeRecords()
    records.remember([_kept(a_nudge(1, at=NOW))])
    records.put("label", "x", {"pull": 1, "at": NOW.isoformat(), "said": "author", "turn": "reviewers",
                               "how": "reaction", "nudge": "nudge 1", "by": None})  # fmt: skip
    found, _ = await cases(a_vote(ADA), records=records)
    assert [case.number for case in found] == [7, None]
    plan = learn(found[-1].facts, CONFIG)
    assert plan.because == (
        "people corrected 2 of my last 2 reminders, so I remind no author here "
        "until a maintainer writes `/mentorbot nudges on`"
    )
    (state,) = plan.actions
    assert isinstance(state, Remember)
    assert (state.value["stopped_at"], state.expected) == ((NOW + 16 * DAY).isoformat(), 0)


def test_a_reviewers_nudge_that_was_voted_down_is_taken_for_the_authors_turn() -> None:
    label = LabelledMoment(pull=7, at=NOW, said="reviewers", turn="author", how="reaction", by=None)
    plan = learn(VotedNudge(BOB, label), CONFIG)
    (record,) = plan.actions
    assert isinstance(record, Remember)
    assert record.about == ()
    assert "I said “It is the reviewers' turn”, and they say that this is wrong" in plan.because


async def test_a_reviewers_nudge_can_be_voted_down_too() -> None:
    past = nudged(says("ada", "Please have a look."), at=NOW + 12 * DAY)
    records = FakeRecords()
    records.remember([_kept(replace(written_nudge(one), node="IC_2")) for one in past_nudges_in(past, BOT)])
    github = FakeGitHub(reacted_to={"IC_2": [a_vote(ADA)]})
    ports = some_ports(
        now=NOW + 16 * DAY, github=github, records=records, timelines=FakeTimelines({7: past}), bot=BOT
    )
    (case,) = [case async for case in facts.votes(CONFIG, ports)]
    assert isinstance(case.facts, VotedNudge)
    assert (case.facts.label.said, case.facts.label.turn) == ("reviewers", "author")
