"""What was stored by the version before typed records is read, and written again as it was."""

from __future__ import annotations

from typing import Any

import pytest

from mentorbot.core.actions import OUTLIVES_PEOPLE
from mentorbot.core.people import Person
from mentorbot.domain.timeline import ActKind
from mentorbot.feature_api.records import R
from mentorbot.features.stalled.records import (
    AuthorNudges,
    Corrections,
    DigestIssue,
    FoldedNudges,
    LabelledMoment,
    RememberedRecords,
    SecondReviewer,
    ToldElsewhere,
    WrittenNudge,
)
from tests.fakes import FakeRecords
from tests.stored_records import read, written_again

ADA = {"id": 2372962152, "login": "ada", "is_bot": False}
CORRECTIONS: dict[str, Any] = {
    "outlives_people": True,
    "acts": [
        {
            "kind": "declared ready",
            "at": "2026-03-05T10:00:00+00:00",
            "id": "command-declared-ready-issue_comment-100",
            "by": ADA,
            "url": "https://github.com/acme/rockets/pull/7#issuecomment-100",
        },
        {
            "kind": "declared blocked",
            "at": "2026-03-05T10:00:00+00:00",
            "id": "command-declared-blocked-issue_comment-100",
            "body": "the new engine is late",
            "url": "https://github.com/acme/rockets/pull/7#issuecomment-100",
        },
        {
            "kind": "declared waiting",
            "at": "2026-03-05T10:00:00+00:00",
            "id": "command-declared-waiting-issue_comment-100",
            "by": ADA,
            "outcome": "author",
        },
        {
            "kind": "snoozed",
            "at": "2026-03-05T10:00:00+00:00",
            "id": "command-snoozed-issue_comment-100",
            "by": ADA,
            "ends_at": "2026-03-19T10:00:00+00:00",
        },
    ],
}
TOLD = {"in": 3, "key": "pull request 3/author since 2026-02-10/rung 1", "rung": 1}


@pytest.mark.parametrize(
    ("kind", "stored"),
    [
        pytest.param(Corrections, CORRECTIONS, id="corrections"),
        pytest.param(ToldElsewhere, TOLD, id="told elsewhere"),
        pytest.param(
            SecondReviewer,
            {
                "person": {"id": 1782484163, "login": "carol"},
                "team": "",
                "key": "pull request 7/reviewers since 2026-02-10/rung 2",
            },
            id="a person",
        ),
        pytest.param(
            SecondReviewer,
            {
                "person": None,
                "team": "triage",
                "key": "pull request 7/reviewers since 2026-01-21/rung 2",
            },
            id="a team",
        ),
        pytest.param(
            FoldedNudges, {"keys": ["pull request 7/author since 2026-03-02/rung 1"]}, id="folded nudges"
        ),
        pytest.param(DigestIssue, {"issue": "list of 2026-03-02"}, id="the list"),
        pytest.param(
            WrittenNudge,
            {
                "number": 7,
                "key": "pull request 7/author since 2026-03-02/rung 1",
                "holder": "author",
                "at": "2026-03-05T10:00:00+00:00",
                "node": "IC_1",
                "demanded": 0.0,
            },
            id="a nudge",
        ),
        pytest.param(
            LabelledMoment,
            {
                "pull": 7,
                "at": "2026-03-05T10:00:00+00:00",
                "said": "author",
                "turn": "reviewers",
                "how": "ready",
                "nudge": "pull request 7/author since 2026-03-02/rung 1",
                "by": {"id": 2372962152, "login": "ada"},
                "outlives_people": True,
            },
            id="a label",
        ),
        pytest.param(
            AuthorNudges,
            {
                "stopped_at": "2026-03-05T10:00:00+00:00",
                "went_on_at": None,
                "corrected": 2,
                "written": 9,
            },
            id="authors who are nudged no more",
        ),
        pytest.param(
            DigestIssue,
            {"issue": "list of 2026-03-02", "until": "2026-03-30T10:00:00+00:00"},
            id="a list somebody closed",
        ),
    ],
)
def test_what_is_stored_stays_as_it_is(kind: type[R], stored: dict[str, Any]) -> None:
    assert written_again(kind, stored) == stored


def test_what_commands_said_outlives_those_who_said_it() -> None:
    assert written_again(Corrections, {"acts": []})[OUTLIVES_PEOPLE] is True
    acts = read(Corrections, CORRECTIONS).acts
    assert [act.by for act in acts[:2]] == [Person(id=2372962152, login="ada"), None]
    assert acts[3].kind is ActKind.SNOOZED


async def test_what_is_remembered_is_found_by_kind_and_number() -> None:
    records = FakeRecords()
    records.put("correction", "7", CORRECTIONS)
    records.put("told", "8", {**TOLD, "in": 7})
    records.put("folded", "9", {"keys": []})
    known = await RememberedRecords.about_all(records)
    assert known.get(FoldedNudges, 7) is None
    assert [number for number, _ in known.told_in(7)] == [8]
    assert known.keys_of(7) == (("correction", "7"),)
    assert (await RememberedRecords.about(9, records)).keys_of(9) == (("folded", "9"),)
